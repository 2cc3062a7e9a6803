// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_controller.h"

#include <QSignalSpy>
#include <QTest>

#include "core/text/corpus.h"

using namespace lexarium;
using State = RunStatus::State;

namespace {

/// A text that trains for as long as a test likes.
std::shared_ptr<const Corpus> smallCorpus() {
  std::string text;
  const char* const words[] = {"sun", "moon", "star", "sky", "sea", "wind", "rain", "snow"};
  for (int i = 0; i < 4000; ++i) {
    text += words[(i * i + i / 3) % 8];
    text += i % 12 == 11 ? ".\n" : " ";
  }
  return *corpusFromText("small", text, {});
}

}  // namespace

class RunControllerTest : public QObject {
  Q_OBJECT

  std::shared_ptr<const Corpus> corpus_ = smallCorpus();

  /// A run that does not end by itself.
  static void makeEndless(RunController& runs) {
    RunConfig config = runs.nextConfig();
    const ModelInfo* model = findModel(config.modelId);
    config.params.set("epochs",
                      ParamValue(static_cast<std::int64_t>(findSpec(model->params, "epochs")->maximum)));
    runs.setNextConfig(config);
  }

 private Q_SLOTS:
  void withoutATextNothingRuns() {
    FrameClock clock;
    RunController runs(clock);
    runs.train();
    runs.pause();
    runs.stepOnce();
    runs.stop();
    runs.discard();
    QVERIFY(runs.runs().empty());
    QVERIFY(!runs.isActive());
    QVERIFY(!clock.isRunning());
  }

  void aNewTextGetsThePreset() {
    FrameClock clock;
    RunController runs(clock);
    QSignalSpy changed(&runs, &RunController::nextConfigChanged);
    runs.reset(corpus_);
    QCOMPARE(changed.count(), 1);
    const RunConfig config = runs.nextConfig();
    QVERIFY(config.params == presetFor(*findModel(config.modelId), *corpus_));
    QVERIFY(config.execution.threads >= 1);
    runs.setNextConfig(config);
    QCOMPARE(changed.count(), 1);
  }

  void trainsPausesResumesStops() {
    FrameClock clock;
    RunController runs(clock);
    runs.reset(corpus_);
    makeEndless(runs);
    QSignalSpy started(&runs, &RunController::runStarted);
    QSignalSpy frames(&runs, &RunController::frame);
    runs.setProbe({100, true});
    runs.train();
    QCOMPARE(started.count(), 1);
    QVERIFY(runs.wantsToRun());
    QVERIFY(runs.current()->trainer->config().execution.lowPriority);
    QTRY_VERIFY(runs.status().state == State::Running && runs.status().step > 2);
    QTRY_VERIFY(runs.vectors() != nullptr);

    runs.playOrPause();
    QVERIFY(!runs.wantsToRun());  // at once, for the label of the button
    QTRY_VERIFY(!clock.isRunning());
    QVERIFY(runs.status().state == State::Paused);
    QVERIFY(runs.isActive());
    // The last frame shows the very step at which it paused, and nothing ticks afterwards.
    QCOMPARE(runs.vectors()->step, runs.status().step);
    const auto count = frames.count();
    QTest::qWait(100);
    QCOMPARE(frames.count(), count);

    const auto paused = runs.status().step;
    runs.playOrPause();
    QTRY_VERIFY(runs.status().step > paused);
    QVERIFY(runs.status().state == State::Running);
    runs.stop();
    QTRY_VERIFY(!clock.isRunning());
    QVERIFY(runs.status().state == State::Stopped);
    QVERIFY(!runs.isActive());
    QCOMPARE(runs.vectors()->step, runs.status().step);
    QCOMPARE(runs.runs().size(), std::size_t{1});
  }

  void stepsOneBatchAtATime() {
    FrameClock clock;
    RunController runs(clock);
    runs.reset(corpus_);
    makeEndless(runs);
    runs.setProbe({8, true});
    runs.stepOnce();  // prepares, then makes the step
    QTRY_VERIFY(!clock.isRunning());
    QVERIFY(runs.status().state == State::Paused);
    QCOMPARE(runs.status().step, std::uint64_t{1});
    QCOMPARE(runs.vectors()->step, std::uint64_t{1});
    for (std::uint64_t step = 2; step < 6; ++step) {
      runs.stepOnce();
      QTRY_VERIFY(!clock.isRunning());
      QCOMPARE(runs.status().step, step);
    }
    runs.train();
    QTRY_VERIFY(runs.status().step > 6);
    runs.stop();
    QTRY_VERIFY(!runs.isActive());
  }

  void aRunThatEndsByItselfGivesALastFrame() {
    FrameClock clock;
    RunController runs(clock);
    runs.reset(corpus_);
    runs.setProbe({8, true});
    std::uint64_t lastStep = 0;
    State lastState = State::Preparing;
    connect(&runs, &RunController::frame, this, [&](const Frame& frame) {
      lastState = frame.status.state;
      if (frame.snapshot) lastStep = frame.snapshot->step;
    });
    RunConfig config = runs.nextConfig();
    config.params.set("epochs", ParamValue(std::int64_t{1}));
    runs.setNextConfig(config);
    runs.train();
    QTRY_VERIFY(!clock.isRunning());
    QVERIFY(lastState == State::Finished);
    QCOMPARE(lastStep, runs.status().step);
    QVERIFY(!runs.isActive());
  }

