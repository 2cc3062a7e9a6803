// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies of Project's templates, for the files that implement it.
#pragma once

#include <chrono>

#include "core/project/blobs.h"
#include "core/project/project.h"
#include "core/project/record_tables.h"

namespace lexarium {

inline std::int64_t millisecondsNow() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

inline Error damagedPart(const Database& database, const std::string& what) {
  return {"The project's " + what + " are damaged: they are not what was stored", database.name(),
          "Open the project again to see what can be read"};
}

template <class Record>
Expected<RecordId> Project::add(Record record) {
  if (record.id == 0) record.id = newId();
  if constexpr (requires { record.created; }) {
    if (record.created == 0) record.created = millisecondsNow();
  }
  const auto done = change([&] { return insertRow(database_, tableOf<Record>(), toRow(record)); });
  if (!done) return tl::unexpected<Error>(done.error());
  return record.id;
}

template <class Record>
Expected<std::vector<Record>> Project::all(const RowFilter& filter) const {
  std::vector<Record> records;
  std::uint64_t bad = 0;
  const auto spoiled = readRows(database_, tableOf<Record>(), filter, [&](Row&& row) -> Expected<void> {
    auto record = fromRow<Record>(row);
    record ? records.push_back(std::move(*record)) : void(++bad);
    return {};
  });
  // A damaged project shows what it can; warnings() has said so.
  if (damaged_) return records;
  if (!spoiled) return tl::unexpected<Error>(spoiled.error());
  if (*spoiled + bad > 0) return tl::unexpected<Error>(damagedPart(database_, tableOf<Record>().name));
  return records;
}

template <class Record>
Expected<Record> Project::find(RecordId id) const {
  auto found = all<Record>({"id=?1", {id}});
  if (!found) return tl::unexpected<Error>(found.error());
  if (found->empty()) return makeError("This has been deleted already", database_.name());
  return std::move(found->front());
}

template <class Record>
Expected<void> Project::update(const Record& record) {
  return change([&] { return updateRow(database_, tableOf<Record>(), toRow(record)); });
}

template <class Record>
Expected<void> Project::remove(RecordId id) {
  const auto record = find<Record>(id);
  if (!record) return tl::unexpected<Error>(record.error());
  return change([&]() -> Expected<void> {
    if (auto deleted = deleteRow(database_, tableOf<Record>(), id); !deleted) return deleted;
    if constexpr (requires { record->blob; }) return deleteBlob(database_, record->blob);
    return {};
  });
}

}  // namespace lexarium
