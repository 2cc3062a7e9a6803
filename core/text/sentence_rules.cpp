// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/sentence_rules.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "core/text/utf8.h"

namespace lexarium {
namespace {

constexpr std::size_t kMostClosers = 8;
constexpr std::size_t kLongestAbbreviation = 16;

bool isSpace(char32_t codePoint) { return u_isUWhiteSpace(static_cast<UChar32>(codePoint)); }

bool isQuoteOrBracket(char32_t codePoint) {
  if (codePoint == '"' || codePoint == '\'' || codePoint == '*' || codePoint == '_') return true;
  constexpr std::uint32_t kMask = U_GC_PS_MASK | U_GC_PE_MASK | U_GC_PI_MASK | U_GC_PF_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(codePoint)) & kMask) != 0;
}

// Ends a sentence without a space after it.
bool isWideMark(char32_t codePoint) {
  return codePoint == 0x3002 || codePoint == 0xFF01 || codePoint == 0xFF1F || codePoint == 0xFF0E ||
         codePoint == 0xFF61;
}

// Titles stand before names, so a capital after them begins no sentence.
bool isTitle(std::string_view word) {
  constexpr std::array<std::string_view, 21> kTitles = {"Mr",  "Mrs",  "Ms",   "Dr",  "St",  "Prof", "Messrs",
                                                        "Rev", "Hon",  "Capt", "Col", "Gen", "Lt",   "Sgt",
                                                        "Mme", "Mlle", "Sr",   "Jr",  "vs",  "cf",   "viz"};
  return std::find(kTitles.begin(), kTitles.end(), word) != kTitles.end();
}

// The word before a full stop: "Mr", "J" (an initial), "e.g" (a stop inside).
bool isAbbreviation(std::string_view text, std::size_t stop) {
  std::size_t begin = stop;
  bool hasStop = false;
  while (begin > 0 && stop - begin <= kLongestAbbreviation) {
    const char byte = text[begin - 1];
    const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    if (!letter && byte != '.') break;
    hasStop |= byte == '.';
    --begin;
  }
  const std::string_view word = text.substr(begin, stop - begin);
  if (word.empty() || word.size() > kLongestAbbreviation || word.front() == '.') return false;
  // An accented letter before it: only the rest of a longer word was seen.
  if (begin > 0 && static_cast<unsigned char>(text[begin - 1]) >= 0x80) return false;
  const bool initial = word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z' && word[0] != 'I';
  return initial || (hasStop && word.back() != '.') || isTitle(word);
}

}  // namespace

bool isTerminalMark(char32_t codePoint) {
  if (codePoint < 0x80) return codePoint == '.' || codePoint == '!' || codePoint == '?';
  return codePoint == 0x2026 || u_hasBinaryProperty(static_cast<UChar32>(codePoint), UCHAR_S_TERM);
}

std::optional<std::size_t> boundAfterMark(std::string_view text, std::size_t begin, std::size_t end,
                                          const SentenceRules& rules) {
  std::size_t length = 0;
  const char32_t mark = codePointAt(text, begin, length);
  std::size_t at = end;
  for (std::size_t closers = 0; at < text.size() && closers < kMostClosers; ++closers) {
    const char32_t next = codePointAt(text, at, length);
    if (!isQuoteOrBracket(next) ||
        (U_GET_GC_MASK(static_cast<UChar32>(next)) & (U_GC_PS_MASK | U_GC_PI_MASK)))
      break;
    at += length;
  }
  if (at == text.size()) return at;
  char32_t next = codePointAt(text, at, length);
  if (isTerminalMark(next)) return std::nullopt;
  if (isWideMark(mark)) return at;
  if (!isSpace(next)) return std::nullopt;
  if (mark == '.' && isAbbreviation(text, begin)) return std::nullopt;

  const std::size_t bound = at;
  while (at < text.size() && isSpace(next = codePointAt(text, at, length))) at += length;
  for (std::size_t openers = 0; at < text.size() && openers < kMostClosers; ++openers) {
    next = codePointAt(text, at, length);
    if (!isQuoteOrBracket(next)) break;
    at += length;
  }
  if (at == text.size()) return bound;
  if (!rules.ignoreCase && u_islower(static_cast<UChar32>(next))) return std::nullopt;
  return bound;
}

}  // namespace lexarium
