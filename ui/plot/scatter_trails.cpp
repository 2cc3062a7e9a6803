// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/scatter_trails.h"

#include <algorithm>
#include <cmath>

namespace lexarium {

namespace {

constexpr std::size_t kStages = 8;  // of age, each with one width and one opacity
constexpr double kOldest = 0.25, kNewest = 1;
constexpr double kThinnest = 0.6;  // of the width at the newest end
constexpr double kHalo = 1;        // pixels of ground at each side, so that a trail stands out from points
constexpr double kFar = 1e5;       // pixels; what lies farther is not drawn

}  // namespace

void drawTrail(QPainter& painter, const Theme& theme, const QColor& color, const Trail& trail,
               const PlaneView& view, const QPointF& end, const QPointF& origin) {
  std::vector<QPointF> places;
  for (Eigen::Index i = 0; i < trail.places.cols(); ++i) {
    const QPointF place =
        view.toPixel(static_cast<double>(trail.places(0, i)), static_cast<double>(trail.places(1, i)));
    // Also false for what is not a number.
    if (std::abs(place.x()) < kFar && std::abs(place.y()) < kFar) places.push_back(place + origin);
  }
  if (places.empty() || !(std::abs(end.x()) < kFar && std::abs(end.y()) < kFar)) return;
  places.push_back(end + origin);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  QColor ground = theme.surface;
  ground.setAlphaF(0.7f);
  painter.setPen(QPen(ground, theme.lineWidth + 2 * kHalo, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPolyline(places.data(), static_cast<int>(places.size()));
  const std::size_t lines = places.size() - 1, stages = std::min(kStages, lines);
  for (std::size_t stage = 0; stage < stages; ++stage) {
    const double age = static_cast<double>(stage + 1) / static_cast<double>(stages);  // 1: now
    QColor faded = color;
    faded.setAlphaF(static_cast<float>(kOldest + (kNewest - kOldest) * age));
    painter.setPen(QPen(faded, theme.lineWidth * (kThinnest + (1 - kThinnest) * age), Qt::SolidLine,
                        Qt::FlatCap, Qt::RoundJoin));
    const std::size_t from = stage * lines / stages, to = (stage + 1) * lines / stages;
    painter.drawPolyline(places.data() + from, static_cast<int>(to - from + 1));
  }
  painter.restore();
}

}  // namespace lexarium
