// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_store.h"

#include <algorithm>
#include <iterator>
#include <new>

#include "core/base/thread_pool.h"

namespace lexarium {
namespace {

constexpr std::chrono::milliseconds kBatch(1000);

}  // namespace

ProjectStore::ProjectStore(Project project, ErrorSink onError)
    : project_(std::move(project)),
      onError_(std::move(onError)),
      ids_(project_.ids()),
      thread_([this](std::stop_token stop) { threadMain(stop); }) {}

ProjectStore::~ProjectStore() {
  if (!thread_.joinable()) return;  // closed
  thread_.request_stop();
  thread_.join();
}

Project ProjectStore::close() {
  thread_.request_stop();
  thread_.join();
  return std::move(project_);
}

void ProjectStore::change(Job job) {
  {
    const std::lock_guard lock(mutex_);
    changes_.push_back({std::move(job), {}, {}});
  }
  wake_.notify_all();
}

void ProjectStore::ask(Job job) {
  {
    const std::lock_guard lock(mutex_);
    questions_.push_back(std::move(job));
  }
  wake_.notify_all();
}

void ProjectStore::appendMetrics(RecordId run, std::vector<MetricPoint> points,
                                 std::vector<MetricFlag> flags) {
  {
    const std::lock_guard lock(mutex_);
    if (changes_.empty() || changes_.back().job) changes_.push_back({{}, {}, Clock::now() + kBatch});
    auto& waiting = changes_.back().metrics;
    auto own = std::find_if(waiting.begin(), waiting.end(), [&](const auto& one) { return one.run == run; });
    if (own == waiting.end()) own = waiting.insert(own, Metrics{run, {}, {}});
    std::move(points.begin(), points.end(), std::back_inserter(own->points));
    std::move(flags.begin(), flags.end(), std::back_inserter(own->flags));
  }
  wake_.notify_all();
}

void ProjectStore::flush() {
  std::unique_lock lock(mutex_);
  ++flushing_;
  wake_.notify_all();
  done_.wait(lock, [&] { return changes_.empty() && questions_.empty() && !busy_; });
  --flushing_;
}

bool ProjectStore::isReady(const Task& task, Clock::time_point now) const {
  return task.job || changes_.size() > 1 || flushing_ > 0 || now >= task.due;
}

void ProjectStore::threadMain(std::stop_token stop) {
  setThreadName("project");
  std::unique_lock lock(mutex_);
  for (;;) {
    if (!questions_.empty()) {
      Task task{std::move(questions_.front()), {}, {}};
      questions_.pop_front();
      busy_ = true;
      lock.unlock();
      perform(std::move(task));
      lock.lock();
    } else if (!changes_.empty() && (stop.stop_requested() || isReady(changes_.front(), Clock::now()))) {
      Task task = std::move(changes_.front());
      changes_.pop_front();
      busy_ = true;
      lock.unlock();
      perform(std::move(task));
      lock.lock();
    } else if (stop.stop_requested()) {
      break;
    } else if (changes_.empty()) {
      wake_.wait(lock, stop, [&] { return !changes_.empty() || !questions_.empty(); });
    } else {
      wake_.wait_until(lock, stop, changes_.front().due,
                       [&] { return !questions_.empty() || isReady(changes_.front(), Clock::now()); });
    }
    busy_ = false;
    if (changes_.empty() && questions_.empty()) done_.notify_all();
  }
  lock.unlock();
  if (!unwritten_.empty()) writeMetrics({});
}

void ProjectStore::perform(Task task) {
  if (!task.job) return writeMetrics(std::move(task.metrics));
  // What waits from before comes first, should the disk have room again.
  if (!unwritten_.empty()) writeMetrics({});
  try {
    if (auto done = task.job(project_); !done) onError_(done.error());
  } catch (const std::bad_alloc&) {
    onError_({"There is not enough memory to read or write the project", {}, "Close other programs"});
  }
}

Expected<void> ProjectStore::writeMetricsOf(const Metrics& metrics) {
  return project_.together([&]() -> Expected<void> {
    const auto there = project_.hasRun(metrics.run);
    if (!there) return tl::unexpected<Error>(there.error());
    if (!*there) return {};
    if (auto written = project_.appendMetrics(metrics.run, metrics.points); !written) return written;
    for (const MetricFlag& flag : metrics.flags) {
      if (auto written = project_.appendFlag(metrics.run, flag); !written) return written;
    }
    return {};
  });
}

void ProjectStore::writeMetrics(std::vector<Metrics> metrics) {
  const bool failedBefore = !unwritten_.empty();
  std::move(metrics.begin(), metrics.end(), std::back_inserter(unwritten_));
  std::optional<Error> error;
  try {
    while (!unwritten_.empty() && !error) {
      if (auto written = writeMetricsOf(unwritten_.front()); !written) error = written.error();
      if (!error) unwritten_.erase(unwritten_.begin());
    }
  } catch (const std::bad_alloc&) {
    error = Error{"There is not enough memory to write the losses", {}, "Close other programs"};
  }
  if (error && !failedBefore) onError_(*error);
}

}  // namespace lexarium
