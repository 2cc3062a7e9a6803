// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/autodiff/tape.h"

namespace lexarium {

/// A B.   dA = dC B^T, dB = A^T dC
Var matmul(Var a, Var b);
/// A^T B: logits from a tied table, E^T h.   dA = B dC^T, dB = A dC
Var matmulTransposed(Var a, Var b);
/// W x + b, b [rows of W x 1] is added to each column.
Var affine(Var w, Var x, Var b);
Var transposed(Var a);

}  // namespace lexarium
