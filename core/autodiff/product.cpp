// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/product.h"

#include <cassert>

namespace lexarium {
namespace {

using Strided = Eigen::Map<const Matrix, 0, Eigen::OuterStride<>>;
using StridedResult = Eigen::Map<Matrix, 0, Eigen::OuterStride<>>;

}  // namespace

void product(Tape&, Form form, const Block& a, const Block& b, const Result& result) {
  const Strided left(a.data, a.rows, a.cols, Eigen::OuterStride<>(a.stride));
  const Strided right(b.data, b.rows, b.cols, Eigen::OuterStride<>(b.stride));
  StridedResult out(result.data, result.rows, result.cols, Eigen::OuterStride<>(result.stride));
  assert(!(result.add && result.offset));
  if (result.offset) {
    out.colwise() = Eigen::Map<const Vector>(result.offset, result.rows);
  } else if (!result.add) {
    out.setZero();
  }
  switch (form) {
    case Form::Plain:
      out.noalias() += left * right;
      break;
    case Form::TransposeLeft:
      out.noalias() += left.transpose() * right;
      break;
    case Form::TransposeRight:
      out.noalias() += left * right.transpose();
      break;
  }
}

}  // namespace lexarium
