// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plane_grid.h"

#include <cmath>

namespace lexarium {

namespace {

/// 1, 2 or 5 times a power of ten, nearest to `wanted`.
double roundStep(double wanted) {
  const double power = std::pow(10, std::floor(std::log10(wanted)));
  const double factor = wanted / power;
  return power * (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10);
}

/// Multiples of `step` between the two coordinates, as pixels from `from`.
std::vector<GridLine> linesBetween(double from, double to, double step, double unitsPerPixel) {
  constexpr double kMost = 1e9;  // beyond that a multiple and its neighbour are the same number
  const double first = std::ceil(from / step), last = std::floor(to / step);
  std::vector<GridLine> lines;
  if (!(std::abs(first) < kMost && std::abs(last) < kMost)) return lines;
  for (double k = first; k <= last; ++k) lines.push_back({(k * step - from) / unitsPerPixel, k == 0});
  return lines;
}

}  // namespace

PlaneGrid gridOf(const PlaneView& view, double spacing) {
  const PlaneBounds bounds = view.bounds();
  const double step = roundStep(view.unitsPerPixel * spacing);
  PlaneGrid grid;
  if (!(step > 0 && std::isfinite(step))) return grid;
  grid.vertical = linesBetween(bounds.left, bounds.right, step, view.unitsPerPixel);
  grid.horizontal = linesBetween(bounds.bottom, bounds.top, step, view.unitsPerPixel);
  for (GridLine& line : grid.horizontal) line.pixel = view.size.height() - line.pixel;
  return grid;
}

}  // namespace lexarium
