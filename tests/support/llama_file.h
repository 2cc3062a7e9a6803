// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

namespace lexarium {

inline constexpr std::int32_t kLlamaTokens = 270, kLlamaUnits = 8;

/// The numbers of the file, one after the other.
inline float llamaNumber(std::size_t index) {
  return static_cast<float>((index * 2654435761u) % 1000) / 2000.0F - 0.25F;
}

template <class T>
void appendBytes(std::string& bytes, T value) {
  char raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  bytes.append(raw, sizeof value);
}

/// A tiny checkpoint of llama2.c: 2 layers of 8 units, 2 heads, 270 tokens, shared output.
inline std::string llamaFile() {
  constexpr std::int32_t kInner = 12, kLayers = 2, kHeads = 2, kContext = 32;
  std::string bytes;
  for (const std::int32_t number : {kLlamaUnits, kInner, kLayers, kHeads, kHeads, kLlamaTokens, kContext})
    appendBytes(bytes, number);
  constexpr std::size_t kUnits = kLlamaUnits;
  constexpr std::size_t kNumbers =
      kLlamaTokens * kUnits + kLayers * (2 * kUnits + 4 * kUnits * kUnits + 3 * kUnits * kInner) + kUnits;
  for (std::size_t i = 0; i < kNumbers; ++i) appendBytes(bytes, llamaNumber(i));
  return bytes;
}

/// Its tokenizer.bin, or that of another number of tokens: <unk>, <s>, </s>, 256 bytes, and letters.
inline std::string llamaTokens(std::int32_t tokens) {
  std::string bytes;
  appendBytes(bytes, std::int32_t{8});
  for (std::int32_t i = 0; i < tokens; ++i) {
    std::string piece = i == 0 ? "<unk>" : i == 1 ? "\n<s>\n" : i == 2 ? "\n</s>\n" : std::string();
    if (i >= 3 && i < 259) {
      const char* const digits = "0123456789ABCDEF";
      piece = std::string("<0x") + digits[(i - 3) / 16] + digits[(i - 3) % 16] + '>';
    } else if (i >= 259) {
      piece =
          i == 259 ? " " : std::string(1, static_cast<char>('a' + (i - 260) % 26)) + (i >= 286 ? "x" : "");
      if (i >= 312) piece += 'y';
    }
    appendBytes(bytes, -static_cast<float>(i));
    appendBytes(bytes, static_cast<std::int32_t>(piece.size()));
    bytes += piece;
  }
  return bytes;
}

}  // namespace lexarium
