// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "core/autodiff/tape.h"

namespace lexarium {

/// The largest difference between the gradient by backward() and central differences.
struct GradientCheck {
  double worst = 0;   ///< |backward - differences| / max(1, |differences|)
  std::string place;  ///< "w_h (3, 1): 0.52, by differences 0.51"
  std::size_t checked = 0;
  std::size_t nonZero = 0;  ///< gradients that are not tiny: a check of zeros proves nothing
};

/// Of `loss`, a function of the parameters that builds a [1 x 1] value on the tape it is given, the same each
/// time. Every number of every parameter that is not frozen is moved, unless `most` are enough; then spread
/// evenly. Meant for builds in double.
GradientCheck checkGradients(Parameters& parameters, const std::function<Var(Tape&)>& loss,
                             std::size_t most = 0, double step = 1e-5);

}  // namespace lexarium
