// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/models/cbow.h"
#include "core/models/glove.h"
#include "core/models/learner.h"
#include "core/models/ngram.h"
#include "core/models/pair_params.h"
#include "core/models/sequence_learner.h"
#include "core/models/skip_gram.h"
#include "core/models/story_params.h"
#include "core/models/text_classifier_params.h"
#include "core/text/task_data.h"

namespace lexarium {

std::span<const ModelInfo> models() {
  static const std::vector<ModelInfo> all = {
      skipGramModel(),    cbowModel(),          gloveModel(),          ngramModel(),
      mlpModel(),         rnnModel(),           lstmModel(),           gruModel(),
      transformerModel(), memoryNetworkModel(), encoderDecoderModel(), classifierModel(),
  };
  return all;
}

const ModelInfo* findModel(std::string_view id) {
  const auto all = models();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const ModelInfo& model) { return model.id == id; });
  return found == all.end() ? nullptr : &*found;
}

bool canLearn(const ModelInfo& model, const Corpus& corpus) {
  using Kind = ModelInfo::Kind;
  const auto& task = corpus.task();
  switch (model.kind) {
    case Kind::Pairs:
      return task && task->kind != TaskKind::Labels;
    case Kind::Labels:
      return task && task->kind == TaskKind::Labels;
    case Kind::Stories:
      return task && task->kind == TaskKind::Stories;
    case Kind::Embedding:
    case Kind::Sequence:
      return corpus.hasText();
  }
  return false;
}

}  // namespace lexarium
