// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>

#include "core/project/blobs.h"
#include "core/project/record_values.h"
#include "core/project/records.h"

namespace lexarium {

/// Some points of a run's metrics, packed (metric_pack.h).
struct MetricRecord {
  RecordId id = 0;
  RecordId run = 0;
  std::uint64_t first = 0;  ///< how many points of the run stand before
  std::uint64_t points = 0;
  Bytes packed;
};

struct FlagRecord {
  RecordId id = 0;
  RecordId run = 0;
  std::uint64_t step = 0;
  std::string text;
};

struct StateRecord {
  RecordId id = 0;
  std::string key;
  std::string value;
};

/// The table of a record, and its columns: columns(record, visit) calls visit(name, member) for each, in
/// their order. One place for reading, writing and sealing; schema.cpp holds the SQL.
template <class Record>
struct RecordTable;

template <>
struct RecordTable<CorpusRecord> {
  static constexpr const char* kName = "corpora";
  static void columns(auto& r, auto&& visit) {
    visit("title", r.title), visit("hash", r.hash), visit("recipe", r.recipe), visit("icu", r.icuVersion);
    visit("origin", r.origin), visit("documents", r.documents), visit("tokens", r.tokens);
    visit("words", r.words), visit("text_bytes", r.textBytes), visit("created", r.created);
    visit("blob", r.blob);
  }
};

template <>
struct RecordTable<RunRecord> {
  static constexpr const char* kName = "runs";
  static void columns(auto& r, auto&& visit) {
    visit("corpus", r.corpus), visit("name", r.name), visit("colour", r.colour), visit("visible", r.visible);
    visit("notes", r.notes), visit("model", r.config.modelId), visit("params", r.config.params);
    visit("mode", r.config.execution.mode), visit("threads", r.config.execution.threads);
    visit("seed", r.config.execution.seed), visit("versions", r.versions);
    visit("corpus_hash", r.corpusHash), visit("parent", Reference{r.parent});
    visit("parent_step", r.parentStep), visit("created", r.created), visit("state", r.state);
    visit("message", r.message), visit("step", r.step), visit("total_steps", r.totalSteps);
    visit("epoch", r.epoch), visit("seconds", r.seconds), visit("loss", r.loss);
    visit("fingerprint", r.fingerprint);
  }
};

template <>
struct RecordTable<CheckpointRecord> {
  static constexpr const char* kName = "checkpoints";
  static void columns(auto& r, auto&& visit) {
    visit("run", r.run), visit("step", r.step), visit("epoch", r.epoch), visit("seconds", r.seconds);
    visit("about", r.about), visit("created", r.created), visit("blob", r.blob);
  }
};

template <>
struct RecordTable<FrameRecord> {
  static constexpr const char* kName = "frames";
  static void columns(auto& r, auto&& visit) {
    visit("run", r.run), visit("step", r.step), visit("words", r.words);
    visit("dimensions", r.dimensions), visit("blob", r.blob);
  }
};

template <>
struct RecordTable<LayoutRecord> {
  static constexpr const char* kName = "layouts";
  static void columns(auto& r, auto&& visit) {
    visit("run", r.run), visit("step", r.step), visit("method", r.method), visit("params", r.params);
    visit("words", r.words), visit("created", r.created), visit("blob", r.blob);
  }
};

template <>
struct RecordTable<SelectionRecord> {
  static constexpr const char* kName = "selections";
  static void columns(auto& r, auto&& visit) {
    visit("corpus", r.corpus), visit("name", r.name), visit("words", r.words), visit("created", r.created);
  }
};

template <>
struct RecordTable<BookmarkRecord> {
  static constexpr const char* kName = "bookmarks";
  static void columns(auto& r, auto&& visit) {
    visit("run", Reference{r.run}), visit("step", r.step), visit("name", r.name), visit("view", r.view);
    visit("created", r.created);
  }
};

template <>
struct RecordTable<NoteRecord> {
  static constexpr const char* kName = "notes";
  static void columns(auto& r, auto&& visit) {
    visit("title", r.title), visit("text", r.text), visit("created", r.created);
    visit("changed", r.changed);
  }
};

template <>
struct RecordTable<BlobRecord> {
  static constexpr const char* kName = "blobs";
  static void columns(auto& r, auto&& visit) {
    visit("bytes", r.bytes), visit("packed", r.packed), visit("sha256", r.hash);
  }
};

template <>
struct RecordTable<MetricRecord> {
  static constexpr const char* kName = "metrics";
  static void columns(auto& r, auto&& visit) {
    visit("run", r.run), visit("first", r.first), visit("points", r.points), visit("bytes", r.packed);
  }
};

template <>
struct RecordTable<FlagRecord> {
  static constexpr const char* kName = "flags";
  static void columns(auto& r, auto&& visit) {
    visit("run", r.run), visit("step", r.step), visit("text", r.text);
  }
};

template <>
struct RecordTable<StateRecord> {
  static constexpr const char* kName = "state";
  static void columns(auto& r, auto&& visit) { visit("key", r.key), visit("value", r.value); }
};

template <class Record>
const TableSpec& tableOf() {
  static const TableSpec table = [] {
    TableSpec made{RecordTable<Record>::kName, {}};
    const Record empty;
    RecordTable<Record>::columns(empty, [&](const char* name, const auto&) { made.columns.push_back(name); });
    return made;
  }();
  return table;
}

template <class Record>
Row toRow(const Record& record) {
  Row row{record.id, {}};
  RecordTable<Record>::columns(
      record, [&](const char*, const auto& member) { row.values.push_back(toValue(member)); });
  return row;
}

/// nullopt: some value cannot be one of its member's type.
template <class Record>
std::optional<Record> fromRow(const Row& row) {
  Record record;
  record.id = row.id;
  std::size_t column = 0;
  bool good = true;
  RecordTable<Record>::columns(
      record, [&](const char*, auto&& member) { good = good && fromValue(row.values[column++], member); });
  if (!good) return std::nullopt;
  return record;
}

}  // namespace lexarium
