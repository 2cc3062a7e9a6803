// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/language_run.h"

namespace lexarium {

bool isLanguageModel(const std::string& modelId) {
  const ModelInfo* model = findModel(modelId);
  return model && model->kind == ModelInfo::Kind::Sequence;
}

bool isLanguageRun(const Run* run) {
  if (!run || !run->trainer) return false;
  if (!run->isFromFile()) return isLanguageModel(run->trainer->config().modelId);
  const auto snapshot = run->trainer->snapshot();
  return snapshot && snapshot->model;
}

std::shared_ptr<const SequenceModel> newestModelOf(const Run& run) {
  const auto snapshot = run.trainer->snapshot();
  if (snapshot && snapshot->model) return snapshot->model;
  const auto history = run.trainer->history();
  const auto last = history && history->size() > 0 ? history->frames().back() : nullptr;
  return last ? last->sequence.model : nullptr;
}

}  // namespace lexarium
