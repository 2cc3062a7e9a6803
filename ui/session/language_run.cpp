// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/language_run.h"

namespace lexarium {

bool isLanguageModel(const std::string& modelId) {
  const ModelInfo* model = findModel(modelId);
  return model && model->kind == ModelInfo::Kind::Sequence;
}

bool isLanguageRun(const Run* run) {
  return run && run->trainer && isLanguageModel(run->trainer->config().modelId);
}

}  // namespace lexarium
