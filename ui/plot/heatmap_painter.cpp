// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/heatmap_painter.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "ui/look/fingerprint_mark.h"
#include "ui/look/palettes.h"
#include "ui/plot/axis_map.h"
#include "ui/plot/canvas.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr double kPad = Theme::kSpace;
constexpr double kLegendWidth = 10;
constexpr double kMarkWidth = 3;
constexpr double kLeader = 10;  // from a name to its narrow column
// Names of more columns would stand too far from them.
constexpr Eigen::Index kMostSpread = 14;
// So many of them find room above the legend.
constexpr int kOverLegend = 2;
// Names take at most so much of the picture; longer ones are cut.
constexpr double kNameShare = 0.3;
constexpr double kNameMost = 14;             // in letters m
constexpr std::size_t kMeasuredNames = 300;  // of a huge matrix only some are measured
constexpr double kLetter = 1.4;              // a single letter is no wider than so many M
constexpr double kLetterShare = 0.75;
constexpr Eigen::Index kMostShapes = 40'000;  // cells that are drawn as shapes in a vector picture

QFont boldOf(QFont font) {
  font.setBold(true);
  return font;
}

bool isVector(const QPainter& painter) {
  const auto type = painter.paintEngine() ? painter.paintEngine()->type() : QPaintEngine::Raster;
  return type != QPaintEngine::Raster;
}

}  // namespace

void HeatmapPainter::setTheme(const Theme& theme) {
  theme_ = theme;
  palette_ = heatmapPalette(data_.colors, theme_);
  rowNames_ = longestName(true);
  columnNames_ = longestName(false);
}

void HeatmapPainter::setData(HeatmapData data) {
  const bool sameNames = data.rows == data_.rows && data.columns == data_.columns &&
                         data.rowCount() == data_.rowCount() && data.columnCount() == data_.columnCount();
  const bool sameColors = data.colors == data_.colors;
  data_ = std::move(data);
  range_ = data_.perRow ? std::pair(0.0, 1.0) : heatmapRange(data_);
  rowRanges_.clear();
  for (Eigen::Index r = 0; data_.perRow && r < data_.rowCount(); ++r)
    rowRanges_.push_back(heatmapRowRange(data_, r));
  if (!sameColors) palette_ = heatmapPalette(data_.colors, theme_);
  if (sameNames) return;
  rowNames_ = longestName(true);
  columnNames_ = longestName(false);
}

double HeatmapPainter::longestName(bool rows) const {
  const QFontMetricsF metrics(boldOf(theme_.small));
  const auto count = static_cast<std::size_t>(rows ? data_.rowCount() : data_.columnCount());
  const std::size_t every = 1 + count / kMeasuredNames;
  double longest = 0;
  for (std::size_t i = 0; i < count; i += every) {
    const auto index = static_cast<Eigen::Index>(i);
    longest = std::max(
        longest, metrics.horizontalAdvance((rows ? data_.rowName(index) : data_.columnName(index)).left(64)));
  }
  return std::min(longest, kNameMost * metrics.horizontalAdvance(u'm'));
}

HeatmapPainter::Margins HeatmapPainter::margins(QSizeF size) const {
  const QFontMetricsF small(theme_.small);
  Margins m;
  m.left = std::min(rowNames_, kNameShare * size.width()) + kMarkWidth + 3 * kPad;
  m.top = std::min(columnNames_, kNameShare * size.height()) + kMarkWidth + 3 * kPad;
  // Room for lines from names to narrow columns.
  if (data_.columnCount() <= kMostSpread) m.top += kLeader;
  if (!data_.title.isEmpty()) m.top += small.height() + kPad;
  if (!data_.columnTitle.isEmpty()) m.top += titleHeight();
  if (!data_.rowTitle.isEmpty()) m.left += titleHeight();
  const double number = std::max(small.horizontalAdvance(tickText(range_.first)),
                                 small.horizontalAdvance(QStringLiteral("-0.00")));
  m.right = kLegendWidth + number + 5 * kPad;
  if (!data_.legendTitle.isEmpty()) m.right += titleHeight();
  m.bottom = fingerprint_.isEmpty() ? 2 * kPad : small.height() + kPad;
  return m;
}

double HeatmapPainter::titleHeight() const { return QFontMetricsF(theme_.small).height() + kPad; }

std::size_t HeatmapPainter::colorOf(Eigen::Index row, double value) const {
  return paletteIndex(value, rowRanges_.empty() ? range_ : rowRanges_[static_cast<std::size_t>(row)]);
}

