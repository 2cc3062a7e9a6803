// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/expected.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/thread_pool.h"

namespace lexarium {

/// The nearest points of each point, itself left out, by Euclidean distance; nearest first, of equal ones the
/// smaller index first.
struct NeighbourTable {
  Eigen::Matrix<std::int32_t, Eigen::Dynamic, Eigen::Dynamic> ids;        ///< [k x n]
  Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic> squaredDistances;  ///< [k x n]

  Eigen::Index k() const { return ids.rows(); }
  Eigen::Index points() const { return ids.cols(); }
};

/// Up to so many points neighbours are found exactly: products of blocks of the points are so fast that
/// nothing else is worth its errors.
inline constexpr Eigen::Index kExactNeighbourPoints = 20'000;

/// All pairs, as products of blocks of points [dimensions x n] (finite). k is cut to n - 1. Memory: the table
/// and a block for each thread.
Expected<NeighbourTable> exactNeighbours(const Matrix& points, Eigen::Index k, ThreadPool& pool,
                                         const TaskContext& context);

/// Most of the nearest (more than nine of ten for word vectors): the points are cut into about sqrt(n) cells,
/// and those of one cell are compared with those of the cells around it (an inverted file: Sivic & Zisserman
/// 2003; Jegou, Douze & Schmid 2011), again as products of blocks. Every point has k neighbours.
Expected<NeighbourTable> approximateNeighbours(const Matrix& points, Eigen::Index k, std::uint64_t seed,
                                               ThreadPool& pool, const TaskContext& context);

/// Exact up to kExactNeighbourPoints, approximate above.
Expected<NeighbourTable> findNeighbours(const Matrix& points, Eigen::Index k, std::uint64_t seed,
                                        ThreadPool& pool, const TaskContext& context);

/// Share of the nearest neighbours that both tables name, 0 to 1; judged by the ten nearest of each point. 0
/// for tables of different sizes.
double commonNeighbours(const NeighbourTable& a, const NeighbourTable& b);

}  // namespace lexarium
