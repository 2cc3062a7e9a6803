// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/corpus.h"

#include <algorithm>
#include <cassert>

namespace lexarium {

namespace {
constexpr std::uint8_t kWideGap = 255;  // the place stands in wide_
}

std::size_t Corpus::sentenceOf(TokenIndex token) const {
  assert(token < tokens_.size());
  const auto after = std::upper_bound(sentenceStarts_.begin(), sentenceStarts_.end(), token);
  return static_cast<std::size_t>(after - sentenceStarts_.begin()) - 1;
}

std::size_t Corpus::documentOf(TokenIndex token) const {
  assert(token < tokens_.size());
  const auto startsAfter = [](TokenIndex index, const Document& document) {
    return index < document.tokens.begin;
  };
  const auto after = std::upper_bound(documents_.begin(), documents_.end(), token, startsAfter);
  return static_cast<std::size_t>(after - documents_.begin()) - 1;
}

ByteRange Corpus::textRange(TokenIndex token) const {
  std::vector<ByteRange> ranges;
  ranges.reserve(1);
  textRanges({token, token + 1}, ranges);
  return ranges.front();
}

void Corpus::textRanges(TokenRange tokens, std::vector<ByteRange>& ranges) const {
  if (tokens.size() == 0) return;
  const TokenIndex first = documents_[documentOf(tokens.begin)].tokens.begin;
  const TokenIndex block = tokens.begin / kBlock * kBlock;
  // A block's offset is that of its first token; a document's first token is told from the document's start.
  TokenIndex at = std::max(first, block);
  std::uint64_t end = 0;
  if (block > first) end = blockOffsets_[block / kBlock] - (gaps_[block] == kWideGap ? 0 : gaps_[block]);
  const auto standsBefore = [](const WidePlace& place, TokenIndex index) { return place.token < index; };
  auto wide = std::lower_bound(wide_.begin(), wide_.end(), at, standsBefore);
  for (; at < tokens.end; ++at) {
    ByteRange range;
    if (gaps_[at] == kWideGap) {
      range = {wide->begin, wide->begin + wide->length};
      ++wide;
    } else {
      range.begin = end + gaps_[at];
      range.end = range.begin + lengths_[at];
    }
    end = range.end;
    if (at >= tokens.begin) ranges.push_back(range);
  }
}

std::optional<TokenIndex> Corpus::tokenAt(std::size_t document, std::uint64_t byte) const {
  const TokenRange tokens = documents_[document].tokens;
  // The last token that begins at or before the byte.
  TokenIndex low = tokens.begin;
  TokenIndex high = tokens.end;
  while (high - low > kBlock) {
    const TokenIndex middle = low + (high - low) / 2;
    (textRange(middle).begin <= byte ? low : high) = middle;
  }
  std::vector<ByteRange> ranges;
  textRanges({low, high}, ranges);
  const auto startsAfter = [](std::uint64_t at, const ByteRange& range) { return at < range.begin; };
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), byte, startsAfter);
  if (after == ranges.begin()) return std::nullopt;
  return low + static_cast<TokenIndex>(after - ranges.begin()) - 1;
}

std::uint64_t Corpus::textBytes() const {
  std::uint64_t bytes = 0;
  for (const Document& document : documents_) bytes += document.text.size();
  return bytes;
}

std::size_t Corpus::memoryBytes() const {
  std::size_t bytes = vocabulary_.memoryBytes() + tokens_.capacity() * sizeof(TokenId) +
                      sentenceStarts_.capacity() * sizeof(TokenIndex) + gaps_.capacity() +
                      lengths_.capacity() + blockOffsets_.capacity() * sizeof(std::uint64_t) +
                      wide_.capacity() * sizeof(WidePlace);
  for (const Document& document : documents_) {
    bytes += document.text.capacity() + document.checkpoints.capacity() * sizeof(Decoder::Checkpoint);
  }
  return bytes;
}

}  // namespace lexarium
