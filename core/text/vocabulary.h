// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/base/matrix.h"

namespace lexarium {

/// All distinct words of a corpus with their counts, sorted by falling count (ties by bytes): id 0 is the
/// most frequent. So "minimum count" and "maximum vocabulary" both keep a prefix of the ids. Immutable after
/// build.
class Vocabulary {
 public:
  struct Entry {
    std::string_view word;
    std::uint64_t count;
  };

  Vocabulary() = default;
  /// Sorts the entries; words must be distinct. `rankOf`, if given, receives the id of entries[i] at [i].
  static Vocabulary fromCounts(std::span<const Entry> entries, std::vector<TokenId>* rankOf = nullptr);

  std::size_t size() const { return counts_.size(); }
  std::string_view word(TokenId id) const {
    return std::string_view(bytes_).substr(offsets_[id], offsets_[id + 1] - offsets_[id]);
  }
  std::uint64_t count(TokenId id) const { return counts_[id]; }
  std::span<const std::uint64_t> counts() const { return counts_; }
  std::uint64_t totalCount() const { return totalCount_; }
  std::optional<TokenId> find(std::string_view word) const;

  /// How many words (ids 0 to n-1) are kept by these limits; maximumWords 0 means no limit.
  std::size_t keptWords(std::uint64_t minimumCount, std::size_t maximumWords) const;
  /// Sum of the counts of ids [0, words).
  std::uint64_t countOfFirst(std::size_t words) const;
  /// Memory held, in bytes.
  std::size_t memoryBytes() const;

 private:
  std::string bytes_;                      // all words one after the other
  std::vector<std::uint64_t> offsets_{0};  // size() + 1
  std::vector<std::uint64_t> counts_;
  std::vector<TokenId> slots_;  // open addressing, kNoToken is empty; size is a power of two
  std::uint64_t totalCount_ = 0;
};

}  // namespace lexarium
