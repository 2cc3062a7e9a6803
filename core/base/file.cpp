// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"

#include <atomic>
#include <cerrno>
#include <system_error>
#include <utility>

#include "core/base/rng.h"

#ifdef _WIN32
#include <io.h>
#include <process.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

namespace lexarium {
namespace fs = std::filesystem;
namespace {

std::string reason(int code) { return std::generic_category().message(code); }

std::FILE* openFile(const fs::path& path, bool writing) {
#ifdef _WIN32
  return _wfopen(path.c_str(), writing ? L"wbx" : L"rb");
#else
  return std::fopen(path.c_str(), writing ? "wbxe" : "rbe");
#endif
}

bool syncToDisk(std::FILE* file) {
#ifdef _WIN32
  return _commit(_fileno(file)) == 0;
#else
  return fsync(fileno(file)) == 0;
#endif
}

// The rename itself must survive a power cut too; best effort, some file systems refuse.
void syncFolder(const fs::path& folder) {
#ifndef _WIN32
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  (void)fsync(descriptor);
  ::close(descriptor);
#else
  (void)folder;
#endif
}

fs::path temporaryBeside(const fs::path& target) {
  static std::atomic<std::uint64_t> counter = 0;
  Rng rng(static_cast<std::uint64_t>(fs::file_time_type::clock::now().time_since_epoch().count()) +
          ++counter);
  fs::path name = target;
  name += ".part-" + std::to_string(rng.next() % 1'000'000'000u);
  return name;
}

// Where the new file goes. Behind a link, so that the link stays; never in the place of a device or pipe,
// which a rename would replace.
Expected<fs::path> placeToWrite(const fs::path& target) {
  std::error_code error;
  const fs::file_status status = fs::status(target, error);
  if (status.type() == fs::file_type::directory) {
    return makeError("This is a folder, not a file", pathToUtf8(target), "Give the name of a file in it");
  }
  if (fs::exists(status) && status.type() != fs::file_type::regular) {
    return makeError("This is a device or pipe, not a file", pathToUtf8(target), "Give the name of a file");
  }
  const auto isLink = [](const fs::path& path) {
    std::error_code ignored;  // nothing there
    return fs::is_symlink(fs::symlink_status(path, ignored));
  };
  // Where links end that lead to no file yet: canonical() would refuse them.
  constexpr int kMostLinks = 40;
  fs::path behind = target;
  for (int i = 0; i < kMostLinks && isLink(behind); ++i) {
    behind = behind.parent_path() / fs::read_symlink(behind, error);
  }
  if (isLink(behind))
    return makeError("This link leads nowhere", pathToUtf8(target), "Give the name of a file");
  return behind;
}

// A file that is written anew stays as readable or as private as it was; best effort.
void copyPermissions(const fs::path& from, const fs::path& to) {
  std::error_code error;
  const fs::file_status status = fs::status(from, error);
  if (status.type() == fs::file_type::regular) fs::permissions(to, status.permissions(), error);
}

}  // namespace

FileReader::FileReader(FileReader&&) noexcept = default;
FileReader& FileReader::operator=(FileReader&&) noexcept = default;
FileReader::~FileReader() = default;

Expected<FileReader> FileReader::open(const fs::path& path) {
  const std::string shown = pathToUtf8(path);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    return makeError("There is no such file", shown, "It may have been moved or renamed");
  }
  if (error) return makeError("The file cannot be opened (" + error.message() + ")", shown);
  if (status.type() == fs::file_type::directory) return makeError("This is a folder, not a file", shown);
  if (status.type() != fs::file_type::regular) {
    return makeError("This is a device or pipe, not a file", shown, "Save its content to a file first");
  }
  FileReader reader;
  reader.path_ = path;
  reader.file_.reset(openFile(path, false));
  if (!reader.file_) {
    return makeError("The file cannot be opened (" + reason(errno) + ")", shown,
                     "Check that you may read it");
  }
  reader.size_ = fs::file_size(path, error);
  if (error) return makeError("The size of the file cannot be found (" + error.message() + ")", shown);
  // Blocks are large already; a second buffer would only copy.
  std::setvbuf(reader.file_.get(), nullptr, _IONBF, 0);
  return reader;
}

Expected<std::size_t> FileReader::read(std::span<char> buffer) {
  std::size_t total = 0;
  while (total < buffer.size()) {
    const std::size_t count = std::fread(buffer.data() + total, 1, buffer.size() - total, file_.get());
    total += count;
    if (count == 0) {
      if (std::ferror(file_.get())) {
        return makeError("The file cannot be read (" + reason(errno) + ")", pathToUtf8(path_));
      }
      break;
    }
  }
  return total;
}

Expected<void> FileReader::seek(std::uint64_t offset) {
#ifdef _WIN32
  const bool failed = _fseeki64(file_.get(), static_cast<long long>(offset), SEEK_SET) != 0;
#else
  const bool failed = fseeko(file_.get(), static_cast<off_t>(offset), SEEK_SET) != 0;
#endif
  if (failed) return makeError("The file cannot be read (" + reason(errno) + ")", pathToUtf8(path_));
  return {};
}

Expected<AtomicFile> AtomicFile::create(const fs::path& target) {
  AtomicFile result;
  auto place = placeToWrite(target);
  if (!place) return tl::unexpected<Error>(place.error());
  result.target_ = std::move(*place);
  for (int attempt = 0; attempt < 8 && !result.file_; ++attempt) {
    result.temporary_ = temporaryBeside(result.target_);
    result.file_ = openFile(result.temporary_, true);
    if (!result.file_ && errno != EEXIST) break;
  }
  if (!result.file_) {
    return makeError("The file cannot be written (" + reason(errno) + ")", pathToUtf8(target),
                     "Choose a folder that exists and that you may write to");
  }
  return result;
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : file_(std::exchange(other.file_, nullptr)),
      target_(std::move(other.target_)),
      temporary_(std::move(other.temporary_)) {}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(target_, other.target_);
  std::swap(temporary_, other.temporary_);
  return *this;
}

AtomicFile::~AtomicFile() {
  if (!file_) return;
  std::fclose(file_);
  std::error_code ignored;
  fs::remove(temporary_, ignored);
}

Expected<void> AtomicFile::write(std::string_view bytes) {
  if (bytes.empty()) return {};  // there may be no place to write from
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
    return makeError("The file cannot be written (" + reason(errno) + ")", pathToUtf8(target_),
                     "Is the disk full? The old file, if there was one, is unchanged");
  }
  return {};
}

