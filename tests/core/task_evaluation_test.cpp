// SPDX-License-Identifier: GPL-3.0-or-later
// What a model makes of a test split, against cases made by hand; and models that were trained a little.
#include "core/analysis/task_evaluation.h"

#include <QTest>
#include <cmath>
#include <set>

#include "core/models/pair_learner.h"
#include "core/models/story_learner.h"
#include "core/models/text_classifier_learner.h"
#include "core/tasks/task_samples.h"

using namespace lexarium;

namespace {

TaskData labelled() {
  TaskData task;
  task.kind = TaskKind::Labels;
  task.title = "by hand";
  task.labels = {"bad", "good"};
  for (int i = 0; i < 20; ++i) {
    TaskExample example;
    example.label = i % 2 == 0 ? 0 : 1;
    example.output = task.labels[example.label];
    example.input = i < 6 ? "never the film" : "a film";
    if (i == 19) example.input = "...";
    task.examples.push_back(example);
  }
  return task;
}

/// The first six, with "never", lose much; lengths 1 to 20.
std::vector<ExampleResult> resultsByHand(const TaskData& task) {
  std::vector<ExampleResult> results;
  for (std::uint32_t i = 0; i < task.examples.size(); ++i) {
    ExampleResult result;
    result.example = i;
    result.wanted = task.examples[i].output;
    result.right = i >= 6;
    result.said = result.right ? result.wanted : task.labels[1 - task.examples[i].label];
    result.loss = (i < 6 ? 2.0 : 0.1) + 0.01 * i;
    result.length = i + 1;
    results.push_back(result);
  }
  return results;
}

bool near(double a, double b, double tolerance = 1e-9) { return std::abs(a - b) <= tolerance; }

template <class Learner>
void train(Learner& learner) {
  while (!learner.step().finished) {
  }
}

}  // namespace

class TaskEvaluationTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void worstComeFirst() {
    const TaskData task = labelled();
    auto results = resultsByHand(task);
    results[9].loss = std::nan("");
    const auto order = byLoss(results);
    QCOMPARE(order[0], std::size_t{9});
    QCOMPARE(order[1], std::size_t{5});
    QCOMPARE(order.back(), std::size_t{6});
  }

  void lengthsAreBinned() {
    const TaskData task = labelled();
    auto results = resultsByHand(task);
    const auto bins = errorsByLength(results, 4);
    QCOMPARE(bins.size(), std::size_t{4});
    QCOMPARE(bins[0].shortest, std::size_t{1});
    QCOMPARE(bins[0].longest, std::size_t{5});
    QCOMPARE(bins[0].accuracy, 0.0);
    QVERIFY(near(bins[0].loss, 2.02));
    QVERIFY(near(bins[1].accuracy, 0.8));
    QCOMPARE(bins[3].longest, std::size_t{20});
    std::size_t sum = 0;
    for (const auto& bin : bins) sum += bin.examples;
    QCOMPARE(sum, results.size());
    // Equal lengths are never parted.
    for (auto& result : results) result.length = result.length <= 15 ? 3 : 7;
    const auto two = errorsByLength(results, 4);
    QCOMPARE(two.size(), std::size_t{2});
    QCOMPARE(two[0].examples, std::size_t{15});
    QVERIFY(errorsByLength({}, 4).empty());
  }

  void wordsWithMoreLossAreFound() {
    const TaskData task = labelled();
    const auto results = resultsByHand(task);
    const auto words = errorsByWord(task, results);
    QVERIFY(words);
    // "never" and "the" stand in the first six, "a" in thirteen others; "film" in all but one.
    QCOMPARE(words->size(), std::size_t{3});
    const WordErrors& first = words->front();
    QVERIFY(first.word == "never" || first.word == "the");
    QCOMPARE(first.with, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5}));
    QVERIFY(near(first.loss, 2.025));
    QVERIFY(near(first.otherLoss, 0.1 + 0.01 * 12.5));
    QCOMPARE(first.accuracy, 0.0);
    // Welch by hand: variances of 0.01 * (0..5) and 0.01 * (6..19).
    const double deviation = std::sqrt(1e-4 * 3.5 / 6 + 1e-4 * 17.5 / 14);
    QVERIFY(near(first.t, 1.8 / deviation, 1e-6));
    QVERIFY(first.p < 1e-6);
    QCOMPARE(words->back().word, std::string("a"));
    QVERIFY(words->back().t < 0);
    WordErrorOptions strict;
    strict.leastExamples = 7;
    const auto fewer = errorsByWord(task, results, strict);
    QVERIFY(fewer && fewer->size() == 1 && fewer->front().word == "a");
    std::stop_source source;
    source.request_stop();
    QVERIFY(!errorsByWord(task, results, {}, {{}, source.get_token()}));
  }

  void cellsListTheirTexts() {
    const TaskData task = labelled();
    const auto results = resultsByHand(task);
    QCOMPARE(resultsInCell(task, results, 0, 1), (std::vector<std::size_t>{0, 2, 4}));
    QCOMPARE(resultsInCell(task, results, 1, 1).size(), std::size_t{7});
  }

  void classesAreScored() {
    ClassifierConfig config;
    config.shape.kind = ClassifierShape::Kind::Mean;
    config.shape.dimensions = 8;
    config.data.longest = 30;
    config.epochs = 2;
    ClassifierLearner learner(config);
    auto task = std::make_shared<TaskData>(findTaskSample("reviews")->generate(kTaskSampleSeed));
    task->examples.resize(600);
    QVERIFY(learner.prepare(task));
    train(learner);
    const auto test = learner.data().splits.test;
    auto evaluation = TaskEvaluation::create(learner.model(), task, test);
    QVERIFY(evaluation);
    std::stop_source source;
    source.request_stop();
    evaluation->advance(10, source.get_token());
    QVERIFY(evaluation->results().empty());
    std::size_t rounds = 0;
    for (; !evaluation->isFinished(); ++rounds) evaluation->advance(7);
    QCOMPARE(rounds, (test.size() + 6) / 7);
    const TaskScores scores = evaluation->scores();
    const auto own = learner.scores(test);
    QVERIFY(near(scores.accuracy, own.classes.accuracy, 1e-6));
    QVERIFY(near(scores.classes->accuracy, scores.accuracy));
    QVERIFY(near(scores.loss, own.loss, 1e-4));
    QVERIFY(!scores.bleu);
    QCOMPARE(static_cast<std::size_t>(scores.classes->confusion.sum()), test.size());
    QVERIFY(!TaskEvaluation::create(learner.model(), std::make_shared<TaskData>(labelled()), {0}) ||
            task->labels == labelled().labels);
  }

  void pairsAreScored() {
    PairConfig config;
    config.shape.dimensions = config.shape.units = 16;
    config.epochs = 1;
    PairLearner learner(config);
    auto task = std::make_shared<TaskData>(findTaskSample("reversed")->generate(kTaskSampleSeed));
    task->examples.resize(400);
    QVERIFY(learner.prepare(task));
    train(learner);
    const auto test = learner.data().splits.test;
    auto evaluation = TaskEvaluation::create(learner.model(), task, test);
    QVERIFY(evaluation);
    std::stop_source source;
    source.request_stop();
    QVERIFY(!evaluation->finish({{}, source.get_token()}));
    QVERIFY(evaluation->finish({}));
    QVERIFY(evaluation->isFinished());
    const TaskScores scores = evaluation->scores();
    const PairScores own = learner.scores(test, test.size());
    QVERIFY(near(scores.accuracy, own.sequenceAccuracy, 1e-9));
    QVERIFY(near(scores.bleu->score, own.bleu, 1e-9));
    QVERIFY(scores.tokenAccuracy >= 0 && scores.tokenAccuracy < 1);
    double loss = 0;
    for (const auto& result : evaluation->results()) loss += result.loss;
    QVERIFY(near(scores.loss, loss / static_cast<double>(test.size()), 1e-9));
    QVERIFY(scores.loss > 0.5 && scores.loss < 4);
    const auto refused = TaskEvaluation::create(learner.model(), std::make_shared<TaskData>(labelled()), {0});
    QVERIFY(!refused);
  }

  void storiesAreScored() {
    StoryConfig config;
    config.epochs = 1;
    StoryLearner learner(config);
    auto task = std::make_shared<TaskData>(findTaskSample("stories")->generate(kTaskSampleSeed));
    task->examples.resize(300);
    QVERIFY(learner.prepare(task));
    train(learner);
    const auto test = learner.splits().test;
    auto evaluation = TaskEvaluation::create(learner.model(), task, test);
    QVERIFY(evaluation);
    evaluation->advance(test.size());
    QVERIFY(near(evaluation->scores().accuracy, learner.accuracy(test), 1e-9));
    QVERIFY(!evaluation->results()[0].said.empty());
    QCOMPARE(evaluation->results()[0].length, task->examples[test[0]].story.size());
  }
};

QTEST_GUILESS_MAIN(TaskEvaluationTest)
#include "task_evaluation_test.moc"
