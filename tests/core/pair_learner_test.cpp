// SPDX-License-Identifier: GPL-3.0-or-later
// An encoder-decoder learns pairs: the same on any number of threads, saved and loaded, with and without
// beams.
#include "core/models/pair_learner.h"

#include <QTest>
#include <cmath>

#include "core/tasks/task_samples.h"

using namespace lexarium;

namespace {

std::shared_ptr<const TaskData> reversed(std::size_t count) {
  TaskData data = findTaskSample("reversed")->generate(3);
  data.examples.resize(count);
  for (TaskExample& example : data.examples) {
    example.input.resize(std::min<std::size_t>(example.input.size(), 5));
    example.output.assign(example.input.rbegin(), example.input.rend());
  }
  return std::make_shared<const TaskData>(std::move(data));
}

PairConfig smallConfig() {
  PairConfig config;
  config.shape.dimensions = 16;
  config.shape.units = 32;
  config.batch = 32;
  config.epochs = 2;
  config.learningRate = 5e-3;
  return config;
}

PairConfig transformerConfig() {
  PairConfig config = smallConfig();
  config.shape.kind = PairShape::Kind::Transformer;
  config.shape.heads = 4;
  config.shape.feedForward = 64;
  config.learningRate = 3e-3;
  return config;
}

void bothModels() {
  QTest::addColumn<bool>("isTransformer");
  QTest::newRow("recurrent") << false;
  QTest::newRow("transformer") << true;
}

PairConfig configOfRow() {
  QFETCH(bool, isTransformer);
  return isTransformer ? transformerConfig() : smallConfig();
}

}  // namespace

class PairLearnerTest : public QObject {
  Q_OBJECT

 private:
  static double train(PairLearner& learner) {
    double last = 0;
    for (StepReport report; !report.finished;) {
      report = learner.step();
      last = report.lossSum / static_cast<double>(report.examples);
    }
    return last;
  }

 private Q_SLOTS:
  void learnsToReverse() {
    PairConfig config = smallConfig();
    config.epochs = 15;
    PairLearner learner(config);
    QVERIFY(learner.prepare(reversed(2000)));
    train(learner);
    const PairScores scores = learner.scores(learner.data().splits.test, 100);
    QVERIFY2(scores.sequenceAccuracy > 0.95, qPrintable(QString::number(scores.sequenceAccuracy)));
    QVERIFY(scores.tokenAccuracy > 0.97 && scores.loss < 0.2 && scores.bleu >= 0);
    // The diagonal runs the other way: each digit is found where it stands.
    const Translation said = learner.model()->translate("31425").front();
    QCOMPARE(said.text, std::string("52413"));
    for (int t = 0; t < 5; ++t) {
      Index looked = 0;
      said.attention.col(t).maxCoeff(&looked);
      QVERIFY2(std::abs(static_cast<int>(looked) - (4 - t)) <= 1, qPrintable(QString::number(looked)));
      QVERIFY(std::abs(said.attention.col(t).sum() - 1) < 1e-5F);
    }
  }

  void aTransformerLearnsToReverse() {
    PairConfig config = transformerConfig();
    config.epochs = 60;
    PairLearner learner(config);
    QVERIFY(learner.prepare(reversed(2000)));
    train(learner);
    const PairScores scores = learner.scores(learner.data().splits.test, 100);
    QVERIFY2(scores.sequenceAccuracy > 0.9, qPrintable(QString::number(scores.sequenceAccuracy)));
    // One head at least of its looks at the source finds each digit where it stands.
    const AttentionTrace trace = learner.model()->look({"31425"});
    QCOMPARE(trace.outputText, std::string("52413"));
    float best = 0;
    for (const AttentionHead& head : trace.heads) {
      if (head.place.part != "cross") continue;
      float found = 0;
      for (int t = 0; t < 5; ++t) found += head.weights(4 - t, t) / 5;
      best = std::max(best, found);
    }
    QVERIFY2(best > 0.5F, qPrintable(QString::number(best)));
  }

  void aBeamIsNeverWorseThanItsScore_data() { bothModels(); }
  void aBeamIsNeverWorseThanItsScore() {
    PairLearner learner(configOfRow());
    QVERIFY(learner.prepare(reversed(500)));
    train(learner);
    const auto model = learner.model();
    const auto greedy = model->translate("1234"), beams = model->translate("1234", {5, 50});
    QCOMPARE(greedy.size(), std::size_t{1});
    QCOMPARE(beams.size(), std::size_t{5});
    for (std::size_t i = 1; i < beams.size(); ++i) QVERIFY(beams[i].score <= beams[i - 1].score);
    // What is said is worth what it says: by teacher forcing.
    const Translation again = model->align("1234", beams[0].text);
    if (beams[0].target.size() == again.target.size()) QVERIFY(std::abs(again.score - beams[0].score) < 1e-4);
  }

