// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/frame_clock.h"

#include <QSignalSpy>
#include <QTest>

using lexarium::FrameClock;

class FrameClockTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void intervalKeepsTheShare_data() {
    QTest::addColumn<double>("cost");
    QTest::addColumn<int>("cores");
    QTest::addColumn<int>("interval");
    QTest::newRow("free") << 0.0 << 2 << FrameClock::kShortestIntervalMs;
    QTest::newRow("cheap") << 1.0 << 2 << FrameClock::kShortestIntervalMs;
    QTest::newRow("4 ms of two cores") << 4.0 << 2 << static_cast<int>(2 / FrameClock::kShare);
    QTest::newRow("2 ms of eight cores") << 2.0 << 8 << FrameClock::kShortestIntervalMs;
    QTest::newRow("4 ms of one core") << 4.0 << 1 << static_cast<int>(4 / FrameClock::kShare);
    QTest::newRow("no core known") << 4.0 << 0 << static_cast<int>(4 / FrameClock::kShare);
    QTest::newRow("dear") << 1e6 << 2 << FrameClock::kLongestIntervalMs;
  }
  void intervalKeepsTheShare() {
    QFETCH(double, cost);
    QFETCH(int, cores);
    QTEST(FrameClock::intervalFor(cost, static_cast<std::size_t>(cores)), "interval");
  }

  void ticksOnlyWhileItRuns() {
    FrameClock clock;
    QSignalSpy ticks(&clock, &FrameClock::tick);
    QVERIFY(!clock.isRunning());
    clock.start();
    QTRY_VERIFY(ticks.count() >= 2);
    clock.stop();
    const auto before = ticks.count();
    QTest::qWait(3 * FrameClock::kShortestIntervalMs);
    QCOMPARE(ticks.count(), before);
  }

  void slowsDownForDearPicturesAndRecovers() {
    FrameClock clock;
    double cost = 1000;
    QSignalSpy ticks(&clock, &FrameClock::tick);
    connect(&clock, &FrameClock::tick, &clock, [&] { clock.addCost(cost); });
    clock.start();
    QTRY_VERIFY(ticks.count() >= 2);
    QTRY_COMPARE(clock.intervalMs(), FrameClock::kLongestIntervalMs);
    cost = 0;
    QTRY_VERIFY_WITH_TIMEOUT(clock.intervalMs() < FrameClock::kLongestIntervalMs, 60000);
  }

  void measuresTheWorkOfItsOwnThread() {
    FrameClock clock;
    connect(&clock, &FrameClock::tick, &clock, [] {
      double sum = 0;
      for (int i = 1; i < 30'000'000; ++i) sum += 1.0 / i;
      if (sum < 0) qFatal("keeps the loop");
    });
    clock.start();
    QTRY_VERIFY(clock.intervalMs() > FrameClock::kShortestIntervalMs);
  }

  void hurriesOnce() {
    FrameClock clock;
    connect(&clock, &FrameClock::tick, &clock, [&] { clock.addCost(1000); });
    clock.start();
    QTRY_COMPARE(clock.intervalMs(), FrameClock::kLongestIntervalMs);
    QSignalSpy ticks(&clock, &FrameClock::tick);
    clock.hurry();
    QVERIFY(clock.intervalMs() < FrameClock::kShortestIntervalMs);
    QTRY_COMPARE(ticks.count(), 1);
    QCOMPARE(clock.intervalMs(), FrameClock::kLongestIntervalMs);
  }

  void heldItIsStill() {
    FrameClock clock;
    QSignalSpy ticks(&clock, &FrameClock::tick);
    clock.setHeld(true);
    clock.start();
    QTest::qWait(3 * FrameClock::kShortestIntervalMs);
    QCOMPARE(ticks.count(), 0);
    clock.setHeld(false);
    QTRY_VERIFY(ticks.count() > 0);
  }
};

QTEST_GUILESS_MAIN(FrameClockTest)
#include "frame_clock_test.moc"
