// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/train/file_vectors.h"
#include "core/train/trainer.h"
#include "ui/session/frame_clock.h"

namespace lexarium {

/// One run of a model on the open corpus, running or over.
struct Run {
  int id = 0;
  QString name;  ///< "Skip-gram 1"; the user may change it
  QString notes;
  int parent = 0;                ///< the run that it was forked from; 0: none
  std::uint64_t parentStep = 0;  ///< and where
  QColor color;
  bool ownColor = false;  ///< chosen by the user; otherwise it follows the theme
  bool visible = true;    ///< on the loss chart
  bool isFromFile() const { return trainer->config().modelId == kFileModelId; }
  std::shared_ptr<Trainer> trainer;
};

/// What views draw at a tick.
struct Frame {
  const Run* run = nullptr;  ///< the current run; null if there is none
  RunStatus status;
  std::shared_ptr<const Snapshot> snapshot;  ///< may be null
  bool live = true;  ///< the newest; otherwise a moment of the past that the person chose
};

/// Starts, pauses, steps and stops runs, and turns the trainer's progress into signals on the GUI thread. At
/// most one run is active; earlier ones stay in runs() for comparison.
class RunController : public QObject {
  Q_OBJECT

 public:
  explicit RunController(FrameClock& clock, QObject* parent = nullptr);
  ~RunController() override;

  /// What the next run will use; edited by the parameter form.
  const RunConfig& nextConfig() const { return nextConfig_; }
  void setNextConfig(const RunConfig& config);

  const std::vector<std::shared_ptr<Run>>& runs() const { return runs_; }
  /// The run that the transport and the views show: the active one or the one chosen in the explorer; null if
  /// none.
  Run* current() const { return current_.get(); }
  void setCurrent(int runId);
  void renameRun(int runId, const QString& name);
  void setRunColor(int runId, const QColor& color);
  void setRunVisible(int runId, bool visible);
  /// What a project knows of a run; an invalid colour: the theme's.
  void describeRun(int runId, const QColor& color, bool visible, const QString& notes, int parent,
                   std::uint64_t parentStep);
  void setRunNotes(int runId, const QString& notes);
  /// The next train() starts a run that goes on from this checkpoint with nextConfig(), whose model must be
  /// the checkpoint's; null: it starts afresh.
  void setFork(int parent, std::shared_ptr<const Checkpoint> from);
  /// Trainers of runs that start from now on make checkpoints when they pause or end.
  void setKeepsCheckpoints(bool keep) { keepsCheckpoints_ = keep; }
  /// A run that has diverged: a new one forks off its last good state with this learning rate; if none was
  /// kept, it begins anew. Not while a run is active.
  void goOnFromGood(int runId, double learningRate);
  bool isForking() const { return fork_ != nullptr; }
  int forkParent() const { return forkParent_; }
  std::uint64_t forkStep() const { return fork_ ? fork_->step : 0; }
  /// A run that is over already, such as vectors of a file, becomes the current one.
  int addPast(const QString& name, std::shared_ptr<Trainer> trainer);  ///< its id
  /// A run that is over goes on with this trainer, which has begun where it stood: it is active again.
  void goOn(int runId, std::shared_ptr<Trainer> trainer, bool paused);
  /// Not while it is active. The run can be brought back until another one is removed or another text opened.
  void removeRun(int runId);
  void undoRemove();
  /// The run that undoRemove() brings back; null: none.
  const Run* removed() const { return removed_.get(); }
  /// Lets it go for good.
  void forgetRemoved();
  /// Stops what runs and waits for it; for the end of the program. Emits nothing.
  void shutDown();
  /// Stops the active run and waits until it has, for at most so long; the runs stay.
  void stopAndWait(double seconds);