QRectF HeatmapPainter::areaIn(QSizeF size) const {
  const Margins m = margins(size);
  return {std::round(m.left), std::round(m.top), std::max(1.0, size.width() - m.left - m.right),
          std::max(1.0, size.height() - m.top - m.bottom)};
}

QSizeF HeatmapPainter::sizeFor(double cell) const {
  // Large enough that no name is cut for want of room.
  const Margins m = margins({1e6, 1e6});
  return {m.left + m.right + cell * static_cast<double>(data_.columnCount()),
          m.top + m.bottom + cell * static_cast<double>(data_.rowCount())};
}

void HeatmapPainter::draw(QPainter& painter, const HeatmapGeometry& geometry, QSizeF size) const {
  painter.fillRect(QRectF({0, 0}, size), theme_.surface);
  if (data_.isEmpty()) return;
  if (!data_.title.isEmpty()) {
    const QFont font = boldOf(theme_.small);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    painter.setPen(theme_.text);
    painter.drawText(QPointF(2 * kPad, kPad + metrics.ascent()),
                     metrics.elidedText(data_.title, Qt::ElideRight, size.width() - 4 * kPad));
  }
  drawCells(painter, geometry);
  drawNumbers(painter, geometry);
  drawTitles(painter, geometry);
  drawNames(painter, geometry);
  drawLegend(painter, geometry, size);
  drawFingerprint(painter, {{0, 0}, size}, theme_, fingerprint_);
}

void HeatmapPainter::drawCells(QPainter& painter, const HeatmapGeometry& geometry) const {
  const auto [top, bottom] = geometry.visibleRows();
  const auto [left, right] = geometry.visibleColumns();
  if (!isVector(painter) || (bottom - top) * (right - left) > kMostShapes)
    return drawCellImage(painter, geometry);
  painter.save();
  painter.setClipRect(geometry.area);
  const double gap = geometry.cell > HeatmapGeometry::kSeparated ? 1 : 0;
  for (Eigen::Index c = left; c < right; ++c) {
    for (Eigen::Index r = top; r < bottom; ++r) {
      const double value = (*data_.values)(r, c);
      if (!std::isfinite(value)) continue;
      painter.fillRect(geometry.cellRect({r, c}).adjusted(0, 0, -gap, -gap), palette_[colorOf(r, value)]);
    }
  }
  painter.restore();
}

/// Pixel by pixel: as quick for a million cells as for ten.
void HeatmapPainter::drawCellImage(QPainter& painter, const HeatmapGeometry& geometry) const {
  const QSizeF whole = geometry.whole() - QSizeF(geometry.scroll.x(), geometry.scroll.y());
  const QSizeF seen = whole.boundedTo(geometry.area.size());
  const double ratio = painter.device()->devicePixelRatioF();
  QImage image((seen * ratio).toSize().expandedTo({1, 1}), QImage::Format_RGB32);
  image.setDevicePixelRatio(ratio);
  std::array<QRgb, 256> colors;
  std::transform(palette_.begin(), palette_.end(), colors.begin(), [](const QColor& c) { return c.rgb(); });
  const QRgb nothing = theme_.surface.rgb();
  const bool separated = geometry.cell > HeatmapGeometry::kSeparated;
  // The cell of each pixel along one side, -1 on a separator.
  const auto cellsAlong = [&](int pixels, double scroll, Eigen::Index count) {
    std::vector<Eigen::Index> cells(static_cast<std::size_t>(pixels));
    for (int i = 0; i < pixels; ++i) {
      const double place = ((i + 0.5) / ratio + scroll) / geometry.cell;
      const auto cell = std::min(static_cast<Eigen::Index>(place), count - 1);
      const bool gap = separated && (place - static_cast<double>(cell)) * geometry.cell > geometry.cell - 1;
      cells[static_cast<std::size_t>(i)] = gap ? -1 : cell;
    }
    return cells;
  };
  const auto columns = cellsAlong(image.width(), geometry.scroll.x(), geometry.columns);
  const auto rows = cellsAlong(image.height(), geometry.scroll.y(), geometry.rows);
  for (int y = 0; y < image.height(); ++y) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
    const Eigen::Index row = rows[static_cast<std::size_t>(y)];
    if (y > 0 && row == rows[static_cast<std::size_t>(y) - 1]) {
      std::copy_n(reinterpret_cast<const QRgb*>(image.constScanLine(y - 1)), image.width(), line);
      continue;
    }
    for (int x = 0; x < image.width(); ++x) {
      const Eigen::Index column = columns[static_cast<std::size_t>(x)];
      const double value = row < 0 || column < 0 ? NAN : static_cast<double>((*data_.values)(row, column));
      line[x] = std::isfinite(value) ? colors[colorOf(row, value)] : nothing;
    }
  }
  painter.drawImage(geometry.area.topLeft(), image);
}

