// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_controller.h"

#include <QThreadPool>
#include <algorithm>

#include "core/base/thread_pool.h"
#include "core/models/corpus_vectors.h"
#include "core/train/fingerprint.h"
#include "ui/session/language_run.h"

namespace lexarium {
namespace {

using State = RunStatus::State;

/// How long the clock goes on for the picture of a changed probe when nothing runs.
constexpr int kAnswerTicks = 60;
/// Snapshots are copied at most so often; what moves on the screen moves on between them.
constexpr int kSnapshotIntervalMs = 90;
const char* const kLearningRate = "learning_rate";

bool sameConfig(const RunConfig& a, const RunConfig& b) {
  return a.modelId == b.modelId && a.params == b.params && a.execution.mode == b.execution.mode &&
         a.execution.threads == b.execution.threads && a.execution.seed == b.execution.seed &&
         a.vectors == b.vectors;
}

/// A trainer may take some 50 ms to stop: not on the thread of the window.
void releaseInBackground(std::shared_ptr<Run> run) {
  if (!run || !run->trainer) return;
  run->trainer->stop();
  QThreadPool::globalInstance()->start([trainer = std::move(run->trainer)]() mutable { trainer.reset(); });
}

}  // namespace

RunController::RunController(FrameClock& clock, QObject* parent) : QObject(parent), clock_(clock) {
  nextConfig_.execution.threads = hardwareThreads();
  connect(&clock_, &FrameClock::tick, this, &RunController::onTick);
}

RunController::~RunController() = default;

void RunController::setNextConfig(const RunConfig& config) {
  if (sameConfig(config, nextConfig_)) return;
  nextConfig_ = config;
  Q_EMIT nextConfigChanged();
}

Run* RunController::find(int runId) const { return shared(runId).get(); }

std::shared_ptr<Run> RunController::shared(int runId) const {
  const auto found =
      std::find_if(runs_.begin(), runs_.end(), [&](const auto& run) { return run->id == runId; });
  return found == runs_.end() ? nullptr : *found;
}

void RunController::setCurrent(int runId) {
  const auto run = shared(runId);
  if (!run || run == current_) return;
  current_ = run;
  seen_.reset();
  moment_.reset();
  current_->trainer->setProbe(probe_);
  readStatus();
  Q_EMIT runsChanged();
  emitFrame();
  if (active_ != current_) answerTicks_ = kAnswerTicks;
  clock_.start();
}

void RunController::renameRun(int runId, const QString& name) {
  Run* run = find(runId);
  if (!run || name.trimmed().isEmpty() || run->name == name.trimmed()) return;
  run->name = name.trimmed();
  Q_EMIT runsChanged();
}

void RunController::setRunColor(int runId, const QColor& color) {
  Run* run = find(runId);
  if (!run || !color.isValid() || run->color == color) return;
  run->color = color;
  run->ownColor = true;
  Q_EMIT runsChanged();
}

void RunController::setRunVisible(int runId, bool visible) {
  Run* run = find(runId);
  if (!run || run->visible == visible) return;
  run->visible = visible;
  Q_EMIT runsChanged();
}

int RunController::addPast(const QString& name, std::shared_ptr<Trainer> trainer) {
  auto run = std::make_shared<Run>();
  run->id = nextId_++;
  run->name = name;
  run->trainer = std::move(trainer);
  runs_.push_back(run);
  applyColors();
  setCurrent(run->id);
  return run->id;
}

void RunController::goOn(int runId, std::shared_ptr<Trainer> trainer, bool paused) {
  const auto run = shared(runId);
  if (!run || active_) return;
  run->trainer = std::move(trainer);
  begin(run, paused);
}

void RunController::setFork(int parent, std::shared_ptr<const Checkpoint> from) {
  fork_ = std::move(from);
  forkParent_ = fork_ ? parent : 0;
  Q_EMIT nextConfigChanged();
  Q_EMIT stateChanged();
}

void RunController::goOnFromGood(int runId, double learningRate) {
  const Run* run = find(runId);
  if (!run || active_ || run->trainer->status().state != State::Diverged) return;
  RunConfig config = run->trainer->config();
  config.params.set(kLearningRate, ParamValue(learningRate));
  setFork(runId, run->trainer->lastGood());
  setNextConfig(config);
  startRun(false, learningRate);
}

void RunController::describeRun(int runId, const QColor& color, bool visible, const QString& notes,
                                int parent, std::uint64_t parentStep) {
  Run* run = find(runId);
  if (!run) return;
  run->ownColor = color.isValid();
  if (run->ownColor) run->color = color;
  run->visible = visible;
  run->notes = notes;
  run->parent = parent;
  run->parentStep = parentStep;
  Q_EMIT runsChanged();
}

void RunController::setRunNotes(int runId, const QString& notes) {
  Run* run = find(runId);
  if (!run || run->notes == notes) return;
  run->notes = notes;
  Q_EMIT runsChanged();
}

void RunController::removeRun(int runId) {
  const auto run = shared(runId);
  if (!run || run == active_) return;
  releaseInBackground(std::exchange(removed_, run));
  removedFrom_ = static_cast<std::size_t>(std::find(runs_.begin(), runs_.end(), run) - runs_.begin());
  takeOut(run);
  Q_EMIT runRemoved(run->name);
}

void RunController::undoRemove() {
  if (!removed_) return;
  const auto place = static_cast<std::ptrdiff_t>(std::min(removedFrom_, runs_.size()));
  const int id = removed_->id;
  runs_.insert(runs_.begin() + place, std::exchange(removed_, nullptr));
  applyColors();
  Q_EMIT runsChanged();
  setCurrent(id);
}

void RunController::forgetRemoved() {
  if (!removed_) return;
  releaseInBackground(std::exchange(removed_, nullptr));
  Q_EMIT runsChanged();
}

/// Out of the list; what is shown is another run then.
void RunController::takeOut(const std::shared_ptr<Run>& run) {
  runs_.erase(std::remove(runs_.begin(), runs_.end(), run), runs_.end());
  if (run == active_) active_.reset();
  if (run == current_) {
    current_ = runs_.empty() ? nullptr : runs_.back();
    seen_.reset();
    moment_.reset();
    if (current_) current_->trainer->setProbe(probe_);
  }
  readStatus();
  Q_EMIT runsChanged();
  emitFrame();
}

void RunController::forget(const std::shared_ptr<Run>& run) {
  takeOut(run);
  releaseInBackground(run);
}

void RunController::setColors(std::span<const QColor> colors) {
  colors_.assign(colors.begin(), colors.end());
  applyColors();
  if (!runs_.empty()) Q_EMIT runsChanged();
}

void RunController::applyColors() {
  if (colors_.empty()) return;
  for (const auto& run : runs_) {
    if (!run->ownColor) run->color = colors_[static_cast<std::size_t>(run->id - 1) % colors_.size()];
  }
}

std::shared_ptr<const EmbeddingTable> RunController::vectors() const { return seen_ ? seen_->all : nullptr; }

void RunController::reset(std::shared_ptr<const Corpus> corpus) {
  clock_.stop();
  for (auto& run : runs_) releaseInBackground(run);
  releaseInBackground(std::exchange(removed_, nullptr));
  runs_.clear();
  current_.reset();
  active_.reset();
  seen_.reset();
  moment_.reset();
  fork_.reset();
  nextId_ = 1;
  corpus_ = std::move(corpus);
  if (corpus_) {
    const ModelInfo* model = findModel(nextConfig_.modelId);
    // Vectors without a text teach nothing; the choice stays for the next text.
    if (!model || (corpus_->hasText() && !canLearn(*model, *corpus_))) model = &usualModelFor(*corpus_);
    nextConfig_.modelId = model->id;
    nextConfig_.params = presetFor(*model, *corpus_);
  }
  readStatus();
  Q_EMIT corpusChanged();
  Q_EMIT nextConfigChanged();
  Q_EMIT runsChanged();
  emitFrame();
}

void RunController::shutDown() {
  const QSignalBlocker quiet(this);
  clock_.stop();
  for (auto& run : runs_) run->trainer->stop();  // all at once, then each is waited for
  current_.reset();
  active_.reset();
  removed_.reset();
  runs_.clear();
}

void RunController::setMoment(std::shared_ptr<const Snapshot> moment) {
  if (moment == moment_ || !current_) return;
  moment_ = std::move(moment);
  emitFrame();
}

void RunController::stopAndWait(double seconds) {
  if (!active_) return;
  active_->trainer->stop();
  active_->trainer->wait(seconds);
}

void RunController::setProbe(const Probe& probe) {
  if (probe == probe_) return;
  probe_ = probe;
  if (!current_) return;
  current_->trainer->setProbe(probe_);
  answerTicks_ = kAnswerTicks;
  clock_.start();
}

void RunController::train() {
  if (!active_) {
    startRun(false);
    return;
  }
  stepPending_ = false;
  setCurrent(active_->id);
  active_->trainer->resume();
  ask(Wish::Run);
}

void RunController::trainWith(const RunConfig& config) {
  stop();
  active_.reset();
  setNextConfig(config);
  startRun(false);
}

void RunController::startRun(bool paused, std::optional<double> learningRate) {
  if (!canTrain()) return;
  RunConfig config = nextConfig_;
  config.execution.lowPriority = true;
  findVectors(config);
  auto trainer = makeTrainer(config);
  if (!trainer) {
    Q_EMIT errorOccurred(trainer.error());
    return;
  }
  auto run = std::make_shared<Run>();
  run->id = nextId_++;
  run->name = nameFor(config);
  run->trainer = std::move(*trainer);
  run->trainer->keepHistory(std::make_shared<History>());
  run->trainer->keepCheckpoints(keepsCheckpoints_);
  run->trainer->keepGoodStates();
  // Otherwise a rate that was changed while the parent ran would go on.
  if (learningRate) (void)run->trainer->setLive(kLearningRate, ParamValue(*learningRate));
  if (fork_) {
    run->parent = forkParent_;
    run->parentStep = fork_->step;
    fork_.reset();
  }
  runs_.push_back(run);
  begin(run, paused);
}

/// "LSTM 2", and whether it began with vectors: that tells curves apart.
QString RunController::nameFor(const RunConfig& config) const {
  const QString title = QString::fromStdString(findModel(config.modelId)->title);
  const auto number = 1 + std::count_if(runs_.begin(), runs_.end(), [&](const auto& run) {
                        return run->trainer->config().modelId == config.modelId;
                      });
  const QString name = QStringLiteral("%1 %2").arg(title).arg(number);
  if (vectorsNamed(config.params).empty()) return name;
  return areVectorsFrozen(config.params) ? tr("%1 (pretrained, frozen)").arg(name)
                                         : tr("%1 (pretrained)").arg(name);
}

/// A recipe or an earlier run names vectors of a run: whichever has them now, whatever it is called.
void RunController::findVectors(RunConfig& config) const {
  if (config.vectors || fork_ || !vectorsNamed(config.params).starts_with(kRunSource)) return;
  const std::string& wanted = config.params.getChoice(kVectorsFingerprintKey);
  for (const auto& run : runs_) {
    const auto snapshot = run->trainer->snapshot();
    if (!snapshot || !snapshot->all || fingerprint(snapshot->all->vectors) != wanted) continue;
    config.vectors = std::shared_ptr<const Matrix>(snapshot->all, &snapshot->all->vectors);
    return;
  }
}

/// From the beginning, or from where the run forks off.
Expected<std::unique_ptr<Trainer>> RunController::makeTrainer(const RunConfig& config) const {
  if (!fork_) return Trainer::create(corpus_, config);
  if (fork_->config.modelId != config.modelId)
    return makeError("A run can only fork off with the same model", {},
                     "Choose it again, or start afresh with Reset");
  MetricHistory before;
  if (const Run* parent = find(forkParent_)) {
    parent->trainer->metrics().read(0, before.points);
    parent->trainer->metrics().readFlags(0, before.flags);
  }
  return Trainer::resumed(corpus_, fork_, before, config);
}

/// The run becomes the active one, and the one that is shown.
void RunController::begin(const std::shared_ptr<Run>& run, bool paused) {
  applyColors();
  current_ = active_ = run;
  activeParams_ = run->trainer->config().params;
  seen_.reset();
  moment_.reset();
  run->trainer->setProbe(probe_);
  if (paused) {
    run->trainer->startPaused();
  } else {
    run->trainer->start();
  }
  ask(paused ? Wish::Pause : Wish::Run);
  Q_EMIT runStarted(run->id);
  Q_EMIT runsChanged();
  emitFrame();
}

void RunController::pause() {
  if (!active_) return;
  stepPending_ = false;
  active_->trainer->pause();
  ask(Wish::Pause);
}

void RunController::playOrPause() {
  if (wantsToRun() && active_ == current_) {
    pause();
  } else {
    train();
  }
}

void RunController::stepOnce() {
  if (!active_) startRun(true);
  if (!active_) return;
  setCurrent(active_->id);
  const RunStatus now = active_->trainer->status();
  if (now.state == State::Preparing) {
    stepPending_ = true;  // done at the tick that sees it ready
    return;
  }
  stepPending_ = false;
  stepAsked_ = now.step;
  active_->trainer->stepOnce();
  ask(Wish::Step);
}

void RunController::stop() {
  if (!active_) return;
  stepPending_ = false;
  active_->trainer->stop();
  ask(Wish::Stop);
}

void RunController::discard() {
  if (current_) forget(current_);
}

void RunController::setLearningRate(double rate) { setLive(kLearningRate, ParamValue(rate)); }

void RunController::setLive(const std::string& key, const ParamValue& value) {
  if (active_) {
    const auto done = active_->trainer->setLive(key, value);
    if (!done) {
      Q_EMIT errorOccurred(done.error());
    } else if (activeParams_.contains(key)) {
      activeParams_.set(key, value);
      Q_EMIT stateChanged();
    }
    return;
  }
  RunConfig config = nextConfig_;
  if (!config.params.contains(key)) return;
  config.params.set(key, value);
  setNextConfig(config);
}

void RunController::ask(Wish wish) {
  wish_ = wish;
  readStatus();
  Q_EMIT stateChanged();  // wantsToRun() may have changed
  clock_.start();
  clock_.hurry();
}

/// Has the trainer done what it was told, so that nothing more will happen by itself?
bool RunController::isSettled(const RunStatus& status) const {
  if (isOver(status.state)) return true;
  if (status.state != State::Paused || stepPending_) return false;
  return wish_ == Wish::Pause || (wish_ == Wish::Step && status.step > stepAsked_);
}

void RunController::readStatus() {
  const State before = status_.state;
  status_ = current_ ? current_->trainer->status() : RunStatus{};
  if (status_.state != before) Q_EMIT stateChanged();
  Q_EMIT statusChanged();
}

void RunController::emitFrame() {
  Frame frame;
  frame.run = current_.get();
  frame.status = status_;
  if (current_) {
    frame.live = moment_ == nullptr;
    frame.snapshot = moment_ ? moment_ : current_->trainer->snapshot();
    // Whether this picture is already the answer to a changed probe, or one from before, it does not tell:
    // the clock goes on.
    seen_ = frame.snapshot;
  }
  Q_EMIT this->frame(frame);
}

void RunController::onTick() {
  if (answerTicks_ > 0) --answerTicks_;
  bool ended = false;
  if (active_) {
    const RunStatus now = active_->trainer->status();
    if (stepPending_ && now.state == State::Paused) stepOnce();
    ended = isOver(now.state);
    if (isSettled(now)) {
      if (answerTicks_ == 0) clock_.stop();
    } else if (wish_ != Wish::Run) {
      clock_.hurry();
    }
    if (ended) active_.reset();
  } else if (answerTicks_ == 0) {
    clock_.stop();
  }
  readStatus();  // before the snapshot: what it tells is then in the picture
  emitFrame();
  if (ended) Q_EMIT runsChanged();
  const bool due = !sinceRequest_.isValid() || sinceRequest_.elapsed() >= kSnapshotIntervalMs;
  if (due && clock_.isRunning() && current_ && current_ == active_) {
    current_->trainer->requestSnapshot();
    sinceRequest_.start();
  }
}

}  // namespace lexarium
