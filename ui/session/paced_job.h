// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <algorithm>
#include <functional>
#include <utility>

#include "core/base/cpu_time.h"
#include "ui/session/frame_clock.h"
#include "ui/session/latest_job.h"

namespace lexarium {

/// Work that is done again and again while a model trains, on another thread, at a pace that takes only a
/// small share of the machine: the dearer it is, the longer the pause after it. Used as LatestJob.
class PacedJob {
 public:
  static constexpr int kShortestPauseMs = 250;
  /// Pause between two pieces of work, in times of what one costs.
  static constexpr double kPausePerCost = 25;

  /// again: called when the time has come for what isDue() has put off.
  PacedJob(FrameClock& clock, std::function<void()> again) : clock_(clock) {
    pause_.setSingleShot(true);
    QObject::connect(&pause_, &QTimer::timeout, &pause_, [this, again = std::move(again)] {
      if (std::exchange(waiting_, false)) again();
    });
  }

  /// For work on behalf of training: may it be done now? If not, `again` will come.
  bool isDue() {
    waiting_ = job_.isRunning() || pause_.isActive();
    return !waiting_;
  }

  /// work: Result(std::stop_token); done: void(Result). At once: for an answer to a person, whatever the
  /// pace.
  template <class Work, class Done>
  void run(Work work, Done done) {
    using Result = std::invoke_result_t<Work, std::stop_token>;
    auto timed = [work = std::move(work)](std::stop_token stop) mutable {
      const double start = threadCpuSeconds();
      Result result = work(std::move(stop));
      return std::pair(std::move(result), 1000 * (threadCpuSeconds() - start));
    };
    job_.run(std::move(timed), [this, done = std::move(done)](std::pair<Result, double> result) mutable {
      clock_.addCost(result.second);
      pause_.start(std::max(kShortestPauseMs, static_cast<int>(kPausePerCost * result.second)));
      done(std::move(result.first));
    });
  }

  void cancel() {
    job_.cancel();
    waiting_ = false;
  }
  bool isRunning() const { return job_.isRunning(); }

 private:
  FrameClock& clock_;
  QTimer pause_;
  bool waiting_ = false;
  LatestJob job_;
};

}  // namespace lexarium
