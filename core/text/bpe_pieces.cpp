// SPDX-License-Identifier: GPL-3.0-or-later
#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "core/text/bpe.h"
#include "core/text/utf8.h"

namespace lexarium {
namespace {

constexpr std::size_t kLongestPiece = 256;  // bytes: longer words are cut, so that no text is slow

enum class Class : unsigned char { Space, Letter, Digit, Mark };

constexpr Class asciiClassOf(unsigned char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return Class::Letter;
  if (c >= '0' && c <= '9') return Class::Digit;
  return c == ' ' || (c >= 9 && c <= 13) ? Class::Space : Class::Mark;
}

constexpr auto kAsciiClasses = [] {
  std::array<Class, 0x80> classes{};
  for (unsigned char c = 0; c < 0x80; ++c) classes[c] = asciiClassOf(c);
  return classes;
}();

Class classOf(char32_t c) {
  if (c < 0x80) return kAsciiClasses[c];
  const auto code = static_cast<UChar32>(c);
  if (u_isUWhiteSpace(code)) return Class::Space;
  if (u_isdigit(code)) return Class::Digit;
  const bool isLetter =
      u_hasBinaryProperty(code, UCHAR_ALPHABETIC) || (U_GET_GC_MASK(code) & (U_GC_M_MASK | U_GC_L_MASK)) != 0;
  return isLetter ? Class::Letter : Class::Mark;
}

struct Unit {
  Class kind;
  std::size_t length;
};

Unit unitAt(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {kAsciiClasses[byte], 1};
  const Utf8Unit unit = utf8UnitAt(text, at);
  return {classOf(unit.codePoint), unit.length};
}

std::size_t runEnd(std::string_view text, std::size_t at, Class wanted, std::size_t limit) {
  while (at < limit) {
    const Unit unit = unitAt(text, at);
    if (unit.kind != wanted) break;
    at += unit.length;
  }
  return at;
}

}  // namespace

std::size_t bpePieceEnd(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + kLongestPiece);
  Unit unit = unitAt(text, at);
  std::size_t next = at + unit.length;
  if (unit.kind != Class::Space) return runEnd(text, next, unit.kind, limit);
  if (text[at] == ' ' && next < text.size()) {
    unit = unitAt(text, next);
    if (unit.kind != Class::Space) return runEnd(text, next, unit.kind, limit);
  }
  const std::size_t end = runEnd(text, next, Class::Space, limit);
  // The last space belongs to the word that follows.
  const bool wordFollows = end < text.size() && end > next && text[end - 1] == ' ';
  return wordFollows ? end - 1 : end;
}

}  // namespace lexarium
