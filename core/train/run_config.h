// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/base/param_spec.h"
#include "core/models/learner.h"

namespace lexarium {

/// Everything that repeats a run, but for the corpus.
struct RunConfig {
  std::string modelId;
  ParamSet params;
  Execution execution;
  /// The vectors that kVectorsKey names, if they are at hand (Learner::setVectors()). Not part of what is
  /// saved.
  std::shared_ptr<const Matrix> vectors{};
};

/// "reproducible", "fastest": in files, JSON and flags.
const char* modeName(Execution::Mode mode);

/// Gives the set a value for each of the model's parameters that it lacks (its default: a run from before
/// there was such a parameter), makes whole numbers of numbers and numbers of whole ones where the model has
/// it so, and checks everything. Errors: no such model or parameter, a wrong value.
Expected<void> complete(RunConfig& config);

}  // namespace lexarium
