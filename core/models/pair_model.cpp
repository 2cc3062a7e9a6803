// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/pair_model.h"

#include <algorithm>
#include <cmath>

#include "core/models/sampling.h"
#include "core/models/text_tokens.h"

namespace lexarium {
namespace {

constexpr const char* kPrefix = "net.";

std::string sideOf(bool isSource) { return isSource ? "source_tokens." : "target_tokens."; }

/// A beginning of what is said.
struct Beam {
  std::vector<TokenId> tokens;
  std::vector<float> probabilities;
  std::vector<Eigen::VectorXf> attention;
  double logProbability = 0;
  bool ended = false;

  double score() const { return tokens.empty() ? 0 : logProbability / static_cast<double>(tokens.size()); }
};

/// One column of each state for each chosen beam.
DecoderState chosen(const DecoderState& state, const std::vector<std::size_t>& columns) {
  DecoderState next = state;
  for (auto* part : {&next.hidden, &next.cell})
    for (std::size_t i = 0; i < part->size(); ++i) {
      const Matrix& from = part == &next.hidden ? state.hidden[i] : state.cell[i];
      (*part)[i].resize(from.rows(), static_cast<Index>(columns.size()));
      for (std::size_t c = 0; c < columns.size(); ++c)
        (*part)[i].col(static_cast<Index>(c)) = from.col(static_cast<Index>(columns[c]));
    }
  return next;
}

std::vector<float> softmaxOfColumn(const Matrix& logits, Index column) {
  std::vector<float> values(static_cast<std::size_t>(logits.rows()));
  for (Index i = 0; i < logits.rows(); ++i)
    values[static_cast<std::size_t>(i)] = static_cast<float>(logits(i, column));
  return softmaxOf(values);
}

struct Candidate {
  double logProbability = 0;
  std::size_t beam = 0;
  TokenId token = 0;
};

/// The likeliest ways on of all beams that have not ended.
std::vector<Candidate> bestCandidates(const std::vector<Beam>& beams,
                                      const std::vector<std::vector<float>>& p, TokenId begin,
                                      std::size_t count) {
  std::vector<Candidate> all;
  for (std::size_t b = 0; b < beams.size(); ++b) {
    for (TokenId token = 0; token < p[b].size(); ++token) {
      if (token == begin) continue;
      const double ln = std::log(std::max(1e-30, static_cast<double>(p[b][token])));
      all.push_back({beams[b].logProbability + ln, b, token});
    }
  }
  const auto better = [](const Candidate& a, const Candidate& b) {
    return std::tuple(-a.logProbability, a.beam, a.token) < std::tuple(-b.logProbability, b.beam, b.token);
  };
  count = std::min(count, all.size());
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end(), better);
  all.resize(count);
  return all;
}

Beam wentOn(const Beam& beam, const Candidate& candidate, float probability, const Matrix& weights) {
  Beam next = beam;
  next.tokens.push_back(candidate.token);
  next.probabilities.push_back(probability);
  next.logProbability = candidate.logProbability;
  if (weights.size() > 0)
    next.attention.emplace_back(weights.col(static_cast<Index>(candidate.beam)).cast<float>());
  return next;
}

}  // namespace

PairModel::PairModel(const PairShape& shape, PairTokens tokens, const Parameters& parameters)
    : shape_(shape), tokens_(std::move(tokens)) {
  auto copy = std::make_shared<Parameters>();
  net_ = std::make_unique<const PairNet>(shape, *copy);
  std::copy(parameters.values().begin(), parameters.values().end(), copy->values().begin());
  parameters_ = std::move(copy);
}

std::vector<Translation> PairModel::translate(std::string_view text, const TranslateOptions& options) const {
  const std::vector<TokenId> source = tokens_.readSource(text);
  Tape tape(*parameters_);
  DecoderState state;
  const Memory memory = net_->encode(tape, source, state);
  const std::size_t width = std::max<std::size_t>(1, options.beams);
  std::vector<Beam> beams(1), ended;
  std::vector<TokenId> tokens{tokens_.begin()};
  for (std::size_t step = 0; step < options.longest && !beams.empty(); ++step) {
    Matrix weights;
    const Matrix logits = net_->step(tape, memory, tokens, state, &weights);
    std::vector<std::vector<float>> p;
    for (std::size_t b = 0; b < beams.size(); ++b)
      p.push_back(softmaxOfColumn(logits, static_cast<Index>(b)));
    std::vector<Beam> next;
    std::vector<std::size_t> columns;
    tokens.clear();
    for (const Candidate& candidate : bestCandidates(beams, p, tokens_.begin(), width - ended.size())) {
      Beam beam = wentOn(beams[candidate.beam], candidate, p[candidate.beam][candidate.token], weights);
      if (candidate.token == tokens_.end()) {
        beam.ended = true;
        ended.push_back(std::move(beam));
        continue;
      }
      next.push_back(std::move(beam));
      columns.push_back(candidate.beam);
      tokens.push_back(candidate.token);
    }
    state = chosen(state, columns);
    beams = std::move(next);
    if (ended.size() >= width) break;
  }
  ended.insert(ended.end(), beams.begin(), beams.end());
  std::stable_sort(ended.begin(), ended.end(),
                   [](const Beam& a, const Beam& b) { return a.score() > b.score(); });
  ended.resize(std::min(ended.size(), width));
  std::vector<Translation> translations;
  for (const Beam& beam : ended) {
    translations.push_back(finish(source, beam.tokens, beam.attention, beam.probabilities));
    translations.back().score = beam.score();
  }
  return translations;
}

