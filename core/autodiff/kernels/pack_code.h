// SPDX-License-Identifier: GPL-3.0-or-later
// Only for the code of a level (kernels.h): the sizes of a product's tiles, and its left side laid out for
// them.
#pragma once

#include "core/autodiff/kernels/vectors.h"

namespace lexarium {
namespace {

// A tile of kTall vectors by kWide columns takes most registers (32 in AVX-512, else 16), and leaves some for
// the operands.
#if defined(__AVX512F__)
constexpr Index kTall = 4, kWide = 6, kDepth = 512 / sizeof(Real);
#elif defined(__AVX__)
constexpr Index kTall = 2, kWide = 6, kDepth = 1024 / sizeof(Real);
#else
constexpr Index kTall = 2, kWide = 4, kDepth = 1024 / sizeof(Real);
#endif
constexpr Index kPanel = kTall * kWidth;

constexpr Index roundedUp(Index size, Index step) { return (size + step - 1) / step * step; }
/// `size` in pieces of at most `most`, as equal as can be.
struct Pieces {
  Index size, count;
  Pieces(Index whole, Index most) : size(whole), count((whole + most - 1) / most) {}
  Index first(Index piece) const {
    return piece * (size / count) + (piece < size % count ? piece : size % count);
  }
};

#if defined(__GNUC__)
/// Stage of a transposition: blocks of `half` items change places between rows that are `half` apart.
template <int half, std::size_t... i>
LEXARIUM_INLINE void exchange(V& a, V& b, std::index_sequence<i...>) {
  constexpr int width = static_cast<int>(kWidth);
  const V low = __builtin_shufflevector(
      a, b, (static_cast<int>(i) & half ? width + static_cast<int>(i) - half : static_cast<int>(i))...);
  const V high = __builtin_shufflevector(
      a, b, (static_cast<int>(i) & half ? width + static_cast<int>(i) : static_cast<int>(i) + half)...);
  a = low;
  b = high;
}
template <int half>
LEXARIUM_INLINE void exchangeAll(V* rows) {
  if constexpr (half > 0) {
#pragma GCC unroll 16
    for (int r = 0; r < kWidth; ++r) {
      if ((r & half) == 0) exchange<half>(rows[r], rows[r + half], std::make_index_sequence<kWidth>());
    }
    exchangeAll<half / 2>(rows);
  }
}
LEXARIUM_INLINE void transposeSquare(const Real* from, Index fromStride, Real* to, Index toStride) {
  V rows[kWidth];
#pragma GCC unroll 16
  for (int r = 0; r < kWidth; ++r) rows[r] = load(from + r * fromStride);
  exchangeAll<static_cast<int>(kWidth / 2)>(rows);
#pragma GCC unroll 16
  for (int r = 0; r < kWidth; ++r) store(to + r * toStride, rows[r]);
}
#else
inline void transposeSquare(const Real* from, Index, Real* to, Index) { *to = *from; }
#endif

/// to[p * height + i] = from[i * stride + p] for i < rows, zeros up to height.
void packTransposed(const Real* from, Index stride, Index rows, Index depth, Index height, Real* to) {
  for (Index i = 0; i < height; i += kWidth) {
    Index p = 0;
    if (i + kWidth <= rows) {
      for (; p + kWidth <= depth; p += kWidth) {
        transposeSquare(from + i * stride + p, stride, to + p * height + i, height);
      }
    }
    for (; p < depth; ++p) {
      for (Index r = i; r < i + kWidth; ++r) to[p * height + r] = r < rows ? from[r * stride + p] : 0;
    }
  }
}

/// to[p * height + i] = from[p * stride + i]
void packPlain(const Real* from, Index stride, Index rows, Index depth, Index height, Real* to) {
  for (Index p = 0; p < depth; ++p) {
    for (Index i = 0; i < height; i += kWidth)
      store(to + p * height + i, load(from + p * stride + i, rows - i));
  }
}

/// Rows [first, first + rows) of the left side, k from `from` on; returns the panel's height.
Index packPanel(const LeftSide& left, Index first, Index rows, Index from, Index depth, Real* to) {
  const Index height = roundedUp(rows, kWidth);
  const Real* start = left.data + first * left.row + from * left.col;
  if (left.row == 1) {
    packPlain(start, left.col, rows, depth, height, to);
  } else {
    packTransposed(start, left.row, rows, depth, height, to);
  }
  return height;
}

Index packedSize(Index m, Index k) { return roundedUp(m, kWidth) * k; }

/// Block of k after block of k, panel after panel.
void packLeft(const LeftSide& left, Index m, Index k, Real* packed) {
  const Pieces blocks(k, kDepth);
  for (Index block = 0; block < blocks.count; ++block) {
    const Index from = blocks.first(block), depth = blocks.first(block + 1) - from;
    for (Index first = 0; first < m; first += kPanel) {
      const Index rows = m - first < kPanel ? m - first : kPanel;
      packed += packPanel(left, first, rows, from, depth, packed) * depth;
    }
  }
}

}  // namespace
}  // namespace lexarium
