// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <atomic>
#include <map>
#include <memory>

#include "core/project/kept_run.h"
#include "core/project/project_store.h"
#include "ui/session/run_controller.h"

namespace lexarium {

/// The id of a corpus in a project: known as soon as the store's thread has added it, 0 until then.
using CorpusId = std::shared_ptr<std::atomic<RecordId>>;

/// Writes one run into the project while it goes on: metrics, moments, checkpoints, and where it stands. Used
/// on the GUI thread; all writing happens on the store's.
class RunKeeper {
 public:
  /// A run that is new in this project.
  RunKeeper(ProjectStore& store, CorpusId corpus, const Run& run, RecordId parent);
  /// One that was read from it.
  RunKeeper(const KeptRun& kept, const Run& run);

  static constexpr int kCheckpointSeconds = 60;   ///< at most so much work is lost
  static constexpr std::size_t kCheckpoints = 4;  ///< kept of a run: the newest, and others evenly over it

  RecordId id() const { return record_.id; }
  /// From which it can go on, by rising step.
  const std::vector<CheckpointRecord>& checkpoints() const { return checkpoints_; }
  /// Everything that is new since the last time. Returns whether checkpoints have changed.
  bool write(ProjectStore& store, const Run& run);

 private:
  void writeMetrics(ProjectStore& store, const Run& run);
  void writeMoments(ProjectStore& store, const History& history);
  bool writeCheckpoint(ProjectStore& store, Trainer& trainer);
  void writeModelOfFile(ProjectStore& store, const Run& run);
  void writeVectors(ProjectStore& store, const Run& run, const RunStatus& status);
  void writeRecord(ProjectStore& store, const Run& run, const RunStatus& status);

  RunRecord record_;
  std::size_t pointCursor_ = 0, flagCursor_ = 0;
  std::uint64_t historyVersion_ = 0;
  std::map<std::uint64_t, RecordId> frames_;  // by step
  std::vector<CheckpointRecord> checkpoints_;
  std::uint64_t vectorsStep_ = 0;
  RecordId vectors_ = 0;
  QElapsedTimer sinceCheckpoint_;
};

}  // namespace lexarium