Translation PairModel::align(std::string_view sourceText, std::string_view targetText) const {
  const std::vector<TokenId> source = tokens_.readSource(sourceText);
  std::vector<TokenId> target = tokens_.readTarget(targetText);
  target.push_back(tokens_.end());
  Tape tape(*parameters_);
  DecoderState state;
  const Memory memory = net_->encode(tape, source, state);
  std::vector<Eigen::VectorXf> attention;
  std::vector<float> probabilities;
  double sum = 0;
  TokenId before = tokens_.begin();
  for (const TokenId token : target) {
    Matrix weights;
    const auto p = softmaxOfColumn(net_->step(tape, memory, {&before, 1}, state, &weights), 0);
    if (weights.size() > 0) attention.emplace_back(weights.col(0).cast<float>());
    probabilities.push_back(p[token]);
    sum += std::log(std::max(1e-30, static_cast<double>(p[token])));
    before = token;
  }
  Translation translation = finish(source, target, attention, std::move(probabilities));
  translation.score = sum / static_cast<double>(target.size());
  return translation;
}

Translation PairModel::finish(const std::vector<TokenId>& source, const std::vector<TokenId>& target,
                              const std::vector<Eigen::VectorXf>& attention,
                              std::vector<float> probabilities) const {
  Translation translation;
  translation.probabilities = std::move(probabilities);
  for (const TokenId id : source) translation.source.push_back(tokens_.source->label(id));
  std::vector<TokenId> said;
  for (const TokenId id : target) {
    const bool isEnd = id >= tokens_.begin();
    translation.target.push_back(isEnd ? "\u25A0" : tokens_.target->label(id));
    if (!isEnd) said.push_back(id);
  }
  translation.text = tokens_.target->decode(said);
  if (!attention.empty()) {
    translation.attention.resize(static_cast<Index>(source.size()), static_cast<Index>(attention.size()));
    for (std::size_t t = 0; t < attention.size(); ++t)
      translation.attention.col(static_cast<Index>(t)) = attention[t];
  }
  return translation;
}

TensorSet PairModel::save() const {
  TensorSet set;
  set.metadata[kPairModelKey] = toJson(shape_);
  saveTokens(*tokens_.source, set, sideOf(true));
  saveTokens(*tokens_.target, set, sideOf(false));
  parameters_->save(set, kPrefix);
  return set;
}

Expected<std::shared_ptr<const PairModel>> loadPairModel(const TensorSet& saved) {
  const auto described = saved.metadata.find(kPairModelKey);
  if (described == saved.metadata.end())
    return makeError("It holds no model that makes a text of another one");
  const auto shape = pairShapeFrom(described->second);
  if (!shape) return tl::unexpected(shape.error());
  PairTokens tokens;
  for (const bool isSource : {true, false}) {
    auto loaded = loadTokens(saved, sideOf(isSource));
    if (!loaded) return tl::unexpected(loaded.error());
    (isSource ? tokens.source : tokens.target) = std::move(*loaded);
  }
  if (tokens.source->size() != static_cast<std::size_t>(shape->sourceVocabulary) ||
      tokens.targetVocabulary() != static_cast<std::size_t>(shape->targetVocabulary))
    return makeError("Its tokens are not as many as its network has");
  // What the file has must be there before memory is taken for it.
  if (countNumbers(*shape) > static_cast<double>(numbersIn(saved)))
    return makeError("It has fewer numbers than its network");
  Parameters parameters;
  const PairNet net(*shape, parameters);
  if (auto read = parameters.load(saved, kPrefix); !read) return tl::unexpected(read.error());
  return std::make_shared<const PairModel>(*shape, std::move(tokens), parameters);
}

}  // namespace lexarium
