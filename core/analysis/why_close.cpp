// SPDX-License-Identifier: GPL-3.0-or-later
// Two passes over the places of the two words: the first counts their contexts, the second weighs places. The
// formulas are in the header.
#include "core/analysis/why_close.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <unordered_set>

namespace lexarium {
namespace {

constexpr double kSmoothing = 0.75;
constexpr std::size_t kCancelEvery = 4096;  // places
/// What a window may look at to find its words among those that are passed over.
constexpr std::size_t kLongestReach = 1000;
/// A context with less than this of the share of the largest in its window is not pointed out.
constexpr float kNoticed = 0.2f;

/// What two passes need of the text.
class Places {
 public:
  Places(const PositionIndex& index, const WhyCloseRequest& request)
      : index_(index),
        request_(request),
        window_(std::clamp<std::size_t>(request.window, 1, 100)),
        words_(request.words == 0 ? corpus().vocabulary().size()
                                  : std::min(request.words, corpus().vocabulary().size())) {}

  const Corpus& corpus() const { return index_.corpus(); }
  std::size_t words() const { return words_; }
  std::size_t window() const { return window_; }

  std::uint64_t lookedAt(TokenId word) const {
    return std::min<std::uint64_t>(index_.count(word), std::max<std::size_t>(1, request_.sample));
  }

  /// Calls work(token) for the places of a word, evenly sampled; false if cancelled.
  template <class Work>
  bool forEach(TokenId word, const TaskContext& context, double from, double to, Work&& work) const {
    const std::uint64_t all = index_.count(word), some = lookedAt(word);
    for (std::uint64_t i = 0; i < some; ++i) {
      if (i % kCancelEvery == 0) {
        if (context.stopRequested()) return false;
        context.report(from + (to - from) * static_cast<double>(i) / static_cast<double>(some),
                       "Reading the places of both words");
      }
      // i * all / some without overflow: both are below 2^32.
      work(static_cast<TokenIndex>(index_.position(word, static_cast<std::size_t>(i * all / some))));
    }
    return true;
  }

  /// The piece of text that windows around this token stay in.
  TokenRange bounds(TokenIndex token) const {
    if (request_.crossSentences) return corpus().document(corpus().documentOf(token)).tokens;
    return corpus().sentence(corpus().sentenceOf(token));
  }

  /// Calls work(context token, distance) for the words of the window that are kept; a and b count for the
  /// distance, but are the caller's to sort out.
  template <class Work>
  void forWindow(TokenIndex token, Work&& work) const {
    const TokenRange range = bounds(token);
    const auto tokens = corpus().tokens();
    const TokenIndex first = token - std::min<TokenIndex>(token - range.begin, kLongestReach);
    const TokenIndex last = std::min<TokenIndex>(range.end, token + kLongestReach);
    std::size_t distance = 0;
    for (TokenIndex i = token; i > first && distance < window_;) {
      if (tokens[--i] < words_) work(i, ++distance);
    }
    distance = 0;
    for (TokenIndex i = token + 1; i < last && distance < window_; ++i) {
      if (tokens[i] < words_) work(i, ++distance);
    }
  }

 private:
  const PositionIndex& index_;
  const WhyCloseRequest& request_;
  std::size_t window_;
  std::size_t words_;
};

/// How often each context stands in the windows of a word.
struct ContextCounts {
  std::vector<std::uint32_t> times;  // by id
  std::vector<float> weighted;       // by id, by distance
  double total = 0;                  // of weighted
};

/// Nothing if cancelled.
bool countContexts(const Places& places, TokenId word, const TaskContext& context, double from, double to,
                   ContextCounts& counts) {
  counts.times.assign(places.words(), 0);
  counts.weighted.assign(places.words(), 0);
  const auto tokens = places.corpus().tokens();
  const auto length = static_cast<float>(places.window());
  return places.forEach(word, context, from, to, [&](TokenIndex token) {
    places.forWindow(token, [&](TokenIndex at, std::size_t distance) {
      const float weight = (length + 1 - static_cast<float>(distance)) / length;
      ++counts.times[tokens[at]];
      counts.weighted[tokens[at]] += weight;
      counts.total += static_cast<double>(weight);
    });
  });
}

/// M(w, c) for one word and all contexts.
class Weights {
 public:
  Weights(const Vocabulary& vocabulary, TokenId word, const ContextCounts& counts, double smoothedTotal)
      : vocabulary_(vocabulary), word_(word), counts_(counts), smoothedTotal_(smoothedTotal) {}

