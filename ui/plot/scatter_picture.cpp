// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/scatter_picture.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/look/fingerprint_mark.h"
#include "ui/look/palettes.h"
#include "ui/plot/plane_grid.h"

namespace lexarium {

namespace {

constexpr double kOpacity = 0.7;
constexpr std::size_t kLargeUpTo = 3000;
constexpr std::size_t kSmallFrom = 20000;
constexpr double kSmallShare = 0.6;

QColor faded(QColor color, double opacity) {
  color.setAlphaF(static_cast<float>(opacity));
  return color;
}

QColor zeroLine(const Theme& theme) { return mixed(theme.grid, theme.line, 0.4); }

std::size_t paletteIndex(const ScatterScene& scene, std::size_t i) {
  const std::size_t color = i < scene.colors.size() ? scene.colors[i] : 0;
  return std::min(color, scene.palette.size() - 1);
}

}  // namespace

double pointDiameter(std::size_t count, double large) {
  if (count <= kLargeUpTo) return large;
  const double t = std::min(1.0, std::log(static_cast<double>(count) / kLargeUpTo) /
                                     std::log(static_cast<double>(kSmallFrom) / kLargeUpTo));
  return large * (1 - t * (1 - kSmallShare));
}

void ScatterPicture::setTheme(const Theme& theme) {
  theme_ = theme;
  labels_.setTheme(theme);
  spriteDiameter_ = 0;
  frameDrawn_ = false;
}

QRect ScatterPicture::areaOf(const QSize& size, const Theme& theme) {
  const QFontMetricsF metrics(theme.projector ? theme.plotLabel : theme.small);
  const int side = static_cast<int>(std::ceil(metrics.height())) + 2 * Theme::kSpace;
  const int edge = 2 * Theme::kSpace;
  return {side, edge, std::max(1, size.width() - side - edge), std::max(1, size.height() - side - edge)};
}

PlaneView fittedView(const ScatterScene& scene, const QSizeF& area, const Theme& theme) {
  // Room for a word beside the outermost points, and for a line of text above and below.
  const double line = QFontMetricsF(theme.plotLabel).height();
  return fittedView(boundsOf(scene.points, scene.hidden), area, {3 * line, line});
}

void ScatterPicture::setFrame(const QSize& size, const QRect& area, double pixelRatio) {
  if (size == size_ && area == area_ && pixelRatio == ratio_) return;
  if (pixelRatio != ratio_) spriteDiameter_ = 0;
  size_ = size;
  area_ = area;
  ratio_ = pixelRatio;
  frameDrawn_ = false;
}

bool ScatterPicture::setTitles(const QString& x, const QString& y) {
  if (x == titleX_ && y == titleY_) return false;
  titleX_ = x;
  titleY_ = y;
  frameDrawn_ = false;
  return true;
}

bool ScatterPicture::setFingerprint(const QString& text) {
  if (text == fingerprint_) return false;
  fingerprint_ = text;
  frameDrawn_ = false;
  return true;
}

void ScatterPicture::resetLabels() { labels_.reset(); }

void ScatterPicture::draw(const ScatterScene& scene, bool labelsAnew) {
  const QSize pixels = (QSizeF(size_) * ratio_).toSize().expandedTo({1, 1});
  if (image_.size() != pixels) {
    image_ = QImage(pixels, QImage::Format_RGB32);
    frameDrawn_ = false;
  }
  image_.setDevicePixelRatio(ratio_);
  if (!frameDrawn_) {
    QPainter painter(&image_);
    drawFrame(painter);
    frameDrawn_ = true;
  }
  computeAnchors(scene);
  clearArea(scene.view);
  drawSprites(scene);
  if (!scene.labels) return;
  labels_.place(scene, anchors_, area_.size(), taken_, labelsAnew);
  QPainter painter(&image_);
  labels_.draw(painter, scene, area_.topLeft());
}

/// Ground, axes and their titles.
void ScatterPicture::drawFrame(QPainter& painter) const {
  painter.fillRect(QRect(QPoint(0, 0), size_), theme_.surface);
  const QRectF area(area_);
  painter.fillRect(QRectF(area.left() - 1, area.top(), 1, area.height() + 1), theme_.line);
  painter.fillRect(QRectF(area.left() - 1, area.bottom(), area.width() + 1, 1), theme_.line);
  const QFont font = theme_.projector ? theme_.plotLabel : theme_.small;
  const QFontMetricsF metrics(font);
  painter.setFont(font);
  painter.setPen(theme_.secondary);
  const QRectF picture(QPointF(0, 0), size_);
  const double room = area.width() - 2 * fingerprintBox(picture, theme_, fingerprint_).width();
  painter.drawText(QRectF(area.left(), area.bottom() + Theme::kSpace, area.width(), metrics.height()),
                   Qt::AlignCenter, metrics.elidedText(titleX_, Qt::ElideRight, std::max(0.0, room)));
  drawFingerprint(painter, picture, theme_, fingerprint_);
  painter.setFont(font);
  painter.save();
  painter.translate(area.left() - Theme::kSpace, area.center().y());
  painter.rotate(-90);
  painter.drawText(QRectF(-area.height() / 2, -metrics.height(), area.height(), metrics.height()),
                   Qt::AlignCenter, metrics.elidedText(titleY_, Qt::ElideRight, area.height()));
  painter.restore();
}

void ScatterPicture::computeAnchors(const ScatterScene& scene) {
  const PlaneView& view = scene.view;
  const double scale = 1 / view.unitsPerPixel;
  const double offsetX = view.size.width() / 2 - view.centerX * scale;
  const double offsetY = view.size.height() / 2 + view.centerY * scale;
  anchors_.resize(scene.count());
  const float* data = scene.points.data();
  for (std::size_t i = 0; i < anchors_.size(); ++i) {
    anchors_[i] = {offsetX + static_cast<double>(data[2 * i]) * scale,
                   offsetY - static_cast<double>(data[2 * i + 1]) * scale};
  }
}

namespace {

/// The part of an image that `area` covers, as raw pixels.
struct Raster {
  QRgb* pixels;
  int width, height, stride;

