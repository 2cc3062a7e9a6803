// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/pair_model.h"

#include <algorithm>
#include <cassert>

#include "core/models/pair_search.h"
#include "core/models/text_tokens.h"
#include "core/tasks/story_pairs.h"

namespace lexarium {
namespace {

constexpr const char* kPrefix = "net.";
constexpr std::size_t kMostLookedAt = 256;  // tokens of each side: a picture of more is none

std::string sideOf(bool isSource) { return isSource ? "source_tokens." : "target_tokens."; }

}  // namespace

PairModel::PairModel(const PairShape& shape, PairTokens tokens, const Parameters& parameters)
    : shape_(shape), tokens_(std::move(tokens)) {
  auto copy = std::make_shared<Parameters>();
  net_ = makePairNet(shape, *copy);
  std::copy(parameters.values().begin(), parameters.values().end(), copy->values().begin());
  parameters_ = std::move(copy);
}

std::vector<Translation> PairModel::translate(std::string_view text, const TranslateOptions& options) const {
  const std::vector<TokenId> source = tokens_.readSource(text);
  std::vector<Translation> translations;
  SearchOptions how{tokens_.begin(), options.beams, options.longest};
  for (const Hypothesis& said : searchBeams(*net_, *parameters_, source, how))
    translations.push_back(finish(source, said));
  return translations;
}

BeamTree PairModel::searchTree(std::string_view text, const TranslateOptions& options,
                               std::span<const TokenId> forced) const {
  assert(std::all_of(forced.begin(), forced.end(),
                     [&](TokenId id) { return id <= tokens_.end() && id != tokens_.begin(); }));
  BeamTree tree;
  const SearchOptions how{tokens_.begin(), options.beams, options.longest, forced, &tree};
  const std::vector<Hypothesis> said = searchBeams(*net_, *parameters_, tokens_.readSource(text), how);
  for (std::size_t i = 1; i < tree.nodes.size(); ++i)
    tree.nodes[i].label = tokens_.targetLabel(tree.nodes[i].token);
  for (std::size_t i = 0; i < said.size(); ++i)
    tree.said[i].text = tokens_.target->decode(wordsOf(said[i].tokens));
  return tree;
}

Translation PairModel::align(std::string_view sourceText, std::string_view targetText) const {
  const std::vector<TokenId> source = tokens_.readSource(sourceText);
  Hypothesis said;
  said.tokens = tokens_.readTarget(targetText);
  said.tokens.push_back(tokens_.end());
  Tape tape(*parameters_);
  said.probabilities = read(tape, source, said.tokens);
  for (const float p : said.probabilities) said.logProbability += lnOf(p);
  const Matrix looked = net_->alignment(tape, 0);
  for (Index t = 0; t < looked.cols(); ++t) said.attention.emplace_back(looked.col(t).cast<float>());
  return finish(source, said);
}

std::vector<float> PairModel::read(Tape& tape, const std::vector<TokenId>& source,
                                   const std::vector<TokenId>& target) const {
  std::vector<TokenId> given{tokens_.begin()};
  given.insert(given.end(), target.begin(), target.end() - 1);
  const Var p = softmax(net_->forward(tape, source, given, 1));
  std::vector<float> probabilities;
  for (std::size_t t = 0; t < target.size(); ++t)
    probabilities.push_back(
        static_cast<float>(p.value()(static_cast<Index>(target[t]), static_cast<Index>(t))));
  return probabilities;
}

Translation PairModel::finish(const std::vector<TokenId>& source, const Hypothesis& said) const {
  Translation translation;
  translation.probabilities = said.probabilities;
  translation.score = said.score();
  for (const TokenId id : source) translation.source.push_back(tokens_.source->label(id));
  for (const TokenId id : said.tokens) translation.target.push_back(tokens_.targetLabel(id));
  translation.text = tokens_.target->decode(wordsOf(said.tokens));
  if (!said.attention.empty()) {
    translation.attention.resize(static_cast<Index>(source.size()),
                                 static_cast<Index>(said.attention.size()));
    for (std::size_t t = 0; t < said.attention.size(); ++t)
      translation.attention.col(static_cast<Index>(t)) = said.attention[t];
  }
  return translation;
}

std::span<const TokenId> PairModel::wordsOf(const std::vector<TokenId>& said) const {
  const bool hasEnded = !said.empty() && said.back() == tokens_.end();
  return std::span(said).first(said.size() - (hasEnded ? 1 : 0));
}

AttentionTrace PairModel::look(const Reading& reading) const {
  AttentionTrace trace;
  const std::string asked = askedText(reading.story, reading.input);
  trace.input = readPlaced(*tokens_.source, asked, kMostLookedAt);
  if (!reading.story.empty())
    for (PlacedToken& token : trace.input) token.range = {};
  std::vector<TokenId> source = tokens_.readSource(asked), said;
  source.resize(trace.input.size());
  if (reading.output.empty()) {
    const SearchOptions how{tokens_.begin(), 1, TranslateOptions{}.longest};
    said = searchBeams(*net_, *parameters_, source, how).front().tokens;
    trace.outputText = tokens_.target->decode(wordsOf(said));
    trace.output = placeDecoded(*tokens_.target, wordsOf(said));
  } else {
    trace.outputText = reading.output;
    trace.output = readPlaced(*tokens_.target, reading.output, kMostLookedAt);
    said = tokens_.readTarget(reading.output);
    if (said.size() > kMostLookedAt) said.resize(kMostLookedAt);
    trace.output.resize(said.size());  // a text without a known token is only its end
    said.push_back(tokens_.end());
  }
  const std::uint64_t size = trace.outputText.size();
  if (trace.output.size() < said.size())
    trace.output.push_back({tokens_.targetLabel(tokens_.end()), {size, size}});
  Tape tape(*parameters_);
  trace.probabilities = read(tape, source, said);
  for (const float p : trace.probabilities) trace.loss -= lnOf(p);
  trace.loss /= static_cast<double>(said.size());
  trace.heads = net_->headsOf(tape);
  return trace;
}

std::shared_ptr<const TrainedModel> PairModel::without(std::span<const HeadPlace> heads) const {
  Parameters fewer;
  const auto net = makePairNet(shape_, fewer);
  std::copy(parameters_->values().begin(), parameters_->values().end(), fewer.values().begin());
  bool any = false;
  for (const HeadPlace& head : heads) any |= net->silence(fewer, head);
  return any ? std::make_shared<const PairModel>(shape_, tokens_, fewer) : nullptr;
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
  makePairNet(*shape, parameters);
  if (auto read = parameters.load(saved, kPrefix); !read) return tl::unexpected(read.error());
  return std::make_shared<const PairModel>(*shape, std::move(tokens), parameters);
}

}  // namespace lexarium
