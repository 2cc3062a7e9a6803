// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session.h"

#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <mutex>

#include "core/base/file.h"
#include "core/formats/vector_formats.h"
#include "core/models/model_file.h"
#include "core/tasks/import.h"
#include "core/tasks/task_corpus.h"
#include "core/tasks/task_samples.h"
#include "core/train/file_model.h"
#include "ui/session/project_keeper.h"

namespace lexarium {
namespace {

constexpr int kProgressIntervalMs = 50;

/// The look of the desktop before ours was laid over it.
struct DesktopLook {
  QFont font = QGuiApplication::font();
  QPalette palette = QGuiApplication::palette();
};

const DesktopLook& desktopLook() {
  static const DesktopLook look;
  return look;
}

CorpusRequest requestFor(const QStringList& paths, const SegmentOptions& options, const QString& encoding) {
  CorpusRequest request;
  for (const auto& path : paths) request.paths.push_back(pathFromUtf8(path.toStdString()));
  request.options = options;
  request.encoding = encoding.toStdString();
  return request;
}

}  // namespace

Expected<Session::Opened> Session::textOnly(Expected<std::shared_ptr<const Corpus>> corpus) {
  if (!corpus) return tl::unexpected<Error>(corpus.error());
  return Opened{std::move(*corpus), nullptr, 0, 0};
}

Expected<Session::Opened> Session::withVectors(Expected<FileVectors> vectors) {
  if (!vectors) return tl::unexpected<Error>(vectors.error());
  return Opened{vectors->corpus, std::move(vectors->run), vectors->wordsInFile, vectors->wordsFound};
}

/// Written by the loading thread, polled by the window: it can never be flooded.
struct Session::LoadProgress {
  std::mutex mutex;
  double fraction = -1;
  std::string phase;
};

Session::Session(const QString& settingsFile, QObject* parent)
    : QObject(parent), settingsFile_(settingsFile), settings_(settingsFile), runs_(clock_) {
  desktopLook();
  progressTimer_.setInterval(kProgressIntervalMs);
  connect(&progressTimer_, &QTimer::timeout, this, &Session::pollProgress);
  connect(&settings_, &Settings::lookChanged, this, &Session::updateTheme);
  connect(&runs_, &RunController::errorOccurred, this, &Session::reportError);
  connect(&notebook_, &Notebook::opened, this, [this](const Notebook::Entry& entry) {
    if (entry.kind == Notebook::Kind::Selection) selection_.select(entry.words);
  });
  updateTheme();
}

Session::~Session() {
  cancelLoading();
  project_.reset();
  runs_.shutDown();
}

ProjectKeeper& Session::keepProject() {
  if (!project_) project_ = std::make_unique<ProjectKeeper>(*this);
  return *project_;
}

void Session::openPaths(const QStringList& paths) {
  QStringList absolute;
  for (const auto& path : paths) absolute << QFileInfo(path).absoluteFilePath();
  if (absolute.size() == 1 && absolute.front().endsWith(QStringLiteral(".lexarium"), Qt::CaseInsensitive))
    return keepProject().open(absolute.front());
  if (absolute.size() == 1 && looksLikeModel(pathFromUtf8(absolute.front().toStdString())))
    return openModel(absolute.front());
  if (absolute.size() == 1 && looksLikeVectors(pathFromUtf8(absolute.front().toStdString())))
    return openVectors(absolute.front());
  std::vector<std::filesystem::path> files;
  for (const QString& path : absolute) files.push_back(pathFromUtf8(path.toStdString()));
  if (looksLikeExamples(files)) return examplesOffered(absolute);
  if (!absolute.isEmpty()) loadPaths(absolute, settings_.segmentOptions(), {});
}

void Session::openAsText(const QStringList& paths) { loadPaths(paths, settings_.segmentOptions(), {}); }

void Session::openTask(std::shared_ptr<const TaskData> task, const QStringList& paths) {
  Source source;
  source.paths = paths;
  source.task = std::move(task);
  loadTask(settings_.segmentOptions(), source);
}

void Session::openTaskSample(const QString& id) {
  const TaskSample* sample = findTaskSample(id.toStdString());
  if (!sample) {
    reportError(Error{"There is no sample \"" + id.toStdString() + "\"", {}, "Choose one on the start page"});
    return;
  }
  Source source;
  source.task = std::make_shared<const TaskData>(sample->generate(kTaskSampleSeed));
  loadTask(settings_.segmentOptions(), source);
}

void Session::loadTask(const SegmentOptions& options, const Source& source) {
  auto job = [task = source.task, options](const TaskContext& context) {
    return textOnly(corpusFromTask(task, options, context));
  };
  open(std::move(job), source);
}

void Session::loadPaths(const QStringList& paths, const SegmentOptions& options, const QString& encoding) {
  auto job = [request = requestFor(paths, options, encoding)](const TaskContext& context) {
    return textOnly(loadCorpus(request, context));
  };
  open(std::move(job), Source{paths, nullptr, encoding, nullptr, {}, nullptr});
}

void Session::openSample(const QString& id) {
  const Sample* sample = findSample(id.toStdString());
  if (!sample) {
    reportError(Error{"There is no sample \"" + id.toStdString() + "\"", {}, "Choose one on the start page"});
    return;
  }
  auto job = [sample](const TaskContext& context) { return textOnly(loadSample(*sample, context)); };
  open(std::move(job), Source{{}, sample, {}, nullptr, {}, nullptr});
}

void Session::openText(const QString& title, const QString& text) {
  loadPasted(title, std::make_shared<const std::string>(text.toStdString()), settings_.segmentOptions());
}

void Session::loadPasted(const QString& title, std::shared_ptr<const std::string> text,
                         const SegmentOptions& options) {
  auto job = [title, text, options](const TaskContext& context) {
    return textOnly(corpusFromText(title.toStdString(), *text, options, context));
  };
  open(std::move(job), Source{{}, nullptr, {}, text, {}, nullptr});
}

void Session::reload(const SegmentOptions& options, const QString& encoding) {
  if (source_.sample) {
    auto job = [sample = source_.sample, options](const TaskContext& context) {
      return textOnly(corpusFromText(sample->title, sample->generate(kSampleSeed), options, context));
    };
    open(std::move(job), source_);
    return;
  }
  settings_.setSegmentOptions(options);
  if (source_.task) return loadTask(options, source_);
  if (source_.pasted) {
    loadPasted(QString::fromStdString(corpus_->title()), source_.pasted, options);
  } else if (!source_.paths.isEmpty()) {
    loadPaths(source_.paths, options, encoding);
  }
}

void Session::cancelLoading() {
  if (!isLoading()) return;
  loading_.cancel();
  finishLoading();
}

void Session::load(OpenJob job, std::function<void(Opened)> done) {
  progress_ = std::make_shared<LoadProgress>();
  auto work = [job = std::move(job), progress = progress_](std::stop_token stop) {
    TaskContext context;
    context.stop = stop;
    context.progress = [progress](double fraction, const std::string& phase) {
      const std::lock_guard lock(progress->mutex);
      progress->fraction = fraction;
      progress->phase = phase;
    };
    return job(context);
  };
  loading_.run(std::move(work), [this, done = std::move(done)](Expected<Opened> opened) {
    finishLoading();
    if (opened) {
      done(std::move(*opened));
    } else if (opened.error().kind != Error::Kind::Cancelled) {
      reportError(opened.error());
    }
  });
  progressTimer_.start();
  Q_EMIT loadingChanged();
  pollProgress();
}

void Session::open(OpenJob job, const Source& source) {
  load(std::move(job), [this, source](Opened opened) { adopt(std::move(opened), source); });
}

void Session::openFrom(CorpusJob job, std::function<void()> found) {
  auto work = [job = std::move(job)](const TaskContext& context) { return textOnly(job(context)); };
  load(std::move(work), [this, found = std::move(found)](Opened opened) {
    found();
    adopt(std::move(opened), Source{});
  });
}

void Session::openVectors(const QString& path) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  auto job = [file = pathFromUtf8(absolute.toStdString())](const TaskContext& context) {
    return withVectors(loadFileVectors(file, context));
  };
  Source source;
  source.vectors = absolute;
  open(std::move(job), source);
}

