// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/sequence_learner.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <optional>
#include <utility>

#include "core/base/memory.h"
#include "core/models/corpus_vectors.h"
#include "core/models/learner_state.h"
#include "core/models/neural_model.h"
#include "core/models/sequence_batches.h"
#include "core/models/sequence_text.h"
#include "core/models/validation.h"
#include "core/nn/optimizer.h"
#include "core/nn/schedule.h"
#include "core/nn/shards.h"

namespace lexarium {
namespace {

constexpr std::size_t kRowsOfAShard = 16, kTokensOfAnAttendingShard = 256, kLeastRows = 2;
constexpr std::uint64_t kMostRounds = 1'000'000'000;  // whatever a saved state says
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

OptimizerConfig optimizerOf(const ParamSet& params) {
  using Kind = OptimizerConfig::Kind;
  OptimizerConfig config;
  const std::string& name = params.getChoice("optimizer");
  config.kind = name == "adamw"     ? Kind::AdamW
                : name == "rmsprop" ? Kind::RmsProp
                : name == "adagrad" ? Kind::AdaGrad
                : name == "sgd"     ? Kind::Sgd
                                    : Kind::Adam;
  config.momentum = params.getNumber("momentum");
  config.decay = params.getNumber("weight_decay");
  return config;
}

/// Values that may change while it learns.
struct LiveParams {
  double rate = 0, dropout = 0, clip = 0;

  double* find(std::string_view key) {
    if (key == "learning_rate") return &rate;
    if (key == "dropout") return &dropout;
    return key == "clip" ? &clip : nullptr;
  }
};
constexpr const char* kLiveKeys[] = {"learning_rate", "dropout", "clip"};

class SequenceLearner final : public Learner {
 public:
  SequenceLearner(std::string kind, std::shared_ptr<const Corpus> corpus, const ParamSet& params,
                  const Execution& execution)
      : kind_(std::move(kind)),
        corpus_(std::move(corpus)),
        params_(params),
        execution_(execution),
        live_{params.getNumber("learning_rate"), params.getNumber("dropout"), params.getNumber("clip")} {}

  Expected<void> prepare(const TaskContext& context) override;
  void expectState() override { expectsState_ = true; }
  void setVectors(std::shared_ptr<const Matrix> vectors) override { vectors_ = std::move(vectors); }
  StepReport step() override;
  std::size_t words() const override { return text_.words; }
  std::size_t dimensions() const override { return static_cast<std::size_t>(net_->shape().dimensions); }
  void copyEmbeddings(std::size_t count, Matrix& out) const override {
    out = parameters().value(net_->table()).leftCols(static_cast<Index>(count));
  }
  std::shared_ptr<const TrainedModel> copyModel() const override {
    return std::make_shared<const NeuralModel>(shownNet_, text_.tokenizer, text_.charactersPerToken,
                                               parameters_);
  }
  std::uint64_t totalSteps() const override;
  Expected<void> setLive(std::string_view key, const ParamValue& value) override;
  bool isFinite() const override { return parameters_.isFinite(); }
  TensorSet saveState() const override;
  std::uint64_t stateBytes() const override { return 3 * parameters_.values().size_bytes(); }
  Expected<void> restoreState(const TensorSet& state) override;

 private:
  Expected<void> makeNet();
  Expected<void> takeVectors(const TaskContext& context);
  void makeShards();
  void zeroStates();
  const Parameters& parameters() const { return parameters_; }
  Schedule schedule() const;
  bool isOver() const { return stopped_ || batches_.rounds() >= epochs(); }
  std::uint64_t epochs() const { return static_cast<std::uint64_t>(params_.getInt("epochs")); }
  std::optional<double> learnBatch(std::size_t tokens);
  void validateIfDue(StepReport& report);
  Expected<void> readState(const TensorSet& state);
  Expected<std::vector<NetState>> statesIn(const TensorSet& state) const;

  std::string kind_;
  std::shared_ptr<const Corpus> corpus_;
  ParamSet params_;
  Execution execution_;
  LiveParams live_;
  StopToken stop_;
  bool expectsState_ = false;
  std::shared_ptr<const Matrix> vectors_;  // that the input layer begins with; until then

