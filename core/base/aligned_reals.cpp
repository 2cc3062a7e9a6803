// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/aligned_reals.h"

#include <algorithm>
#include <limits>
#include <new>

#include "core/base/memory.h"

namespace lexarium {
namespace {

// A page of two megabytes where the block is larger than that, so that large pages can start at its first
// byte.
constexpr std::size_t kLineAlignment = 64;

}  // namespace

void AlignedFree::operator()(Real* block) const {
  ::operator delete[](block, std::align_val_t{kLineAlignment});
}

AlignedReals makeAlignedReals(std::size_t count) {
  if (count > std::numeric_limits<std::size_t>::max() / sizeof(Real)) throw std::bad_alloc();
  const std::size_t bytes = std::max<std::size_t>(count * sizeof(Real), kLineAlignment);
  auto* block = static_cast<Real*>(::operator new[](bytes, std::align_val_t{kLineAlignment}));
  adviseLargePages(block, bytes);
  std::fill_n(block, count, Real{0});
  return AlignedReals(block);
}

}  // namespace lexarium
