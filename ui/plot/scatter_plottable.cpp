// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/scatter_plottable.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/look/palettes.h"
#include "ui/plot/canvas.h"

namespace lexarium {

namespace {

constexpr double kOpacity = 0.7;
constexpr std::size_t kLargeUpTo = 3000;
constexpr std::size_t kSmallFrom = 20000;
constexpr double kSmallShare = 0.6;
// One label for so many square pixels at the base font's height squared, at the most.
constexpr double kLabelDensity = 18;
constexpr std::size_t kPinnedLabels = 60;

QColor faded(QColor color, double opacity) {
  color.setAlphaF(static_cast<float>(opacity));
  return color;
}

}  // namespace

double pointDiameter(std::size_t count, double large) {
  if (count <= kLargeUpTo) return large;
  const double t = std::min(1.0, std::log(static_cast<double>(count) / kLargeUpTo) /
                                     std::log(static_cast<double>(kSmallFrom) / kLargeUpTo));
  return large * (1 - t * (1 - kSmallShare));
}

ScatterPlottable::ScatterPlottable(QCPAxis* x, QCPAxis* y, const ScatterScene& scene)
    : QCPAbstractPlottable(x, y), scene_(scene) {}

void ScatterPlottable::setTheme(const Theme& theme) {
  theme_ = theme;
  spriteRatio_ = 0;
}

void ScatterPlottable::resetLabels() {
  cache_.clear();
  labels_.clear();
  spriteRatio_ = 0;
}

QCPRange ScatterPlottable::getKeyRange(bool& found, QCP::SignDomain) const {
  const PlaneBounds bounds = boundsOf(scene_.points, scene_.hidden);
  found = !bounds.isEmpty();
  return {bounds.left, bounds.right};
}

QCPRange ScatterPlottable::getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const {
  const PlaneBounds bounds = boundsOf(scene_.points, scene_.hidden);
  found = !bounds.isEmpty();
  return {bounds.bottom, bounds.top};
}

QColor ScatterPlottable::colorOf(std::size_t index, bool muted) const {
  if (muted || scene_.palette.empty()) return faded(theme_.muted, kOpacity);
  const std::size_t color = index < scene_.colors.size() ? scene_.colors[index] : 0;
  return faded(scene_.palette[std::min(color, scene_.palette.size() - 1)], kOpacity);
}

void ScatterPlottable::updateSprites(double pixelRatio) {
  const double diameter = pointDiameter(scene_.count(), theme_.markerSize);
  if (spriteRatio_ == pixelRatio && spriteDiameter_ == diameter && sprites_.size() == scene_.palette.size())
    return;
  spriteRatio_ = pixelRatio;
  spriteDiameter_ = diameter;
  const auto disc = [&](double size, const QColor& color) {
    return Sprite(std::array{SpriteRing{size / 2 * pixelRatio, 0, color}});
  };
  const auto ringed = [&](double size, const QColor& color) {
    const double radius = size / 2 * pixelRatio, line = 1.5 * pixelRatio;
    return Sprite(std::array{SpriteRing{radius + 2 * line, 0, faded(theme_.surface, 0.9)},
                             SpriteRing{radius + 2 * line, radius + line, color},
                             SpriteRing{radius, 0, color}});
  };
  sprites_.clear();
  for (const QColor& color : scene_.palette) sprites_.push_back(disc(diameter, faded(color, kOpacity)));
  muted_ = disc(diameter, faded(theme_.muted, kOpacity));
  matched_ = disc(diameter * 1.4, theme_.accent);
  selected_ = ringed(theme_.selectedMarkerSize, theme_.selection);
}

void ScatterPlottable::computeAnchors() {
  const PlaneView& view = scene_.view;
  const double scale = 1 / view.unitsPerPixel;
  const double offsetX = view.size.width() / 2 - view.centerX * scale;
  const double offsetY = view.size.height() / 2 + view.centerY * scale;
  anchors_.resize(scene_.count());
  const float* data = scene_.points.data();
  for (std::size_t i = 0; i < anchors_.size(); ++i) {
    anchors_[i] = {offsetX + static_cast<double>(data[2 * i]) * scale,
                   offsetY - static_cast<double>(data[2 * i + 1]) * scale};
  }
}

void ScatterPlottable::draw(QCPPainter* painter) {
  const QRect area = keyAxis()->axisRect()->rect();
  computeAnchors();
  const bool vector = painter->modes().testFlag(QCPPainter::pmVectorized);
  if (vector) {
    drawCircles(*painter, area);
  } else {
    drawSprites(*painter, area);
  }
  if (scene_.labels) drawLabels(*painter, area, vector);
}

void ScatterPlottable::drawSprites(QPainter& painter, const QRect& area) {
  const double ratio = painter.device()->devicePixelRatioF();
  updateSprites(ratio);
  const QSize size = (QSizeF(area.size()) * ratio).toSize();
  if (size.isEmpty()) return;
  if (image_.size() != size) image_ = QImage(size, QImage::Format_ARGB32_Premultiplied);
  image_.setDevicePixelRatio(ratio);
  image_.fill(0);
  auto* pixels = reinterpret_cast<QRgb*>(image_.bits());
  const int width = image_.width(), height = image_.height();
  const int stride = static_cast<int>(image_.bytesPerLine() / 4);
  const auto put = [&](const Sprite& sprite, std::size_t i) {
    sprite.draw(pixels, width, height, stride, static_cast<float>(anchors_[i].x() * ratio),
                static_cast<float>(anchors_[i].y() * ratio));
  };
  // From the rarest word to the most frequent one, which so lies on top.
  const bool muted = scene_.hasHighlight() || sprites_.empty();
  for (std::size_t i = anchors_.size(); i-- > 0;) {
    if (!isShown(scene_, i)) continue;
    const std::size_t color = i < scene_.colors.size() ? scene_.colors[i] : 0;
    put(muted ? muted_ : sprites_[std::min(color, sprites_.size() - 1)], i);
  }
  for (const std::size_t i : scene_.matched)
    if (isShown(scene_, i)) put(matched_, i);
  for (const std::size_t i : scene_.selected)
    if (isShown(scene_, i)) put(selected_, i);
  painter.drawImage(area.topLeft(), image_);
}

void ScatterPlottable::drawCircles(QPainter& painter, const QRect& area) {
  const QRectF bounds = QRectF(QPointF(0, 0), area.size());
  const auto circle = [&](std::size_t i, double diameter, const QColor& color, bool ring) {
    if (!isShown(scene_, i) || !bounds.contains(anchors_[i])) return;
    const QPointF place = anchors_[i] + area.topLeft();
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
  const double diameter = pointDiameter(scene_.count(), theme_.markerSize);
  for (std::size_t i = anchors_.size(); i-- > 0;)
    circle(i, diameter, colorOf(i, scene_.hasHighlight()), false);
  for (const std::size_t i : scene_.matched) circle(i, diameter * 1.4, theme_.accent, false);
  for (const std::size_t i : scene_.selected) circle(i, theme_.selectedMarkerSize, theme_.selection, true);
  painter.restore();
}

void ScatterPlottable::drawLabels(QPainter& painter, const QRect& area, bool asText) {
  const double ratio = asText ? cache_.look().pixelRatio : painter.device()->devicePixelRatioF();
  const QColor quietColor =
      theme_.secondary == theme_.text ? mixed(theme_.text, theme_.surface, 0.35) : theme_.secondary;
  cache_.setLook({theme_.plotLabel, theme_.text, quietColor, theme_.surface, ratio});

  std::vector<std::size_t> pinned;
  for (auto i = scene_.selected.rbegin(); i != scene_.selected.rend() && pinned.size() < kPinnedLabels; ++i)
    if (isShown(scene_, *i)) pinned.push_back(*i);
  for (const std::size_t i : scene_.matched)
    if (pinned.size() < kPinnedLabels && isShown(scene_, i)) pinned.push_back(i);
  const auto isPinned = [&](std::size_t i) {
    return std::find(pinned.begin(), pinned.end(), i) != pinned.end();
  };
  const bool quiet = scene_.hasHighlight();
  const auto styleOf = [&](std::size_t i) {
    if (!quiet) return LabelCache::kNormal;
    return isPinned(i) ? LabelCache::kStrong : LabelCache::kQuiet;
  };

  const double lineHeight = QFontMetricsF(theme_.plotLabel).height();
  LabelRequest request;
  request.viewport = area.size();
  request.anchors = anchors_;
  request.order = scene_.labelOrder;
  request.hidden = scene_.hidden;
  request.pinned = pinned;
  request.shown = labels_;
  request.size = [&](std::size_t i) { return cache_.size(i, scene_.text(i), styleOf(i)); };
  request.smallest = {lineHeight, lineHeight};
  request.gap = theme_.selectedMarkerSize / 2 + 3;
  request.padding = {lineHeight * 0.6, lineHeight * 0.3};
  request.maximum = static_cast<std::size_t>(static_cast<double>(area.width()) * area.height() /
                                             (lineHeight * lineHeight * kLabelDensity));
  labels_ = layoutLabels(request);

  for (auto label = labels_.rbegin(); label != labels_.rend(); ++label) {
    const QString text = scene_.text(label->index);
    const LabelCache::Style style = styleOf(label->index);
    const QPointF place = label->rect.topLeft() + area.topLeft();
    if (asText) {
      painter.setFont(cache_.font(style));
      const double ascent = QFontMetricsF(cache_.font(style)).ascent();
      painter.setPen(cache_.color(style));
      painter.drawText(place + QPointF(LabelCache::kHalo, ascent), text);
    } else {
      painter.drawPixmap(place, cache_.pixmap(label->index, text, style));
    }
  }
}

}  // namespace lexarium
