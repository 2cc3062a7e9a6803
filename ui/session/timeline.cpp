// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/timeline.h"

#include <algorithm>

namespace lexarium {

Timeline::Timeline(RunController& runs, QObject* parent) : QObject(parent), runs_(runs) {
  replayTimer_.setTimerType(Qt::PreciseTimer);
  replayTimer_.setInterval(kIntervalMs);
  connect(&replayTimer_, &QTimer::timeout, this, &Timeline::advanceReplay);
  connect(&runs, &RunController::statusChanged, this, &Timeline::readMoments);
  connect(&runs, &RunController::runsChanged, this, &Timeline::readMoments);
}

std::uint64_t Timeline::shownStep() const { return live_ ? runs_.status().step : step_; }

double Timeline::shownEpoch() const { return live_ ? runs_.status().epoch : epoch_; }

std::size_t Timeline::shownIndex() const {
  if (live_) return steps_.size();
  const auto found = std::lower_bound(steps_.begin(), steps_.end(), step_);
  return std::min(static_cast<std::size_t>(found - steps_.begin()), steps_.empty() ? 0 : steps_.size() - 1);
}

std::uint64_t Timeline::memoryBytes() const { return history_ ? history_->memoryBytes() : 0; }
std::uint64_t Timeline::budgetBytes() const { return history_ ? history_->limits().budgetBytes : 0; }

void Timeline::readMoments() {
  const Run* run = runs_.current();
  const int runId = run ? run->id : 0;
  if (runId != runId_) {
    // Another run: it is shown as it is now.
    runId_ = runId;
    history_ = run ? run->trainer->history() : nullptr;
    version_ = 0;
    steps_.clear();
    setReplaying(false);
    if (!live_) {
      live_ = true;
      Q_EMIT shownChanged();
    }
    Q_EMIT momentsChanged();
  }
  if (!history_ || history_->version() == version_) return;
  version_ = history_->version();
  steps_ = history_->steps();
  Q_EMIT momentsChanged();
}

void Timeline::showIndex(std::size_t index) {
  if (!history_ || index >= steps_.size()) return goLive();
  showStep(steps_[index]);
}

void Timeline::showStep(std::uint64_t step) {
  if (!history_) return;
  auto moment = history_->frameAt(step);
  if (moment && (live_ || moment->step != step_)) show(std::move(moment));
}

void Timeline::show(std::shared_ptr<const HistoryFrame> moment) {
  live_ = false;
  step_ = moment->step;
  epoch_ = moment->epoch;
  runs_.setMoment(snapshotOf(*moment));
  Q_EMIT shownChanged();
}

void Timeline::goLive() {
  setReplaying(false);
  if (live_) return;
  live_ = true;
  runs_.setMoment(nullptr);
  Q_EMIT shownChanged();
}

void Timeline::setReplaying(bool on) {
  if (on == isReplaying() || (on && steps_.size() < 2)) return;
  if (on) {
    // From the beginning, unless an earlier moment is shown: then from there.
    replayFrom_ = live_ || shownIndex() + 1 >= steps_.size() ? 0 : shownIndex();
    replayTime_.start();
    replayTimer_.start();
    showIndex(replayFrom_);
  } else {
    replayTimer_.stop();
  }
  Q_EMIT replayingChanged();
}

/// By the clock, not by counting: where drawing is slow, moments are left out and the film keeps its length.
void Timeline::advanceReplay() {
  const std::size_t left = steps_.size() - std::min(steps_.size(), replayFrom_);
  const double length =
      std::clamp<double>(static_cast<double>(left) * kIntervalMs, kShortestReplayMs, kLongestReplayMs);
  const double share = static_cast<double>(replayTime_.elapsed()) / std::max(1.0, length);
  if (share >= 1) return goLive();
  showIndex(replayFrom_ + static_cast<std::size_t>(share * static_cast<double>(left)));
}

}  // namespace lexarium
