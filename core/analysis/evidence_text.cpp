// SPDX-License-Identifier: GPL-3.0-or-later
// A place's sentence as it is written, in pieces.
#include <unicode/uchar.h>

#include <algorithm>

#include "core/analysis/why_close.h"
#include "core/concordance/context_text.h"
#include "core/text/utf8.h"

namespace lexarium {
namespace {

constexpr const char* kEllipsis = "\xE2\x80\xA6";
/// Between two words, and of one word.
constexpr std::size_t kLongestPiece = 256;
/// Bytes of marks before or behind a sentence; more is not punctuation.
constexpr std::size_t kMostMarks = 16;

using Kind = TextPiece::Kind;

void append(std::vector<TextPiece>& pieces, std::string text, Kind kind, TokenId id) {
  if (text.empty()) return;
  if (kind == Kind::Plain && !pieces.empty() && pieces.back().kind == Kind::Plain) {
    pieces.back().text += text;
  } else {
    pieces.push_back({std::move(text), kind, id});
  }
}

Kind kindOf(const Corpus& corpus, const EvidencePlace& place, TokenId partner, TokenIndex token) {
  const TokenId id = corpus.tokens()[token];
  if (token == place.token || id == place.word) return Kind::Word;
  if (id == partner) return Kind::Partner;
  return std::binary_search(place.contexts.begin(), place.contexts.end(), token) ? Kind::Context
                                                                                 : Kind::Plain;
}

/// Straight quotation marks open where white space is before them, which the caller knows.
bool opens(char32_t c, bool straightToo) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return (straightToo && (c == '"' || c == '\'')) || type == U_START_PUNCTUATION ||
         type == U_INITIAL_PUNCTUATION;
}

/// The marks that open something at the end of `text`.
std::string_view openingMarks(std::string_view text, bool straightToo) {
  std::size_t begin = text.size();
  while (begin > 0) {
    std::size_t at = begin - 1, length = 0;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    if (!opens(codePointAt(text, at, length), straightToo)) break;
    begin = at;
  }
  return text.size() - begin > kMostMarks ? std::string_view() : text.substr(begin);
}

/// What stands behind the last word (a full stop): up to white space, and not what opens the next sentence.
std::string_view closingMarks(std::string_view rest) {
  const std::size_t end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
  if (end > kMostMarks) return {};
  return rest.substr(0, end - openingMarks(rest.substr(0, end), false).size());
}

}  // namespace

std::vector<TextPiece> evidenceText(const Corpus& corpus, const EvidencePlace& place, TokenId partner) {
  std::vector<TextPiece> pieces;
  if (place.shown.size() == 0) return pieces;
  const bool fromStart = corpus.sentence(corpus.sentenceOf(place.shown.begin)).begin == place.shown.begin;
  const bool toEnd = corpus.sentence(corpus.sentenceOf(place.shown.end - 1)).end == place.shown.end;
  const TokenRange document = corpus.document(corpus.documentOf(place.token)).tokens;
  const std::string_view text = corpus.document(corpus.documentOf(place.token)).text;
  std::vector<ByteRange> ranges;
  corpus.textRanges(place.shown, ranges);
  std::uint64_t at = ranges.front().begin;
  if (!fromStart) {
    append(pieces, std::string(kEllipsis) + ' ', Kind::Plain, kNoToken);
  } else {
    const std::uint64_t before =
        place.shown.begin > document.begin ? corpus.textRange(place.shown.begin - 1).end : 0;
    append(pieces, std::string(openingMarks(text.substr(before, at - before), true)), Kind::Plain, kNoToken);
  }
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const TokenIndex token = place.shown.begin + i;
    const auto piece = [&](std::uint64_t begin, std::uint64_t end) {
      return contextText(text.substr(begin, end - begin), ContextSide::Node, kLongestPiece);
    };
    append(pieces, piece(at, ranges[i].begin), Kind::Plain, kNoToken);
    const Kind kind = kindOf(corpus, place, partner, token);
    append(pieces, piece(ranges[i].begin, ranges[i].end), kind,
           kind == Kind::Plain ? kNoToken : corpus.tokens()[token]);
    at = ranges[i].end;
  }
  if (!toEnd) {
    append(pieces, ' ' + std::string(kEllipsis), Kind::Plain, kNoToken);
  } else {
    const std::uint64_t next =
        place.shown.end < document.end ? corpus.textRange(place.shown.end).begin : text.size();
    append(pieces, std::string(closingMarks(text.substr(at, next - at))), Kind::Plain, kNoToken);
  }
  return pieces;
}

}  // namespace lexarium
