// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>
#include <string>

namespace lexarium {

/// A request to stop, seen from the work's side; an empty one never stops.
using StopToken = std::stop_token;

/// How far a long task is. Called on the thread that does the work, at most some dozens of times a second.
/// fraction: 0 to 1, or negative while it is unknown. phase: "Reading moby-dick.txt".
using ProgressSink = std::function<void(double fraction, const std::string& phase)>;

/// What every long task gets: where to report, and when to give up (then it returns cancelled()).
struct TaskContext {
  ProgressSink progress;
  StopToken stop;

  void report(double fraction, const std::string& phase) const {
    if (progress) progress(fraction, phase);
  }
  bool stopRequested() const { return stop.stop_requested(); }
};

}  // namespace lexarium
