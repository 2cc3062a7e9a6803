// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/aligned_reals.h"
#include "core/base/matrix.h"

namespace lexarium {

/// Rows are padded to a multiple of this many numbers, so that kernels need no remainder loops.
inline constexpr std::size_t kRowBlock = 16;

constexpr std::size_t paddedLength(std::size_t length) {
  return (length + kRowBlock - 1) / kRowBlock * kRowBlock;
}

/// One contiguous row of numbers a word: [rows x length], each row aligned and padded with zeros. Unlike
/// Matrix it may be written by several threads at once (hogwild.h).
class RowTable {
 public:
  RowTable() = default;
  /// Throws std::bad_alloc.
  RowTable(std::size_t rows, std::size_t length)
      : rows_(rows),
        length_(length),
        stride_(paddedLength(length)),
        data_(makeAlignedReals(rows * stride_)) {}

  std::size_t rows() const { return rows_; }
  std::size_t length() const { return length_; }
  /// Numbers from one row to the next; the padding stays zero under all updates.
  std::size_t stride() const { return stride_; }
  Real* row(std::size_t index) { return data_.get() + index * stride_; }
  const Real* row(std::size_t index) const { return data_.get() + index * stride_; }
  /// Uniform in (-1/2, 1/2) / scale, row after row from one stream of `seed`; the padding stays zero.
  void fillUniform(std::uint64_t seed, double scale);
  bool isFinite() const;

 private:
  std::size_t rows_ = 0;
  std::size_t length_ = 0;
  std::size_t stride_ = 0;
  AlignedReals data_;
};

}  // namespace lexarium
