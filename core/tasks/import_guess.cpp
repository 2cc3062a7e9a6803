// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <map>

#include "core/base/file.h"
#include "core/tasks/import_parts.h"

namespace lexarium {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHeadBytes = 64 * 1024;
constexpr std::size_t kLeastLines = 4, kMostClasses = 100;
constexpr double kNearlyAll = 0.9;

std::string endingOf(const fs::path& path) {
  std::string ending = pathToUtf8(path.extension());
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return ending;
}

/// Whole lines from the beginning; empty if it cannot be read.
std::string headOf(const fs::path& path) {
  auto file = FileReader::open(path);
  if (!file) return {};
  std::string head(kHeadBytes, '\0');
  const auto size = file->read(head);
  head.resize(size ? *size : 0);
  if (head.size() == kHeadBytes) head.resize(std::min(head.find_last_of('\n'), head.size() - 1) + 1);
  return head;
}

/// Nearly all lines have as many tabs, and some do.
bool isTabbed(std::string_view head) {
  std::map<std::ptrdiff_t, std::size_t> lines;
  std::size_t count = 0;
  for (std::size_t at = 0; at < head.size();) {
    const std::string_view line = takeLine(head, at);
    if (trimmed(line).empty()) continue;
    ++lines[std::count(line.begin(), line.end(), '\t')];
    ++count;
  }
  return count >= kLeastLines && std::any_of(lines.begin(), lines.end(), [&](const auto& group) {
           return group.first > 0 &&
                  static_cast<double>(group.second) >= kNearlyAll * static_cast<double>(count);
         });
}

/// Folders of texts, and no text beside them.
bool isFolderOfClasses(const fs::path& folder) {
  std::size_t folders = 0;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->is_directory(error)) {
      ++folders;
    } else if (const auto ending = endingOf(entry->path()); ending == ".txt" || ending == ".md") {
      return false;
    }
    if (folders > kMostClasses) return false;
  }
  return folders >= 2;
}

}  // namespace

bool looksLikeExamples(const std::vector<fs::path>& paths) {
  std::error_code error;
  if (paths.size() == 2) {
    const auto ending = [&](std::size_t i, std::string_view what) {
      return pathToUtf8(paths[i].filename()).find(what) != std::string::npos;
    };
    return (ending(0, ".pos") && ending(1, ".neg")) || (ending(0, ".neg") && ending(1, ".pos"));
  }
  if (paths.size() != 1) return false;
  if (fs::is_directory(paths[0], error)) return isFolderOfClasses(paths[0]);
  static constexpr std::array kTables{".tsv", ".csv", ".jsonl", ".ndjson"};
  const std::string ending = endingOf(paths[0]);
  if (std::find(kTables.begin(), kTables.end(), ending) != kTables.end()) return true;
  const std::string head = headOf(paths[0]);
  return looksLikeStories(head) || isTabbed(head);
}

}  // namespace lexarium
