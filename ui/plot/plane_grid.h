// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "ui/plot/plane_view.h"

namespace lexarium {

struct GridLine {
  double pixel = 0;     ///< from the left or from the top
  bool isZero = false;  ///< where the coordinate is 0
};

/// Lines of equal coordinates in steps of 1, 2 or 5 times a power of ten, as far apart across as upwards.
struct PlaneGrid {
  std::vector<GridLine> vertical, horizontal;
};

/// About `spacing` pixels apart.
PlaneGrid gridOf(const PlaneView& view, double spacing = 110);

}  // namespace lexarium
