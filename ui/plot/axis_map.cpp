// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/axis_map.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace lexarium {

namespace {

// Relative width of the narrowest range: double has 16 digits.
constexpr double kNarrowest = 1e-9;

double forward(double value, bool logarithmic) { return logarithmic ? std::log10(value) : value; }
double backward(double value, bool logarithmic) { return logarithmic ? std::pow(10, value) : value; }

/// The axis that shows [lower, upper] of the transformed values, or the old one if that is too narrow or
/// wide.
AxisMap withRange(const AxisMap& axis, double lower, double upper) {
  AxisMap changed = axis;
  changed.lower = backward(lower, axis.logarithmic);
  changed.upper = backward(upper, axis.logarithmic);
  const double scale = std::max(std::abs(lower), std::abs(upper));
  const bool sensible = upper - lower > scale * kNarrowest && std::isfinite(changed.lower) &&
                        std::isfinite(changed.upper) && changed.upper > changed.lower &&
                        (!axis.logarithmic || changed.lower > 0);
  return sensible ? changed : axis;
}

/// 1, 2 or 5 times a power of ten, near `raw`.
double roundStep(double raw) {
  const double power = std::pow(10, std::floor(std::log10(raw)));
  const double share = raw / power;
  return power * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10);
}

std::vector<double> linearTicks(double lower, double upper, int wanted) {
  std::vector<double> ticks;
  const double step = roundStep((upper - lower) / std::max(1, wanted));
  if (!(step > 0) || !std::isfinite(step)) return ticks;
  for (double k = std::ceil(lower / step - 1e-9); k * step <= upper + step * 1e-9 && ticks.size() < 1000; ++k)
    ticks.push_back(k * step);
  return ticks;
}

std::vector<double> logarithmicTicks(double lower, double upper, int wanted) {
  const double decades = std::log10(upper / lower);
  if (decades < 1) return linearTicks(lower, upper, wanted);
  std::vector<double> ticks;
  const int first = static_cast<int>(std::floor(std::log10(lower))),
            last = static_cast<int>(std::ceil(std::log10(upper)));
  const int skip = std::max(1, static_cast<int>(std::ceil(decades / std::max(1, wanted))));
  const bool fine = decades * 3 <= wanted * 1.5;
  for (int power = first; power <= last; power += skip) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      const double value = factor * std::pow(10, power);
      if (value >= lower * (1 - 1e-9) && value <= upper * (1 + 1e-9)) ticks.push_back(value);
      if (!fine) break;
    }
  }
  return ticks;
}

}  // namespace

double AxisMap::toPixel(double value) const {
  const double low = forward(lower, logarithmic), high = forward(upper, logarithmic);
  return (forward(value, logarithmic) - low) / (high - low) * pixels;
}

double AxisMap::toData(double pixel) const {
  const double low = forward(lower, logarithmic), high = forward(upper, logarithmic);
  return backward(low + pixel / pixels * (high - low), logarithmic);
}

AxisMap zoomedAxis(const AxisMap& axis, double pixel, double factor) {
  const double low = forward(axis.lower, axis.logarithmic), high = forward(axis.upper, axis.logarithmic);
  const double at = low + pixel / axis.pixels * (high - low);
  return withRange(axis, at - (at - low) / factor, at + (high - at) / factor);
}

AxisMap pannedAxis(const AxisMap& axis, double delta) {
  const double low = forward(axis.lower, axis.logarithmic), high = forward(axis.upper, axis.logarithmic);
  const double moved = -delta / axis.pixels * (high - low);
  return withRange(axis, low + moved, high + moved);
}

AxisMap boxedAxis(const AxisMap& axis, double a, double b) {
  const double low = forward(axis.lower, axis.logarithmic), high = forward(axis.upper, axis.logarithmic);
  const double from = std::min(a, b) / axis.pixels, to = std::max(a, b) / axis.pixels;
  return withRange(axis, low + from * (high - low), low + to * (high - low));
}

AxisMap fittedAxis(double lowest, double highest, double pixels, bool logarithmic, double roomBelow,
                   double roomAbove) {
  AxisMap axis{0, 1, std::max(1.0, pixels), logarithmic};
  if (logarithmic) axis = {0.1, 10, axis.pixels, true};
  if (!(lowest <= highest) || !std::isfinite(lowest) || !std::isfinite(highest)) return axis;
  if (logarithmic && highest <= 0) return axis;
  if (logarithmic && lowest <= 0) lowest = highest * 1e-3;
  double low = forward(lowest, logarithmic), high = forward(highest, logarithmic);
  if (!(high - low > std::abs(high) * kNarrowest)) {
    const double around = logarithmic ? 0.1 : std::max(std::abs(high) * 0.1, 1e-12);
    low -= around;
    high += around;
  }
  const double span = high - low;
  return withRange(axis, low - roomBelow * span, high + roomAbove * span);
}

std::vector<double> axisTicks(const AxisMap& axis, int wanted) {
  if (!(axis.upper > axis.lower)) return {};
  return axis.logarithmic && axis.lower > 0 ? logarithmicTicks(axis.lower, axis.upper, wanted)
                                            : linearTicks(axis.lower, axis.upper, wanted);
}

QString tickText(double value) {
  // k * step may be a hair beside the round number.
  const QLocale locale;
  const double size = std::abs(value);
  const auto shortest = [&](double number) {
    QString text = locale.toString(number, 'g', 6);
    return text;
  };
  if (size >= 1e15 || (size > 0 && size < 1e-5)) return locale.toString(value, 'g', 3);
  if (size >= 1e9) return shortest(value / 1e9) + QLatin1Char('G');
  if (size >= 1e6) return shortest(value / 1e6) + QLatin1Char('M');
  if (size >= 1e4) return shortest(value / 1e3) + QLatin1Char('k');
  if (size < 1e-12) return locale.toString(0);
  return shortest(value);
}

std::vector<double> spreadLabels(const std::vector<double>& wanted, double height, double top,
                                 double bottom) {
  std::vector<std::size_t> order(wanted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
  // Labels that touch form a block, which stands at the mean of what its members want (pool adjacent
  // violators).
  struct Block {
    double sum;  // of wanted - offset in the block
    std::size_t count;
    double start(double h, double lo, double hi) const {
      const double n = static_cast<double>(count);
      return std::clamp(sum / n, lo, std::max(lo, hi - (n - 1) * h));
    }
  };
  std::vector<Block> blocks;
  for (const std::size_t index : order) {
    blocks.push_back({wanted[index], 1});
    while (blocks.size() > 1) {
      const Block& last = blocks.back();
      const Block& before = blocks[blocks.size() - 2];
      const double end = before.start(height, top, bottom) + static_cast<double>(before.count) * height;
      if (end <= last.start(height, top, bottom)) break;
      const Block merged{before.sum + last.sum - static_cast<double>(before.count * last.count) * height,
                         before.count + last.count};
      blocks.pop_back();
      blocks.back() = merged;
    }
  }
  std::vector<double> places(wanted.size());
  std::size_t next = 0;
  for (const Block& block : blocks) {
    const double start = block.start(height, top, bottom);
    for (std::size_t i = 0; i < block.count; ++i)
      places[order[next++]] = start + static_cast<double>(i) * height;
  }
  return places;
}

}  // namespace lexarium
