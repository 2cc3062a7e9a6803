// SPDX-License-Identifier: GPL-3.0-or-later
// Where a run left its parent on the chart, and charts of another size.
#include <QTest>
#include <cmath>

#include "tests/support/plot_theme.h"
#include "ui/plot/curve_plot.h"

using namespace lexarium;

namespace {

std::vector<MetricPoint> someLoss(std::size_t count) {
  std::vector<MetricPoint> points;
  for (std::size_t i = 0; i < count; ++i) {
    const double step = static_cast<double>(i + 1);
    points.push_back({i + 1, step / 1000, step / 50, 4 / std::sqrt(1 + step / 30), 0.025, 50000});
  }
  return points;
}

}  // namespace

class CurveForkTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aForkIsMarkedWhereItLeftItsParent() {
    const auto points = someLoss(120);
    CurveSeries parent, fork, none;
    parent.append(std::span(points).first(100));
    fork.append(points);
    Curve first{1, "Parent", Qt::blue, &parent}, second{2, "Fork", Qt::red, &fork};
    QVERIFY(!forkPoint(second));
    second.parent = 1;
    second.forkStep = 60;
    QCOMPARE(forkPoint(second).value(), std::size_t{59});
    second.forkStep = 0;  // before all of its points
    QCOMPARE(forkPoint(second).value(), std::size_t{0});
    second.forkStep = 1000;
    QCOMPARE(forkPoint(second).value(), std::size_t{119});
    QVERIFY(!forkPoint({3, "Empty", Qt::red, &none, nullptr, false, 1, 5}));
    CurvePlot plot;
    plot.setTheme(plotTheme());
    plot.resize(500, 300);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    const auto redAbove = [&](std::vector<Curve> curves) {
      plot.setCurves(std::move(curves));
      plot.fit();
      QCoreApplication::processEvents();  // plots are drawn with the next turn
      const QImage image = plot.grab().toImage();
      // In the column of the fork, far above the curves.
      const int x = static_cast<int>(plot.pixelOf({2, 59}).x());
      int red = 0;
      for (int y = static_cast<int>(plot.plotArea().top()); y < plot.plotArea().center().y(); ++y)
        for (int dx = -1; dx <= 1; ++dx) {
          const QColor color = image.pixelColor(x + dx, y);
          red += color.red() > color.green() + 60 ? 1 : 0;
        }
      return red;
    };
    second.forkStep = 60;
    const int both = redAbove({first, second}), alone = redAbove({second});
    second.parent = 0;
    const int plain = redAbove({first, second});
    QVERIFY2(both > alone + 10, qPrintable(QStringLiteral("%1 %2").arg(both).arg(alone)));
    QVERIFY(both > plain + 10);
    // The ring itself.
    second.parent = 1;
    plot.setCurves({second});
    QCoreApplication::processEvents();
    const QImage ring = plot.grab().toImage();
    second.parent = 0;
    plot.setCurves({second});
    QCoreApplication::processEvents();
    QVERIFY(plot.grab().toImage() != ring);
  }

  /// Without another word of its view: the run may be over.
  void aPlotOfAnotherSizeIsDrawnAnew() {
    CurveSeries series;
    series.append(someLoss(120));
    CurvePlot plot;
    plot.setTheme(plotTheme());
    plot.resize(300, 200);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.setCurves({{1, "Run", Qt::blue, &series}});
    QCoreApplication::processEvents();
    plot.grab();
    plot.resize(900, 300);
    QCoreApplication::processEvents();
    const QImage resized = plot.grab().toImage();
    plot.updateData();
    QCoreApplication::processEvents();
    QCOMPARE(resized, plot.grab().toImage());
  }
};

QTEST_MAIN(CurveForkTest)
#include "curve_fork_test.moc"
