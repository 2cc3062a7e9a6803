// SPDX-License-Identifier: GPL-3.0-or-later
// A small model of each kind after a few steps, for tests of files.
#pragma once

#include <QtGlobal>

#include "core/models/pair_learner.h"
#include "core/models/story_learner.h"
#include "core/models/text_classifier_learner.h"
#include "core/tasks/task_samples.h"
#include "tests/support/model_variants.h"
#include "tests/support/toy_corpus.h"

namespace lexarium::test {

using Model = std::shared_ptr<const TrainedModel>;

inline constexpr int kSmallSteps = 3;

inline std::shared_ptr<const TaskData> smallTask(const char* sample, std::size_t examples = 60) {
  TaskData data = findTaskSample(sample)->generate(kTaskSampleSeed);
  data.examples.resize(std::min(examples, data.examples.size()));
  return std::make_shared<const TaskData>(std::move(data));
}

/// Of the registry, with 8 units unless `changes` say otherwise, on words "w0" ... "w7".
inline std::shared_ptr<const SequenceModel> smallLanguageModel(
    const std::string& id, const std::vector<std::pair<std::string, ParamValue>>& changes = {}) {
  const ModelInfo& info = *findModel(id);
  ParamSet params = with(ParamSet::defaultsOf(info.params), {{"units", std::int64_t{8}},
                                                             {"dimensions", std::int64_t{8}},
                                                             {"layers", std::int64_t{1}},
                                                             {"heads", std::int64_t{2}},
                                                             {"context", std::int64_t{8}},
                                                             {"order", std::int64_t{2}},
                                                             {"batch", std::int64_t{2}}});
  params = with(params, changes);
  const auto learner = info.create(circleCorpus(8, 400), params, {});
  if (!learner->prepare({})) qFatal("cannot prepare %s", id.c_str());
  for (int i = 0; i < kSmallSteps; ++i)
    if (learner->step().finished) break;
  return asLanguageModel(learner->copyModel());
}

template <class Learner, class Config>
auto smallTaskModel(const Config& config, const char* sample) {
  Learner learner(config);
  if (!learner.prepare(smallTask(sample))) qFatal("cannot prepare %s", sample);
  for (int i = 0; i < kSmallSteps; ++i)
    if (learner.step().finished) break;
  return learner.model();
}

inline PairConfig smallPairs() {
  PairConfig config;
  config.shape.dimensions = 6;
  config.shape.units = 8;
  return config;
}

inline ClassifierConfig smallLabels() {
  ClassifierConfig config;
  config.shape.dimensions = 6;
  config.shape.units = 8;
  config.data.longest = 12;
  return config;
}

inline StoryConfig smallStories() {
  StoryConfig config;
  config.shape.units = 8;
  return config;
}

}  // namespace lexarium::test
