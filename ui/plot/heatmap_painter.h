// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QStringList>

#include "ui/plot/heatmap_scene.h"

namespace lexarium {

/// Draws a heat map: title, names, cells, legend, and what the mouse is over.
class HeatmapPainter {
 public:
  void setTheme(const Theme& theme);
  const Theme& theme() const { return theme_; }
  void setData(HeatmapData data);
  const HeatmapData& data() const { return data_; }
  /// In the corner, below the cells; empty: none, and no room for it.
  void setFingerprint(const QString& text) { fingerprint_ = text; }
  const QString& fingerprint() const { return fingerprint_; }
  const std::pair<double, double>& range() const { return range_; }

  /// Room for cells in a picture of this size: what names, title and legend leave.
  QRectF areaIn(QSizeF size) const;
  /// The size of a picture in which all cells have this side.
  QSizeF sizeFor(double cell) const;

  void draw(QPainter& painter, const HeatmapGeometry& geometry, QSizeF size) const;
  /// Ring and names of one cell, with a box of text beside it (if there is any).
  void drawCursor(QPainter& painter, const HeatmapGeometry& geometry, QSizeF size, const HeatmapCell& cell,
                  const QStringList& lines) const;
  /// What a hover says first: "king, crown".
  QString cellTitle(const HeatmapCell& cell) const;
  QString valueText(const HeatmapCell& cell) const;

 private:
  struct Margins {
    double left = 0, top = 0, right = 0, bottom = 0;
  };
  Margins margins(QSizeF size) const;
  double longestName(bool rows) const;
  double titleHeight() const;
  void drawCells(QPainter& painter, const HeatmapGeometry& geometry) const;
  void drawCellImage(QPainter& painter, const HeatmapGeometry& geometry) const;
  void drawNumbers(QPainter& painter, const HeatmapGeometry& geometry) const;
  std::size_t colorOf(Eigen::Index row, double value) const;
  void drawTitles(QPainter& painter, const HeatmapGeometry& geometry) const;
  bool namesAreLevel(const HeatmapGeometry& geometry) const;
  void drawNames(QPainter& painter, const HeatmapGeometry& geometry) const;
  void drawRowName(QPainter& painter, const HeatmapGeometry& geometry, Eigen::Index row, bool strong) const;
  void drawColumnName(QPainter& painter, const HeatmapGeometry& geometry, Eigen::Index column,
                      bool strong) const;
  void drawColumnNameAt(QPainter& painter, const HeatmapGeometry& geometry, Eigen::Index column,
                        const QPointF& foot, bool strong) const;
  void drawSpreadNames(QPainter& painter, const HeatmapGeometry& geometry) const;
  void drawLegend(QPainter& painter, const HeatmapGeometry& geometry, QSizeF size) const;

  Theme theme_;
  HeatmapData data_;
  QString fingerprint_;
  std::pair<double, double> range_{0, 1};
  std::vector<std::pair<double, double>> rowRanges_;  // where each row has colours of its own
  std::array<QColor, 256> palette_;
  double rowNames_ = 0, columnNames_ = 0;  // pixels of the longest
};

}  // namespace lexarium
