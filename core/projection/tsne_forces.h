// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/repulsion.h"
#include "core/projection/sparse_graph.h"

namespace lexarium {

/// How the neighbours of a point pull it: sum_j p_ij u_ij (y_i - y_j), with u_ij = 1 / (1 + |y_i - y_j|^2).
/// The rows of `affinities` are padded for sixteen at a time.
Eigen::Vector2f attraction(const SparseGraph& affinities, const Layout& layout, Eigen::Index point);

/// KL(P || Q) = sum_ij p_ij log(p_ij / q_ij), q_ij = u_ij / Z (van der Maaten & Hinton 2008, equation 2).
double klDivergence(const SparseGraph& affinities, const Layout& layout, double z, ThreadPool& pool);

/// The gradient of the KL divergence, with the affinities exaggerated,
///   dC/dy_i = 4 (exaggeration * attraction_i - force_i / Z)
/// (van der Maaten 2014, equations 5 to 8). Writes gradient [2 x n], and returns Z.
double tsneGradient(const SparseGraph& affinities, const Layout& layout, float exaggeration,
                    Repulsion& repulsion, ThreadPool& pool, Layout& gradient);

}  // namespace lexarium
