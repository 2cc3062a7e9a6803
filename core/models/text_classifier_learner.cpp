// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/text_classifier_learner.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

#include "core/nn/initialise.h"

namespace lexarium {
namespace {

constexpr std::size_t kLeastRows = 16;  // of a shard
constexpr std::size_t kMostShards = 8;
constexpr std::size_t kScoredAtOnce = 64;

}  // namespace

Expected<void> ClassifierLearner::prepare(std::shared_ptr<const TaskData> task, const TaskContext& context) {
  stop_ = context.stop;
  auto data = LabelData::create(std::move(task), config_.data, context);
  if (!data) return tl::unexpected(data.error());
  data_ = std::move(*data);
  ClassifierShape& shape = config_.shape;
  shape.vocabulary = static_cast<Index>(data_.tokenizer->size());
  shape.classes = static_cast<Index>(data_.task->labels.size());
  shape.longest = static_cast<Index>(std::max<std::size_t>(1, config_.data.longest));
  if (config_.start) shape.dimensions = config_.start->vectors.rows();
  if (auto good = checkShape(shape); !good) return good;
  net_ = std::make_unique<ClassifierNet>(shape, parameters_);
  Rng rng = Rng::forStream(config_.execution.seed, 0);
  ClassifierNet::initialise(shape, parameters_, rng);
  if (auto taken = takeStart(); !taken) return taken;
  optimizer_ = Optimizer(parameters_, {});
  pool_ = std::make_unique<ThreadPool>(
      std::max<std::size_t>(1, config_.execution.threads),
      config_.execution.lowPriority ? ThreadPool::Priority::Low : ThreadPool::Priority::Normal);
  shards_.resize(kMostShards);
  config_.batch = std::max<std::size_t>(1, config_.batch);
  round_ = batchesOf(data_, data_.splits.train, config_.batch, shape.hasLayers(), config_.execution.seed, 0);
  stepsPerRound_ = round_.size();
  return {};
}

Expected<void> ClassifierLearner::takeStart() {
  if (!config_.start) return {};
  const NamedVectors& start = *config_.start;
  std::unordered_map<std::string_view, Index> columns;
  for (std::size_t i = 0; i < start.words.size(); ++i) columns.emplace(start.words[i], static_cast<Index>(i));
  MatrixMap table = parameters_.value(net_->table());
  const double size = static_cast<double>(std::max<Index>(1, start.vectors.size()));
  Rng rng = Rng::forStream(config_.execution.seed, 1);
  initialiseNormal(table, std::sqrt(static_cast<double>(start.vectors.squaredNorm()) / size), rng);
  for (std::size_t i = 0; i < data_.tokenizer->size(); ++i) {
    const auto found = columns.find(data_.tokenizer->text(static_cast<TokenId>(i)));
    if (found == columns.end()) continue;
    table.col(static_cast<Index>(i)) = start.vectors.col(found->second);
    ++started_;
  }
  if (started_ == 0)
    return makeError("None of the texts' tokens has a vector to begin with", data_.task->title,
                     "Choose vectors of the same language, and words as tokens");
  parameters_.setFrozen(net_->table(), config_.frozen);
  return {};
}

Shards& ClassifierLearner::shardsFor(std::size_t count) {
  const std::size_t parts = std::min(shardCount(count, kLeastRows), kMostShards);
  auto& shards = shards_[parts - 1];
  if (!shards) shards = std::make_unique<Shards>(parameters_, parts);
  return *shards;
}

double ClassifierLearner::learn(const LabelBatch& batch, Shards& shards) {
  const std::size_t size = batch.texts.size();
  std::vector<double> losses(shards.count());
  shards.run(*pool_, [&](std::size_t s, Tape& tape) {
    tape.stop = stop_;
    tape.isTraining = true;
    tape.rng = Rng::forStream(config_.execution.seed ^ 0xD0, steps_ * kMostShards + s);
    const auto [first, count] = shardRange(size, shards.count(), s);
    const Var logits = net_->forward(tape, std::span(batch.texts).subspan(first, count));
    const Var loss =
        softmaxCrossEntropy(logits, std::span(batch.labels).subspan(first, count), static_cast<double>(size));
    losses[s] = lossSumOf(loss);
    tape.backward(loss);
  });
  double sum = 0;
  for (const double loss : losses) sum += loss;
  return sum;
}

StepReport ClassifierLearner::step() {
  StepReport report;
  report.step = steps_;
  report.learningRate = config_.learningRate;
  if (rounds_ >= config_.epochs) {
    report.finished = true;
    return report;
  }
  const LabelBatch batch = makeBatch(data_, round_[place_]);
  Shards& shards = shardsFor(batch.texts.size());
  try {
    report.lossSum = learn(batch, shards);
  } catch (const PassStopped&) {
    return report;
  }
  report.gradientNorm = normOf(shards.gradients());
  optimizer_.step(parameters_, shards.gradients(), config_.learningRate,
                  clipScale(report.gradientNorm, config_.clip));
  report.step = ++steps_;
  report.examples = batch.texts.size();
  for (const auto& text : batch.texts) report.tokens += text.size();
  if (++place_ == round_.size()) {
    place_ = 0;
    ++rounds_;
    round_ = batchesOf(data_, data_.splits.train, config_.batch, config_.shape.hasLayers(),
                       config_.execution.seed, rounds_);
  }
  report.epoch =
      static_cast<double>(rounds_) + static_cast<double>(place_) / static_cast<double>(stepsPerRound_);
  report.finished = rounds_ >= config_.epochs;
  return report;
}

std::shared_ptr<const ClassifierModel> ClassifierLearner::model() const {
  return std::make_shared<const ClassifierModel>(config_.shape, data_.tokenizer, data_.task->labels,
                                                 parameters_);
}

ClassifierScores ClassifierLearner::scores(const std::vector<std::uint32_t>& examples) const {
  ClassifierScores scores;
  scores.probabilities.setZero(config_.shape.classes, static_cast<Index>(examples.size()));
  if (examples.empty()) return scores;
  std::unordered_map<std::uint32_t, Index> places;
  std::vector<std::uint32_t> labels;
  for (const std::uint32_t i : examples) {
    places.emplace(i, static_cast<Index>(labels.size()));
    labels.push_back(data_.task->examples[i].label);
  }
  Tape tape(parameters_);
  for (const auto& some : batchesOf(data_, examples, kScoredAtOnce, config_.shape.hasLayers(), 0, 0)) {
    if (stop_.stop_requested()) break;
    tape.clear();
    const LabelBatch batch = makeBatch(data_, some);
    const Var loss = softmaxCrossEntropy(net_->forward(tape, batch.texts), batch.labels, 1);
    scores.loss += lossSumOf(loss);
    const ConstMatrixMap probabilities = probabilitiesOf(loss);
    for (std::size_t b = 0; b < some.size(); ++b)
      scores.probabilities.col(places.at(some[b])) = probabilities.col(static_cast<Index>(b)).cast<float>();
  }
  scores.loss /= static_cast<double>(examples.size());
  scores.classes = scoresOf(scores.probabilities, labels);
  return scores;
}

}  // namespace lexarium
