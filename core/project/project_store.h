// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/project/project.h"

namespace lexarium {

/// Keeps a project on a thread of its own, so that nobody who trains or draws waits for the disk. All calls
/// may come from any thread and return at once, but for flush(), close() and the destructor.
///
/// Changes are made in the order in which they were asked for, each a transaction. Metrics wait up to a
/// second for more to come, and never longer than until the next change is asked for. Questions
/// overtake changes that wait: they see what has been written by then.
class ProjectStore {
 public:
  /// Both run on the store's thread.
  using Job = std::function<Expected<void>(Project& project)>;
  using ErrorSink = std::function<void(const Error& error)>;

  ProjectStore(Project project, ErrorSink onError);
  /// Writes what waits.
  ~ProjectStore();
  ProjectStore(const ProjectStore&) = delete;
  ProjectStore& operator=(const ProjectStore&) = delete;

  /// For records that are asked to be added: known before they are.
  RecordId newId() { return ids_->fetch_add(1, std::memory_order_relaxed); }

  /// An error of the job goes to the sink; later jobs are done all the same.
  void change(Job job);
  /// A job that only reads; what it found it hands over by itself. Its error goes to the sink too.
  void ask(Job job);
  /// Points and flags of a run as they come. If they cannot be written they are kept, tried again with the
  /// next ones, and the sink hears of it once until it works again. Those of a run that was removed are
  /// dropped.
  void appendMetrics(RecordId run, std::vector<MetricPoint> points, std::vector<MetricFlag> flags = {});

  /// Until all that was asked for before is done.
  void flush();
  /// flush(), and give the project back. No other call may follow.
  Project close();

 private:
  using Clock = std::chrono::steady_clock;
  struct Metrics {
    RecordId run = 0;
    std::vector<MetricPoint> points;
    std::vector<MetricFlag> flags;
  };
  /// A job, or metrics of some runs.
  struct Task {
    Job job;
    std::vector<Metrics> metrics;
    Clock::time_point due;
  };

  void threadMain(std::stop_token stop);
  bool isReady(const Task& task, Clock::time_point now) const;
  void perform(Task task);
  void writeMetrics(std::vector<Metrics> metrics);
  Expected<void> writeMetricsOf(const Metrics& metrics);

  Project project_;  // the thread's
  ErrorSink onError_;
  std::vector<Metrics> unwritten_;  // the thread's: what could not be written
  std::shared_ptr<std::atomic<RecordId>> ids_;

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::condition_variable_any done_;
  std::deque<Task> changes_;
  std::deque<Job> questions_;
  bool busy_ = false;
  int flushing_ = 0;
  std::jthread thread_;
};

}  // namespace lexarium
