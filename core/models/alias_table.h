// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/rng.h"

namespace lexarium {

/// Draws from a fixed discrete distribution in constant time (Walker 1977; construction of Vose 1991).
/// Eight bytes an outcome: 100,000 words take 0.8 MB and stay in the cache, where word2vec.c's table of 10^8
/// entries takes 400 MB.
class AliasTable {
 public:
  AliasTable() = default;
  /// Weights >= 0 with a positive, finite sum; up to 2^32 - 1 of them.
  explicit AliasTable(std::span<const double> weights);

  std::size_t size() const { return slots_.size(); }
  /// One number of the generator: the upper half picks a slot, the lower half decides between its two
  /// outcomes. Random is Rng, or what a test puts in its place: next() gives 64 bits.
  template <class Random>
  std::uint32_t draw(Random& rng) const {
    const std::uint64_t bits = rng.next();
    const auto slot = static_cast<std::uint32_t>(((bits >> 32) * slots_.size()) >> 32);
    return static_cast<std::uint32_t>(bits) < slots_[slot].threshold ? slot : slots_[slot].alias;
  }

 private:
  struct Slot {
    std::uint32_t threshold;  ///< of 2^32: below it the slot itself, otherwise the alias
    std::uint32_t alias;
  };
  std::vector<Slot> slots_;
};

/// Counts to the power of 3/4: the noise distribution of negative sampling (Mikolov et al. 2013b,
/// section 2.2).
std::vector<double> noiseWeights(std::span<const std::uint64_t> counts);

}  // namespace lexarium
