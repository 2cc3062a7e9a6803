// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"

#include <algorithm>
#include <cstring>

#include "core/base/sha256_blocks.h"

namespace lexarium {
namespace {

// FIPS 180-4, section 5.3.3: the first 32 bits of the fractional parts of the square roots of the first 8
// primes.
constexpr std::array<std::uint32_t, 8> kStart = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

constexpr std::size_t kBlock = kSha256Block;

void addBlocks(std::array<std::uint32_t, 8>& state, const std::uint8_t* bytes, std::size_t blocks) {
  static const Sha256Blocks ofProcessor = sha256BlocksOfProcessor();
  ofProcessor ? ofProcessor(state, bytes, blocks) : sha256BlocksPlain(state, bytes, blocks);
}

}  // namespace

Sha256::Sha256() : state_(kStart) {}

void Sha256::add(std::span<const std::byte> bytes) {
  bytes_ += bytes.size();
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t left = bytes.size();
  while (left > 0) {
    if (restSize_ == 0 && left >= kBlock) {
      const std::size_t whole = left / kBlock;
      addBlocks(state_, data, whole);
      data += whole * kBlock;
      left -= whole * kBlock;
      continue;
    }
    const std::size_t taken = std::min(kBlock - restSize_, left);
    std::memcpy(rest_.data() + restSize_, data, taken);
    restSize_ += taken;
    data += taken;
    left -= taken;
    if (restSize_ == kBlock) {
      addBlocks(state_, rest_.data(), 1);
      restSize_ = 0;
    }
  }
}

Sha256::Digest Sha256::finish() {
  // Section 5.1.1: a one bit, zeros, and the length in bits, so that blocks are whole.
  const std::uint64_t bits = bytes_ * 8;
  std::array<std::byte, kBlock + 8> padding{};
  padding[0] = std::byte{0x80};
  const std::size_t zeros = (restSize_ < kBlock - 8 ? kBlock : 2 * kBlock) - 8 - restSize_;
  for (std::size_t i = 0; i < 8; ++i) padding[zeros + i] = static_cast<std::byte>(bits >> (56 - 8 * i));
  add(std::span(padding).first(zeros + 8));

  Digest digest;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    digest[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
  }
  return digest;
}

Sha256::Digest sha256(std::span<const std::byte> bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.finish();
}

std::string toHex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace lexarium