  Raster(QImage& image, const QRect& area, double ratio) {
    const QRect part = QRectF(QPointF(area.topLeft()) * ratio, QSizeF(area.size()) * ratio)
                           .toRect()
                           .intersected(image.rect());
    stride = static_cast<int>(image.bytesPerLine() / 4);
    pixels = reinterpret_cast<QRgb*>(image.bits()) + part.top() * stride + part.left();
    width = part.width();
    height = part.height();
  }
  QRgb* row(int y) const { return pixels + y * stride; }
};

}  // namespace

/// Row by row, so that each line of the cache is written once.
void ScatterPicture::clearArea(const PlaneView& view) {
  const Raster raster(image_, area_, ratio_);
  const QRgb ground = theme_.surface.rgb(), light = theme_.grid.rgb(), zero = zeroLine(theme_).rgb();
  const PlaneGrid grid = gridOf(view);
  for (int y = 0; y < raster.height; ++y) {
    QRgb* row = raster.row(y);
    std::fill_n(row, raster.width, ground);
    for (const GridLine& line : grid.vertical) {
      const int x = static_cast<int>(line.pixel * ratio_);
      if (x >= 0 && x < raster.width) row[x] = line.isZero ? zero : light;
    }
  }
  for (const GridLine& line : grid.horizontal) {
    const int y = static_cast<int>(line.pixel * ratio_);
    if (y >= 0 && y < raster.height) std::fill_n(raster.row(y), raster.width, line.isZero ? zero : light);
  }
}

void ScatterPicture::updateSprites(const ScatterScene& scene) {
  const double diameter = pointDiameter(scene.count(), theme_.markerSize);
  if (spriteDiameter_ == diameter && spritePalette_ == scene.palette) return;
  spriteDiameter_ = diameter;
  spritePalette_ = scene.palette;
  const auto disc = [&](double size, const QColor& color) {
    return Sprite(std::array{SpriteRing{size / 2 * ratio_, 0, color}});
  };
  const auto ringed = [&](double size, const QColor& color) {
    const double radius = size / 2 * ratio_, line = 1.5 * ratio_;
    return Sprite(std::array{SpriteRing{radius + 2 * line, 0, faded(theme_.surface, 0.9)},
                             SpriteRing{radius + 2 * line, radius + line, color},
                             SpriteRing{radius, 0, color}});
  };
  sprites_.clear();
  for (const QColor& color : scene.palette) sprites_.push_back(disc(diameter, faded(color, kOpacity)));
  muted_ = disc(diameter, faded(theme_.muted, kOpacity));
  matched_ = disc(diameter * 1.4, theme_.accent);
  selected_ = ringed(theme_.selectedMarkerSize, theme_.selection);
}

void ScatterPicture::drawSprites(const ScatterScene& scene) {
  updateSprites(scene);
  const Raster raster(image_, area_, ratio_);
  const auto put = [&](const Sprite& sprite, std::size_t i) {
    sprite.draw(raster.pixels, raster.width, raster.height, raster.stride,
                static_cast<float>(anchors_[i].x() * ratio_), static_cast<float>(anchors_[i].y() * ratio_));
  };
  // From the rarest word to the most frequent one, which so lies on top.
  const bool muted = scene.hasHighlight() || sprites_.empty();
  for (std::size_t i = anchors_.size(); i-- > 0;) {
    if (isShown(scene, i)) put(muted ? muted_ : sprites_[paletteIndex(scene, i)], i);
  }
  for (const std::size_t i : scene.matched)
    if (isShown(scene, i)) put(matched_, i);
  if (!scene.trails.empty()) {
    QPainter painter(&image_);
    drawTrails(painter, scene);
  }
  for (const std::size_t i : scene.selected)
    if (isShown(scene, i)) put(selected_, i);
}

void ScatterPicture::drawShapes(QPainter& painter, const ScatterScene& scene) {
  drawFrame(painter);
  const QRectF area(area_);
  const PlaneGrid grid = gridOf(scene.view);
  for (const GridLine& line : grid.vertical)
    painter.fillRect(QRectF(area.left() + line.pixel, area.top(), 1, area.height()),
                     line.isZero ? zeroLine(theme_) : theme_.grid);
  for (const GridLine& line : grid.horizontal)
    painter.fillRect(QRectF(area.left(), area.top() + line.pixel, area.width(), 1),
                     line.isZero ? zeroLine(theme_) : theme_.grid);
  computeAnchors(scene);
  drawCircles(painter, scene);
  if (!scene.labels) return;
  labels_.place(scene, anchors_, area_.size(), taken_, true);
  labels_.drawAsText(painter, scene, area_.topLeft());
}

/// Between the points and the selected ones, whose ways they are.
void ScatterPicture::drawTrails(QPainter& painter, const ScatterScene& scene) const {
  if (scene.trails.empty()) return;
  painter.save();
  painter.setClipRect(area_);
  for (const Trail& trail : scene.trails)
    if (isShown(scene, trail.point))
      drawTrail(painter, theme_, theme_.selection, trail, scene.view, anchors_[trail.point], area_.topLeft());
  painter.restore();
}

void ScatterPicture::drawCircles(QPainter& painter, const ScatterScene& scene) const {
  const QRectF bounds = QRectF(QPointF(0, 0), area_.size());
  const auto circle = [&](std::size_t i, double diameter, const QColor& color, bool ring) {
    if (!isShown(scene, i) || !bounds.contains(anchors_[i])) return;
    const QPointF place = anchors_[i] + area_.topLeft();
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(place, diameter / 2, diameter / 2);
    if (!ring) return;
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(place, diameter / 2 + 2.25, diameter / 2 + 2.25);
  };
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const double diameter = pointDiameter(scene.count(), theme_.markerSize);
  const bool muted = scene.hasHighlight() || scene.palette.empty();
  for (std::size_t i = anchors_.size(); i-- > 0;)
    circle(i, diameter, faded(muted ? theme_.muted : scene.palette[paletteIndex(scene, i)], kOpacity), false);
  for (const std::size_t i : scene.matched) circle(i, diameter * 1.4, theme_.accent, false);
  drawTrails(painter, scene);
  for (const std::size_t i : scene.selected) circle(i, theme_.selectedMarkerSize, theme_.selection, true);
  painter.restore();
}

}  // namespace lexarium
