// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/initial_layout.h"

#include <cmath>

#include "core/base/rng.h"
#include "core/projection/principal_axes.h"

namespace lexarium {
namespace {

using Eigen::Index;

constexpr double kStir = 0.01;
constexpr Index kGuides = 5;  // neighbours that say where a new point begins

/// The larger of the deviations along the axes; columns that are not finite count as 0.
double spread(const Layout& layout) {
  return std::sqrt(layout.cast<double>().rowwise().squaredNorm().maxCoeff() /
                   static_cast<double>(std::max<Index>(1, layout.cols())));
}

void stir(Layout& layout, Index from, double deviation, std::uint64_t seed) {
  Rng rng(seed);
  for (Index i = from; i < layout.cols(); ++i) {
    layout(0, i) += static_cast<float>(deviation * rng.normal());
    layout(1, i) += static_cast<float>(deviation * rng.normal());
  }
}

void centre(Layout& layout) {
  for (Index i = 0; i < layout.cols(); ++i) {
    if (!layout.col(i).allFinite()) layout.col(i).setZero();
  }
  const Eigen::Vector2f mean = layout.cast<double>().rowwise().mean().cast<float>();
  layout.colwise() -= mean;
}

Expected<Layout> alongPrincipalAxes(const Matrix& points, const TaskContext& context) {
  Layout layout = Layout::Zero(2, points.cols());
  if (points.rows() == 0 || points.cols() < 2) return layout;
  auto axes = principalAxes(points, context);
  if (!axes) return tl::unexpected<Error>(axes.error());
  const Index rows = std::min<Index>(2, axes->projected.rows());
  layout.topRows(rows) = axes->projected.topRows(rows).template cast<float>();
  return layout;
}

}  // namespace

Expected<Layout> initialLayout(const Matrix& points, const Layout& initial, double deviation,
                               std::uint64_t seed, const TaskContext& context) {
  Layout layout = initial;
  if (initial.cols() != points.cols()) {
    auto axes = alongPrincipalAxes(points, context);
    if (!axes) return axes;
    layout = std::move(*axes);
  }
  if (layout.cols() == 0) return layout;
  centre(layout);
  const double now = spread(layout);
  if (now > 0 && std::isfinite(now)) {
    layout = (layout.cast<double>() * (deviation / now)).cast<float>();
  } else {
    layout.setZero();
  }
  stir(layout, 0, kStir * deviation, seed);
  return layout;
}

Layout extendedLayout(const Layout& layout, const NeighbourTable& neighbours, std::uint64_t seed) {
  const Index n = neighbours.points(), placed = std::min(layout.cols(), n);
  Layout extended = Layout::Zero(2, n);
  extended.leftCols(placed) = layout.leftCols(placed);
  for (Index i = 0; i < placed; ++i) {
    if (!extended.col(i).allFinite()) extended.col(i).setZero();
  }
  const double deviation = kStir * std::max(spread(Layout(extended.leftCols(placed))), 1e-6);
  for (Index i = placed; i < n; ++i) {
    Index guides = 0;
    for (Index s = 0; s < neighbours.k() && guides < kGuides; ++s) {
      const Index neighbour = neighbours.ids(s, i);
      if (neighbour >= placed) continue;
      extended.col(i) += extended.col(neighbour);
      ++guides;
    }
    if (guides > 0) extended.col(i) /= static_cast<float>(guides);
  }
  stir(extended, placed, deviation, seed);
  return extended;
}

}  // namespace lexarium
