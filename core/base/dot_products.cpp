// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/dot_products.h"

namespace lexarium {

void dotProducts(const Eigen::Ref<const Matrix>& a, const Eigen::Ref<const Matrix>& b, Matrix& out) {
  out.noalias() = a.transpose() * b;
}

}  // namespace lexarium
