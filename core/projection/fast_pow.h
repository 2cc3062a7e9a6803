// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>

namespace lexarium {

/// x^p for normal x > 0 to a relative error of some 1e-6 (as long as |p log2 x| < 120), without branches or
/// calls, so that a loop over it becomes vector code.
inline float fastPow(float x, float p) {
  // x = m 2^e with m in [sqrt(1/2), sqrt(2));  log m = 2 atanh((m - 1) / (m + 1)).
  const auto bits = std::bit_cast<std::int32_t>(x);
  const std::int32_t e = (bits - 0x3F3504F3) >> 23;
  const float m = std::bit_cast<float>(bits - (e << 23));
  const float t = (m - 1) / (m + 1), tt = t * t;
  const float log2m = t * (2.88539008f + tt * (0.961796694f + tt * (0.577078016f + tt * 0.412198583f)));
  const float y = p * (log2m + static_cast<float>(e));
  // 2^y = 2^i exp(f log 2), i the nearest whole number: adding 1.5 x 2^23 leaves it in the low bits.
  constexpr float kRounder = 12582912.0f;
  const float shifted = y + kRounder;
  const std::int32_t i = std::bit_cast<std::int32_t>(shifted) - std::bit_cast<std::int32_t>(kRounder);
  const float f = (y - (shifted - kRounder)) * 0.693147181f;
  const float power =
      1 + f * (1 + f * (0.5f + f * (1.0f / 6 + f * (1.0f / 24 + f * (1.0f / 120 + f * (1.0f / 720))))));
  return power * std::bit_cast<float>((i + 127) << 23);
}

}  // namespace lexarium
