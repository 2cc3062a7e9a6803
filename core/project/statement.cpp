// SPDX-License-Identifier: GPL-3.0-or-later
#include <sqlite3.h>

#include <cassert>
#include <utility>

#include "core/project/database.h"
#include "core/project/database_error.h"

namespace lexarium {

Statement::Statement(sqlite3_stmt* statement, std::string name)
    : statement_(statement), name_(std::move(name)) {}

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)),
      name_(std::move(other.name_)),
      bindFailed_(other.bindFailed_) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(statement_, other.statement_);
  std::swap(name_, other.name_);
  std::swap(bindFailed_, other.bindFailed_);
  return *this;
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bindInt(int index, std::int64_t value) {
  return checked(sqlite3_bind_int64(statement_, index, value));
}

Statement& Statement::bind(int index, std::span<const std::byte> bytes) {
  static const std::byte kEmpty{};  // a null pointer would be NULL, not an empty blob
  return checked(sqlite3_bind_blob64(statement_, index, bytes.empty() ? &kEmpty : bytes.data(), bytes.size(),
                                     SQLITE_STATIC));
}

Statement& Statement::bind(int index, const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return bindInt(index, *integer);
  if (const auto* bytes = std::get_if<Bytes>(&value)) return bind(index, std::span<const std::byte>(*bytes));
  if (const auto* number = std::get_if<double>(&value)) {
    return checked(sqlite3_bind_double(statement_, index, *number));
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return checked(
        sqlite3_bind_text64(statement_, index, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8));
  }
  return checked(sqlite3_bind_null(statement_, index));
}

Statement& Statement::checked(int code) {
  assert(code == SQLITE_OK || code == SQLITE_TOOBIG || code == SQLITE_NOMEM);  // others are bugs
  bindFailed_ = bindFailed_ || code != SQLITE_OK;
  return *this;
}

Expected<bool> Statement::step() {
  if (bindFailed_) return makeError("A text or list is too long to be stored", name_);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  const Error error = databaseError(sqlite3_db_handle(statement_), name_);
  sqlite3_reset(statement_);
  return tl::unexpected<Error>(error);
}

Expected<void> Statement::run() {
  const auto row = step();
  sqlite3_reset(statement_);
  if (!row) return tl::unexpected<Error>(row.error());
  return {};
}

std::int64_t Statement::integer(int index) const { return sqlite3_column_int64(statement_, index); }

std::span<const std::byte> Statement::bytes(int index) const {
  const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement_, index));
  const int size = sqlite3_column_bytes(statement_, index);
  return data ? std::span(data, static_cast<std::size_t>(size)) : std::span<const std::byte>();
}

std::string Statement::text(int index) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, index));
  const int size = sqlite3_column_bytes(statement_, index);
  return data ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

Value Statement::column(int index) const {
  switch (sqlite3_column_type(statement_, index)) {
    case SQLITE_INTEGER:
      return integer(index);
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement_, index);
    case SQLITE_TEXT:
      return text(index);
    case SQLITE_BLOB: {
      const auto all = bytes(index);
      return Bytes(all.begin(), all.end());
    }
    default:
      return {};
  }
}

}  // namespace lexarium
