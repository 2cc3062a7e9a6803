// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/task_learner.h"

#include <algorithm>
#include <cmath>
#include <new>

#include "core/base/memory.h"
#include "core/models/learner_state.h"

namespace lexarium {
namespace {

constexpr std::size_t kLeastRows = 16;                // of a shard
constexpr std::uint64_t kMostRounds = 1'000'000'000;  // whatever a saved state says
constexpr const char* kLiveKeys[] = {"learning_rate", "dropout", "clip"};

double* liveValue(TaskTraining& training, std::string_view key) {
  if (key == "learning_rate") return &training.learningRate;
  if (key == "dropout") return &training.dropout;
  return key == "clip" ? &training.clip : nullptr;
}

/// Ranges of live values, wherever they come from.
bool isSensible(std::string_view key, double value) {
  if (!std::isfinite(value) || value < 0) return false;
  return key == "dropout" ? value <= 0.95 : value <= 1000;
}

tl::unexpected<Error> tooLarge(const std::string& where) {
  return makeError("The network needs more memory than there is", where,
                   "Choose fewer units or layers, or a smaller vocabulary");
}

}  // namespace

std::vector<std::uint32_t> spreadOver(const std::vector<std::uint32_t>& examples, std::size_t most) {
  if (examples.size() <= most) return examples;
  std::vector<std::uint32_t> some(most);
  for (std::size_t i = 0; i < most; ++i) some[i] = examples[i * examples.size() / most];
  return some;
}

Expected<void> TaskLearner::prepare(std::shared_ptr<const TaskData> task, const TaskContext& context) {
  task_ = std::move(task);
  return prepare(context);
}

Expected<void> TaskLearner::prepare(const TaskContext& context) {
  stop_ = context.stop;
  if (!task_ || task_->examples.empty())
    return makeError("There are no examples to learn from", task_ ? task_->title : std::string(),
                     "Open a file with examples of this task");
  training_.batch = std::max<std::size_t>(1, training_.batch);
  try {
    if (auto made = makeNetwork(context); !made) return made;
    optimizer_ = Optimizer(parameters_, {});
  } catch (const std::bad_alloc&) {
    return tooLarge(task_->title);
  }
  setDropout(training_.dropout);
  pool_ = std::make_unique<ThreadPool>(
      std::max<std::size_t>(1, training_.execution.threads),
      training_.execution.lowPriority ? ThreadPool::Priority::Low : ThreadPool::Priority::Normal);
  shards_.resize(kMostShards);
  round_ = batchesOfRound(0);
  stepsPerRound_ = round_.size();
  if (round_.empty())
    return makeError("There is nothing to learn from", task_->title,
                     "Hold fewer examples back, or open a larger file");
  return {};
}

Shards& TaskLearner::shardsFor(std::size_t examples) {
  const std::size_t parts = std::min(shardCount(examples, kLeastRows), kMostShards);
  auto& shards = shards_[parts - 1];
  if (!shards) shards = std::make_unique<Shards>(parameters_, parts);
  return *shards;
}

double TaskLearner::learn(const Batch& batch, Shards& shards) {
  std::vector<double> losses(shards.count());
  shards.run(*pool_, [&](std::size_t s, Tape& tape) {
    tape.stop = stop_;
    tape.isTraining = true;
    const std::uint64_t number = steps_ * kMostShards + s;
    tape.rng = Rng::forStream(training_.execution.seed ^ 0xD0, number);
    losses[s] = learnPart(tape, shardRange(batch.size(), shards.count(), s), number);
  });
  double sum = 0;
  for (const double loss : losses) sum += loss;
  return sum;
}

StepReport TaskLearner::step() {
  StepReport report;
  report.step = steps_;
  report.epoch = epochsDone();
  report.learningRate = rateAt(steps_);
  report.finished = isOver();
  if (isOver()) return report;
  const Batch& batch = round_[place_];
  const BatchSize size = beginBatch(batch);
  Shards& shards = shardsFor(batch.size());
  try {
    report.lossSum = learn(batch, shards);
  } catch (const PassStopped&) {  // the run ends: as if this step had not begun
    return report;
  }
  report.gradientNorm = normOf(shards.gradients());
  optimizer_.step(parameters_, shards.gradients(), report.learningRate,
                  clipScale(report.gradientNorm, training_.clip));
  report.step = ++steps_;
  report.examples = size.examples;
  report.tokens = size.tokens;
  if (++place_ == round_.size()) {
    place_ = 0;
    round_ = batchesOfRound(++rounds_);
  }
  report.epoch = epochsDone();
  report.finished = isOver();
  validateIfDue(report);
  return report;
}

double TaskLearner::rateAt(std::uint64_t step) const {
  Schedule schedule;
  schedule.kind = training_.schedule;
  schedule.rate = training_.learningRate;
  schedule.warmup = training_.warmup;
  schedule.total = totalSteps();
  schedule.least = training_.learningRate / 10;
  schedule.every = std::max<std::uint64_t>(totalSteps() / 5, 1);
  return schedule.at(step);
}

double TaskLearner::epochsDone() const {
  return static_cast<double>(rounds_) +
         static_cast<double>(place_) / static_cast<double>(std::max<std::uint64_t>(1, stepsPerRound_));
}

void TaskLearner::validateIfDue(StepReport& report) {
  const bool due =
      validationDue_ || isOver() || (training_.validateEvery > 0 && steps_ % training_.validateEvery == 0);
  if (!due) return;
  report.validationLoss = validate(report.scores);
  validationDue_ = std::isnan(report.validationLoss) && stop_.stop_requested();
}

Expected<void> TaskLearner::setLive(std::string_view key, const ParamValue& value) {
  double* const number = liveValue(training_, key);
  const double* given = std::get_if<double>(&value);
  if (!number || !given)
    return makeError("This parameter cannot change while training runs", std::string(key),
                     "Start a new run for it");
  if (!isSensible(key, *given))
    return makeError("The value has no meaning here", std::string(key), "Choose another value");
  *number = *given;
  setDropout(training_.dropout);
  return {};
}

TensorSet TaskLearner::saveState() const {
  TensorSet state = copyModel()->save();
  optimizer_.save(parameters_, state);
  state.tensors["steps"] = tensorOfNumber(steps_);
  state.tensors["rounds"] = tensorOfNumber(rounds_);
  state.tensors["place"] = tensorOfNumber(std::uint64_t{place_});
  state.tensors["steps_per_round"] = tensorOfNumber(stepsPerRound_);
  state.tensors["validation_due"] = tensorOfNumber(std::uint64_t{validationDue_ ? 1u : 0u});
  TaskTraining training = training_;
  for (const char* key : kLiveKeys)
    state.tensors[std::string("live.") + key] = tensorOfNumber(*liveValue(training, key));
  return state;
}

Expected<void> TaskLearner::restoreState(const TensorSet& state) {
  const auto restored = readState(state);
  return restored ? restored : stateDoesNotFit(restored.error());
}

/// Everything is checked before anything changes.
Expected<void> TaskLearner::readState(const TensorSet& state) {
  const auto model = loadTrainedModel(state);
  if (!model) return tl::unexpected<Error>(model.error());
  const auto numbers = numbersOf(**model);
  if (!numbers) return tl::unexpected<Error>(numbers.error());
  Optimizer optimizer(parameters_, {});
  if (auto read = optimizer.load(parameters_, state); !read) return read;
  std::uint64_t whole[5];
  const char* const names[] = {"steps", "rounds", "place", "steps_per_round", "validation_due"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    const auto number = numberIn<std::uint64_t>(state, names[i]);
    if (!number) return tl::unexpected<Error>(number.error());
    whole[i] = *number;
  }
  const auto [steps, rounds, place, stepsPerRound, due] = whole;
  if (stepsPerRound == 0 || place >= stepsPerRound || rounds > kMostRounds || due > 1)
    return makeError("A place is in no round", "place");
  TaskTraining training = training_;
  for (const char* key : kLiveKeys) {
    const auto number = numberIn<double>(state, std::string("live.") + key);
    if (!number) return tl::unexpected<Error>(number.error());
    if (!isSensible(key, *number)) return makeError("A saved value has no meaning", key);
    *liveValue(training, key) = *number;
  }
  std::copy(numbers->begin(), numbers->end(), parameters_.values().begin());
  optimizer_ = std::move(optimizer);
  training_ = training;
  setDropout(training_.dropout);
  steps_ = steps;
  rounds_ = rounds;
  round_ = batchesOfRound(rounds_);
  // With another batch there are more or fewer steps: then about the same share of a round is done.
  const double share = static_cast<double>(place) / static_cast<double>(stepsPerRound);
  place_ = stepsPerRound == stepsPerRound_
               ? static_cast<std::size_t>(place)
               : static_cast<std::size_t>(share * static_cast<double>(stepsPerRound_));
  validationDue_ = due == 1;
  return {};
}

}  // namespace lexarium
