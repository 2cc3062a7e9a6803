// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/compare.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/projection/neighbour_table.h"
#include "core/projection/sharded.h"

namespace lexarium {
namespace {

using Eigen::Index;
/// [k x words], each column rising.
using NeighbourIds = Eigen::Matrix<std::int32_t, Eigen::Dynamic, Eigen::Dynamic>;

// The search rounds as single precision does: so many more candidates are looked at again in double.
constexpr Index kMargin = 8;

std::vector<Comparison::Word> sharedWords(const ComparedEmbeddings& first, const ComparedEmbeddings& second,
                                          Comparison& comparison) {
  const Vector norms = inverseNorms(first.vectors), otherNorms = inverseNorms(second.vectors);
  std::vector<Comparison::Word> words;
  std::size_t inBoth = 0;
  for (Index i = 0; i < first.vectors.cols(); ++i) {
    const auto id = static_cast<TokenId>(i);
    const auto other = second.vocabulary.find(first.vocabulary.word(id));
    if (!other || static_cast<Index>(*other) >= second.vectors.cols()) continue;
    ++inBoth;
    if (norms(i) > 0 && otherNorms(static_cast<Index>(*other)) > 0) words.push_back({id, *other});
  }
  comparison.onlyFirst = static_cast<std::size_t>(first.vectors.cols()) - inBoth;
  comparison.onlySecond = static_cast<std::size_t>(second.vectors.cols()) - inBoth;
  comparison.useless = inBoth - words.size();
  return words;
}

/// The words' vectors side by side; for cosines of unit length, so that near is near in both senses.
Matrix gather(const Matrix& vectors, const std::vector<Comparison::Word>& words,
              TokenId Comparison::Word::*side, Similarity similarity) {
  Matrix points(vectors.rows(), static_cast<Index>(words.size()));
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto from = vectors.col(static_cast<Index>(words[i].*side));
    auto to = points.col(static_cast<Index>(i));
    to = from;
    if (similarity == Similarity::Cosine) {
      to = (from.cast<double>() / from.cast<double>().norm()).cast<Real>();
    }
  }
  return points;
}

/// The k nearest of each point among more candidates, measured in double.
void chooseNearest(const Matrix& points, const NeighbourTable& candidates, Index word, Index k,
                   NeighbourIds& ids) {
  struct Candidate {
    double distance;
    std::int32_t id;
  };
  std::vector<Candidate> all(static_cast<std::size_t>(candidates.k()));
  const Eigen::VectorXd own = points.col(word).cast<double>();
  for (Index i = 0; i < candidates.k(); ++i) {
    const std::int32_t id = candidates.ids(i, word);
    all[static_cast<std::size_t>(i)] = {(points.col(id).cast<double>() - own).squaredNorm(), id};
  }
  const auto nearer = [](const Candidate& a, const Candidate& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.id < b.id;
  };
  std::partial_sort(all.begin(), all.begin() + k, all.end(), nearer);
  for (Index i = 0; i < k; ++i) ids(i, word) = all[static_cast<std::size_t>(i)].id;
  std::sort(ids.col(word).data(), ids.col(word).data() + k);
}

Expected<NeighbourIds> nearestIds(const Matrix& points, Index k, ThreadPool& pool,
                                  const TaskContext& context) {
  const auto candidates = exactNeighbours(points, std::min(k + kMargin, points.cols() - 1), pool, context);
  if (!candidates) return tl::unexpected<Error>(candidates.error());
  constexpr Index kBlock = 512;
  NeighbourIds ids(k, points.cols());
  const auto blocks = static_cast<std::size_t>((points.cols() + kBlock - 1) / kBlock);
  pool.parallelFor(blocks, [&](std::size_t block) {
    const Index begin = static_cast<Index>(block) * kBlock, end = std::min(begin + kBlock, points.cols());
    for (Index word = begin; word < end; ++word) chooseNearest(points, *candidates, word, k, ids);
  });
  return ids;
}

std::uint32_t countCommon(const NeighbourIds& a, const NeighbourIds& b, Index word) {
  const std::int32_t *x = a.col(word).data(), *y = b.col(word).data();
  const std::int32_t *xEnd = x + a.rows(), *yEnd = y + b.rows();
  std::uint32_t common = 0;
  while (x != xEnd && y != yEnd) {
    if (*x == *y) {
      ++common, ++x, ++y;
    } else {
      ++(*x < *y ? x : y);
    }
  }
  return common;
}

/// One of two parts of the work.
TaskContext half(const TaskContext& whole, double begin) {
  return {[&whole, begin](double fraction, const std::string& phase) {
            whole.report(fraction < 0 ? fraction : begin + fraction / 2, phase);
          },
          whole.stop};
}

std::vector<std::size_t> firstBy(std::size_t words, std::size_t count, const auto& isBefore) {
  std::vector<std::size_t> places(words);
  std::iota(places.begin(), places.end(), std::size_t{0});
  count = std::min(count, words);
  std::partial_sort(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(count), places.end(),
                    isBefore);
  places.resize(count);
  return places;
}

}  // namespace

double Comparison::jaccard(std::uint32_t common) const {
  return static_cast<double>(common) / static_cast<double>(2 * neighbours - common);
}

double Comparison::meanJaccard() const {
  double sum = 0;
  for (const Word& word : words) sum += jaccard(word.common);
  return words.empty() ? 0 : sum / static_cast<double>(words.size());
}

std::vector<std::size_t> Comparison::histogram() const {
  std::vector<std::size_t> bins(neighbours + 1, 0);
  for (const Word& word : words) ++bins[word.common];
  return bins;
}

std::vector<std::size_t> Comparison::mostChanged(std::size_t count) const {
  return firstBy(words.size(), count, [this](std::size_t a, std::size_t b) {
    return words[a].common != words[b].common ? words[a].common < words[b].common : a < b;
  });
}

std::vector<std::size_t> Comparison::leastChanged(std::size_t count) const {
  return firstBy(words.size(), count, [this](std::size_t a, std::size_t b) {
    return words[a].common != words[b].common ? words[a].common > words[b].common : a < b;
  });
}

Expected<Comparison> compareEmbeddings(const ComparedEmbeddings& first, const ComparedEmbeddings& second,
                                       const ComparisonOptions& options, ThreadPool& pool,
                                       const TaskContext& context) {
  Comparison comparison;
  comparison.words = sharedWords(first, second, comparison);
  auto& words = comparison.words;
  if (words.size() < 3) {
    return makeError("The two runs have fewer than three words in common", {},
                     "Compare runs on texts of the same language that are cut into words in the same way");
  }
  if (options.words > 0 && words.size() > options.words)
    words.resize(std::max<std::size_t>(options.words, 3));
  comparison.neighbours = std::clamp<std::size_t>(options.neighbours, 1, words.size() - 1);
  const auto k = static_cast<Index>(comparison.neighbours);

  const auto a = nearestIds(gather(first.vectors, words, &Comparison::Word::first, options.similarity), k,
                            pool, half(context, 0));
  if (!a) return tl::unexpected<Error>(a.error());
  const auto b = nearestIds(gather(second.vectors, words, &Comparison::Word::second, options.similarity), k,
                            pool, half(context, 0.5));
  if (!b) return tl::unexpected<Error>(b.error());
  for (std::size_t i = 0; i < words.size(); ++i) words[i].common = countCommon(*a, *b, static_cast<Index>(i));
  return comparison;
}

}  // namespace lexarium