  double operator()(TokenId c) const {
    const double times = counts_.times[c];
    if (times <= 0) return 0;
    const double given = static_cast<double>(counts_.weighted[c]) / counts_.total;
    const double expected = std::pow(static_cast<double>(vocabulary_.count(c)), kSmoothing) / smoothedTotal_;
    const double information = std::log(given / expected);
    if (!(information > 0)) return 0;
    const auto rarer = static_cast<double>(std::min(vocabulary_.count(word_), vocabulary_.count(c)));
    return information * times / (times + 1) * rarer / (rarer + 1);
  }

 private:
  const Vocabulary& vocabulary_;
  TokenId word_;
  const ContextCounts& counts_;
  double smoothedTotal_;
};

double smoothedTotal(const Vocabulary& vocabulary, std::size_t words) {
  double total = 0;
  for (const std::uint64_t count : vocabulary.counts().first(words)) {
    total += std::pow(static_cast<double>(count), kSmoothing);
  }
  return total;
}

/// Fills contexts, contextCosine, sharedContexts; returns the share of every id.
std::vector<float> shareOut(const Places& places, const WhyCloseRequest& request,
                            const std::array<ContextCounts, 2>& counts, WhyClose& result) {
  const Vocabulary& vocabulary = places.corpus().vocabulary();
  const double smoothed = smoothedTotal(vocabulary, places.words());
  const Weights weightsA(vocabulary, request.a, counts[0], smoothed);
  const Weights weightsB(vocabulary, request.b, counts[1], smoothed);
  double sum = 0, squaresA = 0, squaresB = 0;
  for (TokenId c = 0; c < places.words(); ++c) {
    if (c == request.a || c == request.b) continue;
    const double a = weightsA(c), b = weightsB(c);
    squaresA += a * a;
    squaresB += b * b;
    if (a * b <= 0) continue;
    sum += a * b;
    result.contexts.push_back({c, a * b, {counts[0].times[c], counts[1].times[c]}, {a, b}});
  }
  std::vector<float> shares(places.words(), 0);
  for (SharedContext& context : result.contexts) {
    context.share /= sum;
    shares[context.id] = static_cast<float>(context.share);
  }
  result.sharedContexts = result.contexts.size();
  result.contextCosine = sum > 0 ? sum / std::sqrt(squaresA * squaresB) : 0;
  const auto end = result.contexts.begin() +
                   static_cast<std::ptrdiff_t>(std::min(request.contexts, result.contexts.size()));
  std::partial_sort(result.contexts.begin(), end, result.contexts.end(), [](const auto& x, const auto& y) {
    return x.share != y.share ? x.share > y.share : x.id < y.id;
  });
  result.contexts.erase(end, result.contexts.end());
  return shares;
}

/// Finds the places of one word that hold the most. Keeps more than asked for, because some will turn out to
/// read the same.
class PlaceRanking {
 public:
  PlaceRanking(const Places& places, const WhyCloseRequest& request, const std::vector<float>& shares)
      : places_(places), request_(request), shares_(shares), kept_(16 * request.places + 64) {}

  void consider(TokenIndex token) {
    seen_.clear();
    double share = 0;
    bool has = request_.mustHave == kNoToken;
    places_.forWindow(token, [&](TokenIndex at, std::size_t) {
      const TokenId id = places_.corpus().tokens()[at];
      has = has || id == request_.mustHave;
      if (shares_[id] <= 0 || std::find(seen_.begin(), seen_.end(), id) != seen_.end()) return;
      seen_.push_back(id);
      share += static_cast<double>(shares_[id]);
    });
    if (!has || share <= 0) return;
    best_.push_back({share, token});
    if (best_.size() >= 2 * kept_) shrink();
  }

