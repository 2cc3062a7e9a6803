// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/neighbour_table.h"

#include <cmath>
#include <numeric>

#include "core/base/rng.h"
#include "core/projection/block_search.h"
#include "core/projection/nearest_centres.h"
#include "core/projection/sharded.h"

namespace lexarium {
namespace {

using Eigen::Index;

constexpr Index kQueryBlock = 128;
constexpr int kCellRounds = 4;  // of k-means: cells need not be the best, only small
constexpr const char* kPhase = "Finding neighbours";

std::vector<std::int32_t> identity(Index n) {
  std::vector<std::int32_t> names(static_cast<std::size_t>(n));
  std::iota(names.begin(), names.end(), 0);
  return names;
}

NeighbourTable emptyTable(Index k, Index n) {
  NeighbourTable table;
  table.ids.setZero(k, n);
  table.squaredDistances.setZero(k, n);
  return table;
}

/// The points in the order of their cells.
struct Cells {
  Matrix centres;
  std::vector<std::int32_t> order;  // [n] the point that stands at this place
  std::vector<ColumnRange> ranges;  // [cells] places of each cell
};

/// Distinct points as the first centres.
Matrix randomCentres(const Matrix& points, Index count, std::uint64_t seed) {
  Rng rng(seed);
  auto names = identity(points.cols());
  Matrix centres(points.rows(), count);
  for (Index c = 0; c < count; ++c) {  // a shuffle, as far as needed
    const auto at = static_cast<std::size_t>(c);
    std::swap(names[at], names[at + rng.below(static_cast<std::uint32_t>(names.size() - at))]);
    centres.col(c) = points.col(names[at]);
  }
  return centres;
}

Expected<Cells> cutIntoCells(const Matrix& points, std::uint64_t seed, ThreadPool& pool,
                             const TaskContext& context) {
  const auto count = static_cast<Index>(std::sqrt(static_cast<double>(points.cols())));
  Cells cells;
  cells.centres = randomCentres(points, std::max<Index>(1, count), seed);
  CentreAssignment assignment;
  std::vector<std::int64_t> sizes;
  for (int round = 0; round < kCellRounds; ++round) {
    context.report(-1, kPhase);
    if (!assignToCentres(points, cells.centres, pool, context, assignment)) return cancelled();
    sizes = moveToMeans(points, assignment, cells.centres);
  }
  Index place = 0;
  std::vector<Index> next;
  for (const auto size : sizes) {
    cells.ranges.push_back({place, place + size});
    next.push_back(place);
    place += size;
  }
  cells.order.resize(static_cast<std::size_t>(points.cols()));
  for (std::size_t i = 0; i < cells.order.size(); ++i) {
    const auto cell = static_cast<std::size_t>(assignment.centre[i]);
    cells.order[static_cast<std::size_t>(next[cell]++)] = static_cast<std::int32_t>(i);
  }
  return cells;
}

/// The cells around a cell, nearest centre first, until they hold so many points.
std::vector<ColumnRange> cellsAround(const Cells& cells, Index cell, Index points) {
  const Vector distances = (cells.centres.colwise() - cells.centres.col(cell)).colwise().squaredNorm();
  auto nearest = identity(cells.centres.cols());
  std::sort(nearest.begin(), nearest.end(), [&](std::int32_t a, std::int32_t b) {
    return distances(a) != distances(b) ? distances(a) < distances(b) : a < b;
  });
  std::vector<ColumnRange> around;
  for (const std::int32_t other : nearest) {
    if (points <= 0) break;
    const ColumnRange range = cells.ranges[static_cast<std::size_t>(other)];
    if (range.begin == range.end) continue;
    around.push_back(range);
    points -= range.end - range.begin;
  }
  return around;
}

}  // namespace

Expected<NeighbourTable> exactNeighbours(const Matrix& points, Index k, ThreadPool& pool,
                                         const TaskContext& context) {
  const Index n = points.cols();
  k = std::max<Index>(0, std::min(k, n - 1));
  NeighbourTable table = emptyTable(k, n);
  if (k == 0) return table;
  const auto names = identity(n);
  const BlockSearch search(points, names, k);
  const ColumnRange all[] = {{0, n}};
  const auto shards = static_cast<std::size_t>((n + kQueryBlock - 1) / kQueryBlock);
  const bool done = forEachShard(pool, shards, context, kPhase, [&](std::size_t shard) {
    const Index begin = static_cast<Index>(shard) * kQueryBlock;
    search.search({begin, std::min(n, begin + kQueryBlock)}, all, table);
  });
  if (!done) return cancelled();
  return table;
}

Expected<NeighbourTable> approximateNeighbours(const Matrix& points, Index k, std::uint64_t seed,
                                               ThreadPool& pool, const TaskContext& context) {
  const Index n = points.cols();
  k = std::max<Index>(0, std::min(k, n - 1));
  NeighbourTable table = emptyTable(k, n);
  if (k == 0) return table;
  const auto cells = cutIntoCells(points, seed, pool, context);
  if (!cells) return tl::unexpected<Error>(cells.error());
  const Matrix ordered = points(Eigen::all, cells->order);
  const BlockSearch search(ordered, cells->order, k);
  const Index compared = std::min(n, std::max(n / 6, 8 * k + 1));
  const bool done = forEachShard(pool, cells->ranges.size(), context, kPhase, [&](std::size_t cell) {
    const ColumnRange own = cells->ranges[cell];
    const auto around = cellsAround(*cells, static_cast<Index>(cell), compared);
    for (Index begin = own.begin; begin < own.end; begin += kQueryBlock) {
      search.search({begin, std::min(own.end, begin + kQueryBlock)}, around, table);
    }
  });
  if (!done) return cancelled();
  return table;
}

Expected<NeighbourTable> findNeighbours(const Matrix& points, Index k, std::uint64_t seed, ThreadPool& pool,
                                        const TaskContext& context) {
  if (points.cols() <= kExactNeighbourPoints) return exactNeighbours(points, k, pool, context);
  return approximateNeighbours(points, k, seed, pool, context);
}

double commonNeighbours(const NeighbourTable& a, const NeighbourTable& b) {
  const Index k = std::min<Index>({10, a.k(), b.k()});
  if (k == 0 || a.points() != b.points()) return 0;
  Index common = 0;
  for (Index i = 0; i < a.points(); ++i) {
    for (Index s = 0; s < k; ++s) common += (b.ids.col(i).head(k).array() == a.ids(s, i)).any() ? 1 : 0;
  }
  return static_cast<double>(common) / static_cast<double>(k * a.points());
}

}  // namespace lexarium
