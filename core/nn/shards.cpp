// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/shards.h"

#include <algorithm>
#include <cassert>

namespace lexarium {

std::size_t shardCount(std::size_t size, std::size_t least) {
  return std::clamp<std::size_t>(size / std::max<std::size_t>(least, 1), 1, 8);
}

ShardRange shardRange(std::size_t size, std::size_t shards, std::size_t shard) {
  const std::size_t each = size / shards, longer = size % shards;
  return {shard * each + std::min(shard, longer), each + (shard < longer ? 1 : 0)};
}

Shards::Shards(const Parameters& parameters, std::size_t count) {
  assert(count >= 1);
  for (std::size_t i = 0; i < count; ++i) shards_.push_back(std::make_unique<Shard>(parameters));
}

void Shards::run(ThreadPool& pool, const std::function<void(std::size_t, Tape&)>& work) {
  const std::function<void(std::size_t)> each = [&](std::size_t shard) {
    shards_[shard]->tape.clear();
    work(shard, shards_[shard]->tape);
  };
  pool.parallelFor(shards_.size(), each);
  if (shards_.size() > 1) sumGradients(pool);
}

void Shards::sumGradients(ThreadPool& pool) {
  const std::size_t size = gradients().values().size();
  constexpr std::size_t kPart = 16384;
  const std::function<void(std::size_t)> sumPart = [&](std::size_t part) {
    const std::size_t first = part * kPart, end = std::min(size, first + kPart);
    Real* sum = gradients().values().data();
    for (std::size_t shard = 1; shard < shards_.size(); ++shard) {
      Real* other = shards_[shard]->gradients.values().data();
      for (std::size_t i = first; i < end; ++i) {
        sum[i] += other[i];
        other[i] = 0;
      }
    }
  };
  pool.parallelFor((size + kPart - 1) / kPart, sumPart);
}

}  // namespace lexarium
