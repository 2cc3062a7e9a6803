// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
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

/// A method that lays out high-dimensional points in the plane, a little at a time. The same seed and the
/// same calls give the same layout bit for bit, on any number of threads, however advance() is cut into
/// pieces.
class Projection {
 public:
  virtual ~Projection() = default;

  /// points [dimensions x n]; initial [2 x n] is a first arrangement, such as another method's, of any scale
  /// (empty: that of PCA). Called again with new points of the same n it goes on from where it was, so that a
  /// map can follow training. Columns that are not finite are taken for the middle of all.
  /// Errors: cancelled; then everything is as before.
  virtual Expected<void> start(const Matrix& points, const Layout& initial, const TaskContext& context) = 0;
  /// Goes on from a layout that this method has made before of nearly the same points, without the shaking up
  /// that a start from nothing needs. It may have fewer columns than there are points: the other points begin
  /// amid their neighbours.
  virtual Expected<void> resume(const Matrix& points, const Layout& layout, const TaskContext& context) {
    return start(points, layout, context);
  }
  /// Works through up to `iterations`, fewer if it is stopped; returns false when it has converged or has
  /// nothing to iterate.
  virtual bool advance(int iterations, const StopToken& stop) = 0;
  bool advance(int iterations) { return advance(iterations, StopToken()); }
  /// Changes the parameters that are live in the specs; others keep the value they were made with. May take
  /// as long as start() where neighbours must be found anew. Errors: cancelled; then nothing has changed.
  virtual Expected<void> setParams(const ParamSet& params, const TaskContext& context) {
    (void)params, (void)context;
    return {};
  }

  virtual const Layout& layout() const = 0;
  virtual std::uint64_t iteration() const = 0;
  /// The iteration at which advance() will end; 0 for methods that do not iterate.
  virtual std::uint64_t lastIteration() const { return 0; }
  /// What the method makes small, for the layout as it stands; computed when asked for, at the price of about
  /// one iteration. Empty for methods that have none, and for fewer than two points.
  virtual std::optional<double> objective() { return std::nullopt; }
  /// Share of the variance that each axis shows, 0 to 1; empty for methods that have none.
  virtual std::vector<double> varianceShares() const { return {}; }
};

struct ProjectionInfo {
  std::string id;       ///< "pca"
  std::string title;    ///< "PCA"
  std::string summary;  ///< one sentence
  std::string citation;
  std::vector<ParamSpec> params;
  std::string objective;  ///< what objective() is called: "KL divergence"; empty: it has none
  std::unique_ptr<Projection> (*make)(const ParamSet& params, std::uint64_t seed, std::size_t threads);

  /// params: a value for each of the specs.
  std::unique_ptr<Projection> create(const ParamSet& values, std::uint64_t seed,
                                     std::size_t threads = 1) const {
    return make(values, seed, threads);
  }
};

std::span<const ProjectionInfo> projections();
const ProjectionInfo* findProjection(std::string_view id);

/// Procrustes (Gower & Dijksterhuis 2004): turns, mirrors and moves `layout` so that it lies closest to
/// `reference`, over the columns both have (the first min(n, m)), without scaling. With fewer than two points
/// it only moves. Points that differ between the two must not drive it: with `weights` [n] (empty: all 1)
/// some may count less.
Layout alignTo(const Layout& layout, const Layout& reference, const Eigen::VectorXf& weights = {});

}  // namespace lexarium
