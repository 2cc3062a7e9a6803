// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window, used as a person uses it: with the mouse and the keys, on a text that trains.
#include <QAbstractItemModel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include "core/analysis/neighbours.h"
#include "core/text/vocabulary.h"
#include "ui/models/roles.h"
#include "ui/plot/curve_plot.h"
#include "ui/plot/scatter_plot.h"
#include "ui/session/session.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/document_reader.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/error_bar.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/number_box.h"

using namespace lexarium;
using State = RunStatus::State;

namespace {

constexpr int kPatience = 60000;  // milliseconds; only ever used up when something is broken

/// A window with a session of its own, shown at the size of a small laptop.
struct Program {
  QTemporaryDir folder;
  Session session{folder.filePath("settings.json")};
  MainWindow window{session};

  Program() {
    window.resize(1366, 768);
    window.show();
  }
  RunController& runs() { return session.runs(); }
  template <class T>
  T* find(const char* name) {
    return window.findChild<T*>(name);
  }
  void press(const char* button) {
    auto* found = find<QAbstractButton>(button);
    QVERIFY2(found && found->isVisible() && found->isEnabled(), button);
    QTest::mouseClick(found, Qt::LeftButton);
  }
  /// A run that does not end by itself.
  void makeEndless() {
    RunConfig config = runs().nextConfig();
    const ParamSpec* epochs = findSpec(findModel(config.modelId)->params, "epochs");
    config.params.set("epochs", ParamValue(static_cast<std::int64_t>(epochs->maximum)));
    runs().setNextConfig(config);
  }
  bool isPaused() { return runs().status().state == State::Paused && !session.clock().isRunning(); }
  QString word(TokenId id) {
    return QString::fromStdString(std::string(session.corpus()->vocabulary().word(id)));
  }
};

#define OPEN_SAMPLE(program)                                                  \
  (program).press("sample_small-world-en");                                   \
  QTRY_VERIFY_WITH_TIMEOUT((program).session.corpus() != nullptr, kPatience); \
  QTRY_VERIFY_WITH_TIMEOUT((program).find<QPushButton>("play")->isVisible(), 1000)

/// A word of the map on whose point no other one lies.
std::size_t freePoint(const ScatterPlot& plot) {
  const auto count = static_cast<std::size_t>(plot.scene().points.cols());
  for (std::size_t i = 20; i < count; ++i) {
    if (plot.plotArea().contains(plot.pixelOf(i)) && plot.pointAt(plot.pixelOf(i)) == i) return i;
  }
  return count;
}

void clickRow(LinkedTable* table, int row, int column = 0) {
  table->scrollTo(table->model()->index(row, column));
  const QPoint place = table->visualRect(table->model()->index(row, column)).center();
  QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, place);
}

bool differ(const Layout& a, const Layout& b) { return a.cols() != b.cols() || a != b; }

std::size_t curvePoints(const CurvePlot& plot) {
  return plot.scene().curves.empty() ? 0 : plot.scene().curves.back().series->size();
}

std::size_t flagsShown(const CurvePlot& plot) {
  const auto& curves = plot.scene().curves;
  return curves.empty() || !curves.back().flags ? 0 : curves.back().flags->size();
}

}  // namespace

class MainWindowTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void fromTheSampleToTheTextByClicks();
  void stepsAreSeenOneByOne();
  void aChangedRateLeavesAFlag();
  void aRunThatDivergesSaysWhatToDo_data();
  void aRunThatDivergesSaysWhatToDo();
  void resetForgetsTheRun();
  void anotherTextAndTheEndWhileItTrains();
};

