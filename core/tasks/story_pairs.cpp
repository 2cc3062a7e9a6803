// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/story_pairs.h"

#include <algorithm>

namespace lexarium {

std::string askedText(const std::vector<std::string>& story, std::string_view question) {
  std::string text;
  for (const std::string& sentence : story) text += sentence + ' ';
  return text.append(question);
}

TaskData pairsFromStories(const TaskData& stories, std::size_t mostSentences) {
  TaskData pairs;
  pairs.kind = TaskKind::Pairs;
  pairs.title = stories.title;
  for (const TaskExample& asked : stories.examples) {
    const std::size_t count = asked.story.size();
    const std::size_t kept = mostSentences == 0 ? count : std::min(count, mostSentences);
    TaskExample pair;
    pair.input =
        askedText({asked.story.end() - static_cast<std::ptrdiff_t>(kept), asked.story.end()}, asked.input);
    pair.output = asked.output;
    pairs.examples.push_back(std::move(pair));
  }
  return pairs;
}

}  // namespace lexarium
