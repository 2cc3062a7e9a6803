// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/byte_stream.h"
#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/formats/tensor.h"
#include "core/project/database.h"
#include "core/project/open_files.h"
#include "core/project/records.h"
#include "core/text/corpus.h"
#include "core/train/metric_log.h"

namespace lexarium {

/// The document: one file (*.lexarium, SQLite) with corpora, runs, metrics, checkpoints, frames, layouts,
/// selections, bookmarks, notes and the window's state. Durable at each change: a call that returns without
/// an Error has it on the disk, all of it; otherwise the file is as it was before. Used by one thread at a
/// time; the window goes through ProjectStore.
///
/// While it is open nobody else can write the file (and, if it is open to write, nobody else can open it);
/// the lock ends with the program, however that ends. No other code may open the file meanwhile: on POSIX
/// systems closing it would end the lock.
class Project {
 public:
  enum class Mode { ReadWrite, ReadOnly };

  /// An empty project in a new file. Errors: there is a file already, the folder cannot be written.
  static Expected<Project> create(const std::filesystem::path& path);
  /// Opens a project that may come from a stranger or be damaged. What can only be read is opened to read,
  /// and warnings() say why. Errors: no such file, not a project, in use, damaged beyond reading.
  static Expected<Project> open(const std::filesystem::path& path, Mode mode = Mode::ReadWrite);
  Project(Project&&) noexcept;
  Project& operator=(Project&&) noexcept;
  ~Project();

  const std::filesystem::path& path() const { return path_; }
  bool isReadOnly() const { return readOnly_; }
  /// Something in the file is not what was stored. Such a project is never written.
  bool isDamaged() const { return damaged_; }
  /// Sentences for the person: why it can only be read, what is missing.
  const std::vector<std::string>& warnings() const { return warnings_; }

  /// A copy in another file, which is replaced only by a complete one. From a damaged project: of all that
  /// can be read. Errors leave both files as they were: disk full, folder gone, target in use, cancelled.
  Expected<void> duplicate(const std::filesystem::path& target, const TaskContext& context = {}) const;
  /// duplicate(), and go on there; the old file stays.
  Expected<void> saveAs(const std::filesystem::path& target, const TaskContext& context = {});
  /// Gives the space of what was deleted back. Takes as much again on the disk meanwhile.
  Expected<void> compact(const TaskContext& context = {});
  /// Reads everything and compares all sums: sentences on what is wrong, none if all is well. Errors:
  /// cancelled.
  Expected<std::vector<std::string>> verify(const TaskContext& context = {}) const;
  /// Bytes of the file, and of those that compact() would give back.
  Expected<std::uint64_t> bytes() const;
  Expected<std::uint64_t> freeBytes() const;
  /// Of the file: how many migrations have made it.
  Expected<std::int64_t> format() const;

  /// An id for a record that is still to be added; each call another one.
  RecordId newId() { return ids_->fetch_add(1, std::memory_order_relaxed); }
  /// The counter behind newId(), for those who need ids on other threads; saveAs() keeps it.
  std::shared_ptr<std::atomic<RecordId>> ids() const { return ids_; }
  /// All changes that `changes` makes, or none.
  Expected<void> together(const std::function<Expected<void>()>& changes);

  // Corpora. The same text cut in the same way is kept once: then the id is that of the first.
  Expected<RecordId> addCorpus(const Corpus& corpus, const std::string& origin = {});
  Expected<std::vector<CorpusRecord>> corpora() const;
  Expected<std::shared_ptr<const Corpus>> readCorpus(RecordId id, const TaskContext& context = {}) const;
  /// The same in two parts: its bytes are read now, and what is returned makes the corpus of them, on any
  /// thread, while other parts of the project are read.
  using CorpusMaker = std::function<Expected<std::shared_ptr<const Corpus>>()>;
  Expected<CorpusMaker> readCorpusBytes(RecordId id, const TaskContext& context = {}) const;
  /// Errors: runs still use it. Its selections go too.
  Expected<void> removeCorpus(RecordId id);