void MainWindowTest::fromTheSampleToTheTextByClicks() {
  Program program;
  OPEN_SAMPLE(program);
  program.makeEndless();
  program.press("play");
  auto* map = program.find<ScatterPlot>("mapPlot");
  auto* loss = program.find<CurvePlot>("lossPlot");
  QTRY_VERIFY_WITH_TIMEOUT(map->isVisible() && map->scene().points.cols() > 1000, kPatience);
  const Layout first = map->scene().points;
  QTRY_VERIFY_WITH_TIMEOUT(differ(map->scene().points, first), kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(curvePoints(*loss) > 1, kPatience);
  program.press("play");
  QTRY_VERIFY_WITH_TIMEOUT(program.isPaused(), kPatience);

  // A click on the map.
  Selection& selection = program.session.selection();
  std::size_t point = 0;
  const auto clicked = [&] {  // points may still glide to their last places
    point = freePoint(*map);
    if (point >= static_cast<std::size_t>(map->scene().points.cols())) return false;
    QTest::mouseClick(map, Qt::LeftButton, {}, map->pixelOf(point).toPoint());
    return selection.primary() == static_cast<TokenId>(point);
  };
  QTRY_VERIFY_WITH_TIMEOUT(clicked(), kPatience);
  QCOMPARE(map->scene().selected, std::vector<std::size_t>{point});

  // Its neighbours are those of the vectors in which it paused.
  auto* neighbours = program.find<LinkedTable>("neighbourTable");
  const auto table = program.runs().vectors();
  QCOMPARE(table->step, program.runs().status().step);
  const auto expected = neighboursOf(*table, {}, static_cast<TokenId>(point), 10);
  const auto shownNeighbour = [&](std::size_t row) {
    return neighbours->model()->index(static_cast<int>(row), 0).data(kTokenRole).toUInt();
  };
  QTRY_VERIFY_WITH_TIMEOUT(
      neighbours->isVisible() && neighbours->model()->rowCount() >= 10 && shownNeighbour(0) == expected[0].id,
      kPatience);
  for (std::size_t row = 0; row < 10; ++row) QCOMPARE(shownNeighbour(row), expected[row].id);

  // A click on the nearest one walks on.
  clickRow(neighbours, 0);
  QCOMPARE(selection.primary(), expected[0].id);
  QCOMPARE(program.find<ElidedLabel>("inspectedWord")->text(), program.word(expected[0].id));

  // Its contexts, and one of them in the text.
  auto* lines = program.find<LinkedTable>("concordanceList");
  QTRY_VERIFY_WITH_TIMEOUT(lines->isVisible() && lines->model()->rowCount() > 2, kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(static_cast<std::uint64_t>(lines->model()->rowCount()),
                            program.session.corpus()->vocabulary().count(expected[0].id), kPatience);
  clickRow(lines, 2, 1);
  const auto focus = selection.focus();
  QVERIFY(focus.has_value());
  QCOMPARE(program.session.corpus()->tokens()[*focus], expected[0].id);
  auto* reader = program.find<DocumentReader>("documentReader");
  QTRY_VERIFY_WITH_TIMEOUT(reader->isVisible() && !reader->visibleRegion().isEmpty(), kPatience);
  const ByteRange bytes = program.session.corpus()->textRange(*focus);
  QTRY_VERIFY(!reader->tokenRect(*focus).isEmpty());
  QVERIFY(reader->viewport()->rect().contains(reader->tokenRect(*focus)));
  QVERIFY(reader->visibleRange().begin <= bytes.begin && bytes.end <= reader->visibleRange().end);

  // A click on a word of the text selects it everywhere.
  TokenIndex other = *focus + 1;
  while (program.session.corpus()->tokens()[other] == kNoToken || reader->tokenRect(other).isEmpty()) ++other;
  QTest::mouseClick(reader->viewport(), Qt::LeftButton, {}, reader->tokenRect(other).center());
  QCOMPARE(selection.primary(), program.session.corpus()->tokens()[other]);

  program.press("stop");
  QTRY_VERIFY_WITH_TIMEOUT(program.runs().status().state == State::Stopped && !program.runs().isActive(),
                           kPatience);
  QVERIFY(program.runs().vectors() != nullptr);
}

void MainWindowTest::stepsAreSeenOneByOne() {
  Program program;
  OPEN_SAMPLE(program);
  program.makeEndless();
  auto* map = program.find<ScatterPlot>("mapPlot");
  auto* loss = program.find<CurvePlot>("lossPlot");
  for (std::uint64_t step = 1; step <= 4; ++step) {
    const Layout before = map->scene().points;
    program.press("step");
    QTRY_VERIFY_WITH_TIMEOUT(program.isPaused() && program.runs().status().step == step, kPatience);
    QCOMPARE(program.runs().vectors()->step, step);
    QTRY_COMPARE(curvePoints(*loss), static_cast<std::size_t>(step));  // a point of the curve a step
    QTRY_VERIFY_WITH_TIMEOUT(map->scene().points.cols() > 0 && differ(map->scene().points, before),
                             kPatience);
  }
  QVERIFY(program.find<QAbstractButton>("step")->isEnabled());
  program.press("play");
  QTRY_VERIFY_WITH_TIMEOUT(program.runs().status().step > 10, kPatience);
  QVERIFY(!program.find<QAbstractButton>("step")->isEnabled());
}

void MainWindowTest::aChangedRateLeavesAFlag() {
  Program program;
  OPEN_SAMPLE(program);
  program.makeEndless();
  program.press("play");
  QTRY_VERIFY_WITH_TIMEOUT(program.runs().status().step > 5, kPatience);
  auto* rate = program.find<NumberBox>("learningRate");
  rate->setFocus();
  rate->selectAll();
  QTest::keyClicks(rate, "0.01");
  QTest::keyClick(rate, Qt::Key_Return);
  auto* loss = program.find<CurvePlot>("lossPlot");
  QTRY_COMPARE_WITH_TIMEOUT(flagsShown(*loss), std::size_t{1}, kPatience);
  const MetricFlag flag = loss->scene().curves.back().flags->front();
  QVERIFY2(flag.text.find("to 0.01") != std::string::npos, flag.text.c_str());
  const std::uint64_t changed = flag.step;
  QTRY_VERIFY_WITH_TIMEOUT(program.runs().status().step > changed, kPatience);
  QVERIFY(program.runs().status().state == State::Running);
  QVERIFY(program.runs().status().learningRate <= 0.01);
}

void MainWindowTest::aRunThatDivergesSaysWhatToDo_data() {
  QTest::addColumn<QString>("model");
  for (const ModelInfo& model : models()) {
    if (!findSpec(model.params, "learning_rate") || model.learnsExamples()) continue;
    QTest::newRow(model.id.c_str()) << QString::fromStdString(model.id);
  }
}

void MainWindowTest::aRunThatDivergesSaysWhatToDo() {
  QFETCH(QString, model);
  Program program;
  OPEN_SAMPLE(program);
  const ModelInfo& info = *findModel(model.toStdString());
  RunConfig config = program.runs().nextConfig();
  config.modelId = info.id;
  config.params = presetFor(info, *program.session.corpus());
  config.params.set("learning_rate", ParamValue(100.0));
  program.runs().setNextConfig(config);
  program.makeEndless();
  program.press("play");
  QTRY_VERIFY_WITH_TIMEOUT(program.runs().status().state == State::Diverged, kPatience);
  auto* bar = program.window.findChild<ErrorBar*>();
  QVERIFY(bar->isVisible());
  QVERIFY2(
      bar->text().contains("has diverged") && bar->text().contains("Start again with a learning rate of"),
      qPrintable(bar->text()));
  QTRY_VERIFY(program.runs().vectors() != nullptr);
  QVERIFY(program.runs().vectors()->vectors.allFinite());

  auto* again = bar->findChild<QPushButton*>();
  QVERIFY2(again && again->text().startsWith("Train with rate"), again ? qPrintable(again->text()) : "");
  QTest::mouseClick(again, Qt::LeftButton);
  QVERIFY(!bar->isVisible());
  QTRY_VERIFY_WITH_TIMEOUT(program.runs().status().step > 20, kPatience);
  QVERIFY(program.runs().status().state == State::Running);
  QCOMPARE(program.runs().runs().size(), std::size_t{2});
}

void MainWindowTest::resetForgetsTheRun() {
  Program program;
  OPEN_SAMPLE(program);
  program.makeEndless();
  program.press("play");
  auto* map = program.find<ScatterPlot>("mapPlot");
  QTRY_VERIFY_WITH_TIMEOUT(map->scene().points.cols() > 0, kPatience);
  program.press("reset");
  QVERIFY(!program.runs().isActive());
  QVERIFY(program.runs().runs().empty());
  QTRY_COMPARE(map->scene().points.cols(), Eigen::Index{0});
  QVERIFY(program.find<CurvePlot>("lossPlot")->scene().curves.empty());
  program.press("play");
  QTRY_VERIFY_WITH_TIMEOUT(map->scene().points.cols() > 0, kPatience);
}

void MainWindowTest::anotherTextAndTheEndWhileItTrains() {
  Program program;
  OPEN_SAMPLE(program);
  program.makeEndless();
  program.press("play");
  QTRY_VERIFY_WITH_TIMEOUT(program.runs().status().step > 5, kPatience);
  program.session.selection().select(30);
  program.session.openText("Other", "one two three one two three. two one four.");
  QTRY_VERIFY_WITH_TIMEOUT(program.session.corpus()->title() == "Other", kPatience);
  QVERIFY(program.runs().runs().empty());
  QVERIFY(program.session.selection().isEmpty());
  QTRY_COMPARE(program.find<ScatterPlot>("mapPlot")->scene().points.cols(), Eigen::Index{0});

  program.session.openSample("small-world-en");
  QTRY_VERIFY_WITH_TIMEOUT(program.session.sample() != nullptr, kPatience);
  program.makeEndless();
  program.press("play");
  QTRY_VERIFY_WITH_TIMEOUT(program.runs().status().step > 5, kPatience);
  program.window.close();
  QVERIFY(!program.runs().isActive());
  QVERIFY(program.runs().runs().empty());
}

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
