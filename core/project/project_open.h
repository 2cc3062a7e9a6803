// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/project/project.h"
#include "core/project/schema.h"

namespace lexarium {

/// Project::create() and open() with other migrations; for tests of these, and for rescuing.
Expected<Project> createProject(const std::filesystem::path& path, std::span<const Migration> steps);
Expected<Project> openProject(const std::filesystem::path& path, Project::Mode mode,
                              std::span<const Migration> steps);

/// Makes a project of an empty database.
Expected<void> makeProject(Database& database, std::span<const Migration> steps);

/// Is this the beginning of a project's file? Reads it without SQLite, which would repair a foreign database.
/// Errors: it is not.
Expected<void> checkProjectHeader(const std::filesystem::path& path);

/// SQLite would take the remains of another file's journal for this one's. Removes empty ones. Errors: one is
/// there.
Expected<void> checkNoJournal(const std::filesystem::path& path);

}  // namespace lexarium
