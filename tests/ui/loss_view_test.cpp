// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/loss_view.h"

#include <QCheckBox>
#include <QFileInfo>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QStackedLayout>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>
#include <cmath>

#include "ui/plot/curve_plot.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

/// Counts how often it is asked to draw.
class CountingView : public View {
 public:
  using View::View;
  int draws = 0;
  std::uint64_t lastStep = 0;

 protected:
  void refresh(unsigned dirty) override {
    if (!(dirty & kFrame)) return;
    ++draws;
    lastStep = frame().status.step;
  }
};

/// Takes messages of Qt for as long as it lives.
class MessageCount {
 public:
  MessageCount() {
    count_ = 0;
    before_ = qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) { ++count_; });
  }
  ~MessageCount() { qInstallMessageHandler(before_); }
  int count() const { return count_; }

 private:
  static inline int count_ = 0;
  QtMessageHandler before_;
};

}  // namespace

/// A session that trains on a text, with the loss view in front of it.
class LossViewTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<LossView> view_;

  CurvePlot& plot() { return view_->plot(); }
  std::size_t points(std::size_t curve = 0) {
    return curve < plot().scene().curves.size() ? plot().scene().curves[curve].series->size() : 0;
  }
  void settle() {
    for (int i = 0; i < 5; ++i) QCoreApplication::processEvents();
  }

 private Q_SLOTS:
  void init() {
    session_ = std::make_unique<Session>(folder_.filePath("settings.ini"));
    view_ = std::make_unique<LossView>(*session_);
    view_->resize(900, 500);
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
  }
  void cleanup() {
    view_.reset();
    session_.reset();
  }

  void framesOfATrainingAreDrawnNowAndThenItsEndAtOnce() {
    CountingView view(*session_);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    Run run;
    Frame frame;
    frame.run = &run;
    frame.status.state = RunStatus::State::Running;
    const auto send = [&](std::uint64_t step) {
      frame.status.step = step;
      Q_EMIT session_->runs().frame(frame);
    };
    const int before = view.draws;
    for (std::uint64_t step = 1; step <= 50; ++step) send(step);
    QCOMPARE(view.draws, before + 1);  // the rest waits
    QCOMPARE(view.lastStep, 1u);
    QTRY_COMPARE(view.draws, before + 2);
    QCOMPARE(view.lastStep, 50u);
    send(51);
    frame.status.state = RunStatus::State::Finished;
    send(52);
    QCOMPARE(view.draws, before + 3);
    QCOMPARE(view.lastStep, 52u);
  }

  void aPlotWithoutAPixelIsNotDrawn() {
    const MessageCount messages;
    CurvePlot plot;
    plot.setMinimumSize(0, 0);
    plot.resize(0, 0);
    plot.setTheme(session_->theme());
    plot.updateData();
    settle();
    plot.resize(300, 0);
    settle();
    QCOMPARE(messages.count(), 0);
    plot.resize(300, 200);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    const QImage picture = plot.grab().toImage();
    std::size_t drawn = 0;
    for (int y = 0; y < picture.height(); ++y)
      for (int x = 0; x < picture.width(); ++x)
        drawn += picture.pixelColor(x, y) != session_->theme().surface;
    QVERIFY(drawn > 100);  // axes
  }

  void openAndTrain() {
    session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr, kPatience);
    session_->runs().train();
    QTRY_VERIFY_WITH_TIMEOUT(points() > 20, kPatience);
  }

  void emptyStateHasOneButtonThatTrains() {
    QVERIFY(!view_->findChild<QPushButton*>("emptyButton")->isVisible());
    session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr, kPatience);
    auto* button = view_->findChild<QPushButton*>("emptyButton");
    QVERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(session_->runs().isActive());
    QTRY_VERIFY_WITH_TIMEOUT(points() > 5 && plot().isVisible(), kPatience);
    QVERIFY(!button->isVisible());
  }

  void followsTheLogAndKeepsTheUsersZoom() {
    openAndTrain();
    settle();
    QVERIFY(plot().isFollowing());
    const double right = plot().scene().x.upper;
    QTRY_VERIFY_WITH_TIMEOUT(plot().scene().x.upper > right, kPatience);

    // Drag a box: exactly that part is shown.
    const QRectF area = plot().plotArea();
    const QPoint from = (area.topLeft() + QPointF(100, 50)).toPoint();
    const QPoint to = (area.topLeft() + QPointF(300, 200)).toPoint();
    const AxisMap x = plot().scene().x;
    QTest::mousePress(&plot(), Qt::LeftButton, Qt::NoModifier, from);
    QTest::mouseMove(&plot(), (from + to) / 2);
    QTest::mouseMove(&plot(), to);
    const AxisMap before = plot().scene().x;  // may have grown since
    QTest::mouseRelease(&plot(), Qt::LeftButton, Qt::NoModifier, to);
    QVERIFY(x.upper <= before.upper);
    QVERIFY(std::abs(plot().scene().x.lower - before.toData(from.x() - area.left())) < 1e-6 * before.upper);
    QVERIFY(std::abs(plot().scene().x.upper - before.toData(to.x() - area.left())) < 1e-6 * before.upper);
    QVERIFY(!plot().isFollowing());

    const AxisMap zoomedX = plot().scene().x, zoomedY = plot().scene().y;
    const std::size_t count = points();
    QTRY_VERIFY_WITH_TIMEOUT(points() > count + 5, kPatience);
    QCOMPARE(plot().scene().x, zoomedX);
    QCOMPARE(plot().scene().y, zoomedY);
    QTest::mouseDClick(&plot(), Qt::LeftButton, Qt::NoModifier, to);
    QVERIFY(plot().isFollowing());
    QVERIFY(plot().scene().x.upper > zoomedX.upper);
  }

  void wheelOverAnAxisZoomsItAlone() {
    openAndTrain();
    session_->runs().pause();
    settle();
    const AxisMap x = plot().scene().x, y = plot().scene().y;
    const QPointF place(plot().plotArea().center().x(), plot().plotArea().bottom() + 10);
    QWheelEvent wheel(place, plot().mapToGlobal(place), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&plot(), &wheel);
    QVERIFY(plot().scene().x.upper - plot().scene().x.lower < x.upper - x.lower);
    QCOMPARE(plot().scene().y, y);
    QVERIFY(plot().followsY() && !plot().followsX());
    QTest::keyClick(&plot(), Qt::Key_Home);
    QVERIFY(plot().isFollowing());
  }

  void smoothingAndLogSwitches() {
    openAndTrain();
    session_->runs().stop();
    settle();
    const CurveSeries& series = *plot().scene().curves[0].series;
    auto* smoothing = view_->findChild<QSlider*>("smoothing");
    QCOMPARE(smoothing->value(), 60);
    smoothing->setValue(0);
    for (std::size_t i = 0; i < series.size(); ++i) QCOMPARE(series.smoothed(i), series.raw(i));
    smoothing->setValue(99);
    QVERIFY(std::abs(series.smoothed(10) - series.raw(10)) > 0);
    view_->findChild<QCheckBox*>("logX")->setChecked(true);
    view_->findChild<QCheckBox*>("logY")->setChecked(true);
    QVERIFY(plot().scene().x.logarithmic && plot().scene().x.lower > 0);
    QVERIFY(plot().scene().y.logarithmic && plot().scene().y.lower > 0);
    settle();
  }

  void clickShowsTheStep() {
    openAndTrain();
    session_->runs().stop();
    settle();
    QTRY_VERIFY(!session_->runs().isActive());
    settle();
    const CurvePoint point{plot().scene().curves[0].id, points() / 2};
    QTest::mouseClick(&plot(), Qt::LeftButton, Qt::NoModifier, plot().pixelOf(point).toPoint());
    const auto step =
        (*plot().scene().curves[0].series)[plot().pointAt(plot().pixelOf(point).toPoint())->index].step;
    QVERIFY2(view_->pointInfo().contains(QLocale().toString(static_cast<qulonglong>(step))),
             qPrintable(view_->pointInfo()));
    QVERIFY(view_->textSummary().contains("loss"));
  }

  void aChangedLearningRateLeavesAFlag() {
    openAndTrain();
    session_->runs().setLearningRate(0.01);
    QTRY_VERIFY_WITH_TIMEOUT(!plot().scene().curves[0].flags->empty(), kPatience);
  }

  void runsOverlayAndCanBeHidden() {
    openAndTrain();
    session_->runs().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!session_->runs().isActive(), kPatience);
    session_->runs().train();
    QTRY_VERIFY_WITH_TIMEOUT(points(1) > 5, kPatience);
    session_->runs().stop();
    const int first = session_->runs().runs()[0]->id;
    session_->runs().setRunVisible(first, false);
    QCOMPARE(plot().scene().curves.size(), std::size_t{1});
    QVERIFY(plot().scene().curves[0].id != first);
    session_->runs().renameRun(plot().scene().curves[0].id, "Second try");
    QCOMPARE(plot().scene().curves[0].name, QString("Second try"));
  }

  void hiddenViewReadsNothingUntilItIsShown() {
    openAndTrain();
    view_->hide();
    const std::size_t before = points();
    const auto& log = session_->runs().runs()[0]->trainer->metrics();
    QTRY_VERIFY_WITH_TIMEOUT(log.size() > before + 10, kPatience);
    settle();
    QCOMPARE(points(), before);
    view_->show();
    QVERIFY(points() > before);
  }

  void stateComesBack() {
    openAndTrain();
    view_->findChild<QSlider*>("smoothing")->setValue(30);
    plot().setRanges(AxisMap{5, 20, 1, false}, std::nullopt);
    const QJsonObject state = view_->saveState();
    LossView other(*session_);
    other.restoreState(state);
    QCOMPARE(other.saveState(), state);
    QCOMPARE(other.plot().scene().x.upper, 20.0);
    QVERIFY(other.plot().followsY());
    other.restoreState({});  // nothing saved
    QVERIFY(other.plot().isFollowing());
  }

  void theMenuHidesRuns() {
    openAndTrain();
    QMenu menu;
    view_->fillMenu(menu);
    QMenu* runs = nullptr;
    for (QAction* action : menu.actions())
      if (action->menu() && action->text() == QStringLiteral("Runs")) runs = action->menu();
    QVERIFY(runs);
    const int id = session_->runs().current()->id;
    QCOMPARE(runs->actions().front()->text(), session_->runs().current()->name);
    runs->actions().front()->trigger();
    QVERIFY(!session_->runs().current()->visible);
    QVERIFY(plot().scene().curves.empty());
    session_->runs().setRunVisible(id, true);
    QCOMPARE(plot().scene().curves.size(), std::size_t{1});
  }

  void exportsPictureAndNumbers() {
    openAndTrain();
    session_->runs().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!session_->runs().isActive(), kPatience);
    settle();
    const PlotSource source = view_->exportSource();
    const std::string csv = source.csv();
    QCOMPARE(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')), points() + 1);
    QCOMPARE(renderImage(source).size(), plot().size() * 2);
    QVERIFY(renderPicture(source, PictureFormat::Pdf).startsWith("%PDF"));
    const QByteArray svg = renderPicture(source, PictureFormat::Svg);
    QVERIFY(svg.contains("<svg") && svg.contains("Loss"));
    for (const char* name : {"loss.png", "loss.svg", "loss.pdf", "loss.csv"}) {
      QVERIFY(exportPlot(source, folder_.filePath(name).toStdString()));
      QVERIFY(QFileInfo(folder_.filePath(name)).size() > 500);
    }
    QVERIFY(!exportPlot(source, "/nonexistent/loss.png"));
  }

  void aHundredThousandPointsReplotQuickly() {
    CurveSeries series;
    std::vector<MetricPoint> all;
    for (std::uint64_t i = 1; i <= 200000; ++i) {
      const double noise = std::sin(static_cast<double>(i * 7919 % 1000)) * 0.3;
      all.push_back({i, 0, 0, 4 / std::sqrt(1 + static_cast<double>(i) / 5000.0) + noise, 0, 0});
    }
    series.append(all);
    plot().setTheme(session_->theme());
    plot().setCurves({{1, "Run", Qt::blue, &series, nullptr}});
    auto* parent = plot().parentWidget();
    static_cast<QStackedLayout*>(view_->layout())->setCurrentWidget(parent);
    settle();
    std::vector<double> milliseconds;
    for (int i = 0; i < 30; ++i) {
      plot().takeCost();
      plot().updateData();
      settle();
      plot().repaint();
      milliseconds.push_back(plot().takeCost());
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    QVERIFY(milliseconds[15] > 0);
    QTest::setBenchmarkResult(milliseconds[15], QTest::WalltimeMilliseconds);
  }
};

QTEST_MAIN(LossViewTest)
#include "loss_view_test.moc"
