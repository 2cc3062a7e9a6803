// SPDX-License-Identifier: GPL-3.0-or-later
// Only for the code of a level (kernels.h).
#pragma once

#include "core/autodiff/kernels/vectors.h"

// The product after Goto & van de Geijn 2008 ("Anatomy of High-Performance Matrix Multiplication"): a tile of
// the result stays in registers while the left side, packed in panels of as many rows as a tile has, streams
// through the nearest cache. Tiles add up their k numbers in order, in blocks of kDepth: the order depends on
// the sizes only.

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

enum class Store { Write, Add, Offset };

/// One tile: result [tall * kWidth x wide] from `depth` columns of a packed panel. Of the last vector only
/// `rows` of kWidth are written.
template <int tall, int wide>
void multiplyTile(Index depth, const Real* __restrict panel, const Real* right, Index rightRow,
                  Index rightCol, Real* result, Index stride, Index rows, Store how, const Real* offset) {
  V sums[wide][tall] = {};
  for (Index p = 0; p < depth; ++p) {
    V left[tall];
#pragma GCC unroll 4
    for (int i = 0; i < tall; ++i) left[i] = load(panel + i * kWidth);
#pragma GCC unroll 6
    for (int j = 0; j < wide; ++j) {
      const V factor = all(right[j * rightCol]);
#pragma GCC unroll 4
      for (int i = 0; i < tall; ++i) sums[j][i] += left[i] * factor;
    }
    panel += tall * kWidth;
    right += rightRow;
  }
#pragma GCC unroll 6
  for (int j = 0; j < wide; ++j) {
#pragma GCC unroll 4
    for (int i = 0; i < tall; ++i) {
      Real* to = result + j * stride + i * kWidth;
      const Index count = i + 1 < tall ? kWidth : rows;
      V value = sums[j][i];
      if (how == Store::Add) value += load(to, count);
      if (how == Store::Offset) value += load(offset + i * kWidth, count);
      store(to, value, count);
    }
  }
}

using Tile = void (*)(Index, const Real*, const Real*, Index, Index, Real*, Index, Index, Store, const Real*);

template <int tall>
Tile tileOf(Index wide) {
  switch (wide) {
    case 1:
      return multiplyTile<tall, 1>;
    case 2:
      return multiplyTile<tall, 2>;
    case 3:
      return multiplyTile<tall, 3>;
    case 4:
      return multiplyTile<tall, 4>;
    case 5:
      return multiplyTile < tall, kWide >= 5 ? 5 : 1 > ;
    default:
      return multiplyTile < tall, kWide >= 6 ? 6 : 1 > ;
  }
}
Tile tileOf(Index tall, Index wide) {
  switch (tall) {
    case 1:
      return tileOf<1>(wide);
    case 2:
      return tileOf<2>(wide);
    case 3:
      return tileOf < kTall >= 3 ? 3 : 1 > (wide);
    default:
      return tileOf < kTall >= 4 ? 4 : 1 > (wide);
  }
}

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

Index productScratch(Index, Index n, Index, bool rightIsTransposed) {
  return kPanel * kDepth + (rightIsTransposed ? n * kDepth : 0);
}

template <Index wide>
void packPiece(const Real* from, Index row, Index col, Index depth, Real* to) {
  if (col == 1) {
    for (Index p = 0; p < depth; ++p) std::memcpy(to + p * wide, from + p * row, wide * sizeof(Real));
  } else {
    for (Index p = 0; p < depth; ++p) {
      for (Index j = 0; j < wide; ++j) to[p * wide + j] = from[p * row + j * col];
    }
  }
}

/// The right side of a block, whose columns are not contiguous, as tiles read it: [piece][p][columns of the
/// piece].
void packRight(const ProductTask& t, const Pieces& columns, Index from, Index depth, Real* to) {
  for (Index piece = 0; piece < columns.count; ++piece) {
    const Index first = columns.first(piece), wide = columns.first(piece + 1) - first;
    const Real* start = t.right + from * t.rightRow + first * t.rightCol;
    switch (wide) {
      case 1:
        packPiece<1>(start, t.rightRow, t.rightCol, depth, to);
        break;
      case 2:
        packPiece<2>(start, t.rightRow, t.rightCol, depth, to);
        break;
      case 3:
        packPiece<3>(start, t.rightRow, t.rightCol, depth, to);
        break;
      case 4:
        packPiece<4>(start, t.rightRow, t.rightCol, depth, to);
        break;
      case 5:
        packPiece<5>(start, t.rightRow, t.rightCol, depth, to);
        break;
      default:
        packPiece<6>(start, t.rightRow, t.rightCol, depth, to);
        break;
    }
    to += wide * depth;
  }
}

