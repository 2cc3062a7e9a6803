// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "core/train/checkpoint.h"
#include "core/train/history.h"
#include "core/train/loss_watch.h"
#include "core/train/pace.h"
#include "core/train/snapshot_maker.h"
#include "core/train/trainer.h"

namespace lexarium {

/// The thread behind a Trainer. Commands set wishes under one mutex; the thread looks at them between two
/// steps and sleeps on a condition variable when there is nothing to do. After the end it lives on to answer
/// requests for snapshots (a window may want more words of a finished run) until it is destroyed; the
/// learner, by far the largest part, goes when the run is over.
class TrainingLoop {
 public:
  TrainingLoop(std::unique_ptr<Learner> learner, const RunConfig& config, std::vector<ParamSpec> specs,
               double totalEpochs, MetricLog& log, std::shared_ptr<const Checkpoint> from);
  /// Of a run that is over: there is never a thread, and the snapshot stays what it is.
  TrainingLoop(const RunConfig& config, RunStatus status, std::shared_ptr<const Snapshot> snapshot,
               MetricLog& log);
  ~TrainingLoop();
  TrainingLoop(const TrainingLoop&) = delete;
  TrainingLoop& operator=(const TrainingLoop&) = delete;

  // From any thread; documented at Trainer.
  void run(bool paused);
  void pause();
  void stepOnce();
  void stop();
  Expected<void> setLive(const std::string& key, const ParamValue& value);
  void setProbe(const Probe& probe);
  void requestSnapshot();
  void keepHistory(std::shared_ptr<History> history);
  void requestCheckpoint();
  void keepCheckpoints(bool keep);
  std::shared_ptr<const Checkpoint> takeCheckpoint();
  void keepGoodStates();
  std::shared_ptr<const Checkpoint> lastGood() const;
  RunStatus status() const;
  std::shared_ptr<const Snapshot> snapshot() const;
  bool waitFor(const std::function<bool(const RunStatus&)>& predicate, double timeoutSeconds);

 private:
  using State = RunStatus::State;
  enum class Task { Step, SingleStep, ApplyLive, EnterPause, Save, Answer, End };

  // With mutex_ held.
  void ensureThread();
  void changed();

  // On the thread.
  void threadMain();
  void train();
  bool prepare();
  bool restore();  // false: the run is over
  void restoreLive(const Checkpoint& from);
  Task nextTask();
  bool step(bool single);  // false: the run is over
  void record(const StepReport& report, std::optional<double> loss, std::shared_ptr<const Snapshot> snapshot);
  std::string judge(const StepReport& report, std::optional<double>& loss);  // empty, or why it diverged
  bool refreshWhole();  // false: a parameter is not finite
  Probe takeProbe();    // and lowers the flag: the wish is being answered
  void publishIfWanted();
  void publish();
  void applyLive();
  bool enterPause();  // false: the run is over
  bool save();        // false: the run is over
  void remember(bool always);
  bool wantsCheckpoint();
  void makeCheckpoint();
  std::shared_ptr<const Checkpoint> stateNow() const;  // throws std::bad_alloc
  void rememberGood();
  void answerUntilDestroyed();
  void end(State state, const std::string& message = {});
  void releaseLearner();
  void diverge(const std::string& what);
  std::string divergenceAdvice() const;

  std::unique_ptr<Learner> learner_;  // null once the run is over
  const RunConfig& config_;
  const std::vector<ParamSpec> specs_;
  MetricLog& log_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;     // the thread waits here for commands
  std::condition_variable changed_;  // wait() and waitFor() wait here
  std::uint64_t version_ = 0;        // of what they look at
  std::thread thread_;
  std::stop_source stopSource_;
  bool destroyed_ = false;
  bool pauseWanted_ = false;
  std::uint64_t stepsWanted_ = 0;
  bool snapshotWanted_ = false;
  bool checkpointWanted_ = false;
  bool keepCheckpoints_ = false;
  LiveValues liveWanted_;
  Probe probe_;
  RunStatus status_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::shared_ptr<const Checkpoint> checkpoint_;
  std::shared_ptr<const Checkpoint> lastGood_;  // of a run that has diverged

  // The thread's own.
  std::shared_ptr<const Checkpoint> from_;  // until it is restored
  std::shared_ptr<History> history_;        // set before the thread begins; may be null
  Matrix moment_;                           // scratch, for one moment of the history
  CostBudget historyBudget_{0.005, 0};
  bool keepsGood_ = false;                    // set before the thread begins
  std::shared_ptr<const Checkpoint> good_;    // a step after it went well
  std::shared_ptr<const Checkpoint> newest_;  // not known to be good yet
  CostBudget goodBudget_{0.002, 0.5};
  bool saved_ = false;       // the newest checkpoint is of this very moment
  bool suspicious_ = false;  // the newest loss was
  std::optional<SnapshotMaker> maker_;
  LossWatch lossWatch_;
  SpeedMeter speed_;
  LiveValues liveValues_;
  std::uint64_t step_ = 0;
  double epoch_ = 0;
  double trainedSeconds_ = 0;
  double clockFrom_ = 0;  // when the time not yet in trainedSeconds_ began
};

}  // namespace lexarium
