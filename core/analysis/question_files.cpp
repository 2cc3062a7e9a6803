// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>

#include "core/analysis/similarity.h"
#include "core/base/file.h"

namespace lexarium {
namespace {

constexpr std::uint64_t kMaximumBytes = 64 * 1024 * 1024;  // the usual files have less than one megabyte

/// The parts of a line between any of `separators`, empty ones left out.
std::vector<std::string> partsOf(std::string_view line, std::string_view separators) {
  std::vector<std::string> parts;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find_first_of(separators), line.size());
    if (end > 0) parts.emplace_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return parts;
}

/// Calls use(number from 1, line) for each line, without its end and a byte-order mark, until one fails.
template <class Use>
Expected<void> forEachLine(const std::filesystem::path& path, Use&& use) {
  const auto content = readFile(path, kMaximumBytes);
  if (!content) return tl::unexpected<Error>(content.error());
  std::string_view rest = *content;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (auto used = use(number, line); !used) return used;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

std::string placeOf(const std::filesystem::path& path, std::size_t line) {
  return pathToUtf8(path.filename()) + ", line " + std::to_string(line);
}

bool readNumber(const std::string& text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

Expected<std::vector<AnalogyQuestion>> readAnalogyQuestions(const std::filesystem::path& path) {
  std::vector<AnalogyQuestion> questions;
  std::string category = "questions";
  const auto read = forEachLine(path, [&](std::size_t number, std::string_view line) -> Expected<void> {
    auto parts = partsOf(line, " \t");
    if (parts.empty()) return {};
    if (parts[0].starts_with(':')) {
      const std::size_t name = line.find_first_not_of(": \t");
      category = name == std::string_view::npos ? std::string("questions") : std::string(line.substr(name));
      return {};
    }
    if (parts.size() != 4) {
      return makeError(
          "An analogy question must have four words, this line has " + std::to_string(parts.size()),
          placeOf(path, number), "Write it like: Athens Greece Oslo Norway");
    }
    questions.push_back({category, parts[0], parts[1], parts[2], parts[3]});
    return {};
  });
  if (!read) return tl::unexpected<Error>(read.error());
  if (questions.empty())
    return makeError("There is no analogy question in this file", pathToUtf8(path.filename()));
  return questions;
}

Expected<std::vector<SimilarityPair>> readSimilarityPairs(const std::filesystem::path& path) {
  std::vector<SimilarityPair> pairs;
  const auto read = forEachLine(path, [&](std::size_t number, std::string_view line) -> Expected<void> {
    const auto parts = partsOf(line, line.find('\t') != std::string_view::npos ? "\t" : " ,;");
    if (parts.empty() || parts[0].starts_with('#')) return {};
    SimilarityPair pair;
    if (parts.size() >= 3 && readNumber(parts[2], pair.rating)) {
      pair.first = parts[0];
      pair.second = parts[1];
      pairs.push_back(pair);
      return {};
    }
    if (number == 1) return {};  // a heading
    return makeError("This line is not two words and a number", placeOf(path, number),
                     "Write it like: tiger cat 7.35");
  });
  if (!read) return tl::unexpected<Error>(read.error());
  if (pairs.empty()) return makeError("There is no pair of words in this file", pathToUtf8(path.filename()));
  return pairs;
}

}  // namespace lexarium
