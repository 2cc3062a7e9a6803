// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/teaching_pair.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/joint_places.h"

namespace lexarium {
namespace {

constexpr int kTries = 200;      // places of a random example
constexpr double kAlpha = 0.75;  // of GloVe's weighting, Pennington et al. 2014, equation 9
constexpr std::size_t kJointLimit = 10'000;

std::string quoted(const Corpus& corpus, TokenId word) {
  return '"' + std::string(corpus.vocabulary().word(word)) + '"';
}

}  // namespace

RowRequest TeachingPair::rows() const {
  RowRequest request;
  std::vector<std::uint32_t> outputs;
  if (kind == Kind::Cell) {
    outputs = context;
  } else {
    for (const Target& target : targets) outputs.push_back(target.row);
  }
  request.merge({kind == Kind::Cbow ? context : std::vector<TokenId>{centre}, outputs});
  request.merge({others, {}});
  return request;
}

Expected<std::shared_ptr<const TeachingSampler>> TeachingSampler::create(
    const std::string& modelId, const ParamSet& params, std::shared_ptr<const Corpus> corpus) {
  const CooccurrenceRule rule = CooccurrenceRule::fromParams(params);
  auto text = TrainingText::create(corpus, rule.limits);
  if (!text) return tl::unexpected(text.error());
  std::shared_ptr<TeachingSampler> sampler(new TeachingSampler(std::move(*text)));
  sampler->corpus_ = std::move(corpus);
  sampler->params_ = params;
  sampler->window_ = rule.window;
  if (modelId == "glove") {
    sampler->kind_ = TeachingPair::Kind::Cell;
    return sampler;
  }
  if (modelId != "skip-gram" && modelId != "cbow") {
    return makeError("There is no step by step view of this model", modelId,
                     "Choose skip-gram, CBOW or GloVe");
  }
  sampler->kind_ = modelId == "cbow" ? TeachingPair::Kind::Cbow : TeachingPair::Kind::SkipGram;
  const TrainingText& kept = sampler->text_;
  sampler->thresholds_ =
      subsamplingThresholds(kept.counts(), kept.keptTokens(), params.getNumber("subsample"));
  if (params.getChoice("objective") == "hierarchical-softmax") {
    sampler->tree_ = HuffmanTree(kept.counts());
  } else {
    sampler->negatives_ = static_cast<std::size_t>(params.getInt("negatives"));
    sampler->noise_ = AliasTable(noiseWeights(kept.counts()));
  }
  const bool share = !params.contains("share_negatives") || params.getBool("share_negatives");
  sampler->shared_ = modelId == "skip-gram" && (sampler->negatives_ == 0 || share);
  return sampler;
}

Expected<TeachingPair> TeachingSampler::pick(Rng& rng, std::optional<TokenId> centre,
                                             std::optional<TokenId> other, const TaskContext& context) const {
  for (const auto& word : {centre, other}) {
    if (word && *word >= corpus_->vocabulary().size()) {
      return makeError("The text does not have this word", corpus_->title(), "Choose another word");
    }
    if (word && !text_.keeps(*word)) {
      return makeError("The model does not learn " + quoted(*corpus_, *word), {},
                       "Lower the minimum count or choose another word");
    }
  }
  for (int attempt = 0; attempt < kTries; ++attempt) {
    if (context.stopRequested()) return cancelled();
    const auto place = choosePlace(rng, centre, other, context);
    if (!place) return tl::unexpected(place.error());
    auto pair = pairAt(*place, rng, other);
    if (!pair) continue;
    if (kind_ == TeachingPair::Kind::Cell) {
      if (auto counted = countCell(*pair, context); !counted) return tl::unexpected(counted.error());
    } else {
      drawTargets(*pair, rng);
    }
    return *std::move(pair);
  }
  if (centre) {
    return makeError("No word that the model learns stands beside " + quoted(*corpus_, *centre), {},
                     "Choose another word");
  }
  return makeError("No two words stand together in this text", corpus_->title(), "Open a longer text");
}

Expected<TokenIndex> TeachingSampler::choosePlace(Rng& rng, std::optional<TokenId> centre,
                                                  std::optional<TokenId> other,
                                                  const TaskContext& context) const {
  const auto tokens = text_.tokens();
  const auto random = [&](std::size_t count) {
    return static_cast<std::size_t>(rng.uniform() * static_cast<double>(count));
  };
  if (!centre) return random(tokens.size());
  if (other) {
    CooccurrenceRule rule = CooccurrenceRule::fromParams(params_);
    const auto joint = jointPlaces(corpus_, rule, *centre, *other, kJointLimit, context);
    if (!joint) return tl::unexpected(joint.error());
    if (joint->places.empty()) {
      return makeError(quoted(*corpus_, *centre) + " and " + quoted(*corpus_, *other) +
                           " never stand within " + std::to_string(window_) + " words of each other",
                       {}, "Select two words that do, or one word alone");
    }
    const JointPlace& place = joint->places[random(joint->places.size())];
    return tokens[place.first] == *centre ? place.first : place.second;
  }
  const std::uint64_t wanted = random(corpus_->vocabulary().count(*centre));
  std::uint64_t seen = 0;
  for (TokenIndex token = 0; token < tokens.size(); ++token) {
    if (tokens[token] == *centre && seen++ == wanted) return token;
  }
  return makeError("The text does not have " + quoted(*corpus_, *centre));
}

/// The next word to one side that the model reads: kept, and not thinned out (but never a word that was asked
/// for). `place` moves there; false at the end of the piece.
bool TeachingSampler::walk(TokenIndex& place, TokenIndex end, bool left, Rng& rng,
                           std::optional<TokenId> other) const {
  while (place != end) {
    left ? --place : ++place;
    if (!left && place == end) return false;
    const TokenId word = text_.tokens()[place];
    if (!text_.keeps(word)) continue;
    const std::uint32_t threshold = thresholds_.empty() ? ~std::uint32_t{0} : thresholds_[word];
    if (static_cast<std::uint32_t>(rng.next() >> 32) <= threshold || word == other) return true;
  }
  return false;
}

/// The example around a place, if there is one: read as the model reads its pieces.
std::optional<TeachingPair> TeachingSampler::pairAt(TokenIndex place, Rng& rng,
                                                    std::optional<TokenId> other) const {
  const auto bounds = text_.bounds();
  const auto bound = std::upper_bound(bounds.begin(), bounds.end(), place);
  if (!text_.keeps(text_.tokens()[place]) || bound == bounds.begin() || bound == bounds.end()) return {};
  // Word2Vec draws how far it looks; GloVe looks at the whole window, and so does who asks for two words.
  const bool whole = kind_ == TeachingPair::Kind::Cell || other;
  const std::size_t reach = whole ? window_ : 1 + rng.below(window_);
  std::vector<TokenIndex> around;
  for (const bool left : {true, false}) {
    TokenIndex at = place;
    for (std::size_t n = 0; n < reach && walk(at, left ? *(bound - 1) : *bound, left, rng, other); ++n)
      around.push_back(at);
  }
  std::sort(around.begin(), around.end());
  TeachingPair pair;
  pair.kind = kind_;
  pair.tree = negatives_ == 0;
  pair.centre = text_.tokens()[place];
  pair.centrePlace = place;
  pair.window = around;
  std::vector<TokenIndex> eligible = around;
  if (other) std::erase_if(eligible, [&](TokenIndex at) { return text_.tokens()[at] != *other; });
  if (eligible.empty()) return {};
  pair.contextPlaces = kind_ == TeachingPair::Kind::Cbow
                           ? around
                           : std::vector{eligible[rng.below(static_cast<std::uint32_t>(eligible.size()))]};
  for (const TokenIndex at : pair.contextPlaces) pair.context.push_back(text_.tokens()[at]);
  if (shared_) turnAround(pair);
  return pair;
}

/// Where a window shares its targets each of its words finds the one in the middle, not the other way round.
void TeachingSampler::turnAround(TeachingPair& pair) const {
  std::swap(pair.centre, pair.context.front());
  std::swap(pair.centrePlace, pair.contextPlaces.front());
  for (const TokenIndex place : pair.window) {
    if (place != pair.centrePlace) pair.others.push_back(text_.tokens()[place]);
  }
}

/// As Word2VecTables::drawTargets().
void TeachingSampler::drawTargets(TeachingPair& pair, Rng& rng) const {
  const TokenId word = pair.predicted();
  if (negatives_ == 0) {
    for (const TreeStep& step : tree_.path(word))
      pair.targets.push_back({step.node, step.turn == 1 ? Real{1} : Real{-1}});
    return;
  }
  pair.targets.push_back({word, 1});
  for (std::size_t n = 0; n < negatives_; ++n) {
    const std::uint32_t noise = noise_.draw(rng);
    if (noise != word) pair.targets.push_back({noise, -1});
  }
}

Expected<void> TeachingSampler::countCell(TeachingPair& pair, const TaskContext& context) const {
  const auto joint = jointPlaces(corpus_, CooccurrenceRule::fromParams(params_), pair.centre,
                                 pair.context.front(), 0, context);
  if (!joint) return tl::unexpected(joint.error());
  pair.count = joint->weight;
  pair.maximum = params_.getNumber("x_max");
  pair.weight = std::min(1.0, std::pow(pair.count / pair.maximum, kAlpha));
  return {};
}

}  // namespace lexarium
