// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "core/base/matrix.h"

namespace lexarium {

/// exp(-a) for a >= 0 without a branch, so that a loop over it becomes vector code: exp(-a) = 2^-n exp(-r)
/// with n = round(a / ln 2) and |r| <= ln 2 / 2, exp(-r) by its Taylor series of degree 7: relative error
/// below 2e-7. At least 2^-125. NaN gives a number like any other: callers carry NaN on by other means. In
/// double builds std::exp.
inline Real expOfMinus(Real a) {
  if constexpr (std::is_same_v<Real, double>) {
    return std::exp(-a);
  } else {
    constexpr float kLog2e = 1.44269504F;
    constexpr float kLn2High = 0.693359375F;  // few bits: n * kLn2High is exact
    constexpr float kLn2Low = -2.12194440e-4F;
    const float bounded = a < 86.0F ? static_cast<float>(a) : 86.0F;
    const auto n = static_cast<std::int32_t>(bounded * kLog2e + 0.5F);
    const auto whole = static_cast<float>(n);
    const float r = whole * kLn2High + whole * kLn2Low - bounded;  // -r of the formula
    float series = 1.0F / 5040;
    series = series * r + 1.0F / 720;
    series = series * r + 1.0F / 120;
    series = series * r + 1.0F / 24;
    series = series * r + 1.0F / 6;
    series = series * r + 0.5F;
    series = series * r + 1.0F;
    series = series * r + 1.0F;
    return series * std::bit_cast<float>((127 - n) << 23);
  }
}

/// Sum of binary cross-entropies -log s(y), with s(y) = 1 / (1 + exp(-y)) and the score y turned so that the
/// right answer is positive:
///   -log s(y) = max(-y, 0) + log(1 + exp(-|y|)),   finite for every finite y, NaN for NaN.
/// The logarithms of many terms are taken at once, log(1+a) + log(1+b) = log((1+a)(1+b)): a factor is at most
/// 2, so a float holds the product of 64 in each lane.
class LossSum {
 public:
  static constexpr std::size_t kLanes = 16;

  /// For scores x and signs t (+1: the answer should be yes, -1: no): adds the losses -log s(t x), and sets
  /// slopes[k] = t s(-t x), the derivative of the log-likelihood by x. Exactly kLanes of each; padLanes()
  /// fills up.
  void add(const Real* scores, const Real* signs, Real* slopes) {
    if (++groups_ > kGroups) flush();
    for (std::size_t k = 0; k < kLanes; ++k) {
      const Real y = signs[k] * scores[k];
      const Real small = expOfMinus(std::abs(y));
      const Real right = 1 / (1 + small);  // s(|y|)
      slopes[k] = signs[k] * (y >= 0 ? small * right : right);
      product_[k] *= 1 + small;
      linear_[k] += y > 0 ? Real{0} : -y;
    }
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
    const double total = total_;
    total_ = 0;
    return total;
  }

 private:
  static constexpr int kGroups = 64;

  void flush() {
    for (std::size_t k = 0; k < kLanes; ++k) {
      total_ += std::log(static_cast<double>(product_[k])) + static_cast<double>(linear_[k]);
      product_[k] = 1;
      linear_[k] = 0;
    }
    groups_ = 0;
  }

  Real product_[kLanes] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  Real linear_[kLanes] = {};
  int groups_ = 0;
  double total_ = 0;
};

}  // namespace lexarium
