// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/sequence_batches.h"

#include <algorithm>
#include <cassert>

#include "core/base/rng.h"

namespace lexarium {

SequenceBatches::SequenceBatches(std::span<const TokenId> ids, Plan plan, std::uint64_t seed)
    : ids_(ids), plan_(plan), seed_(seed) {
  assert(ids.size() >= 2);
  const std::size_t predicted = ids.size() - 1;
  plan_.length = std::clamp<std::size_t>(plan.length, 1, predicted);
  plan_.rows = std::clamp<std::size_t>(plan.rows, 1, std::max<std::size_t>(predicted / plan_.length, 1));
  rowTokens_ = predicted / plan_.rows;
}

void SequenceBatches::moveTo(std::uint64_t rounds, std::size_t place) {
  rounds_ = rounds;
  place_ = std::min(place, rowTokens_ - 1);
}

std::size_t SequenceBatches::startOf(std::size_t row, std::uint64_t number) const {
  if (plan_.inOrder) return row * rowTokens_ + place_;
  Rng rng = Rng::forStream(seed_, number * plan_.rows + row);
  return static_cast<std::size_t>(rng.uniform() * static_cast<double>(ids_.size() - steps()));
}

void SequenceBatches::fill(ShardRange rows, std::uint64_t number, std::vector<TokenId>& inputs,
                           std::vector<TokenId>& targets) const {
  const std::size_t length = steps();
  inputs.resize(length * rows.count);
  targets.resize(length * rows.count);
  for (std::size_t r = 0; r < rows.count; ++r) {
    const TokenId* from = ids_.data() + startOf(rows.first + r, number);
    for (std::size_t t = 0; t < length; ++t) {
      inputs[t * rows.count + r] = from[t];
      targets[t * rows.count + r] = from[t + 1];
    }
  }
}

bool SequenceBatches::advance() {
  place_ += steps();
  if (place_ < rowTokens_) return false;
  place_ = 0;
  ++rounds_;
  return true;
}

}  // namespace lexarium
