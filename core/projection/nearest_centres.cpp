// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/nearest_centres.h"

#include "core/base/dot_products.h"
#include "core/projection/sharded.h"

namespace lexarium {
namespace {

using Eigen::Index;

constexpr Index kBlock = 256;

}  // namespace

bool assignToCentres(const Matrix& points, const Matrix& centres, ThreadPool& pool,
                     const TaskContext& context, CentreAssignment& assignment) {
  const Index n = points.cols();
  assignment.centre.resize(static_cast<std::size_t>(n));
  assignment.squaredDistances.resize(n);
  const Vector halfNorms = centres.colwise().squaredNorm().transpose() / 2;
  const auto shards = static_cast<std::size_t>((n + kBlock - 1) / kBlock);
  return forEachShard(pool, shards, {{}, context.stop}, {}, [&](std::size_t shard) {
    const Index begin = static_cast<Index>(shard) * kBlock, size = std::min(kBlock, n - begin);
    Matrix scores;
    dotProducts(centres, points.middleCols(begin, size), scores);
    for (Index i = 0; i < size; ++i) {
      Index best = 0;
      (scores.col(i) - halfNorms).maxCoeff(&best);
      assignment.centre[static_cast<std::size_t>(begin + i)] = static_cast<std::int32_t>(best);
      assignment.squaredDistances(begin + i) = (points.col(begin + i) - centres.col(best)).squaredNorm();
    }
  });
}

std::vector<std::int64_t> moveToMeans(const Matrix& points, const CentreAssignment& assignment,
                                      Matrix& centres) {
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(centres.rows(), centres.cols());
  std::vector<std::int64_t> counts(static_cast<std::size_t>(centres.cols()), 0);
  for (Index i = 0; i < points.cols(); ++i) {
    const auto centre = assignment.centre[static_cast<std::size_t>(i)];
    sums.col(centre) += points.col(i).template cast<double>();
    ++counts[static_cast<std::size_t>(centre)];
  }
  for (Index c = 0; c < centres.cols(); ++c) {
    const auto count = counts[static_cast<std::size_t>(c)];
    if (count > 0) centres.col(c) = (sums.col(c) / static_cast<double>(count)).template cast<Real>();
  }
  return counts;
}

}  // namespace lexarium
