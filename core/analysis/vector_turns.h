// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/matrix.h"
#include "core/base/progress.h"

namespace lexarium {

/// How far words have moved from one table to another: the angle in degrees, 0 to 180, between the directions
/// of column i of `now` and of `before` [dimensions x words], for the first `words` columns that both have. 0
/// where a vector has no direction (zero or not finite) and for tables of different dimensions. The direction
/// is what neighbours are found by; a vector that only grows has not turned. Stopped: as far as it came, then
/// 0.
std::vector<float> turnsBetween(const Matrix& now, const Matrix& before, std::size_t words,
                                const StopToken& stop = {});

}  // namespace lexarium
