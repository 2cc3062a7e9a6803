// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QThreadPool>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace lexarium {

/// Work off the GUI thread where only the newest request counts: run() asks the job before to stop, and its
/// result is dropped. To be used on the GUI thread alone; the callback runs there, never after the LatestJob
/// is gone, so it may capture the object that owns the LatestJob. The work may outlive both: it must own what
/// it uses (shared_ptr). (The idea is from hotspot's jobtracker.)
class LatestJob {
 public:
  LatestJob() = default;
  ~LatestJob() { cancel(); }
  LatestJob(const LatestJob&) = delete;
  LatestJob& operator=(const LatestJob&) = delete;

  /// work: Result(std::stop_token), on a pool thread; done: void(Result), here.
  template <class Work, class Done>
  void run(Work work, Done done) {
    cancel();
    running_ = true;
    QThreadPool::globalInstance()->start([this, number = number_, alive = std::weak_ptr<int>(alive_),
                                          work = std::move(work), done = std::move(done),
                                          stop = stop_.get_token()]() mutable {
      using Result = std::invoke_result_t<Work, std::stop_token>;
      auto result = std::make_shared<Result>(work(stop));
      auto deliver = [this, number, alive, done = std::move(done), result]() mutable {
        if (alive.expired() || number != number_) return;
        running_ = false;
        done(std::move(*result));
      };
      QMetaObject::invokeMethod(QCoreApplication::instance(), std::move(deliver), Qt::QueuedConnection);
    });
  }

  /// The job that runs is asked to stop; its callback will not come.
  void cancel() {
    stop_.request_stop();
    stop_ = std::stop_source();
    ++number_;
    running_ = false;
  }
  bool isRunning() const { return running_; }

 private:
  std::shared_ptr<int> alive_ = std::make_shared<int>();
  std::stop_source stop_;
  std::uint64_t number_ = 0;
  bool running_ = false;
};

}  // namespace lexarium
