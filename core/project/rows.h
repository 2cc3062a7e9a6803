// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/project/database.h"

namespace lexarium {

/// Names a row of any table; never given twice in a project. 0: none yet.
using RecordId = std::int64_t;

/// A table whose rows are: id, these columns, seal.
struct TableSpec {
  const char* name;
  std::vector<const char*> columns;
};

struct Row {
  RecordId id = 0;
  std::vector<Value> values;  ///< one a column
};

/// What makes a change to a row visible that SQLite cannot see (a flipped bit in a number): a hash over
/// table, id and values. Text and numbers of NaN and -0 are as SQLite gives them back.
Bytes sealOf(const TableSpec& table, const Row& row);

Expected<void> insertRow(Database& database, const TableSpec& table, const Row& row);
/// Errors: there is no such row.
Expected<void> updateRow(Database& database, const TableSpec& table, const Row& row);
Expected<void> deleteRow(Database& database, const TableSpec& table, RecordId id);

/// Which rows: "run = ?1 AND step >= ?2", with its values. Empty: all.
struct RowFilter {
  std::string where{};
  std::vector<Value> values{};
  bool backwards = false;  ///< the highest id first
};

/// Calls `use` with the rows in order of their ids; returns how many were left out because their seal is
/// broken. Errors: of the database (after `use` has got the rows before), of `use`.
Expected<std::uint64_t> readRows(const Database& database, const TableSpec& table, const RowFilter& filter,
                                 const std::function<Expected<void>(Row&&)>& use);

}  // namespace lexarium
