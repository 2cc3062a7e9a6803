// SPDX-License-Identifier: GPL-3.0-or-later
// 3CosAdd over a whole set of questions. The score of word w for a : b = c : ? is w.b - w.a + w.c, so it
// needs only the similarities of w to the few hundred distinct words of the questions: one matrix product,
// and three additions a word and question, instead of a product a question.
#include <array>
#include <limits>
#include <unordered_map>

#include "core/analysis/neighbours.h"
#include "core/base/dot_products.h"
#include "core/text/fold_word.h"

namespace lexarium {
namespace {

using Eigen::Index;
using Scores = Eigen::Array<Real, Eigen::Dynamic, 1>;

constexpr Index kTile = 256;  // words scored together: their similarities stay in the second-level cache
constexpr Real kNever = -std::numeric_limits<Real>::infinity();

/// The words that can be an answer: those with a direction, as unit vectors.
struct Answers {
  std::vector<TokenId> ids;
  Matrix units;                        // [dimensions x answers]
  std::vector<std::int32_t> columnOf;  // by id; -1: no direction
};

Answers makeAnswers(const EmbeddingTable& table, std::size_t words) {
  Answers answers;
  const auto known = table.vectors.leftCols(static_cast<Index>(words));
  const Vector norms = inverseNorms(known);
  answers.columnOf.assign(words, -1);
  for (std::size_t id = 0; id < words; ++id) {
    if (!(norms(static_cast<Index>(id)) > 0)) continue;
    answers.columnOf[id] = static_cast<std::int32_t>(answers.ids.size());
    answers.ids.push_back(static_cast<TokenId>(id));
  }
  answers.units.resize(table.vectors.rows(), static_cast<Index>(answers.ids.size()));
  for (std::size_t i = 0; i < answers.ids.size(); ++i) {
    const auto id = static_cast<Index>(answers.ids[i]);
    answers.units.col(static_cast<Index>(i)) = known.col(id) * norms(id);
  }
  return answers;
}

/// A question whose words are all known; a, b, c index the terms, `columns` the answers' columns of a, b, c
/// and d.
struct Posed {
  std::size_t category;
  Index a, b, c;
  std::array<std::int32_t, 4> columns;
  Real best = kNever;
  std::int32_t answer = -1;
};

/// Looks up words, and gathers the distinct ones that the questions are about.
class Terms {
 public:
  Terms(const Vocabulary& vocabulary, const Answers& answers) : vocabulary_(vocabulary), answers_(answers) {}

  /// The answers' column of a word, -1 if it has none.
  std::int32_t column(const std::string& word) {
    const auto [it, isNew] = columns_.try_emplace(word, -1);
    if (isNew) {
      const auto id = findFolded(vocabulary_, word);
      if (id && *id < answers_.columnOf.size()) it->second = answers_.columnOf[*id];
    }
    return it->second;
  }
  Index term(std::int32_t column) {
    const auto [it, isNew] = terms_.try_emplace(column, static_cast<Index>(order_.size()));
    if (isNew) order_.push_back(column);
    return it->second;
  }
  Matrix units() const { return answers_.units(Eigen::all, order_); }

