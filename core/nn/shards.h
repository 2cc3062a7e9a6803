// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/autodiff/tape.h"
#include "core/base/thread_pool.h"

namespace lexarium {

/// Parts of `size` sequences, each of at least `least`; at most 8. By the size alone, never by the machine,
/// so that the same seed gives the same numbers on any number of threads.
std::size_t shardCount(std::size_t size, std::size_t least);
/// Part `shard` of [0, size): as equal as can be, the longer ones first.
struct ShardRange {
  std::size_t first, count;
};
ShardRange shardRange(std::size_t size, std::size_t shards, std::size_t shard);

/// A batch in parts that learn side by side: a tape and gradients each, summed in the order of the shards.
class Shards {
 public:
  Shards(const Parameters& parameters, std::size_t count);

  std::size_t count() const { return shards_.size(); }
  Tape& tape(std::size_t shard) { return shards_[shard]->tape; }
  /// The sum after run().
  Gradients& gradients() { return shards_.front()->gradients; }
  /// Clears all tapes, calls work(shard, its tape) for each (forward and backward), then sums the gradients.
  void run(ThreadPool& pool, const std::function<void(std::size_t shard, Tape& tape)>& work);

 private:
  void sumGradients(ThreadPool& pool);

  struct Shard {
    Gradients gradients;
    Tape tape;
    explicit Shard(const Parameters& parameters) : gradients(parameters), tape(parameters, &gradients) {}
  };
  std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace lexarium
