// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QRect>
#include <span>
#include <vector>

#include "ui/look/theme.h"
#include "ui/plot/label_cache.h"
#include "ui/plot/scatter_scene.h"

namespace lexarium {

/// The words beside the points of a map: which ones have room, where, and what they look like.
class ScatterLabels {
 public:
  void setTheme(const Theme& theme) { theme_ = theme; }
  /// Other words behind the points.
  void reset();

  /// anchors: the points, in pixels of `viewport`. anew: looks for the words that have room now; otherwise
  /// those that are shown go with their points, and one that would come to lie on another is left out. No
  /// label lies in `taken`.
  void place(const ScatterScene& scene, std::span<const QPointF> anchors, const QSizeF& viewport,
             const QRectF& taken, bool anew);
  const std::vector<LabelPlacement>& placed() const { return placed_; }

  /// As pictures (of the painter's device) that are kept, or as text. origin: of the viewport.
  void draw(QPainter& painter, const ScatterScene& scene, const QPoint& origin);
  void drawAsText(QPainter& painter, const ScatterScene& scene, const QPoint& origin);

 private:
  LabelCache::Style styleOf(bool quiet, bool pinned) const;
  void lookAt(double pixelRatio);
  const std::vector<std::size_t>& pinnedOf(const ScatterScene& scene);

  Theme theme_;
  LabelCache cache_;
  std::vector<LabelPlacement> placed_;
  std::vector<std::size_t> pinned_;
};

}  // namespace lexarium
