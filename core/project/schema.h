// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/project/database.h"

namespace lexarium {

/// In the file's header: "Lexa". Says that an SQLite file is a project.
inline constexpr std::int64_t kApplicationId = 0x4C657861;

/// Brings a project from one version to the next; migrations()[i] makes version i + 1 of version i. Runs in a
/// transaction.
using Migration = Expected<void> (*)(Database& database);

/// All of them, the first makes an empty file a project. To change the tables: a function here, never a
/// change of an old one.
std::span<const Migration> migrations();

/// Runs those that the file lacks, all or none. Errors leave it as it was.
Expected<void> migrate(Database& database, std::span<const Migration> steps);

/// Names of tables and indexes with the SQL that made them.
using SchemaObjects = std::map<std::string, std::string>;
Expected<SchemaObjects> schemaObjects(const Database& database);
/// What they are after these migrations.
Expected<SchemaObjects> schemaObjectsOf(std::span<const Migration> steps);

}  // namespace lexarium
