// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/trained_model.h"

#include "core/models/neural_model.h"
#include "core/models/pair_model.h"
#include "core/models/saliency.h"
#include "core/models/sequence_model.h"
#include "core/models/story_learner.h"
#include "core/models/text_classifier_model.h"

namespace lexarium {

AttentionTrace TrainedModel::look(const Reading&) const { return {}; }

Saliency TrainedModel::explain(const Reading&, const SaliencyQuery&, const StopToken&) const { return {}; }

std::shared_ptr<const TrainedModel> TrainedModel::without(std::span<const HeadPlace>) const {
  return nullptr;
}

bool namesTrainedModel(const std::map<std::string, std::string>& metadata) {
  return metadata.contains(kPairModelKey) || metadata.contains(kClassifierModelKey) ||
         metadata.contains(kStoryModelKey) || metadata.contains(kSequenceModelKey);
}

Expected<std::shared_ptr<const TrainedModel>> loadTrainedModel(const TensorSet& saved) {
  const auto has = [&](const char* key) { return saved.metadata.contains(key); };
  if (has(kPairModelKey)) return loadPairModel(saved);
  if (has(kClassifierModelKey)) return loadClassifier(saved);
  if (has(kStoryModelKey)) return loadStoryModel(saved);
  return loadSequenceModel(saved);
}

}  // namespace lexarium
