// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/tables.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

#include "core/project/record_tables.h"

namespace lexarium {
namespace {

template <class Record>
bool isRecord(const Row& row) {
  return fromRow<Record>(row).has_value();
}

std::optional<std::size_t> columnOf(const TableSpec& table, const char* name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (std::strcmp(table.columns[i], name) == 0) return i;
  }
  return std::nullopt;
}

template <class Record>
TableInfo info(const char* what) {
  const TableSpec& spec = tableOf<Record>();
  return {&spec, what, &isRecord<Record>, columnOf(spec, "blob")};
}

std::array<TableInfo, 12> makeTables() {
  std::array<TableInfo, 12> tables = {
      {info<BlobRecord>("contents"), info<CorpusRecord>("texts"), info<RunRecord>("runs"),
       info<MetricRecord>("losses"), info<FlagRecord>("flags"), info<CheckpointRecord>("checkpoints"),
       info<FrameRecord>("moments of the timeline"), info<LayoutRecord>("maps"),
       info<SelectionRecord>("selections"), info<BookmarkRecord>("bookmarks"), info<NoteRecord>("notes"),
       info<StateRecord>("settings of the window")}};
  tables[2].reference = columnOf(*tables[2].spec, "parent");
  tables[3].large = true;
  tables[9].reference = columnOf(*tables[9].spec, "run");
  return tables;
}

}  // namespace

std::span<const TableInfo> projectTables() {
  static const auto tables = makeTables();
  return tables;
}

}  // namespace lexarium
