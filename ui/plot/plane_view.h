// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QSizeF>
#include <cstdint>
#include <span>

#include "core/projection/projection.h"

namespace lexarium {

/// An upright rectangle in data units; left > right means that it is empty.
struct PlaneBounds {
  double left = 1, right = 0, bottom = 1, top = 0;

  bool isEmpty() const { return left > right || bottom > top; }
  double width() const { return right - left; }
  double height() const { return top - bottom; }
  bool contains(const PlaneBounds& other) const {
    return left <= other.left && right >= other.right && bottom <= other.bottom && top >= other.top;
  }
};

/// Bounds of the finite points; those with hidden[i] != 0 are left out (hidden may be empty).
PlaneBounds boundsOf(const Layout& points, std::span<const std::uint8_t> hidden = {});

/// Which part of the plane a rectangle of pixels shows: a value. Both axes have the same scale, so that
/// angles and distances in the picture are those of the layout. Pixels count from the left and from the top.
struct PlaneView {
  double centerX = 0, centerY = 0;  ///< data, in the middle of the rectangle
  double unitsPerPixel = 1;
  QSizeF size{1, 1};  ///< pixels

  QPointF toPixel(double x, double y) const {
    return {size.width() / 2 + (x - centerX) / unitsPerPixel,
            size.height() / 2 - (y - centerY) / unitsPerPixel};
  }
  QPointF toData(const QPointF& pixel) const {
    return {centerX + (pixel.x() - size.width() / 2) * unitsPerPixel,
            centerY - (pixel.y() - size.height() / 2) * unitsPerPixel};
  }
  PlaneBounds bounds() const;
  bool operator==(const PlaneView&) const = default;
};

/// Shows all of `bounds` with margins (pixels) at the sides and above and below. Nothing, one point or points
/// in a line give a sensible view too.
PlaneView fittedView(const PlaneBounds& bounds, QSizeF size, QSizeF margins);
/// factor > 1 zooms in; the data under `pixel` stays under it. Stops where float coordinates would run out.
PlaneView zoomedView(const PlaneView& view, const QPointF& pixel, double factor);
/// The picture moves by `delta` pixels.
PlaneView pannedView(const PlaneView& view, const QPointF& delta);
/// One frame of a view that follows growing or shrinking data: it goes to `target` softly, quicker when data
/// would be cut off than when there is room to spare; small room to spare is left alone (no pumping).
PlaneView followedView(const PlaneView& view, const PlaneView& target, double seconds);

}  // namespace lexarium
