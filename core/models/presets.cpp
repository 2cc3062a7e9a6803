// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/models/learner.h"
#include "core/text/task_data.h"

namespace lexarium {
namespace {

struct Preset {
  std::uint64_t tokens;  ///< for texts of up to this many
  std::int64_t dimensions;
  std::int64_t epochs;
  std::int64_t minimumCount;
};

// Small texts: fewer numbers a word than there is evidence for, and so many epochs that some millions of
// words are read.
constexpr Preset kPresets[] = {
    {20'000, 25, 100, 1},
    {100'000, 50, 50, 2},
    {500'000, 50, 15, 3},
    {2'000'000, 100, 10, 5},
};

// Skip-gram moves a word's vector once for every pair of its window; CBOW once a window, GloVe once a cell.
// They need more rounds to come as far, and a round is quicker.
constexpr std::int64_t kRoundsForOneOfSkipGram = 2;
// With few steps to go, each must go further: measured on Small world, novels and parts of Wikipedia.
constexpr double kRateFactor = 2;

struct SequencePreset {
  std::uint64_t tokens;  ///< for texts of up to this many words
  std::int64_t units;
  std::int64_t batch;
  std::int64_t epochs;
};

// So that a run takes from some seconds to some minutes, whatever the size of the text.
constexpr SequencePreset kSequencePresets[] = {
    {2'000, 64, 8, 100},    {20'000, 96, 16, 40},    {100'000, 128, 32, 20},
    {500'000, 128, 32, 10}, {2'000'000, 128, 32, 4},
};

ParamSet sequencePresetFor(const ModelInfo& model, std::uint64_t tokens) {
  ParamSet params = ParamSet::defaultsOf(model.params);
  const auto* preset =
      std::find_if(std::begin(kSequencePresets), std::end(kSequencePresets),
                   [&](const SequencePreset& candidate) { return tokens <= candidate.tokens; });
  if (preset == std::end(kSequencePresets) || !params.contains("units")) return params;
  if (params.contains("dimensions")) params.set("dimensions", preset->units);
  params.set("units", preset->units);
  params.set("batch", preset->batch);
  params.set("epochs", preset->epochs);
  return params;
}

/// Do most sources and targets have several words that stand apart?
bool wordsAreLikely(const TaskData& task) {
  std::size_t spaces = 0, looked = 0;
  const std::size_t step = std::max<std::size_t>(1, task.examples.size() / 500);
  for (std::size_t i = 0; i < task.examples.size(); i += step, ++looked)
    for (const std::string* text : {&task.examples[i].input, &task.examples[i].output})
      spaces += static_cast<std::size_t>(std::count(text->begin(), text->end(), ' '));
  const auto letters = [](const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c == ' '; });
  };
  const std::size_t spaced = static_cast<std::size_t>(std::count_if(
      task.examples.begin(), task.examples.end(),
      [&](const TaskExample& example) { return letters(example.input) && letters(example.output); }));
  return looked > 0 && spaces >= 4 * looked && 2 * spaced > task.examples.size();
}

/// So that some thousand steps are taken, whatever the number of examples.
ParamSet taskPresetFor(const ModelInfo& model, const TaskData& task) {
  constexpr std::uint64_t kSteps = 3000;
  constexpr std::int64_t kMostEpochs = 100, kLongestStory = 500;
  ParamSet params = ParamSet::defaultsOf(model.params);
  const auto batch = static_cast<std::uint64_t>(params.getInt("batch"));
  const std::uint64_t stepsPerEpoch = std::max<std::uint64_t>(1, task.examples.size() / batch);
  const auto epochs = static_cast<std::int64_t>(kSteps / stepsPerEpoch);
  // Classes are learned by heart soon; answers take many rounds.
  const std::int64_t most = model.kind == ModelInfo::Kind::Labels ? params.getInt("epochs") : kMostEpochs;
  if (model.kind != ModelInfo::Kind::Stories)
    params.set("epochs", std::clamp<std::int64_t>(epochs, std::min<std::int64_t>(3, most), most));
  // Sentences in words, spellings in characters: longer texts have more of both.
  const bool asks = model.kind == ModelInfo::Kind::Pairs && task.kind == TaskKind::Stories;
  if (asks || (model.kind == ModelInfo::Kind::Pairs && wordsAreLikely(task)))
    params.set("tokens", std::string("words"));
  if (asks) params.set("longest", kLongestStory);
  return params;
}

}  // namespace

ParamSet presetFor(const ModelInfo& model, const Corpus& corpus) {
  if (model.learnsExamples())
    return corpus.task() ? taskPresetFor(model, *corpus.task()) : ParamSet::defaultsOf(model.params);
  if (model.kind == ModelInfo::Kind::Sequence) return sequencePresetFor(model, corpus.tokens().size());
  ParamSet params = ParamSet::defaultsOf(model.params);
  const std::uint64_t tokens = corpus.tokens().size();
  const auto* preset = std::find_if(std::begin(kPresets), std::end(kPresets),
                                    [&](const Preset& candidate) { return tokens <= candidate.tokens; });
  if (preset == std::end(kPresets)) return params;
  const auto set = [&](const char* key, ParamValue value) {
    if (params.contains(key)) params.set(key, std::move(value));
  };
  set("dimensions", preset->dimensions);
  set("epochs", model.id == "skip-gram" ? preset->epochs : preset->epochs * kRoundsForOneOfSkipGram);
  set("min_count", preset->minimumCount);
  if (params.contains("learning_rate"))
    params.set("learning_rate", kRateFactor * params.getNumber("learning_rate"));
  return params;
}

}  // namespace lexarium
