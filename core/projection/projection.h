// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/base/matrix.h"
#include "core/base/param_spec.h"
#include "core/base/progress.h"

namespace lexarium {

/// Points in the plane: [2 x points], column i belongs to column i of the data.
using Layout = Eigen::Matrix<float, 2, Eigen::Dynamic>;

/// A method that lays out high-dimensional points in the plane, a little at a time.
class Projection {
 public:
  virtual ~Projection() = default;

  /// points [dimensions x n]; initial [2 x n] is the layout to begin from (empty: the method's own). Called
  /// again with new points of the same n it goes on from where it was, so that a map can follow training.
  /// Errors: cancelled.
  virtual Expected<void> start(const Matrix& points, const Layout& initial, const TaskContext& context) = 0;
  /// Works through up to `iterations`; returns false when it has converged or has nothing to iterate.
  virtual bool advance(int iterations) = 0;
  virtual const Layout& layout() const = 0;
  virtual std::uint64_t iteration() const = 0;
  /// Share of the variance that each axis shows, 0 to 1; empty for methods that have none.
  virtual std::vector<double> varianceShares() const { return {}; }
};

struct ProjectionInfo {
  std::string id;       ///< "pca"
  std::string title;    ///< "PCA"
  std::string summary;  ///< one sentence
  std::string citation;
  std::vector<ParamSpec> params;
  std::unique_ptr<Projection> (*create)(const ParamSet& params, std::uint64_t seed);
};

std::span<const ProjectionInfo> projections();
const ProjectionInfo* findProjection(std::string_view id);

/// Procrustes (Gower & Dijksterhuis 2004): turns, mirrors and moves `layout` so that it lies closest to
/// `reference`, over the columns both have (the first min(n, m)), without scaling. With fewer than two points
/// it only moves. Points that differ between the two must not drive it: with `weights` [n] (empty: all 1)
/// some may count less.
Layout alignTo(const Layout& layout, const Layout& reference, const Eigen::VectorXf& weights = {});

}  // namespace lexarium
