// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/matrix.h"
#include "core/base/rng.h"

namespace lexarium {

/// How the next token is chosen from what a model expects.
struct SamplingSettings {
  double temperature = 1;  ///< logits are divided by it; below 1 bolder, above 1 more even
  std::size_t topK = 0;    ///< only so many of the likeliest; 0: all
  double topP = 1;         ///< only the likeliest that together have this probability (Holtzman et al. 2020)
  bool greedy = false;     ///< always the likeliest; the others do not matter then
  std::uint64_t seed = 1;
  bool operator==(const SamplingSettings&) const = default;
};

/// The probabilities of all tokens after each cut, for whoever wants to see how a token was chosen. Each sums
/// to 1; what was cut away has 0.
struct SamplingStages {
  std::vector<float> plain;     ///< softmax of the logits: what the model itself says
  std::vector<float> tempered;  ///< softmax of logits / temperature
  std::vector<float> afterTopK;
  std::vector<float> afterTopP;  ///< what is drawn from
};

/// softmax(logits / temperature); temperature > 0.
std::vector<float> softmaxOf(std::span<const float> logits, double temperature = 1);
/// Keeps the k likeliest (of equal ones those of lower id) and makes them sum to 1 again; k = 0 keeps all.
void keepTopK(std::vector<float>& probabilities, std::size_t k);
/// Keeps the fewest likeliest that sum to p or more, at least one; p >= 1 keeps all.
void keepTopP(std::vector<float>& probabilities, double p);
SamplingStages samplingStages(std::span<const float> logits, const SamplingSettings& settings);
/// The likeliest; of equal ones that of lower id. logits must not be empty.
TokenId likeliest(std::span<const float> logits);
/// One token by its probability.
TokenId drawFrom(std::span<const float> probabilities, Rng& rng);
/// All of it.
TokenId sampleToken(std::span<const float> logits, const SamplingSettings& settings, Rng& rng);
/// The same from softmaxOf(logits, temperature); not greedy.
TokenId sampleFrom(std::vector<float> probabilities, const SamplingSettings& settings, Rng& rng);

}  // namespace lexarium