  // Runs.
  Expected<RecordId> addRun(RunRecord run);
  Expected<std::vector<RunRecord>> runs() const;
  Expected<bool> hasRun(RecordId id) const;
  Expected<void> changeRun(const RunRecord& run);
  /// With all that belongs to it; runs forked from it stay.
  Expected<void> removeRun(RecordId id);

  // Metrics: appended in order, read all at once.
  Expected<void> appendMetrics(RecordId run, std::span<const MetricPoint> points);
  Expected<std::vector<MetricPoint>> metrics(RecordId run) const;
  Expected<void> appendFlag(RecordId run, const MetricFlag& flag);
  Expected<std::vector<MetricFlag>> flags(RecordId run) const;

  // Checkpoints, by rising step.
  Expected<RecordId> addCheckpoint(CheckpointRecord checkpoint, const TensorSet& state);
  Expected<std::vector<CheckpointRecord>> checkpoints(RecordId run) const;
  Expected<TensorSet> readCheckpoint(RecordId id) const;
  Expected<void> removeCheckpoint(RecordId id);

  // Frames, by rising step. A step has one frame: a second one replaces it.
  Expected<RecordId> addFrame(FrameRecord frame, std::span<const std::byte> content);
  Expected<std::vector<FrameRecord>> frames(RecordId run) const;
  Expected<Bytes> readFrame(RecordId id) const;
  Expected<void> removeFrame(RecordId id);

  // Layouts.
  Expected<RecordId> addLayout(LayoutRecord layout, const TensorSet& places);
  Expected<std::vector<LayoutRecord>> layouts(RecordId run) const;
  Expected<TensorSet> readLayout(RecordId id) const;
  Expected<void> removeLayout(RecordId id);

  // What a person keeps.
  Expected<RecordId> addSelection(SelectionRecord selection);
  Expected<std::vector<SelectionRecord>> selections() const;
  Expected<void> changeSelection(const SelectionRecord& selection);
  Expected<void> removeSelection(RecordId id);
  Expected<RecordId> addBookmark(BookmarkRecord bookmark);
  Expected<std::vector<BookmarkRecord>> bookmarks() const;
  Expected<void> changeBookmark(const BookmarkRecord& bookmark);
  Expected<void> removeBookmark(RecordId id);
  Expected<RecordId> addNote(NoteRecord note);
  Expected<std::vector<NoteRecord>> notes() const;
  Expected<void> changeNote(const NoteRecord& note);
  Expected<void> removeNote(RecordId id);

  /// The window's state: JSON by key. nullopt: none is kept.
  Expected<void> setState(const std::string& key, const std::string& json);
  Expected<std::optional<std::string>> state(const std::string& key) const;

 private:
  friend class ProjectOpener;
  Project(Database database, OpenFileClaim claim, std::filesystem::path path);

  Expected<void> change(const std::function<Expected<void>()>& changes);
  Expected<void> mayWrite();
  Expected<TensorSet> readTensors(RecordId blob, const std::string& what) const;
  template <class Record>
  Expected<RecordId> add(Record record);
  template <class Record>
  Expected<std::vector<Record>> all(const RowFilter& filter = {}) const;
  template <class Record>
  Expected<Record> find(RecordId id) const;
  template <class Record>
  Expected<void> update(const Record& record);
  template <class Record>
  Expected<void> remove(RecordId id);

  OpenFileClaim claim_;  // outlives the database
  Database database_;
  std::filesystem::path path_;
  std::shared_ptr<std::atomic<RecordId>> ids_ = std::make_shared<std::atomic<RecordId>>(1);
  bool readOnly_ = false;
  bool damaged_ = false;
  bool wholeFileChecked_ = false;  // the large tables too; done before the first change
  int depth_ = 0;                  // of together()
  bool failed_ = false;            // something inside together() has
  std::vector<std::string> warnings_;
};

/// JSON: what this program and its libraries are, for RunRecord::versions.
std::string programVersions();
/// The ICU that cuts text now.
std::string icuVersion();

}  // namespace lexarium
