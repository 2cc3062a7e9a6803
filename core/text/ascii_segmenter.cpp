// SPDX-License-Identifier: GPL-3.0-or-later
// The fast path of Segmenter: word boundaries of UAX 29 on ASCII, equal to ICU's.
#include "core/text/corpus.h"
#include "core/text/segment_limits.h"
#include "core/text/segmenter.h"

namespace lexarium {

// How marks join letters and digits (WB6 to WB13) differs between versions of Unicode and CLDR (the colon and
// the at sign do), so the ICU at hand is asked.
std::uint16_t Segmenter::probeMark(char mark) {
  const auto isOneWord = [&](std::initializer_list<char> text) {
    cutter_.cut({text.begin(), text.size()}, ends_);
    return ends_.size() == 1;
  };
  std::uint16_t kind = kMark;
  if (isOneWord({'a', mark})) {
    kind |= isOneWord({mark, '\'', 'a'}) ? kLetterClass : kUnderscoreClass;
  } else {
    if (isOneWord({'a', mark, 'b'})) kind |= kJoinsLettersClass;
    if (isOneWord({'1', mark, '2'})) kind |= kJoinsDigitsClass;
  }
  return kind;
}

void Segmenter::probeAsciiRules() {
  for (unsigned byte = 0; byte < 256; ++byte) {
    const char character = static_cast<char>(static_cast<unsigned char>(byte));
    lower_[byte] = character;
    if (byte >= 0x80) {
      classes_[byte] = kNonAscii;
    } else if (byte == ' ' || (byte >= '\t' && byte <= '\r')) {
      classes_[byte] = kSpace;
    } else if (byte >= '0' && byte <= '9') {
      classes_[byte] = kDigitClass | kDigit;
    } else if ((byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z')) {
      classes_[byte] = kLetterClass | kLetter;
      if (options_.lowerCase && byte <= 'Z') lower_[byte] = static_cast<char>(character + ('a' - 'A'));
    } else if (byte > ' ' && byte < 0x7F) {
      classes_[byte] = probeMark(character);
    }
  }
}

void Segmenter::cutWords(std::size_t limit) {
  while (at_ < limit) {
    const std::uint16_t kind = classes_[static_cast<unsigned char>(text_[at_])];
    if (kind & kInWordClass) {
      asciiWord();
    } else if (kind & kSpace) {
      asciiSpace();
    } else if (kind & kNonAscii) {
      icuRun(wordRun(at_));
    } else {
      asciiMark();
    }
  }
}

void Segmenter::asciiWord() {
  const auto classAt = [&](std::size_t at) { return classes_[static_cast<unsigned char>(text_[at])]; };
  const std::size_t begin = at_;
  const std::size_t cap = std::min(text_.size(), begin + kPieceBytes);
  std::array<char, kMaximumTokenBytes> form;
  WordHash hash;
  std::uint16_t seen = 0;
  std::uint16_t previous = 0;
  bool mixed = false;  // the segment may go on with what is no ASCII
  std::size_t at = begin;
  for (; at < cap; ++at) {
    const std::uint16_t kind = classAt(at);
    if (!(kind & kInWordClass)) {
      mixed = (kind & kNonAscii) != 0;
      if (!(kind & (kJoinsLettersClass | kJoinsDigitsClass)) || at + 1 >= text_.size()) break;
      const std::uint16_t next = classAt(at + 1);
      mixed = (next & kNonAscii) != 0;
      const bool joins = ((kind & kJoinsLettersClass) && (previous & next & kLetterClass)) ||
                         ((kind & kJoinsDigitsClass) && (previous & next & kDigitClass));
      if (!joins) break;
    }
    const char lower = lower_[static_cast<unsigned char>(text_[at])];
    if (at - begin < form.size()) form[at - begin] = lower;
    hash.add(static_cast<unsigned char>(lower));
    seen |= kind;
    previous = kind;
  }
  const bool goesOn = at == cap && at < text_.size() && (classAt(at) & (kInWordClass | kNonAscii));
  if (mixed && at - begin <= kMaximumTokenBytes && !insideLong_) return icuRun(wordRun(begin));

  at_ = at;
  sentences_.visible();
  if (insideLong_ || at - begin > kMaximumTokenBytes) {
    droppedLong_ += !insideLong_;
    insideLong_ = goesOn || mixed;
    return;
  }
  const Kind kind = seen & kLetter ? Kind::Word : seen & kDigit ? Kind::Number : Kind::Punctuation;
  if (isKept(kind)) addToken(begin, at, words_->numberOf({form.data(), at - begin}, hash.value()));
}

void Segmenter::asciiSpace() {
  const std::size_t cap = std::min(text_.size(), at_ + kPieceBytes);
  insideLong_ = false;
  while (at_ < cap && (classes_[static_cast<unsigned char>(text_[at_])] & kSpace)) {
    const char byte = text_[at_++];
    const bool pair = byte == '\r' && at_ < text_.size() && text_[at_] == '\n';
    if (byte == '\n' || (byte == '\r' && !pair)) sentences_.lineEnd(at_);
  }
}

// One mark or control character that belongs to no word.
void Segmenter::asciiMark() {
  if (at_ + 1 < text_.size() && static_cast<unsigned char>(text_[at_ + 1]) >= 0x80) {
    const bool characters = options_.method == SegmentOptions::Method::Characters;
    return icuRun(characters ? characterRun(at_) : wordRun(at_));
  }
  const std::size_t begin = at_++;
  insideLong_ = false;
  if (!(classes_[static_cast<unsigned char>(text_[begin])] & kMark)) return;
  sentences_.visible();
  if (options_.keepPunctuation) addToken(begin, at_, words_->numberOf(text_.substr(begin, 1)));
  if (isTerminalMark(static_cast<unsigned char>(text_[begin]))) sentences_.mark(begin, at_);
}

}  // namespace lexarium
