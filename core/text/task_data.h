// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lexarium {

/// What is to be learned from examples.
enum class TaskKind {
  Pairs,    ///< a text becomes another: translation, dates to ISO
  Labels,   ///< a text belongs to a class: sentiment
  Stories,  ///< a question about a story has an answer: bAbI
};

/// "pairs", "labels", "stories".
const char* taskKindName(TaskKind kind);

/// One thing to learn from, or to be asked.
struct TaskExample {
  std::string input;                   ///< the source; the text to classify; the question
  std::string output;                  ///< the target; the name of the class; the answer
  std::uint32_t label = 0;             ///< Labels: index in TaskData::labels
  std::vector<std::string> story;      ///< Stories: the sentences before the question, first to last
  std::vector<std::uint32_t> support;  ///< Stories: which of them the answer needs, if the file says so
};

/// Examples of one task. Immutable once imported.
struct TaskData {
  TaskKind kind = TaskKind::Pairs;
  std::string title;
  std::vector<std::string> labels;  ///< Labels: names of the classes, sorted
  std::vector<TaskExample> examples;
};

}  // namespace lexarium