void HeatmapPainter::drawNumbers(QPainter& painter, const HeatmapGeometry& geometry) const {
  const QFontMetricsF metrics(theme_.small);
  const double room = geometry.cell - kPad;
  if (metrics.height() > room || metrics.horizontalAdvance(QStringLiteral("-0.00")) > room) return;
  const auto [top, bottom] = geometry.visibleRows();
  const auto [left, right] = geometry.visibleColumns();
  painter.save();
  painter.setClipRect(geometry.area);
  painter.setFont(theme_.small);
  for (Eigen::Index c = left; c < right; ++c) {
    for (Eigen::Index r = top; r < bottom; ++r) {
      const double value = (*data_.values)(r, c);
      if (!std::isfinite(value)) continue;
      QString text = formatValue(value, 3);
      if (metrics.horizontalAdvance(text) > room) text = formatValue(value, 2);
      if (metrics.horizontalAdvance(text) > room) text = formatValue(value, 1);
      if (metrics.horizontalAdvance(text) > room) continue;
      const QColor& below = palette_[colorOf(r, value)];
      const bool light = contrastRatio(below, Qt::white) > contrastRatio(below, Qt::black);
      painter.setPen(light ? Qt::white : Qt::black);
      painter.drawText(geometry.cellRect({r, c}), Qt::AlignCenter, text);
    }
  }
  painter.restore();
}

bool HeatmapPainter::namesAreLevel(const HeatmapGeometry& geometry) const {
  // Single letters are read level, however narrow their columns are.
  return columnNames_ + 2 * kPad < geometry.cell ||
         columnNames_ <= QFontMetricsF(theme_.small).horizontalAdvance(u'M') * kLetter;
}

void HeatmapPainter::drawNames(QPainter& painter, const HeatmapGeometry& geometry) const {
  const QFontMetricsF metrics(theme_.small);
  const auto everyOf = [&](double room) {
    return std::max<Eigen::Index>(1, static_cast<Eigen::Index>(std::ceil(room / geometry.cell)));
  };
  const Eigen::Index every = everyOf(0.9 * metrics.height());
  // Most letters are narrower than the widest.
  const Eigen::Index everyColumn = namesAreLevel(geometry) ? everyOf(kLetterShare * columnNames_) : every;
  const auto [top, bottom] = geometry.visibleRows();
  const auto [left, right] = geometry.visibleColumns();
  for (Eigen::Index r = (top + every - 1) / every * every; r < bottom; r += every)
    drawRowName(painter, geometry, r, false);
  if (everyColumn > 1 && right - left <= kMostSpread &&
      static_cast<double>(right - left - kOverLegend) * metrics.height() < geometry.area.width()) {
    drawSpreadNames(painter, geometry);
  } else {
    for (Eigen::Index c = (left + everyColumn - 1) / everyColumn * everyColumn; c < right; c += everyColumn)
      drawColumnName(painter, geometry, c, false);
  }
  // Marks of all cells, also of those whose name has no room.
  const auto mark = [&](const std::vector<QColor>& marks, Eigen::Index begin, Eigen::Index end, bool rows) {
    for (Eigen::Index i = begin; i < std::min<Eigen::Index>(end, static_cast<Eigen::Index>(marks.size()));
         ++i) {
      const QColor& color = marks[static_cast<std::size_t>(i)];
      if (!color.isValid()) continue;
      const QRectF cell = geometry.cellRect(rows ? HeatmapCell{i, 0} : HeatmapCell{0, i});
      const QRectF bar =
          rows ? QRectF(geometry.area.left() - kMarkWidth - 1, cell.top(), kMarkWidth, cell.height())
               : QRectF(cell.left(), geometry.area.top() - kMarkWidth - 1, cell.width(), kMarkWidth);
      painter.fillRect(bar.intersected(geometry.area.adjusted(-kMarkWidth - 1, -kMarkWidth - 1, 0, 0)),
                       color);
    }
  };
  mark(data_.rowMarks, top, bottom, true);
  mark(data_.columnMarks, left, right, false);
}

