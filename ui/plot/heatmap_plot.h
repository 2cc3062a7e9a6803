// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <functional>
#include <optional>

#include "ui/plot/heatmap_painter.h"
#include "ui/plot/plot_export.h"

namespace lexarium {

/// A matrix as coloured squares with names, numbers and a legend. Wheel zooms at the cursor, drag and the
/// scroll bars move, Home and double-click show everything; arrow keys move from cell to cell, Enter is a
/// click. Another matrix of the same size keeps zoom and place.
class HeatmapPlot : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit HeatmapPlot(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setData(HeatmapData data);
  const HeatmapData& data() const { return painter_.data(); }
  /// That of the run that is shown (ui/look/fingerprint_mark.h); empty: none.
  void setFingerprint(const QString& text);
  const QString& fingerprint() const { return painter_.fingerprint(); }
  /// Lines of the box beside a cell, below its value.
  void setTooltip(std::function<QStringList(const HeatmapCell&)> lines) { tooltip_ = std::move(lines); }
  /// The cell that is looked at, as if the mouse were over it, here or in a plot beside.
  void setCurrent(std::optional<HeatmapCell> cell);
  std::optional<HeatmapCell> current() const { return current_; }

  const HeatmapGeometry& geometryOfCells() const { return geometry_; }
  /// The same part of the matrix as another plot of the same size shows.
  void showLike(const HeatmapPlot& other);
  /// Everything; with `readable` no smaller than names can be read.
  void fit(bool readable);
  void reveal(const HeatmapCell& cell);

  /// "24 rows, 24 columns, 0 to 12.3; largest: king · crown, 12.3"
  QString textSummary() const;
  /// All of the matrix, not only what is in sight.
  PlotSource exportSource(const QString& name, std::function<void(const Error&)> failed);
  /// A picture that is small enough for any program.
  static constexpr double kLargestPicture = 6000;

  QSize sizeHint() const override { return {320, 240}; }
  QSize minimumSizeHint() const override { return {120, 90}; }

 Q_SIGNALS:
  void cellClicked(const lexarium::HeatmapCell& cell, Qt::KeyboardModifiers modifiers);
  /// The cell under the mouse or the keyboard's has changed.
  void currentChanged(const std::optional<lexarium::HeatmapCell>& cell);
  void viewMoved();  ///< zoomed or scrolled by the person
  void menuRequested(const QPoint& globalPlace);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  void updateGeometryOfCells();
  void applyScroll();
  void zoom(const QPointF& place, double factor);
  void point(std::optional<HeatmapCell> cell);
  void moveCurrent(int rows, int columns);
  void describe();

  HeatmapPainter painter_;
  HeatmapGeometry geometry_;
  std::optional<double> cell_;  // chosen by the person; otherwise readable
  bool whole_ = false;          // everything, however small
  std::optional<HeatmapCell> current_;
  bool pointed_ = false;  // current_ is the mouse's or the keyboard's: with its box
  std::function<QStringList(const HeatmapCell&)> tooltip_;
  std::optional<QPointF> press_;
  QPointF last_;
  bool panning_ = false;
  bool applying_ = false;
};

}  // namespace lexarium
