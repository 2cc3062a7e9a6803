// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/pair_learner.h"

#include <algorithm>
#include <cmath>

#include "core/base/memory.h"
#include "core/models/sequence_text.h"
#include "core/tasks/bleu.h"
#include "core/tasks/story_pairs.h"

namespace lexarium {
namespace {

constexpr std::size_t kScoredAtOnce = 64;
// While training: enough for two digits, at a small share of the time.
constexpr std::size_t kMostValidated = 256, kMostSaidWhileTraining = 32;

TaskTraining trainingOf(const PairConfig& config) {
  return {.batch = config.batch,
          .epochs = config.epochs,
          .learningRate = config.learningRate,
          .schedule = config.schedule,
          .warmup = config.warmup,
          .dropout = config.shape.dropout,
          .clip = config.clip,
          .validateEvery = config.validateEvery,
          .execution = config.execution};
}

}  // namespace

PairBatch partOf(const PairBatch& batch, ShardRange columns) {
  const std::size_t all = batch.examples.size();
  PairBatch part;
  const auto take = [&](const std::vector<TokenId>& from) {
    std::vector<TokenId> to;
    to.reserve(from.size() / all * columns.count);
    for (std::size_t step = 0; step < from.size(); step += all)
      to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(step + columns.first),
                from.begin() + static_cast<std::ptrdiff_t>(step + columns.first + columns.count));
    return to;
  };
  part.examples.assign(batch.examples.begin() + static_cast<std::ptrdiff_t>(columns.first),
                       batch.examples.begin() + static_cast<std::ptrdiff_t>(columns.first + columns.count));
  part.source = take(batch.source);
  part.said = take(batch.said);
  part.expected = take(batch.expected);
  part.tokens = static_cast<std::size_t>(
      std::count_if(part.expected.begin(), part.expected.end(), [](TokenId id) { return id != kIgnore; }));
  return part;
}

PairLearner::PairLearner(const PairConfig& config, std::shared_ptr<const TaskData> task)
    : TaskLearner(std::move(task), trainingOf(config)), config_(config) {}

Expected<void> PairLearner::makeNetwork(const TaskContext& context) {
  if (task_->kind == TaskKind::Stories) task_ = std::make_shared<const TaskData>(pairsFromStories(*task_));
  auto data = PairData::create(task_, config_.data, context);
  if (!data) return tl::unexpected(data.error());
  data_ = std::move(*data);
  PairShape shape = config_.shape;
  shape.sourceVocabulary = static_cast<Index>(data_.tokens.source->size());
  shape.targetVocabulary = static_cast<Index>(data_.tokens.targetVocabulary());
  const auto checked = pairShapeFrom(toJson(shape));
  if (!checked) return tl::unexpected(checked.error());
  config_.shape = *checked;
  // Numbers, gradients of some shards, and two sums of the optimiser.
  constexpr double kCopies = 8;
  if (kCopies * countNumbers(*checked) * sizeof(Real) > static_cast<double>(availableMemoryBytes()))
    return makeError("The network needs more memory than there is", data_.task->title,
                     "Choose fewer units or layers, or a smaller vocabulary");
  net_ = makePairNet(*checked, parameters_);
  Rng rng = Rng::forStream(config_.execution.seed, 0);
  PairNet::initialise(*checked, parameters_, rng);
  return {};
}

std::vector<TaskLearner::Batch> PairLearner::batchesOfRound(std::uint64_t round) const {
  return batchesOf(data_, data_.splits.train, training_.batch, training_.execution.seed, round);
}

TaskLearner::BatchSize PairLearner::beginBatch(const Batch& batch) {
  batch_ = makeBatch(data_, batch);
  return {batch_.tokens, batch_.tokens};
}

/// The decoder is given some of its own words instead of the right ones.
void PairLearner::giveOwnWords(Tape& tape, const PairBatch& part, std::vector<TokenId>& said,
                               Rng& rng) const {
  const double share =
      totalSteps() > 1 ? static_cast<double>(stepsDone()) / static_cast<double>(totalSteps() - 1) : 0;
  const double right = config_.teacherFirst + (config_.teacherLast - config_.teacherFirst) * share;
  if (right >= 1) return;
  const std::size_t count = part.examples.size();
  const Matrix logits = net_->forward(tape, part.source, part.said, static_cast<Index>(count)).value();
  tape.clear();
  for (std::size_t i = count; i < said.size(); ++i) {
    if (part.expected[i - count] == kIgnore || rng.uniform() < right) continue;
    Index best = 0;
    logits.col(static_cast<Index>(i - count)).maxCoeff(&best);
    // An end in the middle would be no beginning of anything.
    if (static_cast<TokenId>(best) < data_.tokens.begin()) said[i] = static_cast<TokenId>(best);
  }
}

