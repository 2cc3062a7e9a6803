// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/umap_descent.h"

#include <cmath>
#include <limits>

#include "core/base/rng.h"
#include "core/projection/fast_pow.h"

namespace lexarium {
namespace {

using Eigen::Index;

constexpr Index kLanes = kMostNegatives + 1;
constexpr float kLongestStep = 4;          // of a coordinate, in units of the rate
constexpr float kSmallestSquare = 1e-12f;  // keeps the power away from 0
constexpr float kSoftening = 1e-3f;        // of the push between near points
constexpr int kSampledPairs = 32;          // for each point

using Lanes = Eigen::Array<float, kLanes, 1>;

Lanes power(const Lanes& x, float p) {
  Lanes result;
  for (Index i = 0; i < kLanes; ++i) result(i) = fastPow(x(i), p);
  return result;
}

/// The steps from one point to (or from) the others: lane 0 pulls, `negatives` lanes push, the others do
/// nothing.
struct Steps {
  Lanes x, y;

  Steps(const Lanes& dx, const Lanes& dy, const Lanes& pulls, const Lanes& pushes, float a, float b) {
    const Lanes squared = dx * dx + dy * dy;
    const Lanes safe = squared.max(kSmallestSquare);
    const Lanes term = a * power(safe, b);
    const Lanes factor = 2 * b / (1 + term) * (pushes / (kSoftening + squared) - pulls * term / safe);
    x = (factor * dx).min(kLongestStep).max(-kLongestStep);
    y = (factor * dy).min(kLongestStep).max(-kLongestStep);
  }
};

/// Two whole numbers below `bound` from each number drawn.
class PointDraw {
 public:
  PointDraw(Rng rng, std::uint32_t bound) : rng_(rng), bound_(bound) {}
  void fill(std::int32_t* points, int count) {
    for (int i = 0; i < count; i += 2) {
      const std::uint64_t bits = rng_.next();
      points[i] = static_cast<std::int32_t>(((bits >> 32) * bound_) >> 32);
      points[i + 1] = static_cast<std::int32_t>(((bits & 0xFFFFFFFFu) * bound_) >> 32);
    }
  }

 private:
  Rng rng_;
  std::uint64_t bound_;
};

}  // namespace

UmapDescent::UmapDescent(const SparseGraph& graph) : graph_(graph), shares_(graph.values.size()) {
  float largest = 0;
  for (const float value : graph.values) largest = std::max(largest, value);
  for (std::size_t e = 0; e < shares_.size(); ++e) {
    const double share = largest > 0 ? static_cast<double>(graph.values[e] / largest) : 0;
    shares_[e] = static_cast<std::uint32_t>(std::min(share * 0x1p32, 0x1p32 - 1));
  }
}

void UmapDescent::runEpoch(std::uint64_t seed, std::uint64_t epoch, float rate, const UmapForces& forces,
                           Layout& layout) const {
  const auto a = static_cast<float>(forces.curve.a), b = static_cast<float>(forces.curve.b);
  PointDraw draw(Rng::forStream(seed, epoch), static_cast<std::uint32_t>(layout.cols()));
  const Index used = 1 + forces.negatives;
  Lanes pulls = Lanes::Zero(), pushes = Lanes::Zero(), dx = Lanes::Zero(), dy = Lanes::Zero();
  pulls(0) = 1;
  for (Index i = 1; i < used; ++i) pushes(i) = forces.repulsion;
  std::int32_t others[kLanes + 1] = {};
  float* places = layout.data();
  for (Index point = 0; point < layout.cols(); ++point) {
    const std::size_t end = graph_.offsets[static_cast<std::size_t>(point) + 1];
    float x = places[2 * point], y = places[2 * point + 1];
    for (std::size_t e = graph_.offsets[static_cast<std::size_t>(point)]; e < end; ++e) {
      // The count of uses so far is the whole part of epoch * share, begun at a place of the edge's own.
      const auto counter =
          static_cast<std::uint32_t>(epoch + 1) * shares_[e] + static_cast<std::uint32_t>(e) * 2654435761u;
      if (counter >= shares_[e]) continue;
      others[0] = graph_.columns[e];
      draw.fill(others + 1, forces.negatives);
      for (Index i = 0; i < used; ++i) {
        dx(i) = x - places[2 * others[i]];
        dy(i) = y - places[2 * others[i] + 1];
      }
      const Steps steps(dx, dy, pulls, pushes, a, b);
      places[2 * others[0]] -= rate * steps.x(0);
      places[2 * others[0] + 1] -= rate * steps.y(0);
      x += rate * steps.x.sum();
      y += rate * steps.y.sum();
      places[2 * point] = x;  // at once: a point may be drawn against itself
      places[2 * point + 1] = y;
    }
  }
}

double UmapDescent::objective(const UmapForces& forces, const Layout& layout) const {
  const auto term = [&](Index i, Index j) {  // a d^(2b)
    const double squared = static_cast<double>((layout.col(i) - layout.col(j)).squaredNorm());
    return forces.curve.a * std::pow(std::max(squared, static_cast<double>(kSoftening)), forces.curve.b);
  };
  Rng rng(1);
  double sum = 0;
  for (Index i = 0; i < layout.cols(); ++i) {
    double weights = 0, pushes = 0;
    for (std::size_t e = graph_.offsets[static_cast<std::size_t>(i)];
         e < graph_.offsets[static_cast<std::size_t>(i) + 1]; ++e) {
      const double weight = static_cast<double>(graph_.values[e]);
      weights += weight;
      sum += weight * std::log1p(term(i, graph_.columns[e]));
    }
    for (int sample = 0; sample < kSampledPairs; ++sample) {
      const Index other = rng.below(static_cast<std::uint32_t>(layout.cols()));
      if (other != i) pushes += std::log1p(1 / term(i, other));
    }
    sum += weights * forces.negatives * static_cast<double>(forces.repulsion) * pushes / kSampledPairs;
  }
  return sum / static_cast<double>(layout.cols());
}

}  // namespace lexarium
