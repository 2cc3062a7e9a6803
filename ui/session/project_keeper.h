// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "core/project/opened_project.h"
#include "ui/session/latest_job.h"
#include "ui/session/run_keeper.h"
#include "ui/session/session.h"

namespace lexarium {

/// Keeps what is open in a project file, durable at each change; nothing has to be saved. A project without a
/// name lives in the user's folder for such things until saveAs() gives it one.
class ProjectKeeper : public QObject {
  Q_OBJECT

 public:
  explicit ProjectKeeper(Session& session, QObject* parent = nullptr);
  ~ProjectKeeper() override;

  /// Is the model that this run has of a file small enough to be kept?
  static bool canKeepModel(const Run& run);
  /// Empty: none is open, or it is still being made.
  const QString& path() const { return path_; }
  bool isNamed() const { return named_; }
  bool isReadOnly() const { return readOnly_; }
  /// Something is being read or copied.
  bool isBusy() const { return job_.isRunning(); }

  void open(const QString& path);
  void saveAs(const QString& path);
  void duplicate(const QString& path);
  void compact();
  /// The texts of the project; asks the file, and calls back with their records.
  void listTexts(std::function<void(std::vector<CorpusRecord>)> done);
  void openText(RecordId corpus);

  /// Checkpoints from which a run can go on or fork, by rising step; none while it is active.
  std::vector<CheckpointRecord> checkpointsOf(int runId) const;
  /// A run that was stopped or cut short goes on where its newest checkpoint stands.
  bool canResume(int runId) const;
  void resume(int runId, bool paused = false);
  /// The next Train goes on from there, with other parameters if the person wants.
  void fork(int runId, RecordId checkpoint);

  /// The map of a run as it was left; null: none is known.
  const KeptLayout* layoutOf(int runId) const;
  void keepLayout(int runId, KeptLayout layout);
  /// Where the JSON of what the window shows comes from; it is kept when the project is left or copied, and
  /// now and then. windowOpened() hands it back.
  void setWindow(std::function<std::string()> json) { window_ = std::move(json); }

  /// Writes what is new now, and waits until all is on the disk; for the end of the program.
  void close();
  /// What is new goes to the store now, not at the next tick.
  void writeNow();

 Q_SIGNALS:
  void projectChanged();
  void opened();                              ///< a project, with its runs
  void keeping();                             ///< whoever has something to keep tells it now
  void windowOpened(const QByteArray& json);  ///< after opened(); of a stranger's file, perhaps
  void checkpointsChanged();
  /// Something is done that the person asked for, or a warning about the file.
  void told(const QString& sentence);

 private:
  using StorePtr = std::shared_ptr<ProjectStore>;
  using Later = std::function<void(ProjectStore&)>;

  QString folder() const;
  void beforeCorpusChanges();
  void onCorpusChanged();
  void adoptOpened();
  void beginUnnamed();
  void addCorpus();
  void addRun(int runId);
  void addModel();
  void onRunsChanged();
  void withStore(Later work);
  void useStore(StorePtr store, const QString& path, bool named, bool readOnly);
  void leaveStore();
  void fillHistories();
  StorePtr makeStore(Project project);
  void openFrom(std::function<Expected<Project>()> source, RecordId corpus, bool named);
  void goOnFrom(RecordId checkpoint, std::function<void(std::shared_ptr<const Checkpoint>)> use);
  void tell(const QString& sentence) { Q_EMIT told(sentence); }
  const RunKeeper* keeperOf(int runId) const;
  // Bookmarks, selections and notes (project_notebook.cpp).
  struct KeptEntry {
    RecordId id = 0;
    std::int64_t created = 0;
  };
  void connectNotebook();
  void addEntry(int id);
  void changeEntry(int id);
  void dropEntry(int id);
  std::function<Expected<void>(Project&)> entryJob(const Notebook::Entry& entry, const KeptEntry& kept,
                                                   bool isNew);
  void loadNotebook(const OpenedProject& opened, const std::map<RecordId, int>& runs);
  void leaveNotebook(bool sameProject);
  void writeWindow();

  Session& session_;
  StorePtr store_;
  std::vector<Later> waiting_;  // for the store that is being made
  QString path_;
  bool named_ = false;
  bool readOnly_ = false;
  CorpusId corpusId_;
  std::map<int, RunKeeper> keepers_;       // by Run::id
  std::shared_ptr<OpenedProject> opened_;  // read, and about to be shown
  bool openedNamed_ = false;
  std::map<int, KeptEntry> entries_;   // by Notebook::Entry::id
  std::map<int, KeptLayout> layouts_;  // by Run::id
  std::function<std::string()> window_;
  std::string writtenWindow_;
  LatestJob making_, job_;
  QTimer timer_, windowTimer_;
};

}  // namespace lexarium
