// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/model_rows.h"

#include <QTest>

#include "core/text/samples.h"
#include "core/train/trainer.h"

using namespace lexarium;

namespace {

constexpr double kPatience = 60;

std::shared_ptr<const Corpus> sampleCorpus() {
  static const auto corpus = *loadSample(samples().front());
  return corpus;
}

RunConfig configFor(const std::string& model, const char* objective = nullptr) {
  RunConfig config;
  config.modelId = model;
  config.params = presetFor(*findModel(model), *sampleCorpus());
  config.params.set("epochs", ParamValue(std::int64_t{1}));
  if (objective) config.params.set("objective", ParamValue(std::string(objective)));
  config.execution.mode = Execution::Mode::Reproducible;
  return config;
}

}  // namespace

/// Single rows of both tables reach whoever asks for them.
class ModelRowsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsAreThoseOfTheTables_data() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<bool>("tree");
    QTest::newRow("skip-gram") << "skip-gram" << false;
    QTest::newRow("hierarchical softmax") << "skip-gram" << true;
    QTest::newRow("cbow") << "cbow" << false;
    QTest::newRow("glove") << "glove" << false;
  }
  void rowsAreThoseOfTheTables() {
    QFETCH(QString, model);
    QFETCH(bool, tree);
    const RunConfig config = configFor(model.toStdString(), tree ? "hierarchical-softmax" : nullptr);
    const auto learner = findModel(config.modelId)->create(sampleCorpus(), config.params, config.execution);
    QVERIFY(learner->prepare({}));
    for (int i = 0; i < 20; ++i) learner->step();
    ModelRows rows;
    const TokenId beyond = static_cast<TokenId>(learner->words());
    learner->copyRows({.words = {7, 0, beyond, 3, kNoToken}, .outputs = {0, 7, kNoToken, 3}}, rows);
    QCOMPARE(rows.words, (std::vector<TokenId>{7, 0, 3}));
    QCOMPARE(rows.outputs, (std::vector<std::uint32_t>{0, 7, 3}));
    QCOMPARE(rows.columnOfWord(3), Eigen::Index{2});
    QCOMPARE(rows.columnOfOutput(7), Eigen::Index{1});
    QCOMPARE(rows.columnOfOutput(8), Eigen::Index{-1});
    Matrix all;
    learner->copyEmbeddings(8, all);
    // Of a tree the nodes near the root learn first; they have the highest numbers.
    ModelRows root;
    learner->copyRows({.words = {}, .outputs = {static_cast<std::uint32_t>(learner->words() - 2)}}, root);
    QVERIFY((tree ? root : rows).output.cwiseAbs().maxCoeff() > 0);
    const bool glove = config.modelId == "glove";
    for (Eigen::Index i = 0; i < 3; ++i) {
      const auto word = rows.words[static_cast<std::size_t>(i)];
      Vector expected = rows.input.col(i);
      if (glove) expected += rows.output.col(rows.columnOfOutput(word));
      QVERIFY((expected - all.col(word)).cwiseAbs().maxCoeff() == 0);
    }
    const ModelRows part = rows.selected({.words = {3, 9, 7}, .outputs = {3}});
    QCOMPARE(part.words, (std::vector<TokenId>{3, 7}));
    QVERIFY(part.input.col(0) == rows.input.col(2) && part.input.col(1) == rows.input.col(0));
    QVERIFY(part.output.cols() == 1 && part.output.col(0) == rows.output.col(2));
    if (!glove) return;
    QVERIFY(part.inputBias[0] == rows.inputBias[2] && part.outputSquares.col(0) == rows.outputSquares.col(2));
    QCOMPARE(rows.inputBias.size(), Eigen::Index{3});
    QVERIFY(rows.inputBias.cwiseAbs().minCoeff() > 0 && rows.outputBias.cwiseAbs().minCoeff() > 0);
    QVERIFY(rows.inputBias.cwiseAbs().maxCoeff() < 50);
    // AdaGrad's sums begin at 1 and only grow.
    QCOMPARE(rows.inputSquares.rows(), static_cast<Eigen::Index>(learner->dimensions()) + 1);
    QVERIFY(rows.inputSquares.minCoeff() > 1 && rows.outputSquares.minCoeff() > 1);
  }

  void snapshotsHoldTheRowsOfTheProbe() {
    auto trainer = Trainer::create(sampleCorpus(), configFor("glove"));
    QVERIFY(trainer);
    Probe probe;
    probe.rows = {.words = {1, 2}, .outputs = {2}};
    (*trainer)->setProbe(probe);
    (*trainer)->startPaused();
    const auto rowsAre = [&](std::size_t words) {
      return (*trainer)->waitFor(
          [&](const RunStatus&) {
            const auto snapshot = (*trainer)->snapshot();
            return snapshot && snapshot->rows && snapshot->rows->words.size() == words;
          },
          kPatience);
    };
    QVERIFY(rowsAre(2));
    const auto before = (*trainer)->snapshot()->rows;
    (*trainer)->resume();
    QVERIFY((*trainer)->wait(kPatience));
    // The end publishes; and who looks at other words afterwards is answered too.
    const auto after = (*trainer)->snapshot();
    QVERIFY(after->rows && after->rows->step == after->step && after->step > before->step);
    QVERIFY((after->rows->input - before->input).cwiseAbs().maxCoeff() > 0);
    probe.rows.words = {1, 2, 5};
    (*trainer)->setProbe(probe);
    QVERIFY(rowsAre(3));
    const auto later = (*trainer)->snapshot()->rows;
    QVERIFY((later->input.leftCols(2) - after->rows->input).isZero(0));
    QVERIFY((later->outputSquares - after->rows->outputSquares).isZero(0));
    QVERIFY((later->inputBias.head(2) - after->rows->inputBias).isZero(0));
  }

  void requestsMerge() {
    RowRequest request{.words = {3, 1}, .outputs = {}};
    QVERIFY(!request.empty() && RowRequest{}.empty());
    request.merge({.words = {1, 9}, .outputs = {4, 4}});
    QCOMPARE(request, (RowRequest{.words = {3, 1, 9}, .outputs = {4}}));
  }
};

QTEST_GUILESS_MAIN(ModelRowsTest)
#include "model_rows_test.moc"
