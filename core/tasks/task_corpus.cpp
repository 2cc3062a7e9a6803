// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/task_corpus.h"

#include <algorithm>

namespace lexarium {
namespace {

/// A line of its own, whatever stands in it.
void addLine(const std::string& text, std::string& lines) {
  for (const char c : text) lines += c == '\n' || c == '\r' ? ' ' : c;
  lines += '\n';
}

std::vector<NamedText> pairTexts(const TaskData& task) {
  std::vector<NamedText> texts{{"Source", {}}, {"Target", {}}};
  for (const TaskExample& example : task.examples) {
    addLine(example.input, texts[0].utf8);
    addLine(example.output, texts[1].utf8);
  }
  return texts;
}

std::vector<NamedText> labelTexts(const TaskData& task) {
  std::vector<NamedText> texts;
  for (const std::string& label : task.labels) texts.push_back({label, {}});
  for (const TaskExample& example : task.examples)
    if (example.label < texts.size()) addLine(example.input, texts[example.label].utf8);
  return texts;
}

/// Later questions about a story come with more of the same sentences.
std::vector<NamedText> storyTexts(const TaskData& task) {
  NamedText text{"Stories", {}};
  const std::vector<std::string>* before = nullptr;
  for (const TaskExample& example : task.examples) {
    const bool goesOn = before && before->size() <= example.story.size() &&
                        std::equal(before->begin(), before->end(), example.story.begin());
    if (before && !goesOn) text.utf8 += '\n';
    for (std::size_t i = goesOn ? before->size() : 0; i < example.story.size(); ++i)
      addLine(example.story[i], text.utf8);
    addLine(example.input + ' ' + example.output, text.utf8);
    before = &example.story;
  }
  return {text};
}

}  // namespace

std::vector<NamedText> textsOf(const TaskData& task) {
  switch (task.kind) {
    case TaskKind::Pairs:
      return pairTexts(task);
    case TaskKind::Labels:
      return labelTexts(task);
    case TaskKind::Stories:
      return storyTexts(task);
  }
  return {};
}

Expected<std::shared_ptr<const Corpus>> corpusFromTask(std::shared_ptr<const TaskData> task,
                                                       SegmentOptions options, const TaskContext& context) {
  auto texts = textsOf(*task);
  std::string title = task->title;
  return corpusFromTexts(std::move(title), std::move(texts), options, context, std::move(task));
}

}  // namespace lexarium
