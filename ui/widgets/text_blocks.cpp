// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_blocks.h"

#include <QTextBoundaryFinder>
#include <algorithm>

#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr std::size_t kPieceBytes = 1 << 20;

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The start of the code point that this byte belongs to.
std::uint64_t codePointStart(std::string_view text, std::uint64_t byte) {
  for (int i = 0; i < 4 && byte > 0 && byte < text.size() && isContinuation(text[byte]); ++i) --byte;
  return byte;
}

/// Behind the last of the marks in [begin, end); 0 if there is none.
std::uint64_t behindLast(std::string_view text, std::uint64_t begin, std::uint64_t end,
                         std::initializer_list<std::string_view> marks) {
  const std::string_view window = text.substr(begin, end - begin);
  std::uint64_t best = 0;
  for (const auto mark : marks) {
    const auto found = window.rfind(mark);
    if (found != std::string_view::npos) best = std::max(best, begin + found + mark.size());
  }
  return best;
}

/// Length of the well-formed sequence at `at`, and its code point; 1 and U+FFFD if there is none.
std::pair<int, char32_t> decodeAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {1, lead};
  const int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || lead > 0xF4 || at + static_cast<std::size_t>(length) > text.size()) return {1, 0xFFFD};
  char32_t code = lead & (0xFFu >> (length + 1));
  for (int i = 1; i < length; ++i) {
    if (!isContinuation(text[at + static_cast<std::size_t>(i)])) return {1, 0xFFFD};
    code = (code << 6) | (byte(static_cast<std::size_t>(i)) & 0x3F);
  }
  const bool tooLong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  if (tooLong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {1, 0xFFFD};
  return {length, code};
}

std::optional<ByteRange> findForward(std::string_view text, const QString& needle, std::uint64_t begin,
                                     std::uint64_t end, const StopToken& stop) {
  const std::uint64_t overlap = 4 * static_cast<std::uint64_t>(needle.size());
  for (std::uint64_t at = begin; at < end && !stop.stop_requested();
       at = codePointStart(text, at + kPieceBytes)) {
    const std::uint64_t last = codePointStart(text, std::min(end, at + kPieceBytes + overlap));
    const QString piece = toQString(text.substr(at, last - at));
    const auto found = piece.indexOf(needle, 0, Qt::CaseInsensitive);
    if (found < 0) continue;
    const auto first = at + static_cast<std::uint64_t>(piece.left(found).toUtf8().size());
    return ByteRange{first,
                     first + static_cast<std::uint64_t>(piece.mid(found, needle.size()).toUtf8().size())};
  }
  return std::nullopt;
}

std::optional<ByteRange> findBackward(std::string_view text, const QString& needle, std::uint64_t begin,
                                      std::uint64_t end, const StopToken& stop) {
  const std::uint64_t overlap = 4 * static_cast<std::uint64_t>(needle.size());
  for (std::uint64_t to = end; to > begin && !stop.stop_requested();) {
    const std::uint64_t at = codePointStart(text, to - std::min<std::uint64_t>(to - begin, kPieceBytes));
    const std::uint64_t last = codePointStart(text, std::min(end, to + overlap));
    const QString piece = toQString(text.substr(at, last - at));
    const auto found = piece.lastIndexOf(needle, -1, Qt::CaseInsensitive);
    if (found >= 0) {
      const auto first = at + static_cast<std::uint64_t>(piece.left(found).toUtf8().size());
      return ByteRange{first,
                       first + static_cast<std::uint64_t>(piece.mid(found, needle.size()).toUtf8().size())};
    }
    to = at;
  }
  return std::nullopt;
}

}  // namespace

std::uint64_t TextBlocks::bound(std::uint64_t gridByte) const {
  if (gridByte == 0) return 0;
  if (gridByte >= text_.size()) return text_.size();
  const std::uint64_t begin = gridByte - std::min(gridByte, kLookBack) + 1;
  if (const auto paragraph = behindLast(text_, begin, gridByte, {"\n"})) return paragraph;
  if (const auto sentence = behindLast(text_, begin, gridByte, {". ", "! ", "? ", "。", "！", "？"}))
    return sentence;
  if (const auto word = behindLast(text_, begin, gridByte, {" ", "\t", "\r", "，", "、", "；"})) return word;
  // No bound at all: between two characters as a reader sees them.
  const std::uint64_t from =
      codePointStart(text_, std::max(begin, gridByte - std::min<std::uint64_t>(gridByte, 64)));
  const std::uint64_t to = codePointStart(text_, gridByte);
  const QString window =
      toQString(text_.substr(from, to - from + std::min<std::uint64_t>(64, text_.size() - to)));
  const QString before = toQString(text_.substr(from, to - from));
  QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, window);
  finder.setPosition(before.size());
  const auto place = finder.isAtBoundary() ? before.size() : finder.toPreviousBoundary();
  if (place <= 0) return to;
  return from + static_cast<std::uint64_t>(before.left(place).toUtf8().size());
}

ByteRange TextBlocks::block(std::uint64_t index) const {
  return {bound(index * kBytes), bound((index + 1) * kBytes)};
}

std::uint64_t TextBlocks::blockAt(std::uint64_t byte) const {
  if (text_.empty()) return 0;
  const std::uint64_t last = count() - 1;
  const std::uint64_t index = std::min(byte / kBytes, last);
  // The end of this cell may have been moved back before the byte.
  return index < last && byte >= bound((index + 1) * kBytes) ? index + 1 : index;
}

std::uint32_t DecodedText::byteAt(int unit) const {
  const auto last = static_cast<int>(bytes.size()) - 1;
  return bytes[static_cast<std::size_t>(std::clamp(unit, 0, last))];
}

int DecodedText::unitAt(std::uint64_t byte) const {
  return static_cast<int>(std::lower_bound(bytes.begin(), bytes.end(), byte) - bytes.begin());
}

DecodedText decodeForLayout(std::string_view utf8) {
  DecodedText decoded;
  decoded.text.reserve(static_cast<qsizetype>(utf8.size()));
  decoded.bytes.reserve(utf8.size() + 1);
  for (std::size_t at = 0; at < utf8.size();) {
    auto [length, code] = decodeAt(utf8, at);
    const auto place = static_cast<std::uint32_t>(at);
    at += static_cast<std::size_t>(length);
    if (code == '\r' && at < utf8.size() && utf8[at] == '\n') continue;  // the line feed ends the line
    if (code == '\n' || code == '\r' || code == 0x85 || code == 0x2029 || code == '\f' || code == '\v') {
      code = QChar::LineSeparator;
    } else if (code < 0x20 && code != '\t') {
      code += 0x2400;  // Unicode's pictures of control characters
    }
    for (const char16_t unit : QChar::fromUcs4(code)) {
      decoded.text += QChar(unit);
      decoded.bytes.push_back(place);
    }
  }
  decoded.bytes.push_back(static_cast<std::uint32_t>(utf8.size()));
  return decoded;
}

std::optional<ByteRange> findInText(std::string_view text, const QString& needle, std::uint64_t from,
                                    bool backward, const StopToken& stop) {
  if (needle.isEmpty() || text.empty()) return std::nullopt;
  from = codePointStart(text, std::min<std::uint64_t>(from, text.size()));
  const auto search = backward ? findBackward : findForward;
  const std::uint64_t size = text.size();
  if (auto found = backward ? search(text, needle, 0, from, stop) : search(text, needle, from, size, stop)) {
    return found;
  }
  return search(text, needle, 0, size, stop);  // once round
}

}  // namespace lexarium
