// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/text/task_data.h"

namespace lexarium {

/// Built-in examples of a task, made by our own deterministic code: the same on every machine.
struct TaskSample {
  std::string id;           ///< "dates"
  std::string title;        ///< "Dates"
  std::string description;  ///< one sentence for the welcome page
  std::string goal;         ///< what a good model must reach
  TaskData (*generate)(std::uint64_t seed);
};

inline constexpr std::uint64_t kTaskSampleSeed = 2015;

std::span<const TaskSample> taskSamples();
/// nullptr if there is none of that id.
const TaskSample* findTaskSample(std::string_view id);

}  // namespace lexarium
