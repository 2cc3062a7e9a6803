// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/tsne_forces.h"

#include <cassert>
#include <cmath>
#include <numeric>

namespace lexarium {
namespace {

using Eigen::Index;

constexpr std::size_t kLanes = 16;
constexpr Index kPointsInShard = 256;

struct alignas(64) Lanes {
  float v[kLanes];
};

float total(Lanes lanes) {
  for (std::size_t width = kLanes / 2; width > 0; width /= 2) {
    for (std::size_t i = 0; i < width; ++i) lanes.v[i] += lanes.v[i + width];
  }
  return lanes.v[0];
}

std::size_t shardsOf(Index points) {
  return static_cast<std::size_t>((points + kPointsInShard - 1) / kPointsInShard);
}

}  // namespace

Eigen::Vector2f attraction(const SparseGraph& affinities, const Layout& layout, Index point) {
  const std::size_t begin = affinities.offsets[static_cast<std::size_t>(point)];
  const std::size_t end = affinities.offsets[static_cast<std::size_t>(point) + 1];
  assert(begin % kLanes == 0 && end % kLanes == 0);
  const float* places = layout.data();
  const float x = layout(0, point), y = layout(1, point);
  Lanes fx{}, fy{};
  for (std::size_t e = begin; e < end; e += kLanes) {
    const std::int32_t* columns = affinities.columns.data() + e;
    const float* p = affinities.values.data() + e;
    for (std::size_t i = 0; i < kLanes; ++i) {
      const float dx = x - places[2 * columns[i]], dy = y - places[2 * columns[i] + 1];
      const float pull = p[i] / (1 + dx * dx + dy * dy);
      fx.v[i] += pull * dx;
      fy.v[i] += pull * dy;
    }
  }
  return {total(fx), total(fy)};
}

double klDivergence(const SparseGraph& affinities, const Layout& layout, double z, ThreadPool& pool) {
  std::vector<double> sums(shardsOf(layout.cols()), 0.0);
  pool.parallelFor(sums.size(), [&](std::size_t shard) {
    const auto first = static_cast<Index>(shard) * kPointsInShard;
    for (Index i = first; i < std::min(layout.cols(), first + kPointsInShard); ++i) {
      for (std::size_t e = affinities.offsets[static_cast<std::size_t>(i)];
           e < affinities.offsets[static_cast<std::size_t>(i) + 1]; ++e) {
        const double p = static_cast<double>(affinities.values[e]);
        if (!(p > 0)) continue;
        const auto squared =
            static_cast<double>((layout.col(i) - layout.col(affinities.columns[e])).squaredNorm());
        sums[shard] += p * std::log(p * (1 + squared) * z);
      }
    }
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

double tsneGradient(const SparseGraph& affinities, const Layout& layout, float exaggeration,
                    Repulsion& repulsion, ThreadPool& pool, Layout& gradient) {
  const double z = repulsion.compute(layout, pool, gradient);
  const auto inverse = static_cast<float>(1 / z);
  pool.parallelFor(shardsOf(layout.cols()), [&](std::size_t shard) {
    const auto first = static_cast<Index>(shard) * kPointsInShard;
    for (Index i = first; i < std::min(layout.cols(), first + kPointsInShard); ++i) {
      gradient.col(i) = 4 * (exaggeration * attraction(affinities, layout, i) - inverse * gradient.col(i));
    }
  });
  return z;
}

}  // namespace lexarium
