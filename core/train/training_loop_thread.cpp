// SPDX-License-Identifier: GPL-3.0-or-later
// The training thread's own side of TrainingLoop.
#include <cmath>
#include <cstdio>
#include <new>

#include "core/base/memory.h"
#include "core/base/thread_pool.h"
#include "core/train/training_loop.h"

namespace lexarium {
namespace {

std::string shortNumber(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  for (char& c : text) {
    if (c == ',') c = '.';  // whatever the locale
  }
  return text;
}

}  // namespace

void TrainingLoop::threadMain() {
  setThreadName("trainer");
  if (config_.execution.lowPriority) lowerThreadPriority();
  try {
    train();
  } catch (const std::bad_alloc&) {
    end(State::Failed,
        "There is not enough memory to train this model. Choose fewer dimensions or a higher minimum count, "
        "or close "
        "other programs.");
  } catch (const std::exception& error) {
    end(State::Failed, std::string("Training failed: ") + error.what() +
                           ". Start a new run; if it happens again, choose other parameters.");
  } catch (...) {
    end(State::Failed, "Training failed for an unknown reason. Start a new run.");
  }
  releaseLearner();
  answerUntilDestroyed();
}

void TrainingLoop::train() {
  if (!prepare() || !restore()) return;
  maker_.emplace(*learner_, stopSource_.get_token());
  if (!maker_->refreshWhole(step_)) {
    return diverge("Before the first step a parameter was not a finite number");
  }
  if (history_) history_->removeAfter(step_);
  remember(true);
  rememberGood();
  good_ = newest_;  // the beginning
  for (;;) {
    const Task task = nextTask();
    if (task != Task::Step) clockFrom_ = monotonicSeconds();
    switch (task) {
      case Task::Step:
      case Task::SingleStep:
        if (!step(task == Task::SingleStep)) return;
        break;
      case Task::ApplyLive:
        applyLive();
        break;
      case Task::EnterPause:
        if (!enterPause()) return;
        break;
      case Task::Save:
        if (!save()) return;
        break;
      case Task::Answer:
        publish();
        break;
      case Task::End:
        return end(State::Stopped);
    }
    if (task != Task::Step) clockFrom_ = monotonicSeconds();
  }
}

bool TrainingLoop::prepare() {
  TaskContext context;
  context.stop = stopSource_.get_token();
  context.progress = [this](double fraction, const std::string& phase) {
    const std::lock_guard lock(mutex_);
    status_.prepareFraction = fraction;
    status_.phase = phase;
    changed();
  };
  const auto prepared = learner_->prepare(context);
  if (!prepared) {
    const bool stopped = prepared.error().kind == Error::Kind::Cancelled;
    end(stopped ? State::Stopped : State::Failed, stopped ? std::string() : prepared.error().message());
    return false;
  }
  const std::lock_guard lock(mutex_);
  status_.totalSteps = learner_->totalSteps();
  status_.prepareFraction = 1;
  clockFrom_ = monotonicSeconds();
  return true;
}

TrainingLoop::Task TrainingLoop::nextTask() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (stopSource_.stop_requested()) return Task::End;
    if (!liveWanted_.empty()) return Task::ApplyLive;
    if (!pauseWanted_) {
      if (status_.state != State::Running) {
        status_.state = State::Running;
        changed();
      }
      return checkpointWanted_ && !suspicious_ ? Task::Save : Task::Step;
    }
    if (status_.state != State::Paused) return Task::EnterPause;
    if (stepsWanted_ > 0) {
      --stepsWanted_;
      return Task::SingleStep;
    }
    if (checkpointWanted_) return Task::Save;
    if (snapshotWanted_) return Task::Answer;
    wake_.wait(lock);
    clockFrom_ = monotonicSeconds();
  }
}

