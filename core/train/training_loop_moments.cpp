// SPDX-License-Identifier: GPL-3.0-or-later
// The moments of a run that the training thread keeps, and from which it goes on.
#include <algorithm>
#include <new>
#include <utility>

#include "core/train/training_loop.h"

namespace lexarium {
namespace {

constexpr std::size_t kFirstMoments = 12;
constexpr std::uint64_t kMostGoodBytes = 64'000'000;  // two of them are kept

}  // namespace

bool TrainingLoop::restore() {
  if (!from_) return true;
  const auto from = std::exchange(from_, nullptr);
  if (const auto restored = learner_->restoreState(from->learner); !restored) {
    end(State::Failed, restored.error().message());
    return false;
  }
  step_ = from->step;
  epoch_ = from->epoch;
  trainedSeconds_ = from->seconds;
  lossWatch_ = from->lossWatch;
  speed_.startAt(trainedSeconds_, epoch_);
  restoreLive(*from);
  const std::uint64_t totalSteps = learner_->totalSteps();
  const std::lock_guard lock(mutex_);
  status_.step = step_;
  status_.totalSteps = totalSteps;
  status_.epoch = epoch_;
  status_.seconds = trainedSeconds_;
  status_.loss = from->loss;
  status_.learningRate = from->learningRate;
  clockFrom_ = monotonicSeconds();
  changed();
  return true;
}

/// A live parameter keeps the value that it had in the end, unless a branch wants another one than the run
/// had begun with.
void TrainingLoop::restoreLive(const Checkpoint& from) {
  const std::lock_guard lock(mutex_);
  for (auto& [key, value] : liveValues_) {
    const ParamValue wanted = value;
    if (const auto last = from.live.find(key); last != from.live.end()) value = last->second;
    const bool isBranch = !from.config.params.contains(key) || from.config.params.value(key) != wanted;
    // What somebody has set since comes after it.
    if (isBranch) liveWanted_.try_emplace(key, wanted);
  }
}

std::shared_ptr<const Checkpoint> TrainingLoop::stateNow() const {
  auto state = std::make_shared<Checkpoint>();
  state->config = config_;
  state->live = liveValues_;
  state->lossWatch = lossWatch_;
  state->learner = learner_->saveState();
  const std::lock_guard lock(mutex_);
  state->step = step_;
  state->epoch = epoch_;
  state->seconds = trainedSeconds_;
  state->loss = status_.loss;
  state->learningRate = status_.learningRate;
  return state;
}

/// Between two steps. Where memory is short the run goes on without.
void TrainingLoop::makeCheckpoint() {
  std::shared_ptr<const Checkpoint> checkpoint;
  try {
    checkpoint = stateNow();
  } catch (const std::bad_alloc&) {
    log_.appendFlag({step_, "Too little memory for a checkpoint"});
  }
  const std::lock_guard lock(mutex_);
  checkpointWanted_ = false;
  if (checkpoint) {
    checkpoint_ = std::move(checkpoint);
    saved_ = true;
  }
  changed();
}

/// After a step that went well, so that the state before it was good. A run that diverges can go on from
/// there.
void TrainingLoop::rememberGood() {
  if (!keepsGood_ || !findSpec(specs_, "learning_rate") || learner_->stateBytes() > kMostGoodBytes) return;
  if (newest_) good_ = std::exchange(newest_, nullptr);
  const double began = monotonicSeconds();
  if (!goodBudget_.due(began)) return;
  try {
    newest_ = stateNow();
  } catch (const std::bad_alloc&) {
    // Then the one before will do.
  }
  const double now = monotonicSeconds();
  goodBudget_.spent(now, now - began);
}

/// The moment goes into the history; `always`: even if it is near to the one before.
void TrainingLoop::remember(bool always) {
  if (!history_) return;
  const double began = monotonicSeconds();
  // The first ones whatever they cost: a short run on a busy machine has a past too.
  const bool affordable = history_->size() < kFirstMoments || historyBudget_.due(began);
  if (!always && !(affordable && history_->wants(step_))) return;
  try {
    auto frame = std::make_shared<HistoryFrame>();
    frame->step = step_;
    frame->epoch = epoch_;
    frame->seconds = trainedSeconds_;
    learner_->copyEmbeddings(std::min(history_->limits().words, learner_->words()), moment_);
    frame->sequence = maker_->sequenceMoment();
    if (frame->encode(moment_)) history_->add(std::move(frame));
  } catch (const std::bad_alloc&) {
    // Then this moment cannot be seen again.
  }
  const double now = monotonicSeconds();
  historyBudget_.spent(now, now - began);
}

bool TrainingLoop::wantsCheckpoint() {
  const std::lock_guard lock(mutex_);
  return checkpointWanted_ || (keepCheckpoints_ && !saved_);
}

bool TrainingLoop::save() {
  if (!learner_->isFinite()) {
    diverge("A parameter was no longer a finite number");
    return false;
  }
  makeCheckpoint();
  return true;
}

}  // namespace lexarium
