// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/similarity.h"

#include <cmath>
#include <numeric>
#include <optional>

#include "core/text/fold_word.h"

namespace lexarium {
namespace {

/// Ranks from 1; equal values get the mean of the ranks they take up.
std::vector<double> ranksOf(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && !(values[order[begin]] < values[order[end]])) ++end;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = 0.5 * static_cast<double>(begin + 1 + end);
    begin = end;
  }
  return ranks;
}

/// Cosine of two words, if both have a direction.
std::optional<double> cosine(const EmbeddingTable& table, const Vocabulary& vocabulary,
                             const SimilarityPair& pair) {
  const auto a = findFolded(vocabulary, pair.first), b = findFolded(vocabulary, pair.second);
  const auto words = static_cast<std::size_t>(table.vectors.cols());
  if (!a || !b || *a >= words || *b >= words) return std::nullopt;
  const Eigen::VectorXd u = table.vectors.col(static_cast<Eigen::Index>(*a)).cast<double>();
  const Eigen::VectorXd v = table.vectors.col(static_cast<Eigen::Index>(*b)).cast<double>();
  const double result = u.dot(v) / (u.norm() * v.norm());
  if (!std::isfinite(result)) return std::nullopt;
  return result;
}

}  // namespace

double spearman(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size() || a.size() < 2) return 0;
  const std::vector<double> x = ranksOf(a), y = ranksOf(b);
  const double mean = 0.5 * static_cast<double>(a.size() + 1);
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean) * (y[i] - mean);
    xx += (x[i] - mean) * (x[i] - mean);
    yy += (y[i] - mean) * (y[i] - mean);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

SimilarityScore evaluateSimilarity(const EmbeddingTable& table, const Vocabulary& vocabulary,
                                   std::span<const SimilarityPair> pairs) {
  SimilarityScore score;
  std::vector<double> cosines, ratings;
  for (const SimilarityPair& pair : pairs) {
    const auto similarity = cosine(table, vocabulary, pair);
    if (!similarity || !std::isfinite(pair.rating)) {
      ++score.skipped;
      continue;
    }
    cosines.push_back(*similarity);
    ratings.push_back(pair.rating);
  }
  score.asked = cosines.size();
  score.spearman = spearman(cosines, ratings);
  return score;
}

}  // namespace lexarium
