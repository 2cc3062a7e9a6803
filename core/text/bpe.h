// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <queue>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/text/tokenizers.h"

namespace lexarium {

/// Two tokens that become one wherever they stand next to each other.
struct BpeMerge {
  TokenId left = 0;
  TokenId right = 0;
  bool operator==(const BpeMerge&) const = default;
};

/// The end of the piece that begins at `at`: a word with the space before it, a number, marks, or space. No
/// token crosses a piece, so that no token holds parts of two words.
std::size_t bpePieceEnd(std::string_view utf8, std::size_t at);

/// Byte-pair encoding as in Sennrich, Haddow & Birch 2016 (arXiv:1508.07909), algorithm 1, over the
/// characters of a text: the pair of neighbouring tokens that occurs most often becomes a token, again and
/// again. One merge at a time, so that it can be watched.
class BpeTrainer {
 public:
  /// Counts pieces and pairs. `mostCharacters`: rarer ones have no token of their own. Errors: no character
  /// at all, cancelled.
  static Expected<BpeTrainer> create(std::span<const std::string_view> texts, std::size_t mostCharacters,
                                     const TaskContext& context = {});

  struct Step {
    BpeMerge merge;
    TokenId id = 0;           ///< of the new token
    std::uint64_t count = 0;  ///< how often the pair stood in the text
  };
  /// The next merge; of equally frequent pairs that of lower ids. None if no pair occurs twice.
  std::optional<Step> step();
  /// What the next steps would choose if the pairs stayed as frequent as they are: the first is what step()
  /// merges, the others are its runners-up. `id` is that of the next token in all of them.
  std::vector<Step> candidates(std::size_t most);

  /// Characters, merges so far, and the token for unknown characters if there is one.
  std::size_t tokens() const { return texts_.size() + (withUnknown_ ? 1 : 0); }
  const std::string& text(TokenId id) const { return texts_[id]; }
  const std::vector<BpeMerge>& merges() const { return merges_; }
  /// How many tokens the whole text has now.
  std::uint64_t textTokens() const { return textTokens_; }
  /// How many characters it has, those without a token of their own included.
  std::uint64_t textCharacters() const { return textCharacters_; }
  std::shared_ptr<const Tokenizer> tokenizer() const { return tokenizer(merges_.size()); }
  /// As it was after so many merges.
  std::shared_ptr<const Tokenizer> tokenizer(std::size_t merges) const;

 private:
  struct Piece {
    std::size_t begin = 0;  // in pieceTokens_
    std::uint32_t length = 0;
    std::uint64_t count = 0;
  };
  struct Pair {
    std::uint64_t key = 0;
    std::uint64_t count = 0;
    std::vector<std::uint32_t> pieces;  // in which it stands, or stood
  };
  /// Numbers of pairs by their keys: open addressing, since every merge asks for many.
  class PairNumbers {
   public:
    /// `next` if the pair is new.
    std::uint32_t numberOf(std::uint64_t key, std::uint32_t next);

   private:
    struct Slot {
      std::uint64_t key = 0;
      std::uint32_t number = 0;
      bool used = false;
    };
    std::size_t slotOf(std::uint64_t key) const;
    std::vector<Slot> slots_;
    std::size_t size_ = 0;
  };
  /// A pair as frequent as it was when it got here, or rarer: counts of pairs that are there only fall.
  struct Candidate {
    std::uint64_t count;
    std::uint64_t key;
    std::uint32_t pair;
    bool operator<(const Candidate& other) const {
      return count != other.count ? count < other.count : key > other.key;
    }
  };

  BpeTrainer() = default;
  static std::uint64_t keyOf(TokenId left, TokenId right) { return std::uint64_t{left} << 32 | right; }
  static BpeMerge mergeOf(std::uint64_t key) {
    return {static_cast<TokenId>(key >> 32), static_cast<TokenId>(key)};
  }
  std::optional<Candidate> takeBest();
  Pair& pairOf(TokenId left, TokenId right);
  void count(TokenId left, TokenId right, std::uint32_t piece);
  void addCandidates(std::size_t firstPair);
  void mergeIn(std::uint32_t piece, BpeMerge merge, TokenId id);

  std::vector<char32_t> characters_;
  bool withUnknown_ = false;
  std::vector<std::string> texts_;  // of characters and merges
  std::vector<BpeMerge> merges_;
  std::vector<Piece> pieces_;
  std::vector<TokenId> pieceTokens_;  // of all pieces, one after the other
  std::vector<Pair> pairs_;
  PairNumbers pairNumbers_;
  std::priority_queue<Candidate> candidates_;
  std::vector<TokenId> before_;  // a piece, while it is merged in
  std::uint64_t textTokens_ = 0, textCharacters_ = 0;
};

/// All of it: merges until there are `vocabulary` tokens, or no pair occurs twice.
Expected<TokenizerPtr> trainBpe(std::span<const std::string_view> texts, std::size_t vocabulary,
                                std::size_t mostCharacters, const TaskContext& context = {});

}  // namespace lexarium
