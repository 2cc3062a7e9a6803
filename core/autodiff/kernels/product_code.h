// SPDX-License-Identifier: GPL-3.0-or-later
// Only for the code of a level (kernels.h).
#pragma once

#include "core/autodiff/kernels/pack_code.h"

// The product after Goto & van de Geijn 2008 ("Anatomy of High-Performance Matrix Multiplication"): a tile of
// the result stays in registers while the left side, packed in panels of as many rows as a tile has, streams
// through the nearest cache. Tiles add up their k numbers in order, in blocks of kDepth: the order depends on
// the sizes only.

namespace lexarium {
namespace {

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
      return multiplyTile<tall, (kWide >= 5 ? 5 : 1)>;
    default:
      return multiplyTile<tall, (kWide >= 6 ? 6 : 1)>;
  }
}
Tile tileOf(Index tall, Index wide) {
  switch (tall) {
    case 1:
      return tileOf<1>(wide);
    case 2:
      return tileOf<2>(wide);
    case 3:
      return tileOf<(kTall >= 3 ? 3 : 1)>(wide);
    default:
      return tileOf<(kTall >= 4 ? 4 : 1)>(wide);
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
