// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/closeness.h"

#include <algorithm>
#include <cmath>

#include "core/base/dot_products.h"

namespace lexarium {
namespace {

using Eigen::Index;

constexpr Index kBlock = 1024;
constexpr Real kRounding = Real(1e-5);

double exactCosine(const Matrix& vectors, Index i, Index j) {
  const Eigen::VectorXd a = vectors.col(i).cast<double>(), b = vectors.col(j).cast<double>();
  return std::clamp(a.dot(b) / (a.norm() * b.norm()), -1.0, 1.0);
}

/// How many words are nearer to `word` than `other` is. As in nearest(), what single precision cannot tell
/// apart is compared in double, and ties go to the smaller id.
std::size_t countNearer(const Matrix& vectors, const Vector& norms, const Vector& cosines, Index begin,
                        Index word, Index other, double cosine) {
  std::size_t nearer = 0;
  for (Index i = 0; i < cosines.size(); ++i) {
    const Index id = begin + i;
    if (id == word || id == other || !(norms(id) > 0)) continue;
    const Real difference = cosines(i) - static_cast<Real>(cosine);
    if (difference > kRounding) {
      ++nearer;
    } else if (difference >= -kRounding) {
      const double exact = exactCosine(vectors, id, word);
      if (exact > cosine || (exact == cosine && id < other)) ++nearer;
    }
  }
  return nearer;
}

}  // namespace

std::optional<Closeness> closenessOf(const EmbeddingTable& table, const Vector& norms, TokenId a, TokenId b) {
  const Matrix& vectors = table.vectors;
  const Vector own = norms.size() == vectors.cols() ? Vector() : inverseNorms(vectors);
  const Vector& inverse = own.size() ? own : norms;
  const auto i = static_cast<Index>(a), j = static_cast<Index>(b);
  if (a == b || i >= vectors.cols() || j >= vectors.cols() || !(inverse(i) > 0) || !(inverse(j) > 0)) {
    return std::nullopt;
  }
  Closeness result;
  result.cosine = exactCosine(vectors, i, j);
  result.distance = (vectors.col(i) - vectors.col(j)).cast<double>().norm();
  result.rankOfA = result.rankOfB = 1;
  Matrix both(vectors.rows(), 2);
  both << vectors.col(i) * inverse(i), vectors.col(j) * inverse(j);
  Matrix cosines;
  for (Index begin = 0; begin < vectors.cols(); begin += kBlock) {
    const Index size = std::min(kBlock, vectors.cols() - begin);
    dotProducts(vectors.middleCols(begin, size), both, cosines);
    cosines.array().colwise() *= inverse.segment(begin, size).array();
    result.rankOfB += countNearer(vectors, inverse, cosines.col(0), begin, i, j, result.cosine);
    result.rankOfA += countNearer(vectors, inverse, cosines.col(1), begin, j, i, result.cosine);
  }
  return result;
}

}  // namespace lexarium
