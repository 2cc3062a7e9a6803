// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/cli/console.h"
#include "core/project/project.h"
#include "core/train/model_card.h"

namespace lexarium::cli {

/// What is known of a model or run that is to leave the program.
struct SharedRun {
  ModelCard card;
  TensorSet model;                       ///< for a file
  std::vector<MetricPoint> points;       ///< its losses
  std::shared_ptr<const Corpus> corpus;  ///< null: not at hand
  Snapshot snapshot;                     ///< of what can be asked: a language model, vectors
};

/// Is this file one of a model, as `train`, `train-pairs` and the others or `export` write it?
bool isModelFile(const std::string& path);
/// Of such a file. Errors: it is none, or damaged.
Expected<SharedRun> sharedFromModelFile(const std::string& path);
/// Of the run of that name in a project (empty: the newest). Errors: there is none, nothing of it is kept.
Expected<SharedRun> sharedFromProject(const Project& project, const std::string& run, ProgressLine& progress);

}  // namespace lexarium::cli
