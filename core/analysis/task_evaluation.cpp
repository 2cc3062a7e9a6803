// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/task_evaluation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/models/pair_model.h"
#include "core/models/story_learner.h"
#include "core/models/text_classifier_model.h"
#include "core/tasks/story_pairs.h"

namespace lexarium {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kLeast = 1e-30;  // of a probability

double minusLog(double p) { return -std::log(std::max(p, kLeast)); }

void askPairs(const PairModel& model, const TaskExample& example, ExampleResult& result) {
  const std::string asked = askedText(example.story, example.input);
  const Translation said = model.translate(asked).front();
  const Translation right = model.align(asked, example.output);
  result.said = said.text;
  result.wanted = right.text;
  result.probability = std::exp(said.score);
  result.loss = -right.score;
  result.length = said.source.size();
}

void askClasses(const ClassifierModel& model, const TaskExample& example, ExampleResult& result) {
  const Classification said = model.classify(example.input);
  result.said = model.labels()[said.label];
  result.wanted = example.output;
  result.classes = said.probabilities;
  result.probability = static_cast<double>(said.probabilities[said.label]);
  const auto& labels = model.labels();
  const auto at = static_cast<std::size_t>(std::ranges::find(labels, example.output) - labels.begin());
  result.loss = at < labels.size() ? minusLog(static_cast<double>(said.probabilities[at])) : kNone;
  result.length = said.tokens.size();
}

void askStories(const StoryModel& model, const TaskExample& example, ExampleResult& result) {
  const StoryAnswer said = model.answer(example.story, example.input, model.answers().size());
  result.said = said.text;
  result.wanted = example.output;
  result.probability = static_cast<double>(said.probability);
  result.loss = kNone;
  for (const auto& [answer, p] : said.others)
    if (answer == example.output) result.loss = minusLog(static_cast<double>(p));
  result.length = example.story.size();
}

bool fits(const TrainedModel& model, TaskKind kind) {
  switch (kind) {
    case TaskKind::Pairs:
      return dynamic_cast<const PairModel*>(&model) != nullptr;
    case TaskKind::Labels:
      return dynamic_cast<const ClassifierModel*>(&model) != nullptr;
    case TaskKind::Stories:
      return dynamic_cast<const StoryModel*>(&model) || dynamic_cast<const PairModel*>(&model);
  }
  return false;
}

/// Of the tokens that BLEU counts.
void addTokens(const ExampleResult& result, BleuTokens how, double& right, double& all) {
  const auto said = bleuTokens(result.said, how), wanted = bleuTokens(result.wanted, how);
  for (std::size_t i = 0; i < std::min(said.size(), wanted.size()); ++i)
    right += said[i] == wanted[i] ? 1 : 0;
  all += static_cast<double>(std::max(said.size(), wanted.size()));
}

}  // namespace

Expected<TaskEvaluation> TaskEvaluation::create(std::shared_ptr<const TrainedModel> model,
                                                std::shared_ptr<const TaskData> task,
                                                std::vector<std::uint32_t> examples) {
  if (!model || !fits(*model, task->kind))
    return makeError("The model has learned another kind of task", task->title,
                     std::string("Choose one that was trained on ") + taskKindName(task->kind));
  const auto* sorts = dynamic_cast<const ClassifierModel*>(model.get());
  if (sorts && sorts->labels() != task->labels)
    return makeError("The model knows other classes", task->title, "Choose a model of these texts");
  std::erase_if(examples, [&](std::uint32_t i) { return i >= task->examples.size(); });
  TaskEvaluation evaluation;
  evaluation.model_ = std::move(model);
  evaluation.task_ = std::move(task);
  evaluation.examples_ = std::move(examples);
  return evaluation;
}

ExampleResult TaskEvaluation::resultOf(std::uint32_t index) const {
  const TaskExample& example = task_->examples[index];
  ExampleResult result;
  result.example = index;
  if (const auto* pairs = dynamic_cast<const PairModel*>(model_.get())) askPairs(*pairs, example, result);
  if (const auto* sorts = dynamic_cast<const ClassifierModel*>(model_.get()))
    askClasses(*sorts, example, result);
  if (const auto* stories = dynamic_cast<const StoryModel*>(model_.get()))
    askStories(*stories, example, result);
  result.right = result.said == result.wanted;
  return result;
}

void TaskEvaluation::advance(std::size_t count, const StopToken& stop) {
  for (std::size_t i = 0; i < std::max<std::size_t>(1, count) && !isFinished(); ++i) {
    if (stop.stop_requested()) return;
    results_.push_back(resultOf(examples_[results_.size()]));
  }
}

bool TaskEvaluation::finish(const TaskContext& context) {
  constexpr std::size_t kAtOnce = 16;
  while (!isFinished()) {
    advance(kAtOnce, context.stop);
    if (context.stopRequested()) return false;
    context.report(static_cast<double>(results_.size()) / static_cast<double>(examples_.size()),
                   "Asking the model");
  }
  return true;
}

TaskScores TaskEvaluation::scores() const {
  TaskScores scores;
  scores.examples = results_.size();
  if (results_.empty()) return scores;
  double loss = 0, right = 0, numbers = 0;
  for (const ExampleResult& result : results_) {
    right += result.right ? 1 : 0;
    if (std::isnan(result.loss)) continue;
    loss += result.loss;
    numbers += 1;
  }
  scores.loss = numbers > 0 ? loss / numbers : kNone;
  scores.accuracy = right / static_cast<double>(results_.size());
  if (task_->kind == TaskKind::Pairs) {
    std::vector<std::string> said, wanted;
    std::vector<std::vector<std::string>> references;
    for (const ExampleResult& result : results_) {
      said.push_back(result.said);
      wanted.push_back(result.wanted);
      references.push_back({result.wanted});
    }
    const BleuTokens how = bleuTokensFor(wanted);
    scores.bleu = bleuOf(said, references, how);
    double places = 0, all = 0;
    // Texts of one word (dates, digits) are compared character by character.
    for (const ExampleResult& result : results_) {
      const bool words = result.wanted.find(' ') != std::string::npos;
      addTokens(result, words ? how : BleuTokens::Characters, places, all);
    }
    scores.tokenAccuracy = all > 0 ? places / all : 0;
  }
  if (task_->kind == TaskKind::Labels) {
    const auto classes = static_cast<Eigen::Index>(task_->labels.size());
    Eigen::MatrixXf probabilities(classes, static_cast<Eigen::Index>(results_.size()));
    std::vector<std::uint32_t> labels;
    for (const ExampleResult& result : results_) {
      probabilities.col(static_cast<Eigen::Index>(labels.size())) =
          Eigen::Map<const Eigen::VectorXf>(result.classes.data(), classes);
      labels.push_back(task_->examples[result.example].label);
    }
    scores.classes = scoresOf(probabilities, labels);
  }
  return scores;
}

std::vector<std::size_t> byLoss(std::span<const ExampleResult> results) {
  std::vector<std::size_t> order(results.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto rank = [&](std::size_t i) {
    return std::isnan(results[i].loss) ? std::numeric_limits<double>::infinity() : results[i].loss;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank(a) > rank(b); });
  return order;
}

std::vector<std::size_t> resultsInCell(const TaskData& task, std::span<const ExampleResult> results,
                                       std::uint32_t truth, std::uint32_t said) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < results.size(); ++i)
    if (task.examples[results[i].example].label == truth && results[i].said == task.labels[said])
      places.push_back(i);
  return places;
}

}  // namespace lexarium