bool TrainingLoop::step(bool single) {
  const StepReport report = learner_->step();
  const double now = monotonicSeconds();
  trainedSeconds_ += now - clockFrom_;
  clockFrom_ = now;
  step_ = report.step;
  epoch_ = report.epoch;
  saved_ = false;
  speed_.add(trainedSeconds_, report.tokens, epoch_);

  std::optional<double> loss;
  const std::string trouble = judge(report, loss);
  // Of a single step picture and moment stand before the step is told, so that whoever sees the step sees
  // them.
  auto snapshot = single && trouble.empty() ? maker_->make(step_, epoch_, takeProbe()) : nullptr;
  if (trouble.empty() && !suspicious_) remember(single);
  record(report, loss, std::move(snapshot));
  if (trouble.empty() && !suspicious_ && !report.finished) rememberGood();
  if (!trouble.empty()) {
    diverge(trouble);
  } else if (report.finished) {
    end(State::Finished);
  } else {
    if (!single) publishIfWanted();
    return true;
  }
  return false;
}

std::string TrainingLoop::judge(const StepReport& report, std::optional<double>& loss) {
  // A step in which every word was subsampled away has no loss; its time and words count for the next report.
  auto verdict = LossWatch::Verdict::Fine;
  if (report.examples > 0) {
    const double mean = report.lossSum / static_cast<double>(report.examples);
    verdict = lossWatch_.add(mean);
    if (verdict == LossWatch::Verdict::NotFinite) return "The loss was no longer a finite number";
    loss = mean;
  }
  // The last word of a run is that of its last step: it may be too short for several in a row.
  if (verdict == LossWatch::Verdict::Exploded ||
      (verdict == LossWatch::Verdict::Suspicious && report.finished)) {
    return "The loss rose to " + shortNumber(*loss) + ", far above where it began (limit " +
           shortNumber(lossWatch_.bound()) + ")";
  }
  suspicious_ = verdict == LossWatch::Verdict::Suspicious;
  if (suspicious_) return {};  // no table of such a step counts as good
  maker_->confirm();
  return refreshWhole() ? std::string() : "A parameter was no longer a finite number";
}

bool TrainingLoop::refreshWhole() {
  const auto [paused, watched] = [this] {
    const std::lock_guard lock(mutex_);
    return std::pair(status_.state == State::Paused, probe_.allWords && snapshotWanted_);
  }();
  return paused ? maker_->refreshWhole(step_) : maker_->refreshWholeIfDue(step_, watched);
}

void TrainingLoop::record(const StepReport& report, std::optional<double> loss,
                          std::shared_ptr<const Snapshot> snapshot) {
  const double tokensPerSecond = speed_.tokensPerSecond();
  if (loss) {
    log_.append({step_, epoch_, trainedSeconds_, *loss, report.learningRate, tokensPerSecond,
                 report.validationLoss, report.gradientNorm, report.scores});
  }
  const std::uint64_t totalSteps = learner_->totalSteps();
  const std::lock_guard lock(mutex_);
  status_.step = step_;
  status_.totalSteps = totalSteps;
  status_.epoch = epoch_;
  if (loss) status_.loss = *loss;
  status_.learningRate = report.learningRate;
  status_.tokensPerSecond = tokensPerSecond;
  status_.seconds = trainedSeconds_;
  status_.secondsLeft = speed_.secondsLeft(status_.totalEpochs);
  if (snapshot) snapshot_ = std::move(snapshot);
  changed();
}

Probe TrainingLoop::takeProbe() {
  const std::lock_guard lock(mutex_);
  snapshotWanted_ = false;
  return probe_;
}

void TrainingLoop::publishIfWanted() {
  {
    const std::lock_guard lock(mutex_);
    if (!snapshotWanted_) return;
  }
  if (maker_->frameDue()) publish();  // otherwise the wish stands until its cost is earned
}

void TrainingLoop::publish() {
  auto snapshot = maker_->make(step_, epoch_, takeProbe());
  const std::lock_guard lock(mutex_);
  snapshot_ = std::move(snapshot);
  changed();
}

