// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/matrix.h"

// Weights are [keys x queries]: a column says how one token shares its look, and sums to 1.

namespace lexarium {

/// Heads of one shape as one.
enum class HeadsTogether {
  Mean,  ///< columns sum to 1
  Most,  ///< the largest of all heads: what any of them looks at. Columns do not sum to 1
};
/// Empty if there are none; those of another shape than the first are left out.
Eigen::MatrixXf headsTogether(std::span<const Eigen::MatrixXf* const> heads, HeadsTogether how);

/// How evenly tokens look, from 0 (each at one token) to 1 (each at all that it may see alike): the mean over
/// the columns of -sum a ln a / ln n, n: how many of the column's weights are not 0. Columns with one such
/// weight say nothing and do not count; 0 if none is left.
double attentionSpread(const Eigen::MatrixXf& weights);

/// Share of the weight that lies within `reach` keys of the strongest diagonal, the straight line with most
/// weight near it: token by token, or from the first to the last of both texts, forwards or backwards, from
/// wherever it begins. An alignment that goes through both texts has nearly all of its weight there. 0 if
/// there is no weight.
double diagonalShare(const Eigen::MatrixXf& weights, double reach = 1);

/// How far two looks differ: half the sum of |a - b| over a column, mean over the columns (total variation, 0
/// to 1). Not there if the shapes differ or are empty.
std::optional<double> attentionChange(const Eigen::MatrixXf& a, const Eigen::MatrixXf& b);

/// Which tokens of two texts are the same in the same order (the longest such sequence): for each of `a` its
/// place in `b`, or none.
std::vector<std::optional<std::size_t>> sameTokens(std::span<const std::string> a,
                                                   std::span<const std::string> b);
/// `after` minus `before`, in the places of `after`; not a number where a token of `after` has no
/// counterpart. keys, queries: for each of `after` its place in `before`.
Eigen::MatrixXf attentionDifference(const Eigen::MatrixXf& before, const Eigen::MatrixXf& after,
                                    std::span<const std::optional<std::size_t>> keys,
                                    std::span<const std::optional<std::size_t>> queries);

}  // namespace lexarium
