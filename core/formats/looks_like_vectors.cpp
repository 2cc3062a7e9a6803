// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

#include "core/formats/byte_source.h"
#include "core/formats/vector_formats.h"

namespace lexarium {
namespace {

constexpr std::size_t kHeadBytes = std::size_t{1} << 16;
constexpr std::size_t kLinesLookedAt = 5;
// Tables of a few numbers a line (years, prices) are texts, too; vectors are longer.
constexpr std::size_t kFewestNumbers = 8;

std::vector<std::string_view> fieldsOf(std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    const auto begin = line.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return fields;
    line.remove_prefix(begin);
    const auto end = std::min(line.find_first_of(" \t\r"), line.size());
    fields.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

template <class Number>
bool isNumber(std::string_view text) {
  Number value{};
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc{} && result.ptr == text.data() + text.size();
}

/// Of the numbers that end the line; a word may hold spaces.
std::size_t numbersAtEnd(std::span<const std::string_view> fields) {
  const auto lastWord = std::find_if(fields.rbegin(), fields.rend(),
                                     [](std::string_view field) { return !isNumber<float>(field); });
  return static_cast<std::size_t>(lastWord - fields.rbegin());
}

bool isCountPair(std::span<const std::string_view> fields) {
  return fields.size() == 2 && isNumber<std::uint64_t>(fields[0]) && isNumber<std::uint64_t>(fields[1]);
}

/// Bytes that no text has.
bool isBinary(std::string_view bytes) {
  constexpr std::string_view kSpaces = "\t\n\r\f";
  return std::any_of(bytes.begin(), bytes.end(), [&](char byte) {
    return byte >= 0 && byte < ' ' && kSpaces.find(byte) == std::string_view::npos;
  });
}

bool looksLikeVectors(std::string_view head, bool wholeFile) {
  const auto headerEnd = head.find('\n');
  if (headerEnd == std::string_view::npos) return false;
  const bool header = isCountPair(fieldsOf(head.substr(0, headerEnd)));
  if (header) head.remove_prefix(headerEnd + 1);
  if (header && isBinary(head)) return true;
  std::size_t lines = 0, numbers = 0;
  while (lines < kLinesLookedAt && !head.empty()) {
    const auto end = head.find('\n');
    if (end == std::string_view::npos && !wholeFile) break;  // the line goes on beyond the head
    const auto fields = fieldsOf(head.substr(0, end));
    const std::size_t found = numbersAtEnd(fields);
    if (found < (header ? 1 : kFewestNumbers) || (lines > 0 && found < numbers)) return false;
    numbers = lines == 0 ? found : std::min(numbers, found);
    ++lines;
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
  }
  return lines > (header ? 0u : 1u);
}

}  // namespace

bool looksLikeVectors(const std::filesystem::path& path) {
  auto source = ByteSource::open(path);
  if (!source) return false;
  const auto head = source->peek(kHeadBytes);
  if (!head) return false;
  if (looksLikeProjector(path, *head)) {
    const ProjectorFiles files = projectorFilesToRead(path);
    std::error_code ignored;
    return std::filesystem::is_regular_file(files.vectors, ignored) &&
           std::filesystem::is_regular_file(files.metadata, ignored);
  }
  return looksLikeVectors(*head, head->size() < kHeadBytes);
}

}  // namespace lexarium
