// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/text/corpus.h"
#include "core/text/task_data.h"

namespace lexarium {

/// The texts of the examples, a line each in their order, as documents: of pairs the sources and the targets,
/// of labelled texts one for each class, of stories one (a story once, with all its questions).
std::vector<NamedText> textsOf(const TaskData& task);

/// A corpus of these texts, so that they can be read, searched, and learned from in any way; its task() is
/// `task`. Errors: those of corpusFromTexts().
Expected<std::shared_ptr<const Corpus>> corpusFromTask(std::shared_ptr<const TaskData> task,
                                                       SegmentOptions options,
                                                       const TaskContext& context = {});

}  // namespace lexarium
