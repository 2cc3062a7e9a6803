// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>
#include <QString>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/matrix.h"
#include "ui/look/theme.h"

namespace lexarium {

/// A cell of a heat map, from 0.
struct HeatmapCell {
  Eigen::Index row = 0;
  Eigen::Index column = 0;
  bool operator==(const HeatmapCell&) const = default;
};

/// What a heat map shows. Immutable values; names and marks may be shorter than the matrix.
struct HeatmapData {
  enum class Colors { Cividis, Viridis, Diverging };  ///< Diverging: blue to orange, 0 in the middle

  QString title;                         ///< "W: input table"
  std::shared_ptr<const Matrix> values;  ///< [rows x columns]; NaN: no value
  std::vector<QString> rows, columns;
  std::vector<QColor> rowMarks, columnMarks;  ///< a bar beside the name; invalid: none
  Colors colors = Colors::Cividis;
  /// Range of the colours; without it that of the values (Diverging: as far to both sides).
  std::optional<std::pair<double, double>> range;
  bool perRow = false;                         ///< the colours of each row go from 0 to its own largest value
  QString rowTitle, columnTitle, legendTitle;  ///< what names and colours stand for: "Source"; empty: none

  Eigen::Index rowCount() const { return values ? values->rows() : 0; }
  Eigen::Index columnCount() const { return values ? values->cols() : 0; }
  bool isEmpty() const { return rowCount() == 0 || columnCount() == 0; }
  bool contains(const HeatmapCell& cell) const {
    return cell.row >= 0 && cell.column >= 0 && cell.row < rowCount() && cell.column < columnCount();
  }
  QString rowName(Eigen::Index row) const;
  QString columnName(Eigen::Index column) const;
};

/// Smallest and largest finite value, widened where they are one; 0 to 1 if there is none.
std::pair<double, double> heatmapRange(const HeatmapData& data);
/// The range of the colours of one row.
std::pair<double, double> heatmapRowRange(const HeatmapData& data, Eigen::Index row);
/// Viridis (van der Walt & Smith 2015), t in [0, 1].
QColor viridis(double t);
/// 256 colours from the lower to the upper end of the range.
std::array<QColor, 256> heatmapPalette(HeatmapData::Colors colors, const Theme& theme);
/// Place of a value in such a palette.
std::size_t paletteIndex(double value, const std::pair<double, double>& range);
/// The numbers with their names as CSV.
std::string heatmapCsv(const HeatmapData& data);

/// Where the cells lie: a value. Cells are square; those of a matrix larger than the area are scrolled.
struct HeatmapGeometry {
  QRectF area;       ///< pixels that show cells
  double cell = 16;  ///< pixels of a side
  QPointF scroll;    ///< pixels of the matrix that are left of and above the area
  Eigen::Index rows = 0, columns = 0;

  /// Cells larger than this stand apart by a pixel.
  static constexpr double kSeparated = 12;

  QSizeF whole() const { return {cell * static_cast<double>(columns), cell * static_cast<double>(rows)}; }
  QRectF cellRect(const HeatmapCell& place) const;
  std::optional<HeatmapCell> cellAt(const QPointF& place) const;
  /// First cell that is in sight and the one after the last: {begin, end} of rows and of columns.
  std::pair<Eigen::Index, Eigen::Index> visibleRows() const;
  std::pair<Eigen::Index, Eigen::Index> visibleColumns() const;
  /// How far it can be scrolled.
  QPointF maximumScroll() const;
};

/// The side of a cell at which a person begins to look: everything, unless cells would be too small to read.
double readableCell(QSizeF area, Eigen::Index rows, Eigen::Index columns);
/// The side at which all of the matrix is in sight.
double wholeCell(QSizeF area, Eigen::Index rows, Eigen::Index columns);
/// factor > 1 zooms in; the cell under `pixel` stays under it.
HeatmapGeometry zoomedHeatmap(HeatmapGeometry geometry, const QPointF& pixel, double factor);

}  // namespace lexarium
