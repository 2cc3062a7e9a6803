// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/project/project.h"
#include "core/train/snapshot.h"

namespace lexarium::cli {

/// Vectors of a run of a project as they were at one of its steps.
struct RunVectors {
  enum class Source { Vectors, Checkpoint, Moment };

  std::shared_ptr<const EmbeddingTable> table;
  Source source = Source::Vectors;
};

const char* sourceName(RunVectors::Source source);

/// The nearest that is kept to that step (none: to the end of the run): vectors by themselves, a checkpoint,
/// which is brought back to life, or a moment of the history, which has the most frequent words only, rounded
/// to a byte a number. Of two equally near ones the more exact. `corpus` is the run's text. Errors: nothing
/// is kept; it cannot be read.
Expected<RunVectors> vectorsOfRun(const Project& project, const RunRecord& run,
                                  std::shared_ptr<const Corpus> corpus, std::optional<std::uint64_t> step);

}  // namespace lexarium::cli