void Session::openModel(const QString& path) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  const auto file = pathFromUtf8(absolute.toStdString());
  if (!corpus_ || !corpus_->hasText()) {
    Source source;
    source.vectors = absolute;
    return open([file](const TaskContext& context) { return withVectors(loadFileModel(file, context)); },
                source);
  }
  auto job = [file, corpus = corpus_](const TaskContext& context) {
    return withVectors(loadFileModel(file, corpus, context));
  };
  load(std::move(job), [this, absolute](Opened opened) {
    if (opened.corpus != corpus_) return;  // another text has been opened meanwhile
    showVectors(opened, absolute);
    settings_.addRecentFile(absolute);
  });
}

void Session::addVectors(const QString& path) {
  if (!corpus_ || !corpus_->hasText()) return openVectors(path);
  const QString absolute = QFileInfo(path).absoluteFilePath();
  auto job = [file = pathFromUtf8(absolute.toStdString()), corpus = corpus_](const TaskContext& context) {
    return withVectors(loadFileVectors(file, corpus, context));
  };
  load(std::move(job), [this, absolute](Opened opened) {
    if (opened.corpus != corpus_) return;  // another text has been opened meanwhile
    showVectors(opened, absolute);
    settings_.addRecentFile(absolute);
  });
}

void Session::showVectors(const Opened& opened, const QString& path) {
  runs_.addPast(QFileInfo(path).fileName(), opened.vectors);
  opened.vectors->snapshot()->trained ? modelAdded() : vectorsAdded(opened.wordsFound, opened.wordsInFile);
}

