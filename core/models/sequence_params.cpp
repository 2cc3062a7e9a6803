// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/corpus_vectors.h"
#include "core/models/sequence_learner.h"
#include "core/models/sequence_text.h"

namespace lexarium {
namespace {

constexpr const char* kLearned = "learned";
constexpr const char* kSinusoidal = "sinusoidal";
constexpr const char* kRotary = "rotary";

void addSizes(std::vector<ParamSpec>& specs, const SequenceParams& wants) {
  if (wants.hasDimensions) {
    specs.push_back(integerParam("dimensions", "Dimensions", "numbers",
                                 "How many numbers stand for a token where it enters the network.", 128, 1,
                                 4096));
  }
  specs.push_back(
      integerParam("units", "Units", "", "How many numbers a layer passes on: its memory.", 128, 1, 4096));
  if (!wants.looksBack) {
    specs.push_back(integerParam("layers", "Layers", "", "How many layers stand over each other.",
                                 wants.attends ? 4 : 1, 1, 24));
  }
  if (wants.attends) {
    specs.push_back(integerParam(
        "heads", "Heads", "", "How many places a layer can look at at once; the units are shared among them.",
        4, 1, 64));
    specs.push_back(
        choiceParam("positions", "Positions", "How the model knows where a token stands.", kLearned,
                    {{kLearned, "Learned"}, {kSinusoidal, "Sines and cosines"}, {kRotary, "Rotary"}}));
    specs.back().advanced = true;
  }
  if (wants.looksBack) {
    specs.push_back(integerParam("window", "Window", "tokens",
                                 "How many tokens it looks back on to say what comes next.", 8, 1, 64));
  }
  specs.push_back(integerParam("context", "Length", "tokens",
                               wants.attends
                                   ? "How far the model can look back."
                                   : "How many tokens in a row are learned at once; errors go back so far.",
                               wants.context, 1, 4096));
  specs.push_back(integerParam("batch", "Batch", "rows",
                               "How many places of the text are learned from at once.", 32, 1, 4096));
}

void addLearning(std::vector<ParamSpec>& specs, const SequenceParams& wants) {
  specs.push_back(
      integerParam("epochs", "Epochs", "", "How many times the whole text is read.", 4, 1, 100'000));
  specs.push_back(numberParam("learning_rate", "Learning rate", "", "How far the numbers move at each step.",
                              wants.learningRate, 1e-6, 1000, ParamSpec::Scale::Logarithmic));
  specs.back().live = true;
  specs.push_back(
      numberParam("dropout", "Dropout", "",
                  "Which share of the units is left out at random while learning, against learning by "
                  "heart.",
                  0, 0, 0.9));
  specs.back().live = true;
  specs.push_back(numberParam(
      "clip", "Clip gradients at", "",
      "Steps longer than this are shortened, so that none goes wild; 0 never shortens.", 1, 0, 1000));
  specs.back().live = true;
  specs.back().advanced = true;
  specs.push_back(choiceParam("optimizer", "Optimiser", "The rule by which numbers follow their gradients.",
                              "adam",
                              {{"adam", "Adam"},
                               {"adamw", "AdamW"},
                               {"rmsprop", "RMSProp"},
                               {"adagrad", "AdaGrad"},
                               {"sgd", "SGD"}}));
  specs.back().advanced = true;
  specs.push_back(
      numberParam("momentum", "Momentum", "", "How much of the last step is taken again.", 0.9, 0, 0.999));
  specs.back().enabledBy = "optimizer=sgd";
  specs.back().advanced = true;
  specs.push_back(numberParam("weight_decay", "Weight decay", "",
                              "How strongly large numbers are drawn to zero, against learning by heart.", 0,
                              0, 1));
  specs.back().advanced = true;
  specs.push_back(
      choiceParam("schedule", "Schedule", "How the learning rate goes on over the run.", "constant",
                  {{"constant", "Constant"}, {"cosine", "Cosine"}, {"linear", "Linear"}, {"step", "Steps"}}));
  specs.back().advanced = true;
  specs.push_back(integerParam("warmup", "Warm-up", "steps", "Over so many steps the rate rises from zero.",
                               0, 0, 1'000'000));
  specs.back().advanced = true;
  specs.push_back(
      booleanParam("tied", "Tied output",
                   "The output layer uses the input vectors, which must have as many numbers as there "
                   "are units.",
                   false));
  specs.back().advanced = true;
}

}  // namespace

std::vector<ParamSpec> sequenceParams(const SequenceParams& wants) {
  std::vector<ParamSpec> specs;
  addTextParams(specs);
  addSizes(specs, wants);
  addVectorParams(specs);
  addLearning(specs, wants);
  specs.push_back(
      integerParam("validate_every", "Measure every", "steps",
                   "After so many steps the loss on the text held back is measured; 0: only at the end.", 250,
                   0, 1'000'000));
  specs.back().advanced = true;
  specs.push_back(
      integerParam("patience", "Patience", "",
                   "The run ends when so many measurements in a row were no better than the best; 0: "
                   "never.",
                   0, 0, 1000));
  specs.back().advanced = true;
  return specs;
}

NetShape netShapeOf(const std::string& kind, const ParamSet& params, std::size_t vocabulary) {
  const auto number = [&](const char* key, Index otherwise) {
    return params.contains(key) ? static_cast<Index>(params.getInt(key)) : otherwise;
  };
  NetShape shape;
  shape.kind = kind;
  shape.vocabulary = static_cast<Index>(vocabulary);
  shape.units = number("units", 1);
  shape.dimensions = number("dimensions", shape.units);
  shape.layers = number("layers", 1);
  shape.context = kind == "transformer" ? number("context", 1) : number("window", 0);
  shape.heads = shape.keyHeads = number("heads", 1);
  shape.feedForward = kind == "transformer" ? 4 * shape.units : 0;
  shape.tied = params.getBool("tied");
  shape.dropout = params.getNumber("dropout");
  if (params.contains("positions")) {
    const std::string& positions = params.getChoice("positions");
    shape.positions = positions == kRotary       ? NetShape::Positions::Rotary
                      : positions == kSinusoidal ? NetShape::Positions::Sinusoidal
                                                 : NetShape::Positions::Learned;
  }
  return shape;
}

namespace {

template <const char* const& kKind>
std::unique_ptr<Learner> create(std::shared_ptr<const Corpus> corpus, const ParamSet& params,
                                const Execution& execution) {
  return createSequenceLearner(kKind, std::move(corpus), params, execution);
}

constexpr const char* kMlp = "mlp";
constexpr const char* kRnn = "rnn";
constexpr const char* kLstm = "lstm";
constexpr const char* kGru = "gru";
constexpr const char* kTransformer = "transformer";

ModelInfo sequenceModel(const char* id, std::string title, std::string summary, std::string citation,
                        const SequenceParams& wants) {
  ModelInfo info;
  info.id = id;
  info.title = std::move(title);
  info.summary = std::move(summary);
  info.citation = std::move(citation);
  info.lossLabel = "Loss (mean per token)";
  info.params = sequenceParams(wants);
  info.kind = ModelInfo::Kind::Sequence;
  return info;
}

}  // namespace

ModelInfo mlpModel() {
  ModelInfo info =
      sequenceModel(kMlp, "MLP", "Says what comes next from the last few tokens, through one hidden layer.",
                    "Bengio, Ducharme, Vincent & Jauvin 2003, JMLR 3, 1137-1155", {.looksBack = true});
  info.create = create<kMlp>;
  return info;
}

ModelInfo rnnModel() {
  ModelInfo info =
      sequenceModel(kRnn, "RNN", "Reads token by token and carries one memory along, made anew at each.",
                    "Elman 1990, Cognitive Science 14, doi:10.1207/s15516709cog1402_1", {});
  info.create = create<kRnn>;
  return info;
}

ModelInfo lstmModel() {
  ModelInfo info = sequenceModel(
      kLstm, "LSTM", "Reads token by token; gates decide what its memory keeps, takes in and tells.",
      "Hochreiter & Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735; Gers, Schmidhuber & Cummins 2000", {});
  info.create = create<kLstm>;
  return info;
}

ModelInfo gruModel() {
  ModelInfo info = sequenceModel(kGru, "GRU", "Reads token by token; two gates decide what its memory keeps.",
                                 "Cho et al. 2014, arXiv:1406.1078", {});
  info.create = create<kGru>;
  return info;
}

ModelInfo transformerModel() {
  ModelInfo info = sequenceModel(kTransformer, "Transformer",
                                 "Looks at all tokens before, and learns which of them matter for the next.",
                                 "Vaswani et al. 2017, arXiv:1706.03762; Radford et al. 2019",
                                 {.hasDimensions = false, .attends = true, .learningRate = 1e-3});
  info.create = create<kTransformer>;
  return info;
}

}  // namespace lexarium
