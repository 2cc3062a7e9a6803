// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/scatter_plot.h"

#include <Eigen/Geometry>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <ctime>
#include <numbers>

#include "core/base/rng.h"
#include "tests/support/plot_theme.h"
#include "ui/plot/motion.h"
#include "ui/plot/plane_grid.h"
#include "ui/plot/sprites.h"

using namespace lexarium;

namespace {

Layout randomPoints(Eigen::Index count, std::uint64_t seed) {
  Rng rng(seed);
  Layout points(2, count);
  for (Eigen::Index i = 0; i < count; ++i) {
    points(0, i) = static_cast<float>(rng.normal());
    points(1, i) = static_cast<float>(0.5 * rng.normal());
  }
  return points;
}

/// Four words at the corners of a square around the origin, and a fifth in the middle.
Layout square() {
  Layout points(2, 5);
  points << -1, 1, 1, -1, 0,  //
      -1, -1, 1, 1, 0;
  return points;
}

std::unique_ptr<ScatterPlot> shownPlot(const Layout& points, QSize size = {800, 600}) {
  auto plot = std::make_unique<ScatterPlot>();
  plot->setTheme(plotTheme());
  plot->resize(size);
  plot->setWords([](std::size_t i) { return QStringLiteral("word%1").arg(i); });
  plot->setColors({QColor(Qt::blue)}, {});
  plot->setPoints(points, 0);
  plot->show();
  (void)QTest::qWaitForWindowExposed(plot.get());
  plot->fit();
  QCoreApplication::processEvents();
  return plot;
}

void wheel(QWidget& widget, const QPointF& place, int delta) {
  QWheelEvent event(place, widget.mapToGlobal(place), {}, {0, delta}, Qt::NoButton, Qt::NoModifier,
                    Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(&widget, &event);
}

Layout turned(const Layout& points, double angle) {
  return Eigen::Rotation2Df(static_cast<float>(angle)).toRotationMatrix() * points;
}

}  // namespace

Q_DECLARE_METATYPE(std::optional<std::size_t>)
Q_DECLARE_METATYPE(std::vector<std::size_t>)

class ScatterTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // --- plane_view
  void pixelsAndDataAreInverse() {
    const PlaneView view{3, -2, 0.01, {640, 480}};
    const QPointF pixel(17, 333), data = view.toData(pixel), back = view.toPixel(data.x(), data.y());
    QVERIFY(std::hypot(back.x() - pixel.x(), back.y() - pixel.y()) < 1e-9);
    QCOMPARE(view.toPixel(3, -2), QPointF(320, 240));
    QVERIFY(view.toPixel(3, 0).y() < 240);  // up is up
  }

  void fitShowsAllWithMargin_data() {
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("height");
    QTest::newRow("wide") << 1000.0 << 200.0;
    QTest::newRow("tall") << 150.0 << 900.0;
    QTest::newRow("tiny") << 3.0 << 2.0;
  }
  void fitShowsAllWithMargin() {
    QFETCH(double, width);
    QFETCH(double, height);
    const Layout points = randomPoints(500, 1);
    const PlaneView view = fittedView(boundsOf(points), {width, height}, {20, 20});
    const double marginX = std::min(20.0, width / 4) - 1e-6, marginY = std::min(20.0, height / 4) - 1e-6;
    const QRectF inner(marginX, marginY, width - 2 * marginX, height - 2 * marginY);
    for (Eigen::Index i = 0; i < points.cols(); ++i) {
      const QPointF pixel = view.toPixel(points(0, i), points(1, i));
      QVERIFY(inner.contains(pixel));
    }
  }

  void fitOfDegenerateData() {
    for (const Layout& points :
         {Layout(2, 0), Layout(Layout::Zero(2, 1)), Layout(Layout::Constant(2, 7, 5.f)),
          Layout(Layout::Constant(2, 3, std::nanf("")))}) {
      const PlaneView view = fittedView(boundsOf(points), {300, 200}, {20, 20});
      QVERIFY(std::isfinite(view.unitsPerPixel) && view.unitsPerPixel > 0);
      QVERIFY(std::isfinite(view.centerX) && std::isfinite(view.centerY));
    }
  }

