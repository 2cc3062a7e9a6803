// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/reading_examples.h"

#include <algorithm>

#include "core/tasks/splits.h"

namespace lexarium {
namespace {

constexpr std::size_t kFewestTokens = 4, kMostTokens = 40;
constexpr std::size_t kHeldBackShare = 10;
constexpr std::size_t kLookedThrough = 20;  // sentences for each that is wanted
constexpr std::uint64_t kLongestMark = 8;   // bytes between two sentences
const char* const kOwn = "Once upon a time there was a little dog.";

std::string sentenceText(const Corpus& corpus, std::size_t sentence) {
  const TokenRange range = corpus.sentence(sentence);
  const std::string& text = corpus.document(corpus.documentOf(range.begin)).text;
  const std::uint64_t begin = corpus.textRange(range.begin).begin;
  // Up to the next sentence, or the end of the text: with the mark at its end.
  std::uint64_t end = corpus.textRange(range.end - 1).end;
  const bool last = sentence + 1 == corpus.sentenceCount() ||
                    corpus.documentOf(range.end) != corpus.documentOf(range.begin);
  const std::uint64_t next = last ? text.size() : corpus.textRange(range.end).begin;
  if (next - end <= kLongestMark) end = next;
  std::string piece = text.substr(begin, end - begin);
  const auto stop = piece.find_last_not_of(" \t\r\n\"(");
  piece.resize(stop == std::string::npos ? 0 : stop + 1);
  return piece;
}

/// Of the examples that the usual split keeps for the test.
std::vector<Reading> taskExamples(const TaskData& task, std::size_t most) {
  const Splits splits = splitExamples(task, {});
  const auto& kept = splits.test.empty() ? splits.train : splits.test;
  std::vector<Reading> readings;
  const std::size_t count = std::min(most, kept.size());
  for (std::size_t i = 0; i < count; ++i) {
    const TaskExample& example = task.examples[kept[i * kept.size() / count]];
    readings.push_back({example.input, {}, example.story});
  }
  // Files are often sorted by length: one of the middle comes first.
  std::rotate(readings.begin(), readings.begin() + static_cast<std::ptrdiff_t>(count / 2), readings.end());
  return readings;
}

}  // namespace

std::vector<Reading> readingExamples(const Corpus* corpus, std::size_t most) {
  std::vector<Reading> examples;
  if (corpus && corpus->task()) return taskExamples(*corpus->task(), most);
  if (!corpus || !corpus->hasText()) return {{kOwn}};
  const std::size_t count = corpus->sentenceCount();
  const std::size_t first = count - std::max<std::size_t>(1, count / kHeldBackShare);
  const std::size_t every = std::max<std::size_t>(1, (count - first) / (most * kLookedThrough));
  for (std::size_t i = first; i < count && examples.size() < most * kLookedThrough; i += every) {
    const std::size_t tokens = corpus->sentence(i).size();
    if (tokens < kFewestTokens || tokens > kMostTokens) continue;
    Reading reading{sentenceText(*corpus, i)};
    if (std::find(examples.begin(), examples.end(), reading) == examples.end())
      examples.push_back(std::move(reading));
  }
  // Evenly over what was found.
  std::vector<Reading> spread;
  for (std::size_t i = 0; i < std::min(most, examples.size()); ++i)
    spread.push_back(examples[i * examples.size() / std::min(most, examples.size())]);
  if (spread.empty()) spread.push_back({sentenceText(*corpus, count - 1)});
  return spread;
}

}  // namespace lexarium
