// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/principal_axes.h"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <cmath>

#include "core/base/dot_products.h"
#include "core/base/rng.h"

namespace lexarium {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr Index kBlock = 512;            // columns centred at a time: stays in the second-level cache
constexpr Index kExactDimensions = 512;  // above, a full decomposition takes longer than iterating
constexpr double kTolerance = 2e-4;      // residual of an axis, in units of the largest variance
constexpr int kFollowPasses = 10;
constexpr int kColdPasses = 200;

Vector meanOf(const Matrix& points) {
  VectorXd sum = VectorXd::Zero(points.rows());
  for (Index begin = 0; begin < points.cols(); begin += kBlock) {
    const auto block = points.middleCols(begin, std::min(kBlock, points.cols() - begin));
    sum += block.rowwise().sum().template cast<double>();
  }
  return (sum / static_cast<double>(points.cols())).cast<Real>();
}

/// Calls work(begin, centred block) over all points; false if cancelled.
template <class Work>
bool forEachCentred(const Matrix& points, const Vector& mean, const TaskContext& context, Work&& work) {
  Matrix centred;
  for (Index begin = 0; begin < points.cols(); begin += kBlock) {
    if (context.stopRequested()) return false;
    centred = points.middleCols(begin, std::min(kBlock, points.cols() - begin)).colwise() - mean;
    work(begin, centred);
  }
  return true;
}

/// C V and everything else that one pass over the data yields for a basis V.
struct Pass {
  MatrixXd product;  // C V [dimensions x k]
  Matrix projected;  // V^T X [k x points]
  MatrixXd small;    // V^T C V [k x k]
  double totalVariance = 0;
};

bool runPass(const Matrix& points, const Vector& mean, const MatrixXd& basis, const TaskContext& context,
             Pass& pass) {
  const Matrix narrow = basis.cast<Real>();
  pass.product = MatrixXd::Zero(basis.rows(), basis.cols());
  pass.projected.resize(basis.cols(), points.cols());
  pass.totalVariance = 0;
  Matrix projected, product;
  const bool done = forEachCentred(points, mean, context, [&](Index begin, const Matrix& centred) {
    dotProducts(narrow, centred, projected);
    pass.projected.middleCols(begin, centred.cols()) = projected;
    product.noalias() = centred * projected.transpose();
    pass.product += product.cast<double>();
    pass.totalVariance += static_cast<double>(centred.squaredNorm());
  });
  const double scale = 1.0 / static_cast<double>(points.cols());
  pass.product *= scale;
  pass.totalVariance *= scale;
  pass.small = basis.transpose() * pass.product;
  return done;
}

/// Turns the basis inside its own span to its best axes (Rayleigh-Ritz), keeping each axis's sense as far as
/// it can.
PrincipalAxes ritz(const MatrixXd& basis, Pass& pass, double& residual) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(0.5 * (pass.small + pass.small.transpose()));
  MatrixXd turn = solver.eigenvectors().rowwise().reverse();
  for (Index axis = 0; axis < turn.cols(); ++axis) {
    if (turn(axis, axis) < 0) turn.col(axis) *= -1;
  }
  PrincipalAxes axes;
  axes.basis = basis * turn;
  axes.variances = solver.eigenvalues().reverse().cwiseMax(0.0);
  axes.totalVariance = pass.totalVariance;
  pass.product = pass.product * turn;
  dotProducts(turn.cast<Real>(), pass.projected, axes.projected);
  residual = 0;
  for (Index axis = 0; axis < std::min<Index>(2, turn.cols()); ++axis) {
    residual =
        std::max(residual, (pass.product.col(axis) - axes.variances(axis) * axes.basis.col(axis)).norm());
  }
  return axes;
}

MatrixXd orthonormal(const MatrixXd& columns) {
  const Eigen::HouseholderQR<MatrixXd> qr(columns);
  MatrixXd q = qr.householderQ() * MatrixXd::Identity(columns.rows(), columns.cols());
  // Householder may mirror a column; an axis that is good already must keep its sense.
  for (Index axis = 0; axis < q.cols(); ++axis) {
    if (q.col(axis).dot(columns.col(axis)) < 0) q.col(axis) *= -1;
  }
  return q;
}

