// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/frame_clock.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/base/cpu_time.h"
#include "core/base/thread_pool.h"

namespace lexarium {
namespace {

constexpr int kHurriedMs = 8;
constexpr double kWeight = 0.1;
constexpr double kTolerance = 0.05;

}  // namespace

FrameClock::FrameClock(QObject* parent) : QObject(parent), cores_(hardwareThreads()) {
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
  const double most = 2 * kLongestIntervalMs * kShare * static_cast<double>(cores_);
  const double cost = std::min((cpu - cpuAtTick_) * 1000 + std::exchange(pendingCost_, 0.0), most);
  cpuAtTick_ = cpu;
  // The mean, because costs are uneven: now and then a tick brings a table or new labels too. An even weight
  // keeps the share; one that rises quickly and falls slowly would take the dear ticks for the usual ones.
  smoothedCost_ += kWeight * (cost - smoothedCost_);
  const int interval = intervalFor(smoothedCost_, cores_);
  // A new interval is a new timer for the system; a millisecond more or less is not worth one.
  const bool atLimit = interval == kShortestIntervalMs || interval == kLongestIntervalMs;
  if (std::abs(interval - timer_.interval()) > (atLimit ? 0 : kTolerance * interval))
    timer_.setInterval(interval);
  if (!held_) Q_EMIT tick();
}

}  // namespace lexarium