/// y (+)= A x, columns of A contiguous: eight of them at a time, so that y is read and written seldom.
void multiplyVector(const ProductTask& t) {
  constexpr Index kColumns = 8;
  const Real* a = t.left.data;
  bool add = t.add;
  for (Index p = 0; p < t.k; p += kColumns, add = true) {
    const Index columns = t.k - p < kColumns ? t.k - p : kColumns;
    const Real* start = a + p * t.left.col;
    for (Index i = 0; i < t.m; i += kWidth) {
      const Index count = t.m - i;
      V sum = add ? load(t.result + i, count) : t.offset ? load(t.offset + i, count) : V{};
      if (columns == kColumns && count >= kWidth) {
        V other{};
#pragma GCC unroll 4
        for (Index j = 0; j < kColumns; j += 2) {
          sum += load(start + i + j * t.left.col) * t.right[(p + j) * t.rightRow];
          other += load(start + i + (j + 1) * t.left.col) * t.right[(p + j + 1) * t.rightRow];
        }
        sum += other;
      } else {
        for (Index j = 0; j < columns; ++j) {
          sum += load(start + i + j * t.left.col, count) * t.right[(p + j) * t.rightRow];
        }
      }
      store(t.result + i, sum, count);
    }
  }
}

/// y (+)= A^T x, rows of the left side and x contiguous.
void multiplyVectorByRows(const ProductTask& t) {
  for (Index i = 0; i < t.m; ++i) {
    const Real* row = t.left.data + i * t.left.row;
    V even{}, odd{};
    Index p = 0;
    for (; p + 2 * kWidth <= t.k; p += 2 * kWidth) {
      even += load(row + p) * load(t.right + p);
      odd += load(row + p + kWidth) * load(t.right + p + kWidth);
    }
    for (; p < t.k; p += kWidth) even += load(row + p, t.k - p) * load(t.right + p, t.k - p);
    t.result[i] = total(even + odd) + (t.add ? t.result[i] : t.offset ? t.offset[i] : 0);
  }
}

void matrixProduct(const ProductTask& t) {
  if (t.n == 1 && !t.packed) {
    if (t.left.row == 1) return multiplyVector(t);
    if (t.rightRow == 1) return multiplyVectorByRows(t);
  }
  const Pieces blocks(t.k, kDepth), columns(t.n, kWide);
  const bool repack = t.rightRow != 1;
  Real* const space = t.scratch;
  Real* const rightSpace = t.scratch + kPanel * kDepth;
  const Real* packed = t.packed;
  for (Index block = 0; block < blocks.count; ++block) {
    const Index from = blocks.first(block), depth = blocks.first(block + 1) - from;
    if (repack) packRight(t, columns, from, depth, rightSpace);
    const Store how = block > 0 || t.add ? Store::Add : t.offset ? Store::Offset : Store::Write;
    for (Index first = 0; first < t.m; first += kPanel) {
      const Index rows = t.m - first < kPanel ? t.m - first : kPanel;
      const Index height = roundedUp(rows, kWidth), tall = height / kWidth;
      const Real* panel = packed;
      if (packed) {
        packed += height * depth;
      } else {
        packPanel(t.left, first, rows, from, depth, space);
        panel = space;
      }
      const Real* offset = t.offset ? t.offset + first : nullptr;
      for (Index piece = 0; piece < columns.count; ++piece) {
        const Index j = columns.first(piece), wide = columns.first(piece + 1) - j;
        const Tile tile = tileOf(tall, wide);
        Real* result = t.result + first + j * t.resultStride;
        if (repack) {
          tile(depth, panel, rightSpace + j * depth, wide, 1, result, t.resultStride,
               rows - (tall - 1) * kWidth, how, offset);
        } else {
          tile(depth, panel, t.right + from + j * t.rightCol, 1, t.rightCol, result, t.resultStride,
               rows - (tall - 1) * kWidth, how, offset);
        }
      }
    }
  }
}

/// out (+)= the sum of the columns: eight at a time.
void sumColumns(const Real* x, Index rows, Index cols, Real* out, bool add) {
  constexpr Index kColumns = 8;
  for (Index c = 0; c < cols || !add; c += kColumns, add = true) {
    const Index columns = cols - c < kColumns ? cols - c : kColumns;
    for (Index i = 0; i < rows; i += kWidth) {
      V sum = add ? load(out + i, rows - i) : V{};
      for (Index j = 0; j < columns; ++j) sum += load(x + (c + j) * rows + i, rows - i);
      store(out + i, sum, rows - i);
    }
  }
}

}  // namespace
}  // namespace lexarium
