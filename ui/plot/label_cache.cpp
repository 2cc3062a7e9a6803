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
  lineHeight_ = QFontMetricsF(look.font).height();
  clear();
}

void LabelCache::clear() {
  widths_.clear();
  strongWidths_.clear();
  pictures_.clear();
}

QFont LabelCache::font(Style style) const {
  QFont font = look_.font;
  if (style == kStrong) font.setBold(true);
  return font;
}

QSizeF LabelCache::size(std::size_t index, const TextOf& text, Style style) {
  std::vector<float>& widths = style == kStrong ? strongWidths_ : widths_;
  if (index >= widths.size()) widths.resize(index + 1, 0.f);
  if (widths[index] == 0) {
    const double advance = QFontMetricsF(font(style)).horizontalAdvance(text(index));
    widths[index] = static_cast<float>(std::ceil(advance) + 2 * kHalo);
  }
  return {static_cast<double>(widths[index]), std::ceil(lineHeight_)};
}

const QImage& LabelCache::picture(std::size_t index, const TextOf& text, Style style) {
  const quint64 key = keyOf(index, style);
  if (const QImage* known = pictures_.object(key)) return *known;
  const QSizeF size = this->size(index, text, style);
  auto* picture =
      new QImage((size * look_.pixelRatio).toSize().expandedTo({1, 1}), QImage::Format_ARGB32_Premultiplied);
  picture->setDevicePixelRatio(look_.pixelRatio);
  picture->fill(Qt::transparent);
  QPainter painter(picture);
  painter.setFont(font(style));
  const QFontMetricsF metrics(font(style));
  drawHaloText(painter, {kHalo, std::round(metrics.ascent())}, text(index), color(style), look_.halo);
  painter.end();
  pictures_.insert(key, picture);
  return *picture;
}

}  // namespace lexarium