  SequenceText text_;
  std::shared_ptr<SequenceNet> net_;
  std::shared_ptr<const SequenceNet> shownNet_;  // the same, never changed: others read it at any time
  Parameters parameters_;
  Optimizer optimizer_;
  SequenceBatches batches_;
  std::unique_ptr<Shards> shards_;
  std::unique_ptr<ThreadPool> pool_;
  std::optional<Validation> validation_;
  std::vector<NetState> states_;        // of each shard
  std::vector<NetState> statesBefore_;  // the newest step
  std::vector<double> shardLosses_;
  std::uint64_t steps_ = 0;
  double best_ = kUnknown;  // validation loss
  std::uint64_t looksSinceBest_ = 0;
  bool validationDue_ = false;  // it was stopped
  bool stopped_ = false;        // no better for too long
};

Expected<void> SequenceLearner::prepare(const TaskContext& context) {
  stop_ = context.stop;
  auto text = SequenceText::create(*corpus_, params_, context);
  if (!text) return tl::unexpected<Error>(text.error());
  text_ = std::move(*text);
  context.report(-1, "Drawing the first numbers");
  if (context.stopRequested()) return cancelled();
  if (auto made = makeNet(); !made) return made;
  if (auto taken = takeVectors(context); !taken) return taken;
  makeShards();
  return {};
}

Expected<void> SequenceLearner::makeNet() {
  // The shape is checked as one from a file would be.
  const auto shape = netShapeFrom(toJson(netShapeOf(kind_, params_, text_.tokenizer->size())));
  if (!shape) {
    return makeError(
        shape.error().what, "units",
        kind_ == "transformer" ? "Choose units that are a multiple of the heads" : "Choose other sizes");
  }
  const auto tooLarge = [&] {
    return makeError("The network needs more memory than there is", corpus_->title(),
                     "Choose fewer units or layers, or a smaller vocabulary");
  };
  net_ = makeSequenceNet(*shape);
  shownNet_ = makeSequenceNet(*shape);
  // Numbers, gradients of some shards, and two sums of the optimiser.
  constexpr std::uint64_t kCopies = 8;
  if (kCopies * net_->countNumbers() * sizeof(Real) > availableMemoryBytes()) return tooLarge();
  try {
    net_->declare(parameters_);
    Rng rng = Rng::forStream(execution_.seed, 0);
    net_->initialise(parameters_, rng);
    optimizer_ = Optimizer(parameters_, optimizerOf(params_));
  } catch (const std::bad_alloc&) {
    return tooLarge();
  }
  return {};
}

/// Of words without a vector, and of the tokens that are no words, the drawn numbers stay.
Expected<void> SequenceLearner::takeVectors(const TaskContext& context) {
  const auto given = std::exchange(vectors_, nullptr);
  const bool named = !vectorsNamed(params_).empty();
  if (text_.words == 0) {
    if (!named) return {};
    return makeError("Word vectors can only begin a model whose tokens are words", {},
                     "Choose words as its tokens, or no vectors");
  }
  parameters_.setFrozen(net_->table(), areVectorsFrozen(params_));
  if (!named || expectsState_) return {};
  MatrixMap table = parameters_.value(net_->table());
  Matrix numbers = table;
  Expected<void> begun;
  if (given) {
    begun = beginWith(*given, text_.words, numbers);
  } else {
    const auto read = readNamedVectors(params_, *corpus_, context);
    if (!read) return tl::unexpected<Error>(read.error());
    begun = beginWith(read->table, text_.words, numbers);
  }
  if (begun) table = numbers;
  return begun;
}

void SequenceLearner::makeShards() {
  const bool carries = net_->carriesState();
  batches_ = SequenceBatches(text_.training(),
                             {.rows = static_cast<std::size_t>(params_.getInt("batch")),
                              .length = static_cast<std::size_t>(params_.getInt("context")),
                              .inOrder = carries},
                             execution_.seed);
  const std::size_t rows = batches_.plan().rows;
  // What each works on should lie in a core's cache.
  const std::size_t least =
      carries ? kRowsOfAShard
              : std::clamp(kTokensOfAnAttendingShard / batches_.plan().length, kLeastRows, kRowsOfAShard);
  shards_ = std::make_unique<Shards>(parameters_, shardCount(rows, least));
  shardLosses_.resize(shards_->count());
  states_.resize(shards_->count());
  zeroStates();
  pool_ = std::make_unique<ThreadPool>(
      std::max<std::size_t>(execution_.threads, 1),
      execution_.lowPriority ? ThreadPool::Priority::Low : ThreadPool::Priority::Normal);
  if (!text_.validation().empty()) {
    validation_.emplace(parameters_, net_, text_.validation(),
                        static_cast<std::size_t>(params_.getInt("context")));
  }
}

void SequenceLearner::zeroStates() {
  for (std::size_t s = 0; s < states_.size(); ++s) {
    const ShardRange rows = shardRange(batches_.plan().rows, shards_->count(), s);
    states_[s] = net_->zeroState(static_cast<Index>(rows.count));
  }
}

Schedule SequenceLearner::schedule() const {
  Schedule schedule;
  schedule.kind = scheduleNamed(params_.getChoice("schedule"));
  schedule.rate = live_.rate;
  schedule.warmup = static_cast<std::uint64_t>(params_.getInt("warmup"));
  schedule.total = totalSteps();
  schedule.least = live_.rate / 10;
  schedule.every = std::max<std::uint64_t>(totalSteps() / 5, 1);
  return schedule;
}

StepReport SequenceLearner::step() {
  StepReport report;
  const std::size_t tokens = isOver() ? 0 : batches_.steps() * batches_.plan().rows;
  report.learningRate = schedule().at(steps_);
  if (tokens > 0) {
    const auto learned = learnBatch(tokens);
    if (!learned) {  // the run ends: as if this step had not begun
      report.step = steps_;
      report.epoch = batches_.roundsDone();
      return report;
    }
    const double norm = *learned;
    for (const double loss : shardLosses_) report.lossSum += loss;
    report.gradientNorm = norm;
    optimizer_.step(parameters_, shards_->gradients(), report.learningRate, clipScale(norm, live_.clip));
    if (batches_.advance()) zeroStates();
  }
  report.step = ++steps_;
  report.examples = report.tokens = tokens;
  if (tokens > 0) validateIfDue(report);
  report.epoch = batches_.roundsDone();
  report.finished = isOver();
  return report;
}

/// Leaves the gradients in the shards; returns their norm, nothing if it was stopped.
std::optional<double> SequenceLearner::learnBatch(std::size_t tokens) {
  net_->setDropout(live_.dropout);
  statesBefore_ = states_;
  const auto learn = [&](std::size_t s, Tape& tape) {
    tape.stop = stop_;
    const ShardRange rows = shardRange(batches_.plan().rows, shards_->count(), s);
    tape.isTraining = true;
    tape.rng = Rng::forStream(execution_.seed ^ 0xD0, steps_ * shards_->count() + s);
    std::vector<TokenId> inputs, targets;
    batches_.fill(rows, steps_, inputs, targets);
    const Var logits = net_->forward(tape, inputs, static_cast<Index>(rows.count), states_[s]);
    const Var loss = softmaxCrossEntropy(logits, targets, static_cast<double>(tokens));
    shardLosses_[s] = lossSumOf(loss);
    tape.backward(loss);
  };
  try {
    shards_->run(*pool_, learn);
  } catch (const PassStopped&) {
    states_ = statesBefore_;
    return std::nullopt;
  }
  return normOf(shards_->gradients());
}

void SequenceLearner::validateIfDue(StepReport& report) {
  const auto every = static_cast<std::uint64_t>(params_.getInt("validate_every"));
  const bool due = validationDue_ || isOver() || (every > 0 && steps_ % every == 0);
  if (!validation_ || !due) return;
  report.validationLoss = validation_->measure(*pool_, stop_);
  validationDue_ = std::isnan(report.validationLoss) && stop_.stop_requested();
  if (validationDue_) return;
  if (std::isnan(best_) || report.validationLoss < best_) {
    best_ = report.validationLoss;
    looksSinceBest_ = 0;
  } else {
    ++looksSinceBest_;
  }
  const auto patience = static_cast<std::uint64_t>(params_.getInt("patience"));
  stopped_ = patience > 0 && looksSinceBest_ >= patience;
}

std::uint64_t SequenceLearner::totalSteps() const { return epochs() * batches_.stepsPerRound(); }

Expected<void> SequenceLearner::setLive(std::string_view key, const ParamValue& value) {
  const ModelInfo& info = *findModel(kind_);
  const ParamSpec* spec = findSpec(info.params, key);
  double* const number = live_.find(key);
  if (!spec || !number) {
    return makeError("This parameter cannot change while training runs", std::string(key),
                     "Start a new run for it");
  }
  if (auto valid = validate(*spec, value); !valid) return valid;
  *number = std::get<double>(value);
  return {};
}

TensorSet SequenceLearner::saveState() const {
  TensorSet state = NeuralModel(shownNet_, text_.tokenizer, text_.charactersPerToken, parameters_).save();
  optimizer_.save(parameters_, state);
  state.tensors["steps"] = tensorOfNumber(steps_);
  state.tensors["rounds"] = tensorOfNumber(batches_.rounds());
  state.tensors["place"] = tensorOfNumber(std::uint64_t{batches_.place()});
  state.tensors["row_tokens"] = tensorOfNumber(std::uint64_t{batches_.rowTokens()});
  for (const char* key : kLiveKeys) {
    state.tensors[std::string("live.") + key] = tensorOfNumber(*LiveParams(live_).find(key));
  }
  state.tensors["best"] = tensorOfNumber(std::isnan(best_) ? -1.0 : best_);
  state.tensors["looks_since_best"] = tensorOfNumber(looksSinceBest_);
  state.tensors["validation_due"] = tensorOfNumber(std::uint64_t{validationDue_ ? 1u : 0u});
  for (std::size_t s = 0; s < states_.size(); ++s) {
    for (std::size_t i = 0; i < states_[s].size(); ++i) {
      const Matrix& matrix = states_[s][i];
      state.tensors["state." + std::to_string(s) + '.' + std::to_string(i)] = makeTensor<Real>(
          std::span(matrix.data(), static_cast<std::size_t>(matrix.size())),
          {static_cast<std::uint64_t>(matrix.cols()), static_cast<std::uint64_t>(matrix.rows())});
    }
  }
  return state;
}

Expected<void> SequenceLearner::restoreState(const TensorSet& state) {
  const auto restored = readState(state);
  return restored ? restored : stateDoesNotFit(restored.error());
}

/// Those of the same batch; with another one they begin anew.
Expected<std::vector<NetState>> SequenceLearner::statesIn(const TensorSet& state) const {
  std::vector<NetState> states = states_;
  for (std::size_t s = 0; s < states.size(); ++s) {
    for (std::size_t i = 0; i < states[s].size(); ++i) {
      Matrix& matrix = states[s][i];
      const std::string name = "state." + std::to_string(s) + '.' + std::to_string(i);
      const std::uint64_t shape[] = {static_cast<std::uint64_t>(matrix.cols()),
                                     static_cast<std::uint64_t>(matrix.rows())};
      const auto read =
          readTensor<Real>(state, name, shape, {matrix.data(), static_cast<std::size_t>(matrix.size())});
      if (!read) return tl::unexpected<Error>(read.error());
      if (!matrix.allFinite()) return makeError("A saved number is not finite", name);
      if (auto good = net_->checkState(states[s]); !good) return tl::unexpected<Error>(good.error());
    }
  }
  return states;
}

/// Everything is checked before anything changes.
Expected<void> SequenceLearner::readState(const TensorSet& state) {
  const auto model = loadSequenceModel(state);
  if (!model) return tl::unexpected<Error>(model.error());
  if (tokensFingerprint(*(*model)->tokenizer()) != tokensFingerprint(*text_.tokenizer)) {
    return makeError("It has learned from other tokens than this text's");
  }
  const auto* neural = dynamic_cast<const NeuralModel*>(model->get());
  if (!neural || !sameSizes(neural->net().shape(), net_->shape())) {
    return makeError("Its network is another one");
  }
  Optimizer optimizer(parameters_, optimizerOf(params_));
  if (auto read = optimizer.load(parameters_, state); !read) return read;
  std::uint64_t whole[6];
  const char* const names[] = {"steps",      "rounds",           "place",
                               "row_tokens", "looks_since_best", "validation_due"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    const auto number = numberIn<std::uint64_t>(state, names[i]);
    if (!number) return tl::unexpected<Error>(number.error());
    whole[i] = *number;
  }
  const auto [steps, rounds, place, rowTokens, looks, due] = whole;
  if (rowTokens == 0 || place >= rowTokens || rounds > kMostRounds || due > 1) {
    return makeError("A place is in no round", "place");
  }
  const auto best = numberIn<double>(state, "best");
  if (!best) return tl::unexpected<Error>(best.error());
  LiveParams live = live_;
  const ModelInfo& info = *findModel(kind_);
  for (const char* key : kLiveKeys) {
    const auto number = numberIn<double>(state, std::string("live.") + key);
    if (!number) return tl::unexpected<Error>(number.error());
    if (auto valid = validate(*findSpec(info.params, key), *number); !valid) return valid;
    *live.find(key) = *number;
  }
  const bool sameRows = rowTokens == batches_.rowTokens();
  std::optional<std::vector<NetState>> states;
  if (sameRows) {
    auto read = statesIn(state);
    if (!read) return tl::unexpected<Error>(read.error());
    states = std::move(*read);
  }

  const auto values = neural->parameters().values();
  std::copy(values.begin(), values.end(), parameters_.values().begin());
  optimizer_ = std::move(optimizer);
  live_ = live;
  steps_ = steps;
  best_ = *best < 0 || !std::isfinite(*best) ? kUnknown : *best;
  looksSinceBest_ = looks;
  validationDue_ = due == 1;
  // With another batch the rows are longer or shorter: then about the same share of a round is done.
  const double share = static_cast<double>(place) / static_cast<double>(rowTokens);
  batches_.moveTo(rounds, sameRows
                              ? static_cast<std::size_t>(place)
                              : static_cast<std::size_t>(share * static_cast<double>(batches_.rowTokens())));
  const auto patience = static_cast<std::uint64_t>(params_.getInt("patience"));
  stopped_ = patience > 0 && looksSinceBest_ >= patience;
  if (states) {
    states_ = std::move(*states);
  } else {
    zeroStates();
  }
  return {};
}

}  // namespace

std::unique_ptr<Learner> createSequenceLearner(const std::string& kind, std::shared_ptr<const Corpus> corpus,
                                               const ParamSet& params, const Execution& execution) {
  return std::make_unique<SequenceLearner>(kind, std::move(corpus), params, execution);
}

}  // namespace lexarium
