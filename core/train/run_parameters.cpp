// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_parameters.h"

#include <algorithm>
#include <set>

namespace lexarium {

std::optional<ParamValue> valueOf(const RunConfig& run, std::string_view key) {
  if (!findModel(run.modelId)) return std::nullopt;
  if (key == kSeedKey) return static_cast<std::int64_t>(run.execution.seed);
  if (key == kThreadsKey) return static_cast<std::int64_t>(run.execution.threads);
  if (key == kModeKey) return std::string(modeName(run.execution.mode));
  if (!run.params.contains(key)) return std::nullopt;
  return run.params.value(key);
}

RunParameters runParameters(std::span<const RunConfig* const> runs) {
  RunParameters found;
  std::set<std::string> known;
  for (const RunConfig* run : runs) {
    const ModelInfo* model = findModel(run->modelId);
    if (!model) continue;
    for (const ParamSpec& spec : model->params) {
      if (known.insert(spec.key).second) found.all.push_back({spec.key, spec.label});
    }
  }
  found.all.push_back({std::string(kSeedKey), "Seed"});
  found.all.push_back({std::string(kModeKey), "Mode"});
  found.all.push_back({std::string(kThreadsKey), "Threads"});
  const auto differs = [&](const RunParameter& parameter) {
    return std::any_of(runs.begin(), runs.end(), [&](const RunConfig* run) {
      return valueOf(*run, parameter.key) != valueOf(*runs.front(), parameter.key);
    });
  };
  const auto same = std::stable_partition(found.all.begin(), found.all.end(), differs);
  found.differing = static_cast<std::size_t>(same - found.all.begin());
  return found;
}

}  // namespace lexarium
