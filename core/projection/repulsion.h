// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/thread_pool.h"
#include "core/projection/expansion.h"
#include "core/projection/projection.h"

namespace lexarium {

/// How all points of a layout push each other in t-SNE: with u_ij = 1 / (1 + |y_i - y_j|^2),
///   force_i = sum_j u_ij^2 (y_i - y_j)   and   Z = sum_{i != j} u_ij.
/// Exact between near points; groups of points act on far groups by their Taylor expansions (expansion.h),
/// over a balanced tree of the points. Work grows as n; the error of a force is about a thousandth.
class Repulsion {
 public:
  /// The Z of `layout` [2 x n] (finite); writes forces [2 x n]. The same on any number of threads.
  double compute(const Layout& layout, ThreadPool& pool, Layout& forces);

 private:
  struct Node {
    float x = 0, y = 0;  // mean of its points
    float radius = 0;    // no point lies further from it
    int leafBegin = 0, leafCount = 0;
  };
  struct Leaf {
    expansion::Lanes x, y;  // lanes without a point are far away
  };
  class Shard;

  void plant(Eigen::Index points);
  void grow(int leafBegin, int leafCount);
  void sortPoints(const Layout& layout, int node);
  void fillLeaf(const Layout& layout, std::size_t leaf);
  void summarise();
  void summariseLeaf(std::size_t node);
  void summariseInner(std::size_t node);
  static std::size_t leftOf(std::size_t node) { return node + 1; }
  std::size_t rightOf(std::size_t node) const {
    return node + 2 * static_cast<std::size_t>((nodes_[node].leafCount + 1) / 2);
  }
  bool isLeaf(std::size_t node) const { return nodes_[node].leafCount == 1; }
  std::size_t pointsIn(std::size_t leaf) const {
    return std::min(expansion::kLanes, order_.size() - leaf * expansion::kLanes);
  }

  std::vector<std::int32_t> order_;  // [n] points, sixteen a leaf
  std::vector<Leaf> leaves_;
  std::vector<Node> nodes_;                // parents before children, left before right
  std::vector<expansion::Terms> moments_;  // of each node
  std::vector<std::size_t> shardRoots_;    // nodes whose points make a shard each
  unsigned age_ = 0;                       // computations since the points were sorted
};

}  // namespace lexarium
