// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/heatmap_grid.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEngine>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/widgets/csv_export.h"

namespace lexarium {
namespace {

constexpr double kSpacing = 2 * Theme::kSpace;
constexpr double kSmallestTile = 56, kLargestTile = 260;
constexpr double kLargestInStrip = 170;  // so that many are in sight
constexpr double kExportTile = 160;
constexpr int kMostShapes = 4096;

}  // namespace

HeatmapGrid::HeatmapGrid(QWidget* parent) : QAbstractScrollArea(parent) {
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  viewport()->setMouseTracking(true);
}

void HeatmapGrid::setTheme(const Theme& theme) {
  theme_ = theme;
  images_.assign(tiles_.size(), {});
  updateScroll();
}

void HeatmapGrid::setTiles(std::vector<HeatmapTile> tiles, int columns, bool perRow) {
  tiles_ = std::move(tiles);
  columns_ = columns;
  perRow_ = perRow;
  images_.assign(tiles_.size(), {});
  current_ = std::min(current_, static_cast<int>(tiles_.size()) - 1);
  updateScroll();
  setAccessibleDescription(tr("Heat maps: %1").arg(tiles_.size()));
}

void HeatmapGrid::setCurrent(int tile) {
  current_ = tile < static_cast<int>(tiles_.size()) ? tile : -1;
  viewport()->update();
}

void HeatmapGrid::setSwitches(bool on) {
  switches_ = on;
  viewport()->update();
}

double HeatmapGrid::titleHeight() const { return QFontMetricsF(theme_.small).height() + Theme::kSpace; }

int HeatmapGrid::columnCount() const {
  return std::max(1, columns_ > 0 ? columns_ : static_cast<int>(tiles_.size()));
}

/// Square below their title: as wide as there is room for all columns; a strip is as high as there is room.
QSizeF HeatmapGrid::tileSize() const {
  const QSizeF size = viewport()->size();
  double side = size.height() - titleHeight() - 2 * kSpacing;
  if (columns_ > 0) side = (size.width() - kSpacing) / columnCount() - kSpacing;
  side = std::clamp(std::floor(side), kSmallestTile, columns_ > 0 ? kLargestTile : kLargestInStrip);
  return {side, side + titleHeight()};
}

QRectF HeatmapGrid::placeOf(int tile, QSizeF size) const {
  const int columns = columnCount();
  return {QPointF(kSpacing + (size.width() + kSpacing) * (tile % columns),
                  kSpacing + (size.height() + kSpacing) * (tile / columns)),
          size};
}

QRectF HeatmapGrid::tileRect(int tile) const {
  return placeOf(tile, tileSize()).translated(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
}

QRectF HeatmapGrid::boxIn(const QRectF& tile) const {
  const double side = std::round(0.7 * titleHeight());
  return {tile.right() - side, tile.top() + (titleHeight() - Theme::kSpace - side) / 2, side, side};
}

QRectF HeatmapGrid::switchRect(int tile) const { return boxIn(tileRect(tile)); }

int HeatmapGrid::tileAt(const QPointF& place) const {
  for (int i = 0; i < static_cast<int>(tiles_.size()); ++i)
    if (tileRect(i).contains(place)) return i;
  return -1;
}

void HeatmapGrid::updateScroll() {
  const QSizeF tile = tileSize();
  const int columns = columnCount(), rows = (static_cast<int>(tiles_.size()) + columns - 1) / columns;
  const auto apply = [](QScrollBar* bar, double whole, int page, double step) {
    bar->setRange(0, std::max(0, static_cast<int>(std::ceil(whole)) - page));
    bar->setPageStep(page);
    bar->setSingleStep(static_cast<int>(step / 2));
  };
  apply(horizontalScrollBar(), kSpacing + columns * (tile.width() + kSpacing), viewport()->width(),
        tile.width());
  apply(verticalScrollBar(), rows * (tile.height() + kSpacing), viewport()->height(), tile.height());
  viewport()->update();
}

void HeatmapGrid::reveal(int tile) {
  if (tile < 0 || tile >= static_cast<int>(tiles_.size())) return;
  const QRectF place = tileRect(tile);
  const auto shift = [](QScrollBar* bar, double low, double high, double room) {
    if (low < 0) bar->setValue(bar->value() + static_cast<int>(std::floor(low)));
    if (high > room) bar->setValue(bar->value() + static_cast<int>(std::ceil(high - room)));
  };
  shift(horizontalScrollBar(), place.left() - kSpacing, place.right() + kSpacing, viewport()->width());
  shift(verticalScrollBar(), place.top() - kSpacing, place.bottom() + kSpacing, viewport()->height());
}

const QImage& HeatmapGrid::imageOf(int tile) const {
  QImage& image = images_[static_cast<std::size_t>(tile)];
  const auto& values = tiles_[static_cast<std::size_t>(tile)].values;
  if (!image.isNull() || !values || values->size() == 0) return image;
  const auto palette = heatmapPalette(HeatmapData::Colors::Cividis, theme_);
  HeatmapData data;
  data.values = values;
  image = QImage(static_cast<int>(values->cols()), static_cast<int>(values->rows()), QImage::Format_RGB32);
  for (int y = 0; y < image.height(); ++y) {
    const auto range = perRow_ ? heatmapRowRange(data, y) : std::pair(0.0, 1.0);
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
    for (int x = 0; x < image.width(); ++x) {
      const auto value = static_cast<double>((*values)(y, x));
      line[x] = (std::isfinite(value) ? palette[paletteIndex(value, range)] : theme_.surface).rgb();
    }
  }
  return image;
}

/// In a vector picture as shapes, if there are not too many: programs blur images that are enlarged.
void HeatmapGrid::drawCells(QPainter& painter, const QImage& image, const QRectF& area) {
  const bool vectors = painter.paintEngine() && painter.paintEngine()->type() != QPaintEngine::Raster;
  if (!vectors || image.width() * image.height() > kMostShapes) return painter.drawImage(area, image);
  const double width = area.width() / image.width(), height = area.height() / image.height();
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      painter.fillRect(QRectF(area.left() + x * width, area.top() + y * height, width, height),
                       image.pixelColor(x, y));
}

void HeatmapGrid::drawTile(QPainter& painter, int tile, const QRectF& place) const {
  const HeatmapTile& shown = tiles_[static_cast<std::size_t>(tile)];
  const bool current = tile == current_;
  QFont font = theme_.small;
  font.setBold(current);
  const QFontMetricsF metrics(font);
  painter.setFont(font);
  painter.setPen(shown.off ? theme_.secondary : theme_.text);
  const QRectF box = boxIn(place);
  const double room = switches_ ? box.left() - place.left() - Theme::kSpace : place.width();
  painter.drawText(QPointF(place.left(), place.top() + metrics.ascent()),
                   metrics.elidedText(shown.title, Qt::ElideRight, room));
  // As large as it can be, with cells that are square.
  const QImage& image = imageOf(tile);
  QRectF area = place.adjusted(0, titleHeight(), 0, 0);
  if (!image.isNull()) {
    const QSizeF size = QSizeF(image.size()).scaled(area.size(), Qt::KeepAspectRatio);
    area = QRectF(area.topLeft(), size.expandedTo({4, 4}));
    painter.setRenderHint(QPainter::SmoothPixmapTransform, image.width() > size.width());
    if (shown.off) painter.setOpacity(0.35);
    drawCells(painter, image, area);
    painter.setOpacity(1);
  }
  painter.setBrush(Qt::NoBrush);
  if (current) {
    painter.setPen(QPen(theme_.selection, 3));
    painter.drawRect(area.adjusted(-2, -2, 2, 2));
  } else if (tile == hovered_) {
    painter.setPen(QPen(theme_.text, 1));
    painter.drawRect(area.adjusted(-1, -1, 1, 1));
  }
  if (!switches_) return;
  painter.setPen(QPen(theme_.outline, 1));
  painter.drawRect(box);
  if (shown.off) return;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme_.accent, 2));
  painter.drawPolyline(QPolygonF({box.topLeft() + QPointF(0.2 * box.width(), 0.55 * box.height()),
                                  box.topLeft() + QPointF(0.42 * box.width(), 0.77 * box.height()),
                                  box.topLeft() + QPointF(0.82 * box.width(), 0.25 * box.height())}));
  painter.setRenderHint(QPainter::Antialiasing, false);
}

