// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/expected.h"
#include "core/base/rng.h"
#include "core/models/learner.h"
#include "core/text/corpus.h"

namespace lexarium {

/// ParamSpecs that all word-vector models have in common.
ParamSpec dimensionsParam();
ParamSpec minimumCountParam();
ParamSpec maximumVocabularyParam();
ParamSpec crossSentencesParam();

/// A corpus as models read it: only the words that are frequent enough, in pieces that no context window may
/// cross. As in word2vec.c words that are too rare are taken out before windows are formed.
class TrainingText {
 public:
  struct Limits {
    std::uint64_t minimumCount = 1;
    std::size_t maximumWords = 0;  ///< 0: no limit
    bool crossSentences = false;   ///< windows cross sentences, but never documents
  };

  /// Errors: no word is frequent enough, fewer than two words, no two words in one piece.
  static Expected<TrainingText> create(std::shared_ptr<const Corpus> corpus, const Limits& limits);

  const Corpus& corpus() const { return *corpus_; }
  std::span<const TokenId> tokens() const { return corpus_->tokens(); }
  /// Ids [0, words()) are kept.
  std::size_t words() const { return words_; }
  bool keeps(TokenId id) const { return id < words_; }
  /// Tokens of kept words.
  std::uint64_t keptTokens() const { return keptTokens_; }
  std::span<const std::uint64_t> counts() const { return corpus_->vocabulary().counts().first(words_); }
  /// First tokens of all pieces, rising, and the number of tokens as the last.
  std::span<const TokenIndex> bounds() const {
    return documentBounds_.empty() ? corpus_->sentenceStarts() : std::span<const TokenIndex>(documentBounds_);
  }

 private:
  bool hasPair() const;

  std::shared_ptr<const Corpus> corpus_;
  std::size_t words_ = 0;
  std::uint64_t keptTokens_ = 0;
  std::vector<TokenIndex> documentBounds_;  // empty: sentences are the pieces
};

/// Which share of each word's tokens stays in, word2vec.c's formula: with z the word's share of all kept
/// tokens,
///   p(keep) = (sqrt(z / t) + 1) * t / z,
/// a smooth form of Mikolov et al. 2013b, equation 5. t = 0 keeps all. As 32-bit thresholds for random
/// numbers: kept if number <= threshold.
std::vector<std::uint32_t> subsamplingThresholds(std::span<const std::uint64_t> counts,
                                                 std::uint64_t keptTokens, double t);

/// Goes through a part of the text again and again, a piece of at most kLongestPiece words at a time.
class PieceReader {
 public:
  /// As in word2vec.c (MAX_SENTENCE_LENGTH): longer pieces are cut.
  static constexpr std::size_t kLongestPiece = 1000;

  /// Where a reader is, with the piece that it has read last.
  struct Position {
    std::uint64_t rounds = 0;           ///< times that the whole part was read
    TokenIndex place = 0;               ///< the next token to read
    std::vector<TokenId> words;         ///< words()
    std::vector<std::uint32_t> passed;  ///< passed() of each
    std::uint64_t passedInAll = 0;
  };

  /// The part may begin and end anywhere; its ends are bounds too.
  PieceReader(const TrainingText& text, std::span<const std::uint32_t> thresholds, TokenRange part,
              std::uint32_t epochs);

  /// Reads on until a piece is full or ends; words() may be empty then. False when all epochs are over.
  bool next(Rng& rng);

  /// The piece: its words that have survived the subsampling.
  std::span<const TokenId> words() const { return words_; }
  /// Kept tokens of the text passed by up to and including words()[i], counted from the start of the piece.
  std::uint32_t passed(std::size_t i) const { return passed_[i]; }
  /// The same for the whole piece.
  std::uint32_t passedInAll() const { return passedInAll_; }
  /// Tokens looked at for this piece: the work done.
  std::uint64_t scanned() const { return scanned_; }

  TokenRange part() const { return part_; }
  Position position() const { return {rounds_, place_, words_, passed_, passedInAll_}; }
  /// Is it one of this part?
  bool accepts(const Position& position) const;
  /// Goes on from there.
  void moveTo(const Position& position);
  /// Goes on at about this share of the part after so many whole rounds.
  void moveTo(std::uint64_t rounds, double share);
  /// Kept tokens up to the end of the piece, all rounds counted. Goes through the part.
  std::uint64_t keptSoFar() const;

 private:
  void setPlace(TokenIndex place);

  const TrainingText* text_;
  std::span<const std::uint32_t> thresholds_;
  TokenRange part_;
  std::uint64_t epochs_;
  std::uint64_t rounds_ = 0;
  TokenIndex place_ = 0;
  std::size_t bound_ = 0;  // of bounds(), the first behind place_
  std::vector<TokenId> words_;
  std::vector<std::uint32_t> passed_;
  std::uint32_t passedInAll_ = 0;
  std::uint64_t scanned_ = 0;
};

}  // namespace lexarium
