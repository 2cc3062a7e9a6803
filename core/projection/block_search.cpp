// SPDX-License-Identifier: GPL-3.0-or-later
// |q - c|^2 = |q|^2 + |c|^2 - 2 q.c: the products of a block of queries with a block of candidates cost what
// the matrix product costs; what is left is to pick the smallest few of each column. The few are measured
// again directly, since the formula loses digits for points that nearly coincide.
#include "core/projection/block_search.h"

#include <limits>

#include "core/base/dot_products.h"

namespace lexarium {
namespace {

using Eigen::Index;

constexpr Index kCandidateBlock = 1024;
constexpr Index kLanes = 16;

struct Candidate {
  Real key;  // squared distance less |q|^2
  std::int32_t column;
};

bool nearer(const Candidate& a, const Candidate& b) {
  return a.key != b.key ? a.key < b.key : a.column < b.column;
}

/// The k smallest of the keys seen; sorts out only now and then.
class Smallest {
 public:
  void begin(std::size_t k) {
    k_ = k;
    threshold_ = std::numeric_limits<Real>::infinity();
    count_ = 0;
    kept_.resize(2 * k + 3 * kLanes);
  }

  /// Column begin + i has the key products[i] + norms[i].
  void offer(const Real* products, const Real* norms, Index begin, Index count) {
    Index i = 0;
    for (; i + kLanes <= count; i += kLanes) {
      const Keys keys = Keys::Map(products + i) + Keys::Map(norms + i);
      if (keys.minCoeff() > threshold_) continue;
      for (Index lane = 0; lane < kLanes; ++lane) offerOne(keys(lane), begin + i + lane);
      if (count_ > kept_.size() - kLanes) cut();
    }
    for (; i < count; ++i) offerOne(products[i] + norms[i], begin + i);
    if (count_ > kept_.size() - kLanes) cut();
  }

  std::span<Candidate> finish() {
    if (count_ > k_) cut();
    return {kept_.data(), count_};
  }

 private:
  using Keys = Eigen::Array<Real, kLanes, 1>;

  void offerOne(Real key, Index column) {
    kept_[count_] = {key, static_cast<std::int32_t>(column)};
    count_ += key <= threshold_ ? 1 : 0;  // no branch: which keys are small cannot be foreseen
  }
  void cut() {
    const auto kth = kept_.begin() + static_cast<std::ptrdiff_t>(k_ - 1);
    std::nth_element(kept_.begin(), kth, kept_.begin() + static_cast<std::ptrdiff_t>(count_), nearer);
    threshold_ = kth->key;
    count_ = k_;
  }

  std::size_t k_ = 0;
  std::size_t count_ = 0;
  Real threshold_ = 0;
  std::vector<Candidate> kept_;  // the first count_ of them; the others are room
};

}  // namespace

BlockSearch::BlockSearch(const Matrix& points, std::span<const std::int32_t> names, Index k)
    : points_(points), names_(names), k_(k), squaredNorms_(points.colwise().squaredNorm()) {}

void BlockSearch::search(ColumnRange queries, std::span<const ColumnRange> candidates,
                         NeighbourTable& table) const {
  const Index count = queries.end - queries.begin;
  const Matrix scaled = points_.middleCols(queries.begin, count) * Real(-2);
  std::vector<Smallest> smallest(static_cast<std::size_t>(count));
  // One more than is wanted: the point itself may be among them.
  for (auto& one : smallest) one.begin(static_cast<std::size_t>(k_) + 1);
  Matrix products;
  for (const ColumnRange& range : candidates) {
    for (Index begin = range.begin; begin < range.end; begin += kCandidateBlock) {
      const Index size = std::min(kCandidateBlock, range.end - begin);
      dotProducts(points_.middleCols(begin, size), scaled, products);
      for (Index q = 0; q < count; ++q) {
        smallest[static_cast<std::size_t>(q)].offer(products.col(q).data(), squaredNorms_.data() + begin,
                                                    begin, size);
      }
    }
  }
  for (Index q = 0; q < count; ++q) {
    const Index self = queries.begin + q;
    const auto found = smallest[static_cast<std::size_t>(q)].finish();
    for (Candidate& one : found) {
      // In names from here on, so that ties do not depend on how the columns were ordered.
      const Index column = one.column;
      one.key = column == self ? std::numeric_limits<Real>::infinity()
                               : (points_.col(column) - points_.col(self)).squaredNorm();
      one.column = names_[static_cast<std::size_t>(column)];
    }
    std::sort(found.begin(), found.end(), nearer);
    const Index name = names_[static_cast<std::size_t>(self)];
    for (Index i = 0; i < k_; ++i) {
      table.ids(i, name) = found[static_cast<std::size_t>(i)].column;
      table.squaredDistances(i, name) = static_cast<float>(found[static_cast<std::size_t>(i)].key);
    }
  }
}

}  // namespace lexarium
