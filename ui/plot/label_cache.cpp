// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/label_cache.h"

#include <QFontMetricsF>
#include <QPainter>
#include <cmath>

#include "ui/plot/canvas.h"

namespace lexarium {

namespace {

quint64 keyOf(std::size_t index, LabelCache::Style style) { return index * 4 + static_cast<quint64>(style); }

}  // namespace

void LabelCache::setLook(const Look& look) {
  if (look == look_) return;
  look_ = look;
  clear();
}

void LabelCache::clear() {
  sizes_.clear();
  pixmaps_.clear();
}

QFont LabelCache::font(Style style) const {
  QFont font = look_.font;
  if (style == kStrong) font.setBold(true);
  return font;
}

QSizeF LabelCache::size(std::size_t index, const QString& text, Style style) {
  const quint64 key = keyOf(index, style == kStrong ? kStrong : kNormal);
  if (const QSizeF* known = sizes_.object(key)) return *known;
  const QFontMetricsF metrics(font(style));
  const QSizeF size(std::ceil(metrics.horizontalAdvance(text)) + 2 * kHalo, std::ceil(metrics.height()));
  sizes_.insert(key, new QSizeF(size));
  return size;
}

const QPixmap& LabelCache::pixmap(std::size_t index, const QString& text, Style style) {
  const quint64 key = keyOf(index, style);
  if (const QPixmap* known = pixmaps_.object(key)) return *known;
  const QSizeF size = this->size(index, text, style);
  auto* pixmap = new QPixmap((size * look_.pixelRatio).toSize().expandedTo({1, 1}));
  pixmap->setDevicePixelRatio(look_.pixelRatio);
  pixmap->fill(Qt::transparent);
  QPainter painter(pixmap);
  painter.setFont(font(style));
  const QFontMetricsF metrics(font(style));
  drawHaloText(painter, {kHalo, std::round(metrics.ascent())}, text, color(style), look_.halo);
  painter.end();
  pixmaps_.insert(key, pixmap);
  return *pixmap;
}

}  // namespace lexarium
