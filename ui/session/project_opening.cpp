// SPDX-License-Identifier: GPL-3.0-or-later
// How a project comes into the window and goes to another file, and how its runs go on.
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QPointer>
#include <algorithm>

#include "core/base/file.h"
#include "ui/session/on_gui.h"
#include "ui/session/project_keeper.h"

namespace lexarium {
namespace {

std::filesystem::path toPath(const QString& path) { return pathFromUtf8(path.toStdString()); }
QString fromPath(const std::filesystem::path& path) { return QString::fromStdString(pathToUtf8(path)); }

}  // namespace

void ProjectKeeper::open(const QString& path) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  const bool named = QFileInfo(absolute).absolutePath() != QFileInfo(folder()).absoluteFilePath();
  if (store_ && absolute == path_) return openText(0);
  openFrom([file = toPath(absolute)] { return Project::open(file); }, 0, named);
}

void ProjectKeeper::openText(RecordId corpus) {
  if (!store_) return;
  writeNow();
  writeWindow();
  // The file is handed from one reader to the next: nobody else can open it meanwhile.
  auto source = [store = std::move(store_)]() -> Expected<Project> { return store->close(); };
  store_.reset();
  openFrom(std::move(source), corpus, named_);
}

void ProjectKeeper::openFrom(std::function<Expected<Project>()> source, RecordId corpus, bool named) {
  auto box = std::make_shared<std::shared_ptr<OpenedProject>>();
  session_.openFrom(
      [source = std::move(source), corpus,
       box](const TaskContext& context) -> Expected<std::shared_ptr<const Corpus>> {
        auto project = source();
        if (!project) return tl::unexpected<Error>(project.error());
        auto opened = readOpened(std::move(*project), corpus, context);
        if (!opened) return tl::unexpected<Error>(opened.error());
        *box = std::make_shared<OpenedProject>(std::move(*opened));
        return (*box)->corpus;
      },
      [this, box, named] {
        opened_ = std::move(*box);
        openedNamed_ = named;
      });
}

/// Called when the session shows the text of opened_: its runs follow, as if they had just ended.
void ProjectKeeper::adoptOpened() {
  const auto opened = std::exchange(opened_, nullptr);
  leaveStore();
  const QString path = fromPath(opened->project.path());
  const bool readOnly = opened->project.isReadOnly();
  corpusId_ = std::make_shared<std::atomic<RecordId>>(opened->corpusId);
  useStore(makeStore(std::move(opened->project)), path, openedNamed_, readOnly);
  if (named_) session_.settings().addRecentFile(path);
  RunController& runs = session_.runs();
  std::map<RecordId, int> ids;
  for (KeptRun& kept : opened->runs) {
    const std::shared_ptr<Trainer> trainer = Trainer::past(session_.corpus(), std::move(kept.past));
    const int id = runs.addPast(QString::fromStdString(kept.record.name), trainer);
    ids[kept.record.id] = id;
    runs.describeRun(id, QColor(QString::fromStdString(kept.record.colour)), kept.record.visible,
                     QString::fromStdString(kept.record.notes),
                     ids.contains(kept.record.parent) ? ids[kept.record.parent] : 0, kept.record.parentStep);
    for (const auto& run : runs.runs())
      if (run->id == id) keepers_.emplace(id, RunKeeper(kept, *run));
  }
  for (KeptRun& kept : opened->runs)
    if (kept.layout) layouts_[ids[kept.record.id]] = std::move(*kept.layout);
  loadNotebook(*opened, ids);
  if (const auto shown = ids.find(opened->shownRun); shown != ids.end()) runs.setCurrent(shown->second);
  fillHistories();
  for (const std::string& warning : opened->warnings) tell(QString::fromStdString(warning));
  Q_EMIT checkpointsChanged();
  Q_EMIT this->opened();
  writtenWindow_ = opened->window;
  if (!opened->window.empty()) Q_EMIT windowOpened(QByteArray::fromStdString(opened->window));
}

/// After the first picture: the moments of all runs, the one that is shown first.
void ProjectKeeper::fillHistories() {
  const Run* current = session_.runs().current();
  std::vector<std::pair<RecordId, std::shared_ptr<History>>> wanted;
  for (const auto& run : session_.runs().runs()) {
    const RunKeeper* keeper = keeperOf(run->id);
    if (!keeper || !run->trainer->history()) continue;
    wanted.emplace_back(keeper->id(), run->trainer->history());
    if (run.get() == current) std::rotate(wanted.begin(), wanted.end() - 1, wanted.end());
  }
  for (const auto& [id, history] : wanted) {
    store_->ask([id = id, history = history, self = QPointer(this)](Project& project) -> Expected<void> {
      const auto read = readHistory(project, id, *history);
      if (!read) return tl::unexpected<Error>(read.error());
      onGui(self, [](ProjectKeeper& keeper) { keeper.session_.timeline().refresh(); });
      return {};
    });
  }
}

