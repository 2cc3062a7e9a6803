// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/kmeans.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "core/base/rng.h"
#include "core/projection/nearest_centres.h"
#include "core/projection/prepared_points.h"

namespace lexarium {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr Index kBlock = 1024;
constexpr const char* kPhase = "Finding clusters";

/// One beginning and what came of it.
struct Attempt {
  CentreAssignment assignment;
  Matrix centres;
  std::vector<std::int64_t> sizes;
  double inertia = std::numeric_limits<double>::infinity();
  int rounds = 0;
};

class Clustering {
 public:
  Clustering(const Matrix& points, const KMeansOptions& options, ThreadPool& pool, const TaskContext& context)
      : points_(points), options_(options), pool_(pool), context_(context) {}

  /// k-means++; fewer than wanted where all points are centres already.
  Matrix drawCentres(Rng& rng) const {
    const Index n = points_.cols(), wanted = std::min(options_.clusters, n);
    const auto trials = 2 + static_cast<Index>(std::log(static_cast<double>(wanted)));
    Matrix centres(points_.rows(), wanted);
    VectorXd nearest = VectorXd::Constant(n, 1);
    for (Index c = 0; c < wanted; ++c) {
      if (!(nearest.sum() > 0)) return centres.leftCols(c);
      Index best = 0;
      VectorXd bestNearest;
      for (Index trial = 0; trial < (c == 0 ? 1 : trials); ++trial) {
        const Index candidate = draw(nearest, rng);
        VectorXd now = distancesTo(candidate);
        if (c > 0) now = now.cwiseMin(nearest);
        if (bestNearest.size() > 0 && now.sum() >= bestNearest.sum()) continue;
        best = candidate;
        bestNearest = std::move(now);
      }
      centres.col(c) = points_.col(best);
      nearest = std::move(bestNearest);
    }
    return centres;
  }

  /// Lloyd's rounds until no point changes its cluster. Nothing if cancelled.
  std::optional<Attempt> settle(Matrix centres) const {
    Attempt attempt;
    attempt.centres = std::move(centres);
    std::vector<std::int32_t> before;
    for (; attempt.rounds < options_.rounds && (before.empty() || before != attempt.assignment.centre);
         ++attempt.rounds) {
      before = attempt.assignment.centre;
      context_.report(-1, kPhase);
      if (!assignToCentres(points_, attempt.centres, pool_, context_, attempt.assignment))
        return std::nullopt;
      attempt.sizes = moveToMeans(points_, attempt.assignment, attempt.centres);
      fillEmpty(attempt);
      if (options_.cosine) normalise(attempt.centres);
    }
    if (!assignToCentres(points_, attempt.centres, pool_, context_, attempt.assignment)) return std::nullopt;
    attempt.sizes.assign(static_cast<std::size_t>(attempt.centres.cols()), 0);
    for (const auto centre : attempt.assignment.centre) ++attempt.sizes[static_cast<std::size_t>(centre)];
    attempt.inertia = attempt.assignment.squaredDistances.template cast<double>().sum();
    return attempt;
  }

 private:
  static Index draw(const VectorXd& weights, Rng& rng) {
    double left = rng.uniform() * weights.sum();
    Index last = 0;
    for (Index i = 0; i < weights.size(); ++i) {
      if (!(weights(i) > 0)) continue;
      last = i;
      left -= weights(i);
      if (left < 0) break;
    }
    return last;
  }

  VectorXd distancesTo(Index point) const {
    VectorXd distances(points_.cols());
    for (Index begin = 0; begin < points_.cols(); begin += kBlock) {
      const Index size = std::min(kBlock, points_.cols() - begin);
      distances.segment(begin, size) = (points_.middleCols(begin, size).colwise() - points_.col(point))
                                           .colwise()
                                           .squaredNorm()
                                           .transpose()
                                           .template cast<double>();
    }
    return distances;
  }

  /// A cluster that lost all its points gets the one that fits worst where it is.
  void fillEmpty(Attempt& attempt) const {
    for (std::size_t c = 0; c < attempt.sizes.size(); ++c) {
      if (attempt.sizes[c] > 0) continue;
      Index worst = 0;
      if (!(attempt.assignment.squaredDistances.maxCoeff(&worst) > 0)) return;
      attempt.centres.col(static_cast<Index>(c)) = points_.col(worst);
      attempt.assignment.squaredDistances(worst) = 0;
    }
  }

  static void normalise(Matrix& centres) {
    for (Index c = 0; c < centres.cols(); ++c) {
      const Real length = centres.col(c).norm();
      if (length > 0) centres.col(c) /= length;
    }
  }

  const Matrix& points_;
  const KMeansOptions& options_;
  ThreadPool& pool_;
  const TaskContext& context_;
};

/// The new number of each cluster: by falling size, or as they are; -1 for those that are empty.
std::vector<std::int32_t> numbers(const Attempt& attempt, bool keep) {
  std::vector<std::int32_t> order(attempt.sizes.size());
  std::iota(order.begin(), order.end(), 0);
  if (keep) return order;
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
    return attempt.sizes[static_cast<std::size_t>(a)] > attempt.sizes[static_cast<std::size_t>(b)];
  });
  std::vector<std::int32_t> number(order.size(), -1);
  for (std::size_t place = 0; place < order.size(); ++place) {
    const auto old = static_cast<std::size_t>(order[place]);
    if (attempt.sizes[old] > 0) number[old] = static_cast<std::int32_t>(place);
  }
  return number;
}

