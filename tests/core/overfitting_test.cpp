// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/overfitting.h"

#include <QTest>
#include <functional>

using namespace lexarium;

namespace {

std::vector<MetricPoint> run(int steps, const std::function<double(int)>& loss,
                             const std::function<double(int)>& validation) {
  std::vector<MetricPoint> points;
  for (int step = 1; step <= steps; ++step) {
    MetricPoint point;
    point.step = static_cast<std::uint64_t>(step);
    point.loss = loss(step);
    if (step % 10 == 0) point.validationLoss = validation(step);
    points.push_back(point);
  }
  return points;
}

}  // namespace

class OverfittingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aValleyIsFoundAtItsLowestPoint() {
    const auto points = run(
        200, [](int step) { return 3.0 - step * 0.01; },
        [](int step) { return 2.5 + (step - 120) * (step - 120) * 1e-4; });
    const auto found = findOverfitting(points);
    QVERIFY(found.has_value());
    QCOMPARE(found->sinceStep, std::uint64_t{120});
    QCOMPARE(found->best, 2.5);
    QVERIFY(found->now > found->best);
    // Too early to tell: three looks later it is said, not before.
    QVERIFY(!findOverfitting(std::span(points).first(139)));
  }
  void whatStillFallsOrRestsIsNone() {
    const auto falls = [](int step) { return 3.0 / step; };
    QVERIFY(!findOverfitting(run(300, falls, falls)));
    QVERIFY(!findOverfitting(run(300, falls, [](int step) { return 2 + 0.001 * (step % 20); })));
    QVERIFY(!findOverfitting({}));
    // Training has become worse too: the rate is too high, not the model too large.
    QVERIFY(!findOverfitting(run(
        300, [](int step) { return 1.0 + step * 0.01; }, [](int step) { return 1.0 + step * 0.01; })));
  }
  void runsWithoutValidationHaveNone() {
    std::vector<MetricPoint> points(100);
    QVERIFY(!findOverfitting(points));
  }
};

QTEST_APPLESS_MAIN(OverfittingTest)
#include "overfitting_test.moc"
