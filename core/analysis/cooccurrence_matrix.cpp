// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/cooccurrence_matrix.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/analysis/pieces.h"

namespace lexarium {
namespace {

constexpr Real kNothing = std::numeric_limits<Real>::quiet_NaN();
// The share of the vocabulary, and the number of words, that are mostly function words.
constexpr std::size_t kFunctionWords = 100;
constexpr std::size_t kFunctionShare = 12;

/// sums[n] = 1 + 1/2 + ... + 1/n
std::vector<double> harmonicSums(std::uint32_t window) {
  std::vector<double> sums(window + 1, 0.0);
  for (std::uint32_t d = 1; d <= window; ++d) sums[d] = sums[d - 1] + 1.0 / d;
  return sums;
}

/// Calls visit(place, other, distance) for all words around a place, to both sides.
template <class Visit>
void visitAround(std::span<const TokenId> words, std::size_t place, std::size_t window, Visit visit) {
  const std::size_t left = std::min(place, window);
  const std::size_t right = std::min(words.size() - 1 - place, window);
  for (std::size_t d = 1; d <= left; ++d) visit(words[place - d], d);
  for (std::size_t d = 1; d <= right; ++d) visit(words[place + d], d);
}

bool isPlainWord(std::string_view word) {
  std::size_t characters = 0;
  bool wide = false;  // a script such as Han, where one character may be a word
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= '0' && byte <= '9') return false;
    if ((byte & 0xC0u) != 0x80) ++characters;
    if (byte >= 0xE0) wide = true;
  }
  return wide || characters > 2;
}

}  // namespace

CooccurrenceRule CooccurrenceRule::fromParams(const ParamSet& params) {
  CooccurrenceRule rule;
  if (params.contains("window")) rule.window = static_cast<std::uint32_t>(params.getInt("window"));
  if (params.contains("min_count"))
    rule.limits.minimumCount = static_cast<std::uint64_t>(params.getInt("min_count"));
  if (params.contains("max_vocabulary"))
    rule.limits.maximumWords = static_cast<std::size_t>(params.getInt("max_vocabulary"));
  if (params.contains("cross_sentences")) rule.limits.crossSentences = params.getBool("cross_sentences");
  return rule;
}

Expected<CooccurrenceMatrix> countAmong(const std::shared_ptr<const Corpus>& corpus,
                                        const CooccurrenceRule& rule, std::vector<TokenId> words,
                                        const TaskContext& context) {
  auto text = TrainingText::create(corpus, rule.limits);
  if (!text) return tl::unexpected(text.error());
  CooccurrenceMatrix matrix;
  matrix.words = std::move(words);
  const auto size = static_cast<Eigen::Index>(matrix.words.size());
  constexpr Eigen::Index kNowhere = -1;
  std::vector<Eigen::Index> column(text->words(), kNowhere);
  for (Eigen::Index i = 0; i < size; ++i) {
    const TokenId word = matrix.words[static_cast<std::size_t>(i)];
    if (text->keeps(word)) column[word] = i;
  }
  Eigen::MatrixXd counts = Eigen::MatrixXd::Zero(size, size);
  matrix.wordSums = Eigen::VectorXd::Zero(size);
  const std::vector<double> sums = harmonicSums(rule.window);
  const bool done = forEachPiece(*text, context, [&](const Piece& piece) {
    const std::span<const TokenId> ids = piece.words;
    for (std::size_t place = 0; place < ids.size(); ++place) {
      const double around = sums[std::min<std::size_t>(place, rule.window)] +
                            sums[std::min<std::size_t>(ids.size() - 1 - place, rule.window)];
      matrix.total += around;
      const Eigen::Index row = column[ids[place]];
      if (row == kNowhere) continue;
      matrix.wordSums[row] += around;
      visitAround(ids, place, rule.window, [&](TokenId other, std::size_t distance) {
        if (column[other] != kNowhere) counts(column[other], row) += 1.0 / static_cast<double>(distance);
      });
    }
  });
  if (!done) return cancelled();
  matrix.counts = counts.cast<Real>();
  return matrix;
}

CooccurrenceMatrix partOf(const CooccurrenceMatrix& matrix, std::span<const Eigen::Index> places) {
  const auto size = static_cast<Eigen::Index>(places.size());
  CooccurrenceMatrix part;
  part.total = matrix.total;
  part.counts.resize(size, size);
  part.wordSums.resize(size);
  for (Eigen::Index j = 0; j < size; ++j) {
    const Eigen::Index from = places[static_cast<std::size_t>(j)];
    part.words.push_back(matrix.words[static_cast<std::size_t>(from)]);
    part.wordSums[j] = matrix.wordSums[from];
    for (Eigen::Index i = 0; i < size; ++i)
      part.counts(i, j) = matrix.counts(places[static_cast<std::size_t>(i)], from);
  }
  return part;
}