void ProjectKeeper::saveAs(const QString& path) {
  withStore([this, path](ProjectStore& store) {
    writeNow();
    writeWindow();
    store.change([self = QPointer(this), target = toPath(path),
                  unnamed = named_ ? QString() : path_](Project& project) -> Expected<void> {
      if (auto saved = project.saveAs(target); !saved) return saved;
      if (!unnamed.isEmpty()) QFile::remove(unnamed);
      onGui(self, [target](ProjectKeeper& keeper) {
        keeper.path_ = fromPath(target);
        keeper.named_ = true;
        keeper.session_.settings().addRecentFile(keeper.path_);
        Q_EMIT keeper.projectChanged();
        keeper.tell(tr("The project is saved as %1. From now on every change is kept there.")
                        .arg(QFileInfo(keeper.path_).fileName()));
      });
      return {};
    });
  });
}

void ProjectKeeper::duplicate(const QString& path) {
  withStore([this, path](ProjectStore& store) {
    writeNow();
    writeWindow();
    store.change([self = QPointer(this), target = toPath(path)](Project& project) -> Expected<void> {
      if (auto copied = project.duplicate(target); !copied) return copied;
      onGui(self, [target](ProjectKeeper& keeper) {
        keeper.tell(tr("A copy of the project is in %1.").arg(fromPath(target.filename())));
      });
      return {};
    });
  });
}

void ProjectKeeper::compact() {
  withStore([this](ProjectStore& store) {
    store.change([self = QPointer(this)](Project& project) -> Expected<void> {
      const auto before = project.bytes();
      if (auto done = project.compact(); !done) return done;
      const auto after = project.bytes();
      if (!before || !after) return {};
      const std::uint64_t gained = *before > *after ? *before - *after : 0;
      onGui(self, [gained, left = *after](ProjectKeeper& keeper) {
        keeper.tell(
            tr("The project takes %1 now, %2 less than before.")
                .arg(QLocale().formattedDataSize(static_cast<qint64>(left), 1, QLocale::DataSizeSIFormat),
                     QLocale().formattedDataSize(static_cast<qint64>(gained), 1, QLocale::DataSizeSIFormat)));
      });
      return {};
    });
  });
}

void ProjectKeeper::listTexts(std::function<void(std::vector<CorpusRecord>)> done) {
  if (!store_) return;
  store_->ask([self = QPointer(this), done = std::move(done)](Project& project) -> Expected<void> {
    auto corpora = project.corpora();
    if (!corpora) return tl::unexpected<Error>(corpora.error());
    onGui(self, [done, corpora = std::move(*corpora)](ProjectKeeper&) { done(corpora); });
    return {};
  });
}

std::vector<CheckpointRecord> ProjectKeeper::checkpointsOf(int runId) const {
  const RunKeeper* keeper = keeperOf(runId);
  return keeper && store_ ? keeper->checkpoints() : std::vector<CheckpointRecord>{};
}

bool ProjectKeeper::canResume(int runId) const {
  if (session_.runs().isActive() || checkpointsOf(runId).empty()) return false;
  for (const auto& run : session_.runs().runs()) {
    if (run->id == runId) return run->trainer->status().state == RunStatus::State::Stopped;
  }
  return false;
}

/// After all that waits to be written: the checkpoint may be among it.
void ProjectKeeper::goOnFrom(RecordId checkpoint,
                             std::function<void(std::shared_ptr<const Checkpoint>)> use) {
  if (!store_) return;
  store_->change(
      [self = QPointer(this), checkpoint, use = std::move(use)](Project& project) -> Expected<void> {
        auto read = readRunCheckpoint(project, checkpoint);
        if (!read) return tl::unexpected<Error>(read.error());
        onGui(self, [use, read = *read](ProjectKeeper&) { use(read); });
        return {};
      });
}

void ProjectKeeper::resume(int runId, bool paused) {
  if (!canResume(runId)) return;
  const RecordId newest = checkpointsOf(runId).back().id;
  goOnFrom(newest, [this, runId, paused](std::shared_ptr<const Checkpoint> from) {
    for (const auto& run : session_.runs().runs()) {
      if (run->id != runId || session_.runs().isActive()) continue;
      MetricHistory before;
      run->trainer->metrics().read(0, before.points);
      run->trainer->metrics().readFlags(0, before.flags);
      auto trainer = Trainer::resumed(session_.corpus(), std::move(from), before);
      if (!trainer) return session_.reportError(trainer.error());
      (*trainer)->keepHistory(run->trainer->history());
      (*trainer)->keepCheckpoints(true);
      return session_.runs().goOn(runId, std::move(*trainer), paused);
    }
  });
}

void ProjectKeeper::fork(int runId, RecordId checkpoint) {
  goOnFrom(checkpoint, [this, runId](std::shared_ptr<const Checkpoint> from) {
    session_.runs().setNextConfig(from->config);
    session_.runs().setFork(runId, std::move(from));
  });
}

}  // namespace lexarium
