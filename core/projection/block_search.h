// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/base/matrix.h"
#include "core/projection/neighbour_table.h"

namespace lexarium {

/// Columns [begin, end) of a matrix.
struct ColumnRange {
  Eigen::Index begin = 0, end = 0;
};

/// Compares columns of one matrix with columns of the same matrix, a block at a time.
class BlockSearch {
 public:
  /// points [dimensions x n] outlives the search; names[i] is what column i is called in the results.
  BlockSearch(const Matrix& points, std::span<const std::int32_t> names, Eigen::Index k);

  /// Finds the k nearest of the columns in `candidates` (which overlap nowhere and hold more than k) for each
  /// of `queries`, itself left out, and writes them into the table's columns names[query].
  void search(ColumnRange queries, std::span<const ColumnRange> candidates, NeighbourTable& table) const;

 private:
  const Matrix& points_;
  std::span<const std::int32_t> names_;
  Eigen::Index k_;
  Vector squaredNorms_;
};

}  // namespace lexarium
