// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/corpus_question.h"

#include <algorithm>
#include <cmath>

#include "core/text/fold_word.h"

namespace lexarium {
namespace {

constexpr std::size_t kSampled = 20'000;     // sentences that u is found from
constexpr int kRounds = 30;                  // of power iteration
constexpr std::size_t kStopEvery = 1 << 14;  // sentences
constexpr float kSharpness = 4;              // of the softmax over words: idf times cosine is small
constexpr float kStandsOut = 0.5F;           // of the weight of the best word

bool stopped(std::size_t at, std::size_t all, const TaskContext& context) {
  if (at % kStopEvery != 0) return false;
  context.report(static_cast<double>(at) / static_cast<double>(std::max<std::size_t>(1, all)),
                 "Reading the text");
  return context.stopRequested();
}

}  // namespace

Expected<std::shared_ptr<const QuestionIndex>> QuestionIndex::create(
    std::shared_ptr<const Corpus> corpus, std::shared_ptr<const EmbeddingTable> table, bool commonPart,
    const TaskContext& context) {
  if (!corpus || !table || corpus->sentenceCount() == 0)
    return makeError("There is no text to ask", {}, "Open one first");
  auto index = std::make_shared<QuestionIndex>();
  index->corpus_ = std::move(corpus);
  index->table_ = std::move(table);
  index->common_ = Vector::Zero(index->table_->vectors.rows());
  if (!index->weighWords(context)) return cancelled();
  if (std::ranges::none_of(index->weights_, [](float weight) { return weight > 0; }))
    return makeError("No word of the text has a vector", {}, "Choose vectors of this text");
  if (commonPart && !index->findCommonPart(context)) return cancelled();
  if (!index->measureSentences(context)) return cancelled();
  return std::shared_ptr<const QuestionIndex>(std::move(index));
}

bool QuestionIndex::weighWords(const TaskContext& context) {
  const auto tokens = corpus_->tokens();
  const std::size_t words = corpus_->vocabulary().size(), sentences = corpus_->sentenceCount();
  std::vector<std::uint32_t> with(words, 0), last(words, 0);  // sentences with it; the last of them, from 1
  for (std::size_t s = 0; s < sentences; ++s) {
    if (stopped(s, sentences, context)) return false;
    const TokenRange range = corpus_->sentence(s);
    for (TokenIndex t = range.begin; t < range.end; ++t) {
      if (last[tokens[t]] == s + 1) continue;
      last[tokens[t]] = static_cast<std::uint32_t>(s + 1);
      ++with[tokens[t]];
    }
  }
  weights_.assign(words, 0);
  idf_.assign(words, 0);
  for (TokenId id = 0; id < words; ++id) {
    if (with[id] == 0 || !hasVector(*table_, id)) continue;
    const double norm = table_->vectors.col(static_cast<Eigen::Index>(id)).cast<double>().norm();
    const double idf = std::log((static_cast<double>(sentences) + 1) / static_cast<double>(with[id]));
    idf_[id] = static_cast<float>(idf);
    if (norm > 0) weights_[id] = static_cast<float>(idf / norm);
  }
  return true;
}

std::size_t QuestionIndex::sentenceVector(std::size_t sentence, Vector& sum) const {
  sum.setZero(table_->vectors.rows());
  std::size_t known = 0;
  const TokenRange range = corpus_->sentence(sentence);
  for (TokenIndex t = range.begin; t < range.end; ++t) {
    const TokenId id = corpus_->tokens()[t];
    if (weights_[id] == 0) continue;
    sum += static_cast<Real>(weights_[id]) * table_->vectors.col(static_cast<Eigen::Index>(id));
    ++known;
  }
  return known;
}

/// The first singular vector of unit sentence vectors, by power iteration over some that lie evenly.
bool QuestionIndex::findCommonPart(const TaskContext& context) {
  const std::size_t sentences = corpus_->sentenceCount();
  const std::size_t stride = std::max<std::size_t>(1, sentences / kSampled);
  Matrix some(common_.size(), static_cast<Eigen::Index>(sentences / stride));
  Vector sum;
  for (Eigen::Index i = 0; i < some.cols(); ++i) {
    if (stopped(static_cast<std::size_t>(i), static_cast<std::size_t>(some.cols()), context)) return false;
    sentenceVector(static_cast<std::size_t>(i) * stride, sum);
    const Real norm = sum.norm();
    some.col(i) = norm > 0 ? Vector(sum / norm) : sum;
  }
  Vector u = some.rowwise().sum();
  if (!(u.norm() > 0)) u.setOnes();
  for (int round = 0; round < kRounds; ++round) {
    if (context.stopRequested()) return false;
    Vector next = Vector::Zero(u.size());
    for (Eigen::Index i = 0; i < some.cols(); ++i) next += some.col(i) * some.col(i).dot(u);
    if (!(next.norm() > 0)) return true;
    u = next / next.norm();
  }
  common_ = u;
  return true;
}

bool QuestionIndex::measureSentences(const TaskContext& context) {
  const std::size_t sentences = corpus_->sentenceCount();
  shared_.assign(sentences, 0);
  inverses_.assign(sentences, 0);
  Vector sum;
  for (std::size_t s = 0; s < sentences; ++s) {
    if (stopped(s, sentences, context)) return false;
    if (sentenceVector(s, sum) == 0) continue;
    const Real shared = common_.dot(sum);
    shared_[s] = static_cast<float>(shared);
    const Real norm = (sum - shared * common_).norm();
    // What is left of a sentence that is but the common part has no direction.
    if (norm > static_cast<Real>(1e-4) * sum.norm()) inverses_[s] = static_cast<float>(1 / norm);
  }
  return true;
}

Vector QuestionIndex::withoutCommon(Vector vector) const {
  const Real shared = common_.dot(vector);
  return vector - shared * common_;
}

std::vector<TokenId> QuestionIndex::wordsOf(std::string_view question) const {
  std::vector<TokenId> ids;
  const auto read = corpusFromText("question", std::string(question), corpus_->options());
  if (!read) return ids;
  for (const TokenId token : (*read)->tokens()) {
    const auto id = findFolded(corpus_->vocabulary(), (*read)->vocabulary().word(token));
    if (id) ids.push_back(*id);
  }
  return ids;
}

Expected<std::vector<CorpusAnswer>> QuestionIndex::ask(std::string_view question, const CorpusQuestion& how,
                                                       const TaskContext& context) const {
  const std::vector<TokenId> asked = wordsOf(question);
  Vector query = Vector::Zero(common_.size());
  for (const TokenId id : asked)
    if (weights_[id] > 0)
      query += static_cast<Real>(weights_[id]) * table_->vectors.col(static_cast<Eigen::Index>(id));
  query = withoutCommon(query);
  if (!(query.norm() > 0))
    return makeError("No word of the question stands in the text and has a vector", {}, "Ask in other words");
  query /= query.norm();
  std::vector<float> likeness(weights_.size(), 0);  // of each word, times its weight
  for (TokenId id = 0; id < weights_.size(); ++id)
    if (weights_[id] > 0)
      likeness[id] =
          weights_[id] * static_cast<float>(query.dot(table_->vectors.col(static_cast<Eigen::Index>(id))));
  // The common part is gone from the query, so what is left of it in a sentence does not count.
  const auto tokens = corpus_->tokens();
  std::vector<std::pair<float, std::size_t>> best;  // falling
  const std::size_t keep = std::max<std::size_t>(1, how.answers);
  const auto wordsIn = [&](std::size_t s) {
    const TokenRange range = corpus_->sentence(s);
    return tokens.subspan(range.begin, range.size());
  };
  const auto worse = [](const auto& a, const auto& b) {
    return a.first > b.first || (a.first == b.first && a.second < b.second);
  };
  for (std::size_t s = 0; s < inverses_.size(); ++s) {
    if (s % kStopEvery == 0 && context.stopRequested()) return cancelled();
    const TokenRange range = corpus_->sentence(s);
    if (inverses_[s] == 0 || range.size() < how.leastWords) continue;
    float sum = 0;
    for (TokenIndex t = range.begin; t < range.end; ++t) sum += likeness[tokens[t]];
    const float score = sum * inverses_[s];
    if (best.size() == keep && !worse(std::pair(score, s), best.front())) continue;
    std::size_t known = 0;
    for (TokenIndex t = range.begin; t < range.end; ++t) known += weights_[tokens[t]] > 0 ? 1 : 0;
    if (known < how.leastWords) continue;
    // Equal sentences have equal scores, to the bit.
    const bool isKept = std::ranges::any_of(best, [&](const auto& other) {
      return other.first == score && std::ranges::equal(wordsIn(s), wordsIn(other.second));
    });
    if (isKept) continue;
    if (best.size() == keep) {
      std::pop_heap(best.begin(), best.end(), worse);
      best.pop_back();
    }
    best.emplace_back(score, s);
    std::push_heap(best.begin(), best.end(), worse);
  }
  std::sort_heap(best.begin(), best.end(), worse);
  std::vector<CorpusAnswer> answers;
  for (const auto& [score, s] : best) {
    CorpusAnswer answer;
    answer.sentence = s;
    answer.score = static_cast<double>(score);
    mark(asked, answer);
    answers.push_back(std::move(answer));
  }
  return answers;
}

/// Attention of the question over the sentence's own words: each is as like the question as it is to that of
/// its words that it is likest to.
void QuestionIndex::mark(const std::vector<TokenId>& asked, CorpusAnswer& answer) const {
  const TokenRange range = corpus_->sentence(answer.sentence);
  answer.document = corpus_->documentOf(range.begin);
  std::vector<ByteRange> places;
  corpus_->textRanges(range, places);
  answer.range = {places.front().begin, places.back().end};
  const std::size_t count = places.size();
  std::vector<float> weights(count, 0);
  const auto tokens = corpus_->tokens().subspan(range.begin, count);
  const auto unit = [&](TokenId id) {
    const auto column = table_->vectors.col(static_cast<Eigen::Index>(id));
    return withoutCommon(Vector(column / column.norm()));
  };
  float sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const TokenId id = tokens[i];
    if (weights_[id] == 0 || std::ranges::find(asked, id) != asked.end()) continue;
    const Vector own = unit(id);
    float most = -1;
    for (const TokenId word : asked) {
      if (weights_[word] == 0) continue;
      const float rarity =
          std::sqrt(idf_[word] * idf_[id]) /
          idf_[*std::ranges::max_element(asked, {}, [&](TokenId each) { return idf_[each]; })];
      most = std::max(most, rarity * static_cast<float>(own.dot(unit(word))));
    }
    weights[i] = std::exp(kSharpness * most);
    sum += weights[i];
  }
  if (sum > 0)
    for (float& weight : weights) weight /= sum;
  const auto best = static_cast<std::size_t>(std::ranges::max_element(weights) - weights.begin());
  std::size_t first = best, last = best;
  const float enough = kStandsOut * weights[best];
  while (first > 0 && weights[first - 1] >= enough && enough > 0) --first;
  while (last + 1 < count && weights[last + 1] >= enough && enough > 0) ++last;
  if (enough > 0) answer.span = {places[first].begin, places[last].end};
  for (std::size_t i = 0; i < count; ++i) answer.words.push_back({places[i], weights[i]});
}

std::size_t QuestionIndex::memoryBytes() const {
  return (weights_.size() + idf_.size() + shared_.size() + inverses_.size()) * sizeof(float);
}

}  // namespace lexarium
