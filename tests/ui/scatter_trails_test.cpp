// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/scatter_trails.h"

#include <QImage>
#include <QTest>
#include <limits>

#include "tests/support/plot_theme.h"
#include "ui/plot/scatter_plot.h"

using namespace lexarium;

namespace {

/// A straight way along y = 0 from x = -1 to 1.
Trail straight(std::size_t point = 0) {
  Trail trail{point, Layout::Zero(2, 20)};
  for (Eigen::Index i = 0; i < 20; ++i) trail.places(0, i) = -1 + 0.1f * static_cast<float>(i);
  return trail;
}

QImage drawn(const Trail& trail, const QPointF& end) {
  QImage image(220, 40, QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  drawTrail(painter, plotTheme(), Qt::black, trail, {0, 0, 0.01, {200, 40}}, end, {10, 0});
  return image;
}

/// How dark the darkest pixel of a column is: 0 white, 255 black.
int inkAt(const QImage& image, int x) {
  int ink = 0;
  for (int y = 0; y < image.height(); ++y) ink = std::max(ink, 255 - qGray(image.pixel(x, y)));
  return ink;
}

}  // namespace

class ScatterTrailsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTrailFadesWithAge() {
    const QImage image = drawn(straight(), {200, 20});
    QVERIFY(inkAt(image, 14) > 40);
    QVERIFY(inkAt(image, 206) > inkAt(image, 110) + 20);
    QVERIFY(inkAt(image, 110) > inkAt(image, 14) + 20);
    QCOMPARE(inkAt(image, 5), 0);
  }

  void placesWithoutNumbersAreLeftOut() {
    Trail trail = straight();
    trail.places(0, 7) = std::numeric_limits<float>::quiet_NaN();
    trail.places(1, 12) = std::numeric_limits<float>::infinity();
    trail.places(0, 13) = 1e30f;
    QVERIFY(inkAt(drawn(trail, {200, 20}), 100) > 40);
    QCOMPARE(drawn(Trail{}, {200, 20}), drawn(trail, {std::numeric_limits<double>::quiet_NaN(), 0}));
    QCOMPARE(inkAt(drawn(Trail{}, {200, 20}), 150), 0);
  }

  void thePlotDrawsTrailsOfShownWords() {
    ScatterPlot plot;
    plot.setTheme(plotTheme());
    plot.resize(400, 300);
    plot.setWords([](std::size_t) { return QString(); });
    plot.setColors({QColor(Qt::blue)}, {});
    Layout points(2, 3);
    points << 1, -1, 0,  //
        0, 1, -1;
    plot.setPoints(points, 0);
    const auto orange = [&plot] {
      const QImage image = plot.grab().toImage();
      int count = 0;
      for (int x = 0; x < image.width(); ++x)
        for (int y = 0; y < image.height(); ++y) {
          const QColor color = image.pixelColor(x, y);
          count += color.red() > color.blue() + 80 ? 1 : 0;
        }
      return count;
    };
    QCOMPARE(orange(), 0);
    plot.setTrails({straight(0)});
    QVERIFY(orange() > 50);
    plot.setHidden({1, 0, 0});
    QCOMPARE(orange(), 0);
    plot.setHidden({});
    QVERIFY(orange() > 50);
    plot.setTrails({});
    QCOMPARE(orange(), 0);
    // Under the pointer, in the colour of text, and only while the pointer is there.
    const QImage without = plot.grab().toImage();
    plot.setHovered(0);
    const QImage ring = plot.grab().toImage();
    plot.setHoverTrail(straight(0));
    QVERIFY(plot.grab().toImage() != ring);
    plot.setHovered(std::nullopt);
    QCOMPARE(plot.grab().toImage(), without);
  }
};

QTEST_MAIN(ScatterTrailsTest)
#include "scatter_trails_test.moc"
