// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/affinities.h"

#include <cmath>
#include <limits>

namespace lexarium {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;

constexpr Index kPointsInShard = 256;
constexpr int kSearchSteps = 100;
constexpr double kTolerance = 1e-6;  // of the entropy

/// Newton's method on the logarithm of b, kept inside the bounds that are known (else bisection). With
/// S = sum exp(-b d), E = mean and V = variance of d under p:  H = log S + b E,  dH/dlog b = -b^2 V.
void searchBandwidth(const ArrayXd& distances, double entropy, ArrayXd& p) {
  const double mean = distances.mean();
  double low = 0, high = std::numeric_limits<double>::infinity();
  double b = mean > 0 ? 1 / mean : 1;
  for (int step = 0; step < kSearchSteps; ++step) {
    p = (-b * distances).exp();  // the smallest distance is 0, so the sum is at least 1
    const double sum = p.sum();
    p /= sum;
    const double expected = (p * distances).sum();
    const double difference = std::log(sum) + b * expected - entropy;
    if (std::abs(difference) < kTolerance) return;
    (difference > 0 ? low : high) = b;
    const double slope = b * b * ((p * distances.square()).sum() - expected * expected);
    const double newton = slope > 0 ? b * std::exp(std::clamp(difference / slope, -4.0, 4.0)) : 0;
    if (newton > low && newton < high) {
      b = newton;
    } else {
      b = std::isinf(high) ? 2 * b : (low + high) / 2;
    }
    if (!(b < 1e100)) return;  // so many points in one place that their entropy is more than was asked for
  }
}

}  // namespace

double usedPerplexity(double asked, Index points) {
  return std::min(asked, std::max(5.0, static_cast<double>(points) / 3));
}

Index neighboursFor(double perplexity, Index points) {
  return std::min(points - 1, static_cast<Index>(std::ceil(3 * perplexity)));
}

Eigen::MatrixXf conditionalAffinities(const NeighbourTable& table, double perplexity, ThreadPool& pool) {
  Eigen::MatrixXf result(table.k(), table.points());
  const double entropy = std::log(std::min(perplexity, static_cast<double>(table.k())));
  const auto shards = static_cast<std::size_t>((table.points() + kPointsInShard - 1) / kPointsInShard);
  pool.parallelFor(shards, [&](std::size_t shard) {
    const Index begin = static_cast<Index>(shard) * kPointsInShard;
    ArrayXd distances, p;
    for (Index i = begin; i < std::min(table.points(), begin + kPointsInShard); ++i) {
      distances = table.squaredDistances.col(i).cast<double>().array();
      distances -= distances.minCoeff();
      searchBandwidth(distances, entropy, p);
      result.col(i) = p.cast<float>().matrix();
    }
  });
  return result;
}

SparseGraph jointAffinities(const NeighbourTable& table, double perplexity, ThreadPool& pool) {
  const Eigen::MatrixXf conditional =
      conditionalAffinities(table, perplexity, pool) / (2 * static_cast<float>(table.points()));
  return symmetricGraph(
      table, conditional, [](float a, float b) { return a + b; }, 16);
}

}  // namespace lexarium
