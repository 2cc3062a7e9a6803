// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/text_classifier_params.h"

#include <array>

#include "core/models/corpus_vectors.h"

namespace lexarium {
namespace {

using Kind = ClassifierShape::Kind;
using Pooling = ClassifierShape::Pooling;
constexpr std::array kKinds{Kind::Flatten, Kind::Mean, Kind::Rnn, Kind::Lstm, Kind::Gru, Kind::Transformer};
constexpr const char* kIfTransformer = "network=transformer";
constexpr std::array kPoolings{Pooling::Last, Pooling::Mean, Pooling::Attention};

std::size_t whole(const ParamSet& params, const char* key) {
  return static_cast<std::size_t>(params.getInt(key));
}

void addNetwork(std::vector<ParamSpec>& specs) {
  specs.push_back(choiceParam("network", "Network", "What reads the texts.", "lstm",
                              {{"flatten", "Vectors side by side"},
                               {"mean", "Mean of the vectors"},
                               {"rnn", "RNN"},
                               {"lstm", "LSTM"},
                               {"gru", "GRU"},
                               {"transformer", "Transformer"}}));
  specs.push_back(
      choiceParam("pooling", "Pooling",
                  "What becomes of the steps of a text: the last one (of a Transformer, a token more that "
                  "stands for the class), their mean, or what attention chooses.",
                  "attention", {{"last", "The last"}, {"mean", "Their mean"}, {"attention", "Attention"}}));
  specs.push_back(
      integerParam("dimensions", "Dimensions", "", "How many numbers stand for a token.", 64, 1, 4096));
  specs.push_back(integerParam("units", "Units", "", "How many numbers a layer passes on.", 64, 1, 4096));
  specs.push_back(integerParam("layers", "Layers", "", "How many layers stand over each other.", 1, 1, 12));
  specs.push_back(
      booleanParam("bidirectional", "Both directions", "Half of the units read backwards; of cells.", true));
  specs.push_back(integerParam(
      "heads", "Heads", "", "How many places a layer can look at at once; the units are shared among them.",
      4, 1, 64));
  specs.back().enabledBy = kIfTransformer;
  specs.push_back(integerParam("feed_forward", "Feed-forward", "units",
                               "How wide the part of a layer is that works on each token by itself.", 128, 1,
                               16384));
  specs.back().enabledBy = kIfTransformer;
}

void addTexts(std::vector<ParamSpec>& specs) {
  specs.push_back(choiceParam("tokens", "Tokens", "What a text is cut into.", "words",
                              {{"words", "Words"},
                               {"characters", "Characters"},
                               {"subwords", "Subwords"},
                               {"sentencepiece", "SentencePiece"}}));
  specs.push_back(integerParam("vocabulary", "Vocabulary", "tokens", "How many different tokens are known.",
                               20000, 10, 1'000'000));
  specs.push_back(
      integerParam("longest", "Longest text", "tokens", "What is longer is cut at its end.", 200, 1, 10'000));
  specs.push_back(numberParam("validation", "Validation", "",
                              "Which share of the texts is looked at while training, and not learned.", 0.1,
                              0, 0.9));
  specs.push_back(numberParam("test", "Test", "", "Which share is looked at when all is done.", 0.1, 0, 0.9));
}

void addLearning(std::vector<ParamSpec>& specs) {
  specs.push_back(
      integerParam("batch", "Batch", "texts", "How many texts are learned from at once.", 32, 1, 65'536));
  specs.push_back(integerParam("epochs", "Epochs", "", "How many times all texts are read.", 5, 1, 100'000));
  specs.push_back(numberParam("learning_rate", "Learning rate", "", "How far the numbers move at each step.",
                              2e-3, 1e-6, 10, ParamSpec::Scale::Logarithmic));
  specs.back().live = true;
  specs.push_back(numberParam("dropout", "Dropout", "",
                              "Which share of the numbers is left out at random while learning.", 0.2, 0,
                              0.95));
  specs.back().live = true;
  specs.push_back(numberParam("clip", "Clip gradients at", "",
                              "Steps longer than this are shortened; 0 never shortens.", 1, 0, 1000));
  specs.back().live = specs.back().advanced = true;
  specs.push_back(integerParam("validate_every", "Measure every", "steps",
                               "After so many steps the texts held back are looked at; 0: only at the end.",
                               100, 0, 1'000'000));
  specs.back().advanced = true;
}

/// The columns of words with a vector, with the words' names.
std::shared_ptr<const NamedVectors> namedVectors(const Matrix& table, const Corpus& corpus) {
  auto named = std::make_shared<NamedVectors>();
  std::vector<Eigen::Index> columns;
  for (Eigen::Index i = 0; i < table.cols(); ++i) {
    if (!table.col(i).allFinite()) continue;
    named->words.emplace_back(corpus.vocabulary().word(static_cast<TokenId>(i)));
    columns.push_back(i);
  }
  named->vectors = table(Eigen::all, columns);
  return named;
}

/// What the parameters name is only looked for when the run begins.
std::unique_ptr<Learner> create(std::shared_ptr<const Corpus> corpus, const ParamSet& params,
                                const Execution& execution) {
  ClassifierConfig config = classifierConfigOf(params, execution);
  const bool named = !vectorsNamed(params).empty();
  config.frozen = areVectorsFrozen(params);
  if (named) {
    config.findStart = [corpus, params](
                           const Matrix* given,
                           const TaskContext& context) -> Expected<std::shared_ptr<const NamedVectors>> {
      if (given) return namedVectors(*given, *corpus);
      const auto read = readNamedVectors(params, *corpus, context);
      if (!read) return tl::unexpected<Error>(read.error());
      return namedVectors(read->table, *corpus);
    };
  }
  auto task = corpus->task();
  return std::make_unique<ClassifierLearner>(std::move(config), std::move(task));
}

}  // namespace

std::vector<ParamSpec> classifierParams() {
  std::vector<ParamSpec> specs;
  addNetwork(specs);
  addTexts(specs);
  addVectorParams(specs);
  addLearning(specs);
  return specs;
}

ClassifierConfig classifierConfigOf(const ParamSet& params, const Execution& execution) {
  ClassifierConfig config;
  for (const Kind kind : kKinds)
    if (params.getChoice("network") == classifierKindName(kind)) config.shape.kind = kind;
  for (const Pooling pooling : kPoolings)
    if (params.getChoice("pooling") == poolingName(pooling)) config.shape.pooling = pooling;
  config.shape.dimensions = static_cast<Index>(params.getInt("dimensions"));
  config.shape.units = static_cast<Index>(params.getInt("units"));
  config.shape.layers = static_cast<Index>(params.getInt("layers"));
  config.shape.bidirectional = params.getBool("bidirectional");
  config.shape.heads = static_cast<Index>(params.getInt("heads"));
  config.shape.feedForward = static_cast<Index>(params.getInt("feed_forward"));
  config.shape.dropout = params.getNumber("dropout");
  config.data.tokens = params.getChoice("tokens");
  config.data.vocabulary = whole(params, "vocabulary");
  config.data.longest = whole(params, "longest");
  config.data.split = {params.getNumber("validation"), params.getNumber("test"), execution.seed};
  config.batch = whole(params, "batch");
  config.epochs = whole(params, "epochs");
  config.learningRate = params.getNumber("learning_rate");
  config.clip = params.getNumber("clip");
  config.validateEvery = whole(params, "validate_every");
  config.execution = execution;
  return config;
}

ModelInfo classifierModel() {
  ModelInfo info;
  info.id = "classifier";
  info.title = "Text classifier";
  info.summary = "Reads a text and says to which class it belongs: praise or blame, this subject or that.";
  info.citation = "Iyyer et al. 2015; Joulin et al. 2016, arXiv:1607.01759; Yang et al. 2016 (NAACL)";
  info.lossLabel = "Loss (mean per text)";
  info.params = classifierParams();
  info.create = create;
  info.kind = ModelInfo::Kind::Labels;
  return info;
}

}  // namespace lexarium
