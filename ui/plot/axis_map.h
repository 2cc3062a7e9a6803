// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

namespace lexarium {

/// What one axis shows and how values become pixels along it: a value. Logarithmic axes need lower > 0.
struct AxisMap {
  double lower = 0, upper = 1;  ///< data
  double pixels = 1;            ///< length of the axis
  bool logarithmic = false;

  /// Pixels from the lower end.
  double toPixel(double value) const;
  double toData(double pixel) const;
  bool operator==(const AxisMap&) const = default;
};

/// factor > 1 zooms in; the value at `pixel` stays there. Stops where numbers would run out.
AxisMap zoomedAxis(const AxisMap& axis, double pixel, double factor);
/// The picture moves by `delta` pixels.
AxisMap pannedAxis(const AxisMap& axis, double delta);
/// From pixel `a` to pixel `b`, in either order.
AxisMap boxedAxis(const AxisMap& axis, double a, double b);
/// Shows [lowest, highest] with a share of room on each side; anything sensible for empty or single values.
/// Logarithmic: what is not above 0 is left out.
AxisMap fittedAxis(double lowest, double highest, double pixels, bool logarithmic, double roomBelow,
                   double roomAbove);

/// About `wanted` round values in the axis's range: 1, 2 or 5 times a power of ten apart; on a logarithmic
/// axis 1, 2, 5 times powers of ten, or powers alone, or, within less than a decade, evenly spaced ones.
std::vector<double> axisTicks(const AxisMap& axis, int wanted);
/// "0.025", "1,500", "20k", "1.5M": as short as it can be with no loss among ticks `step` apart.
QString tickText(double value);

/// Moves wanted places (pixels) as little as possible so that neighbours are `height` apart and all lie in
/// [top, bottom]; keeps their order.
std::vector<double> spreadLabels(const std::vector<double>& wanted, double height, double top, double bottom);

}  // namespace lexarium
