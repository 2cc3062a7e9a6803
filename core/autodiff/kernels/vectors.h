// SPDX-License-Identifier: GPL-3.0-or-later
// Only for the code of a level (kernels.h). Included once each by level_*.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "core/autodiff/kernels/kernels.h"

namespace lexarium {
namespace {

#if defined(__GNUC__)
#define LEXARIUM_INLINE __attribute__((always_inline)) inline
#if defined(__AVX512F__)
constexpr int kBytes = 64;
#elif defined(__AVX__)
constexpr int kBytes = 32;
#else
constexpr int kBytes = 16;
#endif
/// A register of numbers; arithmetic, comparison and choice (?:) work item by item.
using V = Real __attribute__((vector_size(kBytes)));
using Bits = std::uint32_t __attribute__((vector_size(kBytes)));
#else
#define LEXARIUM_INLINE inline
using V = Real;
using Bits = std::uint32_t;
#endif
constexpr Index kWidth = sizeof(V) / sizeof(Real);

// At any address.
LEXARIUM_INLINE V load(const Real* from) {
  V value;
  std::memcpy(&value, from, sizeof(value));
  return value;
}
LEXARIUM_INLINE void store(Real* to, V value) { std::memcpy(to, &value, sizeof(value)); }
LEXARIUM_INLINE V all(Real value) { return V{} + value; }

#if defined(__AVX2__) && !defined(__AVX512F__)
LEXARIUM_INLINE __m256i firstLanes(Index count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(count)),
                            _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
#endif

/// The first `count` numbers, `rest` in the others' place: the same arithmetic for the end of an array as for
/// its middle.
LEXARIUM_INLINE V load(const Real* from, Index count, Real rest = 0) {
  if (count >= kWidth) return load(from);
#if defined(__AVX512F__)
  if constexpr (sizeof(Real) == 4) {
    const auto mask = static_cast<__mmask16>((1U << count) - 1);
    return (V)_mm512_mask_loadu_ps((__m512)all(rest), mask, from);
  }
#elif defined(__AVX2__)
  if constexpr (sizeof(Real) == 4) {
    const __m256i mask = firstLanes(count);
    const __m256 items = _mm256_maskload_ps(reinterpret_cast<const float*>(from), mask);
    return (V)_mm256_blendv_ps((__m256)all(rest), items, (__m256)mask);
  }
#endif
  alignas(64) Real items[kWidth];
  for (Index i = 0; i < kWidth; ++i) items[i] = i < count ? from[i] : rest;
  return load(items);
}
LEXARIUM_INLINE void store(Real* to, V value, Index count) {
  if (count >= kWidth) return store(to, value);
#if defined(__AVX512F__)
  if constexpr (sizeof(Real) == 4) {
    return _mm512_mask_storeu_ps(to, static_cast<__mmask16>((1U << count) - 1), (__m512)value);
  }
#elif defined(__AVX2__)
  if constexpr (sizeof(Real) == 4) {
    return _mm256_maskstore_ps(reinterpret_cast<float*>(to), firstLanes(count), (__m256)value);
  }
#endif
  alignas(64) Real items[kWidth];
  store(items, value);
  for (Index i = 0; i < count; ++i) to[i] = items[i];
}

/// In the order of a tree: lane i + half is added to lane i.
LEXARIUM_INLINE Real total(V value) {
  alignas(64) Real items[kWidth];
  store(items, value);
  for (Index half = kWidth / 2; half > 0; half /= 2) {
    for (Index i = 0; i < half; ++i) items[i] += items[i + half];
  }
  return items[0];
}
LEXARIUM_INLINE V larger(V a, V b) { return a < b ? b : a; }
LEXARIUM_INLINE Real largest(V value) {
  alignas(64) Real items[kWidth];
  store(items, value);
  Real most = items[0];
  for (Index i = 1; i < kWidth; ++i) most = most < items[i] ? items[i] : most;
  return most;
}

LEXARIUM_INLINE Real rootOf(Real x) {
  if constexpr (sizeof(Real) == 8) {
    return static_cast<Real>(__builtin_sqrt(static_cast<double>(x)));
  } else {
    return __builtin_sqrtf(static_cast<float>(x));
  }
}
LEXARIUM_INLINE V rootOf(V x);

/// One by one through a function of the C library, for double and for compilers without vectors.
template <class F>
LEXARIUM_INLINE V itemByItem(V x, F f) {
  alignas(64) Real items[kWidth];
  store(items, x);
  for (Index i = 0; i < kWidth; ++i) items[i] = f(items[i]);
  return load(items);
}

LEXARIUM_INLINE V rootOf(V x) {
#if defined(__AVX512F__)
  if constexpr (sizeof(Real) == 4) return (V)_mm512_sqrt_ps((__m512)x);
#elif defined(__AVX__)
  if constexpr (sizeof(Real) == 4) return (V)_mm256_sqrt_ps((__m256)x);
#elif defined(__SSE2__)
  if constexpr (sizeof(Real) == 4) return (V)_mm_sqrt_ps((__m128)x);
#endif
  return itemByItem(x, [](Real item) { return rootOf(item); });
}

constexpr bool kHasFastMath = sizeof(Real) == 4 && kWidth > 1;

/// exp(x) - 1 = 2^n (1 + q) - 1 with x = n ln 2 + r, |r| <= ln 2 / 2 and q = exp(r) - 1 by its Taylor series
/// of degree 8: gives q and 2^n. x within [-87, 88]; NaN stays NaN.
struct Exponential {
  V q, power;
};
LEXARIUM_INLINE Exponential exponentialOf(V x) {
  constexpr auto kLog2e = static_cast<Real>(1.44269504);
  constexpr auto kLn2High = static_cast<Real>(0.693359375);  // few bits: n * kLn2High is exact
  constexpr auto kLn2Low = static_cast<Real>(-2.12194440e-4);
  constexpr Real kRounder = 12582912;  // 1.5 * 2^23: added to n, the last bits of the float are n
  const V shifted = x * kLog2e + kRounder;
  const V n = shifted - kRounder;
  const V r = (x - n * kLn2High) - n * kLn2Low;
  V series = r * static_cast<Real>(1.0 / 5040) + static_cast<Real>(1.0 / 720);
  series = series * r + static_cast<Real>(1.0 / 120);
  series = series * r + static_cast<Real>(1.0 / 24);
  series = series * r + static_cast<Real>(1.0 / 6);
  series = series * r + static_cast<Real>(0.5);
  series = series * r + static_cast<Real>(1);
  Bits bits;
  static_assert(sizeof(bits) <= sizeof(shifted) || kWidth == 1);
  std::memcpy(&bits, &shifted, sizeof(bits));
  bits = (bits + 127) << 23;  // what stands above the exponent of 1.5 * 2^23 is shifted out
  V power;
  std::memcpy(&power, &bits, sizeof(power));
  return {series * r, power};
}

LEXARIUM_INLINE V bounded(V x, Real least, Real most) {
  x = x < all(least) ? all(least) : x;  // of NaN: x
  return x > all(most) ? all(most) : x;
}

LEXARIUM_INLINE V expOf(V x) {
  if constexpr (kHasFastMath) {
    const Exponential e = exponentialOf(bounded(x, -87, 88));
    return e.power * e.q + e.power;
  } else {
    return itemByItem(x,
                      [](Real item) { return static_cast<Real>(__builtin_exp(static_cast<double>(item))); });
  }
}

/// 1 / (1 + exp(-x))
LEXARIUM_INLINE V logisticOf(V x) { return 1 / (1 + expOf(-x)); }

/// tanh(x) = e / (e + 2) with e = exp(2x) - 1, exact to the last bits for small x, too.
LEXARIUM_INLINE V tanhOf(V x) {
  if constexpr (kHasFastMath) {
    const Exponential e = exponentialOf(bounded(x + x, -36, 36));
    const V less = e.power * e.q + (e.power - 1);
    return less / (less + 2);
  } else {
    return itemByItem(x,
                      [](Real item) { return static_cast<Real>(__builtin_tanh(static_cast<double>(item))); });
  }
}

}  // namespace
}  // namespace lexarium
