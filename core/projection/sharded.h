// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/progress.h"
#include "core/base/thread_pool.h"

namespace lexarium {

/// Calls work(shard) for each shard on the pool's threads, and between waves of them reports how far it is
/// and looks whether to stop; false if stopped. What a shard computes must not depend on the others.
template <class Work>
bool forEachShard(ThreadPool& pool, std::size_t shards, const TaskContext& context, const std::string& phase,
                  const Work& work) {
  constexpr std::size_t kWave = 8;
  for (std::size_t begin = 0; begin < shards; begin += kWave) {
    context.report(static_cast<double>(begin) / static_cast<double>(shards), phase);
    if (context.stopRequested()) return false;
    pool.parallelFor(std::min(kWave, shards - begin), [&](std::size_t shard) { work(begin + shard); });
  }
  return !context.stopRequested();
}

}  // namespace lexarium
