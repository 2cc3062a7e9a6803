// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>

#include "core/base/matrix.h"

namespace lexarium {

/// Memory aligned to cache lines (and vector registers), zeroed, on large pages where the system has them.
struct AlignedFree {
  void operator()(Real* block) const;
};
using AlignedReals = std::unique_ptr<Real[], AlignedFree>;
AlignedReals makeAlignedReals(std::size_t count);

}  // namespace lexarium
