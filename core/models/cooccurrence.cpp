// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/cooccurrence.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <limits>

#include "core/base/memory.h"

namespace lexarium {
namespace {

// The rows are counted one after the other: all places of word i are looked up in an index, and its
// neighbours summed in one array. Ids are ranks, and of each pair the more frequent word is the column, so
// nearly all sums fall on the first pages of that array, which stay in the cache. No hash table, no sorting,
// no merging of files: one core counts the 17 million words of a Wikipedia extract in the time that
// Stanford's tool needs to sort them.

constexpr TokenId kBreak = kNoToken;  // between two pieces

/// Kept words in reading order with breaks between pieces, and where each word stands.
struct Places {
  std::vector<TokenId> words;
  std::vector<std::uint64_t> offsets;  // of each word's places; words + 1
  std::vector<std::uint32_t> places;
};

/// Gives up half-way when asked to stop.
Places findPlaces(const TrainingText& text, const TaskContext& context) {
  Places found;
  const auto bounds = text.bounds();
  found.words.reserve(text.keptTokens() + bounds.size());
  for (std::size_t b = 0; b + 1 < bounds.size(); ++b) {
    if (b % 1024 == 0 && context.stopRequested()) return found;
    found.words.push_back(kBreak);
    for (TokenIndex t = bounds[b]; t < bounds[b + 1]; ++t) {
      if (text.keeps(text.tokens()[t])) found.words.push_back(text.tokens()[t]);
    }
    if (found.words.back() == kBreak) found.words.pop_back();
  }
  found.words.push_back(kBreak);

  found.offsets.assign(text.words() + 1, 0);
  for (std::size_t i = 0; i < text.words(); ++i) found.offsets[i + 1] = found.offsets[i] + text.counts()[i];
  found.places.resize(text.keptTokens());
  std::vector<std::uint64_t> next(found.offsets.begin(), found.offsets.end() - 1);
  for (std::size_t place = 0; place < found.words.size(); ++place) {
    const TokenId word = found.words[place];
    if (place % (1 << 18) == 0 && context.stopRequested()) return found;
    if (word != kBreak) found.places[next[word]++] = static_cast<std::uint32_t>(place);
  }
  return found;
}

/// The cells of rows [firstRow, lastRow).
class RowCounter {
 public:
  RowCounter(const Places& places, std::uint32_t window, std::size_t lastRow)
      : places_(places), window_(window), sums_(lastRow, 0.0) {
    for (std::uint32_t d = 1; d <= window; ++d) closeness_.push_back(1.0 / d);
  }

  void count(TokenId row, std::vector<CooccurrenceCell>& cells) {
    for (std::uint64_t p = places_.offsets[row]; p < places_.offsets[row + 1]; ++p) {
      // The breaks at both ends of the text stop every walk.
      const TokenId* centre = places_.words.data() + places_.places[p];
      for (std::uint32_t d = 1; d <= window_ && centre[d] != kBreak; ++d) add(row, centre[d], d);
      for (std::uint32_t d = 1; d <= window_ && *(centre - d) != kBreak; ++d) add(row, *(centre - d), d);
    }
    for (const TokenId column : touched_) {
      cells.push_back({row, column, static_cast<float>(sums_[column])});
      sums_[column] = 0;
    }
    touched_.clear();
  }

 private:
  void add(TokenId row, TokenId column, std::uint32_t distance) {
    if (column > row) return;
    if (sums_[column] == 0) touched_.push_back(column);
    sums_[column] += closeness_[distance - 1];
  }

  const Places& places_;
  std::uint32_t window_;
  std::vector<double> closeness_;
  std::vector<double> sums_;
  std::vector<TokenId> touched_;
};

/// Row bounds of shards with about equally many tokens; set by the text, not by the threads.
std::vector<std::size_t> cutRows(const TrainingText& text, std::size_t shards) {
  std::vector<std::size_t> cuts{0};
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < text.words(); ++i) {
    seen += text.counts()[i];
    if (seen * shards >= text.keptTokens() * cuts.size() && cuts.size() < shards) cuts.push_back(i + 1);
  }
  if (cuts.back() != text.words()) cuts.push_back(text.words());
  return cuts;
}

}  // namespace

Expected<std::vector<CooccurrenceCell>> countCooccurrences(const TrainingText& text, std::uint32_t window,
                                                           ThreadPool& pool, std::uint64_t memoryLimit,
                                                           const TaskContext& context) {
  const auto tooLarge = [&] {
    return makeError("The co-occurrence counts need more than " + formatBytes(memoryLimit) + " of memory",
                     text.corpus().title(),
                     "Raise the minimum count, limit the vocabulary or take a smaller window");
  };
  const std::uint64_t indexBytes = (text.keptTokens() * 2 + text.bounds().size()) * sizeof(std::uint32_t);
  if (indexBytes > memoryLimit ||
      text.keptTokens() + text.bounds().size() > std::numeric_limits<std::uint32_t>::max()) {
    return tooLarge();
  }
  context.report(0, "Finding words");
  const Places places = findPlaces(text, context);
  if (context.stopRequested()) return cancelled();

  constexpr std::size_t kShards = 256;
  constexpr std::size_t kWave = 16;  // shards between two reports
  const std::vector<std::size_t> cuts = cutRows(text, kShards);
  const std::size_t shards = cuts.size() - 1;
  std::vector<std::vector<CooccurrenceCell>> parts(shards);
  std::atomic<std::uint64_t> cellCount = 0;
  const std::uint64_t cellLimit = (memoryLimit - indexBytes) / sizeof(CooccurrenceCell);
  for (std::size_t first = 0; first < shards; first += kWave) {
    context.report(static_cast<double>(first) / static_cast<double>(shards), "Counting co-occurrences");
    pool.parallelFor(std::min(kWave, shards - first), [&](std::size_t i) {
      const std::size_t shard = first + i;
      RowCounter counter(places, window, cuts[shard + 1]);
      for (std::size_t row = cuts[shard]; row < cuts[shard + 1]; ++row) {
        if (context.stopRequested() || cellCount > cellLimit) return;
        const std::size_t before = parts[shard].size();
        counter.count(static_cast<TokenId>(row), parts[shard]);
        cellCount += parts[shard].size() - before;
      }
    });
    if (context.stopRequested()) return cancelled();
    if (cellCount > cellLimit) return tooLarge();
  }

  // Pages of the whole are touched as those of the parts are given back: the sum stays about the same.
  std::vector<CooccurrenceCell> cells;
  cells.reserve(cellCount);
  for (auto& part : parts) {
    if (context.stopRequested()) return cancelled();
    cells.insert(cells.end(), part.begin(), part.end());
    std::vector<CooccurrenceCell>().swap(part);
  }
  return cells;
}

}  // namespace lexarium
