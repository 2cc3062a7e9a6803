// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/task_data.h"

namespace lexarium {

/// A story with a question after it as one text: what a model of pairs is given to answer. Without a story
/// the question itself.
std::string askedText(const std::vector<std::string>& story, std::string_view question);

/// Stories for a model of pairs: the last `mostSentences` sentences of each (0: all) with the question become
/// the answer. As many examples, in the same order.
TaskData pairsFromStories(const TaskData& stories, std::size_t mostSentences = 0);

}  // namespace lexarium
