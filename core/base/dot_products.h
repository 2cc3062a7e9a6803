// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

namespace lexarium {

/// out(i, j) = a_i . b_j, the products of all columns of a with all columns of b: [columns of a x columns of
/// b]. out keeps its memory where its size is right. Compiled once, because each file that writes A^T B down
/// compiles Eigen's kernels for itself, for seconds and under the sanitizers for ten.
void dotProducts(const Eigen::Ref<const Matrix>& a, const Eigen::Ref<const Matrix>& b, Matrix& out);

}  // namespace lexarium
