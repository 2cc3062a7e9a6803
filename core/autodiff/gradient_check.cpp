// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/gradient_check.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lexarium {
namespace {

std::string describe(const ParameterInfo& info, std::size_t at, double gradient, double numeric) {
  const auto rows = static_cast<std::size_t>(info.rows);
  return info.name + " (" + std::to_string(at % rows) + ", " + std::to_string(at / rows) +
         "): " + std::to_string(gradient) + ", by differences " + std::to_string(numeric);
}

}  // namespace

GradientCheck checkGradients(Parameters& parameters, const std::function<Var(Tape&)>& loss, std::size_t most,
                             double step) {
  Gradients gradients(parameters);
  Tape tape(parameters, &gradients);
  const auto valueOfLoss = [&] {
    tape.clear();
    return static_cast<double>(loss(tape).value()(0, 0));
  };
  tape.backward(loss(tape));
  GradientCheck check;
  const std::size_t stride = most == 0 ? 1 : std::max<std::size_t>(1, parameters.count() / most);
  for (const ParameterInfo& info : parameters.infos()) {
    if (info.frozen) continue;
    const auto count = static_cast<std::size_t>(info.rows * info.cols);
    for (std::size_t i = 0; i < count; i += stride) {
      Real& value = parameters.values()[info.offset + i];
      const Real kept = value;
      value = kept + static_cast<Real>(step);
      const double above = valueOfLoss();
      value = kept - static_cast<Real>(step);
      const double below = valueOfLoss();
      value = kept;
      const double numeric = (above - below) / (2 * step);
      const double gradient = static_cast<double>(gradients.values()[info.offset + i]);
      const double error = std::abs(gradient - numeric) / std::max(1.0, std::abs(numeric));
      ++check.checked;
      check.nonZero += std::abs(gradient) > 1e-6;
      if (!(error <= check.worst)) {
        check.worst = std::isnan(error) ? std::numeric_limits<double>::infinity() : error;
        check.place = describe(info, i, gradient, numeric);
      }
    }
  }
  return check;
}

}  // namespace lexarium
