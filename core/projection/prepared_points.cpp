// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/prepared_points.h"

#include <cmath>

namespace lexarium {
namespace {

using Eigen::Index;

bool usable(const Matrix& points, Index column) { return std::isfinite(points.col(column).squaredNorm()); }

Matrix ofUnitLength(const Matrix& points) {
  Matrix result = Matrix::Zero(points.rows(), points.cols());
  for (Index i = 0; i < points.cols(); ++i) {
    const double length = points.col(i).template cast<double>().norm();
    if (usable(points, i) && length > 0) result.col(i) = points.col(i) * static_cast<Real>(1 / length);
  }
  // Lengths below the smallest normal number have no inverse.
  return result.allFinite() ? result
                            : Matrix(result.unaryExpr([](Real v) { return std::isfinite(v) ? v : Real(0); }));
}

}  // namespace

ParamSpec metricParam() {
  return choiceParam("metric", "Distance", "How the distance of two words is measured.", "euclidean",
                     {{"euclidean", "Euclidean"}, {"cosine", "Cosine (angle only)"}});
}

Metric metricOf(const ParamSet& params) {
  return params.getChoice("metric") == "cosine" ? Metric::Cosine : Metric::Euclidean;
}

Matrix preparedPoints(const Matrix& points, Metric metric) {
  if (metric == Metric::Cosine) return ofUnitLength(points);
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(points.rows());
  Index used = 0;
  for (Index i = 0; i < points.cols(); ++i) {
    if (!usable(points, i)) continue;
    sum += points.col(i).template cast<double>();
    ++used;
  }
  Matrix result = Matrix::Zero(points.rows(), points.cols());
  if (used == 0) return result;
  const Vector mean = (sum / static_cast<double>(used)).cast<Real>();
  double squares = 0;
  for (Index i = 0; i < points.cols(); ++i) {
    if (!usable(points, i)) continue;
    result.col(i) = points.col(i) - mean;
    squares += result.col(i).template cast<double>().squaredNorm();
  }
  if (squares > 0) {
    const double scale = std::sqrt(static_cast<double>(used) / squares);
    for (Index i = 0; i < result.cols(); ++i) {
      result.col(i) = (result.col(i).template cast<double>() * scale).template cast<Real>();
    }
  }
  return result;
}

}  // namespace lexarium
