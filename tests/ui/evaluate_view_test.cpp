// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of a task on their test examples: scores, the worst examples, and clicks that lead to some of them.
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include "core/tasks/task_samples.h"
#include "ui/models/value_table_model.h"
#include "ui/plot/heatmap_plot.h"
#include "ui/views/evaluate_view.h"
#include "ui/views/word_scores_view.h"
#include "ui/widgets/calibration_plot.h"
#include "ui/widgets/linked_table.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

}  // namespace

class EvaluateViewTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;

  std::unique_ptr<EvaluateView> shown() {
    auto view = std::make_unique<EvaluateView>(*session_);
    session_->runs().setProbe(view->needs());
    view->resize(900, 700);
    view->show();
    return QTest::qWaitForWindowExposed(view.get()) ? std::move(view) : nullptr;
  }
  void train(const char* sample, std::size_t examples) {
    auto task = std::make_shared<TaskData>(findTaskSample(sample)->generate(kTaskSampleSeed));
    task->examples.resize(examples);
    session_->openTask(task, {});
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr && session_->corpus()->task() != nullptr,
                             kPatience);
    RunConfig config = session_->runs().nextConfig();
    if (config.params.contains("epochs")) config.params.set("epochs", std::int64_t{1});
    if (config.params.contains("units")) config.params.set("units", std::int64_t{16});
    session_->runs().trainWith(config);
    QTRY_VERIFY_WITH_TIMEOUT(session_->runs().runs().size() == 1 && !session_->runs().isActive(), kPatience);
  }
  static void click(LinkedTable* table, int row) {
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(row, 0)).center());
  }

 private Q_SLOTS:
  void init() { session_ = std::make_unique<Session>(folder_.filePath("settings.ini")); }
  void cleanup() { session_.reset(); }

  void saysWhatItNeeds() {
    const auto view = shown();
    QVERIFY(view->textSummary().contains("Open examples first"));
  }

  void classesAreScoredAndLookedInto() {
    const auto view = shown();
    train("reviews", 800);
    QTRY_VERIFY_WITH_TIMEOUT(
        view->shown() && !session_->runs().isActive() && view->shown()->scores.examples > 10, kPatience);
    const auto* runs = view->findChild<LinkedTable*>("evaluateRuns");
    QCOMPARE(runs->model()->rowCount(), 1);
    QVERIFY(!runs->isColumnHidden(6) && runs->isColumnHidden(5));
    auto* examples = view->findChild<LinkedTable*>("evaluateExamples");
    const int all = examples->model()->rowCount();
    QCOMPARE(all, int(view->shown()->results.size()));
    auto* tabs = view->findChild<QTabWidget*>("evaluateTabs");
    auto* confusion = view->findChild<HeatmapPlot*>("evaluateConfusion");
    QCOMPARE(confusion->data().rowCount(), Eigen::Index{2});
    tabs->setCurrentIndex(3);
    Q_EMIT confusion->cellClicked({1, 1}, {});
    QCOMPARE(tabs->currentIndex(), 0);
    const auto cell = static_cast<int>((*confusion->data().values)(1, 1));
    QCOMPARE(examples->model()->rowCount(), cell);
    QVERIFY(view->findChild<QLabel*>("evaluateFilter")->text().contains("taken for"));
    QTest::mouseClick(view->findChild<QPushButton*>("evaluateAll"), Qt::LeftButton);
    QCOMPARE(examples->model()->rowCount(), all);
    // A length, a word: the examples of it.
    tabs->setCurrentIndex(1);
    auto* lengths = view->findChild<LinkedTable*>("evaluateLengths");
    QVERIFY(lengths->model()->rowCount() > 0);
    click(lengths, 0);
    QCOMPARE(tabs->currentIndex(), 0);
    QCOMPARE(examples->model()->rowCount(), int(view->shown()->lengths[0].examples));
    tabs->setCurrentIndex(2);
    auto* words = view->findChild<LinkedTable*>("evaluateWords");
    QVERIFY(words->model()->rowCount() > 0);
    click(words, 0);
    QCOMPARE(examples->model()->rowCount(), int(view->shown()->words[0].with.size()));
    QVERIFY(view->findChild<CalibrationPlot*>()->textSummary().contains('%'));
    QVERIFY(view->textSummary().contains("examples are right"));
  }

  void pairsHaveBleu() {
    const auto view = shown();
    train("reversed", 300);
    QTRY_VERIFY_WITH_TIMEOUT(view->shown() && view->shown()->scores.bleu.has_value(), kPatience);
    const auto* runs = view->findChild<LinkedTable*>("evaluateRuns");
    QVERIFY(runs->isColumnHidden(6) && !runs->isColumnHidden(5));
    QVERIFY(!view->findChild<QTabWidget*>("evaluateTabs")->isTabVisible(3));
    const auto* model = view->findChild<LinkedTable*>("evaluateExamples")->model();
    const auto& results = view->shown()->results;
    const std::size_t worst = byLoss(results)[0];
    QCOMPARE(model->index(0, 2).data().toString(), QString::fromStdString(results[worst].said));
  }

  void wordVectorsAreScoredAtEachMoment() {
    WordScoresView view(*session_);
    view.resize(600, 400);
    view.show();
    QVERIFY(view.textSummary().contains("analogies"));
    session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr, kPatience);
    RunConfig config = session_->runs().nextConfig();
    config.params.set("epochs", std::int64_t{3});
    session_->runs().trainWith(config);
    QTRY_VERIFY_WITH_TIMEOUT(session_->runs().runs().size() == 1 && !session_->runs().isActive(), kPatience);
    const int run = session_->runs().runs()[0]->id;
    const std::size_t moments = session_->runs().runs()[0]->trainer->history()->size();
    QVERIFY(moments > 1);
    QTRY_VERIFY_WITH_TIMEOUT(view.scoredMoments(run) > 1, kPatience);
    QVERIFY2(view.textSummary().contains(": from "), qPrintable(view.textSummary()));
    QFile pairs(folder_.filePath("pairs.tsv"));
    QVERIFY(pairs.open(QIODevice::WriteOnly));
    pairs.write("king\tqueen\t9\nking\tcow\t2\ncow\thorse\t8\nbread\tking\t1\n");
    pairs.close();
    view.openPairs(pairs.fileName());
    QCOMPARE(view.findChild<QComboBox*>("wordScoreKind")->currentIndex(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(view.scoredMoments(run) > 1, kPatience);
    QVERIFY(view.findChild<QLabel*>("wordScoreFooter")->text().contains("pairs.tsv"));
    QVERIFY(view.saveState()["kind"].toInt() == 1);
  }

  void numbersAreSortedAsNumbers() {
    ValueTableModel model;
    model.setColumns({{"a", {}}, {"share", {}, true}});
    model.setRows({{QString("x"), 0.5}, {QString("y"), QVariant()}, {QString("z"), 0.125}});
    QCOMPARE(model.index(1, 1).data().toString(), QString("–"));
    model.sort(1, Qt::AscendingOrder);
    QCOMPARE(model.index(0, 0).data().toString(), QString("z"));
    QCOMPARE(model.index(2, 0).data().toString(), QString("y"));
    QCOMPARE(model.asText()[1][0], std::string("z"));
  }
};

QTEST_MAIN(EvaluateViewTest)
#include "evaluate_view_test.moc"