double PairLearner::learnPart(Tape& tape, ShardRange columns, std::uint64_t number) const {
  const PairBatch part = partOf(batch_, columns);
  std::vector<TokenId> said = part.said;
  Rng own = Rng::forStream(training_.execution.seed ^ 0x7E, number);
  giveOwnWords(tape, part, said, own);
  const Var logits = net_->forward(tape, part.source, said, static_cast<Index>(part.examples.size()));
  const Var loss = softmaxCrossEntropy(logits, part.expected, static_cast<double>(batch_.tokens));
  tape.backward(loss);
  return lossSumOf(loss);
}

double PairLearner::validate(TaskMetrics& scores) const {
  if (data_.splits.validation.empty()) return TaskMetrics::kNone;
  const auto measured =
      this->scores(spreadOver(data_.splits.validation, kMostValidated), kMostSaidWhileTraining);
  if (stopToken().stop_requested()) return TaskMetrics::kNone;
  scores.accuracy = measured.tokenAccuracy;
  scores.exact = measured.sequenceAccuracy;
  scores.bleu = measured.bleu / 100;
  return measured.loss;
}

Expected<std::span<const Real>> PairLearner::numbersOf(const TrainedModel& saved) const {
  const auto* model = dynamic_cast<const PairModel*>(&saved);
  if (!model) return makeError("It is a model of another kind");
  PairShape shape = model->shape();
  shape.dropout = config_.shape.dropout;
  if (!(shape == config_.shape)) return makeError("Its network is another one");
  if (tokensFingerprint(*model->tokens().source) != tokensFingerprint(*data_.tokens.source) ||
      tokensFingerprint(*model->tokens().target) != tokensFingerprint(*data_.tokens.target))
    return makeError("It has learned from other tokens than these pairs'");
  return model->numbers().values();
}

std::shared_ptr<const PairModel> PairLearner::model() const {
  return std::make_shared<const PairModel>(config_.shape, data_.tokens, parameters_);
}

void PairLearner::scoreWithHelp(const std::vector<std::uint32_t>& examples, PairScores& scores) const {
  Tape tape(parameters_);
  double lossSum = 0;
  std::size_t tokens = 0, right = 0;
  for (const auto& some : batchesOf(data_, examples, kScoredAtOnce, 0, 0)) {
    if (stopToken().stop_requested()) break;
    tape.clear();
    const PairBatch batch = makeBatch(data_, some);
    const Var logits =
        net_->forward(tape, batch.source, batch.said, static_cast<Index>(batch.examples.size()));
    const Matrix values = logits.value();
    lossSum += lossSumOf(softmaxCrossEntropy(logits, batch.expected, 1));
    tokens += batch.tokens;
    for (std::size_t i = 0; i < batch.expected.size(); ++i) {
      if (batch.expected[i] == kIgnore) continue;
      Index best = 0;
      values.col(static_cast<Index>(i)).maxCoeff(&best);
      right += static_cast<TokenId>(best) == batch.expected[i] ? 1 : 0;
    }
  }
  if (tokens == 0) return;
  scores.loss = lossSum / static_cast<double>(tokens);
  scores.tokenAccuracy = static_cast<double>(right) / static_cast<double>(tokens);
}

PairScores PairLearner::scores(const std::vector<std::uint32_t>& examples, std::size_t mostSaid,
                               const TranslateOptions& options) const {
  PairScores scores;
  scoreWithHelp(examples, scores);
  const auto speaker = model();
  std::vector<std::string> said, wanted;
  std::size_t exact = 0;
  for (const std::uint32_t i : spreadOver(examples, mostSaid)) {
    if (stopToken().stop_requested()) break;
    const TaskExample& example = data_.task->examples[i];
    said.push_back(speaker->translate(example.input, options).front().text);
    wanted.push_back(data_.tokens.target->decode(data_.targets[i]));
    exact += said.back() == wanted.back() ? 1 : 0;
  }
  scores.examples = said.size();
  if (said.empty()) return scores;
  scores.sequenceAccuracy = static_cast<double>(exact) / static_cast<double>(said.size());
  std::vector<std::vector<std::string>> references;
  for (std::size_t i = 0; i < said.size(); ++i) references.push_back({wanted[i]});
  scores.bleu = bleuOf(said, references, bleuTokensFor(wanted)).score;
  return scores;
}

}  // namespace lexarium
