// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace lexarium {

/// FIPS 180-4, section 6.2.2, for whole blocks of 64 bytes one after the other.
using Sha256Blocks = void (*)(std::array<std::uint32_t, 8>& state, const std::uint8_t* bytes,
                              std::size_t blocks);

inline constexpr std::size_t kSha256Block = 64;

/// On any machine, some hundred megabytes a second.
void sha256BlocksPlain(std::array<std::uint32_t, 8>& state, const std::uint8_t* bytes, std::size_t blocks);
/// By the processor's own instructions, several times as fast; null if it has none that are known here.
Sha256Blocks sha256BlocksOfProcessor();

}  // namespace lexarium
