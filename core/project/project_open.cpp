// SPDX-License-Identifier: GPL-3.0-or-later
// How a project is made, and opened: nothing in a file is trusted before it has been looked at.
#include "core/project/project_open.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/project/blobs.h"
#include "core/project/tables.h"

namespace lexarium {
namespace fs = std::filesystem;

/// Opens a project, step by step.
class ProjectOpener {
 public:
  ProjectOpener(std::span<const Migration> steps, Project::Mode mode) : steps_(steps), mode_(mode) {}

  Expected<Project> open(const fs::path& path);

 private:
  Expected<void> readVersion(Project& project);
  Expected<void> checkStructure(Project& project);
  Expected<void> checkSchema(Project& project);
  Expected<void> bringUpToDate(Project& project);
  Expected<void> survey(Project& project);
  Expected<void> surveyTable(Project& project, const TableInfo& table);
  void settle(Project& project);

  std::span<const Migration> steps_;
  Project::Mode mode_;
  std::size_t version_ = 0;
  bool isNewer_ = false;
  RecordId nextId_ = 1;
};

namespace {

/// Files up to this size are checked as a whole when they are opened, larger ones before the first change.
constexpr std::uint64_t kCheckedAtOnce = std::uint64_t{64} << 20;

// Does SQLite find anything wrong? An error while it looks is something wrong, too.
bool isSound(const Database& database, const std::string& check) {
  const auto answer = database.value("PRAGMA " + check);
  const auto* text = answer ? std::get_if<std::string>(&*answer) : nullptr;
  return text && *text == "ok";
}

Error explain(const Database& database, const Error& error) {
  if (!database.failedByDamage()) return error;
  return {"The project's file is damaged so much that it cannot be opened", database.name(),
          "Use a copy from before"};
}

std::string plural(std::uint64_t count) {
  return count == 1 ? " is damaged and left out" : " are damaged and left out";
}

}  // namespace

Expected<Project> ProjectOpener::open(const fs::path& path) {
  auto claim = OpenFileClaim::claim(path);
  if (!claim) return tl::unexpected<Error>(claim.error());
  if (auto header = checkProjectHeader(path); !header) return tl::unexpected<Error>(header.error());
  const bool writes = mode_ == Project::Mode::ReadWrite;
  auto database = Database::open(path, writes ? Database::Access::ReadWrite : Database::Access::ReadOnly);
  if (!database) return tl::unexpected<Error>(database.error());
  if (auto locked = database->lock(); !locked)
    return tl::unexpected<Error>(explain(*database, locked.error()));

  Project project(std::move(*database), std::move(*claim), path);
  project.readOnly_ = project.database_.isReadOnly();
  if (project.readOnly_ && writes) {
    project.warnings_.emplace_back(
        "The file is protected against writing: the project can be read but not changed. Save it under "
        "another "
        "name to go on.");
  }
  using Step = Expected<void> (ProjectOpener::*)(Project&);
  for (const Step step :
       {&ProjectOpener::readVersion, &ProjectOpener::checkStructure, &ProjectOpener::checkSchema,
        &ProjectOpener::bringUpToDate, &ProjectOpener::survey}) {
    if (auto done = (this->*step)(project); !done) {
      return tl::unexpected<Error>(explain(project.database_, done.error()));
    }
  }
  settle(project);
  return project;
}

Expected<void> ProjectOpener::readVersion(Project& project) {
  const auto version = project.database_.integer("PRAGMA user_version");
  if (!version) return tl::unexpected<Error>(version.error());
  const auto current = static_cast<std::int64_t>(steps_.size());
  if (*version < 1) project.damaged_ = true;
  isNewer_ = *version > current;
  version_ = *version < 1 || isNewer_ ? steps_.size() : static_cast<std::size_t>(*version);
  if (!isNewer_) return {};
  project.readOnly_ = true;
  project.warnings_.emplace_back("This project was made by a newer version of Lexarium (format " +
                                 std::to_string(*version) + ", this version knows " +
                                 std::to_string(current) +
                                 "): it can be read but not changed, and what is new in it is not shown.");
  return {};
}

Expected<void> ProjectOpener::checkStructure(Project& project) {
  const auto bytes = project.bytes();
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  const Database& database = project.database_;
  bool sound = true;
  if (*bytes <= kCheckedAtOnce) {
    sound = isSound(database, "integrity_check(1)");
    project.wholeFileChecked_ = true;
  } else {
    for (const TableInfo& table : projectTables()) {
      if (!table.large)
        sound = isSound(database, std::string("integrity_check(") + table.spec->name + ')') && sound;
    }
  }
  project.damaged_ = project.damaged_ || !sound;
  return {};
}

Expected<void> ProjectOpener::checkSchema(Project& project) {
  if (isNewer_) return {};
  const auto expected = schemaObjectsOf(steps_.first(version_));
  if (!expected) return tl::unexpected<Error>(expected.error());
  const auto found = schemaObjects(project.database_);
  if (!found) return tl::unexpected<Error>(found.error());
  if (*found == *expected) return {};
  project.damaged_ = true;
  project.warnings_.emplace_back("The file's tables are not those that Lexarium makes.");
  return {};
}

Expected<void> ProjectOpener::bringUpToDate(Project& project) {
  if (version_ == steps_.size()) return {};
  if (!project.damaged_ && !project.readOnly_) return migrate(project.database_, steps_);
  return makeError(
      "This project was made by an older version of Lexarium and must be brought up to date first",
      project.database_.name(), "Open it where it can be written");
}

Expected<void> ProjectOpener::survey(Project& project) {
  for (const TableInfo& table : projectTables()) {
    if (auto done = surveyTable(project, table); !done) return done;
  }
  const auto chunk = project.database_.integer("SELECT max(id) FROM chunks");
  if (chunk) nextId_ = std::max(nextId_, blobOfChunk(*chunk) + 1);
  project.ids_->store(nextId_);
  return {};
}

Expected<void> ProjectOpener::surveyTable(Project& project, const TableInfo& table) {
  const auto highest = project.database_.integer(std::string("SELECT max(id) FROM ") + table.spec->name);
  const auto lowest = project.database_.integer(std::string("SELECT min(id) FROM ") + table.spec->name);
  bool readable = highest && lowest && *highest < kMaximumId && *lowest >= 0;
  std::uint64_t bad = 0;
  if (readable) {
    nextId_ = std::max(nextId_, *highest + 1);
    if (!table.large) {
      const auto spoiled = readRows(project.database_, *table.spec, {}, [&](Row&& row) -> Expected<void> {
        if (!table.isValid(row)) ++bad;
        return {};
      });
      readable = spoiled.has_value();
      if (readable) bad += *spoiled;
    }
  }
  if (readable && bad == 0) return {};
  // Of a newer version's table some columns may not be known.
  project.damaged_ = project.damaged_ || !isNewer_ || bad > 0;
  project.warnings_.emplace_back(readable ? std::to_string(bad) + " of the " + table.what + plural(bad) + '.'
                                          : std::string("Not all ") + table.what + " can be read.");
  return {};
}

void ProjectOpener::settle(Project& project) {
  if (project.damaged_) {
    project.readOnly_ = true;
    project.warnings_.emplace(
        project.warnings_.begin(),
        "The project's file is damaged. What can be read is shown, and nothing is written "
        "to it. Save the project under another name to go on with that.");
  }
  if (project.readOnly_) (void)project.database_.run("PRAGMA query_only=ON");
}

Expected<void> makeProject(Database& database, std::span<const Migration> steps) {
  auto set = database.run(
      "PRAGMA page_size=16384; PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; "
      "PRAGMA application_id=" +
      std::to_string(kApplicationId));
  if (!set) return set;
  return migrate(database, steps);
}

Expected<Project> createProject(const fs::path& path, std::span<const Migration> steps) {
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(path, ignored))) {
    return makeError("There is a file of this name already", pathToUtf8(path), "Choose another name");
  }
  if (auto clear = checkNoJournal(path); !clear) return tl::unexpected<Error>(clear.error());
  auto file = AtomicFile::create(path);
  if (!file) return tl::unexpected<Error>(file.error());
  {
    auto database = Database::open(file->temporary(), Database::Access::ReadWrite);
    if (!database) return tl::unexpected<Error>(database.error());
    if (auto made = makeProject(*database, steps); !made) return tl::unexpected<Error>(made.error());
  }
  if (auto committed = file->commit(); !committed) return tl::unexpected<Error>(committed.error());
  return openProject(path, Project::Mode::ReadWrite, steps);
}

Expected<Project> openProject(const fs::path& path, Project::Mode mode, std::span<const Migration> steps) {
  return ProjectOpener(steps, mode).open(path);
}

Expected<Project> Project::create(const fs::path& path) { return createProject(path, migrations()); }

Expected<Project> Project::open(const fs::path& path, Mode mode) {
  return openProject(path, mode, migrations());
}

}  // namespace lexarium
