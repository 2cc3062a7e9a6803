// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/matrix.h"
#include "core/projection/neighbour_table.h"

namespace lexarium {

/// A symmetric sparse matrix [n x n] with an empty diagonal, row after row; both halves are stored, so that
/// each row can be worked on alone.
struct SparseGraph {
  std::vector<std::size_t> offsets;   ///< [n + 1] where each row begins
  std::vector<std::int32_t> columns;  ///< within a row rising, but for the padding
  std::vector<float> values;

  Eigen::Index points() const { return static_cast<Eigen::Index>(offsets.size()) - 1; }
};

/// From weights of the arrows i -> table.ids(s, i), weights [k x n]: the value of i and j is combine(w_ij,
/// w_ji), where a weight that is not in the table is 0; combine must be symmetric. Rows are padded to a
/// multiple of `padding` by entries of value 0 whose column is the row itself.
SparseGraph symmetricGraph(const NeighbourTable& table, const Eigen::MatrixXf& weights,
                           float (*combine)(float, float), std::size_t padding = 1);

}  // namespace lexarium
