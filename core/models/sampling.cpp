// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/sampling.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "core/autodiff/kernels/kernels.h"

namespace lexarium {
namespace {

/// Tokens from the likeliest on; of equal ones that of lower id first.
std::vector<std::uint32_t> byLikelihood(const std::vector<float>& probabilities, std::size_t first) {
  std::vector<std::uint32_t> order(probabilities.size());
  std::iota(order.begin(), order.end(), 0u);
  const auto isBefore = [&](std::uint32_t a, std::uint32_t b) {
    return probabilities[a] != probabilities[b] ? probabilities[a] > probabilities[b] : a < b;
  };
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(first), order.end(), isBefore);
  return order;
}

void keepOnly(std::vector<float>& probabilities, std::span<const std::uint32_t> kept) {
  double sum = 0;
  for (const std::uint32_t id : kept) sum += static_cast<double>(probabilities[id]);
  std::vector<float> result(probabilities.size(), 0.0F);
  for (const std::uint32_t id : kept) {
    result[id] = static_cast<float>(static_cast<double>(probabilities[id]) / sum);
  }
  probabilities = std::move(result);
}

}  // namespace

std::vector<float> softmaxOf(std::span<const float> logits, double temperature) {
  assert(!logits.empty() && temperature > 0);
  std::vector<Real> values(logits.begin(), logits.end());
  Real total = 0;
  kernels().softmaxColumn(values.data(), values.data(), static_cast<Index>(values.size()),
                          static_cast<Real>(1 / temperature), &total);
  return {values.begin(), values.end()};
}

void keepTopK(std::vector<float>& probabilities, std::size_t k) {
  if (k == 0 || k >= probabilities.size()) return;
  keepOnly(probabilities, std::span<const std::uint32_t>(byLikelihood(probabilities, k)).first(k));
}

void keepTopP(std::vector<float>& probabilities, double p) {
  if (p >= 1) return;
  const auto order = byLikelihood(probabilities, probabilities.size());
  double sum = 0;
  std::size_t kept = 0;
  while (kept < order.size() && (kept == 0 || sum < p)) {
    sum += static_cast<double>(probabilities[order[kept++]]);
  }
  keepOnly(probabilities, std::span<const std::uint32_t>(order).first(kept));
}

SamplingStages samplingStages(std::span<const float> logits, const SamplingSettings& settings) {
  SamplingStages stages;
  stages.plain = softmaxOf(logits);
  if (settings.greedy) {
    stages.tempered.assign(logits.size(), 0.0F);
    stages.tempered[likeliest(logits)] = 1;
    stages.afterTopP = stages.afterTopK = stages.tempered;
    return stages;
  }
  stages.tempered = softmaxOf(logits, settings.temperature);
  stages.afterTopK = stages.tempered;
  keepTopK(stages.afterTopK, settings.topK);
  stages.afterTopP = stages.afterTopK;
  keepTopP(stages.afterTopP, settings.topP);
  return stages;
}

TokenId likeliest(std::span<const float> logits) {
  assert(!logits.empty());
  return static_cast<TokenId>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

TokenId drawFrom(std::span<const float> probabilities, Rng& rng) {
  double left = rng.uniform();
  std::size_t last = 0;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    if (!(probabilities[i] > 0)) continue;
    last = i;
    left -= static_cast<double>(probabilities[i]);
    if (left < 0) break;
  }
  return static_cast<TokenId>(last);  // rounding may leave a little over: the last one gets it
}

TokenId sampleToken(std::span<const float> logits, const SamplingSettings& settings, Rng& rng) {
  if (settings.greedy) return likeliest(logits);
  return sampleFrom(softmaxOf(logits, settings.temperature), settings, rng);
}

TokenId sampleFrom(std::vector<float> probabilities, const SamplingSettings& settings, Rng& rng) {
  keepTopK(probabilities, settings.topK);
  keepTopP(probabilities, settings.topP);
  return drawFrom(probabilities, rng);
}

}  // namespace lexarium