std::vector<Eigen::Index> orderedByCompany(const CooccurrenceMatrix& matrix, std::size_t count) {
  constexpr double kFade = 0.5;  // what the words before the last one still say
  Matrix company = measured(matrix, CooccurrenceMeasure::Ppmi).cwiseProduct(matrix.counts);
  company.diagonal().setZero();
  const Vector telling = company.colwise().sum();
  const auto size = static_cast<std::size_t>(telling.size());
  std::vector<Eigen::Index> places(size);
  std::iota(places.begin(), places.end(), Eigen::Index{0});
  std::stable_sort(places.begin(), places.end(),
                   [&](Eigen::Index a, Eigen::Index b) { return telling[a] > telling[b]; });
  places.resize(std::min(count, size));
  Vector pull = Vector::Zero(telling.size());
  for (std::size_t i = 0; i + 1 < places.size(); ++i) {
    // Counts of frequent words would drown the rest: the share of the other's company is what pulls.
    const auto column = company.col(places[i]).array() / (telling.array() + Real{1e-6F});
    pull = static_cast<Real>(kFade) * pull.array() + column;
    const auto next = std::max_element(places.begin() + static_cast<std::ptrdiff_t>(i) + 1, places.end(),
                                       [&](Eigen::Index a, Eigen::Index b) { return pull[a] < pull[b]; });
    std::iter_swap(places.begin() + static_cast<std::ptrdiff_t>(i) + 1, next);
  }
  return places;
}

Matrix measured(const CooccurrenceMatrix& matrix, CooccurrenceMeasure measure) {
  Matrix values = matrix.counts;
  if (measure == CooccurrenceMeasure::Count) return values;
  for (Eigen::Index j = 0; j < values.cols(); ++j) {
    for (Eigen::Index i = 0; i < values.rows(); ++i) {
      const double count = values(i, j);
      if (measure == CooccurrenceMeasure::LogCount) {
        values(i, j) = count > 0 ? static_cast<Real>(std::log(count)) : kNothing;
      } else {
        const double expected = matrix.wordSums[i] * matrix.wordSums[j] / matrix.total;
        values(i, j) = count > 0 ? static_cast<Real>(std::max(0.0, std::log(count / expected))) : Real{0};
      }
    }
  }
  return values;
}

Matrix reconstructedLogCounts(const ModelRows& rows, std::span<const TokenId> words) {
  const auto size = static_cast<Eigen::Index>(words.size());
  Matrix values = Matrix::Constant(size, size, kNothing);
  if (rows.inputBias.size() != rows.input.cols() || rows.outputBias.size() != rows.output.cols())
    return values;
  std::vector<Eigen::Index> input, output;
  for (const TokenId word : words) {
    input.push_back(rows.columnOfWord(word));
    output.push_back(rows.columnOfOutput(word));
  }
  for (Eigen::Index j = 0; j < size; ++j) {
    const Eigen::Index context = output[static_cast<std::size_t>(j)];
    if (context < 0) continue;
    for (Eigen::Index i = 0; i < size; ++i) {
      const Eigen::Index word = input[static_cast<std::size_t>(i)];
      if (word < 0) continue;
      values(i, j) = rows.input.col(word).dot(rows.output.col(context)) + rows.inputBias[word] +
                     rows.outputBias[context];
    }
  }
  return values;
}

Matrix residuals(const Matrix& reconstruction, const CooccurrenceMatrix& matrix) {
  // NaN of either side stays NaN.
  return reconstruction - measured(matrix, CooccurrenceMeasure::LogCount);
}

Expected<std::vector<TokenId>> companyOf(const std::shared_ptr<const Corpus>& corpus,
                                         const CooccurrenceRule& rule, TokenId word, std::size_t count,
                                         const TaskContext& context) {
  auto text = TrainingText::create(corpus, rule.limits);
  if (!text) return tl::unexpected(text.error());
  std::vector<double> together(text->words(), 0.0), around(text->words(), 0.0);
  double total = 0;
  const std::vector<double> sums = harmonicSums(rule.window);
  const bool done = forEachPiece(*text, context, [&](const Piece& piece) {
    const std::span<const TokenId> ids = piece.words;
    for (std::size_t place = 0; place < ids.size(); ++place) {
      const double weight = sums[std::min<std::size_t>(place, rule.window)] +
                            sums[std::min<std::size_t>(ids.size() - 1 - place, rule.window)];
      total += weight;
      around[ids[place]] += weight;
      if (ids[place] != word) continue;
      visitAround(ids, place, rule.window, [&](TokenId other, std::size_t distance) {
        together[other] += 1.0 / static_cast<double>(distance);
      });
    }
  });
  if (!done) return cancelled();
  std::vector<std::pair<double, TokenId>> telling;
  for (TokenId other = 0; other < text->words(); ++other) {
    if (other == word || together[other] == 0) continue;
    const double information = std::log(together[other] * total / (around[word] * around[other]));
    if (information > 0) telling.emplace_back(-together[other] * information, other);
  }
  const auto shown = std::min(count, telling.size());
  std::partial_sort(telling.begin(), telling.begin() + static_cast<std::ptrdiff_t>(shown), telling.end());
  std::vector<TokenId> words;
  for (std::size_t i = 0; i < shown; ++i) words.push_back(telling[i].second);
  return words;
}

std::vector<TokenId> contentWords(const Vocabulary& vocabulary, std::size_t words, std::size_t count) {
  const std::size_t last = std::min(words, vocabulary.size());
  std::vector<TokenId> found;
  // A text so small that hardly anything is left gives its function words too.
  for (std::size_t first : {std::min(kFunctionWords, last / kFunctionShare), std::size_t{0}}) {
    found.clear();
    for (std::size_t id = first; id < last && found.size() < count; ++id) {
      if (isPlainWord(vocabulary.word(static_cast<TokenId>(id)))) found.push_back(static_cast<TokenId>(id));
    }
    if (found.size() >= std::min<std::size_t>(count, 2)) return found;
  }
  for (std::size_t id = 0; id < last && found.size() < count; ++id) {
    const auto word = static_cast<TokenId>(id);
    if (std::find(found.begin(), found.end(), word) == found.end()) found.push_back(word);
  }
  return found;
}

}  // namespace lexarium
