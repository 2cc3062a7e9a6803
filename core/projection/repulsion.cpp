// SPDX-License-Identifier: GPL-3.0-or-later
// A fast multipole method over a balanced binary tree whose leaves hold sixteen points each. The tree's shape
// depends on n alone; which point stands in which leaf is settled anew every few calls, while centres, radii
// and moments are those of the moment, so that the error stays what it is. A group acts on another by
// expansion if their radii are small against their distance, or against 1: the potential's poles lie at
// distance i, so that a layout that is still tiny is one single group.
#include "core/projection/repulsion.h"

#include <cmath>
#include <limits>
#include <numeric>

namespace lexarium {
namespace {

using Eigen::Index;
using expansion::kLanes;
using expansion::Lanes;
using expansion::Terms;

constexpr unsigned kSortEvery = 8;
constexpr int kShards = 32;
constexpr float kOpening = 0.4f;   // sum of radii to distance, at most, for groups to act as groups
constexpr float kFarAway = 1e15f;  // u is 0 there

}  // namespace

/// The work on the points of one subtree.
class Repulsion::Shard {
 public:
  Shard(const Repulsion& tree, Layout& forces) : tree_(tree), forces_(forces) {}

  /// Returns the sum of the potential over the points of the subtree.
  double run(std::size_t root) {
    waiting_.assign(1, 0);
    descend(root, 0, Terms{});
    return sum_;
  }

 private:
  /// waiting_ from `begin` on: the groups that have not acted yet on the points of `target`.
  void descend(std::size_t target, std::size_t begin, Terms local) {
    const std::size_t end = waiting_.size();
    far_.clear();
    near_.clear();
    for (std::size_t i = begin; i < end; ++i) sortOut(target, waiting_[i]);
    addFar(target, local);
    if (tree_.isLeaf(target)) {
      finishLeaf(target, local);
    } else {
      const auto& from = tree_.nodes_[target];
      for (const std::size_t child : {leftOf(target), tree_.rightOf(target)}) {
        const auto& to = tree_.nodes_[child];
        descend(child, end, expansion::derivativesAt(local, to.x - from.x, to.y - from.y));
      }
    }
    waiting_.resize(end);
  }

  /// The source, or parts of it, go to the far ones, the near ones, or wait for the target's children.
  void sortOut(std::size_t target, std::size_t source) {
    const auto& t = tree_.nodes_[target];
    const auto& s = tree_.nodes_[source];
    const float dx = t.x - s.x, dy = t.y - s.y, radii = t.radius + s.radius;
    if (radii * radii < kOpening * kOpening * (1 + dx * dx + dy * dy)) {
      far_.push_back({s.x, s.y, &tree_.moments_[source]});
    } else if (tree_.isLeaf(target) && tree_.isLeaf(source)) {
      near_.push_back(static_cast<std::size_t>(s.leafBegin));
    } else if (!tree_.isLeaf(target) && (tree_.isLeaf(source) || t.radius >= s.radius)) {
      waiting_.push_back(source);
    } else {
      sortOut(target, leftOf(source));
      sortOut(target, tree_.rightOf(source));
    }
  }

  void addFar(std::size_t target, Terms& local) const {
    const auto& t = tree_.nodes_[target];
    for (std::size_t i = 0; i < far_.size(); i += kLanes) {
      expansion::addPotential(t.x, t.y, far_.data() + i, std::min(kLanes, far_.size() - i), local);
    }
  }

  void finishLeaf(std::size_t target, const Terms& local) {
    const auto& node = tree_.nodes_[target];
    const auto leafIndex = static_cast<std::size_t>(node.leafBegin);
    const Leaf& points = tree_.leaves_[leafIndex];
    Lanes u{}, fx{}, fy{};
    for (const std::size_t source : near_) addNear(points, tree_.leaves_[source], u, fx, fy);
    Lanes x, y;
    for (std::size_t i = 0; i < kLanes; ++i) {
      x.v[i] = points.x.v[i] - node.x;
      y.v[i] = points.y.v[i] - node.y;
    }
    const auto far = expansion::valuesAt(local, x, y);
    for (std::size_t i = 0; i < tree_.pointsIn(leafIndex); ++i) {
      sum_ += static_cast<double>(u.v[i]) + static_cast<double>(far.potential.v[i]);
      // The force is minus half the gradient of the potential.
      const Index point = tree_.order_[leafIndex * kLanes + i];
      forces_(0, point) = fx.v[i] - far.dx.v[i] / 2;
      forces_(1, point) = fy.v[i] - far.dy.v[i] / 2;
    }
  }

  static void addNear(const Leaf& points, const Leaf& sources, Lanes& u, Lanes& fx, Lanes& fy) {
    for (std::size_t j = 0; j < kLanes; ++j) {
      const float x = sources.x.v[j], y = sources.y.v[j];
      for (std::size_t i = 0; i < kLanes; ++i) {
        const float dx = points.x.v[i] - x, dy = points.y.v[i] - y;
        const float near = 1 / (1 + dx * dx + dy * dy);
        u.v[i] += near;
        fx.v[i] += near * near * dx;
        fy.v[i] += near * near * dy;
      }
    }
  }

