// SPDX-License-Identifier: GPL-3.0-or-later
// Runs beside each other: the table, the comparison of two, and a removal that is taken back.
#include <QAbstractItemModel>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "core/analysis/compare.h"
#include "core/analysis/stability.h"
#include "ui/models/comparison_model.h"
#include "ui/models/neighbour_model.h"
#include "ui/models/roles.h"
#include "ui/models/runs_model.h"
#include "ui/session/session.h"
#include "ui/views/compare_view.h"
#include "ui/views/neighbours_view.h"
#include "ui/views/runs_view.h"
#include "ui/widgets/bar_chart.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;  // milliseconds; only ever used up when something is broken

}  // namespace

class CompareRunsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init() { session_->runs().reset(session_->corpus()); }

  void whatDiffersStandsFirst();
  void theTableSortsByNumbersAndFilters();
  void namesAndNotesAreEditedInPlace();
  void aRemovedRunComesBackWhereItWas();
  void equalRunsAgreeOnEverything();
  void aViewOpenBeforeTheSecondRunComparesBoth();
  void aBrushChoosesWords();
  void neighboursTellHowStableTheyAre();
  void barsAreChosenByMouseAndKeys();

 private:
  /// One more finished run; the same parameters and seed give the same vectors.
  void train(std::int64_t epochs, std::uint64_t seed = 1) {
    RunController& runs = session_->runs();
    RunConfig config = runs.nextConfig();
    config.execution.mode = Execution::Mode::Reproducible;
    config.execution.seed = seed;
    config.params.set("epochs", epochs);
    config.params.set("min_count", std::int64_t{1});
    runs.setNextConfig(config);
    runs.train();
    QTRY_VERIFY_WITH_TIMEOUT(!runs.isActive(), kPatience);
    QCOMPARE(runs.status().state, RunStatus::State::Finished);
  }
  int columnNamed(const QAbstractItemModel& model, const QString& title) const {
    for (int column = 0; column < model.columnCount(); ++column)
      if (model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() == title) return column;
    return -1;
  }

  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;
};

void CompareRunsTest::initTestCase() {
  session_ = std::make_unique<Session>(folder_.filePath("settings.json"));
  QString text;
  const QStringList words{"cat",  "dog", "bird", "fish",  "sees",  "hears",
                          "eats", "the", "a",    "small", "large", "green"};
  for (int i = 0; i < 1500; ++i) text += words[(i * i + i / 7) % words.size()] + (i % 9 == 8 ? ". " : " ");
  session_->openText("Animals", text);
  QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr, kPatience);
}

void CompareRunsTest::whatDiffersStandsFirst() {
  train(1);
  train(2);
  RunsModel model(session_->runs());
  model.rebuild();
  QCOMPARE(model.rowCount(), 2);
  QCOMPARE(model.differing(), 1);
  QCOMPARE(columnNamed(model, "Epochs"), int(RunsModel::kFixedColumns));
  train(2, 5);
  model.rebuild();
  QCOMPARE(model.differing(), 2);
  const int seed = columnNamed(model, "Seed");
  QVERIFY(seed >= RunsModel::kFixedColumns && seed < RunsModel::kFixedColumns + 2);
  QCOMPARE(model.index(2, seed).data().toInt(), 5);
}

void CompareRunsTest::theTableSortsByNumbersAndFilters() {
  for (const int epochs : {2, 10, 1}) train(epochs);
  RunsView view(*session_);
  view.show();
  auto* table = view.findChild<QTableView*>("runsTable");
  const int epochs = columnNamed(*table->model(), "Epochs");
  table->sortByColumn(epochs, Qt::DescendingOrder);
  QStringList order;
  for (int row = 0; row < 3; ++row) order << table->model()->index(row, epochs).data().toString();
  QCOMPARE(order, QStringList({"10", "2", "1"}));  // as text, 2 would come first
  session_->runs().renameRun(session_->runs().runs()[1]->id, "The long one");
  QTRY_COMPARE(table->model()->rowCount(), 3);
  view.findChild<QLineEdit*>("runsFilter")->setText("LONG");
  QCOMPARE(table->model()->rowCount(), 1);
}

void CompareRunsTest::namesAndNotesAreEditedInPlace() {
  train(1);
  RunsModel model(session_->runs());
  model.rebuild();
  const int notes = model.columnCount() - 1;
  QVERIFY(model.flags(model.index(0, notes)) & Qt::ItemIsEditable);
  QVERIFY(!(model.flags(model.index(0, RunsModel::kLoss)) & Qt::ItemIsEditable));
  QVERIFY(model.setData(model.index(0, notes), "as in the book", Qt::EditRole));
  QVERIFY(model.setData(model.index(0, RunsModel::kName), "Mine", Qt::EditRole));
  QCOMPARE(session_->runs().runs().front()->notes, QString("as in the book"));
  QCOMPARE(session_->runs().runs().front()->name, QString("Mine"));
}

void CompareRunsTest::aRemovedRunComesBackWhereItWas() {
  train(1);
  train(2);
  RunController& runs = session_->runs();
  const int first = runs.runs().front()->id;
  QString told;
  connect(&runs, &RunController::runRemoved, this, [&told](const QString& name) { told = name; });
  runs.removeRun(first);
  QCOMPARE(told, QString("Skip-gram 1"));
  QCOMPARE(runs.runs().size(), std::size_t{1});
  runs.undoRemove();
  QCOMPARE(runs.runs().front()->id, first);
  QVERIFY(runs.vectors() != nullptr);  // with all it had
  runs.removeRun(first);
  runs.removeRun(runs.runs().front()->id);
  runs.undoRemove();
  QCOMPARE(runs.runs().size(), std::size_t{1});  // only the last one
  runs.forgetRemoved();
  runs.undoRemove();
  QCOMPARE(runs.runs().size(), std::size_t{1});
}

