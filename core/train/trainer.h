// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/param_spec.h"
#include "core/models/learner.h"
#include "core/text/corpus.h"
#include "core/train/checkpoint.h"
#include "core/train/history.h"
#include "core/train/metric_log.h"
#include "core/train/run_config.h"
#include "core/train/snapshot.h"

namespace lexarium {

class TrainingLoop;

/// Where a run stands; one value, read in one piece.
struct RunStatus {
  enum class State { Preparing, Running, Paused, Finished, Stopped, Diverged, Failed };

  State state = State::Preparing;
  std::uint64_t step = 0;
  std::uint64_t totalSteps = 0;  ///< 0: unknown
  double epoch = 0;
  double totalEpochs = 0;
  double loss = 0;  ///< of the newest report
  double learningRate = 0;
  double tokensPerSecond = 0;   ///< over about the last two seconds
  double seconds = 0;           ///< of training, pauses not counted
  double secondsLeft = -1;      ///< negative: unknown
  double prepareFraction = -1;  ///< while Preparing
  std::string phase;            ///< while Preparing: "Counting co-occurrences"
  std::string message;          ///< Diverged, Failed: what happened and what to do
};

/// "preparing", "running" ... for JSON; labels for people are the window's. (Not called toString: Qt Test
/// would find it by the type's namespace and free what it returns.)
const char* stateName(RunStatus::State state);
inline bool isOver(RunStatus::State state) { return state >= RunStatus::State::Finished; }

/// What to try after a run with this learning rate has diverged: the usual rate if it was far above that,
/// half of it otherwise.
double calmerRate(const ParamSpec& spec, double rate);

/// A run that is over, as it was left: from a file of vectors or from a project.
struct PastRun {
  RunConfig config;
  RunStatus status;                               ///< its state must be over
  std::shared_ptr<const EmbeddingTable> vectors;  ///< may be null
  std::shared_ptr<const TrainedModel> model{};    ///< not of word vectors; may be null
  std::vector<MetricPoint> points;
  std::vector<MetricFlag> flags;
  std::shared_ptr<History> history;  ///< may be null
};

/// Owns a learner and the thread it runs on. All calls are thread-safe and return at once, but for the
/// destructor and wait(). Diverged: the loss or a parameter is no longer finite, or the loss has exploded;
/// the last good vectors stay readable.
class Trainer {
 public:
  /// Checks the parameters; the thread starts with start().
  static Expected<std::unique_ptr<Trainer>> create(std::shared_ptr<const Corpus> corpus, RunConfig config);
  /// The same with a learner that is there already; `specs` says which parameters are live, totalEpochs 0:
  /// unknown.
  static std::unique_ptr<Trainer> createWith(std::unique_ptr<Learner> learner,
                                             std::shared_ptr<const Corpus> corpus, RunConfig config,
                                             std::vector<ParamSpec> specs, double totalEpochs,
                                             std::shared_ptr<const Checkpoint> from = nullptr);
  /// One that goes on from a checkpoint: start() or startPaused() prepares and restores it; in reproducible
  /// mode all that follows is as if the run had not been interrupted. The log begins with what `before` has
  /// up to there. A `branch` goes on with other parameters or another execution: they act from there on; a
  /// live parameter that differs from the checkpoint's config is set and leaves a flag. Errors: those of
  /// create(), or the branch has another model. That the state does not fit turns out when it is restored:
  /// Failed.
  static Expected<std::unique_ptr<Trainer>> resumed(std::shared_ptr<const Corpus> corpus,
                                                    std::shared_ptr<const Checkpoint> from,
                                                    const MetricHistory& before = {},
                                                    std::optional<RunConfig> branch = {});
  /// One that only answers: status, metrics and the vectors of a run that is over. Neither learner nor
  /// thread.
  static std::unique_ptr<Trainer> past(std::shared_ptr<const Corpus> corpus, PastRun run);
  ~Trainer();  ///< stops, within 50 ms
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  void start();        ///< prepares and runs
  void startPaused();  ///< prepares and waits (for single steps)
  void pause();
  void resume();    ///< starts, if that has not happened yet
  void stepOnce();  ///< one batch, then paused; starts, if that has not happened yet. N calls are N batches
  void stop();      ///< ends the run; the model stays as it is
  /// A live parameter; acts from the next step on and leaves a flag in the log. Errors: not live, out of
  /// range, the run is over. config() keeps the values of the start.
  Expected<void> setLive(const std::string& key, const ParamValue& value);

  const RunConfig& config() const { return config_; }
  const std::shared_ptr<const Corpus>& corpus() const { return corpus_; }
  RunStatus status() const;
  const MetricLog& metrics() const { return log_; }

  /// What the next snapshots hold. Raises the "frame wanted" flag too.
  void setProbe(const Probe& probe);
  /// Asks for a new snapshot at the next end of a step; one is in flight at most. Pause, finish, stop and
  /// failure always publish, with the whole table.
  void requestSnapshot();
  /// The newest; null before the first.
  std::shared_ptr<const Snapshot> snapshot() const;

  /// From the start on moments go into this history (and what it has from later than the beginning is
  /// forgotten); before start(). At pause, at the end and after a single step always, in between as far as it
  /// wants them and they cost under one per cent of the time.
  void keepHistory(std::shared_ptr<History> history);
  /// Null if none is kept.
  const std::shared_ptr<History>& history() const { return history_; }

  /// Asks for a checkpoint at the next end of a step (while the loss looks as if it exploded, not until it
  /// has calmed down); the run goes on. A run that is over makes none.
  void requestCheckpoint();
  /// From now on pause, finish and stop make a checkpoint too, before their state is seen.
  void keepCheckpoints(bool keep);
  /// The newest, which the trainer lets go of (it is as large as the model); null if there is none since.
  std::shared_ptr<const Checkpoint> takeCheckpoint();

  /// From the start on the newest state that is known to be good is kept in memory, if it is not too large;
  /// before start().
  void keepGoodStates();
  /// Of a run that has diverged: the state to go on from with a lower learning rate. Null if none was kept.
  std::shared_ptr<const Checkpoint> lastGood() const;

  /// Blocks until the run is over (command line, tests), or until timeoutSeconds have passed if that is >= 0.
  /// Returns whether it is over.
  bool wait(double timeoutSeconds = -1);
  /// Blocks until `predicate(status())` holds or the time is up; for tests. Woken at each report, change of
  /// state and snapshot. Returns whether it held.
  bool waitFor(const std::function<bool(const RunStatus&)>& predicate, double timeoutSeconds);

 private:
  Trainer(std::shared_ptr<const Corpus> corpus, RunConfig config);
  static Expected<std::unique_ptr<Trainer>> make(std::shared_ptr<const Corpus> corpus, RunConfig config,
                                                 std::shared_ptr<const Checkpoint> from);
  std::shared_ptr<const Corpus> corpus_;
  RunConfig config_;
  MetricLog log_;
  std::shared_ptr<History> history_;
  std::unique_ptr<TrainingLoop> loop_;
};

}  // namespace lexarium
