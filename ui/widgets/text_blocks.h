// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/text/corpus.h"

namespace lexarium {

/// A text of any size as a row of blocks of about 2,000 bytes, without looking at more than the block asked
/// for: bounds lie on a grid and are moved back to the nearest paragraph, sentence or word bound. So a line
/// of 100 MB opens at once and costs no index.
class TextBlocks {
 public:
  static constexpr std::uint64_t kBytes = 2000;     ///< of the grid
  static constexpr std::uint64_t kLookBack = 1000;  ///< a bound is moved back by less than this

  TextBlocks() = default;
  /// `text` must outlive this.
  explicit TextBlocks(std::string_view text) : text_(text) {}

  std::uint64_t size() const { return text_.size(); }
  std::uint64_t count() const { return (text_.size() + kBytes - 1) / kBytes; }
  /// Never empty; all blocks together are the text. At most kBytes + kLookBack long.
  ByteRange block(std::uint64_t index) const;
  std::uint64_t blockAt(std::uint64_t byte) const;

 private:
  std::uint64_t bound(std::uint64_t gridByte) const;

  std::string_view text_;
};

/// A piece of UTF-8 as a QString for laying out, and the way back to its bytes. A line end becomes a line
/// separator (CRLF one), other control characters a visible or empty sign.
struct DecodedText {
  QString text;
  std::vector<std::uint32_t> bytes;  ///< for each UTF-16 unit the offset of its character; then the length

  std::uint32_t byteAt(int unit) const;  ///< clamped
  int unitAt(std::uint64_t byte) const;  ///< the first unit at or after this byte
};
DecodedText decodeForLayout(std::string_view utf8);

/// Where `needle` stands next, without regard to case, from `from` on (or before `from`, backward); goes
/// round at the end. Looks at pieces of a megabyte and stops when asked.
std::optional<ByteRange> findInText(std::string_view text, const QString& needle, std::uint64_t from,
                                    bool backward, const StopToken& stop);

}  // namespace lexarium