  void zoomKeepsThePlaceUnderTheCursor() {
    const PlaneView view{3, -2, 0.01, {640, 480}};
    const QPointF cursor(100, 50), before = view.toData(cursor);
    const PlaneView zoomed = zoomedView(view, cursor, 4);
    QCOMPARE(zoomed.unitsPerPixel, 0.0025);
    const QPointF after = zoomed.toData(cursor);
    QVERIFY(std::hypot(after.x() - before.x(), after.y() - before.y()) < 1e-12);
    PlaneView deep = view;
    for (int i = 0; i < 500; ++i) deep = zoomedView(deep, cursor, 2);
    QVERIFY(deep.unitsPerPixel > 0 && std::isfinite(deep.centerX));
  }

  void followedViewGrowsWithTheDataAndDoesNotPump() {
    PlaneView view = fittedView({-1, 1, -1, 1}, {500, 500}, {20, 20});
    const PlaneView larger = fittedView({-3, 3, -3, 3}, {500, 500}, {20, 20});
    double last = view.unitsPerPixel;
    for (int frame = 0; frame < 60; ++frame) {
      view = followedView(view, larger, 0.033);
      QVERIFY(view.unitsPerPixel >= last);
      QVERIFY(view.unitsPerPixel <= larger.unitsPerPixel * (1 + 1e-9));
      last = view.unitsPerPixel;
    }
    QVERIFY(view.unitsPerPixel > 0.99 * larger.unitsPerPixel);
    const PlaneView slightlySmaller = fittedView({-2.9, 2.9, -2.9, 2.9}, {500, 500}, {20, 20});
    PlaneView settled = larger;
    for (int frame = 0; frame < 60; ++frame) settled = followedView(settled, slightlySmaller, 0.033);
    QCOMPARE(settled, larger);
  }

  // --- plane_grid
  void gridLinesStandAtRoundPlaces_data() {
    QTest::addColumn<double>("scale");
    for (const double scale : {1e-12, 0.0037, 0.01, 1.0, 480.0, 1e9})
      QTest::newRow(qPrintable(QString::number(scale))) << scale;
  }
  void gridLinesStandAtRoundPlaces() {
    QFETCH(double, scale);
    const PlaneView view{0.3 * scale, -0.7 * scale, 0.01 * scale, {640, 480}};
    const PlaneGrid grid = gridOf(view, 100);
    QVERIFY(grid.vertical.size() >= 3 && grid.vertical.size() <= 14);
    QVERIFY(grid.horizontal.size() >= 2 && grid.horizontal.size() <= 10);
    const double across = grid.vertical[1].pixel - grid.vertical[0].pixel;
    const double upwards = grid.horizontal[0].pixel - grid.horizontal[1].pixel;
    QVERIFY(std::abs(across - upwards) < 1e-6);
    for (const GridLine& line : grid.vertical) {
      QVERIFY(line.pixel >= 0 && line.pixel <= 640);
      QCOMPARE(line.isZero, std::abs(line.pixel - view.toPixel(0, 0).x()) < 1e-6);
    }
    for (const GridLine& line : grid.horizontal)
      QCOMPARE(line.isZero, std::abs(line.pixel - view.toPixel(0, 0).y()) < 1e-6);
  }

  void aGridWhereNumbersRunOutIsEmpty() {
    QVERIFY(gridOf({1e20, 0, 1e-9, {640, 480}}).vertical.empty());
    QVERIFY(gridOf({0, 0, std::nan(""), {640, 480}}).vertical.empty());
  }

  // --- point_grid
  void gridFindsTheNearest() {
    const Layout points = randomPoints(3000, 2);
    std::vector<std::uint8_t> hidden(3000, 0);
    for (std::size_t i = 0; i < 3000; i += 3) hidden[i] = 1;
    const PointGrid grid(points, hidden);
    Rng rng(3);
    for (int trial = 0; trial < 500; ++trial) {
      const QPointF place(rng.normal() * 1.5, rng.normal());
      const double radius = 0.3 * rng.uniform();
      std::optional<std::size_t> expected;
      double best = radius * radius;
      for (Eigen::Index i = 0; i < points.cols(); ++i) {
        if (hidden[static_cast<std::size_t>(i)] != 0) continue;
        const double dx = points(0, i) - place.x(), dy = points(1, i) - place.y();
        if (dx * dx + dy * dy >= best) continue;
        best = dx * dx + dy * dy;
        expected = static_cast<std::size_t>(i);
      }
      QVERIFY(grid.nearest(points, place, radius) == expected);
    }
    QVERIFY(!PointGrid().nearest(points, {0, 0}, 10));
  }

  void equalPlacesGiveTheMoreFrequentWord() {
    const Layout points = Layout::Zero(2, 10);
    QVERIFY(PointGrid(points).nearest(points, {0.1, 0}, 1) == std::size_t{0});
  }

