// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/frame_clock.h"

#include <algorithm>
#include <cmath>

#include "core/base/cpu_time.h"
#include "core/base/thread_pool.h"

namespace lexarium {
namespace {

constexpr int kHurriedMs = 8;

}  // namespace

FrameClock::FrameClock(QObject* parent) : QObject(parent) {
  timer_.setTimerType(Qt::PreciseTimer);
  timer_.setInterval(kShortestIntervalMs);
  connect(&timer_, &QTimer::timeout, this, &FrameClock::fire);
}

void FrameClock::start() {
  if (isRunning()) return;
  cpuAtTick_ = threadCpuSeconds();
  pendingCost_ = 0;
  timer_.start();
}

void FrameClock::stop() { timer_.stop(); }

void FrameClock::hurry() {
  if (isRunning() && timer_.interval() > kHurriedMs) timer_.start(kHurriedMs);
}

void FrameClock::setHeld(bool held) { held_ = held; }

void FrameClock::addCost(double milliseconds) {
  pendingCost_ += milliseconds;
  reportedCost_ += milliseconds;
}

int FrameClock::intervalFor(double costMs, std::size_t cores) {
  const double interval = std::ceil(costMs / (kShare * static_cast<double>(std::max<std::size_t>(cores, 1))));
  return static_cast<int>(std::clamp<double>(interval, kShortestIntervalMs, kLongestIntervalMs));
}

void FrameClock::fire() {
  const double cpu = threadCpuSeconds();
  // One burst (a text was opened) must not slow the pictures for long.
  const double most = 2 * kLongestIntervalMs * kShare * static_cast<double>(hardwareThreads());
  const double cost = std::min((cpu - cpuAtTick_) * 1000 + std::exchange(pendingCost_, 0.0), most);
  cpuAtTick_ = cpu;
  // Quick to slow down, slow to speed up: a burst must not be paid for by training.
  const double weight = cost > smoothedCost_ ? 0.5 : 0.1;
  smoothedCost_ += weight * (cost - smoothedCost_);
  const int interval = intervalFor(smoothedCost_, hardwareThreads());
  if (interval != timer_.interval()) timer_.setInterval(interval);
  if (!held_) Q_EMIT tick();
}

}  // namespace lexarium