void TrainingLoop::applyLive() {
  LiveValues wanted;
  {
    const std::lock_guard lock(mutex_);
    wanted.swap(liveWanted_);
  }
  saved_ = false;
  for (const auto& [key, value] : wanted) {
    const ParamSpec* spec = findSpec(specs_, key);
    const auto applied = learner_->setLive(key, value);
    ParamValue& current = liveValues_[key];
    if (!applied) {
      log_.appendFlag(
          {step_, spec->label + " stays at " + formatParam(current) + ": " + applied.error().message()});
      continue;
    }
    if (current == value) continue;
    log_.appendFlag({step_, spec->label + ' ' + formatParam(current) + " to " + formatParam(value)});
    current = value;
  }
  const std::lock_guard lock(mutex_);
  changed();
}

bool TrainingLoop::enterPause() {
  if (!maker_->refreshWhole(step_)) {
    diverge("A parameter was no longer a finite number");
    return false;
  }
  if (wantsCheckpoint()) makeCheckpoint();
  remember(true);
  publish();
  const std::lock_guard lock(mutex_);
  if (pauseWanted_) status_.state = State::Paused;
  changed();
  return true;
}

void TrainingLoop::releaseLearner() {
  good_.reset();
  newest_.reset();
  if (maker_ && !maker_->settle()) return;
  learner_.reset();
  returnFreeMemory();
}

void TrainingLoop::answerUntilDestroyed() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return destroyed_ || snapshotWanted_; });
    if (destroyed_) return;
    if (!maker_) {
      snapshotWanted_ = false;  // failed or stopped before there was anything to see
      continue;
    }
    lock.unlock();
    try {
      publish();
    } catch (const std::bad_alloc&) {
      // The snapshot before stays; there is no memory for a new one.
    }
    lock.lock();
  }
}

void TrainingLoop::end(State state, const std::string& message) {
  std::shared_ptr<const Snapshot> last;
  const bool destroyed = [this] {
    const std::lock_guard lock(mutex_);
    return destroyed_;
  }();
  if (maker_ && !destroyed) {  // nobody waits for the picture of a trainer that is going away
    try {
      if (state == State::Failed) {
        step_ = maker_->fallBackToGood().value_or(step_);
        if (history_) history_->removeAfter(step_);
      } else if (!maker_->refreshWhole(step_)) {
        return diverge("A parameter was no longer a finite number");
      }
      last = maker_->make(step_, epoch_, takeProbe());
      if (state == State::Finished || state == State::Stopped) {
        if (wantsCheckpoint()) makeCheckpoint();
        remember(true);
      }
    } catch (const std::bad_alloc&) {
      // No memory for a last picture; the one before stays.
    }
  }
  const std::lock_guard lock(mutex_);
  if (last) snapshot_ = std::move(last);
  status_.state = state;
  status_.message = message;
  status_.secondsLeft = state == State::Finished ? 0 : -1;
  changed();
}

void TrainingLoop::diverge(const std::string& what) {
  log_.appendFlag({step_, "Diverged"});
  std::string message = what + " (step " + std::to_string(step_) + "). ";
  const auto good = maker_->fallBackToGood();
  if (good) {
    step_ = *good;
    if (history_) history_->removeAfter(step_);
    message += "The vectors of step " + std::to_string(step_) + ", the last good ones, are kept. ";
  }
  {
    const std::lock_guard lock(mutex_);
    lastGood_ = good_;
    if (keepCheckpoints_ && good_) checkpoint_ = good_;
  }
  end(State::Diverged, message + divergenceAdvice());
}

std::string TrainingLoop::divergenceAdvice() const {
  const auto rate = liveValues_.find("learning_rate");
  const double* value = rate == liveValues_.end() ? nullptr : std::get_if<double>(&rate->second);
  if (!value) return "Start again with a lower learning rate, about half.";
  const double calmer = calmerRate(*findSpec(specs_, rate->first), *value);
  return "Start again with a learning rate of " + shortNumber(calmer) + " or lower.";
}

}  // namespace lexarium
