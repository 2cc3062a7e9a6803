// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/text_classifier_learner.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/base/memory.h"
#include "core/models/sequence_text.h"
#include "core/nn/initialise.h"

namespace lexarium {
namespace {

constexpr std::size_t kScoredAtOnce = 64;
constexpr std::size_t kMostValidated = 1000;  // while training: enough for two digits

TaskTraining trainingOf(const ClassifierConfig& config) {
  return {.batch = config.batch,
          .epochs = config.epochs,
          .learningRate = config.learningRate,
          .dropout = config.shape.dropout,
          .clip = config.clip,
          .validateEvery = config.validateEvery,
          .execution = config.execution};
}

}  // namespace

ClassifierLearner::ClassifierLearner(ClassifierConfig config, std::shared_ptr<const TaskData> task)
    : TaskLearner(std::move(task), trainingOf(config)), config_(std::move(config)) {}

Expected<void> ClassifierLearner::makeNetwork(const TaskContext& context) {
  auto data = LabelData::create(task_, config_.data, context);
  if (!data) return tl::unexpected(data.error());
  data_ = std::move(*data);
  ClassifierShape& shape = config_.shape;
  shape.vocabulary = static_cast<Index>(data_.tokenizer->size());
  shape.classes = static_cast<Index>(data_.task->labels.size());
  shape.longest = static_cast<Index>(std::max<std::size_t>(1, config_.data.longest));
  if (auto found = findStart(context); !found) return found;
  if (config_.start) shape.dimensions = config_.start->vectors.rows();
  if (auto good = checkShape(shape); !good) return good;
  // Numbers, gradients of some shards, and two sums of the optimiser.
  constexpr double kCopies = 8;
  if (kCopies * parametersOf(shape) * sizeof(Real) > static_cast<double>(availableMemoryBytes()))
    return makeError("The network needs more memory than there is", data_.task->title,
                     "Choose fewer units or layers, or a smaller vocabulary");
  net_ = std::make_unique<ClassifierNet>(shape, parameters_);
  Rng rng = Rng::forStream(config_.execution.seed, 0);
  ClassifierNet::initialise(shape, parameters_, rng);
  return takeStart();
}

Expected<void> ClassifierLearner::findStart(const TaskContext& context) {
  const auto given = std::exchange(vectors_, nullptr);
  if (!config_.findStart || expectsState()) return {};
  auto found = config_.findStart(given.get(), context);
  if (!found) return tl::unexpected(found.error());
  if ((*found)->vectors.rows() != config_.shape.dimensions)
    return makeError("The vectors have " + std::to_string((*found)->vectors.rows()) +
                         " dimensions, the model " + std::to_string(config_.shape.dimensions),
                     "dimensions", "Set the dimensions to those of the vectors");
  config_.start = std::move(*found);
  return {};
}

Expected<void> ClassifierLearner::takeStart() {
  parameters_.setFrozen(net_->table(), config_.frozen);
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
  return {};
}

std::vector<TaskLearner::Batch> ClassifierLearner::batchesOfRound(std::uint64_t round) const {
  return batchesOf(data_, data_.splits.train, training_.batch, config_.shape.hasLayers(),
                   training_.execution.seed, round);
}

TaskLearner::BatchSize ClassifierLearner::beginBatch(const Batch& batch) {
  batch_ = makeBatch(data_, batch);
  BatchSize size{batch_.texts.size(), 0};
  for (const auto& text : batch_.texts) size.tokens += text.size();
  return size;
}

double ClassifierLearner::learnPart(Tape& tape, ShardRange columns, std::uint64_t) const {
  const auto [first, count] = columns;
  const Var logits = net_->forward(tape, std::span(batch_.texts).subspan(first, count));
  const Var loss = softmaxCrossEntropy(logits, std::span(batch_.labels).subspan(first, count),
                                       static_cast<double>(batch_.texts.size()));
  tape.backward(loss);
  return lossSumOf(loss);
}

double ClassifierLearner::validate(TaskMetrics& scores) const {
  if (data_.splits.validation.empty()) return TaskMetrics::kNone;
  const auto measured = this->scores(spreadOver(data_.splits.validation, kMostValidated));
  if (stopToken().stop_requested()) return TaskMetrics::kNone;
  scores.accuracy = measured.classes.accuracy;
  scores.macroF1 = measured.classes.macroF1;
  return measured.loss;
}

Expected<std::span<const Real>> ClassifierLearner::numbersOf(const TrainedModel& saved) const {
  const auto* model = dynamic_cast<const ClassifierModel*>(&saved);
  if (!model) return makeError("It is a model of another kind");
  ClassifierShape shape = model->shape();
  shape.dropout = config_.shape.dropout;
  if (!(shape == config_.shape)) return makeError("Its network is another one");
  if (tokensFingerprint(*model->tokenizer()) != tokensFingerprint(*data_.tokenizer))
    return makeError("It has learned from other tokens than these texts'");
  if (model->labels() != data_.task->labels) return makeError("Its classes are others");
  return model->numbers().values();
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
    if (stopToken().stop_requested()) break;
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
