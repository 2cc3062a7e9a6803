// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/scatter_legend.h"

#include <algorithm>
#include <cmath>

namespace lexarium {

namespace {

constexpr double kNarrowest = 120;  // pixels
constexpr double kRim = 4;

}  // namespace

void ScatterLegend::setTheme(const Theme& theme) {
  theme_ = theme;
  kept_ = {};
}

bool ScatterLegend::setTexts(const QString& title, const QString& low, const QString& high) {
  if (title == title_ && low == low_ && high == high_) return false;
  title_ = title;
  low_ = low;
  high_ = high;
  kept_ = {};
  return true;
}

bool ScatterLegend::setPalette(const std::vector<QColor>& palette) {
  if (palette == palette_) return false;
  palette_ = palette;
  kept_ = {};
  return true;
}

QRectF ScatterLegend::box(const QRectF& area) const {
  const QFontMetricsF metrics(theme_.small);
  const double width = std::ceil(std::max(kNarrowest, metrics.horizontalAdvance(title_))) + 2 * kRim;
  const double height = std::ceil(2 * metrics.height()) + 2 * Theme::kSpace + 2 * kRim;
  const double away = 3 * Theme::kSpace - kRim;
  return {std::floor(area.right() - width - away), std::floor(area.bottom() - height - away), width, height};
}

void ScatterLegend::draw(QPainter& painter, const QRectF& area) const {
  if (!isShown()) return;
  const QRectF ground = box(area), inner = ground.adjusted(kRim, kRim, -kRim, -kRim);
  const double line = QFontMetricsF(theme_.small).height();
  QColor surface = theme_.surface;
  surface.setAlphaF(0.85f);
  painter.fillRect(ground, surface);
  painter.setFont(theme_.small);
  painter.setPen(theme_.secondary);
  painter.drawText(inner, Qt::AlignTop | Qt::AlignLeft, title_);
  painter.drawText(inner, Qt::AlignBottom | Qt::AlignLeft, low_);
  painter.drawText(inner, Qt::AlignBottom | Qt::AlignRight, high_);
  const double step = inner.width() / static_cast<double>(palette_.size());
  for (std::size_t i = 0; i < palette_.size(); ++i) {
    const double left = inner.left() + step * static_cast<double>(i);
    painter.fillRect(QRectF(left, inner.top() + line, step + 0.5, 2 * Theme::kSpace), palette_[i]);
  }
}

void ScatterLegend::drawKept(QPainter& painter, const QRectF& area) {
  if (!isShown()) return;
  const QRectF place = box(area);
  const double ratio = painter.device()->devicePixelRatioF();
  const QSize pixels = (place.size() * ratio).toSize();
  if (kept_.size() != pixels || kept_.devicePixelRatio() != ratio) {
    kept_ = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
    kept_.setDevicePixelRatio(ratio);
    kept_.fill(Qt::transparent);
    QPainter inside(&kept_);
    inside.translate(-place.topLeft());
    draw(inside, area);
  }
  painter.drawImage(place.topLeft(), kept_);
}

}  // namespace lexarium
