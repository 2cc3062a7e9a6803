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
  double subsample;
};

// Small texts: fewer numbers a word than there is evidence for, and so many epochs that some millions of
// words are read.
constexpr Preset kPresets[] = {
    {20'000, 25, 100, 1, 1e-2},
    {100'000, 50, 50, 2, 1e-2},
    {500'000, 50, 15, 3, 5e-3},
    {2'000'000, 100, 10, 5, 2e-3},
};

}  // namespace

ParamSet presetFor(const ModelInfo& model, const Corpus& corpus) {
  ParamSet params = ParamSet::defaultsOf(model.params);
  const std::uint64_t tokens = corpus.tokens().size();
  const auto* preset = std::find_if(std::begin(kPresets), std::end(kPresets),
                                    [&](const Preset& candidate) { return tokens <= candidate.tokens; });
  if (preset == std::end(kPresets)) return params;
  const auto set = [&](const char* key, ParamValue value) {
    if (params.contains(key)) params.set(key, std::move(value));
  };
  set("dimensions", preset->dimensions);
  set("epochs", preset->epochs);
  set("min_count", preset->minimumCount);
  set("subsample", preset->subsample);
  return params;
}

}  // namespace lexarium
