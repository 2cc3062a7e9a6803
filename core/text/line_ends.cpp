// SPDX-License-Identifier: GPL-3.0-or-later
#include <unicode/uchar.h>

#include <algorithm>
#include <vector>

#include "core/text/sentence_rules.h"
#include "core/text/utf8.h"

namespace lexarium {
namespace {

constexpr std::size_t kSampleBytes = 1 << 18;

// A line as a typesetter sees it, in columns (Chinese characters take two).
struct Line {
  std::size_t width = 0;
  std::size_t firstWord = 0;
};

std::size_t columnsOf(char32_t codePoint) {
  if (codePoint < 0x300) return 1;
  const auto point = static_cast<UChar32>(codePoint);
  if (U_GET_GC_MASK(point) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) return 0;
  const int width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

Line measure(std::string_view text) {
  Line line;
  bool inFirstWord = true;
  for (std::size_t at = 0, length = 0; at < text.size(); at += length) {
    const char32_t codePoint = codePointAt(text, at, length);
    const std::size_t columns = columnsOf(codePoint);
    line.width += columns;
    if (u_isUWhiteSpace(static_cast<UChar32>(codePoint)) || (columns == 2 && line.firstWord > 0)) {
      inFirstWord = inFirstWord && line.firstWord == 0;  // spaces that indent are not the word's end
    }
    if (inFirstWord) line.firstWord += columns;
  }
  return line;
}

std::vector<Line> linesOf(std::string_view text) {
  std::vector<Line> lines;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    lines.push_back(measure(text.substr(0, end)));
    if (end == std::string_view::npos) break;
    const bool pair = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
    text.remove_prefix(end + (pair ? 2 : 1));
  }
  return lines;
}

// Starts at a code point and a line, if there is one near.
std::string_view sampleAt(std::string_view text, std::size_t at) {
  while (at < text.size() && at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  std::size_t end = std::min(text.size(), at + kSampleBytes);
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(at, end - at);
}

bool hasNoCapitals(std::string_view text) {
  std::size_t upper = 0;
  std::size_t lower = 0;
  for (std::size_t at = 0, length = 0; at < text.size(); at += length) {
    const char32_t codePoint = codePointAt(text, at, length);
    if (codePoint < 0x80) {
      upper += codePoint >= 'A' && codePoint <= 'Z';
      lower += codePoint >= 'a' && codePoint <= 'z';
    } else {
      upper += u_isupper(static_cast<UChar32>(codePoint)) != 0;
      lower += u_islower(static_cast<UChar32>(codePoint)) != 0;
    }
  }
  return upper * 500 < lower;
}

}  // namespace

bool looksHardWrapped(std::string_view text) {
  constexpr std::size_t kNarrowest = 36;
  constexpr std::size_t kWidest = 140;
  const std::vector<Line> lines = linesOf(text);
  std::vector<std::size_t> widths;
  for (const Line& line : lines) {
    if (line.width > 0) widths.push_back(line.width);
  }
  if (widths.size() < 4) return false;
  // Some lines stick out (a long address, a table), so not the very longest.
  const auto nearLongest = widths.begin() + static_cast<std::ptrdiff_t>((widths.size() - 1) * 98 / 100);
  std::nth_element(widths.begin(), nearLongest, widths.end());
  const std::size_t width = *nearLongest;
  if (width < kNarrowest || width > kWidest) return false;

  std::size_t ends = 0;
  std::size_t full = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].width == 0 || lines[i + 1].width == 0) continue;
    ++ends;
    // Two columns of grace: the space between, and a mark that may not begin a line.
    full += lines[i].width + 2 + lines[i + 1].firstWord > width;
  }
  return ends > 0 && full * 10 >= ends * 6;
}

SentenceRules sentenceRulesFor(std::string_view text, SegmentOptions::LineEnds lineEnds) {
  const std::string_view head = sampleAt(text, 0);
  const std::string_view middle =
      text.size() > 2 * kSampleBytes ? sampleAt(text, text.size() / 2) : std::string_view();
  SentenceRules rules;
  rules.ignoreCase = hasNoCapitals(head) && hasNoCapitals(middle);
  switch (lineEnds) {
    case SegmentOptions::LineEnds::Automatic:
      rules.lineEndsSentence = !looksHardWrapped(head) && (middle.empty() || !looksHardWrapped(middle));
      break;
    case SegmentOptions::LineEnds::EndSentence:
      rules.lineEndsSentence = true;
      break;
    case SegmentOptions::LineEnds::Continue:
      rules.lineEndsSentence = false;
      break;
  }
  return rules;
}

}  // namespace lexarium
