// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>

#include "core/project/rows.h"

namespace lexarium {

/// What opening, checking and rescuing a project must know of each of its tables.
struct TableInfo {
  const TableSpec* spec;
  const char* what;                        ///< for people: "checkpoints"
  bool (*isValid)(const Row& row);         ///< can each value be what it is for?
  std::optional<std::size_t> blob{};       ///< the column that names its blob
  std::optional<std::size_t> reference{};  ///< one that may be emptied if its row is missing
  bool large = false;                      ///< not read when the project is opened
};

/// All but chunks; those that others refer to come first.
std::span<const TableInfo> projectTables();

/// Ids are below; so that the ids of a blob's chunks fit.
inline constexpr RecordId kMaximumId = RecordId{1} << 42;

}  // namespace lexarium
