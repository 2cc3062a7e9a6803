// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "ui/session/run_controller.h"

namespace lexarium {

/// Is that a model that reads in order? False for what is no model of the registry (vectors of a file).
bool isLanguageModel(const std::string& modelId);
/// Does it learn word vectors, or the examples of a task?
bool isWordVectors(const std::string& modelId);
bool isTaskModel(const std::string& modelId);
/// Does the run train a language model, or hold one of a file? False for null.
bool isLanguageRun(const Run* run);
/// The same for a model of any kind but word vectors.
bool isModelRun(const Run* run);
/// What a person would train first on this: the model for the task of the examples, or else the first of all.
const ModelInfo& usualModelFor(const Corpus& corpus);
/// The newest model that the run has shown or kept; null if there is none.
std::shared_ptr<const SequenceModel> newestModelOf(const Run& run);
/// The same of any kind of model but word vectors.
std::shared_ptr<const TrainedModel> newestTrainedOf(const Run& run);

}  // namespace lexarium
