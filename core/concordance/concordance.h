// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/text/corpus.h"

namespace lexarium {

/// Where each word stands: for each id the rising token indices; and the alphabetical order of the words. 4
/// bytes a token. Immutable.
class PositionIndex {
 public:
  static Expected<std::shared_ptr<const PositionIndex>> build(std::shared_ptr<const Corpus> corpus,
                                                              const TaskContext& context = {});
  const Corpus& corpus() const { return *corpus_; }
  std::size_t count(TokenId id) const { return offsets_[id + 1] - offsets_[id]; }
  TokenIndex position(TokenId id, std::size_t nth) const { return positions_[offsets_[id] + nth]; }
  std::span<const std::uint32_t> positions(TokenId id) const {
    return std::span(positions_).subspan(offsets_[id], offsets_[id + 1] - offsets_[id]);
  }
  /// The word's place in alphabetical order without regard to case, from 1; words that differ only by case
  /// share it.
  std::uint32_t alphabeticalRank(TokenId id) const { return ranks_[id]; }
  std::size_t memoryBytes() const;

 private:
  std::shared_ptr<const Corpus> corpus_;
  std::vector<std::uint64_t> offsets_;    // vocabulary size + 1
  std::vector<std::uint32_t> positions_;  // corpora of up to 2^32 tokens
  std::vector<std::uint32_t> ranks_;      // by id
};

/// A line of a concordance: the words left of the node, the node, the words right of it, as written in the
/// text.
struct ConcordanceLine {
  TokenIndex token = 0;
  std::size_t document = 0;
  ByteRange node;  ///< in the document's text
  /// Line ends and runs of spaces shown as one space; left + middle + right is the text as written, so that
  /// left ends in a space where there is one. "..." (U+2026) stands where a context of extreme length is cut.
  std::string left;
  std::string middle;
  std::string right;
};

struct ConcordanceRequest {
  /// What decides the order; up to three, the first first. Position: reading order.
  enum class Key { Position, Left1, Left2, Left3, Right1, Right2, Right3, Node };

  std::vector<TokenId> words;     ///< hits of any of them
  std::size_t contextTokens = 8;  ///< each side; contexts stay inside the document
  std::vector<Key> order{Key::Position};
  std::size_t first = 0;  ///< lines [first, first + limit) of the sorted hits
  std::size_t limit = 200;
};

struct Concordance {
  std::uint64_t hits = 0;     ///< all, not only the lines given
  std::size_t documents = 0;  ///< that have a hit
  std::vector<ConcordanceLine> lines;
};

/// Errors: cancelled. No hit is not an error.
Expected<Concordance> concordance(const PositionIndex& index, const ConcordanceRequest& request,
                                  const TaskContext& context = {});

/// Words that match a query: a plain word (folded as the corpus folds), a wildcard with * and ?, or /regex/
/// (ICU syntax, case-insensitive). At most `limit` ids, most frequent first. Errors: a broken or too costly
/// regex, with place.
Expected<std::vector<TokenId>> findWords(const Vocabulary& vocabulary, const std::string& query,
                                         std::size_t limit, const TaskContext& context = {});

}  // namespace lexarium
