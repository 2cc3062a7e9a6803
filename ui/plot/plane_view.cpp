// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plane_view.h"

#include <algorithm>
#include <cmath>

namespace lexarium {

namespace {

// Time constants of followedView: 63 % of the way in that time.
constexpr double kGrowSeconds = 0.12;
constexpr double kShrinkSeconds = 0.8;
// The picture may be this much smaller than it could be before the view draws nearer.
constexpr double kRoomToSpare = 1.25;

}  // namespace

PlaneBounds boundsOf(const Layout& points, std::span<const std::uint8_t> hidden) {
  PlaneBounds bounds;
  bool first = true;
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    const auto index = static_cast<std::size_t>(i);
    if (index < hidden.size() && hidden[index] != 0) continue;
    const double x = points(0, i), y = points(1, i);
    if (!std::isfinite(x) || !std::isfinite(y)) continue;
    if (first) bounds = {x, x, y, y};
    first = false;
    bounds.left = std::min(bounds.left, x);
    bounds.right = std::max(bounds.right, x);
    bounds.bottom = std::min(bounds.bottom, y);
    bounds.top = std::max(bounds.top, y);
  }
  return bounds;
}

PlaneBounds PlaneView::bounds() const {
  const double halfWidth = size.width() / 2 * unitsPerPixel, halfHeight = size.height() / 2 * unitsPerPixel;
  return {centerX - halfWidth, centerX + halfWidth, centerY - halfHeight, centerY + halfHeight};
}

PlaneView fittedView(const PlaneBounds& bounds, QSizeF size, QSizeF margins) {
  PlaneView view;
  view.size = {std::max(1.0, size.width()), std::max(1.0, size.height())};
  if (bounds.isEmpty()) {
    view.unitsPerPixel = 2 / std::min(view.size.width(), view.size.height());
    return view;
  }
  view.centerX = (bounds.left + bounds.right) / 2;
  view.centerY = (bounds.bottom + bounds.top) / 2;
  const double room = std::min(view.size.width(), view.size.height());
  const QSizeF inner = view.size - 2 * margins.boundedTo(view.size / 4);
  const double needed = std::max(bounds.width() / inner.width(), bounds.height() / inner.height());
  // A single place: show a neighbourhood as wide as its own size, or of one unit at the origin.
  const double scale = std::max(std::abs(view.centerX), std::abs(view.centerY));
  view.unitsPerPixel = needed > scale * 1e-9 && needed > 0 ? needed : (scale > 0 ? scale : 1) / room;
  return view;
}

PlaneView zoomedView(const PlaneView& view, const QPointF& pixel, double factor) {
  PlaneView zoomed = view;
  const double scale = std::max({std::abs(view.centerX), std::abs(view.centerY), 1e-30});
  const double smallest = std::max(scale * 1e-8, 1e-30);
  zoomed.unitsPerPixel = std::clamp(view.unitsPerPixel / factor, smallest, 1e30);
  const QPointF before = view.toData(pixel), after = zoomed.toData(pixel);
  zoomed.centerX += before.x() - after.x();
  zoomed.centerY += before.y() - after.y();
  return zoomed;
}

PlaneView pannedView(const PlaneView& view, const QPointF& delta) {
  PlaneView panned = view;
  panned.centerX -= delta.x() * view.unitsPerPixel;
  panned.centerY += delta.y() * view.unitsPerPixel;
  return panned;
}

PlaneView followedView(const PlaneView& view, const PlaneView& target, double seconds) {
  PlaneView next = view;
  next.size = target.size;
  const double ratio = target.unitsPerPixel / view.unitsPerPixel;
  const bool roomEnough = ratio <= 1 && ratio > 1 / kRoomToSpare && view.bounds().contains(target.bounds());
  if (roomEnough) return next;
  const double share = 1 - std::exp(-seconds / (ratio > 1 / kRoomToSpare ? kGrowSeconds : kShrinkSeconds));
  next.centerX += (target.centerX - view.centerX) * share;
  next.centerY += (target.centerY - view.centerY) * share;
  next.unitsPerPixel *= std::pow(ratio, share);
  return next;
}

}  // namespace lexarium