  const Repulsion& tree_;
  Layout& forces_;
  std::vector<std::size_t> waiting_;
  std::vector<expansion::Source> far_;
  std::vector<std::size_t> near_;
  double sum_ = 0;
};

double Repulsion::compute(const Layout& layout, ThreadPool& pool, Layout& forces) {
  forces.resize(2, layout.cols());
  if (layout.cols() == 0) return 0;
  if (static_cast<Index>(order_.size()) != layout.cols()) plant(layout.cols());
  if (age_++ % kSortEvery == 0) sortPoints(layout, 0);
  for (std::size_t leaf = 0; leaf < leaves_.size(); ++leaf) fillLeaf(layout, leaf);
  summarise();
  std::vector<double> sums(shardRoots_.size());
  pool.parallelFor(shardRoots_.size(),
                   [&](std::size_t shard) { sums[shard] = Shard(*this, forces).run(shardRoots_[shard]); });
  return std::accumulate(sums.begin(), sums.end(), 0.0) - static_cast<double>(layout.cols());
}

void Repulsion::plant(Index points) {
  order_.resize(static_cast<std::size_t>(points));
  std::iota(order_.begin(), order_.end(), 0);
  leaves_.resize((order_.size() + kLanes - 1) / kLanes);
  nodes_.clear();
  shardRoots_.clear();
  age_ = 0;
  grow(0, static_cast<int>(leaves_.size()));
  moments_.assign(nodes_.size(), Terms{});
  const int largest = std::max(1, static_cast<int>(leaves_.size()) / kShards);
  for (std::size_t node = 0; node < nodes_.size();) {
    const bool whole = nodes_[node].leafCount <= largest;
    if (whole) shardRoots_.push_back(node);
    node += whole ? 2 * static_cast<std::size_t>(nodes_[node].leafCount) - 1 : 1;
  }
}

void Repulsion::grow(int leafBegin, int leafCount) {
  nodes_.push_back({0, 0, 0, leafBegin, leafCount});
  if (leafCount == 1) return;
  const int left = (leafCount + 1) / 2;
  grow(leafBegin, left);
  grow(leafBegin + left, leafCount - left);
}

void Repulsion::sortPoints(const Layout& layout, int nodeIndex) {
  const auto node = static_cast<std::size_t>(nodeIndex);
  if (isLeaf(node)) return;
  const auto begin = order_.begin() + nodes_[node].leafBegin * static_cast<int>(kLanes);
  const auto middle = order_.begin() + nodes_[rightOf(node)].leafBegin * static_cast<int>(kLanes);
  const auto wanted = (nodes_[node].leafBegin + nodes_[node].leafCount) * static_cast<std::ptrdiff_t>(kLanes);
  const auto end = order_.begin() + std::min(wanted, static_cast<std::ptrdiff_t>(order_.size()));
  Eigen::Array2f low = layout.col(*begin), high = low;
  for (auto it = begin; it != end; ++it) {
    low = low.min(layout.col(*it).array());
    high = high.max(layout.col(*it).array());
  }
  const Index axis = high(0) - low(0) >= high(1) - low(1) ? 0 : 1;
  std::nth_element(begin, middle, end, [&](std::int32_t a, std::int32_t b) {
    const float left = layout(axis, a), right = layout(axis, b);
    return left != right ? left < right : a < b;
  });
  sortPoints(layout, static_cast<int>(leftOf(node)));
  sortPoints(layout, static_cast<int>(rightOf(node)));
}

void Repulsion::fillLeaf(const Layout& layout, std::size_t leaf) {
  Leaf& points = leaves_[leaf];
  for (std::size_t i = 0; i < kLanes; ++i) {
    const bool used = i < pointsIn(leaf);
    points.x.v[i] = used ? layout(0, order_[leaf * kLanes + i]) : kFarAway;
    points.y.v[i] = used ? layout(1, order_[leaf * kLanes + i]) : kFarAway;
  }
}

void Repulsion::summarise() {
  for (std::size_t node = nodes_.size(); node-- > 0;) {  // children come after their parents
    isLeaf(node) ? summariseLeaf(node) : summariseInner(node);
  }
}

void Repulsion::summariseLeaf(std::size_t index) {
  Node& node = nodes_[index];
  const auto leaf = static_cast<std::size_t>(node.leafBegin);
  const Leaf& points = leaves_[leaf];
  const std::size_t count = pointsIn(leaf);
  node.x = std::accumulate(points.x.v, points.x.v + count, 0.0f) / static_cast<float>(count);
  node.y = std::accumulate(points.y.v, points.y.v + count, 0.0f) / static_cast<float>(count);
  Lanes x{}, y{};
  float largest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    x.v[i] = points.x.v[i] - node.x;
    y.v[i] = points.y.v[i] - node.y;
    largest = std::max(largest, x.v[i] * x.v[i] + y.v[i] * y.v[i]);
  }
  node.radius = std::sqrt(largest);
  moments_[index] = Terms{};
  expansion::addPoints(x, y, count, moments_[index]);
}

void Repulsion::summariseInner(std::size_t index) {
  Node& node = nodes_[index];
  const std::size_t children[] = {leftOf(index), rightOf(index)};
  const float left = moments_[children[0]](0, 0), right = moments_[children[1]](0, 0);
  const float share = right / (left + right);
  node.x = nodes_[children[0]].x + share * (nodes_[children[1]].x - nodes_[children[0]].x);
  node.y = nodes_[children[0]].y + share * (nodes_[children[1]].y - nodes_[children[0]].y);
  Terms& moments = moments_[index] = Terms{};
  node.radius = 0;
  for (const std::size_t child : children) {
    const float x = nodes_[child].x - node.x, y = nodes_[child].y - node.y;
    expansion::addMoved(moments_[child], x, y, moments);
    node.radius = std::max(node.radius, std::hypot(x, y) + nodes_[child].radius);
  }
}

}  // namespace lexarium
