// SPDX-License-Identifier: GPL-3.0-or-later
// The answers to a sum of words. The sums of cosines (3CosAdd) are the cosines with the sum, so nearest()
// gives them exactly; products (3CosMul) take the cosines with each word of the sum: one matrix product a
// block.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/analysis/word_expression.h"
#include "core/base/dot_products.h"

namespace lexarium {
namespace {

using Eigen::Index;

constexpr Index kBlock = 1024;
/// Levy & Goldberg's epsilon: keeps the quotient finite.
constexpr Real kEpsilon = Real(0.001);

/// The words' vectors at unit length [dimensions x terms]; no columns if one of them has no direction.
Matrix unitVectors(const EmbeddingTable& table, const Vector& norms, std::span<const ExpressionTerm> terms) {
  Matrix units(table.vectors.rows(), static_cast<Index>(terms.size()));
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto id = static_cast<Index>(terms[i].id);
    if (id >= table.vectors.cols() || !(norms(id) > 0)) return Matrix(table.vectors.rows(), 0);
    units.col(static_cast<Index>(i)) = table.vectors.col(id) * norms(id);
  }
  return units;
}

/// 3CosMul: cosines moved to [0, 1] as (1 + cosine) / 2, those of added words multiplied, over those of
/// the words taken away. One score a word of the table.
Vector quotients(const EmbeddingTable& table, const Vector& norms, const Matrix& units,
                 std::span<const ExpressionTerm> terms) {
  Vector scores(table.vectors.cols());
  Matrix cosines;
  for (Index begin = 0; begin < scores.size(); begin += kBlock) {
    const Index size = std::min(kBlock, scores.size() - begin);
    dotProducts(table.vectors.middleCols(begin, size), units, cosines);
    cosines.array().colwise() *= norms.segment(begin, size).array();
    auto block = scores.segment(begin, size).array();
    block.setOnes();
    for (std::size_t i = 0; i < terms.size(); ++i) {
      const auto shifted = (Real(1) + cosines.col(static_cast<Index>(i)).array()) / 2;
      if (terms[i].minus) {
        block /= shifted.max(Real(0)) + kEpsilon;
      } else {
        block *= shifted.max(Real(0));
      }
    }
  }
  return scores;
}

std::vector<AnalogyAnswer> bestByQuotient(const EmbeddingTable& table, const Vector& norms,
                                          const Matrix& units, std::span<const ExpressionTerm> terms,
                                          std::size_t k, const Vector& sum) {
  Vector scores = quotients(table, norms, units, terms);
  for (const ExpressionTerm& term : terms) scores(static_cast<Index>(term.id)) = -1;
  std::vector<AnalogyAnswer> answers;
  for (Index i = 0; i < scores.size(); ++i) {
    if (norms(i) > 0 && scores(i) >= 0 && std::isfinite(scores(i))) {
      answers.push_back({static_cast<TokenId>(i), 0, static_cast<double>(scores(i))});
    }
  }
  const auto end = answers.begin() + static_cast<std::ptrdiff_t>(std::min(k, answers.size()));
  std::partial_sort(answers.begin(), end, answers.end(), [](const auto& a, const auto& b) {
    return a.score != b.score ? a.score > b.score : a.id < b.id;
  });
  answers.erase(end, answers.end());
  const Eigen::VectorXd exact = sum.cast<double>();
  const double length = exact.norm();
  for (AnalogyAnswer& answer : answers) {
    const Eigen::VectorXd vector = table.vectors.col(static_cast<Index>(answer.id)).cast<double>();
    answer.cosine = length > 0 ? std::clamp(vector.dot(exact) / (vector.norm() * length), -1.0, 1.0) : 0.0;
  }
  return answers;
}

}  // namespace

std::vector<AnalogyAnswer> answerExpression(const EmbeddingTable& table, const Vector& norms,
                                            std::span<const ExpressionTerm> terms, std::size_t k,
                                            AnalogyMethod method) {
  if (terms.empty() || k == 0) return {};
  const Vector own = norms.size() == table.vectors.cols() ? Vector() : inverseNorms(table.vectors);
  const Vector& inverse = own.size() ? own : norms;
  const Matrix units = unitVectors(table, inverse, terms);
  if (units.cols() == 0) return {};
  Vector sum = Vector::Zero(units.rows());
  std::vector<TokenId> asked;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    sum += (terms[i].minus ? Real(-1) : Real(1)) * units.col(static_cast<Index>(i));
    asked.push_back(terms[i].id);
  }
  if (method == AnalogyMethod::Mul) return bestByQuotient(table, inverse, units, terms, k, sum);
  // What is left of words that cancel each other out is rounding.
  if (sum.norm() < Real(1e-5) * static_cast<Real>(terms.size())) return {};
  std::vector<AnalogyAnswer> answers;
  for (const Neighbour& found : nearest(table.vectors, inverse, sum, k, asked)) {
    answers.push_back({found.id, found.score, found.score});
  }
  return answers;
}

}  // namespace lexarium
