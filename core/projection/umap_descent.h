// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/projection.h"
#include "core/projection/umap_graph.h"

namespace lexarium {

/// Negative samples that one register holds beside the neighbour itself.
inline constexpr int kMostNegatives = 15;

struct UmapForces {
  UmapCurve curve;
  int negatives = 5;    ///< points that push for each neighbour that pulls, at most kMostNegatives
  float repulsion = 1;  ///< their weight (gamma)
};

/// Stochastic gradient descent by sampled edges (McInnes et al. 2018, section 3.2 and algorithm 5): an edge
/// of weight w is used in a share w / max w of the epochs, at even distances; its points pull each other, and
/// the one it leaves is pushed by some points drawn at random. In order, on one thread: the same on every
/// machine.
class UmapDescent {
 public:
  UmapDescent() = default;
  explicit UmapDescent(const SparseGraph& graph);

  /// One epoch: moves `layout`, by steps of `rate` times the forces. What it draws depends on seed and epoch
  /// only.
  void runEpoch(std::uint64_t seed, std::uint64_t epoch, float rate, const UmapForces& forces,
                Layout& layout) const;

  /// What an epoch makes small, a point: sum of w (-log v_ij + negatives * repulsion * mean -log (1 -
  /// v_ij')), with v the curve (Damrich & Hamprecht 2021); the mean over pairs is taken from a sample that is
  /// always the same.
  double objective(const UmapForces& forces, const Layout& layout) const;

 private:
  SparseGraph graph_;
  std::vector<std::uint32_t> shares_;  // [edges] of 2^32 epochs
};

}  // namespace lexarium
