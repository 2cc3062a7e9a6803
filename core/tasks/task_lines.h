// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/base/expected.h"
#include "core/text/task_data.h"

namespace lexarium {

/// Examples as JSON, a line each, after a line on the whole: {"kind": "pairs", "title": ..., "labels":
/// [...]},
/// {"input": ..., "output": ..., "label": ..., "story": [...], "support": [...]}. For projects and pipes.
std::string taskToLines(const TaskData& task);
/// Errors: a line is none of these, a label or a sentence is not there.
Expected<TaskData> taskFromLines(std::string_view lines);

}  // namespace lexarium