 private:
  const Vocabulary& vocabulary_;
  const Answers& answers_;
  std::unordered_map<std::string, std::int32_t> columns_;
  std::unordered_map<std::int32_t, Index> terms_;
  std::vector<std::int32_t> order_;
};

/// The best word of one tile for a question; `similarity` [tile x terms], the tile begins at answer `begin`.
void answerFromTile(Posed& question, const Matrix& similarity, Index begin, Scores& scores) {
  scores = similarity.col(question.b).array() - similarity.col(question.a).array() +
           similarity.col(question.c).array();
  for (std::size_t i = 0; i < 3; ++i) {
    const Index own = question.columns[i] - begin;
    if (own >= 0 && own < scores.size()) scores(own) = kNever;
  }
  if (!(scores.maxCoeff() > question.best)) return;
  Index at = 0;
  question.best = scores.maxCoeff(&at);
  question.answer = static_cast<std::int32_t>(begin + at);
}

bool answerAll(std::vector<Posed>& posed, const Answers& answers, const Matrix& terms,
               const TaskContext& context) {
  const Index total = answers.units.cols();
  Matrix similarity;
  Scores scores;
  for (Index begin = 0; begin < total; begin += kTile) {
    if (context.stopRequested()) return false;
    context.report(static_cast<double>(begin) / static_cast<double>(total), "Answering analogy questions");
    dotProducts(answers.units.middleCols(begin, std::min(kTile, total - begin)), terms, similarity);
    for (Posed& question : posed) answerFromTile(question, similarity, begin, scores);
  }
  return true;
}

/// The questions whose four words are known; the others are counted as skipped. One score a category is
/// begun.
std::vector<Posed> pose(std::span<const AnalogyQuestion> questions, Terms& terms,
                        std::vector<AnalogyScore>& scores) {
  std::unordered_map<std::string, std::size_t> categories;
  std::vector<Posed> posed;
  for (const AnalogyQuestion& question : questions) {
    const auto [category, isNew] = categories.try_emplace(question.category, scores.size());
    if (isNew) scores.push_back({question.category, 0, 0, 0});
    const std::array<std::int32_t, 4> columns{terms.column(question.a), terms.column(question.b),
                                              terms.column(question.c), terms.column(question.d)};
    if (std::any_of(columns.begin(), columns.end(), [](std::int32_t column) { return column < 0; })) {
      ++scores[category->second].skipped;
      continue;
    }
    posed.push_back(
        {category->second, terms.term(columns[0]), terms.term(columns[1]), terms.term(columns[2]), columns});
  }
  return posed;
}

}  // namespace

std::vector<Neighbour> analogy(const EmbeddingTable& table, const Vector& norms, TokenId a, TokenId b,
                               TokenId c, std::size_t k) {
  const Vector own = norms.size() == table.vectors.cols() ? Vector() : inverseNorms(table.vectors);
  const Vector& inverse = own.size() ? own : norms;
  for (const TokenId id : {a, b, c}) {
    if (static_cast<Index>(id) >= inverse.size() || !(inverse(static_cast<Index>(id)) > 0)) return {};
  }
  const auto unit = [&](TokenId id) {
    return table.vectors.col(static_cast<Index>(id)) * inverse(static_cast<Index>(id));
  };
  const Vector query = unit(b) - unit(a) + unit(c);
  const TokenId asked[] = {a, b, c};
  return nearest(table.vectors, inverse, query, k, asked);
}

std::vector<AnalogyScore> evaluateAnalogies(const EmbeddingTable& table, const Vocabulary& vocabulary,
                                            std::span<const AnalogyQuestion> questions,
                                            std::size_t maximumWords, const TaskContext& context) {
  std::size_t words = std::min(static_cast<std::size_t>(table.vectors.cols()), vocabulary.size());
  if (maximumWords > 0) words = std::min(words, maximumWords);
  const Answers answers = makeAnswers(table, words);
  Terms terms(vocabulary, answers);
  std::vector<AnalogyScore> scores;
  std::vector<Posed> posed = pose(questions, terms, scores);
  if (!answerAll(posed, answers, terms.units(), context)) return {};
  for (const Posed& question : posed) {
    AnalogyScore& score = scores[question.category];
    ++score.asked;
    if (question.answer == question.columns[3]) ++score.correct;
  }
  AnalogyScore total{"total", 0, 0, 0};
  for (const AnalogyScore& score : scores) {
    total.asked += score.asked;
    total.skipped += score.skipped;
    total.correct += score.correct;
  }
  scores.push_back(total);
  return scores;
}

std::vector<AnalogyScore> analogyKinds(std::span<const AnalogyScore> scores) {
  std::vector<AnalogyScore> kinds{{"semantic", 0, 0, 0}, {"syntactic", 0, 0, 0}};
  std::array<std::size_t, 2> categories{};
  for (const AnalogyScore& score : scores.first(scores.empty() ? 0 : scores.size() - 1)) {
    const std::size_t kind = score.category.starts_with("gram") ? 1 : 0;
    ++categories[kind];
    kinds[kind].asked += score.asked;
    kinds[kind].skipped += score.skipped;
    kinds[kind].correct += score.correct;
  }
  if (categories[0] == 0 || categories[1] == 0) kinds.clear();
  return kinds;
}

}  // namespace lexarium
