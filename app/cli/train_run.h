// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <string>
#include <vector>

#include "app/cli/console.h"
#include "app/cli/param_flags.h"
#include "app/cli/train_report.h"
#include "core/formats/vector_formats.h"
#include "core/text/samples.h"
#include "core/train/recipe.h"
#include "core/train/trainer.h"

namespace lexarium::cli {

/// What `train` and `resume` have in common: where results go, and what is said on the way.
struct TrainOutput {
  std::string vectors;
  std::string recipe;      ///< where the run is written down; may be empty
  std::string checkpoint;  ///< where its state is written, now and then and at the end; may be empty
  double checkpointSeconds = 60;
  bool json = false;
  bool quiet = false;

  void addTo(CLI::App& command);
};

/// How a run uses the machine, as flags; and what was given set in `execution`.
std::vector<ParamSpec> executionParamSpecs();
void applyExecution(const ParamFlags& flags, Execution& execution);

/// Better now than after an hour of training: can everything be written, and is nothing of it one of
/// `inputs`?
Expected<void> checkOutput(const TrainOutput& output, const VectorFormat& format,
                           const std::vector<std::string>& inputs);

/// Runs until the end or Ctrl+C and writes what was asked for. `recipe`: what the run was made from, if it
/// was.
ExitCode runTraining(Trainer& trainer, const TrainOutput& output, const VectorFormat& format,
                     const Sample* sample, const Recipe* recipe, ProgressLine& progress);

}  // namespace lexarium::cli
