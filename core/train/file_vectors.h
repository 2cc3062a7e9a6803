// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/text/corpus.h"
#include "core/train/trainer.h"

namespace lexarium {

/// RunConfig::modelId of vectors that were read from a file: no model of the registry.
inline constexpr const char* kFileModelId = "file";

/// Vectors of a file, to be explored like those of a run.
struct FileVectors {
  std::shared_ptr<const Corpus> corpus;  ///< whose words they are
  std::unique_ptr<Trainer> run;          ///< over, with the vectors
  std::size_t wordsInFile = 0;
  std::size_t wordsFound = 0;  ///< of the file, in the corpus
};

/// The file by itself: a corpus of its words without a text, in the order of the file. Errors: those of
/// readVectors().
Expected<FileVectors> loadFileVectors(const std::filesystem::path& path, const TaskContext& context = {});

/// The vectors that the file has for the words of a text; a word that is not there as it is written is looked
/// for in lower case. The table reaches to the rarest word with a vector; a word without one
/// has no numbers in its column (hasVector()), and is nobody's neighbour. Errors: those of readVectors();
/// none of the words is there.
Expected<FileVectors> loadFileVectors(const std::filesystem::path& path, std::shared_ptr<const Corpus> corpus,
                                      const TaskContext& context = {});

}  // namespace lexarium
