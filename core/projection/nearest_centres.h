// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/thread_pool.h"

namespace lexarium {

/// For each point the nearest of a few centres, of equal ones the first.
struct CentreAssignment {
  std::vector<std::int32_t> centre;  ///< [n]
  Vector squaredDistances;           ///< [n] to that centre
};

/// points [dimensions x n], centres [dimensions x k], k >= 1, both finite; as products of blocks. False if
/// stopped.
bool assignToCentres(const Matrix& points, const Matrix& centres, ThreadPool& pool,
                     const TaskContext& context, CentreAssignment& assignment);

/// The mean of the points of each centre, summed in double and in a fixed order; a centre without points
/// stays where it is. Returns the number of points of each.
std::vector<std::int64_t> moveToMeans(const Matrix& points, const CentreAssignment& assignment,
                                      Matrix& centres);

}  // namespace lexarium
