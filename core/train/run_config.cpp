// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_config.h"

#include <cmath>

namespace lexarium {
namespace {

/// Files do not always tell 5 from 5.0.
void adaptNumber(const ParamSpec& spec, ParamValue& value) {
  constexpr double kExactUpTo = 0x1.0p53;
  if (const auto* whole = std::get_if<std::int64_t>(&value); whole && spec.type == ParamSpec::Type::Number) {
    value = static_cast<double>(*whole);
  } else if (const auto* number = std::get_if<double>(&value);
             number && spec.type == ParamSpec::Type::Integer && std::abs(*number) < kExactUpTo &&
             std::floor(*number) == *number) {
    value = static_cast<std::int64_t>(*number);
  }
}

}  // namespace

const char* modeName(Execution::Mode mode) {
  return mode == Execution::Mode::Reproducible ? "reproducible" : "fastest";
}

Expected<void> complete(RunConfig& config) {
  const ModelInfo* model = findModel(config.modelId);
  if (!model) {
    return makeError("There is no model \"" + config.modelId + "\"", {},
                     "Choose one from the list of models");
  }
  for (const ParamSpec& spec : model->params) {
    ParamValue value = config.params.contains(spec.key) ? config.params.value(spec.key) : spec.defaultValue;
    adaptNumber(spec, value);
    config.params.set(spec.key, std::move(value));
  }
  return validate(model->params, config.params);
}

}  // namespace lexarium
