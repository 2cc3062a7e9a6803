// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/concordance/context_text.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "core/text/utf8.h"

namespace lexarium {
namespace {

constexpr const char* kEllipsis = "\xE2\x80\xA6";

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The last or the first `limit` bytes, less a code point that would be cut in two.
std::string_view keepEnd(std::string_view text, std::size_t limit) {
  std::size_t begin = text.size() - std::min(limit, text.size());
  while (begin < text.size() && isContinuation(text[begin])) ++begin;
  return text.substr(begin);
}

std::string_view keepBegin(std::string_view text, std::size_t limit) {
  std::size_t end = std::min(limit, text.size());
  while (end > 0 && end < text.size() && isContinuation(text[end])) --end;
  return text.substr(0, end);
}

std::string collapseSpaces(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool inSpace = false;
  for (std::size_t i = 0, length = 0; i < text.size(); i += length) {
    const char32_t c = codePointAt(text, i, length);
    const bool space = c < 0x20 || c == 0x7F || u_isUWhiteSpace(static_cast<UChar32>(c));
    if (!space) {
      result.append(text.substr(i, length));
    } else if (!inSpace) {
      result += ' ';
    }
    inSpace = space;
  }
  return result;
}

}  // namespace

std::size_t contextByteLimit(std::size_t tokens) { return 64 + 48 * tokens; }

std::string contextText(std::string_view text, ContextSide side, std::size_t limit) {
  // Looks at four times the limit, so that a megabyte of blank lines is not read for one line of a
  // concordance.
  const bool left = side == ContextSide::Left;
  const std::string_view near = left ? keepEnd(text, 4 * limit) : keepBegin(text, 4 * limit);
  const std::string collapsed = collapseSpaces(near);
  std::string_view shown = left ? keepEnd(collapsed, limit) : keepBegin(collapsed, limit);
  const bool cut = near.size() < text.size() || shown.size() < collapsed.size();
  if (left && !shown.empty() && shown.front() == ' ' && shown.size() > 1) shown.remove_prefix(1);
  if (side == ContextSide::Right && shown.size() > 1 && shown.back() == ' ') shown.remove_suffix(1);
  std::string result(shown);
  if (cut) left ? result.insert(0, kEllipsis) : result.append(kEllipsis);
  return result;
}

}  // namespace lexarium