void CompareRunsTest::equalRunsAgreeOnEverything() {
  train(3);
  train(3);
  CompareView view(*session_);
  view.resize(600, 500);
  view.show();
  auto* model = view.findChild<ComparisonModel*>();
  QTRY_VERIFY_WITH_TIMEOUT(model->comparison() != nullptr, kPatience);
  QCOMPARE(model->comparison()->meanJaccard(), 1.0);
  QCOMPARE(model->rowCount(), static_cast<int>(session_->corpus()->vocabulary().size()));
  train(3, 9);
  auto* second = view.findChild<QComboBox*>("secondRun");
  second->setCurrentIndex(2);
  QTRY_VERIFY_WITH_TIMEOUT(model->comparison() && model->comparison()->meanJaccard() < 1, kPatience);
  // Most changed first.
  const auto& comparison = *model->comparison();
  QVERIFY(model->index(0, ComparisonModel::kJaccard).data(kBarRole).toDouble() <=
          model->index(model->rowCount() - 1, ComparisonModel::kJaccard).data(kBarRole).toDouble());
  QCOMPARE(model->idAt(0), comparison.words[comparison.mostChanged(1).front()].first);
}

void CompareRunsTest::aViewOpenBeforeTheSecondRunComparesBoth() {
  train(1);
  CompareView view(*session_);
  view.resize(600, 500);
  view.show();
  QCoreApplication::processEvents();
  train(2);
  auto* first = view.findChild<QComboBox*>("firstRun");
  auto* second = view.findChild<QComboBox*>("secondRun");
  QTRY_COMPARE_WITH_TIMEOUT(second->count(), 2, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(first->currentData() != second->currentData(), kPatience);
}

void CompareRunsTest::aBrushChoosesWords() {
  train(1);
  train(1, 7);
  CompareView view(*session_);
  view.resize(600, 500);
  view.show();
  auto* model = view.findChild<ComparisonModel*>();
  QTRY_VERIFY_WITH_TIMEOUT(model->comparison() != nullptr, kPatience);
  auto* chart = view.findChild<BarChart*>("compareChart");
  const auto histogram = model->comparison()->histogram();
  QCOMPARE(chart->bars(), histogram);
  int all = 0;
  for (int bar = 0; bar < static_cast<int>(histogram.size()); ++bar) {
    chart->setRange(BarChart::Range{bar, bar});
    QCOMPARE(model->rowCount(), static_cast<int>(histogram[static_cast<std::size_t>(bar)]));
    all += model->rowCount();
  }
  chart->setRange(std::nullopt);
  QCOMPARE(model->rowCount(), all);
  // A click on a word selects it everywhere.
  auto* table = view.findChild<LinkedTable*>("compareTable");
  const QPoint place = table->visualRect(model->index(0, 0)).center();
  QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, place);
  QCOMPARE(session_->selection().primary(), model->idAt(0));
}

void CompareRunsTest::neighboursTellHowStableTheyAre() {
  train(20);
  NeighboursView view(*session_);
  view.resize(500, 400);
  view.show();
  const TokenId word = 2;
  session_->selection().select(word);
  auto* model = view.findChild<NeighbourModel*>();
  QTRY_VERIFY_WITH_TIMEOUT(model->hasStability() && model->rowCount() > 0, kPatience);
  // The same as counted by hand over the moments of the second half.
  const auto& history = *session_->runs().current()->trainer->history();
  const auto moments = momentsToJudge(history, session_->runs().vectors()->step, 10);
  QVERIFY(!moments.empty());
  std::vector<TokenId> ids;
  for (const Neighbour& neighbour : model->neighbours()) ids.push_back(neighbour.id);
  const auto shares = neighbourStability(word, ids, moments);
  for (int row = 0; row < model->rowCount(); ++row) {
    const auto share = shares[static_cast<std::size_t>(row)];
    QVERIFY(share.has_value());
    QCOMPARE(model->index(row, NeighbourModel::kStable).data().toString(), formatPercent(*share));
  }
  QVERIFY(!view.findChild<LinkedTable*>("neighbourTable")->isColumnHidden(NeighbourModel::kStable));
}

void CompareRunsTest::barsAreChosenByMouseAndKeys() {
  BarChart chart;
  chart.resize(400, 120);
  chart.setBars({5, 0, 9, 2}, "in common");
  chart.show();
  const auto click = [&](int bar) {
    const QRectF rect = chart.barRect(bar);
    QTest::mouseClick(&chart, Qt::LeftButton, {}, QPoint(int(rect.center().x()), 60));
  };
  click(2);
  QVERIFY(chart.range() == BarChart::Range(2, 2));
  click(2);
  QVERIFY(!chart.range());
  const auto at = [&](int bar) { return QPoint(int(chart.barRect(bar).center().x()), 60); };
  QTest::mousePress(&chart, Qt::LeftButton, {}, at(1));
  QMouseEvent move(QEvent::MouseMove, at(3), chart.mapToGlobal(at(3)), Qt::NoButton, Qt::LeftButton, {});
  QCoreApplication::sendEvent(&chart, &move);
  QVERIFY(chart.range() == BarChart::Range(1, 3));
  QTest::keyClick(&chart, Qt::Key_Escape);
  QVERIFY(!chart.range());
  QTest::keyClick(&chart, Qt::Key_Right);
  QTest::keyClick(&chart, Qt::Key_Right, Qt::ShiftModifier);
  QVERIFY(chart.range() == BarChart::Range(0, 1));
}

QTEST_MAIN(CompareRunsTest)
#include "compare_runs_test.moc"
