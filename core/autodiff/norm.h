// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/autodiff/tape.h"

namespace lexarium {

inline constexpr double kNormEpsilon = 1e-5;

/// Ba et al. 2016, of each column: gain (x - mean) / sqrt(variance + epsilon) + offset; gain, offset [rows x
/// 1].
Var layerNorm(Var x, Var gain, Var offset, double epsilon = kNormEpsilon);
/// Zhang & Sennrich 2019, of each column: gain x / sqrt(mean of squares + epsilon).
Var rmsNorm(Var x, Var gain, double epsilon = kNormEpsilon);

}  // namespace lexarium