  void lassoTakesWhatIsInside() {
    // An L: (0.5, 0.5) is in its notch.
    const std::vector<QPointF> corner{{-2, -2}, {2, -2}, {2, -0.5}, {-0.5, -0.5}, {-0.5, 2}, {-2, 2}};
    QVERIFY(insidePolygon(corner, {1, -1}));
    QVERIFY(insidePolygon(corner, {-1, 1}));
    QVERIFY(!insidePolygon(corner, {0.5, 0.5}));
    QCOMPARE(pointsInside(square(), corner), (std::vector<std::size_t>{0, 1, 3}));
    const std::vector<std::uint8_t> hidden{1, 0, 0, 0, 0};
    QCOMPARE(pointsInside(square(), corner, hidden), (std::vector<std::size_t>{1, 3}));
    QVERIFY(pointsInside(square(), {}).empty());
  }

  // --- motion
  void pointsGlideAndArrive() {
    LayoutMotion motion;
    motion.setTarget(square());
    motion.finish();
    motion.setTarget(square() * 2);
    QVERIFY(!motion.isAtRest());
    motion.beginGlide();
    double last = 1;
    for (const double t : {0.03, 0.06, 0.1, 0.14}) {
      motion.glide(t);
      QVERIFY(motion.shown()(0, 1) > last && motion.shown()(0, 1) < 2);
      last = motion.shown()(0, 1);
    }
    motion.glide(0.15);
    QVERIFY(motion.isAtRest());
    QCOMPARE(motion.shown(), motion.target());
  }

  void pointsDriftAtAnEvenSpeedHoweverFramesCome() {
    LayoutMotion motion;
    motion.setTarget(square());
    motion.finish();
    motion.setTarget(square() * 2, 0.2);
    double time = 0;
    for (const double frame : {0.01, 0.05, 0.02, 0.09}) {
      motion.follow(frame);
      time += frame;
      QVERIFY(std::abs(motion.shown()(0, 1) - static_cast<float>(1 + time / 0.2)) < 1e-5f);
    }
    QVERIFY(!motion.isAtRest());
    // The next layout comes before they have arrived: they go there from where they are, without a jump.
    const Layout before = motion.shown();
    motion.setTarget(square() * 3, 0.1);
    QCOMPARE(motion.shown(), before);
    motion.follow(5);
    QVERIFY(motion.isAtRest());
    QCOMPARE(motion.shown(), Layout(square() * 3));
  }

  void newPointsAppearAtTheirPlace() {
    LayoutMotion motion;
    motion.setTarget(square().leftCols(3));
    motion.finish();
    motion.setTarget(square() * 3);
    QCOMPARE(motion.shown().col(1), Eigen::Vector2f(1, -1));
    QCOMPARE(motion.shown().col(3), Eigen::Vector2f(-3, 3));
    motion.setTarget(square().leftCols(2));
    QCOMPARE(motion.shown().cols(), Eigen::Index{2});
  }

  void axesReturnToTheComponents() {
    const Layout components = randomPoints(400, 4);
    const std::vector<double> shares{0.4, 0.1};
    // The frame before stood 30 degrees off and mirrored.
    Layout mirrored = turned(components, std::numbers::pi / 6);
    mirrored.row(0) *= -1;
    FollowedLayout frame = followComponents(components, shares, mirrored, 0);
    QVERIFY((frame.layout - mirrored).cwiseAbs().maxCoeff() < 1e-3f);
    QCOMPARE(frame.x.component, 0);
    QVERIFY(std::abs(frame.x.share - (0.4 * 0.75 + 0.1 * 0.25)) < 1e-3);
    QVERIFY(std::abs(frame.x.share + frame.y.share - 0.5) < 1e-6);
    const double step = 0.02;
    for (int i = 0; i < 40; ++i) {
      const Layout before = frame.layout;
      frame = followComponents(components, shares, before, step);
      const float moved = (frame.layout - before).colwise().norm().maxCoeff();
      QVERIFY(moved <= static_cast<float>(step) * before.colwise().norm().maxCoeff() * 1.05f);
    }
    QCOMPARE(frame.x.component, 1);
    QCOMPARE(frame.y.component, 2);
    QVERIFY(std::abs(frame.x.share - 0.4) < 1e-3);
  }