  void earlierRunsStayAndCanBeShown() {
    FrameClock clock;
    RunController runs(clock);
    runs.reset(corpus_);
    makeEndless(runs);
    const QColor colors[] = {Qt::red, Qt::green};
    runs.setColors(colors);
    runs.train();
    runs.stop();
    QTRY_VERIFY(!runs.isActive());
    runs.train();
    QCOMPARE(runs.runs().size(), std::size_t{2});
    QVERIFY(runs.runs()[0]->name != runs.runs()[1]->name);
    QCOMPARE(runs.runs()[0]->color, QColor(Qt::red));
    QCOMPARE(runs.runs()[1]->color, QColor(Qt::green));
    QTRY_VERIFY(runs.status().step > 0);

    const int first = runs.runs()[0]->id;
    const int second = runs.runs()[1]->id;
    runs.setCurrent(first);
    QCOMPARE(runs.current()->id, first);
    QVERIFY(runs.isActive());
    QVERIFY(runs.status().state == State::Stopped);
    runs.removeRun(second);  // it is active
    QCOMPARE(runs.runs().size(), std::size_t{2});
    runs.playOrPause();  // shows the live one, and does not start a third
    QCOMPARE(runs.current()->id, second);
    QCOMPARE(runs.runs().size(), std::size_t{2});
    runs.removeRun(first);
    QCOMPARE(runs.runs().size(), std::size_t{1});
    runs.discard();  // stops and forgets the live one
    QVERIFY(runs.runs().empty());
    QVERIFY(!runs.isActive());
    QVERIFY(runs.current() == nullptr);
    QVERIFY(runs.vectors() == nullptr);
  }

  void theUsersColourStays() {
    FrameClock clock;
    RunController runs(clock);
    runs.reset(corpus_);
    makeEndless(runs);
    const QColor light[] = {Qt::red};
    const QColor dark[] = {Qt::blue};
    runs.setColors(light);
    runs.train();
    QSignalSpy changed(&runs, &RunController::runsChanged);
    runs.setColors(dark);
    QCOMPARE(runs.current()->color, QColor(Qt::blue));
    runs.setRunColor(runs.current()->id, Qt::cyan);
    runs.setColors(light);
    QCOMPARE(runs.current()->color, QColor(Qt::cyan));
    runs.renameRun(runs.current()->id, " Mine ");
    QCOMPARE(runs.current()->name, QString("Mine"));
    runs.renameRun(runs.current()->id, "  ");
    QCOMPARE(runs.current()->name, QString("Mine"));
    QVERIFY(changed.count() >= 3);
    runs.shutDown();
  }

  void theLearningRateActsLiveAndLeavesAFlag() {
    FrameClock clock;
    RunController runs(clock);
    runs.reset(corpus_);
    makeEndless(runs);
    runs.setLearningRate(0.04);  // nothing runs: the next run's
    QCOMPARE(runs.nextConfig().params.getNumber("learning_rate"), 0.04);
    runs.train();
    QTRY_VERIFY(runs.status().step > 0);
    runs.setLearningRate(0.01);
    std::vector<MetricFlag> flags;
    QTRY_VERIFY((flags.clear(), runs.current()->trainer->metrics().readFlags(0, flags), !flags.empty()));
    QSignalSpy errors(&runs, &RunController::errorOccurred);
    runs.setLearningRate(-1);
    QCOMPARE(errors.count(), 1);
    runs.shutDown();
  }

  void aTextThatCannotBeTrainedOnFailsWithASentence() {
    FrameClock clock;
    RunController runs(clock);
    runs.reset(*corpusFromText("tiny", "one", {}));
    RunConfig config = runs.nextConfig();
    config.params.set("min_count", ParamValue(std::int64_t{5}));
    runs.setNextConfig(config);
    runs.train();
    QTRY_VERIFY(!clock.isRunning());
    QVERIFY(runs.status().state == State::Failed);
    QVERIFY(!runs.status().message.empty());
    QVERIFY(!runs.isActive());
  }

  void badParametersAreAnErrorAndNoRun() {
    FrameClock clock;
    RunController runs(clock);
    runs.reset(corpus_);
    RunConfig config = runs.nextConfig();
    config.params.set("dimensions", ParamValue(std::int64_t{-3}));
    runs.setNextConfig(config);
    QSignalSpy errors(&runs, &RunController::errorOccurred);
    runs.train();
    QCOMPARE(errors.count(), 1);
    QVERIFY(runs.runs().empty());
  }

  void anotherTextEndsAllRuns() {
    FrameClock clock;
    RunController runs(clock);
    runs.reset(corpus_);
    makeEndless(runs);
    runs.train();
    QTRY_VERIFY(runs.status().step > 0);
    runs.reset(*corpusFromText("other", "a b a b a b", {}));
    QVERIFY(runs.runs().empty());
    QVERIFY(runs.current() == nullptr);
    QVERIFY(!runs.isActive());
    QVERIFY(!clock.isRunning());
  }

  void aChangedProbeIsAnsweredWhilePaused() {
    FrameClock clock;
    RunController runs(clock);
    runs.reset(corpus_);
    makeEndless(runs);
    runs.train();
    QTRY_VERIFY(runs.status().step > 0);
    runs.pause();
    QTRY_VERIFY(!clock.isRunning());
    std::size_t words = 0;
    connect(&runs, &RunController::frame, this, [&](const Frame& frame) {
      if (frame.snapshot && frame.snapshot->frame)
        words = static_cast<std::size_t>(frame.snapshot->frame->vectors.cols());
    });
    runs.setProbe({5, false});
    QTRY_COMPARE(words, std::size_t{5});
    QTRY_VERIFY(!clock.isRunning());
    runs.shutDown();
  }
};

QTEST_GUILESS_MAIN(RunControllerTest)
#include "run_controller_test.moc"