/// A basis of the full size: the given axes first, random directions after them (a fixed seed: same map every
/// time).
MatrixXd completed(const MatrixXd& axes, Index dimensions) {
  const Index size = std::min(kBasisSize, dimensions);
  MatrixXd basis(dimensions, size);
  Rng rng(7);
  for (Index column = 0; column < size; ++column) {
    for (Index row = 0; row < dimensions; ++row) {
      basis(row, column) = column < axes.cols() ? axes(row, column) : rng.normal();
    }
  }
  return orthonormal(basis);
}

/// Subspace iteration; `converged` tells whether the residual got small in that many passes.
Expected<PrincipalAxes> iterate(const Matrix& points, MatrixXd basis, int passes, const TaskContext& context,
                                bool& converged) {
  const Vector mean = meanOf(points);
  Pass pass;
  for (int i = 1;; ++i) {
    if (!runPass(points, mean, basis, context, pass)) return cancelled();
    double residual = 0;
    PrincipalAxes axes = ritz(basis, pass, residual);
    axes.passes = i;
    converged = residual <= kTolerance * axes.variances(0) || axes.totalVariance <= 0;
    if (converged || i >= passes) return axes;
    basis = orthonormal(pass.product);
  }
}

Expected<MatrixXd> axesOfCovariance(const Matrix& points, const Vector& mean, const TaskContext& context) {
  MatrixXd covariance = MatrixXd::Zero(points.rows(), points.rows());
  Matrix part(points.rows(), points.rows());
  const bool done = forEachCentred(points, mean, context, [&](Index, const Matrix& centred) {
    part.setZero();
    part.selfadjointView<Eigen::Lower>().rankUpdate(centred);
    covariance += part.cast<double>();
  });
  if (!done) return cancelled();
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(covariance);  // reads the lower triangle only
  return MatrixXd(solver.eigenvectors().rightCols(std::min(kBasisSize, points.rows())).rowwise().reverse());
}

/// With fewer points than dimensions: the eigenvectors u of X^T X [points x points] give the axes X u / |X
/// u|.
MatrixXd axesOfGram(const Matrix& points, const Vector& mean) {
  const MatrixXd centred = (points.colwise() - mean).template cast<double>();
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(centred.transpose() * centred);
  const double largest = solver.eigenvalues().tail(1)(0);
  MatrixXd axes(points.rows(), 0);
  for (Index i = points.cols() - 1; i >= 0 && axes.cols() < kBasisSize; --i) {
    if (solver.eigenvalues()(i) <= 1e-9 * largest) break;  // a direction in which nothing varies
    axes.conservativeResize(Eigen::NoChange, axes.cols() + 1);
    axes.rightCols(1) = (centred * solver.eigenvectors().col(i)).normalized();
  }
  return axes;
}

/// An axis has no sense of its own: its largest component shall be positive.
void settleSigns(MatrixXd& axes) {
  for (Index axis = 0; axis < axes.cols(); ++axis) {
    Index largest = 0;
    axes.col(axis).cwiseAbs().maxCoeff(&largest);
    if (axes(largest, axis) < 0) axes.col(axis) *= -1;
  }
}

}  // namespace

Expected<PrincipalAxes> principalAxes(const Matrix& points, const TaskContext& context) {
  MatrixXd axes(points.rows(), 0);
  int passes = kColdPasses;
  if (points.cols() < points.rows() && points.cols() <= kExactDimensions) {
    axes = axesOfGram(points, meanOf(points));
    passes = 1;
  } else if (points.rows() <= kExactDimensions) {
    auto exact = axesOfCovariance(points, meanOf(points), context);
    if (!exact) return tl::unexpected<Error>(exact.error());
    axes = std::move(*exact);
    passes = 1;
  }
  settleSigns(axes);
  bool converged = false;
  return iterate(points, completed(axes, points.rows()), passes, context, converged);
}

Expected<PrincipalAxes> followPrincipalAxes(const Matrix& points, const MatrixXd& basis,
                                            const TaskContext& context) {
  bool converged = false;
  const bool exactIsPossible = points.rows() <= kExactDimensions;
  auto axes = iterate(points, completed(basis, points.rows()), exactIsPossible ? kFollowPasses : kColdPasses,
                      context, converged);
  if (!axes || converged || !exactIsPossible) return axes;
  return principalAxes(points, context);
}

}  // namespace lexarium
