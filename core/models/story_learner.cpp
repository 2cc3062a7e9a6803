// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/story_learner.h"

#include <algorithm>
#include <cmath>

#include "core/base/memory.h"

#include "core/base/shuffle.h"

namespace lexarium {
namespace {

constexpr std::size_t kLeastRows = 16;  // of a shard
constexpr std::size_t kMostShards = 8;
constexpr std::size_t kMostAnswers = 100'000;

}  // namespace

Expected<void> StoryLearner::prepare(std::shared_ptr<const TaskData> task, const TaskContext& context) {
  stop_ = context.stop;
  task_ = std::move(task);
  splits_ = splitExamples(*task_, config_.split);
  std::map<std::string, std::uint32_t> known;
  for (const std::uint32_t i : splits_.train) {
    const TaskExample& example = task_->examples[i];
    for (const std::string& sentence : example.story) words_.learn(sentence);
    words_.learn(example.input);
    if (known.size() < kMostAnswers) known.try_emplace(example.output, 0);
  }
  for (auto& [answer, index] : known) {
    index = static_cast<std::uint32_t>(answers_.size());
    answers_.push_back(answer);
  }
  if (answers_.empty())
    return makeError("There is no question to learn from", task_->title, "Choose another file");
  for (const TaskExample& example : task_->examples) {
    if (context.stopRequested()) return cancelled();
    std::vector<std::vector<TokenId>> story;
    const auto most = static_cast<std::size_t>(config_.shape.sentences);
    for (std::size_t s = example.story.size() - std::min(example.story.size(), most);
         s < example.story.size(); ++s)
      story.push_back(words_.read(example.story[s]));
    if (story.empty()) story.emplace_back();
    stories_.push_back(std::move(story));
    questions_.push_back(words_.read(example.input));
    const auto answer = known.find(example.output);
    answerOf_.push_back(answer == known.end() ? kIgnore : answer->second);
  }
  config_.shape.words = static_cast<Index>(words_.size());
  config_.shape.answers = static_cast<Index>(answers_.size());
  const auto checked = storyShapeFrom(toJson(config_.shape));
  if (!checked) return tl::unexpected(checked.error());
  // Numbers, gradients of some shards, and two sums of the optimiser.
  constexpr double kCopies = 8;
  if (kCopies * countNumbers(*checked) * sizeof(Real) > static_cast<double>(availableMemoryBytes()))
    return makeError("The network needs more memory than there is", task_->title,
                     "Choose fewer units, or a shorter memory");
  net_ = std::make_unique<StoryNet>(*checked, parameters_);
  Rng rng = Rng::forStream(config_.execution.seed, 0);
  StoryNet::initialise(parameters_, rng);
  optimizer_ = Optimizer(parameters_, {});
  pool_ = std::make_unique<ThreadPool>(
      std::max<std::size_t>(1, config_.execution.threads),
      config_.execution.lowPriority ? ThreadPool::Priority::Low : ThreadPool::Priority::Normal);
  shards_.resize(kMostShards);
  config_.batch = std::max<std::size_t>(1, config_.batch);
  round_ = batches(0);
  stepsPerRound_ = round_.size();
  return {};
}

/// Stories of a batch have equally many sentences.
std::vector<std::vector<std::uint32_t>> StoryLearner::batches(std::uint64_t round) const {
  std::map<std::size_t, std::vector<std::uint32_t>> byLength;
  for (const std::uint32_t i : splits_.train) byLength[stories_[i].size()].push_back(i);
  Rng rng = Rng::forStream(config_.execution.seed, round);
  std::vector<std::vector<std::uint32_t>> found;
  for (auto& [length, group] : byLength) {
    shuffle(group, rng);
    for (std::size_t first = 0; first < group.size(); first += config_.batch)
      found.emplace_back(
          group.begin() + static_cast<std::ptrdiff_t>(first),
          group.begin() + static_cast<std::ptrdiff_t>(std::min(group.size(), first + config_.batch)));
  }
  shuffle(found, rng);
  return found;
}

StepReport StoryLearner::step() {
  StepReport report;
  report.step = steps_;
  if (rounds_ >= config_.epochs) {
    report.finished = true;
    return report;
  }
  const auto& batch = round_[place_];
  const std::size_t count = std::min(shardCount(batch.size(), kLeastRows), kMostShards);
  auto& shards = shards_[count - 1];
  if (!shards) shards = std::make_unique<Shards>(parameters_, count);
  std::vector<double> losses(count);
  const auto work = [&](std::size_t s, Tape& tape) {
    tape.stop = stop_;
    const ShardRange rows = shardRange(batch.size(), count, s);
    Sentences memories, asked;
    std::vector<std::uint32_t> answers;
    const std::size_t sentences = stories_[batch[0]].size();
    for (std::size_t i = 0; i < sentences; ++i)
      for (std::size_t b = 0; b < rows.count; ++b) memories.add(stories_[batch[rows.first + b]][i]);
    for (std::size_t b = 0; b < rows.count; ++b) {
      asked.add(questions_[batch[rows.first + b]]);
      answers.push_back(answerOf_[batch[rows.first + b]]);
    }
    const Var logits = net_->forward(tape, memories, asked, static_cast<Index>(rows.count));
    const Var loss = softmaxCrossEntropy(logits, answers, static_cast<double>(batch.size()));
    losses[s] = lossSumOf(loss);
    tape.backward(loss);
  };
  try {
    shards->run(*pool_, work);
  } catch (const PassStopped&) {
    return report;
  }
  const auto quarter = std::max<std::uint64_t>(1, totalSteps() / 4);
  report.learningRate = config_.learningRate * std::pow(0.5, static_cast<double>(steps_ / quarter));
  report.gradientNorm = normOf(shards->gradients());
  optimizer_.step(parameters_, shards->gradients(), report.learningRate,
                  clipScale(report.gradientNorm, config_.clip));
  for (const double loss : losses) report.lossSum += loss;
  report.step = ++steps_;
  report.examples = report.tokens = batch.size();
  if (++place_ == round_.size()) {
    place_ = 0;
    ++rounds_;
    round_ = batches(rounds_);
  }
  report.epoch =
      static_cast<double>(rounds_) + static_cast<double>(place_) / static_cast<double>(stepsPerRound_);
  report.finished = rounds_ >= config_.epochs;
  return report;
}

std::shared_ptr<const StoryModel> StoryLearner::model() const {
  return std::make_shared<const StoryModel>(config_.shape, words_, answers_, parameters_);
}

double StoryLearner::accuracy(const std::vector<std::uint32_t>& examples) const {
  const auto answering = model();
  std::size_t right = 0;
  for (const std::uint32_t i : examples) {
    const TaskExample& example = task_->examples[i];
    right += answering->answer(example.story, example.input, 1).text == example.output ? 1 : 0;
  }
  return examples.empty() ? 0 : static_cast<double>(right) / static_cast<double>(examples.size());
}

double StoryLearner::accuracy(const StoryModel& model, const TaskData& task) {
  std::size_t right = 0;
  for (const TaskExample& example : task.examples)
    right += model.answer(example.story, example.input, 1).text == example.output ? 1 : 0;
  return task.examples.empty() ? 0 : static_cast<double>(right) / static_cast<double>(task.examples.size());
}

}  // namespace lexarium
