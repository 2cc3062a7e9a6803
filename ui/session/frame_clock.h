// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

namespace lexarium {

/// One clock for all pictures of a running training. It ticks at display rate while drawing is cheap, and
/// more slowly when the pictures would take more than kShare of the machine from training: the processor time
/// that the GUI thread has used since the last tick (slots, painting and all), plus what addCost() reports
/// for other threads, decides the next interval. Stops when nothing runs.
class FrameClock : public QObject {
  Q_OBJECT

 public:
  explicit FrameClock(QObject* parent = nullptr);

  static constexpr int kShortestIntervalMs = 33;
  static constexpr int kLongestIntervalMs = 250;
  /// Share of all cores that pictures may take while a training runs. Watching may cost 3 % of its speed:
  /// this, the copies that the trainer makes (SnapshotMaker, 0.6 %), and what nobody here can measure, the
  /// screen's own work and the caches.
  static constexpr double kShare = 0.02;

  void start();
  void stop();
  /// The next tick at once (some milliseconds), for an answer to a click; the ones after it as before.
  void hurry();
  bool isRunning() const { return timer_.isActive(); }
  /// No ticks while held, whatever runs; to measure what watching costs.
  void setHeld(bool held);
  /// CPU milliseconds spent on other threads on behalf of pictures (layouts, searches). The GUI thread's own
  /// time is measured here and must not be added.
  void addCost(double milliseconds);
  /// All that addCost() has reported so far, in milliseconds.
  double reportedCost() const { return reportedCost_; }
  int intervalMs() const { return timer_.interval(); }

  /// The interval at which pictures that cost so much take kShare of `cores`, within the limits.
  static int intervalFor(double costMs, std::size_t cores);

 Q_SIGNALS:
  void tick();

 private:
  void fire();

  QTimer timer_;
  const std::size_t cores_;
  bool held_ = false;
  double cpuAtTick_ = 0;     // of this thread, seconds
  double smoothedCost_ = 0;  // milliseconds a tick, over about the last ten
  double pendingCost_ = 0;
  double reportedCost_ = 0;
};

}  // namespace lexarium
