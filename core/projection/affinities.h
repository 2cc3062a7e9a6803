// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/thread_pool.h"
#include "core/projection/sparse_graph.h"

namespace lexarium {

/// The perplexity in use for n points: what was asked for, but no more than a third of the points, nor less
/// than 5 (UX: max(5, min(30, n / 3))).
double usedPerplexity(double asked, Eigen::Index points);
/// Neighbours that this perplexity needs: three times as many (van der Maaten 2014, section 4.1), at most n
/// - 1.
Eigen::Index neighboursFor(double perplexity, Eigen::Index points);

/// p_{j|i} = exp(-b_i d_ij^2) / sum_l exp(-b_i d_il^2) over the neighbours of i, with b_i such that the
/// entropy is log(perplexity) (van der Maaten & Hinton 2008, equation 1). Where no b_i reaches it (many
/// points in one place), the nearest that there is. [k x n], columns sum to 1.
Eigen::MatrixXf conditionalAffinities(const NeighbourTable& table, double perplexity, ThreadPool& pool);

/// p_ij = (p_{j|i} + p_{i|j}) / 2n, which sum to 1 over all i and j. Rows are padded for 16 at a time.
SparseGraph jointAffinities(const NeighbourTable& table, double perplexity, ThreadPool& pool);

}  // namespace lexarium
