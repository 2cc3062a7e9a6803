// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/trustworthiness.h"

#include <numeric>

#include "core/base/dot_products.h"
#include "core/projection/neighbour_table.h"
#include "core/projection/prepared_points.h"
#include "core/projection/sharded.h"

namespace lexarium {
namespace {

using Eigen::Index;

constexpr Index kBlock = 64;

}  // namespace

Expected<double> trustworthiness(const Matrix& points, const Layout& layout, Index k, ThreadPool& pool,
                                 const TaskContext& context) {
  const Index n = points.cols();
  if (k < 1 || 2 * k >= n || layout.cols() != n) {
    return makeError("Trustworthiness needs more than twice as many points as neighbours", {},
                     "Ask for fewer neighbours");
  }
  const auto near = exactNeighbours(layout.cast<Real>(), k, pool, context);
  if (!near) return tl::unexpected<Error>(near.error());
  const Matrix prepared = preparedPoints(points, Metric::Euclidean);
  const Vector norms = prepared.colwise().squaredNorm();
  std::vector<std::int64_t> penalties(static_cast<std::size_t>((n + kBlock - 1) / kBlock), 0);
  const bool done = forEachShard(pool, penalties.size(), context, "Comparing ranks", [&](std::size_t shard) {
    const Index begin = static_cast<Index>(shard) * kBlock, size = std::min(kBlock, n - begin);
    Matrix keys;  // squared distances less the point's own square
    dotProducts(prepared, prepared.middleCols(begin, size) * Real(-2), keys);
    keys.colwise() += norms;
    for (Index q = 0; q < size; ++q) {
      const Index self = begin + q;
      for (Index s = 0; s < k; ++s) {
        const Real limit = keys(near->ids(s, self), q);
        std::int64_t nearer = 0;
        for (Index other = 0; other < n; ++other) nearer += keys(other, q) < limit ? 1 : 0;
        nearer -= keys(self, q) < limit ? 1 : 0;
        penalties[shard] += std::max<std::int64_t>(0, nearer + 1 - k);
      }
    }
  });
  if (!done) return cancelled();
  const auto sum = static_cast<double>(std::accumulate(penalties.begin(), penalties.end(), std::int64_t{0}));
  const auto points64 = static_cast<double>(n), neighbours = static_cast<double>(k);
  return 1 - 2 * sum / (points64 * neighbours * (2 * points64 - 3 * neighbours - 1));
}

}  // namespace lexarium