bool counts(const Matrix& points, Index column, bool cosine) {
  const Real squared = points.col(column).squaredNorm();
  return std::isfinite(squared) && (!cosine || squared > 0);
}

/// Centres and inertia in the space of the points as they were given.
void measure(const Matrix& points, bool cosine, KMeansResult& result) {
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(points.rows(), result.centres.cols());
  std::vector<std::int64_t> used(result.sizes.size(), 0);
  const auto each = [&](auto&& use) {
    for (Index i = 0; i < points.cols(); ++i) {
      if (!counts(points, i, cosine)) continue;
      VectorXd point = points.col(i).template cast<double>();
      if (cosine) point.normalize();
      use(result.cluster[static_cast<std::size_t>(i)], point);
    }
  };
  each([&](std::int32_t cluster, const VectorXd& point) {
    sums.col(cluster) += point;
    ++used[static_cast<std::size_t>(cluster)];
  });
  for (Index c = 0; c < sums.cols(); ++c) {
    const auto count = used[static_cast<std::size_t>(c)];
    if (count > 0) sums.col(c) /= static_cast<double>(count);
    if (cosine && sums.col(c).norm() > 0) sums.col(c).normalize();
    if (count > 0) result.centres.col(c) = sums.col(c).template cast<Real>();
  }
  result.inertia = 0;
  each([&](std::int32_t cluster, const VectorXd& point) {
    result.inertia += (point - sums.col(cluster)).squaredNorm();
  });
}

KMeansResult finished(const Matrix& points, const Attempt& attempt, const KMeansOptions& options) {
  const auto number = numbers(attempt, options.initialCentres.cols() > 0);
  Index clusters = 0;
  for (const auto to : number) clusters = std::max<Index>(clusters, to + 1);
  KMeansResult result;
  result.rounds = attempt.rounds;
  result.centres = Matrix::Zero(points.rows(), clusters);
  result.sizes.assign(static_cast<std::size_t>(clusters), 0);
  for (const auto centre : attempt.assignment.centre) {
    result.cluster.push_back(number[static_cast<std::size_t>(centre)]);
    ++result.sizes[static_cast<std::size_t>(result.cluster.back())];
  }
  for (std::size_t c = 0; c < number.size() && options.initialCentres.cols() > 0; ++c) {
    result.centres.col(static_cast<Index>(c)) = options.initialCentres.col(static_cast<Index>(c));
  }
  measure(points, options.cosine, result);
  return result;
}

/// Given centres brought into the space of the prepared points: those are points less their mean, scaled.
Matrix preparedCentres(const Matrix& points, const Matrix& centres, bool cosine) {
  if (cosine) return preparedPoints(centres, Metric::Cosine);
  VectorXd sum = VectorXd::Zero(points.rows());
  Index used = 0;
  for (Index i = 0; i < points.cols(); ++i) {
    if (!counts(points, i, false)) continue;
    sum += points.col(i).template cast<double>();
    ++used;
  }
  const Vector mean = (sum / static_cast<double>(std::max<Index>(1, used))).cast<Real>();
  double squares = 0;
  for (Index i = 0; i < points.cols(); ++i) {
    if (counts(points, i, false)) squares += static_cast<double>((points.col(i) - mean).squaredNorm());
  }
  const double scale = squares > 0 ? std::sqrt(static_cast<double>(used) / squares) : 1;
  Matrix result = (centres.colwise() - mean) * static_cast<Real>(scale);
  return result.allFinite() ? result : Matrix::Zero(result.rows(), result.cols());
}

}  // namespace

Expected<KMeansResult> kMeans(const Matrix& points, const KMeansOptions& options, ThreadPool& pool,
                              const TaskContext& context) {
  if (points.cols() == 0 || options.clusters < 1) return KMeansResult{};
  const Matrix prepared = preparedPoints(points, options.cosine ? Metric::Cosine : Metric::Euclidean);
  const Clustering clustering(prepared, options, pool, context);
  const bool given = options.initialCentres.cols() > 0 && options.initialCentres.rows() == points.rows();
  Attempt best;
  for (int restart = 0; restart < (given ? 1 : std::max(1, options.restarts)); ++restart) {
    if (context.stopRequested()) return cancelled();
    Rng rng = Rng::forStream(options.seed, static_cast<std::uint64_t>(restart));
    auto attempt = clustering.settle(given ? preparedCentres(points, options.initialCentres, options.cosine)
                                           : clustering.drawCentres(rng));
    if (!attempt) return cancelled();
    if (attempt->inertia < best.inertia) best = std::move(*attempt);
  }
  return finished(points, best, options);
}

}  // namespace lexarium
