// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/story_learner.h"

#include <algorithm>
#include <cmath>

#include "core/autodiff/softmax.h"
#include "core/base/memory.h"
#include "core/base/shuffle.h"

namespace lexarium {
namespace {

constexpr std::size_t kMostAnswers = 100'000;
constexpr std::size_t kMostValidated = 500;  // while training

TaskTraining trainingOf(const StoryConfig& config) {
  return {.batch = config.batch,
          .epochs = config.epochs,
          .learningRate = config.learningRate,
          .clip = config.clip,
          .validateEvery = config.validateEvery,
          .execution = config.execution};
}

}  // namespace

StoryLearner::StoryLearner(const StoryConfig& config, std::shared_ptr<const TaskData> task)
    : TaskLearner(std::move(task), trainingOf(config)), config_(config) {}

Expected<void> StoryLearner::makeNetwork(const TaskContext& context) {
  if (auto read = readExamples(context); !read) return read;
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
  return {};
}

Expected<void> StoryLearner::readExamples(const TaskContext& context) {
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
  return {};
}

std::vector<TaskLearner::Batch> StoryLearner::batchesOf(const std::vector<std::uint32_t>& examples,
                                                        std::uint64_t round) const {
  std::map<std::size_t, std::vector<std::uint32_t>> byLength;
  for (const std::uint32_t i : examples) byLength[stories_[i].size()].push_back(i);
  Rng rng = Rng::forStream(training_.execution.seed, round);
  std::vector<Batch> found;
  for (auto& [length, group] : byLength) {
    shuffle(group, rng);
    for (std::size_t first = 0; first < group.size(); first += training_.batch)
      found.emplace_back(
          group.begin() + static_cast<std::ptrdiff_t>(first),
          group.begin() + static_cast<std::ptrdiff_t>(std::min(group.size(), first + training_.batch)));
  }
  shuffle(found, rng);
  return found;
}

std::vector<TaskLearner::Batch> StoryLearner::batchesOfRound(std::uint64_t round) const {
  return batchesOf(splits_.train, round);
}

TaskLearner::BatchSize StoryLearner::beginBatch(const Batch& batch) {
  batch_ = batch;
  return {batch.size(), batch.size()};
}

Var StoryLearner::forward(Tape& tape, std::span<const std::uint32_t> examples,
                          std::vector<std::uint32_t>& answers) const {
  Sentences memories, asked;
  const std::size_t sentences = stories_[examples[0]].size();
  for (std::size_t i = 0; i < sentences; ++i)
    for (const std::uint32_t example : examples) memories.add(stories_[example][i]);
  for (const std::uint32_t example : examples) {
    asked.add(questions_[example]);
    answers.push_back(answerOf_[example]);
  }
  return net_->forward(tape, memories, asked, static_cast<Index>(examples.size()));
}

double StoryLearner::learnPart(Tape& tape, ShardRange columns, std::uint64_t) const {
  std::vector<std::uint32_t> answers;
  const Var logits = forward(tape, std::span(batch_).subspan(columns.first, columns.count), answers);
  const Var loss = softmaxCrossEntropy(logits, answers, static_cast<double>(batch_.size()));
  tape.backward(loss);
  return lossSumOf(loss);
}

double StoryLearner::rateAt(std::uint64_t step) const {
  const auto quarter = std::max<std::uint64_t>(1, totalSteps() / 4);
  return training_.learningRate * std::pow(0.5, static_cast<double>(step / quarter));
}

double StoryLearner::validate(TaskMetrics& scores) const {
  if (splits_.validation.empty()) return TaskMetrics::kNone;
  double loss = 0;
  const double right = accuracy(spreadOver(splits_.validation, kMostValidated), &loss);
  if (stopToken().stop_requested()) return TaskMetrics::kNone;
  scores.accuracy = right;
  return loss;
}

Expected<std::span<const Real>> StoryLearner::numbersOf(const TrainedModel& saved) const {
  const auto* model = dynamic_cast<const StoryModel*>(&saved);
  if (!model) return makeError("It is a model of another kind");
  StoryShape shape = config_.shape;
  shape.words = static_cast<Index>(words_.size());
  shape.answers = static_cast<Index>(answers_.size());
  if (!(model->shape() == shape)) return makeError("Its network is another one");
  if (model->words().words() != words_.words() || model->answers() != answers_)
    return makeError("It has learned from other words than these stories'");
  return model->numbers().values();
}

std::shared_ptr<const StoryModel> StoryLearner::model() const {
  return std::make_shared<const StoryModel>(config_.shape, words_, answers_, parameters_);
}

double StoryLearner::accuracy(const std::vector<std::uint32_t>& examples, double* loss) const {
  Tape tape(parameters_);
  std::size_t right = 0, known = 0;
  double sum = 0;
  for (const Batch& some : batchesOf(examples, 0)) {
    if (stopToken().stop_requested()) break;
    tape.clear();
    std::vector<std::uint32_t> answers;
    const Var logits = forward(tape, some, answers);
    const Matrix values = logits.value();
    for (std::size_t b = 0; b < some.size(); ++b) {
      Index best = 0;
      values.col(static_cast<Index>(b)).maxCoeff(&best);
      right += static_cast<std::uint32_t>(best) == answers[b] ? 1 : 0;
      known += answers[b] == kIgnore ? 0 : 1;
    }
    sum += lossSumOf(softmaxCrossEntropy(logits, answers, 1));
  }
  if (loss) *loss = known > 0 ? sum / static_cast<double>(known) : TaskMetrics::kNone;
  return examples.empty() ? 0 : static_cast<double>(right) / static_cast<double>(examples.size());
}

double StoryLearner::accuracy(const StoryModel& model, const TaskData& task) {
  std::size_t right = 0;
  for (const TaskExample& example : task.examples)
    right += model.answer(example.story, example.input, 1).text == example.output ? 1 : 0;
  return task.examples.empty() ? 0 : static_cast<double>(right) / static_cast<double>(task.examples.size());
}

}  // namespace lexarium
