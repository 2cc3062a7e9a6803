// SPDX-License-Identifier: GPL-3.0-or-later
// Principal component analysis (Pearson 1901; Hotelling 1933): the two directions along which the points vary
// most.
#include "core/projection/pca.h"

#include <cmath>
#include <optional>

#include "core/projection/principal_axes.h"

namespace lexarium {
namespace {

using Eigen::Index;

/// Which points are whole numbers throughout; nullopt: all of them.
std::optional<std::vector<Index>> finiteColumns(const Matrix& points) {
  std::vector<Index> places;
  bool all = true;
  for (Index i = 0; i < points.cols(); ++i) {
    const bool finite =
        std::isfinite(points.col(i).squaredNorm());  // also false for lengths beyond float's range
    if (!finite && all) {
      all = false;
      for (Index before = 0; before < i; ++before) places.push_back(before);
    }
    if (finite && !all) places.push_back(i);
  }
  if (all) return std::nullopt;
  return places;
}

class Pca final : public Projection {
 public:
  Expected<void> start(const Matrix& points, const Layout& initial, const TaskContext& context) override {
    const auto finite = finiteColumns(points);
    const Matrix chosen = finite ? Matrix(points(Eigen::all, *finite)) : Matrix();
    const Matrix& used = finite ? chosen : points;
    Layout layout = Layout::Zero(2, points.cols());
    if (used.cols() < 2 || used.rows() < 1) {
      commit(std::move(layout), {0, 0}, 0);
      return {};
    }
    const bool follows = axes_.rows() == used.rows() && layout_.cols() == points.cols();
    auto found = follows ? followPrincipalAxes(used, axes_, context) : principalAxes(used, context);
    if (!found) return tl::unexpected<Error>(found.error());

    const Index rows = std::min<Index>(2, found->projected.rows());
    for (Index i = 0; i < used.cols(); ++i) {
      const Index place = finite ? (*finite)[static_cast<std::size_t>(i)] : i;
      layout.col(place).head(rows) = found->projected.col(i).head(rows).template cast<float>();
    }
    if (!follows && initial.cols() == layout.cols()) faceLike(initial, layout, found->basis);
    std::vector<double> shares(2, 0.0);
    for (Index axis = 0; axis < rows && found->totalVariance > 0; ++axis) {
      shares[static_cast<std::size_t>(axis)] = std::min(1.0, found->variances(axis) / found->totalVariance);
    }
    axes_ = std::move(found->basis);
    commit(std::move(layout), std::move(shares), found->passes);
    return {};
  }

  bool advance(int, const StopToken&) override { return false; }
  const Layout& layout() const override { return layout_; }
  std::uint64_t iteration() const override { return passes_; }
  std::vector<double> varianceShares() const override { return shares_; }

 private:
  /// Mirrors axes so that they look the same way as the layout that is on the screen.
  static void faceLike(const Layout& initial, Layout& layout, Eigen::MatrixXd& basis) {
    for (Index axis = 0; axis < std::min<Index>(2, basis.cols()); ++axis) {
      const float agreement = layout.row(axis).dot(initial.row(axis));
      if (!(agreement < 0)) continue;
      layout.row(axis) *= -1;
      basis.col(axis) *= -1;
    }
  }

  void commit(Layout layout, std::vector<double> shares, int passes) {
    layout_ = std::move(layout);
    shares_ = std::move(shares);
    passes_ += static_cast<std::uint64_t>(passes);
  }

  Layout layout_ = Layout(2, 0);
  Eigen::MatrixXd axes_;  // of the call before, where the next one begins
  std::vector<double> shares_;
  std::uint64_t passes_ = 0;
};

}  // namespace

ProjectionInfo pcaInfo() {
  return {"pca",
          "PCA",
          "Looks at the words from the side from which they are most spread out: a shadow of the real space, "
          "never "
          "bent, the same every time.",
          "Pearson 1901, Philosophical Magazine 2 (11); Hotelling 1933, Journal of Educational Psychology 24",
          {},
          "",
          [](const ParamSet&, std::uint64_t, std::size_t) -> std::unique_ptr<Projection> {
            return std::make_unique<Pca>();
          }};
}

}  // namespace lexarium
