// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/train/metric_log.h"
#include "ui/plot/axis_map.h"

namespace lexarium {

/// Exponential moving average, debiased: at step n the plain average s_n = beta s_(n-1) + (1 - beta) v_n is
/// divided by 1 - beta^n, so that the first values are not pulled to 0 (Kingma & Ba 2015, section 3).
/// Values that are not finite are passed over.
class Smoother {
 public:
  explicit Smoother(double beta = 0.6) : beta_(beta) {}
  double operator()(double value);

 private:
  double beta_;
  double average_ = 0;
  double weight_ = 1;  // beta^n
};

/// Smallest and largest of any stretch of a growing list of numbers in O(log n): the extremes of blocks of
/// 16, 32, 64 ... values. Appending costs O(1) on average. NaN counts for nothing.
class MinMaxPyramid {
 public:
  struct Extremes {
    double smallest = std::numeric_limits<double>::infinity();
    double largest = -std::numeric_limits<double>::infinity();
    bool isEmpty() const { return smallest > largest; }
    void add(double value);
    void add(const Extremes& other);
  };

  void append(double value);
  void clear();
  std::size_t size() const { return values_.size(); }
  double operator[](std::size_t i) const { return values_[i]; }
  Extremes extremes(std::size_t begin, std::size_t end) const;

 private:
  static constexpr std::size_t kBlock = 16;
  std::vector<double> values_;
  std::vector<std::vector<Extremes>> levels_;  // level k: blocks of kBlock << k values
};

/// What the horizontal axis counts.
enum class CurveX { Step, Epoch, Seconds };

/// One run's loss: raw and smoothed, ready to be drawn at any zoom without looking at every point.
class CurveSeries {
 public:
  /// Points in order of step.
  void append(std::span<const MetricPoint> points);
  /// beta 0 (off) to 0.99. Goes over all points once.
  void setSmoothing(double beta);

  std::size_t size() const { return points_.size(); }
  const MetricPoint& operator[](std::size_t i) const { return points_[i]; }
  double x(std::size_t i, CurveX axis) const;
  double raw(std::size_t i) const { return raw_[i]; }
  double smoothed(std::size_t i) const { return smoothed_[i]; }
  const MinMaxPyramid& rawValues() const { return raw_; }
  const MinMaxPyramid& smoothedValues() const { return smoothed_; }

  /// Index of the first point at or right of x.
  std::size_t lowerBound(double x, CurveX axis) const;
  /// Index of the point nearest to x; none if there are no points.
  std::optional<std::size_t> nearest(double x, CurveX axis) const;

 private:
  std::vector<MetricPoint> points_;
  MinMaxPyramid raw_, smoothed_;
  double beta_ = 0.6;
  Smoother smoother_{0.6};
};

/// The part of a curve inside the axis's range as a polyline in data units that looks the same as all of its
/// points would: where there are more points than pixels, each pixel column gets its first, smallest, largest
/// and last value (M4; Jugel et al. 2014). One point beyond each edge is included so that lines leave the
/// picture. Values that are not finite, and on logarithmic axes those not above 0, are left out.
std::vector<QPointF> decimated(const CurveSeries& series, const MinMaxPyramid& values, CurveX axis,
                               const AxisMap& horizontal, bool logarithmicValues);

}  // namespace lexarium
