// SPDX-License-Identifier: GPL-3.0-or-later
// The project as a file: changes as transactions, copies.
#include "core/project/project.h"

#include <sqlite3.h>
#include <unicode/uversion.h>

#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/project/project_open.h"
#include "core/project/project_rescue.h"

namespace lexarium {
namespace fs = std::filesystem;
namespace {

// Nobody else may be at work in the file that is to be replaced.
Expected<void> checkTarget(const fs::path& target) {
  std::error_code ignored;
  if (fs::exists(target, ignored)) {
    auto claim = OpenFileClaim::claim(target);
    if (!claim) return tl::unexpected<Error>(claim.error());
    if (checkProjectHeader(target)) {
      // A hot journal of the old file is played back and removed here.
      auto database = Database::open(target, Database::Access::ReadWrite);
      if (!database) return tl::unexpected<Error>(database.error());
      if (auto locked = database->lock(); !locked && !database->failedByDamage()) return locked;
    }
  }
  return checkNoJournal(target);
}

}  // namespace

Project::Project(Database database, OpenFileClaim claim, fs::path path)
    : claim_(std::move(claim)), database_(std::move(database)), path_(std::move(path)) {}
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&& other) noexcept {
  database_ = std::move(other.database_);  // closes the old file before its claim ends
  claim_ = std::move(other.claim_);
  path_ = std::move(other.path_);
  ids_ = std::move(other.ids_);
  readOnly_ = other.readOnly_;
  damaged_ = other.damaged_;
  wholeFileChecked_ = other.wholeFileChecked_;
  depth_ = other.depth_;
  failed_ = other.failed_;
  warnings_ = std::move(other.warnings_);
  return *this;
}
Project::~Project() = default;

Expected<void> Project::mayWrite() {
  if (readOnly_) {
    return makeError("This project can only be read", database_.name(), "Save it under another name");
  }
  if (database_.hasMoved()) {
    return makeError("The project's file was moved or deleted while it was open", database_.name(),
                     "Save the project under a new name");
  }
  if (wholeFileChecked_) return {};
  const auto answer = database_.value("PRAGMA quick_check(1)");
  wholeFileChecked_ = answer && *answer == Value(std::string("ok"));
  if (wholeFileChecked_) return {};
  readOnly_ = damaged_ = true;
  return makeError("The project's file is damaged, so nothing is written to it", database_.name(),
                   "Save the project under another name");
}

Expected<void> Project::change(const std::function<Expected<void>()>& changes) {
  if (depth_ > 0) {
    auto done = changes();
    failed_ = failed_ || !done;
    return done;
  }
  if (auto may = mayWrite(); !may) return may;
  auto transaction = Transaction::begin(database_);
  if (!transaction) return tl::unexpected<Error>(transaction.error());
  ++depth_;
  failed_ = false;
  auto done = changes();
  --depth_;
  if (!done) return done;
  if (failed_) return makeError("A part of the change has failed, so nothing was changed", database_.name());
  return transaction->commit();
}

Expected<void> Project::together(const std::function<Expected<void>()>& changes) { return change(changes); }

Expected<void> Project::duplicate(const fs::path& target, const TaskContext& context) const {
  if (auto checked = checkTarget(target); !checked) return checked;
  auto file = AtomicFile::create(target);
  if (!file) return tl::unexpected<Error>(file.error());
  {
    auto copy = Database::open(file->temporary(), Database::Access::ReadWrite);
    if (!copy) return tl::unexpected<Error>(copy.error());
    // The file is synced as a whole before it gets its name.
    if (auto set = copy->run("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF"); !set) return set;
    auto copied = damaged_ ? rescueInto(database_, *copy, context) : database_.copyTo(*copy, context);
    if (!copied) return copied;
  }
  if (context.stopRequested()) return cancelled();
  return file->commit();
}

Expected<void> Project::saveAs(const fs::path& target, const TaskContext& context) {
  if (auto copied = duplicate(target, context); !copied) return copied;
  auto opened = open(target);
  if (!opened) return tl::unexpected<Error>(opened.error());
  // Ids that were given and are not used yet stay good.
  ids_->store(std::max(ids_->load(), opened->ids_->load()));
  opened->ids_ = ids_;
  *this = std::move(*opened);
  return {};
}

Expected<void> Project::compact(const TaskContext& context) {
  if (auto may = mayWrite(); !may) return may;
  context.report(-1, "Compacting the project");
  const Database::Interruptible interruptible(database_, context);
  return database_.run("VACUUM");
}

Expected<std::uint64_t> Project::bytes() const {
  const auto pages = database_.integer("PRAGMA page_count");
  const auto size = pages ? database_.integer("PRAGMA page_size") : pages;
  if (!size) return tl::unexpected<Error>(size.error());
  return static_cast<std::uint64_t>(*pages) * static_cast<std::uint64_t>(*size);
}

Expected<std::uint64_t> Project::freeBytes() const {
  const auto pages = database_.integer("PRAGMA freelist_count");
  const auto size = pages ? database_.integer("PRAGMA page_size") : pages;
  if (!size) return tl::unexpected<Error>(size.error());
  return static_cast<std::uint64_t>(*pages) * static_cast<std::uint64_t>(*size);
}

Expected<std::int64_t> Project::format() const { return database_.integer("PRAGMA user_version"); }

std::string icuVersion() {
  UVersionInfo version;
  u_getVersion(version);
  char text[U_MAX_VERSION_STRING_LENGTH];
  u_versionToString(version, text);
  return text;
}

std::string programVersions() {
  return nlohmann::json{
      {"lexarium", LEXARIUM_VERSION}, {"icu", icuVersion()}, {"sqlite", sqlite3_libversion()}}
      .dump();
}

}  // namespace lexarium
