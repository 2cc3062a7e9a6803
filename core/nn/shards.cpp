// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/shards.h"

#include <algorithm>
#include <cassert>

#include "core/autodiff/kernels/kernels.h"

namespace lexarium {

std::size_t shardCount(std::size_t size, std::size_t least) {
  return std::clamp<std::size_t>(size / std::max<std::size_t>(least, 1), 1, 8);
}

ShardRange shardRange(std::size_t size, std::size_t shards, std::size_t shard) {
  const std::size_t each = size / shards, longer = size % shards;
  return {shard * each + std::min(shard, longer), each + (shard < longer ? 1 : 0)};
}

Shards::Shards(const Parameters& parameters, std::size_t count) : parameters_(parameters) {
  assert(count >= 1);
  gradients_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) gradients_.emplace_back(parameters);
  tapes_.reserve(count);
}

std::unique_ptr<Tape> Shards::takeTape() {
  const std::lock_guard lock(mutex_);
  if (tapes_.empty()) return std::make_unique<Tape>(parameters_, &gradients_.front());
  auto tape = std::move(tapes_.back());
  tapes_.pop_back();
  return tape;
}

void Shards::giveBack(std::unique_ptr<Tape> tape) {
  const std::lock_guard lock(mutex_);
  tapes_.push_back(std::move(tape));
}

void Shards::run(ThreadPool& pool, const std::function<void(std::size_t, Tape&)>& work) {
  const std::function<void(std::size_t)> each = [&](std::size_t shard) {
    auto tape = takeTape();
    tape->clear();
    tape->setGradients(&gradients_[shard]);
    work(shard, *tape);
    giveBack(std::move(tape));
  };
  pool.parallelFor(count(), each);
  if (count() > 1) sumGradients(pool);
}

void Shards::sumGradients(ThreadPool& pool) {
  const std::size_t size = gradients().values().size();
  constexpr std::size_t kPart = 16384;
  const std::function<void(std::size_t)> sumPart = [&](std::size_t part) {
    const std::size_t first = part * kPart, end = std::min(size, first + kPart);
    Real* sum = gradients().values().data();
    for (std::size_t shard = 1; shard < count(); ++shard) {
      Real* other = gradients_[shard].values().data();
      kernels().scaled(other + first, sum + first, static_cast<Index>(end - first), 1, true);
      std::fill(other + first, other + end, Real{0});
    }
  };
  pool.parallelFor((size + kPart - 1) / kPart, sumPart);
}

}  // namespace lexarium
