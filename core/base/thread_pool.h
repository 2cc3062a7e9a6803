// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace lexarium {

/// Lowers the calling thread's priority below that of interactive threads, so that a window stays smooth
/// while training uses every core. Best effort; nothing happens where the system refuses.
void lowerThreadPriority();
/// Names the calling thread for debuggers and top(1); at most 15 characters are kept.
void setThreadName(const char* name);

/// A fixed number of threads that work through shards. Not for waiting or blocking work.
class ThreadPool {
 public:
  enum class Priority { Normal, Low };

  /// threads >= 1; the caller of parallelFor() is one of them, so ThreadPool(1) starts none.
  explicit ThreadPool(std::size_t threads, Priority priority = Priority::Normal);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  std::size_t threads() const;

  /// Calls work(shard) for each shard in [0, shards), spread over the threads, and returns when all are done.
  /// What a shard computes must not depend on the thread it runs on; then results are the same for any number
  /// of threads. An exception thrown by a shard is rethrown here after all have ended.
  void parallelFor(std::size_t shards, const std::function<void(std::size_t shard)>& work);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Number of hardware threads, at least 1.
std::size_t hardwareThreads();

}  // namespace lexarium
