// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/scatter_labels.h"

#include <algorithm>

#include "ui/look/palettes.h"

namespace lexarium {

namespace {

// One label for so many square pixels at the base font's height squared, at the most.
constexpr double kLabelDensity = 18;
constexpr std::size_t kPinnedLabels = 60;

}  // namespace

void ScatterLabels::reset() {
  cache_.clear();
  placed_.clear();
}

LabelCache::Style ScatterLabels::styleOf(bool quiet, bool pinned) const {
  if (!quiet) return LabelCache::kNormal;
  return pinned ? LabelCache::kStrong : LabelCache::kQuiet;
}

void ScatterLabels::lookAt(double pixelRatio) {
  const QColor quiet =
      theme_.secondary == theme_.text ? mixed(theme_.text, theme_.surface, 0.35) : theme_.secondary;
  cache_.setLook({theme_.plotLabel, theme_.text, quiet, theme_.surface, pixelRatio});
}

/// The newest selected words first, then what was searched for.
const std::vector<std::size_t>& ScatterLabels::pinnedOf(const ScatterScene& scene) {
  pinned_.clear();
  const auto pin = [&](std::size_t i) {
    if (pinned_.size() < kPinnedLabels && isShown(scene, i)) pinned_.push_back(i);
  };
  std::for_each(scene.selected.rbegin(), scene.selected.rend(), pin);
  std::for_each(scene.matched.begin(), scene.matched.end(), pin);
  return pinned_;
}

void ScatterLabels::place(const ScatterScene& scene, std::span<const QPointF> anchors, const QSizeF& viewport,
                          const QRectF& taken, bool anew) {
  lookAt(cache_.look().pixelRatio);
  const bool quiet = scene.hasHighlight();
  const double lineHeight = cache_.lineHeight();
  LabelRequest request;
  request.viewport = viewport;
  request.anchors = anchors;
  request.order = scene.labelOrder;
  request.hidden = scene.hidden;
  request.pinned = pinnedOf(scene);
  if (!taken.isEmpty()) request.taken = std::span(&taken, 1);
  request.shown = placed_;
  request.onlyShown = !anew;
  request.size = [&](std::size_t i) {
    const bool pinned = quiet && std::find(pinned_.begin(), pinned_.end(), i) != pinned_.end();
    return cache_.size(i, scene.text, styleOf(quiet, pinned));
  };
  request.smallest = {lineHeight, lineHeight};
  request.gap = theme_.selectedMarkerSize / 2 + 3;
  request.padding = {lineHeight * 0.6, lineHeight * 0.3};
  request.maximum = static_cast<std::size_t>(viewport.width() * viewport.height() /
                                             (lineHeight * lineHeight * kLabelDensity));
  placed_ = layoutLabels(request);
}

void ScatterLabels::draw(QPainter& painter, const ScatterScene& scene, const QPoint& origin) {
  lookAt(painter.device()->devicePixelRatioF());
  const bool quiet = scene.hasHighlight();
  for (auto label = placed_.rbegin(); label != placed_.rend(); ++label)
    painter.drawImage(label->rect.topLeft() + origin,
                      cache_.picture(label->index, scene.text, styleOf(quiet, label->pinned)));
}

void ScatterLabels::drawAsText(QPainter& painter, const ScatterScene& scene, const QPoint& origin) {
  lookAt(cache_.look().pixelRatio);
  const bool quiet = scene.hasHighlight();
  for (auto label = placed_.rbegin(); label != placed_.rend(); ++label) {
    const LabelCache::Style style = styleOf(quiet, label->pinned);
    const QFont font = cache_.font(style);
    painter.setFont(font);
    painter.setPen(cache_.color(style));
    painter.drawText(
        label->rect.topLeft() + origin + QPointF(LabelCache::kHalo, QFontMetricsF(font).ascent()),
        scene.text(label->index));
  }
}

}  // namespace lexarium
