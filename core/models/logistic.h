// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>
#include <utility>

#include "core/base/matrix.h"
#include "core/models/simd.h"

namespace lexarium {

/// exp(-a) for a >= 0; see simd::expOfMinus().
inline Real expOfMinus(Real a) {
  alignas(64) Real items[simd::kWidth];
  *reinterpret_cast<simd::Pack*>(items) = simd::expOfMinus(simd::Pack{} + a);
  return items[0];
}

/// Sum of binary cross-entropies -log s(y), with s(y) = 1 / (1 + exp(-y)) and the score y turned so that the
/// right answer is positive:
///   -log s(y) = max(-y, 0) + log(1 + exp(-|y|)),   finite for every finite y, NaN for NaN.
/// The logarithms of many terms are taken at once, log(1+a) + log(1+b) = log((1+a)(1+b)): a factor is at most
/// 2, so a float holds the product of 64 in each lane, and a double the product of 15 of those.
class LossSum {
 public:
  static constexpr std::size_t kLanes = 16;

  /// For scores x and signs t (+1: the answer should be yes, -1: no): adds the losses -log s(t x), and sets
  /// slopes[k] = t s(-t x), the derivative of the log-likelihood by x. Exactly kLanes of each; padLanes()
  /// fills up. `slopes` may be `scores`.
  LEXARIUM_RACY_INLINE void add(const Real* scores, const Real* signs, Real* slopes) {
    if (++groups_ > kGroups) flush();
    const simd::Block score = simd::load(scores);
    const simd::Block sign = simd::load(signs);
    simd::Block product = simd::load(product_);
    simd::Block linear = simd::load(linear_);
    simd::Block slope;
    for (std::size_t p = 0; p < simd::kParts; ++p) {
      const simd::Pack y = sign.part[p] * score.part[p];
      const simd::Pack small = simd::expOfMinus(y >= 0 ? y : -y);
      const simd::Pack right = 1 / (1 + small);  // s(|y|)
      slope.part[p] = sign.part[p] * (y >= 0 ? small * right : right);
      product.part[p] *= 1 + small;
      linear.part[p] += y > 0 ? simd::Pack{} : -y;
    }
    simd::store(slopes, slope);
    simd::store(product_, product);
    simd::store(linear_, linear);
  }
  /// Lanes from `used` on get a score whose loss is nought.
  static void padLanes(std::size_t used, Real* scores, Real* signs) {
    for (std::size_t k = used; k < kLanes; ++k) {
      scores[k] = 1000;
      signs[k] = 1;
    }
  }
  /// All terms since the last call.
  double take() {
    flush();
    takeLogarithms();
    return std::exchange(total_, 0);
  }

 private:
  static constexpr int kGroups = 64;
  static constexpr int kWideGroups = 15;

  void flush() {
    for (std::size_t k = 0; k < kLanes; ++k) {
      wideProduct_[k] *= static_cast<double>(std::exchange(product_[k], Real{1}));
      total_ += static_cast<double>(std::exchange(linear_[k], Real{0}));
    }
    groups_ = 0;
    if (++wideGroups_ == kWideGroups) takeLogarithms();
  }
  void takeLogarithms() {
    for (double& product : wideProduct_) total_ += std::log(std::exchange(product, 1));
    wideGroups_ = 0;
  }

  alignas(64) Real product_[kLanes] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  alignas(64) Real linear_[kLanes] = {};
  double wideProduct_[kLanes] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  int groups_ = 0;
  int wideGroups_ = 0;
  double total_ = 0;
};

}  // namespace lexarium
