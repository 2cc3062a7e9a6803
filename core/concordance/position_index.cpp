// SPDX-License-Identifier: GPL-3.0-or-later
#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include <limits>
#include <new>
#include <numeric>

#include "core/concordance/concordance.h"

namespace lexarium {
namespace {

constexpr std::size_t kCancelEvery = 1u << 20;

/// Calls work(begin, end) over [0, size) in pieces; false if cancelled.
template <class Work>
bool inPieces(std::size_t size, const TaskContext& context, double from, double to, Work&& work) {
  for (std::size_t begin = 0; begin < size; begin += kCancelEvery) {
    if (context.stopRequested()) return false;
    context.report(from + (to - from) * static_cast<double>(begin) / static_cast<double>(size),
                   "Indexing the text");
    work(begin, std::min(size, begin + kCancelEvery));
  }
  return !context.stopRequested();
}

/// All words in folded form, one after the other, in the order of their ids.
struct FoldedWords {
  std::string bytes;
  std::vector<std::size_t> offsets{0};

  std::string_view word(TokenId id) const {
    return std::string_view(bytes).substr(offsets[id], offsets[id + 1] - offsets[id]);
  }
};

FoldedWords foldAll(const Vocabulary& vocabulary) {
  FoldedWords folded;
  folded.offsets.reserve(vocabulary.size() + 1);
  icu::StringByteSink<std::string> sink(&folded.bytes);
  for (TokenId id = 0; id < vocabulary.size(); ++id) {
    const std::string_view word = vocabulary.word(id);
    UErrorCode status = U_ZERO_ERROR;
    icu::CaseMap::utf8Fold(0, {word.data(), static_cast<int32_t>(word.size())}, sink, nullptr, status);
    folded.offsets.push_back(folded.bytes.size());
  }
  return folded;
}

/// The first eight bytes as a number that compares as they do: settles most comparisons without touching the
/// words.
std::uint64_t prefixOf(std::string_view word) {
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    prefix = prefix << 8 | (i < word.size() ? static_cast<unsigned char>(word[i]) : 0u);
  }
  return prefix;
}

std::vector<std::uint32_t> alphabeticalRanks(const Vocabulary& vocabulary) {
  const FoldedWords folded = foldAll(vocabulary);
  struct Entry {
    std::uint64_t prefix;
    TokenId id;
  };
  std::vector<Entry> order;
  order.reserve(vocabulary.size());
  for (TokenId id = 0; id < vocabulary.size(); ++id) order.push_back({prefixOf(folded.word(id)), id});
  std::sort(order.begin(), order.end(), [&](const Entry& a, const Entry& b) {
    return a.prefix != b.prefix ? a.prefix < b.prefix : folded.word(a.id) < folded.word(b.id);
  });
  std::vector<std::uint32_t> ranks(vocabulary.size());
  std::uint32_t rank = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || folded.word(order[i].id) != folded.word(order[i - 1].id)) ++rank;
    ranks[order[i].id] = rank;
  }
  return ranks;
}

}  // namespace

Expected<std::shared_ptr<const PositionIndex>> PositionIndex::build(std::shared_ptr<const Corpus> corpus,
                                                                    const TaskContext& context) try {
  const auto tokens = corpus->tokens();
  if (tokens.size() > std::numeric_limits<std::uint32_t>::max()) {
    return makeError(
        "The text has more than four thousand million words, too many for the index of its words",
        corpus->title(), "Open a part of it");
  }
  auto index = std::make_shared<PositionIndex>();
  index->corpus_ = corpus;
  auto& offsets = index->offsets_;
  offsets.assign(corpus->vocabulary().size() + 1, 0);
  const bool counted = inPieces(tokens.size(), context, 0, 0.3, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) ++offsets[tokens[i] + 1];
  });
  if (!counted) return cancelled();
  std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
  // A counting sort: offsets[id] runs from the beginning of the word's places to their end, which is the
  // beginning of the next word's; shifting them by one afterwards restores the beginnings.
  index->positions_.resize(tokens.size());
  const bool placed = inPieces(tokens.size(), context, 0.3, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      index->positions_[offsets[tokens[i]]++] = static_cast<std::uint32_t>(i);
  });
  if (!placed) return cancelled();
  std::move_backward(offsets.begin(), offsets.end() - 1, offsets.end());
  offsets.front() = 0;
  index->ranks_ = alphabeticalRanks(corpus->vocabulary());
  return std::shared_ptr<const PositionIndex>(std::move(index));
} catch (const std::bad_alloc&) {
  return makeError("There is not enough memory for the index of the words", corpus->title(),
                   "Close other programs");
}

std::size_t PositionIndex::memoryBytes() const {
  return offsets_.capacity() * sizeof(std::uint64_t) +
         (positions_.capacity() + ranks_.capacity()) * sizeof(std::uint32_t);
}

}  // namespace lexarium
