// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/thread_pool.h"

#include <atomic>
#include <cassert>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#ifdef _WIN32
#include <windows.h>
#else
#include <pthread.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace lexarium {

void lowerThreadPriority() {
#ifdef _WIN32
  SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_BELOW_NORMAL);
#elif defined(__linux__)
  // On Linux a nice value belongs to the thread. 10 gives a waking GUI thread the core at once, and still
  // shares fairly with other programs.
  const auto thread = static_cast<id_t>(syscall(SYS_gettid));
  (void)setpriority(PRIO_PROCESS, thread, 10);
#endif
}

void setThreadName(const char* name) {
#ifdef __linux__
  char shortName[16] = {};
  for (std::size_t i = 0; i < 15 && name[i] != '\0'; ++i) shortName[i] = name[i];
  (void)pthread_setname_np(pthread_self(), shortName);
#else
  (void)name;
#endif
}

std::size_t hardwareThreads() {
  const unsigned count = std::thread::hardware_concurrency();
  return count == 0 ? 1 : count;
}

struct ThreadPool::State {
  std::mutex mutex;
  std::condition_variable wake;
  std::condition_variable done;
  std::vector<std::thread> threads;
  const std::function<void(std::size_t)>* work = nullptr;
  std::size_t shards = 0;
  std::atomic<std::size_t> nextShard{0};
  std::size_t busy = 0;  // threads inside the current job
  std::uint64_t job = 0;
  bool quit = false;
  std::exception_ptr failure;

  void runShards(const std::function<void(std::size_t)>& task, std::size_t count) {
    for (std::size_t shard = nextShard++; shard < count; shard = nextShard++) {
      try {
        task(shard);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
      }
    }
  }

  void threadMain(Priority priority) {
    setThreadName("lexarium-pool");
    if (priority == Priority::Low) lowerThreadPriority();
    std::uint64_t seen = 0;
    std::unique_lock lock(mutex);
    for (;;) {
      wake.wait(lock, [&] { return quit || job != seen; });
      if (quit) return;
      seen = job;
      if (!work) continue;  // woke after the job was done
      const auto* task = work;
      const std::size_t count = shards;
      ++busy;
      lock.unlock();
      runShards(*task, count);
      lock.lock();
      if (--busy == 0) done.notify_all();
    }
  }
};

ThreadPool::ThreadPool(std::size_t threads, Priority priority) : state_(std::make_unique<State>()) {
  assert(threads >= 1);
  state_->threads.reserve(threads - 1);
  for (std::size_t i = 1; i < threads; ++i) {
    state_->threads.emplace_back([this, priority] { state_->threadMain(priority); });
  }
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->quit = true;
  }
  state_->wake.notify_all();
  for (auto& thread : state_->threads) thread.join();
}

std::size_t ThreadPool::threads() const { return state_->threads.size() + 1; }

void ThreadPool::parallelFor(std::size_t shards, const std::function<void(std::size_t)>& work) {
  if (shards == 0) return;
  {
    const std::lock_guard lock(state_->mutex);
    assert(!state_->work && "parallelFor() does not nest");
    state_->work = &work;
    state_->shards = shards;
    state_->nextShard = 0;
    state_->failure = nullptr;
    ++state_->job;
  }
  if (shards > 1) state_->wake.notify_all();
  state_->runShards(work, shards);
  std::unique_lock lock(state_->mutex);
  state_->done.wait(lock, [&] { return state_->busy == 0; });
  state_->work = nullptr;
  if (state_->failure) std::rethrow_exception(std::exchange(state_->failure, nullptr));
}

}  // namespace lexarium
