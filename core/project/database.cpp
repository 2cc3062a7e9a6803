// SPDX-License-Identifier: GPL-3.0-or-later
// The precautions are those of sqlite.org/security.html for files of unknown origin.
#include "core/project/database.h"

#include <sqlite3.h>

#include <array>
#include <cassert>
#include <utility>

#include "core/base/file.h"
#include "core/project/database_error.h"

namespace lexarium {
namespace {

struct Setting {
  int what;
  int value;
};

constexpr std::array<Setting, 8> kConfiguration = {{{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                                    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                                    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                                    {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                                                    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                                                    {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
                                                    {SQLITE_DBCONFIG_DQS_DDL, 0},
                                                    {SQLITE_DBCONFIG_DQS_DML, 0}}};

// ATTACHED 1: VACUUM needs one.
constexpr std::array<Setting, 10> kLimits = {{{SQLITE_LIMIT_LENGTH, static_cast<int>(kMaximumFieldBytes)},
                                              {SQLITE_LIMIT_SQL_LENGTH, 100'000},
                                              {SQLITE_LIMIT_COLUMN, 100},
                                              {SQLITE_LIMIT_EXPR_DEPTH, 20},
                                              {SQLITE_LIMIT_COMPOUND_SELECT, 3},
                                              {SQLITE_LIMIT_VDBE_OP, 25'000},
                                              {SQLITE_LIMIT_ATTACHED, 1},
                                              {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
                                              {SQLITE_LIMIT_VARIABLE_NUMBER, 100},
                                              {SQLITE_LIMIT_TRIGGER_DEPTH, 10}}};

/// How long a window waits for another one that is just closing.
constexpr int kBusyMilliseconds = 250;

}  // namespace

void Database::Closer::operator()(sqlite3* connection) const {
  [[maybe_unused]] const int code = sqlite3_close(connection);
  assert(code == SQLITE_OK);  // all statements are gone
}

tl::unexpected<Error> Database::lastError() const {
  return tl::unexpected<Error>(databaseError(connection_.get(), name_));
}

Expected<Database> Database::openAt(const std::string& utf8Path, int flags, std::string name) {
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(utf8Path.c_str(), &connection,
                                   flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  if (!connection) return makeError("There is not enough memory to open this project", std::move(name));
  Database database(connection, std::move(name));
  if (code != SQLITE_OK) {
    const Error error = databaseError(connection, database.name_);
    if ((code & 0xFF) != SQLITE_CANTOPEN) return tl::unexpected<Error>(error);
    return makeError("The project cannot be opened", database.name_, "Check that you may read it");
  }
  if (auto secured = database.secure(); !secured) return tl::unexpected<Error>(secured.error());
  return database;
}

Expected<Database> Database::open(const std::filesystem::path& path, Access access) {
  // Absolute, so that no name can be taken for an option ("file:...", ":memory:").
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  if (error) return makeError("The project cannot be opened (" + error.message() + ")", pathToUtf8(path));
  return openAt(pathToUtf8(absolute),
                access == Access::ReadWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY,
                pathToUtf8(path.filename()));
}

Expected<Database> Database::inMemory() {
  return openAt(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, "memory");
}

Expected<void> Database::secure() {
  for (const Setting& setting : kConfiguration) {
    sqlite3_db_config(connection_.get(), setting.what, setting.value, nullptr);
  }
  for (const Setting& limit : kLimits) sqlite3_limit(connection_.get(), limit.what, limit.value);
  sqlite3_busy_timeout(connection_.get(), kBusyMilliseconds);
  // None of these reads the file.
  return run("PRAGMA mmap_size=0; PRAGMA cell_size_check=ON; PRAGMA locking_mode=EXCLUSIVE");
}

Expected<void> Database::lock() {
  // In exclusive locking mode a lock once taken is kept; the system frees it when the program ends, however
  // that happens.
  if (isReadOnly()) return run("BEGIN; SELECT count(*) FROM sqlite_schema; COMMIT");
  // Rolled back, because SQLite begins with setting right what a damaged head says of the file's size.
  if (auto locked = run("BEGIN EXCLUSIVE; ROLLBACK"); !locked) return locked;
  // The journal's remains are cut off at the end of each change, and removed on closing.
  return run("PRAGMA journal_size_limit=0; PRAGMA synchronous=FULL");
}

bool Database::isReadOnly() const { return sqlite3_db_readonly(connection_.get(), "main") == 1; }

bool Database::hasMoved() const {
  int moved = 0;
  sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved != 0;
}

Expected<void> Database::run(const std::string& sql) {
  if (sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    const auto error = lastError();
    if (inTransaction() && sql.starts_with("BEGIN;")) {
      sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
    return error;
  }
  return {};
}

Expected<Statement> Database::prepare(const std::string& sql) const {
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v2(connection_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  if (code != SQLITE_OK) return lastError();
  return Statement(statement, name_);
}

Expected<Value> Database::value(const std::string& sql) const {
  auto statement = prepare(sql);
  if (!statement) return tl::unexpected<Error>(statement.error());
  const auto found = statement->step();
  if (!found) return tl::unexpected<Error>(found.error());
  return *found ? statement->column(0) : Value();
}

Expected<std::int64_t> Database::integer(const std::string& sql) const {
  const auto found = value(sql);
  if (!found) return tl::unexpected<Error>(found.error());
  const auto* number = std::get_if<std::int64_t>(&*found);
  return number ? *number : 0;
}

bool Database::inTransaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }

bool Database::failedByDamage() const {
  const int code = sqlite3_errcode(connection_.get()) & 0xFF;
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

bool Database::failedByConstraint() const {
  return (sqlite3_errcode(connection_.get()) & 0xFF) == SQLITE_CONSTRAINT;
}

Expected<void> Database::copyTo(Database& target, const TaskContext& context) const {
  constexpr int kPagesAtOnce = 256;
  sqlite3_backup* backup = sqlite3_backup_init(target.connection_.get(), "main", connection_.get(), "main");
  if (!backup) return target.lastError();
  int code = SQLITE_OK;
  while (code == SQLITE_OK && !context.stopRequested()) {
    code = sqlite3_backup_step(backup, kPagesAtOnce);
    const double all = sqlite3_backup_pagecount(backup);
    if (all > 0) context.report(1 - sqlite3_backup_remaining(backup) / all, "Copying " + name_);
  }
  sqlite3_backup_finish(backup);
  if (code == SQLITE_DONE) return {};
  return code == SQLITE_OK ? cancelled() : target.lastError();
}

Database::Interruptible::Interruptible(const Database& database, const TaskContext& context)
    : connection_(database.connection_.get()) {
  constexpr int kOperationsBetweenLooks = 1000;
  sqlite3_progress_handler(
      connection_, kOperationsBetweenLooks,
      [](void* task) { return static_cast<const TaskContext*>(task)->stopRequested() ? 1 : 0; },
      const_cast<TaskContext*>(&context));
}

Database::Interruptible::~Interruptible() { sqlite3_progress_handler(connection_, 0, nullptr, nullptr); }

Expected<Transaction> Transaction::begin(Database& database) {
  if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return tl::unexpected<Error>(begun.error());
  return Transaction(&database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  // SQLite may have rolled back by itself (disk full).
  if (database_ && database_->inTransaction()) (void)database_->run("ROLLBACK");
}

Expected<void> Transaction::commit() { return database_->run("COMMIT"); }

}  // namespace lexarium