void HeatmapPainter::drawRowName(QPainter& painter, const HeatmapGeometry& geometry, Eigen::Index row,
                                 bool strong) const {
  const QRectF cell = geometry.cellRect({row, 0});
  const double middle = cell.center().y();
  if (middle < geometry.area.top() || middle > geometry.area.bottom()) return;
  const auto i = static_cast<std::size_t>(row);
  const bool marked = i < data_.rowMarks.size() && data_.rowMarks[i].isValid();
  const QFont font = strong || marked ? boldOf(theme_.small) : theme_.small;
  const QFontMetricsF metrics(font);
  const double right = geometry.area.left() - kMarkWidth - kPad;
  const double left = data_.rowTitle.isEmpty() ? kPad : kPad + titleHeight();
  const QString text = metrics.elidedText(data_.rowName(row), Qt::ElideRight, right - left);
  const QRectF box(right - metrics.horizontalAdvance(text), middle - metrics.height() / 2,
                   metrics.horizontalAdvance(text), metrics.height());
  if (strong) painter.fillRect(box.adjusted(-kPad, 0, 1, 0), theme_.surface);
  painter.setFont(font);
  painter.setPen(strong || marked ? theme_.text : theme_.secondary);
  painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), text);
}

/// What the names at the top and at the left stand for.
void HeatmapPainter::drawTitles(QPainter& painter, const HeatmapGeometry& geometry) const {
  const QFontMetricsF metrics(theme_.small);
  const QRectF& area = geometry.area;
  const double title = data_.title.isEmpty() ? 0 : metrics.height() + kPad;
  painter.setFont(theme_.small);
  painter.setPen(theme_.text);
  const QString columns = metrics.elidedText(data_.columnTitle, Qt::ElideRight, area.width());
  painter.drawText(QPointF(area.left(), title + kPad + metrics.ascent()), columns);
  const QString rows = metrics.elidedText(data_.rowTitle, Qt::ElideRight, area.height());
  painter.save();
  painter.translate(2 * kPad + metrics.ascent(), area.top() + metrics.horizontalAdvance(rows));
  painter.rotate(-90);
  painter.drawText(QPointF(0, 0), rows);
  painter.restore();
}

/// Names of few narrow columns: each has room beside the others, and a line leads down to its column.
void HeatmapPainter::drawSpreadNames(QPainter& painter, const HeatmapGeometry& geometry) const {
  const auto [left, right] = geometry.visibleColumns();
  std::vector<double> wanted;
  for (Eigen::Index c = left; c < right; ++c) wanted.push_back(geometry.cellRect({0, c}).center().x());
  const double height = QFontMetricsF(theme_.small).height();
  const auto places = spreadLabels(wanted, height, geometry.area.left() - height,
                                   geometry.area.right() + kOverLegend * height);
  const double foot = geometry.area.top() - kMarkWidth - 2;
  for (std::size_t i = 0; i < places.size(); ++i) {
    painter.setPen(QPen(theme_.line, 1));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawLine(QPointF(wanted[i], foot), QPointF(places[i], foot - kLeader));
    painter.setRenderHint(QPainter::Antialiasing, false);
    drawColumnNameAt(painter, geometry, left + static_cast<Eigen::Index>(i), {places[i], foot - kLeader - 2},
                     false);
  }
}

/// Upwards; level where all names fit over their cells.
void HeatmapPainter::drawColumnName(QPainter& painter, const HeatmapGeometry& geometry, Eigen::Index column,
                                    bool strong) const {
  const QRectF cell = geometry.cellRect({0, column});
  const double middle = cell.center().x();
  if (middle < geometry.area.left() || middle > geometry.area.right()) return;
  drawColumnNameAt(painter, geometry, column, {middle, geometry.area.top() - kMarkWidth - kPad}, strong);
}

void HeatmapPainter::drawColumnNameAt(QPainter& painter, const HeatmapGeometry& geometry, Eigen::Index column,
                                      const QPointF& foot, bool strong) const {
  const auto i = static_cast<std::size_t>(column);
  const bool marked = i < data_.columnMarks.size() && data_.columnMarks[i].isValid();
  const QFont font = strong || marked ? boldOf(theme_.small) : theme_.small;
  const QFontMetricsF metrics(font);
  const double title =
      (data_.title.isEmpty() ? 0 : titleHeight()) + (data_.columnTitle.isEmpty() ? 0 : titleHeight());
  const bool level = namesAreLevel(geometry);
  const double room = level ? std::max(geometry.cell, columnNames_ + 1) : foot.y() - title - kPad;
  const QString text = metrics.elidedText(data_.columnName(column), Qt::ElideRight, room);
  const double width = metrics.horizontalAdvance(text);
  painter.save();
  painter.translate(foot);
  if (!level) painter.rotate(-90);
  const QRectF box = level ? QRectF(-width / 2, -metrics.height(), width, metrics.height())
                           : QRectF(0, -metrics.height() / 2, width, metrics.height());
  if (strong) painter.fillRect(box.adjusted(-1, 0, kPad, 0), theme_.surface);
  painter.setFont(font);
  painter.setPen(strong || marked ? theme_.text : theme_.secondary);
  painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), text);
  painter.restore();
}

