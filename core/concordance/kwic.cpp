// SPDX-License-Identifier: GPL-3.0-or-later
// Keyword in context. The hits of a word are known from the index; only the page asked for is turned into
// text. Sorting compares alphabetical ranks: a first pass counts how often each word stands at the first
// key's place, so that only the hits around the page have to be sorted at all.
#include <array>
#include <numeric>
#include <optional>

#include "core/concordance/concordance.h"
#include "core/concordance/context_text.h"

namespace lexarium {
namespace {

using Key = ConcordanceRequest::Key;
constexpr std::size_t kMaximumContextTokens = 200;
constexpr std::size_t kCancelEvery = 1u << 16;

struct Page {
  std::uint64_t first;
  std::uint64_t last;  // exclusive
};

/// Distinct words that occur, by id.
std::vector<TokenId> wordsWithHits(const PositionIndex& index, std::vector<TokenId> words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  const std::size_t size = index.corpus().vocabulary().size();
  std::erase_if(words, [&](TokenId id) { return id >= size || index.count(id) == 0; });
  return words;
}

/// How many documents have a hit: from each hit on to the first behind its document.
std::size_t countDocuments(const PositionIndex& index, const std::vector<TokenId>& words) {
  const Corpus& corpus = index.corpus();
  std::vector<bool> seen(corpus.documentCount(), false);
  for (const TokenId id : words) {
    const auto positions = index.positions(id);
    for (auto it = positions.begin(); it != positions.end();) {
      const std::size_t document = corpus.documentOf(*it);
      seen[document] = true;
      it = std::lower_bound(it, positions.end(), corpus.document(document).tokens.end);
    }
  }
  return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
}

/// How many hits stand before `token`.
std::uint64_t hitsBefore(const PositionIndex& index, const std::vector<TokenId>& words, TokenIndex token) {
  std::uint64_t hits = 0;
  for (const TokenId id : words) {
    const auto positions = index.positions(id);
    hits += static_cast<std::uint64_t>(std::lower_bound(positions.begin(), positions.end(), token) -
                                       positions.begin());
  }
  return hits;
}

/// The smallest token with `hits` hits before it. Each token holds one word, so that number is met exactly.
TokenIndex tokenWithHitsBefore(const PositionIndex& index, const std::vector<TokenId>& words,
                               std::uint64_t hits) {
  TokenIndex low = 0, high = index.corpus().tokens().size();
  while (low < high) {
    const TokenIndex middle = low + (high - low) / 2;
    if (hitsBefore(index, words, middle) < hits) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/// The page in reading order; never looks at hits outside it.
std::vector<TokenIndex> pageByPosition(const PositionIndex& index, const std::vector<TokenId>& words,
                                       Page page) {
  std::vector<TokenIndex> hits;
  if (words.size() == 1) {
    const auto slice = index.positions(words[0]).subspan(page.first, page.last - page.first);
    hits.assign(slice.begin(), slice.end());
    return hits;
  }
  const TokenIndex begin = tokenWithHitsBefore(index, words, page.first);
  const TokenIndex end = tokenWithHitsBefore(index, words, page.last);
  for (const TokenId id : words) {
    const auto positions = index.positions(id);
    const auto from = std::lower_bound(positions.begin(), positions.end(), begin);
    hits.insert(hits.end(), from, std::lower_bound(from, positions.end(), end));
  }
  std::sort(hits.begin(), hits.end());
  return hits;
}

/// Alphabetical rank of the word at the key's place; 0 beyond the document's ends, so that nothing sorts
/// first.
class SortKeys {
 public:
  SortKeys(const PositionIndex& index, const std::vector<Key>& order)
      : index_(index), corpus_(index.corpus()) {
    for (const Key key : order) {
      if (key == Key::Position || offsets_.size() == 3)
        break;  // nothing is left to decide behind the position
      offsets_.push_back(offsetOf(key));
    }
  }
  bool byPosition() const { return offsets_.empty(); }
  std::size_t levels() const { return offsets_.size(); }

  std::uint32_t rank(TokenIndex hit, std::size_t level) {
    if (hit < document_.begin || hit >= document_.end)
      document_ = corpus_.document(corpus_.documentOf(hit)).tokens;
    const TokenIndex place =
        hit + static_cast<TokenIndex>(offsets_[level]);  // wraps below 0: then not < end either
    if (place < document_.begin || place >= document_.end) return 0;
    return index_.alphabeticalRank(corpus_.tokens()[place]);
  }

 private:
  static std::int64_t offsetOf(Key key) {
    switch (key) {
      case Key::Left1:
        return -1;
      case Key::Left2:
        return -2;
      case Key::Left3:
        return -3;
      case Key::Right1:
        return 1;
      case Key::Right2:
        return 2;
      case Key::Right3:
        return 3;
      case Key::Node:
      case Key::Position:
        break;
    }
    return 0;
  }

  const PositionIndex& index_;
  const Corpus& corpus_;
  std::vector<std::int64_t> offsets_;
  TokenRange document_;  // of the hit before: hits come in reading order, so it seldom changes
};

struct KeyedHit {
  std::array<std::uint32_t, 3> ranks;
  std::uint32_t token;
  auto operator<=>(const KeyedHit&) const = default;
};

/// Calls use(hit) for all hits, word by word; false if cancelled.
template <class Use>
bool forEachHit(const PositionIndex& index, const std::vector<TokenId>& words, const TaskContext& context,
                Use&& use) {
  std::size_t done = 0;
  for (const TokenId id : words) {
    for (const std::uint32_t hit : index.positions(id)) {
      if (++done % kCancelEvery == 0 && context.stopRequested()) return false;
      use(hit);
    }
  }
  return !context.stopRequested();
}

/// Ranks [low, high] of the first key among which the page lies, and how many hits sort before them.
struct RankWindow {
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  std::uint64_t before = 0;
};

std::optional<RankWindow> windowOf(const PositionIndex& index, const std::vector<TokenId>& words,
                                   SortKeys& keys, Page page, const TaskContext& context) {
  std::vector<std::uint32_t> counts(index.corpus().vocabulary().size() + 1, 0);
  if (!forEachHit(index, words, context, [&](std::uint32_t hit) { ++counts[keys.rank(hit, 0)]; }))
    return std::nullopt;
  RankWindow window;
  std::uint64_t seen = 0;
  bool open = false;
  for (std::uint32_t rank = 0; rank < counts.size() && seen < page.last; ++rank) {
    if (!open && seen + counts[rank] > page.first) {
      window.low = rank;
      window.before = seen;
      open = true;
    }
    seen += counts[rank];
    window.high = rank;
  }
  return window;
}

Expected<std::vector<TokenIndex>> pageByKeys(const PositionIndex& index, const std::vector<TokenId>& words,
                                             SortKeys& keys, Page page, const TaskContext& context) {
  const auto window = windowOf(index, words, keys, page, context);
  if (!window) return cancelled();
  std::vector<KeyedHit> hits;
  const bool done = forEachHit(index, words, context, [&](std::uint32_t hit) {
    const std::uint32_t first = keys.rank(hit, 0);
    if (first < window->low || first > window->high) return;
    KeyedHit keyed{{first, 0, 0}, hit};
    for (std::size_t level = 1; level < keys.levels(); ++level) keyed.ranks[level] = keys.rank(hit, level);
    hits.push_back(keyed);
  });
  if (!done) return cancelled();
  const auto begin = hits.begin() + static_cast<std::ptrdiff_t>(page.first - window->before);
  const auto end = hits.begin() + static_cast<std::ptrdiff_t>(page.last - window->before);
  std::nth_element(hits.begin(), begin, hits.end());
  if (context.stopRequested()) return cancelled();
  std::partial_sort(begin, end, hits.end());
  std::vector<TokenIndex> result;
  std::transform(begin, end, std::back_inserter(result), [](const KeyedHit& hit) { return hit.token; });
  return result;
}

ConcordanceLine makeLine(const Corpus& corpus, TokenIndex token, std::size_t contextTokens) {
  ConcordanceLine line;
  line.token = token;
  line.document = corpus.documentOf(token);
  const Document& document = corpus.document(line.document);
  const TokenRange all = document.tokens;
  const TokenRange shown{token - std::min<TokenIndex>(contextTokens, token - all.begin),
                         token + 1 + std::min<TokenIndex>(contextTokens, all.end - token - 1)};
  line.node = corpus.textRange(token);
  const std::string_view text = document.text;
  const std::size_t limit = contextByteLimit(contextTokens);
  // At the ends of a document also what stands outside its words (a quotation mark, the last full stop).
  const std::uint64_t begin = shown.begin == all.begin ? 0 : corpus.textRange(shown.begin).begin;
  const std::uint64_t end = shown.end == all.end ? text.size() : corpus.textRange(shown.end - 1).end;
  line.left = contextText(text.substr(begin, line.node.begin - begin), ContextSide::Left, limit);
  line.middle = contextText(text.substr(line.node.begin, line.node.end - line.node.begin), ContextSide::Node,
                            kMaximumTokenBytes);
  line.right = contextText(text.substr(line.node.end, end - line.node.end), ContextSide::Right, limit);
  return line;
}

}  // namespace

Expected<Concordance> concordance(const PositionIndex& index, const ConcordanceRequest& request,
                                  const TaskContext& context) {
  const std::vector<TokenId> words = wordsWithHits(index, request.words);
  Concordance result;
  for (const TokenId id : words) result.hits += index.count(id);
  result.documents = countDocuments(index, words);
  const std::uint64_t first = std::min<std::uint64_t>(request.first, result.hits);
  const Page page{first, first + std::min<std::uint64_t>(request.limit, result.hits - first)};
  if (page.first == page.last) return result;

  SortKeys keys(index, request.order);
  auto hits = keys.byPosition() ? Expected<std::vector<TokenIndex>>(pageByPosition(index, words, page))
                                : pageByKeys(index, words, keys, page, context);
  if (!hits) return tl::unexpected<Error>(hits.error());
  result.lines.reserve(hits->size());
  for (const TokenIndex hit : *hits) {
    if (context.stopRequested()) return cancelled();
    result.lines.push_back(
        makeLine(index.corpus(), hit, std::min(request.contextTokens, kMaximumContextTokens)));
  }
  return result;
}

}  // namespace lexarium
