// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/rows.h"

#include <bit>
#include <cassert>

#include "core/base/sha256.h"
#include "core/formats/tensor.h"

namespace lexarium {
namespace {

constexpr std::size_t kSealBytes = 16;

class SealMaker {
 public:
  void add(std::uint64_t number) {
    std::array<std::byte, 8> bytes{};
    copyToLittleEndian(&number, sizeof number, bytes);
    hash_.add(bytes);
  }
  void add(std::span<const std::byte> bytes) {
    add(bytes.size());  // so that no two lists of values run together
    hash_.add(bytes);
  }
  void add(const Value& value) {
    add(value.index());
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      add(static_cast<std::uint64_t>(*integer));
    } else if (const auto* number = std::get_if<double>(&value)) {
      add(std::bit_cast<std::uint64_t>(*number));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      add(std::as_bytes(std::span(*text)));
    } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
      add(std::span<const std::byte>(*bytes));
    }
  }
  Bytes take() {
    const auto digest = std::as_bytes(std::span<const std::uint8_t>(whole_ = hash_.finish()));
    return {digest.begin(), digest.begin() + kSealBytes};
  }

 private:
  Sha256 hash_;
  Sha256::Digest whole_{};
};

std::string listOf(const TableSpec& table) {
  std::string names = "id";
  for (const char* column : table.columns) names += std::string(",") + column;
  return names + ",seal";
}

Expected<Statement> bound(const Database& database, const std::string& sql, const Row& row,
                          const Value& seal) {
  assert(row.id > 0);
  auto statement = database.prepare(sql);
  if (!statement) return statement;
  int index = 0;
  statement->bindInt(++index, row.id);
  for (const Value& value : row.values) statement->bind(++index, value);
  statement->bind(++index, seal);
  return statement;
}

// SQLite keeps no NaN (it becomes NULL) and no negative zero.
Row asKept(const Row& row) {
  Row kept = row;
  for (Value& value : kept.values) {
    auto* number = std::get_if<double>(&value);
    if (!number) continue;
    if (*number != *number) {
      value = Value();
    } else {
      *number += 0.0;
    }
  }
  return kept;
}

Expected<void> write(Database& database, const std::string& sql, const TableSpec& table, const Row& row) {
  const Row kept = asKept(row);
  const Value seal = sealOf(table, kept);
  auto statement = bound(database, sql, kept, seal);
  if (!statement) return tl::unexpected<Error>(statement.error());
  return statement->run();
}

}  // namespace

Bytes sealOf(const TableSpec& table, const Row& row) {
  SealMaker maker;
  maker.add(std::as_bytes(std::span(std::string_view(table.name))));
  maker.add(static_cast<std::uint64_t>(row.id));
  for (const Value& value : row.values) maker.add(value);
  return maker.take();
}

Expected<void> insertRow(Database& database, const TableSpec& table, const Row& row) {
  std::string places = "?1";
  for (std::size_t i = 0; i <= table.columns.size(); ++i) places += ",?" + std::to_string(i + 2);
  const std::string sql =
      std::string("INSERT INTO ") + table.name + '(' + listOf(table) + ") VALUES(" + places + ')';
  return write(database, sql, table, row);
}

Expected<void> updateRow(Database& database, const TableSpec& table, const Row& row) {
  std::string sql = std::string("UPDATE ") + table.name + " SET ";
  int index = 1;
  for (const char* column : table.columns) sql += std::string(column) + "=?" + std::to_string(++index) + ',';
  sql += "seal=?" + std::to_string(++index) + " WHERE id=?1 RETURNING id";
  const Row kept = asKept(row);
  const Value seal = sealOf(table, kept);
  auto statement = bound(database, sql, kept, seal);
  if (!statement) return tl::unexpected<Error>(statement.error());
  const auto found = statement->step();
  if (!found) return tl::unexpected<Error>(found.error());
  if (!*found) return makeError("This has been deleted already", database.name());
  return statement->run();  // to its end
}

Expected<void> deleteRow(Database& database, const TableSpec& table, RecordId id) {
  auto statement = database.prepare(std::string("DELETE FROM ") + table.name + " WHERE id=?1");
  if (!statement) return tl::unexpected<Error>(statement.error());
  statement->bindInt(1, id);
  return statement->run();
}

Expected<std::uint64_t> readRows(const Database& database, const TableSpec& table, const RowFilter& filter,
                                 const std::function<Expected<void>(Row&&)>& use) {
  std::string sql = "SELECT " + listOf(table) + " FROM " + table.name;
  if (!filter.where.empty()) sql += " WHERE " + filter.where;
  auto statement = database.prepare(sql + (filter.backwards ? " ORDER BY id DESC" : " ORDER BY id"));
  if (!statement) return tl::unexpected<Error>(statement.error());
  for (std::size_t i = 0; i < filter.values.size(); ++i) {
    statement->bind(static_cast<int>(i) + 1, filter.values[i]);
  }
  const int columns = static_cast<int>(table.columns.size());
  std::uint64_t spoiled = 0;
  for (;;) {
    const auto more = statement->step();
    if (!more) return tl::unexpected<Error>(more.error());
    if (!*more) return spoiled;
    Row row;
    row.id = statement->integer(0);
    for (int i = 0; i < columns; ++i) row.values.push_back(statement->column(i + 1));
    const Value seal = statement->column(columns + 1);
    if (seal != Value(sealOf(table, row))) {
      ++spoiled;
      continue;
    }
    if (auto used = use(std::move(row)); !used) return tl::unexpected<Error>(used.error());
  }
}

}  // namespace lexarium
