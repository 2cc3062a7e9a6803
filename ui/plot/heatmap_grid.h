// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QImage>
#include <memory>
#include <vector>

#include "ui/plot/heatmap_scene.h"
#include "ui/plot/plot_export.h"

namespace lexarium {

/// One of many small heat maps.
struct HeatmapTile {
  QString title;                         ///< one short line above it
  std::shared_ptr<const Matrix> values;  ///< [rows x columns]
  bool off = false;                      ///< struck out
  QString help{};                        ///< tooltip
};

/// Small heat maps beside and below each other, all on one scale from 0 to 1: a click or Enter chooses one,
/// the box at its title (or X on the keyboard) switches it off and on again.
class HeatmapGrid : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit HeatmapGrid(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// columns: so many in a row; 0: all in one row, which is scrolled. perRow: the colours of each row of a
  /// map go up to its own largest value.
  void setTiles(std::vector<HeatmapTile> tiles, int columns, bool perRow = false);
  const std::vector<HeatmapTile>& tiles() const { return tiles_; }
  void setCurrent(int tile);  ///< -1: none
  int current() const { return current_; }
  /// Has each tile a box that switches it off?
  void setSwitches(bool on);
  /// Where a tile, and the box at its title, are in the viewport.
  QRectF tileRect(int tile) const;
  QRectF switchRect(int tile) const;
  void reveal(int tile);
  PlotSource exportSource(const QString& name, std::function<void(const Error&)> failed);

  QSize sizeHint() const override { return {300, 220}; }
  QSize minimumSizeHint() const override { return {100, 90}; }

 Q_SIGNALS:
  void chosen(int tile);
  void switched(int tile, bool off);
  void menuRequested(const QPoint& globalPlace);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  QSizeF tileSize() const;
  double titleHeight() const;
  int columnCount() const;
  QRectF placeOf(int tile, QSizeF size) const;  ///< unscrolled
  QRectF boxIn(const QRectF& tile) const;
  int tileAt(const QPointF& place) const;
  void updateScroll();
  static void drawCells(QPainter& painter, const QImage& image, const QRectF& area);
  void drawTile(QPainter& painter, int tile, const QRectF& place) const;
  const QImage& imageOf(int tile) const;

  Theme theme_;
  std::vector<HeatmapTile> tiles_;
  mutable std::vector<QImage> images_;  // a pixel a cell; null: not drawn yet
  int columns_ = 0;
  bool perRow_ = false, switches_ = false;
  int current_ = -1, hovered_ = -1;
};

}  // namespace lexarium
