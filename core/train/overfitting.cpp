// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/overfitting.h"

#include <algorithm>
#include <cmath>

namespace lexarium {
namespace {

constexpr double kWorse = 1.01;        // times the lowest
constexpr int kLooks = 3;              // that must all be worse
constexpr std::size_t kAveraged = 50;  // training losses, which are noisy

double meanLoss(std::span<const MetricPoint> points) {
  double sum = 0;
  std::size_t count = 0;
  for (const MetricPoint& point : points) {
    if (!std::isfinite(point.loss)) continue;
    sum += point.loss;
    ++count;
  }
  return count > 0 ? sum / static_cast<double>(count) : 0;
}

}  // namespace

std::optional<Overfitting> findOverfitting(std::span<const MetricPoint> points) {
  std::size_t best = points.size();
  int worse = 0;
  Overfitting found;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const MetricPoint& point = points[i];
    if (!point.hasValidation()) continue;
    if (best == points.size() || point.validationLoss < found.best) {
      best = i;
      found.best = point.validationLoss;
      found.sinceStep = point.step;
      worse = 0;
    } else {
      worse = point.validationLoss > kWorse * found.best ? worse + 1 : 0;
    }
    found.now = point.validationLoss;
  }
  if (worse < kLooks) return std::nullopt;
  const std::size_t around = std::min({kAveraged, best + 1, points.size() - best});
  const double then = meanLoss(points.subspan(best + 1 - around, around));
  const double now = meanLoss(points.last(around));
  return now < then ? std::optional(found) : std::nullopt;
}

}  // namespace lexarium
