// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <mutex>
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

/// A batch in parts that learn side by side: gradients for each, summed in the order of the shards; a tape
/// for each thread, so that a second shard finds its memory warm.
class Shards {
 public:
  Shards(const Parameters& parameters, std::size_t count);

  std::size_t count() const { return gradients_.size(); }
  /// The sum after run(). Zeros before it, if the optimiser has taken the last.
  Gradients& gradients() { return gradients_.front(); }
  /// Calls work(shard, a clear tape) for each, which goes forward and backward, then sums the gradients.
  void run(ThreadPool& pool, const std::function<void(std::size_t shard, Tape& tape)>& work);

 private:
  std::unique_ptr<Tape> takeTape();
  void giveBack(std::unique_ptr<Tape> tape);
  void sumGradients(ThreadPool& pool);

  const Parameters& parameters_;
  std::vector<Gradients> gradients_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Tape>> tapes_;  // those that no thread is using
};

}  // namespace lexarium
