// SPDX-License-Identifier: GPL-3.0-or-later
// The fingerprint of a run's result in the corner of each plot.
#include "core/train/fingerprint.h"

#include <QHelpEvent>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>

#include "ui/look/fingerprint_mark.h"
#include "ui/plot/curve_plot.h"
#include "ui/plot/heatmap_plot.h"
#include "ui/plot/scatter_plot.h"
#include "ui/session/session.h"
#include "ui/views/compare_view.h"
#include "ui/views/cooccurrence_view.h"
#include "ui/views/loss_view.h"
#include "ui/views/map_pair_view.h"
#include "ui/views/map_view.h"
#include "ui/views/training_steps_view.h"
#include "ui/widgets/bar_chart.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

}  // namespace

class FingerprintTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;

  void train(std::uint64_t seed) {
    RunController& runs = session_->runs();
    RunConfig config = runs.nextConfig();
    config.execution.mode = Execution::Mode::Reproducible;
    config.execution.seed = seed;
    config.params.set("min_count", std::int64_t{1});
    runs.setNextConfig(config);
    runs.train();
    QTRY_VERIFY_WITH_TIMEOUT(!runs.isActive(), kPatience);
  }
  QString shown() const { return session_->fingerprint().shown(); }
  void useFingerprints(bool on) {
    LookOptions look = session_->settings().look();
    look.fingerprints = on;
    session_->settings().setLook(look);
  }

 private Q_SLOTS:
  void init() {
    session_ = std::make_unique<Session>(folder_.filePath("settings.json"));
    useFingerprints(true);
    QString text;
    for (int i = 0; i < 600; ++i) text += QStringLiteral("w%1 ").arg((i * i + i / 7) % 13);
    session_->openText("Words", text);
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr, kPatience);
    Probe probe;
    probe.frameWords = 500;
    session_->runs().setProbe(probe);
  }
  void cleanup() { session_.reset(); }

  void equalResultsHaveTheSame() {
    QVERIFY(shown().isEmpty());
    train(1);
    QTRY_COMPARE_WITH_TIMEOUT(shown().size(), 8, kPatience);
    const QString first = shown();
    QCOMPARE(first.toStdString(), fingerprint(session_->runs().vectors()->vectors));
    train(2);
    QTRY_VERIFY_WITH_TIMEOUT(!shown().isEmpty() && shown() != first, kPatience);
    train(1);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), first, kPatience);
    // A moment of the past is not the result.
    QSignalSpy changed(&session_->fingerprint(), &ResultFingerprint::changed);
    session_->timeline().refresh();
    QVERIFY(session_->timeline().steps().size() > 1);
    session_->timeline().showIndex(0);
    QVERIFY(shown().isEmpty());
    session_->timeline().goLive();
    QCOMPARE(shown(), first);
    QCOMPARE(changed.count(), 2);
  }

  void plotsAndTheirExportsShowIt() {
    MapView map(*session_);
    LossView loss(*session_);
    for (QWidget* view : std::initializer_list<QWidget*>{&map, &loss}) {
      view->resize(600, 400);
      view->show();
      QVERIFY(QTest::qWaitForWindowExposed(view));
    }
    train(1);
    QTRY_COMPARE_WITH_TIMEOUT(shown().size(), 8, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(map.plot().scene().count() > 0, kPatience);
    QCOMPARE(map.plot().fingerprint(), shown());
    QCOMPARE(loss.plot().fingerprint(), shown());
    const QByteArray text = shown().toUtf8();
    QVERIFY(renderPicture(map.exportSource(), PictureFormat::Svg).contains(text));
    QVERIFY(renderPicture(loss.exportSource(), PictureFormat::Svg).contains(text));
    // What it is, under the pointer.
    const QPoint place = fingerprintBox(map.plot().rect(), session_->theme(), shown()).center().toPoint();
    QHelpEvent help(QEvent::ToolTip, place, map.plot().mapToGlobal(place));
    QCoreApplication::sendEvent(&map.plot(), &help);
    QCOMPARE(QToolTip::text(), fingerprintHelp());
    QToolTip::hideText();
    // Whoever does not want it.
    useFingerprints(false);
    QCOMPARE(map.plot().fingerprint(), QString());
    QVERIFY(!renderPicture(loss.exportSource(), PictureFormat::Svg).contains(text));
  }

  void aComparisonHasThoseOfBothRuns() {
    train(1);
    train(2);
    CompareView compare(*session_);
    compare.resize(600, 500);
    compare.show();
    QVERIFY(QTest::qWaitForWindowExposed(&compare));
    auto* chart = compare.findChild<BarChart*>("compareChart");
    const auto& runs = session_->runs().runs();
    const auto of = [&](std::size_t i) {
      return QString::fromStdString(fingerprint(runs[i]->trainer->snapshot()->all->vectors));
    };
    QTRY_COMPARE_WITH_TIMEOUT(chart->fingerprint(), of(0) + " / " + of(1), kPatience);
    // The two maps have each its own.
    MapPairView maps(*session_);
    maps.resize(600, 400);
    maps.show();
    QVERIFY(QTest::qWaitForWindowExposed(&maps));
    QTRY_COMPARE_WITH_TIMEOUT(maps.first().fingerprint(), of(0), kPatience);
    QCOMPARE(maps.second().fingerprint(), of(1));
    const QByteArray picture = renderPicture(maps.exportSource(), PictureFormat::Svg);
    QVERIFY(picture.contains(of(0).toUtf8()) && picture.contains(of(1).toUtf8()));
    useFingerprints(false);
    QVERIFY(maps.first().fingerprint().isEmpty() && chart->fingerprint().isEmpty());
  }

  void heatMapsHaveIt() {
    CooccurrenceView counts(*session_);
    TrainingStepsView steps(*session_);
    connect(&steps, &View::needsChanged, this, [&] { session_->runs().setProbe(steps.needs()); });
    for (QWidget* view : std::initializer_list<QWidget*>{&counts, &steps}) {
      view->resize(700, 500);
      view->show();
      QVERIFY(QTest::qWaitForWindowExposed(view));
    }
    train(1);
    QTRY_COMPARE_WITH_TIMEOUT(shown().size(), 8, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!counts.plot(0).data().isEmpty() && !steps.inputPlot().data().isEmpty(),
                             kPatience);
    for (HeatmapPlot* plot : {&counts.plot(0), &steps.inputPlot(), &steps.outputPlot()}) {
      QCOMPARE(plot->fingerprint(), shown());
      // Below the cells, where it covers none.
      const QRectF box = fingerprintBox(plot->viewport()->rect(), session_->theme(), shown());
      QVERIFY(box.top() >= plot->geometryOfCells().area.bottom() - 1);
      QVERIFY(renderPicture(plot->exportSource("a", [](const Error&) {}), PictureFormat::Svg)
                  .contains(shown().toUtf8()));
    }
    const QPoint place =
        fingerprintBox(counts.plot(0).viewport()->rect(), session_->theme(), shown()).center().toPoint();
    QHelpEvent help(QEvent::ToolTip, place, counts.plot(0).viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(counts.plot(0).viewport(), &help);
    QCOMPARE(QToolTip::text(), fingerprintHelp());
    QToolTip::hideText();
    useFingerprints(false);
    QVERIFY(counts.plot(0).fingerprint().isEmpty());
  }

  /// Whatever the visible views ask for: of the model, of which the vectors are only a part.
  void aLanguageModelHasThatOfAllItsNumbers() {
    RunController& runs = session_->runs();
    RunConfig config = runs.nextConfig();
    config.modelId = "rnn";
    config.params = presetFor(*findModel("rnn"), *session_->corpus());
    config.params.set("units", std::int64_t{8});
    config.params.set("epochs", std::int64_t{1});
    runs.setNextConfig(config);
    runs.train();
    QTRY_VERIFY_WITH_TIMEOUT(!runs.isActive(), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(shown().size(), 8, kPatience);
    const auto snapshot = runs.current()->trainer->snapshot();
    QVERIFY(snapshot->trained != nullptr);
    QCOMPARE(shown().toStdString(), fingerprint(*snapshot->trained));
    QVERIFY(shown().toStdString() != fingerprint(snapshot->all->vectors));
  }
};

QTEST_MAIN(FingerprintTest)
#include "fingerprint_test.moc"
