// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/project_keeper.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QStandardPaths>
#include <QThreadPool>
#include <algorithm>

#include "core/base/file.h"
#include "ui/session/on_gui.h"

namespace lexarium {
namespace {

constexpr int kWriteEveryMs = 1000;
constexpr int kUnnamedKept = 8;  // the newest projects without a name; older ones are deleted
const char* const kSuffix = ".lexarium";

Expected<void> nothingTo(const Expected<RecordId>& added) {
  return added ? Expected<void>() : tl::unexpected<Error>(added.error());
}

/// Whoever works with many texts should not fill the disk with what nobody has named.
void deleteOldUnnamed(const QString& folder) {
  const QFileInfoList files =
      QDir(folder).entryInfoList({QStringLiteral("*") + kSuffix}, QDir::Files, QDir::Time);
  for (const QFileInfo& file : files.mid(kUnnamedKept)) QFile::remove(file.absoluteFilePath());
}

}  // namespace

ProjectKeeper::ProjectKeeper(Session& session, QObject* parent) : QObject(parent), session_(session) {
  timer_.setInterval(kWriteEveryMs);
  connect(&timer_, &QTimer::timeout, this, &ProjectKeeper::writeNow);
  connect(&session, &Session::corpusAboutToChange, this, &ProjectKeeper::beforeCorpusChanges);
  connect(&session, &Session::corpusChanged, this, &ProjectKeeper::onCorpusChanged);
  connect(&session.runs(), &RunController::runStarted, this, &ProjectKeeper::addRun);
  connect(&session, &Session::modelAdded, this, &ProjectKeeper::addModel);
  connect(&session.runs(), &RunController::runsChanged, this, &ProjectKeeper::onRunsChanged);
  connect(&session.runs(), &RunController::stateChanged, this, &ProjectKeeper::writeNow);
  session.runs().setKeepsCheckpoints(true);
  connectNotebook();
}

ProjectKeeper::~ProjectKeeper() { close(); }

QString ProjectKeeper::folder() const {
  const QString& settings = session_.settingsFile();
  const QString base = settings.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                          : QFileInfo(settings).absolutePath();
  return base + QStringLiteral("/projects");
}

ProjectKeeper::StorePtr ProjectKeeper::makeStore(Project project) {
  return std::make_shared<ProjectStore>(std::move(project), [self = QPointer(this)](const Error& error) {
    onGui(self, [error](ProjectKeeper& keeper) { keeper.session_.reportError(error); });
  });
}

/// The runs leave the window, not the project.
void ProjectKeeper::beforeCorpusChanges() {
  session_.runs().forgetRemoved();
  writeNow();
  writeWindow();
  keepers_.clear();
  layouts_.clear();
  timer_.stop();
}

void ProjectKeeper::onCorpusChanged() {
  if (opened_) return adoptOpened();
  const auto& corpus = session_.corpus();
  leaveNotebook(corpus && corpus->hasText() && store_ && named_ && !readOnly_);
  if (!corpus || !corpus->hasText()) return leaveStore();
  if (!(store_ && named_ && !readOnly_)) beginUnnamed();
  addCorpus();
}

void ProjectKeeper::beginUnnamed() {
  leaveStore();
  const QString folder = this->folder();
  const QString path = folder + QDateTime::currentDateTime().toString("/yyyyMMdd-hhmmss-zzz") + kSuffix;
  making_.run(
      [self = QPointer(this), folder, path](std::stop_token) -> Expected<std::shared_ptr<Project>> {
        if (!QDir().mkpath(folder))
          return makeError("The folder for projects without a name cannot be made", folder.toStdString(),
                           "What is learned is kept in memory only; save the project under a name");
        deleteOldUnnamed(folder);
        auto project = Project::create(pathFromUtf8(path.toStdString()));
        if (!project) return tl::unexpected<Error>(project.error());
        return std::make_shared<Project>(std::move(*project));
      },
      [this, path](Expected<std::shared_ptr<Project>> project) {
        if (!project) {
          waiting_.clear();
          return session_.reportError(project.error());
        }
        useStore(makeStore(std::move(**project)), path, false, false);
      });
}

void ProjectKeeper::useStore(StorePtr store, const QString& path, bool named, bool readOnly) {
  store_ = std::move(store);
  path_ = path;
  named_ = named;
  readOnly_ = readOnly;
  for (Later& work : std::exchange(waiting_, {})) work(*store_);
  Q_EMIT projectChanged();
}

/// The store writes what waits, on a thread that nobody waits for.
void ProjectKeeper::leaveStore() {
  making_.cancel();
  waiting_.clear();
  if (store_) QThreadPool::globalInstance()->start([store = std::move(store_)]() mutable { store.reset(); });
  store_.reset();
  path_.clear();
  named_ = readOnly_ = false;
  Q_EMIT projectChanged();
}

void ProjectKeeper::withStore(Later work) {
  if (readOnly_) return;
  if (store_) {
    work(*store_);
  } else if (making_.isRunning()) {
    waiting_.push_back(std::move(work));
  }
}

void ProjectKeeper::addCorpus() {
  corpusId_ = std::make_shared<std::atomic<RecordId>>(0);
  const std::string origin = session_.sample() ? "sample:" + session_.sample()->id : std::string();
  withStore([corpus = session_.corpus(), id = corpusId_, origin](ProjectStore& store) {
    store.change([=](Project& project) -> Expected<void> {
      const auto added = project.addCorpus(*corpus, origin);
      if (!added) return nothingTo(added);
      id->store(*added);
      return project.setState(kShownCorpus, std::to_string(*added));
    });
  });
}

void ProjectKeeper::addRun(int runId) {
  timer_.start();
  if (keepers_.contains(runId)) return;  // it goes on
  withStore([this, runId](ProjectStore& store) {
    for (const auto& run : session_.runs().runs()) {
      if (run->id != runId) continue;
      const RunKeeper* parent = keeperOf(run->parent);
      keepers_.emplace(runId, RunKeeper(store, corpusId_, *run, parent ? parent->id() : 0));
    }
  });
}

/// A language model of a file, beside the runs of a text.
void ProjectKeeper::addModel() {
  if (session_.runs().canTrain() && canKeepModel(*session_.runs().current()))
    addRun(session_.runs().current()->id);
}

bool ProjectKeeper::canKeepModel(const Run& run) {
  const auto snapshot = run.trainer->snapshot();
  return snapshot && snapshot->trained && snapshot->trained->memoryBytes() <= kMostKeptModelBytes;
}

void ProjectKeeper::onRunsChanged() {
  if (!store_ || readOnly_) return;
  std::erase_if(keepers_, [this](const auto& entry) {
    const auto& runs = session_.runs().runs();
    const bool gone =
        std::none_of(runs.begin(), runs.end(), [&](const auto& run) { return run->id == entry.first; }) &&
        !(session_.runs().removed() && session_.runs().removed()->id == entry.first);
    if (gone) {
      layouts_.erase(entry.first);
      session_.notebook().forgetRun(entry.first);
    }
    if (gone) store_->change([id = entry.second.id()](Project& project) { return project.removeRun(id); });
    return gone;
  });
  writeNow();
}

const RunKeeper* ProjectKeeper::keeperOf(int runId) const {
  const auto found = keepers_.find(runId);
  return found == keepers_.end() ? nullptr : &found->second;
}

void ProjectKeeper::writeNow() {
  if (!store_ || readOnly_) return;
  bool changed = false;
  for (const auto& run : session_.runs().runs()) {
    const auto keeper = keepers_.find(run->id);
    if (keeper != keepers_.end()) changed = keeper->second.write(*store_, *run) || changed;
  }
  if (!session_.runs().isActive()) timer_.stop();
  if (changed) Q_EMIT checkpointsChanged();
}

void ProjectKeeper::close() {
  making_.cancel();
  job_.cancel();
  timer_.stop();
  if (!store_) return;
  session_.runs().forgetRemoved();
  writeNow();
  writeWindow();
  const RunKeeper* current = session_.runs().current() ? keeperOf(session_.runs().current()->id) : nullptr;
  if (current && !readOnly_) {
    store_->change(
        [id = current->id()](Project& project) { return project.setState(kShownRun, std::to_string(id)); });
  }
  store_->flush();
  store_.reset();
  keepers_.clear();
}

}  // namespace lexarium
