// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/alias_table.h"

#include <cassert>
#include <cmath>
#include <numeric>

namespace lexarium {

AliasTable::AliasTable(std::span<const double> weights) : slots_(weights.size()) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  assert(!weights.empty() && total > 0 && std::isfinite(total));
  // Scaled so that the mean is 1. Each slot below 1 is filled up by one outcome above 1.
  std::vector<double> mass(weights.size());
  std::vector<std::uint32_t> small;
  std::vector<std::uint32_t> large;
  for (std::uint32_t i = 0; i < weights.size(); ++i) {
    mass[i] = weights[i] * static_cast<double>(weights.size()) / total;
    (mass[i] < 1 ? small : large).push_back(i);
  }
  while (!small.empty() && !large.empty()) {
    const std::uint32_t poor = small.back();
    const std::uint32_t rich = large.back();
    small.pop_back();
    slots_[poor] = {static_cast<std::uint32_t>(mass[poor] * 0x1.0p32), rich};
    mass[rich] -= 1 - mass[poor];
    if (mass[rich] < 1) {
      large.pop_back();
      small.push_back(rich);
    }
  }
  // What is left is 1 but for rounding: always the slot itself.
  for (const auto* rest : {&small, &large}) {
    for (const std::uint32_t i : *rest) slots_[i] = {~std::uint32_t{0}, i};
  }
}

std::vector<double> noiseWeights(std::span<const std::uint64_t> counts) {
  std::vector<double> weights(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) weights[i] = std::pow(static_cast<double>(counts[i]), 0.75);
  return weights;
}

}  // namespace lexarium
