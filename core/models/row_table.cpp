// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/row_table.h"

#include "core/base/rng.h"

namespace lexarium {

void RowTable::fillUniform(std::uint64_t seed, double scale) {
  Rng rng(seed);
  for (std::size_t r = 0; r < rows_; ++r) {
    Real* values = row(r);
    for (std::size_t i = 0; i < length_; ++i) values[i] = static_cast<Real>((rng.uniform() - 0.5) / scale);
  }
}

bool RowTable::isFinite() const {
  // x * 0 is 0 for every finite x and NaN for all others; sums of zeros vectorise, comparisons with early
  // exit do not.
  for (std::size_t r = 0; r < rows_; ++r) {
    const Real* values = row(r);
    Real lanes[kRowBlock] = {};
    for (std::size_t i = 0; i < stride_; i += kRowBlock) {
      for (std::size_t k = 0; k < kRowBlock; ++k) lanes[k] += values[i + k] * Real{0};
    }
    Real sum = 0;
    for (const Real lane : lanes) sum += lane;
    if (!(sum == Real{0})) return false;
  }
  return true;
}

}  // namespace lexarium