void Session::finishLoading() {
  progressTimer_.stop();
  progress_.reset();
  Q_EMIT loadingChanged();
}

void Session::pollProgress() {
  if (!progress_) return;
  double fraction = -1;
  QString phase;
  {
    const std::lock_guard lock(progress_->mutex);
    fraction = progress_->fraction;
    phase = QString::fromStdString(progress_->phase);
  }
  Q_EMIT loadingProgress(fraction, phase);
}

void Session::adopt(Opened opened, const Source& source) {
  Q_EMIT corpusAboutToChange();
  // First nothing is selected and no run is left, so that no view meets ids of the corpus before.
  selection_.reset();
  indexing_.cancel();
  index_.reset();
  corpus_ = opened.corpus;
  source_ = source;
  runs_.reset(corpus_);
  for (const auto& path : source_.paths) settings_.addRecentFile(path);
  if (!source_.vectors.isEmpty()) settings_.addRecentFile(source_.vectors);
  Q_EMIT corpusChanged();
  if (opened.vectors) showVectors(opened, source_.vectors);
  buildIndex();
}

void Session::buildIndex() {
  if (!corpus_->hasText()) return;
  auto work = [corpus = corpus_](std::stop_token stop) {
    TaskContext context;
    context.stop = stop;
    return PositionIndex::build(corpus, context);
  };
  indexing_.run(std::move(work), [this](Expected<std::shared_ptr<const PositionIndex>> index) {
    if (!index) {
      if (index.error().kind != Error::Kind::Cancelled) reportError(index.error());
      return;
    }
    index_ = std::move(*index);
    Q_EMIT indexReady();
  });
}

void Session::updateTheme() {
  theme_ = makeTheme(settings_.look(), desktopLook().font, desktopLook().palette);
  runs_.setColors(theme_.categories);
  Q_EMIT themeChanged();
}

}  // namespace lexarium