  /// The best ones; of those whose sentences overlap and of those that read the same only the first.
  std::vector<EvidencePlace> take(TokenId word) {
    std::sort(best_.begin(), best_.end(), before);
    std::vector<EvidencePlace> result;
    std::unordered_set<std::u32string> texts;
    for (const Candidate& candidate : best_) {
      if (result.size() >= request_.places) break;
      EvidencePlace place = describe(word, candidate);
      const bool overlaps = std::any_of(result.begin(), result.end(), [&](const EvidencePlace& other) {
        return place.shown.begin < other.shown.end && other.shown.begin < place.shown.end;
      });
      if (overlaps) continue;
      const auto tokens = places_.corpus().tokens().subspan(place.shown.begin, place.shown.size());
      if (!texts.insert(std::u32string(tokens.begin(), tokens.end())).second) continue;
      result.push_back(std::move(place));
    }
    return result;
  }

 private:
  struct Candidate {
    double share;
    TokenIndex token;
  };
  static bool before(const Candidate& x, const Candidate& y) {
    return x.share != y.share ? x.share > y.share : x.token < y.token;
  }

  void shrink() {
    const auto middle = best_.begin() + static_cast<std::ptrdiff_t>(kept_);
    std::nth_element(best_.begin(), middle, best_.end(), before);
    best_.erase(middle, best_.end());
  }

  EvidencePlace describe(TokenId word, const Candidate& candidate) const {
    const Corpus& corpus = places_.corpus();
    EvidencePlace place{word, candidate.token, {}, candidate.share, {}};
    float largest = 0;
    places_.forWindow(candidate.token, [&](TokenIndex at, std::size_t) {
      largest = std::max(largest, shares_[corpus.tokens()[at]]);
    });
    places_.forWindow(candidate.token, [&](TokenIndex at, std::size_t) {
      const TokenId id = corpus.tokens()[at];
      const bool noticed = shares_[id] >= kNoticed * largest || id == request_.mustHave;
      if (shares_[id] > 0 && noticed) place.contexts.push_back(at);
    });
    std::sort(place.contexts.begin(), place.contexts.end());
    place.shown = corpus.sentence(corpus.sentenceOf(candidate.token));
    // Where windows cross sentences, a context may stand outside.
    place.shown.begin = std::min(place.shown.begin, place.contexts.front());
    place.shown.end = std::max(place.shown.end, place.contexts.back() + 1);
    if (place.shown.size() > request_.longestShown) {
      const TokenIndex half = request_.longestShown / 2;
      const TokenIndex begin = std::max(place.shown.begin, candidate.token - std::min(candidate.token, half));
      place.shown = {begin, std::min(place.shown.end, candidate.token + half + 1)};
    }
    return place;
  }

  const Places& places_;
  const WhyCloseRequest& request_;
  const std::vector<float>& shares_;
  std::size_t kept_;
  std::vector<Candidate> best_;
  std::vector<TokenId> seen_;
};

}  // namespace

Expected<WhyClose> whyClose(const PositionIndex& index, const WhyCloseRequest& request,
                            const TaskContext& context) try {
  const Places places(index, request);
  const TokenId both[] = {request.a, request.b};
  if (std::max(request.a, request.b) >= places.corpus().vocabulary().size()) {
    return makeError("A word that was asked for is not in the text", places.corpus().title(),
                     "Select words of this text");
  }
  WhyClose result;
  std::array<ContextCounts, 2> counts;
  for (std::size_t i = 0; i < 2; ++i) {
    result.places[i] = index.count(both[i]);
    result.lookedAt[i] = places.lookedAt(both[i]);
    const double from = 0.25 * static_cast<double>(i);
    if (!countContexts(places, both[i], context, from, from + 0.25, counts[i])) return cancelled();
  }
  if (request.a == request.b) return result;
  if (request.b < places.words()) result.meetings = counts[0].times[request.b];
  const std::vector<float> shares = shareOut(places, request, counts, result);
  for (std::size_t i = 0; i < 2; ++i) {
    PlaceRanking ranking(places, request, shares);
    const double from = 0.5 + 0.25 * static_cast<double>(i);
    const bool done = places.forEach(both[i], context, from, from + 0.25,
                                     [&](TokenIndex token) { ranking.consider(token); });
    if (!done) return cancelled();
    for (EvidencePlace& place : ranking.take(both[i])) result.evidence.push_back(std::move(place));
  }
  std::stable_sort(result.evidence.begin(), result.evidence.end(),
                   [](const auto& x, const auto& y) { return x.share > y.share; });
  return result;
} catch (const std::bad_alloc&) {
  return makeError("There is not enough memory to compare these words", index.corpus().title(),
                   "Close other programs");
}

}  // namespace lexarium
