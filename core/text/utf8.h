// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lexarium {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;
inline constexpr std::string_view kReplacementUtf8 = "\xEF\xBF\xBD";

/// What stands at a place of a byte string that should be UTF-8.
struct Utf8Unit {
  char32_t codePoint = kReplacementCharacter;
  std::size_t length = 0;  ///< bytes; of an ill-formed sequence its maximal subpart (Unicode 15, chapter 3.9)
  bool valid = false;
  bool cutOff = false;  ///< ill-formed only because the text ends here
};

/// at < text.size().
Utf8Unit utf8UnitAt(std::string_view text, std::size_t at);

/// The code point at `at` of valid UTF-8, and its length; faster than utf8UnitAt().
inline char32_t codePointAt(std::string_view text, std::size_t at, std::size_t& length) {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]));
  };
  const char32_t lead = byte(0);
  if (lead < 0x80) return length = 1, lead;
  if (lead < 0xE0) return length = 2, (lead & 0x1F) << 6 | (byte(1) & 0x3F);
  if (lead < 0xF0) return length = 3, (lead & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  return length = 4, (lead & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
}

/// Start of the code point before `at` (> 0) in valid UTF-8.
inline std::size_t codePointBefore(std::string_view text, std::size_t at) {
  do --at;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

/// Appends one code point (a Unicode scalar value).
void appendUtf8(char32_t codePoint, std::string& utf8);

/// Length of the run of ASCII bytes (below 0x80) at `at`.
std::size_t asciiRunLength(std::string_view text, std::size_t at);

}  // namespace lexarium
