// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/text/bpe.h"
#include "core/text/corpus.h"

namespace lexarium {

/// A text after so many merges.
struct BpeMoment {
  std::uint64_t textTokens = 0;
  /// The most frequent pairs, best first: the first one is merged next. Empty: no pair occurs twice.
  std::vector<BpeTrainer::Step> next;
};

/// A token of an excerpt.
struct CutToken {
  TokenId id = 0;
  ByteRange range;        ///< in the excerpt
  std::size_t piece = 0;  ///< tokens of one piece alone can be merged
};

/// Byte-pair encoding of a text to be looked at merge by merge, forwards and back: every moment is kept. Used
/// by any number of threads at once.
class BpeStudy {
 public:
  static constexpr std::size_t kCandidates = 8;  ///< of a moment

  /// Counts the pieces of the text. `vocabulary`: of so many tokens at the most; half of them can be
  /// characters. Errors: no text, cancelled.
  static Expected<std::shared_ptr<BpeStudy>> create(std::shared_ptr<const Corpus> corpus,
                                                    std::size_t vocabulary, const TaskContext& context = {});

  /// Merges until there are so many merges or no pair occurs twice. Errors: cancelled (what has been merged
  /// stays).
  Expected<void> learn(std::size_t merges, const TaskContext& context = {});

  std::size_t merges() const;
  /// Those from after `first` merges on; [0] is the text in characters.
  std::vector<BpeMoment> moments(std::size_t first = 0) const;
  /// As it was after so many merges.
  TokenizerPtr tokenizer(std::size_t merges) const;
  /// Tokens before the first merge: characters, and the one for all others if there are too many.
  std::size_t firstTokens() const { return firstTokens_; }
  std::size_t vocabulary() const { return vocabulary_; }
  std::uint64_t characters() const { return characters_; }

 private:
  explicit BpeStudy(BpeTrainer trainer) : trainer_(std::move(trainer)) {}
  void keepMoment();

  mutable std::mutex mutex_;
  BpeTrainer trainer_;
  std::vector<BpeMoment> moments_;
  std::size_t firstTokens_ = 0, vocabulary_ = 0;
  std::uint64_t characters_ = 0;
};

/// An excerpt as a tokenizer of subwords cuts it.
std::vector<CutToken> cutExcerpt(const Tokenizer& tokenizer, std::string_view text);

}  // namespace lexarium