  const RunStatus& status() const { return status_; }
  /// Is the run that is shown one of vectors from a file?
  bool isFromFile() const { return current_ && current_->isFromFile(); }
  /// Is there a text to learn from?
  bool canTrain() const { return corpus_ && corpus_->hasText(); }
  bool isActive() const { return active_ != nullptr; }  ///< some run is preparing, running or paused
  const Run* active() const { return active_.get(); }   ///< that run; null if there is none
  /// The parameters of the active run, with what has been changed since it began.
  const ParamSet& activeParams() const { return activeParams_; }
  /// Was the active run told to run (not to pause)? Play shows Pause then, at once.
  bool wantsToRun() const { return active_ && wish_ == Wish::Run; }
  /// All views show this moment of the current run until it is null (then the newest), or another run is
  /// shown.
  void setMoment(std::shared_ptr<const Snapshot> moment);
  bool isLive() const { return moment_ == nullptr; }
  /// The newest whole table of the current run, or that of the moment that is shown; null before the first.
  std::shared_ptr<const EmbeddingTable> vectors() const;

  /// Another corpus: stops and forgets all runs.
  void reset(std::shared_ptr<const Corpus> corpus);
  const std::shared_ptr<const Corpus>& corpus() const { return corpus_; }

  /// The union of what the visible views need (MainWindow keeps it up to date).
  void setProbe(const Probe& probe);
  const Probe& probe() const { return probe_; }
  /// Colours for runs that the user has not coloured, in order.
  void setColors(std::span<const QColor> colors);

 public Q_SLOTS:
  void train();  ///< starts a run with nextConfig(), or resumes the paused one
  void trainWith(
      const lexarium::RunConfig& config);  ///< makes it the next configuration, then starts a new run
  void pause();
  void playOrPause();
  void stepOnce();  ///< starts a run paused if none is active
  void stop();
  void discard();  ///< Reset: stops the current run and forgets it, so that the next Train starts afresh
  void setLearningRate(double rate);
  /// A live parameter of the run that is active; of the next run if none is.
  void setLive(const std::string& key, const lexarium::ParamValue& value);

 Q_SIGNALS:
  void corpusChanged();
  void nextConfigChanged();
  void runStarted(int runId);
  void runRemoved(const QString& name);      ///< and can be brought back
  void runsChanged();                        ///< list, names, colours, visibility, current
  void statusChanged();                      ///< state or numbers; at most once a tick
  void stateChanged();                       ///< RunStatus::State or wantsToRun() only
  void frame(const lexarium::Frame& frame);  ///< at each tick, and once when a run pauses or ends
  void errorOccurred(const lexarium::Error& error);

 private:
  /// What the active run was told last; the clock runs until the trainer has done it.
  enum class Wish { Run, Pause, Step, Stop };

  void onTick();
  void startRun(bool paused, std::optional<double> learningRate = {});
  Expected<std::unique_ptr<Trainer>> makeTrainer(const RunConfig& config) const;
  void findVectors(RunConfig& config) const;
  QString nameFor(const RunConfig& config) const;
  void begin(const std::shared_ptr<Run>& run, bool paused);
  void ask(Wish wish);
  bool isSettled(const RunStatus& status) const;
  void readStatus();
  void emitFrame();
  Run* find(int runId) const;
  std::shared_ptr<Run> shared(int runId) const;
  void takeOut(const std::shared_ptr<Run>& run);
  void forget(const std::shared_ptr<Run>& run);
  void applyColors();

  FrameClock& clock_;
  std::shared_ptr<const Corpus> corpus_;
  RunConfig nextConfig_;
  std::vector<std::shared_ptr<Run>> runs_;
  std::shared_ptr<Run> current_;
  std::shared_ptr<Run> active_;
  std::shared_ptr<Run> removed_;
  std::size_t removedFrom_ = 0;  // where it stood in runs_
  ParamSet activeParams_;
  Wish wish_ = Wish::Run;
  std::uint64_t stepAsked_ = 0;  // steps done when a single step was asked for
  bool stepPending_ = false;     // a single step waits for the end of preparation
  QElapsedTimer sinceRequest_;   // of a snapshot
  int answerTicks_ = 0;          // ticks left to wait for the picture of a changed probe
  std::shared_ptr<const Snapshot> seen_;
  std::shared_ptr<const Checkpoint> fork_;  // where the next run begins; null: at the beginning
  int forkParent_ = 0;
  bool keepsCheckpoints_ = false;
  std::shared_ptr<const Snapshot> moment_;  // of the past; null: live
  std::vector<QColor> colors_;
  RunStatus status_;
  Probe probe_;
  int nextId_ = 1;
};

}  // namespace lexarium
