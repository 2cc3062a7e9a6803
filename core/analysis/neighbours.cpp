// SPDX-License-Identifier: GPL-3.0-or-later
// One pass over the table in single precision gives every word a score; the words that could still be among
// the k nearest within rounding are then scored again in double. So equal vectors tie exactly, and the pass
// stays as fast as memory allows.
#include "core/analysis/neighbours.h"

#include <cmath>
#include <limits>

namespace lexarium {
namespace {

using Eigen::Index;

constexpr Index kBlock = 1024;

/// Larger is nearer for both measures.
struct Scored {
  TokenId id;
  double score;
};

bool nearer(const Scored& a, const Scored& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; }

/// |a - b|^2 of two columns; in four sums of eight, since the compiler may not reorder one sum by itself and
/// Eigen's squaredNorm() of a difference takes three times as long.
Real squaredDistance(const Real* a, const Real* b, Index size) {
  constexpr Index kLanes = 8, kSums = 4;
  using Pack = Eigen::Array<Real, kLanes, 1>;
  using Load = Eigen::Map<const Pack>;
  Pack sums[kSums] = {Pack::Zero(), Pack::Zero(), Pack::Zero(), Pack::Zero()};
  Index i = 0;
  for (; i + kSums * kLanes <= size; i += kSums * kLanes) {
    for (Index s = 0; s < kSums; ++s)
      sums[s] += (Load(a + i + s * kLanes) - Load(b + i + s * kLanes)).square();
  }
  Real rest = 0;
  for (; i < size; ++i) rest += (a[i] - b[i]) * (a[i] - b[i]);
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])).sum() + rest;
}

/// Single-precision scores of all words; -infinity for those that are never neighbours.
Vector roughScores(const Matrix& vectors, const Vector& norms, const Vector& query,
                   std::span<const TokenId> exclude, Similarity similarity) {
  constexpr Real kNever = -std::numeric_limits<Real>::infinity();
  Vector scores(vectors.cols());
  for (Index begin = 0; begin < vectors.cols(); begin += kBlock) {
    const Index size = std::min(kBlock, vectors.cols() - begin);
    const auto block = vectors.middleCols(begin, size);
    if (similarity == Similarity::Cosine) {
      scores.segment(begin, size).noalias() = block.transpose() * query;
      scores.segment(begin, size).array() *= norms.segment(begin, size).array();
    } else {
      for (Index i = 0; i < size; ++i)
        scores(begin + i) = -squaredDistance(block.col(i).data(), query.data(), query.size());
    }
  }
  for (Index i = 0; i < scores.size(); ++i) {
    if (!(norms(i) > 0) || !std::isfinite(scores(i))) scores(i) = kNever;
  }
  for (const TokenId id : exclude) {
    if (static_cast<Index>(id) < scores.size()) scores(static_cast<Index>(id)) = kNever;
  }
  return scores;
}

double exactScore(const Matrix& vectors, Index column, const Eigen::VectorXd& query, double queryNorm,
                  Similarity similarity) {
  const Eigen::VectorXd vector = vectors.col(column).cast<double>();
  if (similarity == Similarity::Euclidean) return -(vector - query).norm();
  return std::clamp(vector.dot(query) / (vector.norm() * queryNorm), -1.0, 1.0);
}

/// The k-th largest of the scores: below it nothing can be among the k nearest, but for rounding.
Real kthLargest(const Vector& scores, std::size_t k) {
  const std::span<const Real> all(scores.data(), static_cast<std::size_t>(scores.size()));
  if (k > all.size() / 64) {
    std::vector<Real> copy(all.begin(), all.end());
    const auto kth = copy.begin() + static_cast<std::ptrdiff_t>(k - 1);
    std::nth_element(copy.begin(), kth, copy.end(), std::greater<>());
    return *kth;
  }
  // A heap of the best so far, the least of them on top: nearly every score is turned away by one comparison.
  std::vector<Real> best(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(k));
  std::make_heap(best.begin(), best.end(), std::greater<>());
  for (const Real score : all.subspan(k)) {
    if (!(score > best.front())) continue;
    std::pop_heap(best.begin(), best.end(), std::greater<>());
    best.back() = score;
    std::push_heap(best.begin(), best.end(), std::greater<>());
  }
  return best.front();
}

}  // namespace

Vector inverseNorms(const Matrix& vectors) {
  Vector inverse(vectors.cols());
  for (Index i = 0; i < vectors.cols(); ++i) {
    const Real norm = vectors.col(i).norm();
    inverse(i) = norm > 0 && std::isfinite(norm) && std::isfinite(1 / norm) ? 1 / norm : 0;
  }
  return inverse;
}

std::vector<Neighbour> nearest(const Matrix& vectors, const Vector& norms, const Vector& query, std::size_t k,
                               std::span<const TokenId> exclude, Similarity similarity) {
  const Eigen::VectorXd exactQuery = query.cast<double>();
  const double queryNorm = exactQuery.norm();
  if (k == 0 || vectors.cols() == 0 || query.size() != vectors.rows() || !std::isfinite(queryNorm)) return {};
  if (similarity == Similarity::Cosine && queryNorm <= 0) return {};

  const Vector own = norms.size() == vectors.cols() ? Vector() : inverseNorms(vectors);
  // Of unit length, so that the rounding of a cosine does not depend on the query.
  const Vector unit =
      similarity == Similarity::Cosine ? Vector((exactQuery / queryNorm).cast<Real>()) : query;
  const Vector scores = roughScores(vectors, own.size() ? own : norms, unit, exclude, similarity);

  k = std::min(k, static_cast<std::size_t>(scores.size()));
  const Real kth = kthLargest(scores, k);
  const Real rounding = similarity == Similarity::Cosine ? Real(1e-5) : std::abs(kth) * Real(1e-5);
  const Real least = std::isfinite(kth) ? kth - rounding : std::numeric_limits<Real>::lowest();
  std::vector<Scored> candidates;
  for (Index i = 0; i < scores.size(); ++i) {
    if (!(scores(i) >= least)) continue;
    candidates.push_back(
        {static_cast<TokenId>(i), exactScore(vectors, i, exactQuery, queryNorm, similarity)});
  }
  const auto end = candidates.begin() + static_cast<std::ptrdiff_t>(std::min(k, candidates.size()));
  std::partial_sort(candidates.begin(), end, candidates.end(), nearer);
  std::vector<Neighbour> result;
  for (auto it = candidates.begin(); it != end; ++it) {
    result.push_back({it->id, similarity == Similarity::Cosine ? it->score : -it->score});
  }
  return result;
}

std::vector<Neighbour> neighboursOf(const EmbeddingTable& table, const Vector& norms, TokenId id,
                                    std::size_t k, Similarity similarity) {
  if (static_cast<Index>(id) >= table.vectors.cols()) return {};
  const TokenId self[] = {id};
  return nearest(table.vectors, norms, table.vectors.col(static_cast<Index>(id)), k, self, similarity);
}

}  // namespace lexarium
