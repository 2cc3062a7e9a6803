// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_keeper.h"

#include <algorithm>
#include <set>

#include "core/train/fingerprint.h"

namespace lexarium {
namespace {

Expected<void> withoutId(const Expected<RecordId>& added) {
  return added ? Expected<void>() : tl::unexpected<Error>(added.error());
}

/// What the person may change about a run, and where it stands.
void describe(RunRecord& record, const Run& run, const RunStatus& status) {
  record.name = run.name.toStdString();
  record.colour = run.ownColor ? run.color.name().toStdString() : std::string();
  record.visible = run.visible;
  record.notes = run.notes.toStdString();
  record.state = status.state;
  record.message = status.message;
  record.step = status.step;
  record.totalSteps = status.totalSteps;
  record.epoch = status.epoch;
  record.seconds = status.seconds;
  record.loss = status.loss;
}

bool sameDescription(const RunRecord& a, const RunRecord& b) {
  return a.name == b.name && a.colour == b.colour && a.visible == b.visible && a.notes == b.notes &&
         a.state == b.state && a.fingerprint == b.fingerprint && (!isOver(a.state) || a.step == b.step);
}

}  // namespace

RunKeeper::RunKeeper(ProjectStore& store, CorpusId corpus, const Run& run, RecordId parent) {
  record_.id = store.newId();
  record_.config = run.trainer->config();
  record_.versions = programVersions();
  record_.parent = parent;
  record_.parentStep = run.parentStep;
  describe(record_, run, run.trainer->status());
  store.change([record = record_, corpus](Project& project) mutable {
    record.corpus = corpus->load();
    return withoutId(project.addRun(std::move(record)));
  });
  writeModelOfFile(store, run);
  sinceCheckpoint_.start();
}

RunKeeper::RunKeeper(const KeptRun& kept, const Run& run)
    : record_(kept.record), checkpoints_(kept.checkpoints) {
  std::vector<MetricPoint> points;
  std::vector<MetricFlag> flags;
  pointCursor_ = run.trainer->metrics().read(0, points);
  flagCursor_ = run.trainer->metrics().readFlags(0, flags);
  vectorsStep_ = record_.step;
  sinceCheckpoint_.start();
}

bool RunKeeper::write(ProjectStore& store, const Run& run) {
  const RunStatus status = run.trainer->status();
  writeMetrics(store, run);
  if (const auto& history = run.trainer->history()) writeMoments(store, *history);
  const bool added = writeCheckpoint(store, *run.trainer);
  writeVectors(store, run, status);
  writeRecord(store, run, status);
  if (status.state == RunStatus::State::Running && sinceCheckpoint_.elapsed() > kCheckpointSeconds * 1000) {
    run.trainer->requestCheckpoint();
    sinceCheckpoint_.start();
  }
  return added;
}

void RunKeeper::writeMetrics(ProjectStore& store, const Run& run) {
  std::vector<MetricPoint> points;
  std::vector<MetricFlag> flags;
  pointCursor_ = run.trainer->metrics().read(pointCursor_, points);
  flagCursor_ = run.trainer->metrics().readFlags(flagCursor_, flags);
  if (!points.empty() || !flags.empty()) store.appendMetrics(record_.id, std::move(points), std::move(flags));
}

/// The file has the moments that memory has: those that were thinned out go from both.
void RunKeeper::writeMoments(ProjectStore& store, const History& history) {
  if (history.version() == historyVersion_) return;
  historyVersion_ = history.version();
  std::vector<std::pair<FrameRecord, std::shared_ptr<const HistoryFrame>>> added;
  std::vector<RecordId> removed;
  std::set<std::uint64_t> present;
  for (const auto& frame : history.frames()) {
    present.insert(frame->step);
    if (frames_.contains(frame->step)) continue;
    FrameRecord record{store.newId(), record_.id, frame->step, frame->words(), frame->dimensions(), 0};
    frames_[frame->step] = record.id;
    added.emplace_back(record, frame);
  }
  std::erase_if(frames_, [&](const auto& entry) {
    if (present.contains(entry.first)) return false;
    removed.push_back(entry.second);
    return true;
  });
  if (added.empty() && removed.empty()) return;
  store.change([added = std::move(added), removed = std::move(removed)](Project& project) {
    return project.together([&]() -> Expected<void> {
      for (const RecordId id : removed)
        if (auto done = project.removeFrame(id); !done) return done;
      for (const auto& [record, frame] : added)
        if (auto done = withoutId(project.addFrame(record, toBytes(*frame))); !done) return done;
      return {};
    });
  });
}

bool RunKeeper::writeCheckpoint(ProjectStore& store, Trainer& trainer) {
  const auto checkpoint = trainer.takeCheckpoint();
  if (!checkpoint) return false;
  CheckpointRecord record;
  record.id = store.newId();
  record.run = record_.id;
  record.step = checkpoint->step;
  record.epoch = checkpoint->epoch;
  record.seconds = checkpoint->seconds;
  std::erase_if(checkpoints_, [&](const auto& kept) { return kept.step >= record.step; });
  checkpoints_.push_back(record);
  RecordId dropped = 0;
  if (checkpoints_.size() > kCheckpoints) {
    // The one whose neighbours are nearest to each other; the newest stays.
    std::size_t least = 0;
    std::uint64_t leastGap = ~std::uint64_t{0};
    for (std::size_t i = 0; i + 1 < checkpoints_.size(); ++i) {
      const std::uint64_t gap = checkpoints_[i + 1].step - (i > 0 ? checkpoints_[i - 1].step : 0);
      if (gap >= leastGap) continue;
      leastGap = gap;
      least = i;
    }
    dropped = checkpoints_[least].id;
    checkpoints_.erase(checkpoints_.begin() + static_cast<std::ptrdiff_t>(least));
  }
  store.change([record, checkpoint, dropped](Project& project) {
    return project.together([&]() -> Expected<void> {
      if (dropped != 0)
        if (auto done = project.removeCheckpoint(dropped); !done) return done;
      return withoutId(project.addCheckpoint(record, toTensors(*checkpoint)));
    });
  });
  sinceCheckpoint_.start();
  return true;
}

/// Nothing else is there to be kept of it.
void RunKeeper::writeModelOfFile(ProjectStore& store, const Run& run) {
  const auto snapshot = run.isFromFile() ? run.trainer->snapshot() : nullptr;
  if (!snapshot || !snapshot->trained) return;
  CheckpointRecord record;
  record.id = store.newId();
  record.run = record_.id;
  record.about = kModelOnly;
  store.change([record, model = snapshot->trained](Project& project) {
    return withoutId(project.addCheckpoint(record, model->save()));
  });
}

/// Of a run that pauses or is over, the vectors by themselves: so that they can be seen without the model.
void RunKeeper::writeVectors(ProjectStore& store, const Run& run, const RunStatus& status) {
  const bool still = isOver(status.state) || status.state == RunStatus::State::Paused;
  const auto snapshot = run.trainer->snapshot();
  const bool known = vectorsStep_ == status.step && (vectors_ != 0 || status.step > 0);
  if (!still || !snapshot || !snapshot->all || snapshot->all->step != status.step || known) return;
  CheckpointRecord record;
  record.id = store.newId();
  record.run = record_.id;
  record.step = status.step;
  record.about = kVectorsOnly;
  const RecordId before = std::exchange(vectors_, record.id);
  vectorsStep_ = status.step;
  store.change([record, before, table = snapshot->all](Project& project) {
    return project.together([&]() -> Expected<void> {
      if (before != 0)
        if (auto done = project.removeCheckpoint(before); !done) return done;
      return withoutId(project.addCheckpoint(record, vectorsToTensors(*table)));
    });
  });
}

void RunKeeper::writeRecord(ProjectStore& store, const Run& run, const RunStatus& status) {
  RunRecord now = record_;
  describe(now, run, status);
  if (sameDescription(now, record_)) return;
  record_ = now;
  const auto snapshot = run.trainer->snapshot();
  const auto result = isOver(status.state) ? snapshot : nullptr;
  store.change([now, result](Project& project) mutable {
    // The corpus was not known yet when the run began.
    const auto stored = project.runs();
    if (!stored) return Expected<void>(tl::unexpected<Error>(stored.error()));
    for (const RunRecord& record : *stored) {
      if (record.id != now.id) continue;
      now.corpus = record.corpus;
      now.corpusHash = record.corpusHash;
      if (result) now.fingerprint = fingerprint(*result, now.config.modelId);
      return project.changeRun(now);
    }
    return Expected<void>();  // removed meanwhile
  });
}

}  // namespace lexarium
