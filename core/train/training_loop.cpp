// SPDX-License-Identifier: GPL-3.0-or-later
// What any thread may ask of the training thread. The thread's own side stands in training_loop_thread.cpp.
#include "core/train/training_loop.h"

#include <cassert>
#include <chrono>
#include <system_error>
#include <utility>

namespace lexarium {

TrainingLoop::TrainingLoop(std::unique_ptr<Learner> learner, const RunConfig& config,
                           std::vector<ParamSpec> specs, double totalEpochs, MetricLog& log,
                           std::shared_ptr<const Checkpoint> from)
    : learner_(std::move(learner)),
      config_(config),
      specs_(std::move(specs)),
      log_(log),
      from_(std::move(from)) {
  status_.totalEpochs = totalEpochs;
  for (const ParamSpec& spec : specs_) {
    if (!spec.live) continue;
    liveValues_[spec.key] =
        config_.params.contains(spec.key) ? config_.params.value(spec.key) : spec.defaultValue;
  }
}

TrainingLoop::TrainingLoop(const RunConfig& config, RunStatus status,
                           std::shared_ptr<const Snapshot> snapshot, MetricLog& log)
    : config_(config), log_(log), status_(std::move(status)), snapshot_(std::move(snapshot)) {}

TrainingLoop::~TrainingLoop() {
  {
    const std::lock_guard lock(mutex_);
    destroyed_ = true;
    stopSource_.request_stop();
    wake_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void TrainingLoop::changed() {
  ++version_;
  changed_.notify_all();
}

void TrainingLoop::ensureThread() {
  if (thread_.joinable() || isOver(status_.state)) return;
  try {
    thread_ = std::thread(&TrainingLoop::threadMain, this);
  } catch (const std::system_error&) {
    status_.state = State::Failed;
    status_.message = "The system could not start a thread for training. Close other programs and try again.";
    changed();
  }
}

void TrainingLoop::run(bool paused) {
  const std::lock_guard lock(mutex_);
  pauseWanted_ = paused;
  stepsWanted_ = 0;
  ensureThread();
  wake_.notify_all();
}

void TrainingLoop::pause() {
  const std::lock_guard lock(mutex_);
  pauseWanted_ = true;
  stepsWanted_ = 0;
}

void TrainingLoop::stepOnce() {
  const std::lock_guard lock(mutex_);
  pauseWanted_ = true;
  ++stepsWanted_;
  ensureThread();
  wake_.notify_all();
}

void TrainingLoop::stop() {
  const std::lock_guard lock(mutex_);
  stopSource_.request_stop();
  wake_.notify_all();
  if (thread_.joinable() || isOver(status_.state)) return;
  status_.state = State::Stopped;  // before it ever began
  changed();
}

Expected<void> TrainingLoop::setLive(const std::string& key, const ParamValue& value) {
  const ParamSpec* spec = findSpec(specs_, key);
  if (!spec) return makeError("This model has no parameter \"" + key + "\"");
  if (!spec->live) {
    return makeError(spec->label + " cannot change while training runs", {},
                     "Start a new run with the new value");
  }
  if (auto valid = validate(*spec, value); !valid) return valid;
  const std::lock_guard lock(mutex_);
  if (isOver(status_.state) || stopSource_.stop_requested()) {
    return makeError("This run is over, so " + spec->label + " can no longer change", {}, "Start a new run");
  }
  liveWanted_[key] = value;
  wake_.notify_all();
  return {};
}

void TrainingLoop::setProbe(const Probe& probe) {
  const std::lock_guard lock(mutex_);
  probe_ = probe;
  snapshotWanted_ = true;
  wake_.notify_all();
}

void TrainingLoop::requestSnapshot() {
  const std::lock_guard lock(mutex_);
  snapshotWanted_ = true;
  wake_.notify_all();
}

void TrainingLoop::keepHistory(std::shared_ptr<History> history) {
  const std::lock_guard lock(mutex_);
  assert(!thread_.joinable() && "a history begins with its run");
  history_ = std::move(history);
}

void TrainingLoop::requestCheckpoint() {
  const std::lock_guard lock(mutex_);
  checkpointWanted_ = true;
  wake_.notify_all();
}

void TrainingLoop::keepCheckpoints(bool keep) {
  const std::lock_guard lock(mutex_);
  keepCheckpoints_ = keep;
}

std::shared_ptr<const Checkpoint> TrainingLoop::takeCheckpoint() {
  const std::lock_guard lock(mutex_);
  return std::exchange(checkpoint_, nullptr);
}

void TrainingLoop::keepGoodStates() {
  const std::lock_guard lock(mutex_);
  assert(!thread_.joinable() && "a state is kept from the start on");
  keepsGood_ = true;
}

std::shared_ptr<const Checkpoint> TrainingLoop::lastGood() const {
  const std::lock_guard lock(mutex_);
  return lastGood_;
}

RunStatus TrainingLoop::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

std::shared_ptr<const Snapshot> TrainingLoop::snapshot() const {
  const std::lock_guard lock(mutex_);
  return snapshot_;
}

bool TrainingLoop::waitFor(const std::function<bool(const RunStatus&)>& predicate, double timeoutSeconds) {
  // A year stands for ever: larger durations overflow the clock.
  const double seconds = timeoutSeconds < 0 ? 365.0 * 86400 : std::min(timeoutSeconds, 365.0 * 86400);
  const auto deadline =
      std::chrono::steady_clock::now() +
      std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(seconds));
  for (;;) {
    std::unique_lock lock(mutex_);
    const RunStatus seen = status_;
    const std::uint64_t version = version_;
    lock.unlock();  // the predicate may ask the trainer for more
    if (predicate(seen)) return true;
    lock.lock();
    if (!changed_.wait_until(lock, deadline, [&] { return version_ != version; })) return false;
  }
}

}  // namespace lexarium
