// SPDX-License-Identifier: GPL-3.0-or-later
// Runs, and what belongs to them: metrics, checkpoints, frames, layouts.
#include <algorithm>

#include "core/formats/safetensors.h"
#include "core/project/metric_pack.h"
#include "core/project/project_records.h"

namespace lexarium {
namespace {

RowFilter ofRun(RecordId run) { return {"run=?1", {run}}; }

template <class Record>
Expected<std::vector<Record>> byStep(Expected<std::vector<Record>> records) {
  if (!records) return records;
  std::stable_sort(records->begin(), records->end(),
                   [](const Record& a, const Record& b) { return a.step < b.step; });
  return records;
}

Expected<void> deleteOfRun(Database& database, const TableSpec& table, RecordId run) {
  auto statement = database.prepare(std::string("DELETE FROM ") + table.name + " WHERE run=?1");
  if (!statement) return tl::unexpected<Error>(statement.error());
  return statement->bindInt(1, run).run();
}

Expected<void> writeTensors(Database& database, RecordId blob, const TensorSet& set) {
  // Trained numbers hardly compress: not packed.
  BlobWriter writer(database, blob, Packing::None);
  if (auto written = writeSafetensors(set, writer.output()); !written) return written;
  return writer.finish();
}

Expected<void> withoutId(const Expected<RecordId>& added) {
  return added ? Expected<void>() : tl::unexpected<Error>(added.error());
}

}  // namespace

Expected<RecordId> Project::addRun(RunRecord run) { return add(std::move(run)); }
Expected<std::vector<RunRecord>> Project::runs() const { return all<RunRecord>(); }
Expected<bool> Project::hasRun(RecordId id) const {
  const auto found = all<RunRecord>({"id=?1", {id}});
  if (!found) return tl::unexpected<Error>(found.error());
  return !found->empty();
}
Expected<void> Project::changeRun(const RunRecord& run) { return update(run); }

Expected<void> Project::removeRun(RecordId id) {
  return change([&]() -> Expected<void> {
    const auto removeAll = [&](const auto& records, auto removeOne) -> Expected<void> {
      if (!records) return tl::unexpected<Error>(records.error());
      for (const auto& record : *records) {
        if (auto removed = removeOne(record.id); !removed) return removed;
      }
      return {};
    };
    for (const TableSpec* table : {&tableOf<MetricRecord>(), &tableOf<FlagRecord>()}) {
      if (auto deleted = deleteOfRun(database_, *table, id); !deleted) return deleted;
    }
    auto removed = removeAll(checkpoints(id), [&](RecordId one) { return removeCheckpoint(one); });
    if (removed) removed = removeAll(frames(id), [&](RecordId one) { return removeFrame(one); });
    if (removed) removed = removeAll(layouts(id), [&](RecordId one) { return removeLayout(one); });
    if (removed) {
      removed = removeAll(all<BookmarkRecord>(ofRun(id)), [&](RecordId one) { return removeBookmark(one); });
    }
    if (!removed) return removed;
    auto forks = all<RunRecord>({"parent=?1", {id}});
    if (!forks) return tl::unexpected<Error>(forks.error());
    for (RunRecord& fork : *forks) {
      fork.parent = 0;
      if (auto changed = changeRun(fork); !changed) return changed;
    }
    return remove<RunRecord>(id);
  });
}

Expected<void> Project::appendMetrics(RecordId run, std::span<const MetricPoint> points) {
  if (points.empty()) return {};
  return change([&]() -> Expected<void> {
    auto last = database_.prepare("SELECT first+points FROM metrics WHERE run=?1 ORDER BY id DESC LIMIT 1");
    if (!last) return tl::unexpected<Error>(last.error());
    const auto found = last->bindInt(1, run).step();
    if (!found) return tl::unexpected<Error>(found.error());
    MetricRecord record;
    record.run = run;
    record.first = *found ? static_cast<std::uint64_t>(last->integer(0)) : 0;
    for (auto rest = points; !rest.empty(); rest = rest.subspan(record.points)) {
      record.points = std::min(rest.size(), kMostPointsAtOnce);
      record.packed = packMetrics(rest.first(record.points));
      if (auto added = add(record); !added) return tl::unexpected<Error>(added.error());
      record.first += record.points;
    }
    return {};
  });
}

Expected<std::vector<MetricPoint>> Project::metrics(RecordId run) const {
  const auto records = all<MetricRecord>(ofRun(run));
  if (!records) return tl::unexpected<Error>(records.error());
  std::vector<MetricPoint> result;
  for (const MetricRecord& record : *records) {
    const auto points = unpackMetrics(record.packed, record.points);
    if (!damaged_ && (!points || record.first != result.size())) {
      return tl::unexpected<Error>(damagedPart(database_, "losses"));
    }
    if (points) result.insert(result.end(), points->begin(), points->end());
  }
  return result;
}

Expected<void> Project::appendFlag(RecordId run, const MetricFlag& flag) {
  return withoutId(add(FlagRecord{0, run, flag.step, flag.text}));
}

Expected<std::vector<MetricFlag>> Project::flags(RecordId run) const {
  auto records = all<FlagRecord>(ofRun(run));
  if (!records) return tl::unexpected<Error>(records.error());
  std::vector<MetricFlag> result;
  for (FlagRecord& record : *records) result.push_back({record.step, std::move(record.text)});
  return result;
}

Expected<TensorSet> Project::readTensors(RecordId blob, const std::string& what) const {
  const auto input = openBlob(database_, blob, what);
  if (!input) return tl::unexpected<Error>(input.error());
  return readSafetensors(*input);
}

Expected<RecordId> Project::addCheckpoint(CheckpointRecord checkpoint, const TensorSet& state) {
  checkpoint.id = checkpoint.id == 0 ? newId() : checkpoint.id;
  checkpoint.blob = newId();
  const auto done = change([&]() -> Expected<void> {
    if (auto written = writeTensors(database_, checkpoint.blob, state); !written) return written;
    return withoutId(add(checkpoint));
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return checkpoint.id;
}

Expected<std::vector<CheckpointRecord>> Project::checkpoints(RecordId run) const {
  return byStep(all<CheckpointRecord>(ofRun(run)));
}

Expected<TensorSet> Project::readCheckpoint(RecordId id) const {
  const auto record = find<CheckpointRecord>(id);
  if (!record) return tl::unexpected<Error>(record.error());
  return readTensors(record->blob, "checkpoint at step " + std::to_string(record->step));
}

Expected<void> Project::removeCheckpoint(RecordId id) { return remove<CheckpointRecord>(id); }

Expected<RecordId> Project::addFrame(FrameRecord frame, std::span<const std::byte> content) {
  frame.id = frame.id == 0 ? newId() : frame.id;
  frame.blob = newId();
  const auto done = change([&]() -> Expected<void> {
    const auto same = all<FrameRecord>({"run=?1 AND step=?2", {frame.run, toValue(frame.step)}});
    if (!same) return tl::unexpected<Error>(same.error());
    for (const FrameRecord& old : *same) {
      if (auto removed = remove<FrameRecord>(old.id); !removed) return removed;
    }
    if (auto written = writeBlob(database_, frame.blob, Packing::None, content); !written) return written;
    return withoutId(add(frame));
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return frame.id;
}

Expected<std::vector<FrameRecord>> Project::frames(RecordId run) const {
  return byStep(all<FrameRecord>(ofRun(run)));
}

Expected<Bytes> Project::readFrame(RecordId id) const {
  const auto record = find<FrameRecord>(id);
  if (!record) return tl::unexpected<Error>(record.error());
  return readBlob(database_, record->blob, "moment at step " + std::to_string(record->step));
}

Expected<void> Project::removeFrame(RecordId id) { return remove<FrameRecord>(id); }

Expected<RecordId> Project::addLayout(LayoutRecord layout, const TensorSet& places) {
  layout.id = layout.id == 0 ? newId() : layout.id;
  layout.blob = newId();
  const auto done = change([&]() -> Expected<void> {
    if (auto written = writeTensors(database_, layout.blob, places); !written) return written;
    return withoutId(add(layout));
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return layout.id;
}

Expected<std::vector<LayoutRecord>> Project::layouts(RecordId run) const {
  return byStep(all<LayoutRecord>(ofRun(run)));
}

Expected<TensorSet> Project::readLayout(RecordId id) const {
  const auto record = find<LayoutRecord>(id);
  if (!record) return tl::unexpected<Error>(record.error());
  return readTensors(record->blob, "map at step " + std::to_string(record->step));
}

Expected<void> Project::removeLayout(RecordId id) { return remove<LayoutRecord>(id); }

}  // namespace lexarium
