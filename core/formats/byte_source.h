// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/expected.h"
#include "core/base/file.h"

namespace lexarium {

/// A file read front to back through one block of memory, by lines or by bytes, that knows where it stands.
/// Memory: one block, or the longest line or piece asked for if that is longer. What a call returns is valid
/// until the next call.
class ByteSource {
 public:
  static Expected<ByteSource> open(const std::filesystem::path& path);

  std::uint64_t size() const { return reader_.size(); }
  std::uint64_t remaining() const { return offset_ < size() ? size() - offset_ : 0; }
  /// Of the next byte, from 0.
  std::uint64_t offset() const { return offset_; }
  /// Line of the next byte, from 1. Counts only what line() has read.
  std::uint64_t lineNumber() const { return line_; }

  /// The next bytes without moving on; fewer than `count` only at the end of the file.
  Expected<std::string_view> peek(std::size_t count);
  /// The next `count` bytes; fewer only at the end of the file.
  Expected<std::string_view> take(std::size_t count);
  /// All up to the next `end`, which is skipped and not part of the result; nullopt if none follows within
  /// `maximum` bytes (then nothing is skipped).
  Expected<std::optional<std::string_view>> takeUntil(char end, std::size_t maximum);
  /// The next line without its end (LF or CRLF); nullopt at the end of the file. Errors: longer than
  /// kMaximumLine.
  Expected<std::optional<std::string_view>> line();

  static constexpr std::size_t kMaximumLine = std::size_t{1} << 24;

  /// "vectors.txt, line 12" (the line read last) and "vectors.txt, byte 812", for Error::where.
  std::string lineBefore() const { return name_ + ", line " + std::to_string(line_ > 1 ? line_ - 1 : 1); }
  std::string byteAt(std::uint64_t offset) const { return name_ + ", byte " + std::to_string(offset); }
  const std::string& name() const { return name_; }

 private:
  ByteSource(FileReader reader, std::string name) : reader_(std::move(reader)), name_(std::move(name)) {}
  Expected<void> fill(std::size_t count);
  std::string_view ready() const { return std::string_view(buffer_).substr(begin_, end_ - begin_); }
  std::string_view skip(std::size_t count);

  FileReader reader_;
  std::string name_;
  std::string buffer_;
  std::size_t begin_ = 0;  // bytes [begin_, end_) of buffer_ are read from the file and not yet taken
  std::size_t end_ = 0;
  bool atEnd_ = false;
  std::uint64_t offset_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace lexarium