void HeatmapGrid::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.fillRect(viewport()->rect(), theme_.surface);
  for (int i = 0; i < static_cast<int>(tiles_.size()); ++i) {
    const QRectF place = tileRect(i);
    if (place.intersects(QRectF(viewport()->rect()))) drawTile(painter, i, place);
  }
}

void HeatmapGrid::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  updateScroll();
}

void HeatmapGrid::mousePressEvent(QMouseEvent* event) {
  const int tile = tileAt(event->position());
  if (event->button() != Qt::LeftButton || tile < 0) return;
  if (switches_ && switchRect(tile).adjusted(-3, -3, 3, 3).contains(event->position()))
    return Q_EMIT switched(tile, !tiles_[static_cast<std::size_t>(tile)].off);
  setCurrent(tile);
  Q_EMIT chosen(tile);
}

void HeatmapGrid::mouseMoveEvent(QMouseEvent* event) {
  const int tile = tileAt(event->position());
  if (std::exchange(hovered_, tile) != tile) viewport()->update();
}

void HeatmapGrid::wheelEvent(QWheelEvent* event) {
  if (columns_ > 0) return QAbstractScrollArea::wheelEvent(event);
  const QPoint turn = event->angleDelta();
  horizontalScrollBar()->setValue(horizontalScrollBar()->value() - (turn.x() != 0 ? turn.x() : turn.y()));
}