  void threadsDoNotMatter_data() {
    QTest::addColumn<double>("teacher");
    QTest::newRow("right tokens") << 1.0;
    QTest::newRow("own tokens") << 0.3;
    QTest::newRow("transformer") << -1.0;
  }
  void threadsDoNotMatter() {
    QFETCH(double, teacher);
    std::vector<Real> numbers[2];
    for (const std::size_t threads : {1, 2}) {
      PairConfig config = teacher < 0 ? transformerConfig() : smallConfig();
      config.epochs = 1;
      config.teacherLast = std::abs(teacher);
      config.shape.dropout = 0.2;
      config.batch = 64;
      config.execution.threads = threads;
      PairLearner learner(config);
      QVERIFY(learner.prepare(reversed(400)));
      train(learner);
      numbers[threads - 1].assign(learner.parameters().values().begin(), learner.parameters().values().end());
    }
    QVERIFY(numbers[0] == numbers[1]);
  }

  void savedAndLoadedItSaysTheSame_data() { bothModels(); }
  void savedAndLoadedItSaysTheSame() {
    for (const char* tokens : {"characters", "words", "subwords", "sentencepiece"}) {
      PairConfig config = configOfRow();
      config.data.tokens = tokens;
      config.data.vocabulary = 40;
      PairLearner learner(config);
      QVERIFY(learner.prepare(reversed(300)));
      learner.step();
      const TensorSet saved = learner.model()->save();
      const auto loaded = loadPairModel(saved);
      QVERIFY2(loaded, loaded ? "" : loaded.error().message().c_str());
      QCOMPARE((*loaded)->translate("907").front().text, learner.model()->translate("907").front().text);
      for (const auto& [name, tensor] : saved.tensors) {
        TensorSet damaged = saved;
        damaged.tensors.erase(name);
        QVERIFY2(!loadPairModel(damaged), name.c_str());
      }
    }
    QVERIFY(!loadPairModel({}));
  }

  void sizesThatNoMemoryHoldsAreRefused_data() { bothModels(); }
  void sizesThatNoMemoryHoldsAreRefused() {
    PairLearner learner(configOfRow());
    QVERIFY(learner.prepare(reversed(100)));
    const TensorSet saved = learner.model()->save();
    PairShape shape = learner.model()->shape();
    QVERIFY(countNumbers(shape) <= static_cast<double>(learner.parameters().count()));
    QVERIFY(countNumbers(shape) > 0.95 * static_cast<double>(learner.parameters().count()));
    for (Index PairShape::*size : {&PairShape::dimensions, &PairShape::units, &PairShape::feedForward}) {
      if (size == &PairShape::feedForward && shape.kind == PairShape::Kind::Recurrent) continue;
      PairShape huge = shape;
      huge.*size = 1 << 20;
      TensorSet damaged = saved;
      for (auto& [key, text] : damaged.metadata) text = toJson(huge);
      QVERIFY(!loadPairModel(damaged));
    }
    PairConfig config = configOfRow();
    config.shape.units = 1 << 20;
    PairLearner tooLarge(config);
    const auto refused = tooLarge.prepare(reversed(100));
    QVERIFY(!refused && refused.error().message().find("memory") != std::string::npos);
  }

  void batchesHaveSourcesOfOneLength() {
    PairLearner learner(smallConfig());
    QVERIFY(learner.prepare(reversed(500)));
    const PairData& data = learner.data();
    std::vector<std::uint32_t> seen;
    for (const auto& examples : batchesOf(data, data.splits.train, 32, 1, 0)) {
      const PairBatch batch = makeBatch(data, examples);
      QVERIFY(examples.size() <= 32);
      for (const std::uint32_t i : examples)
        QCOMPARE(data.sources[i].size(), data.sources[examples[0]].size());
      QCOMPARE(batch.said.size(), batch.expected.size());
      seen.insert(seen.end(), examples.begin(), examples.end());
      // Parts hold the same numbers.
      if (examples.size() < 2) continue;
      const PairBatch part = partOf(batch, {1, 1});
      QCOMPARE(part.source.size(), data.sources[examples[1]].size());
      QCOMPARE(part.source[0], data.sources[examples[1]][0]);
      QCOMPARE(part.tokens, data.targets[examples[1]].size() + 1);
    }
    std::sort(seen.begin(), seen.end());
    QCOMPARE(seen, data.splits.train);
    QVERIFY(batchesOf(data, data.splits.train, 32, 1, 0) != batchesOf(data, data.splits.train, 32, 1, 1));
  }

  void textsOutsideTheVocabularyAreRead_data() { bothModels(); }
  void textsOutsideTheVocabularyAreRead() {
    PairLearner learner(configOfRow());
    QVERIFY(learner.prepare(reversed(100)));
    for (const char* text : {"", "abc", "12\xFF", "9999999999999999999999999999999999999999999999"})
      QVERIFY(!learner.model()->translate(text, {2, 30}).empty());
  }
};

QTEST_GUILESS_MAIN(PairLearnerTest)
#include "pair_learner_test.moc"
