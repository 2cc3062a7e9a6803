// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/models/learner.h"

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

}  // namespace

ParamSet presetFor(const ModelInfo& model, const Corpus& corpus) {
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
