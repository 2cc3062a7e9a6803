// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Segmenter that hands runs with other characters than ASCII to ICU. White space ends every UAX
// 29 context that reaches further than one segment, so a run may begin and end there.
#include <unicode/uchar.h>

#include "core/text/corpus.h"
#include "core/text/segment_limits.h"
#include "core/text/segmenter.h"
#include "core/text/utf8.h"

namespace lexarium {
namespace {

bool isAscii(char byte) { return static_cast<unsigned char>(byte) < 0x80; }

bool attachesToPrevious(char32_t codePoint) {
  return (U_GET_GC_MASK(static_cast<UChar32>(codePoint)) & (U_GC_M_MASK | U_GC_CF_MASK)) != 0;
}

// A mark that is a segment of its own whatever stands around it, like the Chinese comma.
bool standsAlone(char32_t codePoint) {
  const auto point = static_cast<UChar32>(codePoint);
  return codePoint >= 0x80 && (U_GET_GC_MASK(point) & U_GC_P_MASK) &&
         u_getIntPropertyValue(point, UCHAR_WORD_BREAK) == U_WB_OTHER;
}

}  // namespace

Segmenter::Kind Segmenter::kindOf(std::string_view segment) const {
  Kind kind = Kind::None;
  for (std::size_t at = 0, length = 0; at < segment.size(); at += length) {
    const char32_t codePoint = codePointAt(segment, at, length);
    if (codePoint < 0x80) {
      const std::uint16_t ascii = classes_[codePoint];
      if (ascii & kLetter) return Kind::Word;
      if (ascii & kDigit) kind = Kind::Number;
      if ((ascii & kMark) && kind == Kind::None) kind = Kind::Punctuation;
      continue;
    }
    const std::uint32_t mask = U_GET_GC_MASK(static_cast<UChar32>(codePoint));
    constexpr char32_t kIdeographicZero = 0x3007;  // a digit to Unicode, but part of Chinese words
    if ((mask & U_GC_L_MASK) || codePoint == kIdeographicZero) return Kind::Word;
    if (mask & U_GC_N_MASK) {
      kind = Kind::Number;
    } else if ((mask & (U_GC_P_MASK | U_GC_S_MASK)) && kind == Kind::None &&
               codePoint != kReplacementCharacter) {
      kind = Kind::Punctuation;
    }
  }
  return kind;
}

Segmenter::Run Segmenter::cutOpen(std::size_t begin, std::size_t end) const {
  while (!isAscii(text_[end]) && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) --end;
  std::size_t length = 0;
  char32_t next = codePointAt(text_, end, length);
  for (std::size_t at = end; at > begin + kRunBytes / 2;) {
    const std::size_t before = codePointBefore(text_, at);
    const char32_t codePoint = codePointAt(text_, before, length);
    if (standsAlone(codePoint) && !attachesToPrevious(next)) return {at, false};
    next = codePoint;
    at = before;
  }
  return {end, true};
}

// Pieces between single spaces as long as they hold other characters than ASCII.
Segmenter::Run Segmenter::wordRun(std::size_t begin) const {
  const std::size_t cap = std::min(text_.size(), begin + kRunBytes);
  std::size_t end = begin;
  std::size_t at = begin;
  while (true) {
    bool ascii = true;
    while (at < cap && !(classes_[static_cast<unsigned char>(text_[at])] & kSpace))
      ascii &= isAscii(text_[at++]);
    if (at == cap && cap < text_.size()) return end > begin ? Run{end, false} : cutOpen(begin, at);
    if (ascii && end > begin) return {end, false};
    end = at;
    if (at == text_.size() || text_[at] != ' ') return {end, false};
    ++at;
  }
}

Segmenter::Run Segmenter::characterRun(std::size_t begin) const {
  const std::size_t cap = std::min(text_.size(), begin + kRunBytes);
  std::size_t at = begin + 1;
  while (at < cap && !(isAscii(text_[at]) && isAscii(text_[at - 1]))) ++at;
  if (at < cap || cap == text_.size()) return {at, false};
  return cutOpen(begin, at);
}

void Segmenter::icuRun(Run run) {
  const std::size_t begin = at_;
  cutter_.cut(text_.substr(begin, run.end - begin), ends_);
  std::size_t count = ends_.size();
  if (run.open) {
    if (count == 1) {
      const bool visible = kindOf(text_.substr(begin, run.end - begin)) != Kind::None;
      droppedLong_ += visible && !insideLong_;
      insideLong_ |= visible;
      at_ = run.end;
      return;
    }
    --count;
  }
  std::size_t from = begin;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t to = begin + ends_[i];
    icuSegment(from, to);
    from = to;
  }
  at_ = from;
}

void Segmenter::icuSegment(std::size_t begin, std::size_t end) {
  const Kind kind = kindOf(text_.substr(begin, end - begin));
  const bool tooLong = end - begin > kMaximumTokenBytes;
  const bool rest = insideLong_ && (kind == Kind::Word || kind == Kind::Number);
  insideLong_ = false;
  if (kind != Kind::None) sentences_.visible();
  droppedLong_ += tooLong && !rest && kind != Kind::None;
  if (rest || tooLong) return;
  if (isKept(kind)) {
    // A mark or symbol may stand on a space; the same as at the start of a run, it is told without the space.
    std::size_t first = begin;
    std::size_t length = 0;
    while (u_isUWhiteSpace(static_cast<UChar32>(codePointAt(text_, first, length)))) first += length;
    addForm(first, end);
  }
  if (kind == Kind::Word || kind == Kind::Number) return;
  for (std::size_t at = begin, length = 0; at < end; at += length) {
    const char32_t codePoint = codePointAt(text_, at, length);
    const bool pair = codePoint == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n';
    if (isLineEnd(codePoint) && !pair) sentences_.lineEnd(at + length);
    if (kind == Kind::Punctuation && isTerminalMark(codePoint)) sentences_.mark(at, at + length);
  }
}

}  // namespace lexarium
