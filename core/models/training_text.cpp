// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/training_text.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>

namespace lexarium {
namespace {

// A piece must end somewhere even if nothing of it is kept, so that a step stays short.
constexpr std::uint64_t kLongestScan = 20'000;
// No saved position has more: so many tokens can still be counted.
constexpr std::uint64_t kMostRounds = 1'000'000;

Error nothingLeft(const Corpus& corpus, const TrainingText::Limits& limits) {
  if (corpus.tokens().empty()) return {"The text has no words", corpus.title(), "Open another text"};
  const std::string times =
      limits.minimumCount == 1 ? "once" : std::to_string(limits.minimumCount) + " times";
  return {"No word occurs at least " + times, corpus.title(),
          "Lower the minimum count or open a longer text"};
}

}  // namespace

ParamSpec dimensionsParam() {
  return integerParam(
      "dimensions", "Dimensions", "",
      "How many numbers describe a word: more can hold finer differences but need more text and time.", 100,
      1, 1000);
}

ParamSpec minimumCountParam() {
  return integerParam(
      "min_count", "Minimum count", "",
      "Words that occur fewer times than this are left out, because little can be learned about them.", 5, 1,
      1'000'000);
}

ParamSpec maximumVocabularyParam() {
  ParamSpec spec =
      integerParam("max_vocabulary", "Maximum vocabulary", "words",
                   "Only this many of the most frequent words are learned; 0 means all.", 0, 0, 10'000'000);
  spec.advanced = true;
  return spec;
}

ParamSpec crossSentencesParam() {
  ParamSpec spec = booleanParam(
      "cross_sentences", "Windows cross sentences",
      "Whether the last words of a sentence count as context of the first words of the next.", true);
  spec.advanced = true;
  return spec;
}

Expected<TrainingText> TrainingText::create(std::shared_ptr<const Corpus> corpus, const Limits& limits) {
  TrainingText text;
  const Vocabulary& vocabulary = corpus->vocabulary();
  text.words_ = vocabulary.keptWords(limits.minimumCount, limits.maximumWords);
  if (text.words_ == 0) return tl::unexpected(nothingLeft(*corpus, limits));
  if (text.words_ == 1) {
    return makeError("Only one word, \"" + std::string(vocabulary.word(0)) + "\", is left to learn",
                     corpus->title(),
                     "Lower the minimum count, raise the maximum vocabulary or open a longer text");
  }
  text.keptTokens_ = vocabulary.countOfFirst(text.words_);
  if (limits.crossSentences) {
    for (std::size_t d = 0; d < corpus->documentCount(); ++d) {
      text.documentBounds_.push_back(corpus->document(d).tokens.begin);
    }
    text.documentBounds_.push_back(corpus->tokens().size());
  }
  text.corpus_ = std::move(corpus);
  if (!text.hasPair()) {
    return makeError("No two words that occur often enough stand in the same sentence", text.corpus_->title(),
                     "Lower the minimum count, let windows cross sentences or open a longer text");
  }
  return text;
}

bool TrainingText::hasPair() const {
  const auto all = tokens();
  for (std::size_t b = 0; b + 1 < bounds().size(); ++b) {
    std::size_t kept = 0;
    for (TokenIndex i = bounds()[b]; i < bounds()[b + 1]; ++i) {
      if (keeps(all[i]) && ++kept == 2) return true;
    }
  }
  return false;
}

std::vector<std::uint32_t> subsamplingThresholds(std::span<const std::uint64_t> counts,
                                                 std::uint64_t keptTokens, double t) {
  std::vector<std::uint32_t> thresholds(counts.size(), ~std::uint32_t{0});
  if (!(t > 0)) return thresholds;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double share = static_cast<double>(counts[i]) / static_cast<double>(keptTokens);
    const double keep = (std::sqrt(share / t) + 1) * t / share;
    if (keep < 1) thresholds[i] = static_cast<std::uint32_t>(keep * 0x1.0p32);
  }
  return thresholds;
}

PieceReader::PieceReader(const TrainingText& text, std::span<const std::uint32_t> thresholds, TokenRange part,
                         std::uint32_t epochs)
    : text_(&text), thresholds_(thresholds), part_(part), epochs_(part.size() > 0 ? epochs : 0) {
  words_.reserve(kLongestPiece);
  passed_.reserve(kLongestPiece);
  setPlace(part_.begin);
}

void PieceReader::setPlace(TokenIndex place) {
  const auto bounds = text_->bounds();
  place_ = place;
  bound_ = static_cast<std::size_t>(std::upper_bound(bounds.begin(), bounds.end(), place_) - bounds.begin());
}

bool PieceReader::next(Rng& rng) {
  words_.clear();
  passed_.clear();
  passedInAll_ = 0;
  scanned_ = 0;
  if (rounds_ >= epochs_) return false;

  const TokenId* tokens = text_->tokens().data();
  const auto bounds = text_->bounds();
  const TokenIndex end = std::min({bounds[bound_], part_.end, place_ + kLongestScan});
  const TokenIndex begin = place_;
  while (place_ < end && words_.size() < kLongestPiece) {
    const TokenId id = tokens[place_++];
    if (!text_->keeps(id)) continue;
    ++passedInAll_;
    const std::uint32_t threshold = thresholds_[id];
    if (threshold != ~std::uint32_t{0} && static_cast<std::uint32_t>(rng.next() >> 32) > threshold) continue;
    words_.push_back(id);
    passed_.push_back(passedInAll_);
  }
  scanned_ = place_ - begin;
  if (place_ == part_.end) {
    ++rounds_;
    setPlace(part_.begin);
  } else {
    while (bounds[bound_] <= place_) ++bound_;
  }
  return true;
}

bool PieceReader::accepts(const Position& position) const {
  const auto& [rounds, place, words, passed, passedInAll] = position;
  const bool isHere = place >= part_.begin && (place < part_.end || part_.size() == 0);
  if (!isHere || rounds > kMostRounds || passedInAll > kLongestScan) return false;
  if (words.size() > kLongestPiece || passed.size() != words.size()) return false;
  const bool known = std::all_of(words.begin(), words.end(), [this](TokenId id) { return text_->keeps(id); });
  // Rising, from 1 to passedInAll.
  const bool rising =
      std::adjacent_find(passed.begin(), passed.end(), std::greater_equal<>()) == passed.end();
  return known && rising && (passed.empty() || (passed.front() > 0 && passed.back() <= passedInAll));
}

void PieceReader::moveTo(const Position& position) {
  rounds_ = position.rounds;
  setPlace(position.place);
  words_.assign(position.words.begin(), position.words.end());
  passed_.assign(position.passed.begin(), position.passed.end());
  passedInAll_ = static_cast<std::uint32_t>(position.passedInAll);
  scanned_ = 0;
}

void PieceReader::moveTo(std::uint64_t rounds, double share) {
  const auto offset = static_cast<TokenIndex>(share * static_cast<double>(part_.size()));
  rounds_ = rounds;
  setPlace(part_.begin + (part_.size() > 0 ? std::min(offset, part_.size() - 1) : 0));
}

std::uint64_t PieceReader::keptSoFar() const {
  const auto kept = [this](TokenIndex begin, TokenIndex end) {
    const auto tokens = text_->tokens().subspan(begin, end - begin);
    return static_cast<std::uint64_t>(
        std::count_if(tokens.begin(), tokens.end(), [this](TokenId id) { return text_->keeps(id); }));
  };
  const std::uint64_t before = kept(part_.begin, place_);
  return rounds_ * (before + kept(place_, part_.end)) + before;
}

}  // namespace lexarium
