// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_movement.h"

#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <cmath>

using namespace lexarium;

namespace {

using Table = std::shared_ptr<const EmbeddingTable>;

/// Word i has turned by i * degrees from the first axis.
Table tableOf(std::uint64_t step, double degrees, Eigen::Index words = 5, Eigen::Index dimensions = 4) {
  auto table = std::make_shared<EmbeddingTable>();
  table->step = step;
  table->vectors = Matrix::Zero(dimensions, words);
  for (Eigen::Index i = 0; i < words; ++i) {
    const double radians = degrees * static_cast<double>(i) * std::acos(-1.0) / 180;
    table->vectors(0, i) = static_cast<Real>(std::cos(radians));
    table->vectors(1, i) = static_cast<Real>(std::sin(radians));
  }
  return table;
}

}  // namespace

class MapMovementTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // --- TableHistory
  void comparesWithAboutASecondBefore() {
    TableHistory history;
    QVERIFY(!history.before());
    for (std::uint64_t i = 0; i < 100; ++i) {
      history.add(tableOf(i, 0), 0.1 * static_cast<double>(i));
      QCOMPARE(history.newest()->step, i);
      QVERIFY(history.kept() <= 6);
      if (i == 0) QVERIFY(!history.before());
      if (i < 10 && i > 0) QCOMPARE(history.before()->step, std::uint64_t{0});
      if (i < 20) continue;
      const std::uint64_t steps = i - history.before()->step;
      QVERIFY2(steps >= 10 && steps <= 13, qPrintable(QString::number(steps)));
    }
  }

  void aSingleStepIsComparedWithTheOneBefore() {
    TableHistory history;
    for (std::uint64_t i = 0; i <= 20; ++i) history.add(tableOf(i, 0), 0.1 * static_cast<double>(i));
    // Paused; some seconds later one step.
    history.add(tableOf(21, 0), 9);
    QCOMPARE(history.before()->step, std::uint64_t{20});
    history.add(tableOf(22, 0), 12);
    QCOMPARE(history.before()->step, std::uint64_t{21});
  }

  void theSameStepTakesItsPlaceAndAnotherRunBeginsAnew() {
    TableHistory history;
    history.add(tableOf(1, 0), 0);
    history.add(tableOf(7, 0), 5);
    const Table more = tableOf(7, 0, 9);
    history.add(more, 6);
    QCOMPARE(history.newest(), more);
    QCOMPARE(history.before()->step, std::uint64_t{1});
    history.add(tableOf(3, 0), 7);
    QVERIFY(!history.before());
    history.add(tableOf(4, 0), 8);
    history.add(tableOf(5, 0, 5, 3), 9);  // other dimensions
    QVERIFY(!history.before());
    history.add(nullptr, 10);
    QCOMPARE(history.newest()->step, std::uint64_t{5});
  }

  void ofLargeTablesFewAreKept() {
    TableHistory history;
    const Eigen::Index words = TableHistory::kLarge / 4 + 1;
    for (std::uint64_t i = 0; i < 12; ++i) {
      history.add(tableOf(i, 0, words), 0.3 * static_cast<double>(i));
      QVERIFY(history.kept() <= 2);
    }
    const std::uint64_t steps = 11 - history.before()->step;
    QVERIFY(steps >= 4 && steps <= 8);
  }

  // --- ColorRange
  void theScaleIsThatOfTheBulk() {
    std::vector<float> values(1000);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i) / 100;
    values[500] = 170;
    const ColorRange range = ColorRange::of(values);
    QVERIFY(std::abs(range.low - 0.2) < 0.05 && std::abs(range.high - 9.8) < 0.05);
    const auto bins = range.binsOf(values, 32);
    QCOMPARE(bins[0], std::uint8_t{0});
    QCOMPARE(bins[500], std::uint8_t{31});
    QCOMPARE(bins[999], std::uint8_t{31});
    QCOMPARE(bins[490], std::uint8_t{15});
    QVERIFY(std::is_sorted(bins.begin(), bins.begin() + 500));
  }

  void whatStandsStillHasNoScale() {
    QVERIFY(ColorRange::of({}).isEmpty());
    QVERIFY(ColorRange::of(std::vector<float>(50, 0.f)).isEmpty());
    QVERIFY(ColorRange::of(std::vector<float>(50, 1e-4f)).isEmpty());
    QCOMPARE(ColorRange{}.binsOf({1, 2}, 32), (std::vector<std::uint8_t>{0, 0}));
    // All alike, but moving: none looks still.
    const ColorRange alike = ColorRange::of(std::vector<float>(50, 4.f));
    QVERIFY(!alike.isEmpty());
    QCOMPARE(alike.binsOf({4}, 3), std::vector<std::uint8_t>{1});
  }

  void theEndsOfTheScaleMoveSoftly() {
    ColorRange range{1, 5};
    for (int i = 0; i < 50; ++i) {
      const ColorRange next = range.towards({2, 25}, 0.2);
      QVERIFY(next.high >= range.high && next.high - range.high <= 0.2 * 20 + 1e-9);
      range = next;
    }
    QVERIFY(std::abs(range.high - 25) < 0.1 && std::abs(range.low - 2) < 0.1);
    QCOMPARE(ColorRange{}.towards({2, 25}, 0.2).high, 25.0);
    QVERIFY(range.towards({}, 0.2).isEmpty());
  }

  // --- MapMovement
  void measuresWhileShown() {
    FrameClock clock;
    MapMovement movement(clock);
    QSignalSpy changed(&movement, &MapMovement::changed);
    movement.follow(tableOf(10, 0), 5, false);
    movement.follow(tableOf(30, 2), 5, false);
    QVERIFY(movement.turns().empty());  // nobody looks
    movement.setShown(true);
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(movement.turns().size(), std::size_t{5});
    QCOMPARE(movement.steps(), std::uint64_t{20});
    for (std::size_t i = 0; i < 5; ++i)
      QVERIFY(std::abs(movement.turns()[i] - 2 * static_cast<float>(i)) < 1e-3f);
    QVERIFY(movement.range().high > 5 && movement.range().high <= 8);
    movement.follow(tableOf(30, 2), 3, false);
    QTRY_COMPARE(movement.turns().size(), std::size_t{3});
    // Another run: nothing to compare with.
    movement.follow(tableOf(1, 0), 5, false);
    QVERIFY(movement.turns().empty());
    QVERIFY(movement.range().isEmpty());
  }

  void followsATraining() {
    FrameClock clock;
    MapMovement movement(clock);
    movement.setShown(true);
    for (std::uint64_t step = 1; movement.steps() < 30 || step < 40; ++step) {
      movement.follow(tableOf(step, 0.1 * static_cast<double>(step)), 5, true);
      QTest::qWait(5);
    }
    const double turned = 0.1 * static_cast<double>(movement.steps());
    QVERIFY(std::abs(static_cast<double>(movement.turns()[2]) - 2 * turned) < 1e-2);
    QVERIFY(!movement.range().isEmpty());
    movement.reset();
    QVERIFY(movement.turns().empty());
  }
};

QTEST_GUILESS_MAIN(MapMovementTest)
#include "map_movement_test.moc"
