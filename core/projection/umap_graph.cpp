// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/umap_graph.h"

#include <Eigen/LU>
#include <cmath>
#include <limits>

namespace lexarium {
namespace {

using Eigen::Index;

constexpr int kCurvePoints = 300;
constexpr int kFitSteps = 200;
constexpr int kSearchSteps = 64;
constexpr double kTolerance = 1e-5;
constexpr double kSmallestScale = 1e-3;  // of the mean distance
constexpr Index kPointsInShard = 256;

/// Sum of squares of the curve's misfit, and the normal equations of its linearisation by log a and log b.
struct Misfit {
  double squares = 0;
  Eigen::Matrix2d normal = Eigen::Matrix2d::Zero();
  Eigen::Vector2d slope = Eigen::Vector2d::Zero();

  Misfit(const Eigen::Vector2d& logs, double minDist, double spread) {
    const double a = std::exp(logs(0)), b = std::exp(logs(1));
    for (int i = 0; i < kCurvePoints; ++i) {
      const double d = 3 * spread * i / (kCurvePoints - 1);
      const double wanted = d < minDist ? 1 : std::exp(-(d - minDist) / spread);
      const double term = d > 0 ? a * std::pow(d, 2 * b) : 0;
      const double value = 1 / (1 + term);
      // d value / d log a = -value^2 term;  by log b: that times 2 b log d.
      const double byA = -value * value * term;
      const Eigen::Vector2d by(byA, d > 0 ? byA * 2 * b * std::log(d) : 0);
      squares += (value - wanted) * (value - wanted);
      normal += by * by.transpose();
      slope += by * (value - wanted);
    }
  }
};

double sumOfStrengths(std::span<const float> distances, double rho, double sigma) {
  double sum = 0;
  for (const float distance : distances) {
    const double beyond = static_cast<double>(distance) - rho;
    sum += beyond > 0 ? std::exp(-beyond / sigma) : 1;
  }
  return sum;
}

}  // namespace

UmapCurve fitUmapCurve(double minDist, double spread) {
  // Levenberg (1944) and Marquardt (1963); logarithms keep a and b positive.
  Eigen::Vector2d logs = Eigen::Vector2d::Zero();
  Misfit now(logs, minDist, spread);
  double damping = 1e-2;
  for (int step = 0; step < kFitSteps && damping < 1e12; ++step) {
    const Eigen::Matrix2d damped = now.normal + damping * Eigen::Matrix2d::Identity();
    const Eigen::Vector2d next = logs - damped.inverse() * now.slope;
    const Misfit there(next, minDist, spread);
    const bool better = there.squares < now.squares;
    damping *= better ? 0.2 : 5;
    if (!better) continue;
    logs = next;
    now = there;
  }
  return {std::exp(logs(0)), std::exp(logs(1))};
}

UmapScale fitUmapScale(std::span<const float> distances, double meanDistance) {
  UmapScale scale;
  const auto nearest = std::find_if(distances.begin(), distances.end(), [](float d) { return d > 0; });
  if (nearest != distances.end()) scale.rho = static_cast<double>(*nearest);
  const double wanted = std::log2(static_cast<double>(distances.size() + 1));
  double low = 0, high = std::numeric_limits<double>::infinity();
  scale.sigma = 1;
  for (int step = 0; step < kSearchSteps; ++step) {
    const double sum = sumOfStrengths(distances, scale.rho, scale.sigma);
    if (std::abs(sum - wanted) < kTolerance) break;
    (sum > wanted ? high : low) = scale.sigma;
    scale.sigma = std::isinf(high) ? 2 * scale.sigma : (low + high) / 2;
  }
  double own = 0;
  for (const float distance : distances) own += static_cast<double>(distance);
  own /= static_cast<double>(distances.size() + 1);  // the point itself lies at 0
  scale.sigma = std::max(scale.sigma, kSmallestScale * (scale.rho > 0 ? own : meanDistance));
  return scale;
}

SparseGraph umapGraph(const NeighbourTable& table, Index k, ThreadPool& pool) {
  NeighbourTable used{table.ids.topRows(k), table.squaredDistances.topRows(k).array().sqrt()};
  const double mean = used.squaredDistances.cast<double>().sum() /
                      static_cast<double>((k + 1) * std::max<Index>(1, table.points()));
  Eigen::MatrixXf strengths(k, table.points());
  const auto shards = static_cast<std::size_t>((table.points() + kPointsInShard - 1) / kPointsInShard);
  pool.parallelFor(shards, [&](std::size_t shard) {
    const Index begin = static_cast<Index>(shard) * kPointsInShard;
    for (Index i = begin; i < std::min(table.points(), begin + kPointsInShard); ++i) {
      const std::span<const float> distances(used.squaredDistances.col(i).data(),
                                             static_cast<std::size_t>(k));
      const UmapScale scale = fitUmapScale(distances, mean);
      for (Index s = 0; s < k; ++s) {
        const double beyond = static_cast<double>(used.squaredDistances(s, i)) - scale.rho;
        strengths(s, i) =
            beyond > 0 && scale.sigma > 0 ? static_cast<float>(std::exp(-beyond / scale.sigma)) : 1;
      }
    }
  });
  return symmetricGraph(used, strengths, [](float a, float b) { return a + b - a * b; });
}

}  // namespace lexarium
