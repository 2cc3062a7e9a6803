// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/unicode.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace lexarium::cli {
namespace {

icu::UnicodeString toUtf16(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

}  // namespace

std::u32string toUtf32(std::string_view utf8) {
  const auto text = toUtf16(utf8);
  std::u32string result;
  for (std::int32_t place = 0; place < text.length(); place = text.moveIndex32(place, 1)) {
    result += static_cast<char32_t>(text.char32At(place));
  }
  return result;
}

std::string foldCase(std::string_view utf8) {
  std::string folded;
  toUtf16(utf8).foldCase().toUTF8String(folded);
  return folded;
}

std::size_t columnsOf(std::string_view utf8) {
  std::size_t columns = 0;
  for (const char32_t letter : toUtf32(utf8)) {
    const auto character = static_cast<UChar32>(letter);
    const int category = u_charType(character);
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR) continue;
    const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
    columns += width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
  }
  return columns;
}

std::string padded(std::string_view utf8, std::size_t columns) {
  const std::size_t taken = columnsOf(utf8);
  return std::string(utf8) + std::string(columns > taken ? columns - taken : 0, ' ');
}

}  // namespace lexarium::cli
