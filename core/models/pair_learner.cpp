// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/pair_learner.h"

#include <algorithm>
#include <cmath>

#include "core/base/memory.h"
#include "core/tasks/bleu.h"

namespace lexarium {
namespace {

constexpr std::size_t kLeastRows = 16;  // of a shard
constexpr std::size_t kMostShards = 8;
constexpr std::size_t kScoredAtOnce = 64;

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

Expected<void> PairLearner::prepare(std::shared_ptr<const TaskData> task, const TaskContext& context) {
  stop_ = context.stop;
  auto data = PairData::create(std::move(task), config_.data, context);
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
  optimizer_ = Optimizer(parameters_, {});
  pool_ = std::make_unique<ThreadPool>(
      std::max<std::size_t>(1, config_.execution.threads),
      config_.execution.lowPriority ? ThreadPool::Priority::Low : ThreadPool::Priority::Normal);
  shards_.resize(kMostShards);
  config_.batch = std::max<std::size_t>(1, config_.batch);
  round_ = batchesOf(data_, data_.splits.train, config_.batch, config_.execution.seed, 0);
  stepsPerRound_ = round_.size();
  return {};
}

/// The decoder is given some of its own words instead of the right ones.
void PairLearner::giveOwnWords(Tape& tape, const PairBatch& part, std::vector<TokenId>& said,
                               Rng& rng) const {
  const double share =
      totalSteps() > 1 ? static_cast<double>(steps_) / static_cast<double>(totalSteps() - 1) : 0;
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

double PairLearner::learn(const PairBatch& batch) {
  const std::size_t count = std::min(shardCount(batch.examples.size(), kLeastRows), kMostShards);
  auto& shards = shards_[count - 1];
  if (!shards) shards = std::make_unique<Shards>(parameters_, count);
  std::vector<double> losses(count);
  const auto work = [&](std::size_t s, Tape& tape) {
    tape.stop = stop_;
    tape.isTraining = true;
    tape.rng = Rng::forStream(config_.execution.seed ^ 0xD0, steps_ * kMostShards + s);
    const PairBatch part = partOf(batch, shardRange(batch.examples.size(), count, s));
    std::vector<TokenId> said = part.said;
    Rng own = Rng::forStream(config_.execution.seed ^ 0x7E, steps_ * kMostShards + s);
    giveOwnWords(tape, part, said, own);
    const Var logits = net_->forward(tape, part.source, said, static_cast<Index>(part.examples.size()));
    const Var loss = softmaxCrossEntropy(logits, part.expected, static_cast<double>(batch.tokens));
    losses[s] = lossSumOf(loss);
    tape.backward(loss);
  };
  shards->run(*pool_, work);
  double sum = 0;
  for (const double loss : losses) sum += loss;
  return sum;
}

StepReport PairLearner::step() {
  StepReport report;
  report.step = steps_;
  report.learningRate = config_.learningRate;
  if (rounds_ >= config_.epochs) {
    report.finished = true;
    return report;
  }
  const PairBatch batch = makeBatch(data_, round_[place_]);
  try {
    report.lossSum = learn(batch);
  } catch (const PassStopped&) {
    return report;
  }
  auto& shards = *shards_[std::min(shardCount(batch.examples.size(), kLeastRows), kMostShards) - 1];
  report.gradientNorm = normOf(shards.gradients());
  optimizer_.step(parameters_, shards.gradients(), config_.learningRate,
                  clipScale(report.gradientNorm, config_.clip));
  report.step = ++steps_;
  report.examples = report.tokens = batch.tokens;
  if (++place_ == round_.size()) {
    place_ = 0;
    ++rounds_;
    round_ = batchesOf(data_, data_.splits.train, config_.batch, config_.execution.seed, rounds_);
  }
  report.epoch =
      static_cast<double>(rounds_) + static_cast<double>(place_) / static_cast<double>(stepsPerRound_);
  report.finished = rounds_ >= config_.epochs;
  return report;
}

std::shared_ptr<const PairModel> PairLearner::model() const {
  return std::make_shared<const PairModel>(config_.shape, data_.tokens, parameters_);
}

PairScores PairLearner::scores(const std::vector<std::uint32_t>& examples, std::size_t mostSaid,
                               const TranslateOptions& options) const {
  PairScores scores;
  Tape tape(parameters_);
  double lossSum = 0;
  std::size_t tokens = 0, right = 0;
  for (const auto& some : batchesOf(data_, examples, kScoredAtOnce, 0, 0)) {
    if (stop_.stop_requested()) break;
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
  if (tokens > 0) {
    scores.loss = lossSum / static_cast<double>(tokens);
    scores.tokenAccuracy = static_cast<double>(right) / static_cast<double>(tokens);
  }
  const auto speaker = model();
  std::vector<std::string> said, wanted;
  std::size_t exact = 0;
  for (const std::uint32_t i : examples) {
    if (said.size() >= mostSaid || stop_.stop_requested()) break;
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