Expected<void> AtomicFile::commit() {
  const bool flushed = std::fflush(file_) == 0 && syncToDisk(file_);
  const int code = errno;
  const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
  std::error_code error;
  if (!flushed || !closed) {
    fs::remove(temporary_, error);
    return makeError("The file cannot be written (" + reason(code) + ")", pathToUtf8(target_),
                     "Is the disk full? The old file, if there was one, is unchanged");
  }
  copyPermissions(target_, temporary_);
  fs::rename(temporary_, target_, error);
  if (error) {
    const std::string why = error.message();
    fs::remove(temporary_, error);
    return makeError("The file cannot be replaced (" + why + ")", pathToUtf8(target_));
  }
  syncFolder(target_.has_parent_path() ? target_.parent_path() : fs::path("."));
  return {};
}

Expected<void> writeFileAtomically(const fs::path& target, std::string_view content) {
  auto file = AtomicFile::create(target);
  if (!file) return tl::unexpected<Error>(file.error());
  if (auto written = file->write(content); !written) return written;
  return file->commit();
}

Expected<std::string> readFile(const fs::path& path, std::uint64_t maximumBytes) {
  auto reader = FileReader::open(path);
  if (!reader) return tl::unexpected<Error>(reader.error());
  if (reader->size() > maximumBytes) {
    return makeError("The file is larger than " + std::to_string(maximumBytes) + " bytes", pathToUtf8(path));
  }
  std::string content(static_cast<std::size_t>(reader->size()), '\0');
  auto count = reader->read(content);
  if (!count) return tl::unexpected<Error>(count.error());
  content.resize(*count);
  return content;
}

std::string pathToUtf8(const fs::path& path) {
  const std::u8string utf8 = path.u8string();
  return {reinterpret_cast<const char*>(utf8.data()), utf8.size()};
}

fs::path pathFromUtf8(std::string_view utf8) {
  return fs::path(std::u8string(reinterpret_cast<const char8_t*>(utf8.data()), utf8.size()));
}

}  // namespace lexarium