  void theFirstLayoutIsTakenAsItIs() {
    const FollowedLayout frame = followComponents(square(), {0.6, 0.2}, Layout(), 0.01);
    QCOMPARE(frame.layout, square());
    QCOMPARE(frame.x.component, 1);
    QCOMPARE(frame.y.share, 0.2);
    QCOMPARE(followComponents(Layout(2, 0), {}, square(), 0.01).layout.cols(), Eigen::Index{0});
  }

  // --- sprites
  void spritesHaveTheirAreaAndStayInside() {
    const Sprite disc(std::array{SpriteRing{4, 0, QColor(255, 0, 0)}});
    QImage image(40, 40, QImage::Format_ARGB32_Premultiplied);
    for (const QPointF& place : {QPointF(20, 20), QPointF(20.3, 19.6), QPointF(0, 0), QPointF(39.9, 20),
                                 QPointF(-100, 20), QPointF(20, 4000)}) {
      image.fill(0);
      disc.draw(image, place.x(), place.y());
      double area = 0;
      for (int y = 0; y < 40; ++y)
        for (int x = 0; x < 40; ++x) area += qAlpha(image.pixel(x, y)) / 255.0;
      const double whole = std::numbers::pi * 16;
      const double expected = place == QPointF(0, 0)                   ? whole / 4
                              : place.x() == 39.9                      ? whole / 2
                              : image.rect().contains(place.toPoint()) ? whole
                                                                       : 0;
      QVERIFY2(std::abs(area - expected) < 0.05 * whole, qPrintable(QString::number(area)));
    }
  }

  void spritesBlendAsPainterDoes() {
    QColor color(200, 80, 20);
    color.setAlphaF(0.7f);
    const Sprite disc(std::array{SpriteRing{5, 0, color}});
    QImage image(20, 20, QImage::Format_ARGB32_Premultiplied);
    image.fill(QColor(10, 200, 240));
    QImage expected = image;
    disc.draw(image, 10, 10);
    QPainter(&expected).fillRect(0, 0, 20, 20, color);
    const QColor got = image.pixelColor(10, 10), wanted = expected.pixelColor(10, 10);
    QVERIFY(std::abs(got.red() - wanted.red()) <= 2 && std::abs(got.green() - wanted.green()) <= 2 &&
            std::abs(got.blue() - wanted.blue()) <= 2);
    QCOMPARE(image.pixelColor(1, 1), QColor(10, 200, 240));
  }

  // --- the widget
  void hoverAndClickReportThePoint() {
    const auto plot = shownPlot(square());
    QSignalSpy hovers(plot.get(), &ScatterPlot::hovered), clicks(plot.get(), &ScatterPlot::clicked);
    const QPoint place = plot->pixelOf(2).toPoint();
    QTest::mouseMove(plot.get(), place);
    QTest::mouseMove(plot.get(), place + QPoint(1, 1));
    QCOMPARE(hovers.count(), 1);
    QVERIFY(hovers[0][0].value<std::optional<std::size_t>>() == std::size_t{2});
    QTest::mouseClick(plot.get(), Qt::LeftButton, Qt::NoModifier, place);
    QTest::mouseClick(plot.get(), Qt::LeftButton, Qt::ControlModifier, plot->pixelOf(4).toPoint());
    QTest::mouseClick(plot.get(), Qt::LeftButton, Qt::NoModifier, (place + plot->pixelOf(4).toPoint()) / 2);
    QCOMPARE(clicks.count(), 3);
    QVERIFY(clicks[0][0].value<std::optional<std::size_t>>() == std::size_t{2});
    QCOMPARE(clicks[0][1].toBool(), false);
    QVERIFY(clicks[1][0].value<std::optional<std::size_t>>() == std::size_t{4});
    QCOMPARE(clicks[1][1].toBool(), true);
    QVERIFY(clicks[2][0].value<std::optional<std::size_t>>() == std::nullopt);
  }

  void theViewMovesUnderThePointer() {
    const auto plot = shownPlot(square());
    const QPointF place = plot->pixelOf(2);
    QTest::mouseMove(plot.get(), place.toPoint());
    QSignalSpy hovers(plot.get(), &ScatterPlot::hovered);
    QTest::keyClick(plot.get(), Qt::Key_Left);  // the point moves away
    QCOMPARE(hovers.count(), 1);
    QVERIFY(hovers[0][0].value<std::optional<std::size_t>>() == std::nullopt);
    QTest::keyClick(plot.get(), Qt::Key_Home);  // and comes back
    QCOMPARE(hovers.count(), 2);
    QVERIFY(hovers[1][0].value<std::optional<std::size_t>>() == std::size_t{2});
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(plot.get(), &leave);
    QCOMPARE(hovers.count(), 3);
    QTest::keyClick(plot.get(), Qt::Key_Left);
    QCOMPARE(hovers.count(), 3);
  }

