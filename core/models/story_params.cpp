// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/story_params.h"

namespace lexarium {
namespace {

std::unique_ptr<Learner> create(std::shared_ptr<const Corpus> corpus, const ParamSet& params,
                                const Execution& execution) {
  return std::make_unique<StoryLearner>(storyConfigOf(params, execution), corpus->task());
}

}  // namespace

std::vector<ParamSpec> storyParams() {
  const StoryConfig usual;
  std::vector<ParamSpec> specs{
      integerParam("hops", "Hops", "", "How often it looks at the story before it answers.", usual.shape.hops,
                   1, 16),
      integerParam("units", "Units", "", "How many numbers a memory has.", usual.shape.units, 1, 4096),
      integerParam("sentences", "Memory", "sentences", "How many of the last sentences it remembers.",
                   usual.shape.sentences, 1, 10'000),
      integerParam("batch", "Batch", "questions", "How many questions are learned from at once.",
                   static_cast<std::int64_t>(usual.batch), 1, 4096),
      integerParam("epochs", "Epochs", "", "How many times all questions are read.",
                   static_cast<std::int64_t>(usual.epochs), 1, 100'000),
      numberParam("learning_rate", "Learning rate", "", "At the beginning; halved every quarter of the run.",
                  usual.learningRate, 1e-6, 10, ParamSpec::Scale::Logarithmic)};
  specs.back().live = true;
  specs.push_back(numberParam("clip", "Clip gradients at", "",
                              "Steps longer than this are shortened; 0 never shortens.", usual.clip, 0,
                              1000));
  specs.back().live = specs.back().advanced = true;
  specs.push_back(numberParam("validation", "Validation", "",
                              "Which share of the questions is looked at while training, and not learned.",
                              0.1, 0, 0.9));
  specs.push_back(numberParam("test", "Test", "", "Which share is looked at when all is done.", 0.1, 0, 0.9));
  specs.push_back(integerParam(
      "validate_every", "Measure every", "steps",
      "After so many steps the questions held back are looked at; 0: only at the end.", 100, 0, 1'000'000));
  specs.back().advanced = true;
  return specs;
}

StoryConfig storyConfigOf(const ParamSet& params, const Execution& execution) {
  const auto whole = [&](const char* key) { return static_cast<std::size_t>(params.getInt(key)); };
  StoryConfig config;
  config.shape.hops = static_cast<Index>(params.getInt("hops"));
  config.shape.units = static_cast<Index>(params.getInt("units"));
  config.shape.sentences = static_cast<Index>(params.getInt("sentences"));
  config.epochs = whole("epochs");
  config.batch = whole("batch");
  config.learningRate = params.getNumber("learning_rate");
  config.clip = params.getNumber("clip");
  config.validateEvery = whole("validate_every");
  config.split = {params.getNumber("validation"), params.getNumber("test"), execution.seed};
  config.execution = execution;
  return config;
}

ModelInfo memoryNetworkModel() {
  ModelInfo info;
  info.id = "memory-network";
  info.title = "Memory network";
  info.summary = "Looks at the sentences of a story, as often as it has hops, and answers a question.";
  info.citation = "Sukhbaatar, Szlam, Weston & Fergus 2015, arXiv:1503.08895";
  info.lossLabel = "Loss (mean per question)";
  info.params = storyParams();
  info.create = create;
  info.kind = ModelInfo::Kind::Stories;
  return info;
}

}  // namespace lexarium
