// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>

namespace lexarium {

/// Seconds on a clock that never jumps.
inline double monotonicSeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Lets a recurring job run only as often as its measured cost stays below a share of the time.
class CostBudget {
 public:
  /// share: 0.01 is one per cent. minimumPeriod: seconds between two runs, however cheap they are.
  CostBudget(double share, double minimumPeriod) : share_(share), minimumPeriod_(minimumPeriod) {}

  bool due(double now) const { return now >= next_; }
  void spent(double now, double cost) { next_ = now + std::max(minimumPeriod_, cost / share_); }

 private:
  double share_;
  double minimumPeriod_;
  double next_ = 0;
};

/// Speed over a sliding window: tokens a second over about two seconds, epochs a second over about ten (for
/// the time left). Time is training time, so a pause changes nothing.
class SpeedMeter {
 public:
  /// The run goes on from there instead of from its beginning.
  void startAt(double seconds, double epoch) { origin_ = {seconds, 0, epoch}; }
  void add(double seconds, std::uint64_t tokens, double epoch) {
    now_ = {seconds, tokens_ += tokens, epoch};
    if (samples_.empty() || seconds - samples_.back().seconds >= kSpacing) samples_.push_back(now_);
    while (samples_.size() > 2 && seconds - samples_[1].seconds >= kLongWindow) samples_.pop_front();
  }

  double tokensPerSecond() const {
    const Sample from = sampleBefore(now_.seconds - kShortWindow);
    const double span = now_.seconds - from.seconds;
    return span > 0 ? static_cast<double>(now_.tokens - from.tokens) / span : 0;
  }

  /// Negative: not known yet.
  double secondsLeft(double totalEpochs) const {
    const Sample from = sampleBefore(now_.seconds - kLongWindow);
    const double done = now_.epoch - from.epoch;
    if (done <= 0 || totalEpochs <= 0) return -1;
    return std::max(0.0, totalEpochs - now_.epoch) * (now_.seconds - from.seconds) / done;
  }

 private:
  struct Sample {
    double seconds = 0;
    std::uint64_t tokens = 0;
    double epoch = 0;
  };

  /// The newest sample at or before that time; the origin if the run is younger.
  Sample sampleBefore(double seconds) const {
    if (seconds <= origin_.seconds) return origin_;
    const auto later =
        std::upper_bound(samples_.begin(), samples_.end(), seconds,
                         [](double time, const Sample& sample) { return time < sample.seconds; });
    return later == samples_.begin() ? samples_.front() : *std::prev(later);
  }

  static constexpr double kShortWindow = 2;
  static constexpr double kLongWindow = 10;
  static constexpr double kSpacing =
      0.05;  // some hundred samples in the long window, however short the steps
  std::deque<Sample> samples_;
  Sample origin_;
  Sample now_;
  std::uint64_t tokens_ = 0;
};

}  // namespace lexarium
