// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/language_run.h"

namespace lexarium {
namespace {

using Kind = ModelInfo::Kind;

bool isKind(const std::string& modelId, Kind kind) {
  const ModelInfo* model = findModel(modelId);
  return model && model->kind == kind;
}

}  // namespace

bool isLanguageModel(const std::string& modelId) { return isKind(modelId, Kind::Sequence); }
bool isWordVectors(const std::string& modelId) { return isKind(modelId, Kind::Embedding); }
bool isTaskModel(const std::string& modelId) {
  return isKind(modelId, Kind::Pairs) || isKind(modelId, Kind::Labels) || isKind(modelId, Kind::Stories);
}

const ModelInfo& usualModelFor(const Corpus& corpus) {
  for (const ModelInfo& model : models())
    if (model.learnsExamples() && canLearn(model, corpus)) return model;
  return models().front();
}

bool isModelRun(const Run* run) {
  if (!run || !run->trainer) return false;
  if (!run->isFromFile()) return !isWordVectors(run->trainer->config().modelId);
  const auto snapshot = run->trainer->snapshot();
  return snapshot && snapshot->trained;
}

bool isLanguageRun(const Run* run) {
  if (!run || !run->trainer) return false;
  if (!run->isFromFile()) return isLanguageModel(run->trainer->config().modelId);
  const auto snapshot = run->trainer->snapshot();
  return snapshot && snapshot->languageModel();
}

std::shared_ptr<const TrainedModel> newestTrainedOf(const Run& run) {
  const auto snapshot = run.trainer->snapshot();
  if (snapshot && snapshot->trained) return snapshot->trained;
  const auto history = run.trainer->history();
  const auto last = history && history->size() > 0 ? history->frames().back() : nullptr;
  return last ? last->sequence.model : nullptr;
}

std::shared_ptr<const SequenceModel> newestModelOf(const Run& run) {
  return asLanguageModel(newestTrainedOf(run));
}

}  // namespace lexarium
