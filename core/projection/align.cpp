// SPDX-License-Identifier: GPL-3.0-or-later
// Orthogonal Procrustes in the plane, in closed form. With H the cross-covariance of reference and layout, a
// turn by angle a gives trace (H00 + H11) cos a + (H10 - H01) sin a, and a mirrored turn (H00 - H11) cos a +
// (H10 + H01) sin a; the best is the larger of the two amplitudes (what the singular value decomposition of H
// finds in any dimension).
#include <cmath>

#include "core/projection/projection.h"

namespace lexarium {
namespace {

struct Fit {
  Eigen::Vector2d from = Eigen::Vector2d::Zero();  // weighted centre of the layout
  Eigen::Vector2d to = Eigen::Vector2d::Zero();    // and of the reference
  Eigen::Matrix2d turn = Eigen::Matrix2d::Identity();
  int points = 0;
};

/// Calls use(l, r, weight) for each pair that is finite and weighs something.
template <class Use>
void forEachPair(const Layout& layout, const Layout& reference, const Eigen::VectorXf& weights, Use&& use) {
  const Eigen::Index pairs = std::min(layout.cols(), reference.cols());
  for (Eigen::Index i = 0; i < pairs; ++i) {
    const double weight = i < weights.size() ? static_cast<double>(weights(i)) : 1.0;
    if (!(weight > 0) || !std::isfinite(weight)) continue;
    if (!layout.col(i).allFinite() || !reference.col(i).allFinite()) continue;
    use(Eigen::Vector2d(layout.col(i).cast<double>()), Eigen::Vector2d(reference.col(i).cast<double>()),
        weight);
  }
}

Eigen::Matrix2d bestTurn(const Eigen::Matrix2d& h) {
  const double turned = std::hypot(h(0, 0) + h(1, 1), h(1, 0) - h(0, 1));
  const double mirrored = std::hypot(h(0, 0) - h(1, 1), h(1, 0) + h(0, 1));
  if (!(turned > 0) && !(mirrored > 0)) return Eigen::Matrix2d::Identity();  // all points in one place
  Eigen::Matrix2d turn;
  // Points on one line fit as well mirrored as not; then they are not mirrored.
  if (turned >= mirrored * (1 - 1e-9)) {
    const double c = (h(0, 0) + h(1, 1)) / turned, s = (h(1, 0) - h(0, 1)) / turned;
    turn << c, -s, s, c;
  } else {
    const double c = (h(0, 0) - h(1, 1)) / mirrored, s = (h(1, 0) + h(0, 1)) / mirrored;
    turn << c, s, s, -c;
  }
  return turn;
}

Fit fit(const Layout& layout, const Layout& reference, const Eigen::VectorXf& weights) {
  Fit result;
  double total = 0;
  forEachPair(layout, reference, weights, [&](const auto& l, const auto& r, double weight) {
    result.from += weight * l;
    result.to += weight * r;
    total += weight;
    ++result.points;
  });
  if (result.points == 0) return result;
  result.from /= total;
  result.to /= total;
  if (result.points < 2) return result;
  Eigen::Matrix2d h = Eigen::Matrix2d::Zero();
  forEachPair(layout, reference, weights, [&](const auto& l, const auto& r, double weight) {
    h += weight * (r - result.to) * (l - result.from).transpose();
  });
  result.turn = bestTurn(h);
  return result;
}

}  // namespace

Layout alignTo(const Layout& layout, const Layout& reference, const Eigen::VectorXf& weights) {
  const Fit best = fit(layout, reference, weights);
  if (best.points == 0) return layout;
  const Eigen::Matrix2f turn = best.turn.cast<float>();
  const Eigen::Vector2f from = best.from.cast<float>();
  const Eigen::Vector2f to = best.to.cast<float>();
  Layout aligned = (turn * (layout.colwise() - from)).colwise() + to;
  for (Eigen::Index i = 0; i < aligned.cols(); ++i) {
    if (!aligned.col(i).allFinite()) aligned.col(i) = to;  // a point without a place stands in the middle
  }
  return aligned;
}

}  // namespace lexarium
