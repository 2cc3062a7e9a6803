// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/segmenter.h"

#include <unicode/uchar.h>

#include <utility>

#include "core/text/corpus.h"
#include "core/text/segment_limits.h"
#include "core/text/utf8.h"

namespace lexarium {
namespace {

bool isWhite(char32_t codePoint) { return u_isUWhiteSpace(static_cast<UChar32>(codePoint)); }

bool isMarkOrSymbol(char32_t codePoint) {
  if (codePoint < 0x80) {
    const bool letter = (codePoint | 0x20) >= 'a' && (codePoint | 0x20) <= 'z';
    return codePoint > ' ' && codePoint < 0x7F && !letter && !(codePoint >= '0' && codePoint <= '9');
  }
  return (U_GET_GC_MASK(static_cast<UChar32>(codePoint)) & (U_GC_P_MASK | U_GC_S_MASK)) != 0;
}

// Without the marks and symbols at both ends.
std::pair<std::size_t, std::size_t> trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t length = 0;
  while (begin < end && isMarkOrSymbol(codePointAt(text, begin, length))) begin += length;
  while (begin < end) {
    const std::size_t last = codePointBefore(text, end);
    if (!isMarkOrSymbol(codePointAt(text, last, length))) break;
    end = last;
  }
  return {begin, end};
}

}  // namespace

Segmenter::Segmenter(const SegmentOptions& options, WordTable& words, IcuCutter cutter)
    : options_(options), words_(&words), forms_(options, words), cutter_(std::move(cutter)) {
  probeAsciiRules();
}

Expected<Segmenter> Segmenter::create(const SegmentOptions& options, WordTable& words) {
  const bool characters = options.method == SegmentOptions::Method::Characters;
  auto cutter = IcuCutter::create(IcuCutter::Kind::Words);
  if (!cutter) return tl::unexpected<Error>(cutter.error());
  Segmenter segmenter(options, words, std::move(*cutter));
  if (characters) {
    cutter = IcuCutter::create(IcuCutter::Kind::Characters);
    if (!cutter) return tl::unexpected<Error>(cutter.error());
    segmenter.cutter_ = std::move(*cutter);
  }
  return segmenter;
}

void Segmenter::start(std::string_view text) {
  text_ = text;
  at_ = 0;
  rules_ = sentenceRulesFor(text, options_.lineEnds);
  sentences_.start(text, rules_);
  droppedLong_ = 0;
  insideLong_ = false;
}

bool Segmenter::next(std::vector<SegmentedToken>& tokens) {
  tokens.clear();
  if (at_ >= text_.size()) return false;
  tokens_ = &tokens;
  const std::size_t limit = std::min(text_.size(), at_ + kPieceBytes);
  switch (options_.method) {
    case SegmentOptions::Method::Words:
      cutWords(limit);
      break;
    case SegmentOptions::Method::Whitespace:
      cutWhitespace(limit);
      break;
    case SegmentOptions::Method::Characters:
      cutCharacters(limit);
      break;
  }
  return true;
}

bool Segmenter::isKept(Kind kind) const {
  switch (kind) {
    case Kind::Word:
      return true;
    case Kind::Number:
      return options_.keepNumbers;
    case Kind::Punctuation:
      return options_.keepPunctuation;
    case Kind::None:
      break;
  }
  return false;
}

void Segmenter::addToken(std::size_t begin, std::size_t end, std::uint32_t word) {
  tokens_->push_back(
      {begin, static_cast<std::uint32_t>(end - begin), word, sentences_.beginsSentence(begin)});
}

void Segmenter::addForm(std::size_t begin, std::size_t end) {
  addToken(begin, end, forms_.numberOf(text_.substr(begin, end - begin)));
}

// Pieces between white space, ASCII or not.
void Segmenter::cutWhitespace(std::size_t limit) {
  while (at_ < limit) {
    if (classes_[static_cast<unsigned char>(text_[at_])] & kSpace) {
      asciiSpace();
      continue;
    }
    const std::size_t begin = at_;
    const std::size_t cap = std::min(text_.size(), begin + kPieceBytes);
    std::size_t length = 0;
    bool white = false;
    while (at_ < cap && !white) {
      const unsigned char byte = static_cast<unsigned char>(text_[at_]);
      length = 1;
      white = byte < 0x80 ? (classes_[byte] & kSpace) != 0 : isWhite(codePointAt(text_, at_, length));
      if (!white) at_ += length;
    }
    if (!white && at_ < text_.size()) {
      droppedLong_ += !insideLong_;
      insideLong_ = true;
      continue;
    }
    if (at_ > begin && !insideLong_) spacePiece(begin, at_);
    insideLong_ = false;
    if (white && static_cast<unsigned char>(text_[at_]) >= 0x80) {
      const char32_t codePoint = codePointAt(text_, at_, length);
      at_ += length;
      if (isLineEnd(codePoint)) sentences_.lineEnd(at_);
    }
  }
}

void Segmenter::spacePiece(std::size_t begin, std::size_t end) {
  const auto [first, last] = options_.keepPunctuation ? std::pair(begin, end) : trimmed(text_, begin, end);
  sentences_.visible();
  if (last - first > kMaximumTokenBytes) {
    ++droppedLong_;
  } else if (isKept(kindOf(text_.substr(first, last - first)))) {
    addForm(first, last);
  }
  // The last terminal mark, if nothing but marks stands after it.
  std::size_t length = 0;
  for (std::size_t at = end; at > begin;) {
    at = codePointBefore(text_, at);
    const char32_t codePoint = codePointAt(text_, at, length);
    if (isTerminalMark(codePoint)) return sentences_.mark(at, at + length);
    if (!isMarkOrSymbol(codePoint)) return;
  }
}

// Grapheme clusters; two ASCII characters never share one, but for CR LF, which is space.
void Segmenter::cutCharacters(std::size_t limit) {
  while (at_ < limit) {
    const std::uint16_t kind = classes_[static_cast<unsigned char>(text_[at_])];
    const bool beforeAscii = at_ + 1 == text_.size() || static_cast<unsigned char>(text_[at_ + 1]) < 0x80;
    if (kind & kSpace) {
      asciiSpace();
    } else if ((kind & kNonAscii) || !beforeAscii) {
      icuRun(characterRun(at_));
    } else if (kind & (kLetter | kDigit)) {
      insideLong_ = false;
      sentences_.visible();
      if (isKept(kind & kLetter ? Kind::Word : Kind::Number)) {
        const char form = lower_[static_cast<unsigned char>(text_[at_])];
        addToken(at_, at_ + 1, words_->numberOf({&form, 1}));
      }
      ++at_;
    } else {
      asciiMark();
    }
  }
}

}  // namespace lexarium
