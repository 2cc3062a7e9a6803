// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_rescue.h"

#include <map>
#include <set>

#include "core/project/project_open.h"
#include "core/project/record_tables.h"
#include "core/project/tables.h"

namespace lexarium {
namespace {

class Rescuer {
 public:
  Rescuer(const Database& damaged, Database& target, const TaskContext& context)
      : damaged_(damaged), target_(target), context_(context) {}

  Expected<void> copyTable(const TableInfo& table) {
    // Rows before a place that cannot be read come from the front, those after it from the back.
    std::set<RecordId> seen;
    for (const bool backwards : {false, true}) {
      const auto use = [&](Row&& row) -> Expected<void> {
        if (context_.stopRequested()) return cancelled();
        if (!seen.insert(row.id).second || !table.isValid(row)) return {};
        return copyRow(table, std::move(row));
      };
      const auto copied = readRows(damaged_, *table.spec, {.backwards = backwards}, use);
      if (copied) return {};
      if (context_.stopRequested() || targetFailed_) return tl::unexpected<Error>(copied.error());
    }
    return {};
  }

 private:
  Expected<void> copyRow(const TableInfo& table, Row row) {
    const RecordId blob = table.blob ? std::get<RecordId>(row.values[*table.blob]) : 0;
    if (table.blob) {
      const auto copied = copyBlob(blob);
      if (!copied) return tl::unexpected<Error>(copied.error());
      if (!*copied) return {};
    }
    if (table.spec == &tableOf<MetricRecord>()) row = renumbered(row);
    auto inserted = insert(table, row);
    if (inserted && !*inserted && table.reference) {
      row.values[*table.reference] = Value();  // its parent is lost; it can do without
      inserted = insert(table, row);
    }
    if (!inserted) return tl::unexpected<Error>(inserted.error());
    return *inserted || !table.blob ? Expected<void>() : deleteBlob(target_, blob);
  }

  // false: what it refers to is not there.
  Expected<bool> insert(const TableInfo& table, const Row& row) {
    const auto inserted = insertRow(target_, *table.spec, row);
    if (inserted) return true;
    if (target_.failedByConstraint()) return false;
    targetFailed_ = true;
    return tl::unexpected<Error>(inserted.error());
  }

  // Points of a run are numbered, and those that are lost leave no gap.
  Row renumbered(const Row& row) {
    auto record = *fromRow<MetricRecord>(row);
    record.first = std::exchange(points_[record.run], points_[record.run] + record.points);
    return toRow(record);
  }

  // false: it cannot be read. Errors are the target's.
  Expected<bool> copyBlob(RecordId id) {
    const auto record = findBlob(damaged_, id);
    const auto bytes =
        record ? readBlob(damaged_, id, damaged_.name()) : tl::unexpected<Error>(record.error());
    if (!bytes) return false;
    const auto written = writeBlob(target_, id, record->packed ? Packing::Zstandard : Packing::None, *bytes);
    if (written) return true;
    targetFailed_ = true;
    return tl::unexpected<Error>(written.error());
  }

  const Database& damaged_;
  Database& target_;
  const TaskContext& context_;
  bool targetFailed_ = false;
  std::map<RecordId, std::uint64_t> points_;  // of a run, so far
};

}  // namespace

Expected<void> rescueInto(const Database& damaged, Database& target, const TaskContext& context) {
  if (auto made = makeProject(target, migrations()); !made) return made;
  auto transaction = Transaction::begin(target);
  if (!transaction) return tl::unexpected<Error>(transaction.error());
  Rescuer rescuer(damaged, target, context);
  for (const TableInfo& table : projectTables()) {
    if (table.spec == &tableOf<BlobRecord>()) continue;  // they come with their owners
    if (auto copied = rescuer.copyTable(table); !copied) return copied;
  }
  return transaction->commit();
}

}  // namespace lexarium