void HeatmapPainter::drawLegend(QPainter& painter, const HeatmapGeometry& geometry, QSizeF size) const {
  const QFontMetricsF metrics(theme_.small);
  // Beside the cells where they end, not at the far side of the picture.
  const double cells = std::min(geometry.area.width(), geometry.whole().width() - geometry.scroll.x());
  const double height =
      std::min(geometry.area.height(), std::max(geometry.whole().height(), 5 * metrics.height()));
  const QRectF bar(geometry.area.left() + cells + 3 * kPad, geometry.area.top(), kLegendWidth, height);
  const int steps = std::max(2, static_cast<int>(bar.height()));
  for (int i = 0; i < steps; ++i) {
    const double t = 1 - (i + 0.5) / steps;
    painter.fillRect(
        QRectF(bar.left(), bar.top() + bar.height() * i / steps, bar.width(), bar.height() / steps + 0.5),
        palette_[static_cast<std::size_t>(t * 255 + 0.5)]);
  }
  AxisMap axis;
  axis.lower = range_.first;
  axis.upper = range_.second;
  axis.pixels = bar.height();
  painter.setFont(theme_.small);
  painter.setPen(theme_.secondary);
  for (const double tick : axisTicks(axis, std::max(2, static_cast<int>(bar.height() / 40)))) {
    const double y = bar.bottom() - axis.toPixel(tick);
    const double base = std::clamp(y, bar.top() + metrics.height() / 2, bar.bottom() - metrics.height() / 2) +
                        (metrics.ascent() - metrics.descent()) / 2;
    painter.drawText(QPointF(bar.right() + kPad, base),
                     metrics.elidedText(tickText(tick), Qt::ElideRight, size.width() - bar.right() - kPad));
  }
  if (data_.legendTitle.isEmpty()) return;
  const double numbers = metrics.horizontalAdvance(QStringLiteral("-0.00"));
  const QString text = metrics.elidedText(data_.legendTitle, Qt::ElideRight, bar.height());
  painter.save();
  painter.translate(bar.right() + 2 * kPad + numbers + metrics.descent(), bar.top());
  painter.rotate(90);
  painter.drawText(QPointF(0, 0), text);
  painter.restore();
}

QString HeatmapPainter::cellTitle(const HeatmapCell& cell) const {
  return QStringLiteral("%1 · %2").arg(oneLine(data_.rowName(cell.row), 40),
                                       oneLine(data_.columnName(cell.column), 40));
}

QString HeatmapPainter::valueText(const HeatmapCell& cell) const {
  const double value = (*data_.values)(cell.row, cell.column);
  return std::isfinite(value) ? formatValue(value, 3) : QStringLiteral("–");
}

void HeatmapPainter::drawCursor(QPainter& painter, const HeatmapGeometry& geometry, QSizeF size,
                                const HeatmapCell& cell, const QStringList& lines) const {
  const QRectF place = geometry.cellRect(cell);
  const QRectF seen =
      geometry.area.intersected(QRectF(geometry.area.topLeft() - geometry.scroll, geometry.whole()));
  painter.save();
  painter.setClipRect(geometry.area.adjusted(-1, -1, 1, 1));
  QColor faint = theme_.text;
  faint.setAlphaF(0.55f);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(faint, 1));
  painter.drawRect(QRectF(seen.left(), place.top(), seen.width(), place.height()));
  painter.drawRect(QRectF(place.left(), seen.top(), place.width(), seen.height()));
  painter.setPen(QPen(theme_.surface, 3));
  painter.drawRect(place);
  painter.setPen(QPen(theme_.text, 1.5));
  painter.drawRect(place);
  painter.restore();
  drawRowName(painter, geometry, cell.row, true);
  drawColumnName(painter, geometry, cell.column, true);
  if (lines.isEmpty()) return;
  drawTooltip(painter, theme_, place.center(), QRectF({0, 0}, size), cellTitle(cell), lines);
}

}  // namespace lexarium
