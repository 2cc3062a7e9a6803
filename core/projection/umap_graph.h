// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/thread_pool.h"
#include "core/projection/sparse_graph.h"

namespace lexarium {

/// The curve by which closeness falls with distance on the map, 1 / (1 + a d^(2b)).
struct UmapCurve {
  double a = 1, b = 1;
};

/// Least-squares fit to: 1 up to minDist, then exp(-(d - minDist) / spread), at 300 distances from 0 to 3
/// spread (McInnes et al. 2018, definition 11, as umap-learn does it). minDist 0.1, spread 1: a 1.577, b
/// 0.895.
UmapCurve fitUmapCurve(double minDist, double spread);

/// How near the neighbours of a point are held to be, exp(-max(0, d - rho) / sigma), where rho is the
/// distance of the nearest other point, and sigma such that the sum over the neighbours is log2(neighbours),
/// the point itself counted among them (McInnes et al. 2018, section 3.1).
struct UmapScale {
  double sigma = 0, rho = 0;
};
/// distances [k] rising; meanDistance over all points and neighbours bounds sigma from below for points that
/// stand in one place.
UmapScale fitUmapScale(std::span<const float> distances, double meanDistance);

/// The fuzzy union w_ij + w_ji - w_ij w_ji of both points' views, from the first k rows of the table.
SparseGraph umapGraph(const NeighbourTable& table, Eigen::Index k, ThreadPool& pool);

}  // namespace lexarium
