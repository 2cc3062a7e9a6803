// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

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

#if defined(__AVX512F__)
inline constexpr std::size_t kVectorBytes = 64;
#elif defined(__AVX__)
inline constexpr std::size_t kVectorBytes = 32;
#else
inline constexpr std::size_t kVectorBytes = 16;
#endif

inline constexpr std::size_t kWidth = kVectorBytes / sizeof(Real);
inline constexpr std::size_t kParts = kRowBlock / kWidth;
using Pack = Real __attribute__((vector_size(kVectorBytes), may_alias));

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
  Real lanes[kWidth];
  *reinterpret_cast<Pack __attribute__((aligned(alignof(Real))))*>(lanes) = half.part[0];
  for (std::size_t width = kWidth / 2; width > 0; width /= 2) {
    for (std::size_t k = 0; k < width; ++k) lanes[k] += lanes[k + width];
  }
  return lanes[0];
}

#else

struct Block {
  Real lane[kRowBlock];
};
inline Block load(const Real* from) {
  Block block;
  for (std::size_t k = 0; k < kRowBlock; ++k) block.lane[k] = from[k];
  return block;
}
inline void store(Real* to, const Block& block) {
  for (std::size_t k = 0; k < kRowBlock; ++k) to[k] = block.lane[k];
}
inline Block broadcast(Real value) {
  Block block;
  for (Real& lane : block.lane) lane = value;
  return block;
}
inline void multiplyAdd(Block& sum, const Block& a, const Block& b) {
  for (std::size_t k = 0; k < kRowBlock; ++k) sum.lane[k] += a.lane[k] * b.lane[k];
}
inline void multiplyAdd(Block& sum, Real scale, const Block& b) {
  for (std::size_t k = 0; k < kRowBlock; ++k) sum.lane[k] += scale * b.lane[k];
}
inline void add(Block& sum, const Block& b) {
  for (std::size_t k = 0; k < kRowBlock; ++k) sum.lane[k] += b.lane[k];
}
inline Real total(const Block& block) {
  Block half = block;
  for (std::size_t width = kRowBlock / 2; width > 0; width /= 2) {
    for (std::size_t k = 0; k < width; ++k) half.lane[k] += half.lane[k + width];
  }
  return half.lane[0];
}

#endif

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

/// AdaGrad (Duchi et al. 2011) for one block of values with the gradient slope * other, cut to [-clip, clip]:
///   value -= rate * gradient / sqrt(sum);   sum += gradient^2
LEXARIUM_RACY_INLINE void adaGradStep(Real* values, Real* sums, const Block& other, Real slope, Real clip, Real rate) {
  // On copies, which overlap with nothing: then the compiler makes vector code of the loop, square root included.
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
