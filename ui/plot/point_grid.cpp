// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/point_grid.h"

#include <algorithm>
#include <cmath>

#include "ui/plot/plane_view.h"

namespace lexarium {

namespace {

constexpr double kPointsPerCell = 4;

bool usable(const Layout& points, std::span<const std::uint8_t> hidden, Eigen::Index i) {
  const auto index = static_cast<std::size_t>(i);
  if (index < hidden.size() && hidden[index] != 0) return false;
  return std::isfinite(points(0, i)) && std::isfinite(points(1, i));
}

}  // namespace

int PointGrid::columnOf(double x) const {
  return static_cast<int>(std::clamp(std::floor((x - left_) / cell_), 0.0, columns_ - 1.0));
}

int PointGrid::rowOf(double y) const {
  return static_cast<int>(std::clamp(std::floor((y - bottom_) / cell_), 0.0, rows_ - 1.0));
}

PointGrid::PointGrid(const Layout& points, std::span<const std::uint8_t> hidden) {
  const PlaneBounds bounds = boundsOf(points, hidden);
  if (bounds.isEmpty()) return;
  left_ = bounds.left;
  bottom_ = bounds.bottom;
  const double longer = std::max({bounds.width(), bounds.height(), 1e-30});
  const double cells = std::clamp(static_cast<double>(points.cols()) / kPointsPerCell, 1.0, 65536.0);
  cell_ = longer / std::sqrt(cells);
  columns_ = static_cast<int>(bounds.width() / cell_) + 1;
  rows_ = static_cast<int>(bounds.height() / cell_) + 1;

  // Counting sort by cell.
  std::vector<std::uint32_t> cellOf(static_cast<std::size_t>(points.cols()));
  starts_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0);
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    if (!usable(points, hidden, i)) continue;
    const int cell = rowOf(points(1, i)) * columns_ + columnOf(points(0, i));
    cellOf[static_cast<std::size_t>(i)] = static_cast<std::uint32_t>(cell);
    ++starts_[static_cast<std::size_t>(cell) + 1];
  }
  for (std::size_t cell = 1; cell < starts_.size(); ++cell) starts_[cell] += starts_[cell - 1];
  indices_.resize(starts_.back());
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    if (!usable(points, hidden, i)) continue;
    indices_[next[cellOf[static_cast<std::size_t>(i)]]++] = static_cast<std::uint32_t>(i);
  }
}

std::optional<std::size_t> PointGrid::nearest(const Layout& points, const QPointF& place,
                                              double radius) const {
  if (columns_ == 0) return std::nullopt;
  std::optional<std::size_t> best;
  double bestDistance = radius * radius;
  for (int row = rowOf(place.y() - radius); row <= rowOf(place.y() + radius); ++row) {
    for (int column = columnOf(place.x() - radius); column <= columnOf(place.x() + radius); ++column) {
      const auto cell = static_cast<std::size_t>(row * columns_ + column);
      for (std::uint32_t k = starts_[cell]; k < starts_[cell + 1]; ++k) {
        const std::size_t index = indices_[k];
        const double dx = points(0, static_cast<Eigen::Index>(index)) - place.x();
        const double dy = points(1, static_cast<Eigen::Index>(index)) - place.y();
        const double distance = dx * dx + dy * dy;
        const bool nearer = distance < bestDistance || (distance == bestDistance && (!best || index < *best));
        if (!nearer) continue;
        best = index;
        bestDistance = distance;
      }
    }
  }
  return best;
}

bool insidePolygon(std::span<const QPointF> polygon, const QPointF& place) {
  bool inside = false;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const QPointF &a = polygon[i], &b = polygon[j];
    // Does the edge cross the ray from `place` to the right?
    if ((a.y() > place.y()) == (b.y() > place.y())) continue;
    if (place.x() < a.x() + (place.y() - a.y()) / (b.y() - a.y()) * (b.x() - a.x())) inside = !inside;
  }
  return inside;
}

std::vector<std::size_t> pointsInside(const Layout& points, std::span<const QPointF> polygon,
                                      std::span<const std::uint8_t> hidden) {
  std::vector<std::size_t> found;
  if (polygon.size() < 3) return found;
  PlaneBounds bounds{polygon[0].x(), polygon[0].x(), polygon[0].y(), polygon[0].y()};
  for (const QPointF& corner : polygon) {
    bounds.left = std::min(bounds.left, corner.x());
    bounds.right = std::max(bounds.right, corner.x());
    bounds.bottom = std::min(bounds.bottom, corner.y());
    bounds.top = std::max(bounds.top, corner.y());
  }
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    const double x = points(0, i), y = points(1, i);
    if (x < bounds.left || x > bounds.right || y < bounds.bottom || y > bounds.top) continue;
    if (usable(points, hidden, i) && insidePolygon(polygon, {x, y}))
      found.push_back(static_cast<std::size_t>(i));
  }
  return found;
}

}  // namespace lexarium
