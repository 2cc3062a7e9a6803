// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>
#include <cmath>

#include "tests/support/plot_theme.h"
#include "ui/look/palettes.h"
#include "ui/plot/heatmap_plot.h"

using namespace lexarium;

namespace {

HeatmapData dataOf(Matrix values, HeatmapData::Colors colors = HeatmapData::Colors::Cividis) {
  HeatmapData data;
  data.title = "Test";
  for (Eigen::Index r = 0; r < values.rows(); ++r) data.rows.push_back(QString("row%1").arg(r));
  for (Eigen::Index c = 0; c < values.cols(); ++c) data.columns.push_back(QString("col%1").arg(c));
  data.values = std::make_shared<const Matrix>(std::move(values));
  data.colors = colors;
  return data;
}

Matrix ramp(Eigen::Index rows, Eigen::Index columns) {
  Matrix values(rows, columns);
  for (Eigen::Index i = 0; i < values.size(); ++i) values.data()[i] = static_cast<Real>(i);
  return values;
}

}  // namespace

/// Squares, colours, names, legend, and what hands can do with them.
class HeatmapTest : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<HeatmapPlot> plot_;
  QTemporaryDir folder_;

  QColor pixelAt(const HeatmapCell& cell) {
    const QImage image = plot_->viewport()->grab().toImage();
    return image.pixelColor(plot_->geometryOfCells().cellRect(cell).center().toPoint());
  }
  void wheel(const QPointF& place, int turn, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QWheelEvent event(place, plot_->viewport()->mapToGlobal(place), {}, {0, turn}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(plot_->viewport(), &event);
  }

 private Q_SLOTS:
  void init() {
    plot_ = std::make_unique<HeatmapPlot>();
    plot_->setTheme(plotTheme());
    plot_->resize(500, 400);
    plot_->show();
    QVERIFY(QTest::qWaitForWindowExposed(plot_.get()));
  }

  void rangesAndColours() {
    Matrix values = ramp(2, 2);
    values(0, 0) = NAN;
    QCOMPARE(heatmapRange(dataOf(values)), std::make_pair(1.0, 3.0));
    values(1, 1) = -8;
    QCOMPARE(heatmapRange(dataOf(values, HeatmapData::Colors::Diverging)), std::make_pair(-8.0, 8.0));
    const auto flat = heatmapRange(dataOf(Matrix::Constant(2, 2, 5)));
    QVERIFY(flat.second > flat.first);
    QCOMPARE(heatmapRange(dataOf(Matrix::Constant(2, 2, NAN))), std::make_pair(0.0, 1.0));
    QCOMPARE(heatmapRange({}), std::make_pair(0.0, 1.0));
    for (const auto palette : {LookOptions::Palette::Light, LookOptions::Palette::Dark}) {
      LookOptions look;
      look.palette = palette;
      const Theme theme = makeTheme(look, QApplication::font(), QApplication::palette());
      const auto colors = heatmapPalette(HeatmapData::Colors::Diverging, theme);
      // Nothing looks like the background, and both ends stand out from it.
      QVERIFY(contrastRatio(colors[127], theme.surface) < 1.3);
      QVERIFY(contrastRatio(colors[0], theme.surface) >= 3 && contrastRatio(colors[255], theme.surface) >= 3);
      QVERIFY(colors[0].blue() > colors[0].red() && colors[255].red() > colors[255].blue());
    }
    // Lightness rises evenly: also without colours one sees which is more.
    for (const auto scale : {HeatmapData::Colors::Cividis, HeatmapData::Colors::Viridis}) {
      const auto colors = heatmapPalette(scale, plotTheme());
      for (std::size_t i = 8; i < 256; i += 8)
        QVERIFY(contrastRatio(colors[i], Qt::black) > contrastRatio(colors[i - 8], Qt::black));
    }
    QCOMPARE(paletteIndex(-5, {0, 1}), std::size_t{0});
    QCOMPARE(paletteIndex(5, {0, 1}), std::size_t{255});
  }

  void cellsShowTheirValues() {
    plot_->setData(dataOf(ramp(3, 4)));
    const auto colors = heatmapPalette(HeatmapData::Colors::Cividis, plotTheme());
    const HeatmapGeometry& geometry = plot_->geometryOfCells();
    QVERIFY(geometry.cell > HeatmapGeometry::kSeparated);
    // Beside the number in the cell.
    const QImage image = plot_->viewport()->grab().toImage();
    for (const HeatmapCell& cell : {HeatmapCell{0, 0}, HeatmapCell{2, 3}, HeatmapCell{1, 2}}) {
      const QPointF corner = geometry.cellRect(cell).topLeft() + QPointF(2, 2);
      const double value = (*plot_->data().values)(cell.row, cell.column);
      QCOMPARE(image.pixelColor(corner.toPoint()).rgb(), colors[paletteIndex(value, {0, 11})].rgb());
      // A pixel of background between two cells.
      const QPointF edge = geometry.cellRect(cell).bottomRight() - QPointF(0.5, 0.5);
      QCOMPARE(image.pixelColor(static_cast<int>(edge.x()), static_cast<int>(edge.y())).rgb(),
               plotTheme().surface.rgb());
    }
    const QRectF cell = geometry.cellRect({1, 1});
    QCOMPARE(cell.width(), cell.height());
  }

  void noValueIsNoColour() {
    Matrix values = ramp(2, 2);
    values(0, 1) = NAN;
    plot_->setData(dataOf(values));
    QCOMPARE(pixelAt({0, 1}).rgb(), plotTheme().surface.rgb());
  }

  void clickHoverAndKeys() {
    plot_->setData(dataOf(ramp(3, 4)));
    QSignalSpy clicks(plot_.get(), &HeatmapPlot::cellClicked),
        moves(plot_.get(), &HeatmapPlot::currentChanged);
    const QPoint place = plot_->geometryOfCells().cellRect({2, 1}).center().toPoint();
    QTest::mouseMove(plot_->viewport(), place);
    QTRY_COMPARE(plot_->current(), (HeatmapCell{2, 1}));
    QTest::mouseClick(plot_->viewport(), Qt::LeftButton, Qt::NoModifier, place);
    QCOMPARE(clicks.count(), 1);
    QCOMPARE(clicks[0][0].value<HeatmapCell>(), (HeatmapCell{2, 1}));
    QTest::keyClick(plot_.get(), Qt::Key_Up);
    QTest::keyClick(plot_.get(), Qt::Key_Right);
    QCOMPARE(plot_->current(), (HeatmapCell{1, 2}));
    QVERIFY(plot_->accessibleDescription().contains("row1"));
    QVERIFY(plot_->accessibleDescription().contains("col2"));
    QTest::keyClick(plot_.get(), Qt::Key_Return);
    QCOMPARE(clicks.count(), 2);
    for (int i = 0; i < 9; ++i) QTest::keyClick(plot_.get(), Qt::Key_Right);
    QCOMPARE(plot_->current(), (HeatmapCell{1, 3}));  // stays inside
    QVERIFY(moves.count() >= 3);
    // A click beside the cells is none.
    QTest::mouseClick(plot_->viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(3, 390));
    QCOMPARE(clicks.count(), 2);
  }

  void largeMatricesScrollAndZoom() {
    plot_->setData(dataOf(ramp(2000, 1500)));
    QVERIFY(plot_->geometryOfCells().cell >= 8);  // readable, not everything
    QVERIFY(plot_->verticalScrollBar()->maximum() > 1000);
    plot_->verticalScrollBar()->setValue(5000);
    QVERIFY(plot_->geometryOfCells().visibleRows().first > 100);
    // The cell under the mouse stays there.
    const QPointF place = plot_->geometryOfCells().area.center();
    const auto before = plot_->geometryOfCells().cellAt(place);
    wheel(place, 120);
    wheel(place, 120);
    QCOMPARE(plot_->geometryOfCells().cellAt(place), before);
    QTest::keyClick(plot_.get(), Qt::Key_Home);
    QVERIFY(plot_->geometryOfCells().cell < 1);
    QCOMPARE(plot_->geometryOfCells().visibleRows().second, Eigen::Index{2000});
    QCOMPARE(plot_->verticalScrollBar()->maximum(), 0);
    plot_->fit(true);
    plot_->reveal({1999, 1499});
    const auto cell = plot_->geometryOfCells().cellRect({1999, 1499});
    QVERIFY(plot_->geometryOfCells().area.adjusted(-1, -1, 1, 1).contains(cell));
    // Another matrix of the same size keeps the place.
    const QPointF scroll = plot_->geometryOfCells().scroll;
    plot_->setData(dataOf(ramp(2000, 1500)));
    QCOMPARE(plot_->geometryOfCells().scroll, scroll);
    plot_->setData(dataOf(ramp(3, 3)));
    QCOMPARE(plot_->geometryOfCells().scroll, QPointF());
  }

  void anyDataCanBeDrawn() {
    for (const Matrix& values :
         {Matrix(), Matrix(0, 5), Matrix(5, 0), Matrix(Matrix::Constant(1, 1, NAN)),
          Matrix(Matrix::Constant(1, 1, INFINITY)), Matrix(ramp(1, 5000)), Matrix(ramp(5000, 1))}) {
      plot_->setData(dataOf(values));
      QVERIFY(!plot_->viewport()->grab().isNull());
      QVERIFY(!plot_->textSummary().isEmpty());
      for (const int key :
           {Qt::Key_Down, Qt::Key_Right, Qt::Key_Home, Qt::Key_Plus, Qt::Key_Minus, Qt::Key_Return})
        QTest::keyClick(plot_.get(), static_cast<Qt::Key>(key));
      wheel({250, 200}, 120);
    }
    // Names of any length and script; more cells than names.
    HeatmapData data = dataOf(ramp(3, 3));
    data.rows = {QString(1000, 'x'), QString::fromUtf8("国王和王后"), ""};
    data.columns = {QString(5000, 'y')};
    plot_->setData(data);
    const QRectF area = plot_->geometryOfCells().area;
    QVERIFY(area.width() > 200 && area.height() > 150);
    QVERIFY(!plot_->viewport()->grab().isNull());
    for (const QSize size : {QSize(1, 1), QSize(60, 40), QSize(3000, 50)}) {
      plot_->resize(size);
      QVERIFY(!plot_->viewport()->grab().isNull());
    }
  }

  void exportsAllOfTheMatrix() {
    plot_->setData(dataOf(ramp(60, 40)));
    const PlotSource source = plot_->exportSource("heat", {});
    QVERIFY(source.size.height() > 60 * 20 && source.size.width() > 40 * 20);
    const std::string csv = source.csv();
    QCOMPARE(std::count(csv.begin(), csv.end(), '\n'), std::ptrdiff_t{61});
    QVERIFY(csv.find("row59,59,119,") != std::string::npos);
    for (const char* name : {"heat.png", "heat.svg", "heat.pdf", "heat.csv"}) {
      QVERIFY(exportPlot(source, folder_.filePath(name).toStdString()));
      QVERIFY(QFileInfo(folder_.filePath(name)).size() > 500);
    }
    QVERIFY(renderPicture(source, PictureFormat::Svg).contains("row59"));
    // A huge one becomes a picture of bounded size.
    plot_->setData(dataOf(ramp(20000, 3)));
    const QSize huge = plot_->exportSource("heat", {}).size;
    QVERIFY(huge.height() <= 1.2 * HeatmapPlot::kLargestPicture);
  }

  void aPlotCanShowLikeAnother() {
    HeatmapPlot other;
    other.setTheme(plotTheme());
    other.resize(500, 400);
    plot_->setData(dataOf(ramp(200, 200)));
    other.setData(dataOf(ramp(200, 200)));
    wheel(plot_->geometryOfCells().area.center(), 240);
    other.showLike(*plot_);
    QCOMPARE(other.geometryOfCells().cell, plot_->geometryOfCells().cell);
    other.setCurrent(HeatmapCell{500, 500});  // not there
    QVERIFY(!other.current());
  }
};

QTEST_MAIN(HeatmapTest)
#include "heatmap_test.moc"
