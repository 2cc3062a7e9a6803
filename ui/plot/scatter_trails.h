// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <span>
#include <vector>

#include "core/projection/projection.h"
#include "ui/look/theme.h"
#include "ui/plot/plane_view.h"

namespace lexarium {

/// Where a point has been: columns from the oldest place to the newest one before the present.
struct Trail {
  std::size_t point = 0;
  Layout places = Layout(2, 0);
};

/// A line through the places to `end`, where the point is now: thin and faint where it is old. Places without
/// numbers are left out. Pixels count from `origin`.
void drawTrail(QPainter& painter, const Theme& theme, const QColor& color, const Trail& trail,
               const PlaneView& view, const QPointF& end, const QPointF& origin);

}  // namespace lexarium
