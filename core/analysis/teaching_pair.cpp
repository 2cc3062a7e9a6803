// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/teaching_pair.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/joint_places.h"
#include "core/analysis/pieces.h"

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
  return sampler;
}

Expected<TeachingPair> TeachingSampler::pick(Rng& rng, std::optional<TokenId> centre,
                                             std::optional<TokenId> other, const TaskContext& context) const {
  for (const auto& word : {centre, other}) {
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

/// The example around a place, if there is one: its piece is read as the model reads it, with the very
/// frequent words thinned out (but never the words that were asked for).
std::optional<TeachingPair> TeachingSampler::pairAt(TokenIndex place, Rng& rng,
                                                    std::optional<TokenId> other) const {
  const auto bounds = text_.bounds();
  const auto bound = std::upper_bound(bounds.begin(), bounds.end(), place);
  if (!text_.keeps(text_.tokens()[place]) || bound == bounds.begin() || bound == bounds.end()) return {};
  Piece piece;
  readPiece(text_, {*(bound - 1), *bound}, piece);
  Piece read;
  std::size_t centre = 0;
  for (std::size_t i = 0; i < piece.words.size(); ++i) {
    const bool wanted = piece.places[i] == place || piece.words[i] == other;
    const std::uint32_t threshold = thresholds_.empty() ? ~std::uint32_t{0} : thresholds_[piece.words[i]];
    if (static_cast<std::uint32_t>(rng.next() >> 32) > threshold && !wanted) continue;
    if (piece.places[i] == place) centre = read.words.size();
    read.words.push_back(piece.words[i]);
    read.places.push_back(piece.places[i]);
  }
  // Word2Vec draws how far it looks; GloVe looks at the whole window, and so does who asks for two words.
  const bool whole = kind_ == TeachingPair::Kind::Cell || other;
  const std::size_t reach = whole ? window_ : 1 + rng.below(window_);
  TeachingPair pair;
  pair.kind = kind_;
  pair.tree = negatives_ == 0;
  pair.centre = read.words[centre];
  pair.centrePlace = place;
  std::vector<std::size_t> around, eligible;
  for (std::size_t i = centre - std::min(centre, reach); i < read.words.size() && i <= centre + reach; ++i) {
    if (i == centre) continue;
    around.push_back(i);
    pair.window.push_back(read.places[i]);
    if (!other || read.words[i] == *other) eligible.push_back(i);
  }
  if (eligible.empty()) return {};
  if (kind_ != TeachingPair::Kind::Cbow)
    around = {eligible[rng.below(static_cast<std::uint32_t>(eligible.size()))]};
  for (const std::size_t i : around) {
    pair.context.push_back(read.words[i]);
    pair.contextPlaces.push_back(read.places[i]);
  }
  return pair;
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
