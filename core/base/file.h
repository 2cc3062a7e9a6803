// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/base/expected.h"

namespace lexarium {

/// Reads a file front to back in blocks. Regular files only: pipes, devices and folders are refused.
class FileReader {
 public:
  static Expected<FileReader> open(const std::filesystem::path& path);
  FileReader(FileReader&&) noexcept;
  FileReader& operator=(FileReader&&) noexcept;
  ~FileReader();

  std::uint64_t size() const { return size_; }
  /// Fills the buffer from the current place; returns the bytes read, fewer than asked for only at the end.
  Expected<std::size_t> read(std::span<char> buffer);
  /// Goes on reading at this byte from the file's start.
  Expected<void> seek(std::uint64_t offset);

 private:
  FileReader() = default;
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Closer> file_;
  std::filesystem::path path_;
  std::uint64_t size_ = 0;
};

/// Writes beside the target, syncs, and renames over it at commit(): the target is either the old file or the
/// whole new one. Every write is checked; a full disk is an Error and leaves the old file. Without commit()
/// the temporary file is removed. A link stays a link to the new file, which keeps the old one's permissions;
/// devices, pipes and folders are refused.
class AtomicFile {
 public:
  static Expected<AtomicFile> create(const std::filesystem::path& target);
  AtomicFile(AtomicFile&&) noexcept;
  AtomicFile& operator=(AtomicFile&&) noexcept;
  ~AtomicFile();

  Expected<void> write(std::string_view bytes);
  Expected<void> commit();
  /// The file beside the target, for libraries that write by name; they must have closed it before commit().
  const std::filesystem::path& temporary() const { return temporary_; }

 private:
  AtomicFile() = default;
  std::FILE* file_ = nullptr;
  std::filesystem::path target_;
  std::filesystem::path temporary_;
};

/// Writes the whole content atomically.
Expected<void> writeFileAtomically(const std::filesystem::path& target, std::string_view content);
/// Reads a whole file, refusing more than maximumBytes.
Expected<std::string> readFile(const std::filesystem::path& path, std::uint64_t maximumBytes);

/// A path as UTF-8 for people, JSON and messages; and back. The only two places where path encodings matter.
std::string pathToUtf8(const std::filesystem::path& path);
std::filesystem::path pathFromUtf8(std::string_view utf8);

}  // namespace lexarium
