// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/pair_params.h"

namespace lexarium {
namespace {

constexpr const char* kIfRecurrent = "network=recurrent";
constexpr const char* kIfTransformer = "network=transformer";

std::size_t whole(const ParamSet& params, const char* key) {
  return static_cast<std::size_t>(params.getInt(key));
}

}  // namespace

std::vector<ParamSpec> pairParams() {
  std::vector<ParamSpec> specs;
  specs.push_back(choiceParam("network", "Network",
                              "What reads the source and says the target: cells that go from token to token, "
                              "or layers that look at all tokens at once.",
                              pairKindName(PairShape::Kind::Recurrent),
                              {{pairKindName(PairShape::Kind::Recurrent), "Recurrent"},
                               {pairKindName(PairShape::Kind::Transformer), "Transformer"}}));
  specs.push_back(choiceParam("cell", "Cell", "What encoder and decoder are made of.", "lstm",
                              {{"rnn", "RNN"}, {"lstm", "LSTM"}, {"gru", "GRU"}}));
  specs.back().enabledBy = kIfRecurrent;
  specs.push_back(choiceParam(
      "attention", "Attention",
      "How the decoder finds where to look in the source: by a small network (Bahdanau), by products of "
      "states "
      "(Luong), or not at all.",
      "additive",
      {{"none", "None"}, {"additive", "Additive"}, {"dot", "Dot product"}, {"general", "General"}}));
  specs.back().enabledBy = kIfRecurrent;
  specs.push_back(booleanParam("bidirectional", "Both directions",
                               "Does the encoder read the source backwards, too, with half of the units?",
                               true));
  specs.back().enabledBy = kIfRecurrent;
  specs.push_back(integerParam("dimensions", "Dimensions", "numbers",
                               "How many numbers stand for a token where it enters.", 64, 1, 4096));
  specs.push_back(
      integerParam("units", "Units", "", "How many numbers a layer passes on: its memory.", 128, 1, 4096));
  specs.push_back(integerParam("layers", "Layers", "", "How many layers stand over each other.", 1, 1, 8));
  specs.push_back(integerParam(
      "heads", "Heads", "", "How many places a layer can look at at once; the units are shared among them.",
      4, 1, 64));
  specs.back().enabledBy = kIfTransformer;
  specs.push_back(integerParam("feed_forward", "Feed-forward", "units",
                               "How wide the part of a layer is that works on each token by itself.", 256, 1,
                               16384));
  specs.back().enabledBy = kIfTransformer;
  specs.push_back(choiceParam("tokens", "Tokens", "What both texts are cut into.", "characters",
                              {{"characters", "Characters"},
                               {"words", "Words"},
                               {"subwords", "Subwords"},
                               {"sentencepiece", "SentencePiece"}}));
  specs.push_back(integerParam("vocabulary", "Vocabulary", "tokens",
                               "How many different tokens each side has at most.", 4000, 2, 100'000));
  specs.push_back(
      integerParam("longest", "Longest", "tokens", "Longer texts are not learned from.", 100, 1, 2000));
  specs.push_back(
      integerParam("batch", "Batch", "pairs", "How many pairs are learned from at once.", 64, 1, 4096));
  specs.push_back(integerParam("epochs", "Epochs", "", "How many times all pairs are read.", 10, 1, 100'000));
  specs.push_back(numberParam("learning_rate", "Learning rate", "", "How far the numbers move at each step.",
                              2e-3, 1e-6, 10, ParamSpec::Scale::Logarithmic));
  specs.back().live = true;
  specs.push_back(
      choiceParam("schedule", "Schedule", "How the learning rate goes on over the run.", "constant",
                  {{"constant", "Constant"}, {"cosine", "Cosine"}, {"linear", "Linear"}, {"step", "Steps"}}));
  specs.back().advanced = true;
  specs.push_back(integerParam("warmup", "Warm-up", "steps", "Over so many steps the rate rises from zero.",
                               0, 0, 1'000'000));
  specs.back().advanced = true;
  specs.push_back(numberParam("dropout", "Dropout", "",
                              "Which share of the units is left out at random while learning.", 0, 0, 0.9));
  specs.back().live = true;
  specs.push_back(numberParam("clip", "Clip gradients at", "",
                              "Steps longer than this are shortened; 0 never shortens.", 1, 0, 1000));
  specs.back().live = specs.back().advanced = true;
  specs.push_back(
      numberParam("teacher_first", "Teacher forcing, first", "",
                  "With which probability the decoder is given the right token, at the beginning.", 1, 0, 1));
  specs.back().advanced = true;
  specs.push_back(
      numberParam("teacher_last", "Teacher forcing, last", "", "The same at the end of the run.", 1, 0, 1));
  specs.back().advanced = true;
  specs.push_back(numberParam("validation", "Validation", "",
                              "Which share of the pairs is looked at while training, and not learned.", 0.1,
                              0, 0.9));
  specs.push_back(numberParam("test", "Test", "", "Which share is looked at when all is done.", 0.1, 0, 0.9));
  specs.push_back(integerParam("validate_every", "Measure every", "steps",
                               "After so many steps the pairs held back are looked at; 0: only at the end.",
                               100, 0, 1'000'000));
  specs.back().advanced = true;
  return specs;
}

PairConfig pairConfigOf(const ParamSet& params, const Execution& execution) {
  PairConfig config;
  for (const PairShape::Kind kind : {PairShape::Kind::Recurrent, PairShape::Kind::Transformer})
    if (params.getChoice("network") == pairKindName(kind)) config.shape.kind = kind;
  config.shape.heads = static_cast<Index>(params.getInt("heads"));
  config.shape.feedForward = static_cast<Index>(params.getInt("feed_forward"));
  const std::string &cell = params.getChoice("cell"), &attention = params.getChoice("attention");
  for (const CellKind kind : {CellKind::Rnn, CellKind::Lstm, CellKind::Gru})
    if (cell == cellName(kind)) config.shape.cell = kind;
  using Attention = PairShape::Attention;
  for (const Attention kind : {Attention::None, Attention::Additive, Attention::Dot, Attention::General})
    if (attention == attentionName(kind)) config.shape.attention = kind;
  config.shape.bidirectional = params.getBool("bidirectional");
  config.shape.dimensions = static_cast<Index>(params.getInt("dimensions"));
  config.shape.units = static_cast<Index>(params.getInt("units"));
  config.shape.layers = static_cast<Index>(params.getInt("layers"));
  config.shape.dropout = params.getNumber("dropout");
  config.data.tokens = params.getChoice("tokens");
  config.data.vocabulary = whole(params, "vocabulary");
  config.data.longest = whole(params, "longest");
  config.data.split = {params.getNumber("validation"), params.getNumber("test"), execution.seed};
  config.batch = whole(params, "batch");
  config.epochs = whole(params, "epochs");
  config.learningRate = params.getNumber("learning_rate");
  config.schedule = scheduleNamed(params.getChoice("schedule"));
  config.warmup = whole(params, "warmup");
  config.clip = params.getNumber("clip");
  config.validateEvery = whole(params, "validate_every");
  config.teacherFirst = params.getNumber("teacher_first");
  config.teacherLast = params.getNumber("teacher_last");
  config.execution = execution;
  return config;
}

namespace {

std::unique_ptr<Learner> create(std::shared_ptr<const Corpus> corpus, const ParamSet& params,
                                const Execution& execution) {
  return std::make_unique<PairLearner>(pairConfigOf(params, execution), corpus->task());
}

}  // namespace

ModelInfo encoderDecoderModel() {
  ModelInfo info;
  info.id = "encoder-decoder";
  info.title = "Encoder-decoder";
  info.summary = "Reads a text and says another one: a translation, a date in another spelling, an answer.";
  info.citation =
      "Sutskever, Vinyals & Le 2014, arXiv:1409.3215; Bahdanau, Cho & Bengio 2015, arXiv:1409.0473; "
      "Luong, Pham & Manning 2015, arXiv:1508.04025";
  info.lossLabel = "Loss (mean per token)";
  info.params = pairParams();
  info.create = create;
  info.kind = ModelInfo::Kind::Pairs;
  return info;
}

}  // namespace lexarium
