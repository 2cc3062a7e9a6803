// SPDX-License-Identifier: GPL-3.0-or-later
// The loss on the text held back, asked of a model alone, is what its run measured.
#include "core/analysis/held_back.h"

#include <QTest>
#include <cmath>

#include "core/models/learner.h"
#include "core/text/samples.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;

class HeldBackTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithWhatTheRunMeasured_data() {
    QTest::addColumn<QString>("modelId");
    for (const char* id : {"ngram", "lstm", "transformer"}) QTest::newRow(id) << id;
  }
  void agreesWithWhatTheRunMeasured() {
    QFETCH(QString, modelId);
    const auto corpus = loadSample(*findSample("small-world-en"));
    QVERIFY(corpus.has_value());
    const ModelInfo* model = findModel(modelId.toStdString());
    ParamSet params = presetFor(*model, **corpus);
    params.set("tokens", std::string("characters"));
    if (params.contains("units")) params.set("units", std::int64_t{32});
    if (params.contains("layers")) params.set("layers", std::int64_t{1});
    if (params.contains("epochs")) params.set("epochs", std::int64_t{1});
    const auto learner = model->create(*corpus, params, {});
    QVERIFY(learner->prepare({}).has_value());
    double measured = NAN;
    for (StepReport report; !report.finished;) {
      report = learner->step();
      if (!std::isnan(report.validationLoss)) measured = report.validationLoss;
    }
    QVERIFY(measured > 0);
    const double asked = heldBackLoss(*asLanguageModel(learner->copyModel()), **corpus, 20'000);
    QVERIFY2(std::abs(asked / measured - 1) < 0.05,
             qPrintable(QString("%1 beside %2").arg(asked).arg(measured)));
  }

  void severalDocumentsAreOneText() {
    const auto corpus = toyCorpus({std::string(500, 'a'), std::string(300, 'b'), std::string(200, 'c')});
    QCOMPARE(heldBackFrom(*corpus), std::uint64_t{900});
    QCOMPARE(heldBackFrom(*toyCorpus({"ab"})), std::uint64_t{1});
  }

  void nothingToReadIsNoNumber() {
    const auto corpus = toyCorpus({"a b a b a b a b a b a b a b a b a b a b"});
    const ModelInfo* model = findModel("ngram");
    ParamSet params = presetFor(*model, *corpus);
    params.set("tokens", std::string("words"));
    const auto learner = model->create(corpus, params, {});
    QVERIFY(learner->prepare({}).has_value());
    QVERIFY(std::isnan(heldBackLoss(*asLanguageModel(learner->copyModel()), *toyCorpus({"ab"}), 100)));
  }
};

QTEST_GUILESS_MAIN(HeldBackTest)
#include "held_back_test.moc"
