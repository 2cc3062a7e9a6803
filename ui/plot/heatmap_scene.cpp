// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/heatmap_scene.h"

#include <algorithm>
#include <cmath>

#include "ui/look/palettes.h"
#include "ui/plot/plot_export.h"
#include "ui/widgets/csv_export.h"

namespace lexarium {
namespace {

constexpr double kReadable = 10;  // pixels: below it names are thinned out
constexpr double kLargest = 40;   // at the beginning
constexpr double kZoomedMost = 120;

QString nameAt(const std::vector<QString>& names, Eigen::Index index) {
  const auto i = static_cast<std::size_t>(index);
  return i < names.size() ? names[i] : QString::number(index + 1);
}

std::pair<Eigen::Index, Eigen::Index> visible(double scroll, double length, double cell, Eigen::Index count) {
  const auto begin = static_cast<Eigen::Index>(std::floor(scroll / cell));
  const auto end = static_cast<Eigen::Index>(std::ceil((scroll + length) / cell));
  return {std::clamp<Eigen::Index>(begin, 0, count), std::clamp<Eigen::Index>(end, 0, count)};
}

}  // namespace

QString HeatmapData::rowName(Eigen::Index row) const { return nameAt(rows, row); }
QString HeatmapData::columnName(Eigen::Index column) const { return nameAt(columns, column); }

std::pair<double, double> heatmapRange(const HeatmapData& data) {
  if (data.range) return *data.range;
  double low = INFINITY, high = -INFINITY;
  const Eigen::Index count = data.isEmpty() ? 0 : data.values->size();
  for (Eigen::Index i = 0; i < count; ++i) {
    const double value = data.values->data()[i];
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low > high) low = 0, high = 1;
  if (data.colors == HeatmapData::Colors::Diverging) {
    high = std::max({std::abs(low), std::abs(high), 1e-12});
    return {-high, high};
  }
  if (low == high) high = low + std::max(1e-12, std::abs(low) * 1e-3);
  return {low, high};
}

std::pair<double, double> heatmapRowRange(const HeatmapData& data, Eigen::Index row) {
  double high = 0;
  for (Eigen::Index c = 0; c < data.columnCount(); ++c) {
    const double value = (*data.values)(row, c);
    if (std::isfinite(value)) high = std::max(high, value);
  }
  return {0, std::max(high, 1e-12)};
}

QColor viridis(double t) {
  // Nine of the 256 published colours, evenly spaced.
  static const std::array<QColor, 9> stops{QColor("#440154"), QColor("#472D7B"), QColor("#3B528B"),
                                           QColor("#2C728E"), QColor("#21918C"), QColor("#28AE80"),
                                           QColor("#5EC962"), QColor("#ADDC30"), QColor("#FDE725")};
  constexpr auto last = stops.size() - 1;
  const double place = std::clamp(std::isfinite(t) ? t : 0.0, 0.0, 1.0) * static_cast<double>(last);
  const auto index = std::min(static_cast<std::size_t>(place), last - 1);
  return mixed(stops[index], stops[index + 1], place - static_cast<double>(index));
}

std::array<QColor, 256> heatmapPalette(HeatmapData::Colors colors, const Theme& theme) {
  std::array<QColor, 256> palette;
  // Around 0 the colour of the background: what is nothing looks like nothing.
  const QColor middle = mixed(theme.surface, theme.text, 0.04);
  const QColor blue(theme.dark ? "#56B4E9" : "#0072B2"), orange(theme.dark ? "#F5904A" : "#D55E00");
  for (std::size_t i = 0; i < palette.size(); ++i) {
    const double t = static_cast<double>(i) / 255;
    if (colors == HeatmapData::Colors::Diverging) {
      palette[i] = mixed(middle, t < 0.5 ? blue : orange, std::abs(2 * t - 1));
    } else {
      palette[i] = colors == HeatmapData::Colors::Viridis ? viridis(t) : cividis(t);
    }
  }
  return palette;
}

std::size_t paletteIndex(double value, const std::pair<double, double>& range) {
  const double t = (value - range.first) / (range.second - range.first);
  return static_cast<std::size_t>(std::clamp(t, 0.0, 1.0) * 255 + 0.5);
}

std::string heatmapCsv(const HeatmapData& data) {
  std::string csv;
  for (Eigen::Index c = 0; c < data.columnCount(); ++c)
    csv += ',' + csvField(data.columnName(c).toStdString());
  csv += "\r\n";
  for (Eigen::Index r = 0; r < data.rowCount(); ++r) {
    csv += csvField(data.rowName(r).toStdString());
    for (Eigen::Index c = 0; c < data.columnCount(); ++c) {
      const double value = (*data.values)(r, c);
      csv += std::isnan(value) ? "," : ',' + csvNumber(value);
    }
    csv += "\r\n";
  }
  return csv;
}

QRectF HeatmapGeometry::cellRect(const HeatmapCell& place) const {
  return {area.left() + static_cast<double>(place.column) * cell - scroll.x(),
          area.top() + static_cast<double>(place.row) * cell - scroll.y(), cell, cell};
}

std::optional<HeatmapCell> HeatmapGeometry::cellAt(const QPointF& place) const {
  if (!area.contains(place) || cell <= 0) return std::nullopt;
  const HeatmapCell found{
      static_cast<Eigen::Index>(std::floor((place.y() - area.top() + scroll.y()) / cell)),
      static_cast<Eigen::Index>(std::floor((place.x() - area.left() + scroll.x()) / cell))};
  if (found.row < 0 || found.column < 0 || found.row >= rows || found.column >= columns) return std::nullopt;
  return found;
}

std::pair<Eigen::Index, Eigen::Index> HeatmapGeometry::visibleRows() const {
  return visible(scroll.y(), area.height(), cell, rows);
}

std::pair<Eigen::Index, Eigen::Index> HeatmapGeometry::visibleColumns() const {
  return visible(scroll.x(), area.width(), cell, columns);
}

QPointF HeatmapGeometry::maximumScroll() const {
  return {std::max(0.0, whole().width() - area.width()), std::max(0.0, whole().height() - area.height())};
}

double wholeCell(QSizeF area, Eigen::Index rows, Eigen::Index columns) {
  if (rows == 0 || columns == 0) return kLargest;
  const double fit =
      std::min(area.width() / static_cast<double>(columns), area.height() / static_cast<double>(rows));
  // Whole pixels where there is room for them: all cells look alike.
  const double even = fit >= 4 ? std::floor(fit) : fit;
  return std::clamp(even, 1e-3, kLargest);
}

double readableCell(QSizeF area, Eigen::Index rows, Eigen::Index columns) {
  return std::max(wholeCell(area, rows, columns), kReadable);
}

HeatmapGeometry zoomedHeatmap(HeatmapGeometry geometry, const QPointF& pixel, double factor) {
  const double least = std::min(kReadable, wholeCell(geometry.area.size(), geometry.rows, geometry.columns));
  const double cell = std::clamp(geometry.cell * factor, least, kZoomedMost);
  const QPointF inside = pixel - geometry.area.topLeft();
  const QPointF place = (inside + geometry.scroll) / geometry.cell;
  geometry.cell = cell;
  const QPointF wanted = place * cell - inside, most = geometry.maximumScroll();
  geometry.scroll = {std::clamp(wanted.x(), 0.0, most.x()), std::clamp(wanted.y(), 0.0, most.y())};
  return geometry;
}

}  // namespace lexarium
