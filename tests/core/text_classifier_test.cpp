// SPDX-License-Identifier: GPL-3.0-or-later
// Classifiers learn labelled texts: all kinds, the same on any number of threads, saved and loaded, on texts
// of any sort.
#include <QTest>
#include <cmath>
#include <numeric>

#include "core/models/text_classifier_learner.h"
#include "core/tasks/task_samples.h"

using namespace lexarium;
using Kind = ClassifierShape::Kind;
using Pooling = ClassifierShape::Pooling;

namespace {

std::shared_ptr<const TaskData> reviews(std::size_t count = 0) {
  TaskData data = findTaskSample("reviews")->generate(kTaskSampleSeed);
  if (count > 0) data.examples.resize(std::min(count, data.examples.size()));
  return std::make_shared<const TaskData>(std::move(data));
}

ClassifierConfig smallConfig(Kind kind, Pooling pooling = Pooling::Attention) {
  ClassifierConfig config;
  config.shape.kind = kind;
  config.shape.pooling = pooling;
  config.shape.dimensions = 16;
  config.shape.units = 16;
  config.data.longest = 30;
  config.epochs = 1;
  return config;
}

void train(ClassifierLearner& learner) {
  while (!learner.step().finished) {
  }
}

std::vector<Real> numbersOf(const ClassifierLearner& learner) {
  const auto values = learner.parameters().values();
  return {values.begin(), values.end()};
}

void kinds() {
  QTest::addColumn<int>("kind");
  QTest::addColumn<int>("pooling");
  QTest::newRow("flatten") << int(Kind::Flatten) << 0;
  QTest::newRow("mean") << int(Kind::Mean) << 0;
  QTest::newRow("rnn, last") << int(Kind::Rnn) << int(Pooling::Last);
  QTest::newRow("gru, mean") << int(Kind::Gru) << int(Pooling::Mean);
  QTest::newRow("lstm, attention") << int(Kind::Lstm) << int(Pooling::Attention);
  QTest::newRow("transformer, last") << int(Kind::Transformer) << int(Pooling::Last);
  QTest::newRow("transformer, attention") << int(Kind::Transformer) << int(Pooling::Attention);
}

ClassifierConfig configOfRow() {
  QFETCH(int, kind);
  QFETCH(int, pooling);
  return smallConfig(Kind(kind), Pooling(pooling));
}

}  // namespace

class TextClassifierTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void learnsReviews_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("pooling");
    for (const int kind : {int(Kind::Rnn), int(Kind::Lstm), int(Kind::Gru), int(Kind::Transformer)})
      for (const int pooling : {0, 1, 2})
        QTest::addRow("%s %s", classifierKindName(Kind(kind)), poolingName(Pooling(pooling)))
            << kind << pooling;
  }
  void learnsReviews() {
    ClassifierConfig config = configOfRow();
    config.epochs = 6;
    config.learningRate = 1e-2;
    ClassifierLearner learner(config);
    QVERIFY(learner.prepare(reviews()));
    const ClassifierScores before = learner.scores(learner.data().splits.test);
    train(learner);
    const ClassifierScores scores = learner.scores(learner.data().splits.test);
    const auto told = QString("%1, loss %2").arg(scores.classes.accuracy).arg(scores.loss);
    QVERIFY2(scores.classes.accuracy > 0.97, qPrintable(told));
    QVERIFY2(scores.loss < before.loss / 2, qPrintable(told));
    QCOMPARE(scores.probabilities.cols(), static_cast<Index>(learner.data().splits.test.size()));
    // One by one the model says the same as the learner in batches.
    const auto model = learner.model();
    for (std::size_t i = 0; i < 20; ++i) {
      const auto& example = learner.data().task->examples[learner.data().splits.test[i]];
      const auto said = model->classify(example.input);
      QVERIFY(std::abs(said.probabilities[0] - scores.probabilities(0, static_cast<Index>(i))) < 1e-4F);
    }
  }

  void simpleOnesLearnWhatNeedsNoOrder_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("pooling");
    QTest::newRow("flatten") << int(Kind::Flatten) << 0;
    QTest::newRow("mean") << int(Kind::Mean) << 0;
  }
  void simpleOnesLearnWhatNeedsNoOrder() {
    // Nothing is turned around: each adjective says it all.
    TaskData plain = *reviews();
    std::erase_if(plain.examples, [](const TaskExample& example) {
      return example.input.find("not ") != std::string::npos ||
             example.input.find("but ") != std::string::npos;
    });
    ClassifierConfig config = configOfRow();
    config.epochs = 6;
    config.learningRate = 1e-2;
    ClassifierLearner learner(config), ofAll(config);
    QVERIFY(learner.prepare(std::make_shared<const TaskData>(std::move(plain))));
    train(learner);
    const double accuracy = learner.scores(learner.data().splits.test).classes.accuracy;
    QVERIFY2(accuracy > 0.97, qPrintable(QString::number(accuracy)));
    if (config.shape.kind != Kind::Mean) return;
    // Which of two opinions counts, a mean cannot tell.
    QVERIFY(ofAll.prepare(reviews()));
    train(ofAll);
    QVERIFY(ofAll.scores(ofAll.data().splits.test).classes.accuracy < 0.9);
  }

  void threadsDoNotMatter_data() { kinds(); }
  void threadsDoNotMatter() {
    std::vector<Real> numbers[2];
    for (const std::size_t threads : {1, 2}) {
      ClassifierConfig config = configOfRow();
      config.shape.dropout = 0.2;
      config.batch = 64;
      config.execution.threads = threads;
      ClassifierLearner learner(config);
      QVERIFY(learner.prepare(reviews(300)));
      train(learner);
      numbers[threads - 1] = numbersOf(learner);
    }
    QVERIFY(!numbers[0].empty() && numbers[0] == numbers[1]);
  }

  void savedAndLoadedItSaysTheSame_data() { kinds(); }
  void savedAndLoadedItSaysTheSame() {
    for (const char* tokens : {"characters", "words", "subwords", "sentencepiece"}) {
      ClassifierConfig config = configOfRow();
      config.data.tokens = tokens;
      config.data.vocabulary = 300;
      ClassifierLearner learner(config);
      QVERIFY(learner.prepare(reviews(200)));
      learner.step();
      const auto model = learner.model();
      const TensorSet saved = model->save();
      const auto loaded = loadClassifier(saved);
      QVERIFY2(loaded, loaded ? "" : loaded.error().message().c_str());
      const char* text = "the food was not good";
      QCOMPARE((*loaded)->classify(text).probabilities, model->classify(text).probabilities);
      QCOMPARE((*loaded)->classify(text).attention, model->classify(text).attention);
      QCOMPARE((*loaded)->labels(), model->labels());
      QVERIFY((*loaded)->save() == saved);
    }
  }

  void damagedSetsAreRefused_data() { kinds(); }
  void damagedSetsAreRefused() {
    ClassifierLearner learner(configOfRow());
    QVERIFY(learner.prepare(reviews(100)));
    const TensorSet saved = learner.model()->save();
    QVERIFY(loadClassifier(saved));
    for (const auto& [name, tensor] : saved.tensors) {
      TensorSet damaged = saved;
      damaged.tensors.erase(name);
      QVERIFY2(!loadClassifier(damaged), name.c_str());
      damaged = saved;
      damaged.tensors[name].type = TensorType::I32;
      QVERIFY2(!loadClassifier(damaged), name.c_str());
    }
    for (const auto& [key, text] : saved.metadata) {
      for (const std::string& other : {std::string(), std::string("{}"), std::string("[1, 2]"),
                                       std::string("[\"one\"]"), text.substr(1)}) {
        TensorSet damaged = saved;
        damaged.metadata[key] = other;
        QVERIFY2(!loadClassifier(damaged), (key + other).c_str());
      }
      TensorSet damaged = saved;
      damaged.metadata.erase(key);
      QVERIFY2(!loadClassifier(damaged), key.c_str());
    }
    // Sizes that would take all memory are compared with the file first.
    TensorSet damaged = saved;
    ClassifierShape large = learner.shape();
    large.units = large.dimensions = 1 << 14;
    damaged.metadata["lexarium.text_classifier"] = toJson(large);
    QVERIFY(!loadClassifier(damaged));
    QVERIFY(!loadClassifier({}));
  }

  void anyTextIsRead_data() { kinds(); }
  void anyTextIsRead() {
    ClassifierLearner learner(configOfRow());
    QVERIFY(learner.prepare(reviews(100)));
    const auto model = learner.model();
    std::string endless;
    for (int i = 0; i < 5000; ++i) endless += "good ";
    for (const std::string& text : {std::string(), std::string(" \n"), std::string("qqq zzz"),
                                    std::string("\xE5\xA5\xBD\xFF"), endless}) {
      const Classification said = model->classify(text);
      QVERIFY(!said.tokens.empty() && said.tokens.size() <= 30);
      const float sum = std::accumulate(said.probabilities.begin(), said.probabilities.end(), 0.0F);
      QVERIFY(std::abs(sum - 1) < 1e-5F);
      QVERIFY(said.label < model->labels().size());
      QCOMPARE(said.attention.size(),
               model->shape().poolsByAttention() ? said.tokens.size() : std::size_t{0});
    }
    QCOMPARE(model->classify(endless).cut, std::size_t{4970});
  }

  void longTextsAreCutAndCounted() {
    ClassifierConfig config = smallConfig(Kind::Flatten);
    config.data.longest = 3;
    ClassifierLearner learner(config);
    QVERIFY(learner.prepare(reviews(100)));
    QVERIFY(learner.data().cut > 50);
    for (const auto& text : learner.data().texts) QVERIFY(!text.empty() && text.size() <= 3);
    QVERIFY(std::isfinite(learner.step().lossSum));
  }

  void batchesHoldEachExampleOnce() {
    ClassifierLearner learner(smallConfig(Kind::Lstm));
    QVERIFY(learner.prepare(reviews(500)));
    const LabelData& data = learner.data();
    for (const bool equal : {false, true}) {
      std::vector<std::uint32_t> seen;
      for (const auto& batch : batchesOf(data, data.splits.train, 32, equal, 1, 0)) {
        QVERIFY(!batch.empty() && batch.size() <= 32);
        for (const std::uint32_t i : batch)
          if (equal) QCOMPARE(data.texts[i].size(), data.texts[batch[0]].size());
        seen.insert(seen.end(), batch.begin(), batch.end());
      }
      std::sort(seen.begin(), seen.end());
      QCOMPARE(seen, data.splits.train);
      QVERIFY(batchesOf(data, data.splits.train, 32, equal, 1, 0) !=
              batchesOf(data, data.splits.train, 32, equal, 1, 1));
    }
  }

  void vectorsToBeginWith_data() {
    QTest::addColumn<bool>("frozen");
    QTest::newRow("learned further") << false;
    QTest::newRow("frozen") << true;
  }
  void vectorsToBeginWith() {
    QFETCH(bool, frozen);
    ClassifierConfig config = smallConfig(Kind::Mean);
    ClassifierLearner plain(config);
    QVERIFY(plain.prepare(reviews(200)));
    const auto& tokenizer = *plain.data().tokenizer;
    auto start = std::make_shared<NamedVectors>();
    start->words = {std::string(tokenizer.text(2)), "nowhere", std::string(tokenizer.text(5))};
    start->vectors = Matrix::Constant(7, 3, Real(0.5));
    config.start = start;
    config.frozen = frozen;
    ClassifierLearner learner(config);
    QVERIFY(learner.prepare(reviews(200)));
    QCOMPARE(learner.started(), std::size_t{2});
    QCOMPARE(learner.shape().dimensions, Index{7});
    const ParameterId id = *learner.parameters().find("embedding");
    const Matrix before = learner.parameters().value(id);
    QVERIFY(before.col(2) == start->vectors.col(0));
    QVERIFY(before.col(3) != before.col(2));
    train(learner);
    QCOMPARE(Matrix(learner.parameters().value(id)) == before, frozen);
    start->words = {"no", "such", "tokens"};
    for (std::string& word : start->words) word += "-anywhere";
    ClassifierLearner none(config);
    QVERIFY(!none.prepare(reviews(200)));
  }

  void whatCannotBeLearnedIsRefused() {
    TaskData one = *reviews(20);
    one.labels.resize(1);
    for (TaskExample& example : one.examples) example.label = 0;
    TaskData empty = *reviews(20);
    empty.examples.clear();
    for (const TaskData& data : {one, empty, findTaskSample("dates")->generate(1)}) {
      ClassifierLearner learner(smallConfig(Kind::Mean));
      const auto prepared = learner.prepare(std::make_shared<const TaskData>(data));
      QVERIFY(!prepared && !prepared.error().advice.empty());
    }
    ClassifierConfig odd = smallConfig(Kind::Lstm);
    odd.shape.units = 15;
    ClassifierLearner learner(odd);
    QVERIFY(!learner.prepare(reviews(100)));
    std::stop_source source;
    source.request_stop();
    ClassifierLearner stopped(smallConfig(Kind::Lstm));
    const auto prepared = stopped.prepare(reviews(100), {{}, source.get_token()});
    QVERIFY(!prepared && prepared.error().kind == Error::Kind::Cancelled);
  }
};

QTEST_GUILESS_MAIN(TextClassifierTest)
#include "text_classifier_test.moc"