  void dragPansAndIsNoClick() {
    const auto plot = shownPlot(square());
    QSignalSpy clicks(plot.get(), &ScatterPlot::clicked);
    const QPointF before = plot->pixelOf(4);
    QTest::mousePress(plot.get(), Qt::LeftButton, Qt::NoModifier, {300, 200});
    QTest::mouseMove(plot.get(), {340, 230});
    QTest::mouseMove(plot.get(), {400, 250});
    QTest::mouseRelease(plot.get(), Qt::LeftButton, Qt::NoModifier, {400, 250});
    QCOMPARE((plot->pixelOf(4) - before).toPoint(), QPoint(100, 50));
    QCOMPARE(clicks.count(), 0);
    QVERIFY(!plot->isFollowing());
    // The user's view survives new data; Home follows again.
    const PlaneView view = plot->scene().view;
    plot->setPoints(square() * 5, 0.03);
    QCOMPARE(plot->scene().view, view);
    QTest::keyClick(plot.get(), Qt::Key_Home);
    QVERIFY(plot->isFollowing());
    for (std::size_t i = 0; i < 5; ++i) QVERIFY(plot->plotArea().contains(plot->pixelOf(i)));
  }

  void wheelZoomsAtTheCursor() {
    const auto plot = shownPlot(square());
    const QPointF place = plot->pixelOf(1);
    wheel(*plot, place, 240);
    QVERIFY(QLineF(plot->pixelOf(1), place).length() < 0.01);
    QVERIFY(std::abs(QLineF(plot->pixelOf(1), plot->pixelOf(2)).length()) > 0);
    QVERIFY(!plot->plotArea().contains(plot->pixelOf(3)) || plot->scene().view.unitsPerPixel > 0);
    const double scale = plot->scene().view.unitsPerPixel;
    QTest::keyClick(plot.get(), Qt::Key_Minus);
    QVERIFY(plot->scene().view.unitsPerPixel > scale);
    QTest::mouseDClick(plot.get(), Qt::LeftButton, Qt::NoModifier, {100, 100});
    QVERIFY(plot->isFollowing());
  }

  void bothAxesHaveOneScale() {
    for (const QSize size : {QSize(900, 300), QSize(300, 900)}) {
      const auto plot = shownPlot(square(), size);
      const double dx = plot->pixelOf(1).x() - plot->pixelOf(0).x();
      const double dy = plot->pixelOf(1).y() - plot->pixelOf(2).y();
      QVERIFY(std::abs(dx - dy) < 1e-6);
    }
  }

  void shiftDragIsALasso() {
    const auto plot = shownPlot(square());
    QSignalSpy lassos(plot.get(), &ScatterPlot::lassoed);
    const QRectF around(plot->pixelOf(2), plot->pixelOf(1));
    const QRect box = around.toRect().adjusted(-20, -20, 20, 20);
    QTest::mousePress(plot.get(), Qt::LeftButton, Qt::ShiftModifier, box.topLeft());
    QTest::mouseMove(plot.get(), box.topRight());
    QTest::mouseMove(plot.get(), box.bottomRight());
    QTest::mouseMove(plot.get(), box.bottomLeft());
    QTest::mouseRelease(plot.get(), Qt::LeftButton, Qt::ShiftModifier, box.bottomLeft());
    QCOMPARE(lassos.count(), 1);
    QCOMPARE(lassos[0][0].value<std::vector<std::size_t>>(), (std::vector<std::size_t>{1, 2}));
    QSignalSpy escapes(plot.get(), &ScatterPlot::escapePressed);
    QTest::keyClick(plot.get(), Qt::Key_Escape);
    QCOMPARE(escapes.count(), 1);
  }

  void hiddenPointsAreNotHit() {
    const auto plot = shownPlot(square());
    plot->setHidden({0, 0, 1, 0, 0});
    QVERIFY(!plot->pointAt(plot->pixelOf(2)));
    QVERIFY(plot->pointAt(plot->pixelOf(1)) == std::size_t{1});
    plot->setHidden({});
    QVERIFY(plot->pointAt(plot->pixelOf(2)) == std::size_t{2});
  }

