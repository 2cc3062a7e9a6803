// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/expected.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"

namespace lexarium {

/// The leading principal axes of a cloud of points, and the points seen along them.
struct PrincipalAxes {
  Eigen::MatrixXd basis;      ///< [dimensions x k], orthonormal, by falling variance; k is at most kBasisSize
  Eigen::VectorXd variances;  ///< [k] along each axis
  double totalVariance = 0;   ///< trace of the covariance, exact
  Matrix projected;           ///< [k x points], centred
  int passes = 0;             ///< over the data
};

/// A few more axes than are shown: they make the iteration converge at the rate of the gap behind the last of
/// them.
inline constexpr Eigen::Index kBasisSize = 6;

/// From nothing: eigen-decomposition of the covariance (or of the Gram matrix if there are fewer points than
/// dimensions); above some hundred dimensions randomised subspace iteration (Halko, Martinsson & Tropp 2011).
/// Points must be finite; dimensions and points >= 1.
Expected<PrincipalAxes> principalAxes(const Matrix& points, const TaskContext& context);

/// From the axes of a similar cloud of the same dimensions: a few passes of subspace iteration with
/// Rayleigh-Ritz (Saad 2011, chapter 5), until the residual of the two first axes is small; from nothing
/// where that stays slow.
Expected<PrincipalAxes> followPrincipalAxes(const Matrix& points, const Eigen::MatrixXd& basis,
                                            const TaskContext& context);

}  // namespace lexarium
