// SPDX-License-Identifier: GPL-3.0-or-later
// A memory network learns to answer: the same on any number of threads, saved, loaded, and asked odd things.
#include "core/models/story_learner.h"

#include <QTest>

#include "core/tasks/import.h"
#include "core/tasks/task_samples.h"

using namespace lexarium;

namespace {

std::shared_ptr<const TaskData> someStories(std::size_t count) {
  TaskData data = findTaskSample("stories")->generate(3);
  data.examples.resize(count);
  return std::make_shared<const TaskData>(std::move(data));
}

StoryConfig config(std::size_t epochs) {
  StoryConfig config;
  config.epochs = epochs;
  config.shape.units = 24;
  config.shape.hops = 2;
  return config;
}

void train(StoryLearner& learner) {
  while (!learner.step().finished) {
  }
}

}  // namespace

class StoryLearnerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void learnsToAnswer() {
    StoryLearner learner(config(20));
    QVERIFY(learner.prepare(someStories(4000)));
    train(learner);
    const double right = learner.accuracy(learner.splits().test);
    QVERIFY2(right > 0.95, qPrintable(QString::number(right)));
    // It looks at the sentence that holds the answer.
    const StoryAnswer answer = learner.model()->answer(
        {"John went to the garden .", "Mary moved to the kitchen .", "Sandra went to the office ."},
        "where is mary ?");
    QCOMPARE(answer.text, std::string("kitchen"));
    QCOMPARE(answer.others.front().first, answer.text);
    QCOMPARE(answer.attention.rows(), Index{3});
    Index looked = 0;
    answer.attention.rowwise().sum().maxCoeff(&looked);
    QCOMPARE(looked, Index{1});
  }

  void threadsDoNotMatter() {
    std::vector<Real> numbers[2];
    for (const std::size_t threads : {1, 2}) {
      StoryConfig one = config(1);
      one.batch = 64;
      one.execution.threads = threads;
      StoryLearner learner(one);
      QVERIFY(learner.prepare(someStories(600)));
      train(learner);
      numbers[threads - 1].assign(learner.parameters().values().begin(), learner.parameters().values().end());
    }
    QVERIFY(numbers[0] == numbers[1]);
  }

  void savedAndLoadedItAnswersTheSame() {
    StoryLearner learner(config(1));
    QVERIFY(learner.prepare(someStories(300)));
    train(learner);
    const TensorSet saved = learner.model()->save();
    const auto loaded = loadStoryModel(saved);
    QVERIFY2(loaded, loaded ? "" : loaded.error().message().c_str());
    const std::vector<std::string> story{"Mary went to the garden."};
    QCOMPARE((*loaded)->answer(story, "Where is Mary?").probability,
             learner.model()->answer(story, "Where is Mary?").probability);
    for (const auto& [name, tensor] : saved.tensors) {
      TensorSet damaged = saved;
      damaged.tensors.erase(name);
      QVERIFY2(!loadStoryModel(damaged), name.c_str());
    }
    TensorSet huge = saved;
    for (auto& [key, text] : huge.metadata)
      text = R"({"words":1000000,"answers":1000000,"units":1000000,"hops":16,"sentences":10000})";
    QVERIFY(!loadStoryModel(huge));
    QVERIFY(!loadStoryModel({}));
  }

  void oddQuestionsAreAnswered() {
    StoryLearner learner(config(1));
    QVERIFY(learner.prepare(someStories(200)));
    const auto model = learner.model();
    QVERIFY(!model->answer({}, "").text.empty());
    QVERIFY(!model->answer({"", "...", "never heard of it"}, "what? \xFF").text.empty());
    const std::vector<std::string> longStory(200, "Mary went to the garden .");
    QCOMPARE(model->answer(longStory, "where is mary ?").attention.rows(), model->shape().sentences);
  }

  void realStories() {
    const auto folder = std::filesystem::path(LEXARIUM_SHARED_DATA) / "qa" / "babi";
    const auto file = folder / "qa1_single-supporting-fact_train.txt";
    const auto test = folder / "qa1_single-supporting-fact_test.txt";
    if (!std::filesystem::exists(file)) QSKIP("SKIP: the shared data is not there");
    auto learned = importTask({file}, {}), asked = importTask({test}, {});
    QVERIFY(learned && asked);
    learned->data.examples.resize(std::min<std::size_t>(learned->data.examples.size(), 3000));
    StoryLearner learner(config(30));
    QVERIFY(learner.prepare(std::make_shared<const TaskData>(std::move(learned->data))));
    train(learner);
    const double right = StoryLearner::accuracy(*learner.model(), asked->data);
    QVERIFY2(right > 0.95, qPrintable(QString::number(right)));
  }
};

QTEST_GUILESS_MAIN(StoryLearnerTest)
#include "story_learner_test.moc"
