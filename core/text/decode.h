// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"

namespace lexarium {

/// What the bytes of a file are taken for, and why.
struct Encoding {
  enum class Source { ByteOrderMark, Utf8, Detected, Chosen };

  std::string name = "UTF-8";  ///< ICU's canonical name: "UTF-8", "UTF-16LE", "ISO-8859-1", "GB18030" ...
  Source source = Source::Utf8;
  int confidence = 100;      ///< per cent, ICU's own for Detected
  std::size_t bomBytes = 0;  ///< bytes to skip at the start
};

/// BOM, then strict UTF-8, then ICU's detection, on the first bytes of a file (a sequence cut off at the end
/// of `head` is no error unless `headIsWholeFile`). Never fails: bytes of no known encoding are taken for
/// windows-1252 with low confidence.
Encoding detectEncoding(std::string_view head, bool headIsWholeFile);

/// Encodings a person may choose from, the common ones first.
std::vector<std::string> selectableEncodings();

/// Is the text valid UTF-8 by Unicode 15, table 3-7 (no overlong forms, no surrogates, at most U+10FFFF)?
/// Returns the byte offset of the first ill-formed sequence, or npos.
std::size_t findInvalidUtf8(std::string_view text);

/// Turns the bytes of a file, in any number of pieces, into UTF-8. Ill-formed sequences become U+FFFD (one
/// for each maximal subpart, Unicode 15 chapter 3.9) and are counted; NUL becomes U+FFFD too and is counted
/// apart.
class Decoder {
 public:
  static Expected<Decoder> create(const Encoding& encoding);
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;
  ~Decoder();

  /// Appends to `utf8`. `last` says that no more bytes follow.
  void decode(std::string_view bytes, bool last, std::string& utf8);

  std::uint64_t replacedSequences() const;
  std::uint64_t replacedNuls() const;
  /// Place in the source bytes of an offset in all UTF-8 decoded so far (sparse checkpoints, then a re-decode
  /// of at most one block is needed by the caller): pairs of (utf8 offset, source offset), sorted, at code
  /// point bounds. Empty when source and UTF-8 are the same but for the BOM.
  struct Checkpoint {
    std::uint64_t utf8Offset;
    std::uint64_t sourceOffset;
  };
  std::vector<Checkpoint> takeCheckpoints();

 private:
  struct State;
  explicit Decoder(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace lexarium
