// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/motion.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace lexarium {

namespace {

// The first component is told from the second if its share is so many times larger.
constexpr double kStandsOut = 1.2;
// Radians that a map may turn at once while its words move by its own size.
constexpr double kUnseenTurn = 0.3;
// An axis within this angle of a component is called by its name.
constexpr double kSameAxis = 4 * std::numbers::pi / 180;

/// The orthogonal matrix that took `from` to `to` (both centred here): the polar factor of their covariance.
Eigen::Matrix2d turnBetween(const Layout& from, const Layout& to) {
  const Eigen::Matrix2Xd a = from.cast<double>().colwise() - from.cast<double>().rowwise().mean().eval();
  const Eigen::Matrix2Xd b = to.cast<double>().colwise() - to.cast<double>().rowwise().mean().eval();
  const Eigen::Matrix2d c = b * a.transpose();
  // For 2 x 2 the nearest rotation and the nearest reflection have closed forms; the better one wins.
  const double turnX = c(0, 0) + c(1, 1), turnY = c(1, 0) - c(0, 1);
  const double mirrorX = c(0, 0) - c(1, 1), mirrorY = c(1, 0) + c(0, 1);
  const double turn = std::hypot(turnX, turnY), mirror = std::hypot(mirrorX, mirrorY);
  Eigen::Matrix2d q = Eigen::Matrix2d::Identity();
  if (turn >= mirror && turn > 0) {
    q << turnX / turn, -turnY / turn, turnY / turn, turnX / turn;
  } else if (mirror > 0) {
    q << mirrorX / mirror, mirrorY / mirror, mirrorY / mirror, -mirrorX / mirror;
  }
  return q;
}

/// Whether the first component stands out, so that it can be told from the second from frame to frame.
bool componentsDiffer(const std::vector<double>& shares) {
  return shares.size() >= 2 && shares[0] > kStandsOut * shares[1];
}

/// How far points have moved between two layouts of the same words, as a share of the layout's size.
double unrest(const Layout& layout, const Layout& before) {
  const Eigen::Index common = std::min(layout.cols(), before.cols());
  const double size = static_cast<double>(before.leftCols(common).norm());
  return size > 0 ? static_cast<double>((layout.leftCols(common) - before.leftCols(common)).norm()) / size
                  : 1;
}

AxisShares sharesOf(const Eigen::RowVector2d& axis, const std::vector<double>& shares) {
  const double first = axis(0) * axis(0), second = axis(1) * axis(1);
  AxisShares result;
  result.share = first * (shares.empty() ? 0 : shares[0]) + second * (shares.size() < 2 ? 0 : shares[1]);
  const double near = std::pow(std::cos(kSameAxis), 2);
  if (first >= near) result.component = 1;
  if (second >= near) result.component = 2;
  return result;
}

}  // namespace

double easeOut(double t) {
  const double left = 1 - std::clamp(t, 0.0, 1.0);
  return 1 - left * left * left;
}

void LayoutMotion::setTarget(Layout target, double seconds) {
  const Eigen::Index common = std::min(shown_.cols(), target.cols());
  Layout shown = target;
  shown.leftCols(common) = shown_.leftCols(common);
  shown_ = std::move(shown);
  target_ = std::move(target);
  left_ = seconds;
  atRest_ = shown_ == target_;
}

void LayoutMotion::follow(double seconds) {
  if (atRest_) return;
  if (seconds >= left_) return finish();
  shown_ += (target_ - shown_) * static_cast<float>(seconds / left_);
  left_ -= seconds;
}

void LayoutMotion::beginGlide() { origin_ = shown_; }

void LayoutMotion::glide(double secondsSinceBegin) {
  const double t = secondsSinceBegin / kGlideSeconds;
  if (t >= 1 || origin_.cols() != target_.cols()) return finish();
  shown_ = origin_ + (target_ - origin_) * static_cast<float>(easeOut(t));
}

void LayoutMotion::finish() {
  shown_ = target_;
  atRest_ = true;
}

void LayoutMotion::clear() {
  shown_ = target_ = origin_ = Layout();
  atRest_ = true;
}

FollowedLayout followComponents(const Layout& layout, const std::vector<double>& shares,
                                const Layout& reference, double maximumTurn) {
  if (layout.cols() == 0) return {};
  if (reference.cols() == 0) {
    return {layout, sharesOf({1, 0}, shares), sharesOf({0, 1}, shares)};
  }
  FollowedLayout followed{alignTo(layout, reference), {}, {}};
  Eigen::Matrix2d q = turnBetween(layout, followed.layout);
  const double angle = std::atan2(q(1, 0), q(0, 0));
  const double period = componentsDiffer(shares) ? std::numbers::pi : std::numbers::pi / 2;
  const double excess = angle - period * std::round(angle / period);
  const double unseen = kUnseenTurn * unrest(followed.layout, reference);
  const double most = maximumTurn > 0 ? std::max(maximumTurn, unseen) : 0;
  const double turn = std::clamp(-excess, -most, most);
  if (turn != 0) {
    const Eigen::Matrix2f rotation = Eigen::Rotation2Df(static_cast<float>(turn)).toRotationMatrix();
    const Eigen::Vector2f centre = followed.layout.rowwise().mean();
    followed.layout = (rotation * (followed.layout.colwise() - centre)).colwise() + centre;
    q = Eigen::Rotation2Dd(turn).toRotationMatrix() * q;
  }
  followed.x = sharesOf(q.row(0), shares);
  followed.y = sharesOf(q.row(1), shares);
  return followed;
}

}  // namespace lexarium
