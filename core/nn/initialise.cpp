// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/initialise.h"

#include <cassert>
#include <cmath>

namespace lexarium {
namespace {

/// Modified Gram-Schmidt, twice for each column, in double: the Q of a QR whose R has a positive diagonal.
void orthonormalise(Eigen::MatrixXd& q) {
  for (Index j = 0; j < q.cols(); ++j) {
    for (int pass = 0; pass < 2; ++pass) {
      for (Index i = 0; i < j; ++i) q.col(j) -= q.col(i).dot(q.col(j)) * q.col(i);
    }
    q.col(j).normalize();
  }
}

}  // namespace

void initialiseUniform(MatrixMap matrix, double bound, Rng& rng) {
  for (Index i = 0; i < matrix.size(); ++i) {
    matrix.data()[i] = static_cast<Real>((2 * rng.uniform() - 1) * bound);
  }
}

void initialiseNormal(MatrixMap matrix, double deviation, Rng& rng) {
  for (Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = static_cast<Real>(deviation * rng.normal());
}

void initialiseXavier(MatrixMap matrix, Rng& rng) {
  initialiseUniform(matrix, std::sqrt(6.0 / static_cast<double>(matrix.rows() + matrix.cols())), rng);
}

void initialiseKaiming(MatrixMap matrix, Rng& rng) {
  initialiseNormal(matrix, std::sqrt(2.0 / static_cast<double>(matrix.cols())), rng);
}

void initialiseOrthogonal(MatrixMap matrix, Rng& rng, double gain, Index blocks) {
  assert(matrix.rows() % blocks == 0);
  const Index rows = matrix.rows() / blocks;
  const bool isWide = matrix.cols() > rows;
  for (Index block = 0; block < blocks; ++block) {
    Eigen::MatrixXd q = isWide ? Eigen::MatrixXd(matrix.cols(), rows) : Eigen::MatrixXd(rows, matrix.cols());
    for (Index i = 0; i < q.size(); ++i) q.data()[i] = rng.normal();
    orthonormalise(q);
    if (isWide) q.transposeInPlace();
    matrix.middleRows(block * rows, rows) = (gain * q).cast<Real>();
  }
}

}  // namespace lexarium
