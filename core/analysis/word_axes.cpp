// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/word_axes.h"

#include <algorithm>
#include <cmath>

namespace lexarium {
namespace {

using Eigen::Index;

/// Mean of the unit vectors; empty if there is none, or one has no direction.
Vector meanDirection(const EmbeddingTable& table, const Vector& norms, const std::vector<TokenId>& ids) {
  if (ids.empty()) return {};
  Vector mean = Vector::Zero(table.vectors.rows());
  for (const TokenId id : ids) {
    const auto column = static_cast<Index>(id);
    if (column >= std::min(table.vectors.cols(), norms.size()) || !(norms(column) > 0)) return {};
    mean += table.vectors.col(column) * norms(column);
  }
  return mean / static_cast<Real>(ids.size());
}

}  // namespace

Vector axisDirection(const EmbeddingTable& table, const Vector& norms, const AxisPoles& poles) {
  const Vector from = meanDirection(table, norms, poles.from);
  const Vector to = meanDirection(table, norms, poles.to);
  if (from.size() == 0 || to.size() == 0) return {};
  const Vector difference = to - from;
  const Real length = difference.norm();
  // What is left of ends that coincide is rounding.
  if (!(length > Real(1e-5))) return {};
  return difference / length;
}

Layout cosinesWithAxes(const EmbeddingTable& table, const Vector& norms, std::size_t words, const Vector& x,
                       const Vector& y) {
  const Index columns =
      std::min({static_cast<Index>(words), table.vectors.cols(), static_cast<Index>(norms.size())});
  Layout layout = Layout::Zero(2, columns);
  const auto project = [&](Index row, const Vector& direction) {
    if (direction.size() != table.vectors.rows()) return;
    const Vector products = table.vectors.leftCols(columns).transpose() * direction;
    for (Index i = 0; i < columns; ++i) {
      const float cosine = static_cast<float>(products(i) * norms(i));
      if (norms(i) > 0 && std::isfinite(cosine)) layout(row, i) = std::clamp(cosine, -1.0f, 1.0f);
    }
  };
  project(0, x);
  project(1, y);
  return layout;
}

}  // namespace lexarium
