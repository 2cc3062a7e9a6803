// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/utf8.h"

#include <cstring>

#include "core/text/decode.h"

namespace lexarium {
namespace {

// Lead byte to length and to the range of the second byte (Unicode 15, table 3-7).
struct Lead {
  std::size_t length;  // 0: no lead byte
  unsigned char low;
  unsigned char high;
};

Lead leadOf(unsigned char byte) {
  if (byte < 0xC2) return {0, 0, 0};
  if (byte < 0xE0) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte < 0xF0) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte < 0xF4) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

}  // namespace

Utf8Unit utf8UnitAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  Utf8Unit unit;
  unit.length = 1;
  if (byte(0) < 0x80) {
    unit.codePoint = byte(0);
    unit.valid = true;
    return unit;
  }
  const Lead lead = leadOf(byte(0));
  if (lead.length == 0) return unit;
  for (; unit.length < lead.length; ++unit.length) {
    if (at + unit.length == text.size()) {
      unit.cutOff = true;
      return unit;
    }
    const unsigned char next = byte(unit.length);
    const unsigned char low = unit.length == 1 ? lead.low : 0x80;
    const unsigned char high = unit.length == 1 ? lead.high : 0xBF;
    if (next < low || next > high) return unit;
  }
  std::size_t length = 0;
  unit.codePoint = codePointAt(text, at, length);
  unit.valid = true;
  return unit;
}

void appendUtf8(char32_t codePoint, std::string& utf8) {
  const auto put = [&](char32_t byte) { utf8 += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (codePoint < 0x80) return put(codePoint);
  if (codePoint < 0x800) {
    put(0xC0 | codePoint >> 6);
  } else {
    if (codePoint < 0x10000) {
      put(0xE0 | codePoint >> 12);
    } else {
      put(0xF0 | codePoint >> 18);
      put(0x80 | (codePoint >> 12 & 0x3F));
    }
    put(0x80 | (codePoint >> 6 & 0x3F));
  }
  put(0x80 | (codePoint & 0x3F));
}

std::size_t asciiRunLength(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  for (std::uint64_t word; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if (word & 0x8080808080808080u) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at - begin;
}

std::size_t findInvalidUtf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      at += asciiRunLength(text, at);
      continue;
    }
    const Utf8Unit unit = utf8UnitAt(text, at);
    if (!unit.valid) return at;
    at += unit.length;
  }
  return std::string_view::npos;
}

}  // namespace lexarium
