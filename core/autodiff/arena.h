// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <type_traits>
#include <vector>

#include "core/base/aligned_reals.h"

namespace lexarium {

/// Memory that is handed out piece by piece and taken back all at once. After one pass it is a single block
/// of the size that the pass needed: the next pass of that size allocates nothing.
class Arena {
 public:
  /// Uninitialised, at a cache line. Throws std::bad_alloc.
  Real* reals(std::size_t count);
  /// Room for `count` values of a type that needs no destructor, uninitialised.
  template <class T>
  T* array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= 64);
    return reinterpret_cast<T*>(reals((count * sizeof(T) + sizeof(Real) - 1) / sizeof(Real)));
  }
  /// Takes everything back.
  void clear();
  /// Numbers that fit without another block.
  std::size_t capacity() const;

 private:
  struct Block {
    AlignedReals memory;
    std::size_t size = 0;
  };
  std::vector<Block> blocks_;  // the last one is being filled
  std::size_t used_ = 0;       // of the last block
};

}  // namespace lexarium
