// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/arena.h"

#include <algorithm>

namespace lexarium {
namespace {

constexpr std::size_t kLine = 16;  // numbers; a multiple of a cache line for float and double
constexpr std::size_t kFirstBlock = 1024;

}  // namespace

Real* Arena::reals(std::size_t count) {
  const std::size_t needed = (count + kLine - 1) / kLine * kLine;
  if (blocks_.empty() || used_ + needed > blocks_.back().size) {
    const std::size_t size = std::max({needed, kFirstBlock, capacity()});
    blocks_.push_back({makeAlignedReals(size), size});
    used_ = 0;
  }
  Real* place = blocks_.back().memory.get() + used_;
  used_ += needed;
  return place;
}

void Arena::clear() {
  if (blocks_.size() > 1) {
    const std::size_t size = capacity();
    blocks_.clear();
    blocks_.push_back({makeAlignedReals(size), size});
  }
  used_ = 0;
}

std::size_t Arena::capacity() const {
  std::size_t sum = 0;
  for (const Block& block : blocks_) sum += block.size;
  return sum;
}

}  // namespace lexarium