  void hoverDrawsOnlyTheOverlay() {
    const auto plot = shownPlot(randomPoints(20000, 5));
    plot->setLabelsShown(false);
    const QImage before = plot->grab().toImage();
    plot->setHovered(std::size_t{3}, "word3", {"count 7"});
    const QImage with = plot->grab().toImage();
    QVERIFY(with != before);
    plot->setHovered(std::nullopt);
    QCOMPARE(plot->grab().toImage(), before);
  }

  void selectedPointsStandOut() {
    const auto plot = shownPlot(randomPoints(500, 6));
    QCoreApplication::processEvents();
    const Theme theme = plotTheme();
    const auto count = [&](const QColor& color) {
      const QImage image = plot->grab().toImage();
      int found = 0;
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) found += image.pixelColor(x, y) == color ? 1 : 0;
      return found;
    };
    QCOMPARE(count(theme.selection), 0);
    plot->setSelected({10, 20});
    QCoreApplication::processEvents();
    QVERIFY(count(theme.selection) >= 40);
    bool labelled = false;
    for (const LabelPlacement& label : plot->labels())
      labelled = labelled || (label.index == 10 && label.pinned);
    QVERIFY(labelled);
  }

  void labelsAreChosenAnewWhenTheViewHasComeToRest() {
    const auto plot = shownPlot(randomPoints(3000, 8));
    const std::size_t before = plot->labels().size();
    QVERIFY(before > 10);
    // Many steps of a zoom right after one another: labels that would overlap go, and at the end more appear.
    for (int step = 0; step < 12; ++step) {
      wheel(*plot, plot->plotArea().center(), 120);
      plot->repaint();
      for (const LabelPlacement& label : plot->labels())
        for (const LabelPlacement& other : plot->labels())
          QVERIFY(label.index == other.index || !label.rect.intersects(other.rect));
    }
    QSignalSpy drawn(plot.get(), &ScatterPlot::drawn);
    QTRY_VERIFY(!drawn.isEmpty());
    QTRY_VERIFY(plot->labels().size() > 10);
    for (const LabelPlacement& label : plot->labels()) {
      const QPointF place = plot->pixelOf(label.index) - plot->plotArea().topLeft();
      QVERIFY(label.rect.adjusted(-12, -12, 12, 12).contains(place));
    }
  }

  void aPictureIsDrawnOnceForManyChanges() {
    const auto plot = shownPlot(randomPoints(500, 9));
    QCoreApplication::processEvents();
    QSignalSpy drawn(plot.get(), &ScatterPlot::drawn);
    plot->setPoints(randomPoints(500, 10), 0.03);
    plot->setSelected({1});
    plot->setColors({QColor(Qt::red)}, {});
    QCoreApplication::processEvents();
    QCOMPARE(drawn.count(), 1);
    plot->setSelected({1});
    plot->setAxisTitles({}, {});
    QCoreApplication::processEvents();
    QCOMPARE(drawn.count(), 1);  // nothing has changed
  }

  void plotsOfAnySizeAreDrawn() {
    for (const QSize size : {QSize(1, 1), QSize(7, 300), QSize(300, 7), QSize(45, 45)}) {
      const auto plot = shownPlot(randomPoints(100, 11), size);
      plot->setSelected({0, 1});
      plot->setLegend("colour", "low", "high");
      QVERIFY(!plot->grab().isNull());
      QImage page(size * 2, QImage::Format_RGB32);
      plot->paintOn(page);
    }
  }

  void replotAndPaint_data() {
    QTest::addColumn<int>("points");
    QTest::addColumn<QSize>("size");
    for (const QSize& size : {QSize(1366, 768), QSize(1920, 1080)})
      for (const int points : {2000, 10000, 50000})
        QTest::addRow("%d points at %d x %d", points, size.width(), size.height()) << points << size;
  }
  void replotAndPaint() {
    QFETCH(int, points);
    QFETCH(QSize, size);
    const auto plot = shownPlot(randomPoints(points, 7), size);
    double x = 0;
    // A pan by a pixel and the frame that follows from it; the middle of many, in processor time.
    std::vector<double> milliseconds;
    for (int frame = 0; frame < 60; ++frame) {
      const std::clock_t start = std::clock();
      plot->setView(x += plot->scene().view.unitsPerPixel, 0, plot->scene().view.unitsPerPixel);
      QCoreApplication::processEvents();
      plot->repaint();
      milliseconds.push_back(1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    QTest::setBenchmarkResult(milliseconds[30], QTest::WalltimeMilliseconds);
  }
};

QTEST_MAIN(ScatterTest)
#include "scatter_test.moc"
