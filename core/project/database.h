// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/expected.h"
#include "core/base/progress.h"

struct sqlite3;
struct sqlite3_stmt;

namespace lexarium {

using Bytes = std::vector<std::byte>;

/// What stands in one field of a table.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Bytes>;

/// A prepared statement. Values are numbered from 1, columns from 0.
class Statement {
 public:
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  /// What text and bytes refer to must live until the next bind() or the end.
  Statement& bind(int index, const Value& value);
  Statement& bind(int index, std::span<const std::byte> bytes);
  Statement& bindInt(int index, std::int64_t value);
  /// Goes to the next row: is there one?
  Expected<bool> step();
  /// For statements without rows: runs it, and makes it ready for the next values.
  Expected<void> run();

  Value column(int index) const;
  std::int64_t integer(int index) const;
  std::string text(int index) const;
  /// Valid until the next step().
  std::span<const std::byte> bytes(int index) const;

 private:
  friend class Database;
  Statement(sqlite3_stmt* statement, std::string name);
  Statement& checked(int code);
  sqlite3_stmt* statement_;
  std::string name_;
  bool bindFailed_ = false;  // a value was too long; the next step says so
};

/// A connection to an SQLite file, set up for files from strangers: defensive mode, no trust in the schema,
/// no triggers or views, low limits, foreign keys enforced. Used by one thread at a time. Errors are one
/// sentence for a person; `where` is the file's name.
class Database {
 public:
  enum class Access { ReadWrite, ReadOnly };

  /// Fails if there is no file. A file that the system lets nobody write is opened to read.
  static Expected<Database> open(const std::filesystem::path& path, Access access);
  /// An empty one in memory.
  static Expected<Database> inMemory();

  /// Keeps everybody else out until this closes (ReadWrite), or at least from writing (ReadOnly). Errors: it
  /// is in use, it is no database.
  Expected<void> lock();
  bool isReadOnly() const;
  /// Has the file been moved, renamed or deleted since it was opened?
  bool hasMoved() const;

  Expected<void> run(const std::string& sql);
  Expected<Statement> prepare(const std::string& sql) const;
  /// First column of the first row; monostate if there is none.
  Expected<Value> value(const std::string& sql) const;
  Expected<std::int64_t> integer(const std::string& sql) const;
  bool inTransaction() const;
  /// Did the last call fail because the file is damaged?
  bool failedByDamage() const;
  /// ... because a row refers to none, or is there already?
  bool failedByConstraint() const;
  /// Copies the whole to `target`, which is overwritten. Errors: cancelled, disk full.
  Expected<void> copyTo(Database& target, const TaskContext& context) const;
  /// As long as it lives, `context` can stop statements that run.
  class Interruptible {
   public:
    Interruptible(const Database& database, const TaskContext& context);
    ~Interruptible();
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;

   private:
    sqlite3* connection_;
  };

  const std::string& name() const { return name_; }

 private:
  struct Closer {
    void operator()(sqlite3* connection) const;
  };
  Database(sqlite3* connection, std::string name) : connection_(connection), name_(std::move(name)) {}
  static Expected<Database> openAt(const std::string& utf8Path, int flags, std::string name);
  Expected<void> secure();
  tl::unexpected<Error> lastError() const;

  std::unique_ptr<sqlite3, Closer> connection_;
  std::string name_;
};

/// Changes that happen together or not at all: without commit() they are undone.
class Transaction {
 public:
  static Expected<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Expected<void> commit();

 private:
  explicit Transaction(Database* database) : database_(database) {}
  Database* database_;
};

/// Limits that matter to callers: no text or blob of a field is longer.
inline constexpr std::size_t kMaximumFieldBytes = std::size_t{16} << 20;

}  // namespace lexarium
