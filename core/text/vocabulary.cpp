// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/vocabulary.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "core/text/word_table.h"

namespace lexarium {

Vocabulary Vocabulary::fromCounts(std::span<const Entry> entries, std::vector<TokenId>* rankOf) {
  std::vector<TokenId> order(entries.size());
  std::iota(order.begin(), order.end(), TokenId{0});
  std::sort(order.begin(), order.end(), [&](TokenId a, TokenId b) {
    if (entries[a].count != entries[b].count) return entries[a].count > entries[b].count;
    return entries[a].word < entries[b].word;
  });

  Vocabulary result;
  std::size_t bytes = 0;
  for (const Entry& entry : entries) bytes += entry.word.size();
  result.bytes_.reserve(bytes);
  result.offsets_.reserve(entries.size() + 1);
  result.counts_.reserve(entries.size());
  result.slots_.assign(std::bit_ceil(entries.size() * 2 + 1), kNoToken);
  const std::size_t mask = result.slots_.size() - 1;
  if (rankOf) rankOf->resize(entries.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const Entry& entry = entries[order[rank]];
    result.bytes_ += entry.word;
    result.offsets_.push_back(result.bytes_.size());
    result.counts_.push_back(entry.count);
    result.totalCount_ += entry.count;
    if (rankOf) (*rankOf)[order[rank]] = static_cast<TokenId>(rank);
    std::size_t at = WordHash::of(entry.word) & mask;
    while (result.slots_[at] != kNoToken) at = (at + 1) & mask;
    result.slots_[at] = static_cast<TokenId>(rank);
  }
  return result;
}

std::optional<TokenId> Vocabulary::find(std::string_view word) const {
  if (slots_.empty()) return std::nullopt;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = WordHash::of(word) & mask; slots_[at] != kNoToken; at = (at + 1) & mask) {
    if (this->word(slots_[at]) == word) return slots_[at];
  }
  return std::nullopt;
}

std::size_t Vocabulary::keptWords(std::uint64_t minimumCount, std::size_t maximumWords) const {
  const auto frequentEnough = [&](std::uint64_t count) { return count >= minimumCount; };
  const auto end = std::partition_point(counts_.begin(), counts_.end(), frequentEnough);
  const auto kept = static_cast<std::size_t>(end - counts_.begin());
  return maximumWords == 0 ? kept : std::min(kept, maximumWords);
}

std::uint64_t Vocabulary::countOfFirst(std::size_t words) const {
  const auto end = counts_.begin() + static_cast<std::ptrdiff_t>(std::min(words, counts_.size()));
  return std::accumulate(counts_.begin(), end, std::uint64_t{0});
}

std::size_t Vocabulary::memoryBytes() const {
  return bytes_.capacity() + offsets_.capacity() * sizeof(std::uint64_t) +
         counts_.capacity() * sizeof(std::uint64_t) + slots_.capacity() * sizeof(TokenId);
}

}  // namespace lexarium
