// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/projection.h"

namespace lexarium {

/// Ease-out (cubic): 0 at 0, 1 at 1, quick at first.
double easeOut(double t);

/// Points on their way from where they are drawn to where they belong. Plain values: the caller has the
/// clock.
class LayoutMotion {
 public:
  const Layout& shown() const { return shown_; }
  const Layout& target() const { return target_; }
  bool isAtRest() const { return atRest_; }

  /// New places, to be reached by follow() in so many seconds: a little more than the next ones will take to
  /// come, so that points never stand still between. Points that were not there before appear at theirs;
  /// those that are gone disappear.
  void setTarget(Layout target, double seconds = kFollowSeconds);
  /// A frame of a training that runs: the points go part of the way, at an even speed, however unevenly
  /// frames come.
  void follow(double seconds);
  /// A jump in time: the points take kGlideSeconds from where they are now. Then glide(elapsed).
  void beginGlide();
  void glide(double secondsSinceBegin);
  /// At once (reduced motion, nothing on screen yet).
  void finish();
  void clear();

  static constexpr double kGlideSeconds = 0.15;
  static constexpr double kFollowSeconds = 0.1;

 private:
  Layout shown_, target_, origin_;
  double left_ = 0;  // seconds until follow() arrives
  bool atRest_ = true;
};

/// What the axes of a layout show after it was turned to follow the one before.
struct AxisShares {
  int component = 0;  ///< 1: the axis is the first principal component, 2: the second; 0: a mixture of both
  double share = 0;   ///< of the variance, 0 to 1
};
struct FollowedLayout {
  Layout layout;
  AxisShares x, y;
};

/// `layout` lies on principal components with the given shares of variance. Lays it on `reference` (alignTo:
/// turned, mirrored, moved, never scaled), then turns it towards the position in which its axes are the
/// components again, the first one across: without that the map would keep for ever the accidental angle of
/// the first, still random vectors. It turns by at most `maximumTurn` radians, or further where the words
/// move among each other so much that nobody can see the turn.
FollowedLayout followComponents(const Layout& layout, const std::vector<double>& shares,
                                const Layout& reference, double maximumTurn);

}  // namespace lexarium
