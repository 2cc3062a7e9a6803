// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "core/tasks/import.h"
#include "core/tasks/import_parts.h"

// The format of bAbI (Weston et al. 2015, arXiv:1502.05698): "1 Mary moved to the bathroom."; a number of 1
// begins a new story; a question is "3 Where is Mary? <tab> bathroom <tab> 1", the last the lines that answer
// it.

namespace lexarium {
namespace {

constexpr std::size_t kLooksAtLines = 40;
constexpr std::size_t kMostSentences = 5'000'000;  // of all stories: each question keeps those before it
constexpr std::size_t kLongestStory = 1000;        // sentences; of longer ones the last count

struct NumberedLine {
  std::uint32_t number = 0;
  std::string_view text;
};

std::optional<NumberedLine> numbered(std::string_view line) {
  NumberedLine found;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), found.number);
  if (error != std::errc() || found.number == 0) return std::nullopt;
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  if (!line.starts_with(' ')) return std::nullopt;
  found.text = trimmed(line);
  return found;
}

/// A story as far as it has been told.
struct Story {
  std::vector<std::string> sentences;
  std::vector<std::uint32_t> numbers;  // of their lines

  void tell(const NumberedLine& line) {
    if (sentences.size() == kLongestStory) {
      sentences.erase(sentences.begin());
      numbers.erase(numbers.begin());
    }
    sentences.emplace_back(line.text);
    numbers.push_back(line.number);
  }
  std::vector<std::uint32_t> placesOf(std::string_view lines) const {
    std::vector<std::uint32_t> places;
    for (std::size_t at = 0; at < lines.size();) {
      std::uint32_t number = 0;
      const auto [end, error] = std::from_chars(lines.data() + at, lines.data() + lines.size(), number);
      at = static_cast<std::size_t>(end - lines.data()) + 1;
      if (error != std::errc()) continue;
      const auto place = std::find(numbers.begin(), numbers.end(), number);
      if (place != numbers.end()) places.push_back(static_cast<std::uint32_t>(place - numbers.begin()));
    }
    return places;
  }
};

}  // namespace

bool looksLikeStories(std::string_view utf8) {
  std::size_t seen = 0, numberedLines = 0, questions = 0;
  for (std::size_t at = 0; at < utf8.size() && seen < kLooksAtLines;) {
    const std::string_view line = takeLine(utf8, at);
    if (trimmed(line).empty()) continue;
    const auto read = numbered(line);
    if (seen == 0 && (!read || read->number != 1)) return false;
    ++seen;
    numberedLines += read ? 1 : 0;
    questions += read && read->text.find('\t') != std::string_view::npos ? 1 : 0;
  }
  return numberedLines * 5 >= seen * 4 && questions > 0 && questions < numberedLines;
}

TaskData storiesFrom(std::string_view utf8, ImportReport& report) {
  TaskData data;
  data.kind = TaskKind::Stories;
  Story story;
  std::uint64_t line = 0;
  std::size_t sentences = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::string_view content = takeLine(utf8, at);
    ++line;
    if (trimmed(content).empty()) continue;
    ++report.rows;
    const auto read = numbered(content);
    if (!read) {
      skip(report, line, "has no number at its beginning");
      continue;
    }
    if (read->number == 1) story = {};
    const std::size_t tab = read->text.find('\t');
    if (tab == std::string_view::npos) {
      story.tell(*read);
      continue;
    }
    TaskExample example;
    example.input = trimmed(read->text.substr(0, tab));
    const std::string_view rest = read->text.substr(tab + 1);
    const std::size_t second = std::min(rest.find('\t'), rest.size());
    example.output = trimmed(rest.substr(0, second));
    if (example.input.empty() || example.output.empty()) {
      skip(report, line, "has no question or no answer");
      continue;
    }
    sentences += story.sentences.size();
    if (sentences > kMostSentences) {
      skip(report, line, "comes after so many sentences that the stories would not fit into memory");
      continue;
    }
    example.story = story.sentences;
    example.support = story.placesOf(rest.substr(std::min(rest.size(), second + 1)));
    data.examples.push_back(std::move(example));
  }
  return data;
}

}  // namespace lexarium
