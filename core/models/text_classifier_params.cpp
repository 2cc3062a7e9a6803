// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/text_classifier_params.h"

namespace lexarium {
namespace {

using Kind = ClassifierShape::Kind;
using Pooling = ClassifierShape::Pooling;

constexpr const char* kIfTransformer = "model=transformer";

void addNetwork(std::vector<ParamSpec>& specs) {
  specs.push_back(choiceParam("model", "Model", "What reads the texts.", classifierKindName(Kind::Lstm),
                              {{classifierKindName(Kind::Flatten), "Vectors side by side"},
                               {classifierKindName(Kind::Mean), "Mean of the vectors"},
                               {classifierKindName(Kind::Rnn), "RNN"},
                               {classifierKindName(Kind::Lstm), "LSTM"},
                               {classifierKindName(Kind::Gru), "GRU"},
                               {classifierKindName(Kind::Transformer), "Transformer"}}));
  specs.push_back(choiceParam("pooling", "Pooling",
                              "What becomes of the steps of a text: the last one (of a Transformer, a token "
                              "more that stands for the class), their mean, or what attention chooses.",
                              poolingName(Pooling::Attention),
                              {{poolingName(Pooling::Last), "Last"},
                               {poolingName(Pooling::Mean), "Mean"},
                               {poolingName(Pooling::Attention), "Attention"}}));
  specs.push_back(integerParam("dimensions", "Dimensions", "numbers",
                               "How many numbers stand for a token where it enters.", 64, 1, 4096));
  specs.push_back(integerParam("units", "Units", "", "How many numbers a layer passes on.", 64, 1, 4096));
  specs.push_back(integerParam("layers", "Layers", "", "How many layers stand over each other.", 1, 1, 12));
  specs.push_back(booleanParam("bidirectional", "Both directions",
                               "Do cells read the text backwards, too, with half of the units?", true));
  specs.push_back(integerParam(
      "heads", "Heads", "", "How many places a layer can look at at once; the units are shared among them.",
      4, 1, 64));
  specs.back().enabledBy = kIfTransformer;
  specs.push_back(integerParam("feed_forward", "Feed-forward", "units",
                               "How wide the part of a layer is that works on each token by itself.", 128, 1,
                               16384));
  specs.back().enabledBy = kIfTransformer;
  specs.push_back(numberParam("dropout", "Dropout", "",
                              "Which share of the units is left out at random while learning.", 0.2, 0,
                              0.95));
  specs.push_back(booleanParam("frozen", "Frozen", "Do vectors to begin with stay as they are?", false));
}

void addTexts(std::vector<ParamSpec>& specs) {
  specs.push_back(choiceParam("tokens", "Tokens", "What a text is cut into.", "words",
                              {{"words", "Words"},
                               {"characters", "Characters"},
                               {"subwords", "Subwords"},
                               {"sentencepiece", "SentencePiece"}}));
  specs.push_back(integerParam("vocabulary", "Vocabulary", "tokens",
                               "How many different tokens there are at most.", 20000, 10, 1'000'000));
  specs.push_back(
      integerParam("longest", "Longest text", "tokens", "What is longer is cut at its end.", 200, 1, 10'000));
  specs.push_back(numberParam("validation", "Validation", "",
                              "Which share of the texts is looked at while training, and not learned.", 0.1,
                              0, 0.9));
  specs.push_back(numberParam("test", "Test", "", "Which share is looked at when all is done.", 0.1, 0, 0.9));
}

void addRun(std::vector<ParamSpec>& specs) {
  specs.push_back(integerParam("epochs", "Epochs", "", "How many times all texts are read.", 5, 1, 100'000));
  specs.push_back(
      integerParam("batch", "Batch", "texts", "How many texts are learned from at once.", 32, 1, 65'536));
  specs.push_back(numberParam("learning_rate", "Learning rate", "", "How far the numbers move at each step.",
                              2e-3, 1e-6, 1, ParamSpec::Scale::Logarithmic));
  specs.push_back(numberParam("clip", "Clip gradients at", "",
                              "Steps longer than this are shortened; 0 never shortens.", 1, 0, 1000));
}

}  // namespace

std::vector<ParamSpec> classifierParams() {
  std::vector<ParamSpec> specs;
  addNetwork(specs);
  addTexts(specs);
  addRun(specs);
  return specs;
}

ClassifierConfig classifierConfigOf(const ParamSet& params, const Execution& execution) {
  const auto sizeOf = [&](const char* key) { return static_cast<Index>(params.getInt(key)); };
  const auto countOf = [&](const char* key) { return static_cast<std::size_t>(params.getInt(key)); };
  ClassifierConfig config;
  ClassifierShape& shape = config.shape;
  for (const Kind kind : {Kind::Flatten, Kind::Mean, Kind::Rnn, Kind::Lstm, Kind::Gru, Kind::Transformer})
    if (params.getChoice("model") == classifierKindName(kind)) shape.kind = kind;
  for (const Pooling pooling : {Pooling::Last, Pooling::Mean, Pooling::Attention})
    if (params.getChoice("pooling") == poolingName(pooling)) shape.pooling = pooling;
  shape.dimensions = sizeOf("dimensions");
  shape.units = sizeOf("units");
  shape.layers = sizeOf("layers");
  shape.bidirectional = params.getBool("bidirectional");
  shape.heads = sizeOf("heads");
  shape.feedForward = sizeOf("feed_forward");
  shape.dropout = params.getNumber("dropout");
  config.frozen = params.getBool("frozen");
  config.data.tokens = params.getChoice("tokens");
  config.data.vocabulary = countOf("vocabulary");
  config.data.longest = countOf("longest");
  config.data.split = {params.getNumber("validation"), params.getNumber("test"), execution.seed};
  config.epochs = countOf("epochs");
  config.batch = countOf("batch");
  config.learningRate = params.getNumber("learning_rate");
  config.clip = params.getNumber("clip");
  config.execution = execution;
  return config;
}

}  // namespace lexarium
