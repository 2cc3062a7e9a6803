// SPDX-License-Identifier: GPL-3.0-or-later
// What a project's file says of itself in its first 100 bytes (sqlite.org/fileformat.html, section 1.3).
#include <array>
#include <system_error>

#include "core/base/file.h"
#include "core/project/project_open.h"

namespace lexarium {
namespace fs = std::filesystem;

Expected<void> checkProjectHeader(const fs::path& path) {
  const std::string name = pathToUtf8(path.filename());
  auto file = FileReader::open(path);
  if (!file) return tl::unexpected<Error>(file.error());
  std::array<char, 100> header{};
  const auto count = file->read(header);
  if (!count) return tl::unexpected<Error>(count.error());
  const std::string_view text(header.data(), *count);
  const auto refuse = [&](const char* what) {
    return makeError(what, name, "Choose a file that ends in .lexarium");
  };
  if (text.empty()) return refuse("The file is empty");
  if (!text.starts_with(std::string_view("SQLite format 3\0", 16))) {
    return refuse("This is not a Lexarium project");
  }
  if (text.size() < header.size()) return refuse("Only the beginning of the project is there");
  std::int64_t application = 0;
  for (std::size_t at = 68; at < 72; ++at)
    application = application << 8 | static_cast<unsigned char>(text[at]);
  if (application != kApplicationId) return refuse("This database is not a Lexarium project");
  // Versions of the file format: 2 would be a write-ahead log, which a project never has.
  if (text[18] != 1 || text[19] != 1) return refuse("The head of the project's file is damaged");
  return {};
}

Expected<void> checkNoJournal(const fs::path& path) {
  for (const char* suffix : {"-journal", "-wal"}) {
    fs::path journal = path;
    journal += suffix;
    std::error_code error;
    const auto size = fs::file_size(journal, error);
    if (error) continue;  // there is none
    if (size > 0) {
      return makeError("Remains of another file are in the way", pathToUtf8(journal),
                       "Move them away, or choose another name");
    }
    fs::remove(journal, error);
  }
  return {};
}

}  // namespace lexarium
