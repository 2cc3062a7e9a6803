// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/expected.h"
#include "core/base/thread_pool.h"
#include "core/projection/projection.h"

namespace lexarium {

/// How far neighbours on the map are neighbours in the real space, 0 to 1 (Venna & Kaski 2001): with U_i
/// those of the k nearest on the map that are not among the k nearest by the points, and r_ij the rank of j
/// seen from i,
///   1 - 2 / (n k (2n - 3k - 1)) sum_i sum_{j in U_i} (r_ij - k).
/// points [dimensions x n] and layout [2 x n] finite, Euclidean. Work grows as n^2. Errors: cancelled; k not
/// below n / 2.
Expected<double> trustworthiness(const Matrix& points, const Layout& layout, Eigen::Index k, ThreadPool& pool,
                                 const TaskContext& context = {});

}  // namespace lexarium
