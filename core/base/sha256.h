// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lexarium {

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece: tells whether data is what it was. A gigabyte
/// a second and more where the processor has instructions for it, elsewhere some hundred megabytes.
class Sha256 {
 public:
  using Digest = std::array<std::uint8_t, 32>;

  Sha256();
  void add(std::span<const std::byte> bytes);
  void add(std::string_view text) { add(std::as_bytes(std::span(text))); }
  /// Of all that was added; nothing more may be added then.
  Digest finish();

 private:
  std::array<std::uint32_t, 8> state_;
  std::array<std::uint8_t, 64> rest_{};  // bytes that do not fill a block yet
  std::size_t restSize_ = 0;
  std::uint64_t bytes_ = 0;
};

Sha256::Digest sha256(std::span<const std::byte> bytes);
/// "e3b0c442...": two lower-case digits a byte.
std::string toHex(std::span<const std::uint8_t> bytes);

}  // namespace lexarium
