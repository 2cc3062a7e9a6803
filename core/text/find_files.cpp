// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <system_error>

#include "core/base/file.h"
#include "core/text/read_text.h"

namespace lexarium {
namespace fs = std::filesystem;
namespace {

bool isTextName(const fs::path& path) {
  const std::string name = pathToUtf8(path.filename());
  if (name.starts_with('.')) return false;  // hidden; other systems' shadows of files
  std::string extension = pathToUtf8(path.extension());
  for (char& byte : extension) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + ('a' - 'A'));
  }
  constexpr std::array<std::string_view, 3> kExtensions = {".txt", ".text", ".md"};
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

void listFolder(const fs::path& folder, std::vector<TextFile>& files, std::vector<std::string>& notes) {
  std::error_code error;
  std::vector<fs::path> found;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_directory(ignored)) {
      if (pathToUtf8(entry->path().filename()).starts_with('.')) entry.disable_recursion_pending();
      continue;
    }
    if (isTextName(entry->path())) found.push_back(entry->path());
  }
  if (error)
    notes.push_back(pathToUtf8(folder) + ": not all of the folder can be listed (" + error.message() + ").");
  std::sort(found.begin(), found.end(),
            [](const fs::path& a, const fs::path& b) { return a.generic_u8string() < b.generic_u8string(); });
  for (const fs::path& path : found) {
    const std::u8string name = path.lexically_relative(folder).generic_u8string();
    files.push_back({path, std::string(name.begin(), name.end())});
  }
}

}  // namespace

std::vector<TextFile> findTextFiles(const std::vector<fs::path>& paths, std::vector<std::string>& notes) {
  std::vector<TextFile> files;
  for (const fs::path& path : paths) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
      listFolder(path, files, notes);
    } else {
      files.push_back({path, pathToUtf8(path.filename())});
    }
  }
  return files;
}

}  // namespace lexarium
