// SPDX-License-Identifier: GPL-3.0-or-later
// The configurations of a ladder: every language model, at its usual size or all of about one.
#include "ui/session/ladder.h"

#include <QTest>

#include "core/models/sequence_learner.h"
#include "core/text/samples.h"

using namespace lexarium;

class LadderTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void modelsOfOneSizeAreAboutThatLarge_data() {
    QTest::addColumn<QString>("sample");
    QTest::newRow("English") << "small-world-en";
    QTest::newRow("Chinese") << "small-world-zh";
  }
  void modelsOfOneSizeAreAboutThatLarge() {
    QFETCH(QString, sample);
    const auto corpus = loadSample(*findSample(sample.toStdString()));
    QVERIFY(corpus.has_value());
    LadderPlan plan;
    const auto usual = ladderConfigs(**corpus, {}, plan);
    plan.parameters = 200'000;
    const auto same = ladderConfigs(**corpus, {}, plan);
    QCOMPARE(same.size(), usual.size());
    QVERIFY(same.size() >= 6);
    for (const RunConfig& config : same) {
      const ModelInfo* model = findModel(config.modelId);
      QVERIFY(model && model->kind == ModelInfo::Kind::Sequence);
      const auto learner = model->create(*corpus, config.params, {});
      QVERIFY(learner->prepare({}).has_value());
      if (!config.params.contains("units")) continue;  // counts have no size to choose
      const auto numbers = static_cast<double>(asLanguageModel(learner->copyModel())->facts().parameters);
      QVERIFY2(std::abs(numbers / 200'000 - 1) < 0.1,
               qPrintable(QString("%1: %2").arg(QString::fromStdString(config.modelId)).arg(numbers)));
    }
  }
};

QTEST_GUILESS_MAIN(LadderTest)
#include "ladder_test.moc"
