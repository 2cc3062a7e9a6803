// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_series.h"

#include <algorithm>
#include <cmath>

namespace lexarium {

double Smoother::operator()(double value) {
  if (!std::isfinite(value)) return value;
  average_ = beta_ * average_ + (1 - beta_) * value;
  weight_ *= beta_;
  return average_ / (1 - weight_);
}

void MinMaxPyramid::Extremes::add(double value) {
  if (!std::isfinite(value)) return;
  smallest = std::min(smallest, value);
  largest = std::max(largest, value);
}

void MinMaxPyramid::Extremes::add(const Extremes& other) {
  smallest = std::min(smallest, other.smallest);
  largest = std::max(largest, other.largest);
}

void MinMaxPyramid::append(double value) {
  std::size_t block = values_.size() / kBlock;
  values_.push_back(value);
  for (std::size_t level = 0;; ++level, block /= 2) {
    if (level == levels_.size()) {
      // A level begins when the one below gets its second block: with what the first one holds.
      levels_.emplace_back();
      if (level > 0) levels_[level].push_back(levels_[level - 1][0]);
    }
    auto& blocks = levels_[level];
    if (blocks.size() <= block) blocks.resize(block + 1);
    blocks[block].add(value);
    if (block == 0) break;  // the levels above would hold the same
  }
}

void MinMaxPyramid::clear() {
  values_.clear();
  levels_.clear();
}

MinMaxPyramid::Extremes MinMaxPyramid::extremes(std::size_t begin, std::size_t end) const {
  Extremes result;
  end = std::min(end, values_.size());
  // At each place the largest block that begins there and does not reach beyond the end.
  while (begin < end) {
    if (begin % kBlock != 0 || begin + kBlock > end) {
      result.add(values_[begin++]);
      continue;
    }
    std::size_t level = 0, length = kBlock;
    while (level + 1 < levels_.size() && begin % (2 * length) == 0 && begin + 2 * length <= end) {
      ++level;
      length *= 2;
    }
    result.add(levels_[level][begin / length]);
    begin += length;
  }
  return result;
}

void CurveSeries::append(std::span<const MetricPoint> points) {
  for (const MetricPoint& point : points) {
    points_.push_back(point);
    raw_.append(point.loss);
    smoothed_.append(smoother_(point.loss));
  }
}

void CurveSeries::setSmoothing(double beta) {
  if (beta == beta_) return;
  beta_ = beta;
  smoother_ = Smoother(beta);
  smoothed_.clear();
  for (const MetricPoint& point : points_) smoothed_.append(smoother_(point.loss));
}

double CurveSeries::x(std::size_t i, CurveX axis) const {
  const MetricPoint& point = points_[i];
  switch (axis) {
    case CurveX::Step:
      return static_cast<double>(point.step);
    case CurveX::Epoch:
      return point.epoch;
    case CurveX::Seconds:
      return point.seconds;
  }
  return 0;
}

std::size_t CurveSeries::lowerBound(double value, CurveX axis) const {
  std::size_t low = 0, high = points_.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (x(middle, axis) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::optional<std::size_t> CurveSeries::nearest(double value, CurveX axis) const {
  if (points_.empty()) return std::nullopt;
  const std::size_t right = std::min(lowerBound(value, axis), points_.size() - 1);
  if (right == 0) return right;
  return value - x(right - 1, axis) <= x(right, axis) - value ? right - 1 : right;
}

std::vector<QPointF> decimated(const CurveSeries& series, const MinMaxPyramid& values, CurveX axis,
                               const AxisMap& horizontal, bool logarithmicValues) {
  std::vector<QPointF> line;
  const auto put = [&](double x, double value) {
    if (!std::isfinite(value) || (logarithmicValues && value <= 0)) return;
    if (horizontal.logarithmic && x <= 0) return;
    line.push_back({x, value});
  };
  std::size_t begin = series.lowerBound(horizontal.lower, axis);
  std::size_t end = series.lowerBound(horizontal.upper, axis);
  if (begin > 0) --begin;
  if (end < series.size()) ++end;
  const auto columns = static_cast<std::size_t>(std::max(1.0, std::ceil(horizontal.pixels)));
  if (end - begin <= 4 * columns) {
    for (std::size_t i = begin; i < end; ++i) put(series.x(i, axis), values[i]);
    return line;
  }
  line.reserve(4 * columns + 2);
  put(series.x(begin, axis), values[begin]);
  for (std::size_t column = 0, from = begin + 1; column < columns && from < end; ++column) {
    const bool last = column + 1 == columns;
    const double edge = horizontal.toData(static_cast<double>(column + 1));
    const std::size_t to = last ? end : std::clamp(series.lowerBound(edge, axis), from, end);
    if (to == from) continue;
    const double x = series.x(from, axis);
    const auto extremes = values.extremes(from, to);
    put(x, values[from]);
    if (!extremes.isEmpty() && to - from > 2) {
      put(x, extremes.smallest);
      put(x, extremes.largest);
    }
    if (to - from > 1) put(x, values[to - 1]);
    from = to;
  }
  put(series.x(end - 1, axis), values[end - 1]);
  return line;
}

}  // namespace lexarium
