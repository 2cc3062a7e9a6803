// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

namespace lexarium {

/// A rate that falls linearly over the run, or stays if it begins below its end. A change while it runs
/// starts a new line from there to the same end.
class LinearDecay {
 public:
  LinearDecay() = default;
  LinearDecay(double start, double end) : start_(start), end_(end) {}

  /// progress: the share of the run that is done, 0 to 1.
  double at(double progress) const {
    const double left = from_ < 1 ? std::clamp((1 - progress) / (1 - from_), 0.0, 1.0) : 0.0;
    const double end = std::min(start_, end_);
    return end + (start_ - end) * left;
  }
  void restart(double rate, double progress) {
    start_ = rate;
    from_ = progress;
  }
  /// What restart() was told last; 0 is the beginning of the run.
  double startRate() const { return start_; }
  double startProgress() const { return from_; }

 private:
  double start_ = 0;
  double end_ = 0;
  double from_ = 0;
};

}  // namespace lexarium
