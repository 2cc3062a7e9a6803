// SPDX-License-Identifier: GPL-3.0-or-later
// Every model with its preset must find what was put into the samples: their own analogy questions.
#include <QTest>

#include "core/analysis/neighbours.h"
#include "core/models/learner.h"
#include "core/text/samples.h"

using namespace lexarium;

// Some minutes under a sanitizer; the kernels are seen there by other tests, with less text.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

class AnalogiesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void presetFindsTheAnswers_data();
  void presetFindsTheAnswers();
};

void AnalogiesTest::presetFindsTheAnswers_data() {
  QTest::addColumn<QString>("sample");
  QTest::addColumn<QString>("model");
  QTest::addColumn<QString>("objective");
  const auto add = [](const char* sample, const char* model, const char* objective) {
    QTest::addRow("%s %s %s", sample, model, objective) << sample << model << objective;
  };
  add("small-world-en", "skip-gram", "negative-sampling");
  add("small-world-en", "skip-gram", "hierarchical-softmax");
  add("small-world-en", "cbow", "negative-sampling");
  add("small-world-en", "cbow", "hierarchical-softmax");
  add("small-world-en", "glove", "");
  add("small-world-zh", "cbow", "negative-sampling");
}

void AnalogiesTest::presetFindsTheAnswers() {
  if (kSanitized) QSKIP("Too much text for a sanitizer");
  QFETCH(QString, sample);
  QFETCH(QString, model);
  QFETCH(QString, objective);
  const Sample* const found = findSample(sample.toStdString());
  const ModelInfo* const info = findModel(model.toStdString());
  QVERIFY(found != nullptr && info != nullptr);
  const auto corpus = loadSample(*found);
  QVERIFY(corpus.has_value());
  ParamSet params = presetFor(*info, **corpus);
  if (!objective.isEmpty()) params.set("objective", objective.toStdString());
  // The slowest of all is given a third of its time; fewer epochs are no help to it.
  if (model == "skip-gram" && objective == "hierarchical-softmax") params.set("epochs", std::int64_t{5});

  // One thread: the same result in every run.
  const auto learner = info->create(*corpus, params, {.mode = Execution::Mode::Reproducible, .seed = 1});
  QVERIFY(learner->prepare({}).has_value());
  double first = 0, last = 0;
  for (StepReport report; !report.finished;) {
    report = learner->step();
    if (report.examples == 0) continue;
    last = report.lossSum / static_cast<double>(report.examples);
    if (report.step == 1) first = last;
  }
  QVERIFY(learner->isFinite());
  QVERIFY(last < first);

  EmbeddingTable table;
  learner->copyEmbeddings(learner->words(), table.vectors);
  const auto questions = found->questions();
  QVERIFY(questions.size() > 1000);
  const auto scores = evaluateAnalogies(table, (*corpus)->vocabulary(), questions);
  const AnalogyScore& total = scores.back();
  QCOMPARE(total.asked, questions.size());
  for (const AnalogyScore& score : scores) {
    qInfo("%s: %zu of %zu", score.category.c_str(), score.correct, score.asked);
  }
  QVERIFY2(total.accuracy() >= 0.9, qPrintable(QString::number(total.accuracy())));
}

QTEST_GUILESS_MAIN(AnalogiesTest)
#include "analogies_test.moc"
