// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <functional>
#include <memory>
#include <vector>

#include "core/concordance/concordance.h"
#include "core/text/corpus.h"
#include "core/text/samples.h"
#include "core/text/task_data.h"
#include "core/train/file_vectors.h"
#include "ui/session/frame_clock.h"
#include "ui/session/latest_job.h"
#include "ui/session/notebook.h"
#include "ui/session/result_fingerprint.h"
#include "ui/session/run_controller.h"
#include "ui/session/run_pair.h"
#include "ui/session/selection.h"
#include "ui/session/settings.h"
#include "ui/session/shared_reading.h"
#include "ui/session/timeline.h"

namespace lexarium {

class ProjectKeeper;

/// What is open: one corpus and its runs, the selection, the settings. Passed by reference; no pixels, no
/// singletons.
class Session : public QObject {
  Q_OBJECT

 public:
  explicit Session(const QString& settingsFile = {}, QObject* parent = nullptr);
  ~Session() override;

  Settings& settings() { return settings_; }
  Selection& selection() { return selection_; }
  RunController& runs() { return runs_; }
  Timeline& timeline() { return timeline_; }
  FrameClock& clock() { return clock_; }
  RunPair& pair() { return pair_; }
  Notebook& notebook() { return notebook_; }
  SharedReading& reading() { return reading_; }
  /// Of the run that is shown.
  const ResultFingerprint& fingerprint() const { return fingerprint_; }
  const Theme& theme() const { return theme_; }

  const std::shared_ptr<const Corpus>& corpus() const { return corpus_; }
  /// Built in the background after a corpus was opened; null until indexReady().
  const std::shared_ptr<const PositionIndex>& index() const { return index_; }
  /// The sample that is open, or nullptr.
  const Sample* sample() const { return source_.sample; }
  /// The files that are open (to read them again with other options).
  const QStringList& paths() const { return source_.paths; }
  /// The encoding chosen for the open files; empty: found out for each.
  const QString& encoding() const { return source_.encoding; }
  bool isLoading() const { return loading_.isRunning(); }

  /// Loads off the GUI thread; loadingChanged(), then corpusChanged() or errorOccurred(). The corpus before
  /// stays open until the new one is there. Segmentation as in settings().segmentOptions().
  /// A single file that looksLikeVectors() or looksLikeModel() is opened as such.
  /// Files that looksLikeExamples() are offered first: examplesOffered(). Somebody must connect to it.
  void openPaths(const QStringList& paths);
  /// As text in any case.
  void openAsText(const QStringList& paths);
  void openSample(const QString& id);
  /// Vectors of a file by themselves: a corpus without a text, and one run that is over.
  void openVectors(const QString& path);
  /// Vectors of a file for the words of the open text, as one more run. Without a text: openVectors().
  void addVectors(const QString& path);
  /// A model of a file, as one more run: of the open text, or by itself.
  void openModel(const QString& path);
  /// The open text, or the vectors by themselves, came from this file of vectors; empty otherwise.
  const QString& vectorsPath() const { return source_.vectors; }
  /// A text that came from nowhere but the clipboard.
  void openText(const QString& title, const QString& text);
  /// Can reload() read it again? A text of a project cannot: it stands in the file as it was cut.
  bool canReload() const {
    return source_.sample || source_.pasted || source_.task || !source_.paths.isEmpty();
  }
  /// Examples of a task that have been read already, with the files they came from: a corpus of their texts.
  void openTask(std::shared_ptr<const TaskData> task, const QStringList& paths);
  /// Built-in examples.
  void openTaskSample(const QString& id);
  /// Reads the open text again: another segmentation or encoding ("" = find out).
  void reload(const SegmentOptions& options, const QString& encoding);
  void cancelLoading();
  /// A corpus from elsewhere (a project), read off the GUI thread like any other; `found` is called when it
  /// is there, before anybody else hears of it.
  using CorpusJob = std::function<Expected<std::shared_ptr<const Corpus>>(const TaskContext&)>;
  void openFrom(CorpusJob job, std::function<void()> found);
  /// From the first call on everything is kept in a project file.
  ProjectKeeper& keepProject();
  /// Null until keepProject().
  ProjectKeeper* project() { return project_.get(); }
  /// Where settings are kept; empty: the usual place.
  const QString& settingsFile() const { return settingsFile_; }

  void reportError(const Error& error) { Q_EMIT errorOccurred(error); }

 Q_SIGNALS:
  void loadingChanged();                                        ///< started or ended
  void loadingProgress(double fraction, const QString& phase);  ///< fraction < 0: unknown
  void corpusAboutToChange();                                   ///< its runs are still there
  void corpusChanged();
  void indexReady();
  /// Vectors of a file have become a run: so many words of the file have a place in the corpus.
  void vectorsAdded(std::size_t found, std::size_t inFile);
  /// A model of a file has become the run that is shown.
  void modelAdded();
  /// These files look like examples of a task: how are they to be read?
  void examplesOffered(const QStringList& paths);
  void errorOccurred(const lexarium::Error& error);
  void themeChanged();

 private:
  /// What a job brings: a corpus, and perhaps vectors for it.
  struct Opened {
    std::shared_ptr<const Corpus> corpus;
    std::shared_ptr<Trainer> vectors;
    std::size_t wordsInFile = 0, wordsFound = 0;
  };
  using OpenJob = std::function<Expected<Opened>(const TaskContext&)>;
  /// Where a text came from, to read it again.
  struct Source {
    QStringList paths;
    const Sample* sample = nullptr;
    QString encoding;                           // chosen; empty: found out
    std::shared_ptr<const std::string> pasted;  // UTF-8
    QString vectors;                            // a file of vectors instead of a text
    std::shared_ptr<const TaskData> task{};     // examples, read already
  };
  struct LoadProgress;

  static Expected<Opened> textOnly(Expected<std::shared_ptr<const Corpus>> corpus);
  static Expected<Opened> withVectors(Expected<FileVectors> vectors);
  void loadPaths(const QStringList& paths, const SegmentOptions& options, const QString& encoding);
  void loadPasted(const QString& title, std::shared_ptr<const std::string> text,
                  const SegmentOptions& options);
  void loadTask(const SegmentOptions& options, const Source& source);
  void load(OpenJob job, std::function<void(Opened)> done);
  void open(OpenJob job, const Source& source);
  void finishLoading();
  void adopt(Opened opened, const Source& source);
  void showVectors(const Opened& opened, const QString& path);
  void buildIndex();
  void updateTheme();
  void pollProgress();

  QString settingsFile_;
  Settings settings_;
  Selection selection_;
  FrameClock clock_;
  RunController runs_;
  Timeline timeline_{runs_};
  ResultFingerprint fingerprint_{runs_};
  Notebook notebook_;
  RunPair pair_;
  SharedReading reading_;
  Theme theme_;
  std::shared_ptr<const Corpus> corpus_;
  std::shared_ptr<const PositionIndex> index_;
  Source source_;
  std::shared_ptr<LoadProgress> progress_;
  QTimer progressTimer_;
  LatestJob loading_;
  LatestJob indexing_;
  std::unique_ptr<ProjectKeeper> project_;  // the last: it looks at all the others
};

}  // namespace lexarium
