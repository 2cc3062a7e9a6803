// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLocale>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/rng.h"
#include "ui/plot/axis_map.h"
#include "ui/plot/curve_series.h"

using namespace lexarium;

namespace {

const double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<MetricPoint> noisyLoss(std::size_t count) {
  Rng rng(1);
  std::vector<MetricPoint> points;
  for (std::size_t i = 0; i < count; ++i) {
    const double step = static_cast<double>(i + 1);
    points.push_back(
        {i + 1, step / 1000, step / 50, 4 / std::sqrt(1 + step / 300) + 0.2 * rng.normal(), 0.025, 50000});
  }
  return points;
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b)); }

}  // namespace

class CurveTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

  // --- smoothing
  void smoothingIsTheDebiasedAverage() {
    Smoother smoother(0.6);
    const std::vector<double> values{5, 1, 4, 2};
    for (std::size_t n = 1; n <= values.size(); ++n) {
      double sum = 0, weights = 0;
      for (std::size_t i = 0; i < n; ++i) {
        const double weight = std::pow(0.6, static_cast<double>(n - 1 - i));
        sum += weight * values[i];
        weights += weight;
      }
      QVERIFY(near(smoother(values[n - 1]), sum / weights));
    }
  }

  void smoothingPassesOverNan() {
    Smoother smoother(0.9);
    QCOMPARE(smoother(3), 3.0);
    QVERIFY(std::isnan(smoother(kNan)));
    QVERIFY(near(smoother(3), 3));
    Smoother off(0);
    QCOMPARE(off(7), 7.0);
    QCOMPARE(off(-2), -2.0);
  }

  void changingTheSmoothingIsAsIfItHadAlwaysBeen() {
    const auto points = noisyLoss(1000);
    CurveSeries changed, fresh;
    changed.append(std::span(points).first(600));
    changed.setSmoothing(0.9);
    changed.append(std::span(points).subspan(600));
    fresh.setSmoothing(0.9);
    fresh.append(points);
    for (std::size_t i = 0; i < 1000; ++i) QCOMPARE(changed.smoothed(i), fresh.smoothed(i));
  }

  // --- decimation
  void pyramidFindsTheExtremes() {
    Rng rng(2);
    MinMaxPyramid pyramid;
    std::vector<double> values;
    for (int i = 0; i < 3000; ++i) {
      values.push_back(i % 97 == 5 ? kNan : rng.normal());
      pyramid.append(values.back());
      if (i % 7 != 0) continue;
      const std::size_t a = rng.below(static_cast<std::uint32_t>(values.size()));
      const std::size_t b = a + rng.below(static_cast<std::uint32_t>(values.size() - a)) + 1;
      MinMaxPyramid::Extremes expected;
      for (std::size_t k = a; k < b; ++k) expected.add(values[k]);
      const auto found = pyramid.extremes(a, b);
      QCOMPARE(found.smallest, expected.smallest);
      QCOMPARE(found.largest, expected.largest);
    }
    QVERIFY(pyramid.extremes(5, 6).isEmpty());
    QVERIFY(pyramid.extremes(10, 10).isEmpty());
  }

  void decimatedCurveKeepsEveryColumnsExtremes() {
    CurveSeries series;
    series.append(noisyLoss(100000));
    for (const bool logarithmic : {false, true}) {
      const AxisMap axis{logarithmic ? 1.0 : 0.0, 100000, 500, logarithmic};
      const auto line = decimated(series, series.rawValues(), CurveX::Step, axis, false);
      QVERIFY(line.size() <= 4 * 500 + 2);
      QVERIFY(std::is_sorted(line.begin(), line.end(), [](auto a, auto b) { return a.x() < b.x(); }));
      for (int column = 0; column < 500; ++column) {
        const std::size_t from = series.lowerBound(axis.toData(column), CurveX::Step);
        const std::size_t to = series.lowerBound(axis.toData(column + 1), CurveX::Step);
        if (to <= from + 2) continue;
        const auto all = series.rawValues().extremes(from + (column == 0 ? 1 : 0), to);
        double smallest = 1e9, largest = -1e9;
        for (const QPointF& point : line) {
          const bool inside =
              point.x() >= series.x(from, CurveX::Step) && point.x() <= series.x(to - 1, CurveX::Step);
          if (inside) smallest = std::min(smallest, point.y());
          if (inside) largest = std::max(largest, point.y());
        }
        QVERIFY(smallest <= all.smallest && largest >= all.largest);
      }
    }
  }

  void fewPointsAreDrawnAsTheyAre() {
    CurveSeries series;
    series.append(noisyLoss(50));
    const auto line = decimated(series, series.rawValues(), CurveX::Step, {10, 20, 400, false}, false);
    // 10 to 20 and one beyond each edge.
    QCOMPARE(line.front().x(), 9.0);
    QCOMPARE(line.back().x(), 20.0);
    QCOMPARE(line.size(), std::size_t{12});
    QVERIFY(decimated(CurveSeries(), MinMaxPyramid(), CurveX::Step, {0, 1, 10, false}, false).empty());
  }

  void unusableValuesAreLeftOut() {
    CurveSeries series;
    series.append(std::vector<MetricPoint>{
        {0, 0, 0, 3, 0, 0}, {1, 0, 0, kNan, 0, 0}, {2, 0, 0, -1, 0, 0}, {3, 0, 0, 2, 0, 0}});
    QCOMPARE(decimated(series, series.rawValues(), CurveX::Step, {0, 4, 100, false}, false).size(),
             std::size_t{3});
    QCOMPARE(decimated(series, series.rawValues(), CurveX::Step, {0.5, 4, 100, true}, true).size(),
             std::size_t{1});
  }

  void nearestPointByEachAxis() {
    CurveSeries series;
    series.append(noisyLoss(100));
    QVERIFY(series.nearest(41.4, CurveX::Step) == std::size_t{40});
    QVERIFY(series.nearest(-5, CurveX::Step) == std::size_t{0});
    QVERIFY(series.nearest(1e9, CurveX::Step) == std::size_t{99});
    QVERIFY(series.nearest(0.0502, CurveX::Epoch) == std::size_t{49});
    QVERIFY(series.nearest(1.0, CurveX::Seconds) == std::size_t{49});
    QVERIFY(!CurveSeries().nearest(1, CurveX::Step));
  }

  // --- axes
  void pixelsAndValuesAreInverse() {
    for (const AxisMap& axis : {AxisMap{-3, 7, 500, false}, AxisMap{0.01, 1000, 500, true}})
      for (const double pixel : {0.0, 12.5, 499.0, 600.0})
        QVERIFY(near(axis.toPixel(axis.toData(pixel)), pixel));
    QVERIFY(near(AxisMap({0.01, 100, 400, true}).toData(200), 1));
  }

  void zoomPanAndBox() {
    for (const AxisMap& axis : {AxisMap{1, 9, 400, false}, AxisMap{1, 9, 400, true}}) {
      const double at = axis.toData(100);
      const AxisMap zoomed = zoomedAxis(axis, 100, 3);
      QVERIFY(near(zoomed.toData(100), at));
      QVERIFY(zoomed.upper - zoomed.lower < axis.upper - axis.lower);
      const AxisMap panned = pannedAxis(axis, 50);
      QVERIFY(near(panned.toData(150), at));
      const AxisMap box = boxedAxis(axis, 300, 100);
      QVERIFY(near(box.lower, at) && near(box.upper, axis.toData(300)));
      QCOMPARE(boxedAxis(axis, 100, 100), axis);  // nothing to zoom to
      AxisMap deep = axis;
      for (int i = 0; i < 1000; ++i) deep = zoomedAxis(deep, 100, 2);
      QVERIFY(deep.upper > deep.lower);
      AxisMap wide = axis;
      for (int i = 0; i < 5000; ++i) wide = zoomedAxis(wide, 100, 0.5);
      QVERIFY(std::isfinite(wide.upper) && (!wide.logarithmic || wide.lower > 0));
    }
  }

  void fitOfAnything() {
    const AxisMap axis = fittedAxis(2, 4, 100, false, 0.05, 0.1);
    QVERIFY(near(axis.lower, 1.9) && near(axis.upper, 4.2));
    for (const bool logarithmic : {false, true}) {
      for (const auto& [low, high] : {std::pair{1.0, -1.0},
                                      {3.0, 3.0},
                                      {0.0, 0.0},
                                      {-2.0, -1.0},
                                      {0.0, 5.0},
                                      {kNan, kNan},
                                      {1e-300, 1e300}}) {
        const AxisMap fitted = fittedAxis(low, high, 100, logarithmic, 0.05, 0.05);
        QVERIFY(fitted.upper > fitted.lower && std::isfinite(fitted.upper));
        QVERIFY(!logarithmic || fitted.lower > 0);
      }
    }
  }

  void ticksAreRoundAndInside_data() {
    QTest::addColumn<double>("lower");
    QTest::addColumn<double>("upper");
    QTest::addColumn<bool>("logarithmic");
    QTest::addColumn<QString>("expected");
    QTest::newRow("steps") << 0.0 << 20000.0 << false << "0 5,000 10k 15k 20k";
    QTest::newRow("loss") << 1.93 << 4.2 << false << "2 2.5 3 3.5 4";
    QTest::newRow("small") << 0.0101 << 0.0199 << false << "0.012 0.014 0.016 0.018";
    QTest::newRow("decades") << 1.0 << 100000.0 << true << "1 10 100 1,000 10k 100k";
    QTest::newRow("one decade") << 0.9 << 11.0 << true << "1 2 5 10";
    QTest::newRow("inside a decade") << 2.0 << 4.0 << true << "2 2.5 3 3.5 4";
    QTest::newRow("through zero") << -1.0 << 1.0 << false << "-1 -0.5 0 0.5 1";
    QTest::newRow("millions") << 0.0 << 4e6 << false << "0 1M 2M 3M 4M";
  }
  void ticksAreRoundAndInside() {
    QFETCH(double, lower);
    QFETCH(double, upper);
    QFETCH(bool, logarithmic);
    QFETCH(QString, expected);
    QStringList texts;
    for (const double tick : axisTicks({lower, upper, 500, logarithmic}, 5)) {
      QVERIFY(tick >= lower - 1e-9 && tick <= upper * (1 + 1e-9) + 1e-9);
      texts << tickText(tick);
    }
    QCOMPARE(texts.join(' '), expected);
  }

  void labelsSpreadWithoutOverlap() {
    QCOMPARE(spreadLabels({50, 20}, 10, 0, 100), (std::vector<double>{50, 20}));
    QCOMPARE(spreadLabels({50, 50}, 10, 0, 100), (std::vector<double>{45, 55}));
    QCOMPARE(spreadLabels({0, 2, 98}, 10, 0, 90), (std::vector<double>{0, 10, 90}));
    Rng rng(3);
    for (int trial = 0; trial < 100; ++trial) {
      std::vector<double> wanted(8);
      for (double& place : wanted) place = rng.uniform() * 200;
      std::vector<double> places = spreadLabels(wanted, 20, 0, 180);
      std::sort(places.begin(), places.end());
      QVERIFY(places.front() >= -1e-9 && places.back() <= 180 + 1e-9);
      for (std::size_t i = 1; i < places.size(); ++i) QVERIFY(places[i] - places[i - 1] >= 20 - 1e-9);
    }
    QVERIFY(spreadLabels({}, 10, 0, 100).empty());
  }
};

QTEST_GUILESS_MAIN(CurveTest)
#include "curve_test.moc"