void HeatmapGrid::keyPressEvent(QKeyEvent* event) {
  const int count = static_cast<int>(tiles_.size());
  int move = 0;
  switch (event->key()) {
    case Qt::Key_Left:
      move = -1;
      break;
    case Qt::Key_Right:
      move = 1;
      break;
    case Qt::Key_Up:
      move = columns_ > 0 ? -columns_ : 0;
      break;
    case Qt::Key_Down:
      move = columns_ > 0 ? columns_ : 0;
      break;
    case Qt::Key_X:
      if (switches_ && current_ >= 0)
        Q_EMIT switched(current_, !tiles_[static_cast<std::size_t>(current_)].off);
      return;
    default:
      return QAbstractScrollArea::keyPressEvent(event);
  }
  const int wanted = current_ < 0 ? 0 : current_ + move;
  if (wanted < 0 || wanted >= count) return;
  setCurrent(wanted);
  reveal(wanted);
  Q_EMIT chosen(wanted);
}

bool HeatmapGrid::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Leave && std::exchange(hovered_, -1) >= 0) viewport()->update();
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int tile = tileAt(help->pos());
    QString text = tile < 0 ? QString() : tiles_[static_cast<std::size_t>(tile)].help;
    if (tile >= 0 && switches_ && switchRect(tile).contains(help->pos()))
      text = tr("Off: the model does without this head (X)");
    QToolTip::showText(help->globalPos(), text, viewport());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void HeatmapGrid::contextMenuEvent(QContextMenuEvent* event) { Q_EMIT menuRequested(event->globalPos()); }

PlotSource HeatmapGrid::exportSource(const QString& name, std::function<void(const Error&)> failed) {
  auto copy = std::make_shared<HeatmapGrid>();
  copy->theme_ = theme_;
  copy->tiles_ = tiles_;
  copy->images_.assign(tiles_.size(), {});
  copy->columns_ = columns_;
  copy->perRow_ = perRow_;
  const QSizeF tile(kExportTile, kExportTile + titleHeight());
  const int columns = columnCount(), rows = (static_cast<int>(tiles_.size()) + columns - 1) / columns;
  const QSizeF size(kSpacing + columns * (tile.width() + kSpacing),
                    kSpacing + std::max(1, rows) * (tile.height() + kSpacing));
  const auto paint = [copy, tile, size](QPaintDevice& device) {
    QPainter painter(&device);
    painter.fillRect(QRectF({0, 0}, size), copy->theme_.surface);
    for (int i = 0; i < static_cast<int>(copy->tiles_.size()); ++i)
      copy->drawTile(painter, i, copy->placeOf(i, tile));
  };
  const auto csv = [tiles = tiles_] {
    std::string text = "map,row,column,value\r\n";
    for (const HeatmapTile& shown : tiles) {
      for (Eigen::Index r = 0; shown.values && r < shown.values->rows(); ++r) {
        for (Eigen::Index c = 0; c < shown.values->cols(); ++c) {
          text += csvField(shown.title.toStdString()) + ',' + std::to_string(r + 1) + ',' +
                  std::to_string(c + 1) + ',' + csvNumber((*shown.values)(r, c)) + "\r\n";
        }
      }
    }
    return text;
  };
  return {name, size.toSize(),     paint,
          csv,  std::move(failed), [text = accessibleDescription()] { return text; }};
}

}  // namespace lexarium
