// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "core/train/file_vectors.h"

namespace lexarium {

/// A model of a file, to be looked into like that of a run: a run that is over, whose snapshot holds
/// the model. By itself: with a corpus of its tokens without a text, and the input vectors of these. Errors:
/// those of readModelFile().
Expected<FileVectors> loadFileModel(const std::filesystem::path& path, const TaskContext& context = {});

/// The same beside the runs of a text, whose words it need not know: without vectors.
Expected<FileVectors> loadFileModel(const std::filesystem::path& path, std::shared_ptr<const Corpus> corpus,
                                    const TaskContext& context = {});

}  // namespace lexarium
