// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "core/base/matrix.h"
#include "core/models/row_table.h"

// Sixteen numbers at a time. The compiler may not reorder sums of floats by itself (no -ffast-math: NaN must
// stay visible), so the kernels say in which order they add: always the same sixteen partial sums and the
// same tree, whatever the width of the machine's registers.

// For code that reads and writes rows shared between threads without locks; see hogwild.h, the only user
// besides tests. The thread sanitizer does not look into such functions; all others stay under its eyes.
#if defined(__GNUC__)
#define LEXARIUM_RACY __attribute__((no_sanitize("thread")))
#define LEXARIUM_RACY_INLINE __attribute__((no_sanitize("thread"), always_inline)) inline
#else
#define LEXARIUM_RACY
#define LEXARIUM_RACY_INLINE inline
#endif

namespace lexarium::simd {

#if defined(__GNUC__) && !defined(LEXARIUM_NO_VECTORS)
#define LEXARIUM_VECTORS 1
#if defined(__AVX512F__)
inline constexpr std::size_t kVectorBytes = 64;
#elif defined(__AVX__)
inline constexpr std::size_t kVectorBytes = 32;
#else
inline constexpr std::size_t kVectorBytes = 16;
#endif
/// A register of numbers. Arithmetic, comparison and choice (?:) work item by item, as on a single number.
using Pack = Real __attribute__((vector_size(kVectorBytes), may_alias));
using PackBits = std::int32_t __attribute__((vector_size(kVectorBytes)));
#else
#define LEXARIUM_VECTORS 0
using Pack = Real;
using PackBits = std::int32_t;
#endif

inline constexpr std::size_t kWidth = sizeof(Pack) / sizeof(Real);
inline constexpr std::size_t kParts = kRowBlock / kWidth;

/// kRowBlock numbers in registers.
struct Block {
  Pack part[kParts];
};

LEXARIUM_RACY_INLINE Block load(const Real* from) {
  Block block;
  for (std::size_t p = 0; p < kParts; ++p) block.part[p] = *reinterpret_cast<const Pack*>(from + p * kWidth);
  return block;
}
LEXARIUM_RACY_INLINE void store(Real* to, const Block& block) {
  for (std::size_t p = 0; p < kParts; ++p) *reinterpret_cast<Pack*>(to + p * kWidth) = block.part[p];
}
LEXARIUM_RACY_INLINE Block broadcast(Real value) {
  Block block;
  for (auto& part : block.part) part = Pack{} + value;
  return block;
}
/// sum += a * b
LEXARIUM_RACY_INLINE void multiplyAdd(Block& sum, const Block& a, const Block& b) {
  for (std::size_t p = 0; p < kParts; ++p) sum.part[p] += a.part[p] * b.part[p];
}
/// sum += scale * b
LEXARIUM_RACY_INLINE void multiplyAdd(Block& sum, Real scale, const Block& b) {
  for (std::size_t p = 0; p < kParts; ++p) sum.part[p] += scale * b.part[p];
}
LEXARIUM_RACY_INLINE void add(Block& sum, const Block& b) {
  for (std::size_t p = 0; p < kParts; ++p) sum.part[p] += b.part[p];
}
/// Lane i is added to lane i + 8, then i + 4, i + 2, i + 1.
LEXARIUM_RACY_INLINE Real total(const Block& block) {
  Block half = block;
  for (std::size_t parts = kParts / 2; parts > 0; parts /= 2) {
    for (std::size_t p = 0; p < parts; ++p) half.part[p] += half.part[p + parts];
  }
  alignas(64) Real lanes[kWidth];
  *reinterpret_cast<Pack*>(lanes) = half.part[0];
  for (std::size_t width = kWidth / 2; width > 0; width /= 2) {
    for (std::size_t k = 0; k < width; ++k) lanes[k] += lanes[k + width];
  }
  return lanes[0];
}

namespace detail {

// A lane is what one instruction shuffles within: four floats (two doubles).
inline constexpr std::size_t kLane = 16 / sizeof(Real);

/// Where item `to` of a pair's sum comes from, `odd` for the second summand; numbers from kWidth on mean b.
constexpr int neighbourIndex(std::size_t to, std::size_t odd) {
  const std::size_t within = to % kLane;
  const std::size_t source = within < kLane / 2 ? 0 : kWidth;
  return static_cast<int>(source + to / kLane * kLane + within % (kLane / 2) * 2 + odd);
}
constexpr int laneIndex(std::size_t to, std::size_t odd) {
  const std::size_t source = to < kWidth / 2 ? 0 : kWidth;
  return static_cast<int>(source + (to % (kWidth / 2) / kLane * 2 + odd) * kLane + to % kLane);
}
/// Sums of neighbours, a's and b's in turn within each lane; the second: sums of neighbouring lanes.
#if LEXARIUM_VECTORS
template <std::size_t... i>
LEXARIUM_RACY_INLINE Pack addNeighbours(const Pack& a, const Pack& b, std::index_sequence<i...>) {
  return __builtin_shufflevector(a, b, neighbourIndex(i, 0)...) +
         __builtin_shufflevector(a, b, neighbourIndex(i, 1)...);
}
template <std::size_t... i>
LEXARIUM_RACY_INLINE Pack addLanes(const Pack& a, const Pack& b, std::index_sequence<i...>) {
  return __builtin_shufflevector(a, b, laneIndex(i, 0)...) +
         __builtin_shufflevector(a, b, laneIndex(i, 1)...);
}

#else
template <class Items>
Pack addNeighbours(const Pack& a, const Pack& b, Items) {
  return a + b;
}
template <class Items>
Pack addLanes(const Pack& a, const Pack& b, Items) {
  return a + b;
}
#endif

/// Each round halves the number of packs: first sums of neighbours until a lane holds one number of each of
/// its blocks, then sums of lanes.
template <std::size_t kCount>
LEXARIUM_RACY_INLINE void halve(Pack* sums) {
  if constexpr (kCount > 1) {
    constexpr auto kItems = std::make_index_sequence<kWidth>();
#pragma GCC unroll 8
    for (std::size_t j = 0; j < kCount / 2; ++j) {
      if constexpr (kCount > kWidth / kLane) {
        sums[j] = addNeighbours(sums[2 * j], sums[2 * j + 1], kItems);
      } else {
        sums[j] = addLanes(sums[2 * j], sums[2 * j + 1], kItems);
      }
    }
    halve<kCount / 2>(sums);
  }
}

}  // namespace detail

/// to[j] = the sum of block j, for kRowBlock blocks at once: adding the halves of two packs takes one
/// addition, so that sixteen sums cost little more than one by total().
LEXARIUM_RACY_INLINE void totals(const Block* blocks, Real* to) {
#pragma GCC unroll 4
  for (std::size_t first = 0; first < kRowBlock; first += kWidth) {
    Pack sums[kWidth];
#pragma GCC unroll 16
    for (std::size_t j = 0; j < kWidth; ++j) {
      sums[j] = blocks[first + j].part[0];
#pragma GCC unroll 8
      for (std::size_t p = 1; p < kParts; ++p) sums[j] += blocks[first + j].part[p];
    }
    detail::halve<kWidth>(sums);
    *reinterpret_cast<Pack*>(to + first) = sums[0];
  }
}

/// exp(-a) for a >= 0 item by item: exp(-a) = 2^-n exp(-r) with n = round(a / ln 2) and |r| <= ln 2 / 2,
/// exp(-r) by its Taylor series of degree 7: relative error below 2e-7. At least 2^-125; of NaN too. In
/// double builds std::exp.
LEXARIUM_RACY_INLINE Pack expOfMinus(const Pack& a) {
  if constexpr (std::is_same_v<Real, double>) {
    alignas(64) Real items[kWidth];
    *reinterpret_cast<Pack*>(items) = a;
    for (Real& item : items) item = std::exp(-item);
    return *reinterpret_cast<const Pack*>(items);
  } else {
    constexpr float kLog2e = 1.44269504F;
    constexpr float kLn2High = 0.693359375F;  // few bits: n * kLn2High is exact
    constexpr float kLn2Low = -2.12194440e-4F;
    constexpr float kRounder = 12582912.0F;  // 1.5 * 2^23: added to n, the last bits of the float are n
    const Pack limit = Pack{} + 86.0F;
    const Pack bounded = a < limit ? a : limit;
    const Pack shifted = bounded * kLog2e + kRounder;
    const Pack whole = shifted - kRounder;
    const Pack r = (whole * kLn2High - bounded) + whole * kLn2Low;  // -r of the formula
    Pack series = r * (1.0F / 5040) + 1.0F / 720;
    series = series * r + 1.0F / 120;
    series = series * r + 1.0F / 24;
    series = series * r + 1.0F / 6;
    series = series * r + 0.5F;
    series = series * r + 1.0F;
    series = series * r + 1.0F;
    return series * std::bit_cast<Pack>((127 - std::bit_cast<PackBits>(shifted)) << 23);
  }
}

/// The inner product of two padded rows.
LEXARIUM_RACY_INLINE Real dot(const Real* a, const Real* b, std::size_t stride) {
  Block even = broadcast(0);
  Block odd = broadcast(0);
  std::size_t i = 0;
  for (; i + kRowBlock < stride; i += 2 * kRowBlock) {
    multiplyAdd(even, load(a + i), load(b + i));
    multiplyAdd(odd, load(a + i + kRowBlock), load(b + i + kRowBlock));
  }
  if (i < stride) multiplyAdd(even, load(a + i), load(b + i));
  add(even, odd);
  return total(even);
}

/// y += scale * x, padded rows.
LEXARIUM_RACY_INLINE void axpy(Real scale, const Real* x, Real* y, std::size_t stride) {
  for (std::size_t i = 0; i < stride; i += kRowBlock) {
    Block sum = load(y + i);
    multiplyAdd(sum, scale, load(x + i));
    store(y + i, sum);
  }
}

/// The kRowBlock numbers at `to` += change.
LEXARIUM_RACY_INLINE void addTo(Real* to, const Block& change) {
  Block sum = load(to);
  add(sum, change);
  store(to, sum);
}

/// AdaGrad (Duchi et al. 2011) for one block of values with the gradient slope * other, cut to [-clip, clip]:
///   value -= rate * gradient / sqrt(sum);   sum += gradient^2
LEXARIUM_RACY_INLINE void adaGradStep(Real* values, Real* sums, const Block& other, Real slope, Real clip,
                                      Real rate) {
  // On copies, which overlap with nothing: then the compiler makes vector code of the loop, square root
  // included.
  alignas(64) Real gradient[kRowBlock];
  alignas(64) Real square[kRowBlock];
  alignas(64) Real step[kRowBlock];
  store(gradient, other);
  store(square, load(sums));
  for (std::size_t k = 0; k < kRowBlock; ++k) {
    Real g = slope * gradient[k];
    g = g > clip ? clip : g;
    g = g < -clip ? -clip : g;
    step[k] = g / std::sqrt(square[k]);
    square[k] += g * g;
  }
  Block value = load(values);
  multiplyAdd(value, -rate, load(step));
  store(values, value);
  store(sums, load(square));
}

/// Has a row's cache lines fetched before they are needed.
LEXARIUM_RACY_INLINE void prefetch([[maybe_unused]] const Real* row, [[maybe_unused]] std::size_t stride) {
#if defined(__GNUC__)
  constexpr std::size_t kLine = 64 / sizeof(Real);
  for (std::size_t i = 0; i < stride; i += kLine) __builtin_prefetch(row + i, 1, 3);
#endif
}

}  // namespace lexarium::simd
