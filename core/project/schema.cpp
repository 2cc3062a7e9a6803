// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/schema.h"

#include <array>

namespace lexarium {
namespace {

// Each row has a seal (rows.h). Large data stand in chunks, found by blob * 2^20 + number (blobs.h); `sha256`
// is that of the chunks as they are stored.
constexpr const char* kVersion1 = R"(
CREATE TABLE blobs(
  id INTEGER PRIMARY KEY, bytes INTEGER NOT NULL, packed INTEGER NOT NULL, sha256 BLOB NOT NULL,
  seal BLOB NOT NULL) STRICT;
CREATE TABLE chunks(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE corpora(
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, hash BLOB NOT NULL, recipe TEXT NOT NULL, icu TEXT NOT NULL,
  origin TEXT NOT NULL, documents INTEGER NOT NULL, tokens INTEGER NOT NULL, words INTEGER NOT NULL,
  text_bytes INTEGER NOT NULL, created INTEGER NOT NULL, blob INTEGER NOT NULL REFERENCES blobs(id),
  seal BLOB NOT NULL) STRICT;
CREATE TABLE runs(
  id INTEGER PRIMARY KEY, corpus INTEGER NOT NULL REFERENCES corpora(id), name TEXT NOT NULL,
  colour TEXT NOT NULL, visible INTEGER NOT NULL, notes TEXT NOT NULL, model TEXT NOT NULL,
  params TEXT NOT NULL, mode TEXT NOT NULL, threads INTEGER NOT NULL, seed INTEGER NOT NULL,
  versions TEXT NOT NULL, corpus_hash BLOB NOT NULL, parent INTEGER REFERENCES runs(id),
  parent_step INTEGER NOT NULL, created INTEGER NOT NULL, state TEXT NOT NULL, message TEXT NOT NULL,
  step INTEGER NOT NULL, total_steps INTEGER NOT NULL, epoch REAL, seconds REAL, loss REAL,
  fingerprint TEXT NOT NULL, seal BLOB NOT NULL) STRICT;
CREATE TABLE metrics(
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id), first INTEGER NOT NULL,
  points INTEGER NOT NULL, bytes BLOB NOT NULL, seal BLOB NOT NULL) STRICT;
CREATE INDEX metrics_run ON metrics(run);
CREATE TABLE flags(
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id), step INTEGER NOT NULL,
  text TEXT NOT NULL, seal BLOB NOT NULL) STRICT;
CREATE TABLE checkpoints(
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id), step INTEGER NOT NULL, epoch REAL,
  seconds REAL, about TEXT NOT NULL, created INTEGER NOT NULL, blob INTEGER NOT NULL REFERENCES blobs(id),
  seal BLOB NOT NULL) STRICT;
CREATE TABLE frames(
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id), step INTEGER NOT NULL,
  words INTEGER NOT NULL, dimensions INTEGER NOT NULL, blob INTEGER NOT NULL REFERENCES blobs(id),
  seal BLOB NOT NULL) STRICT;
CREATE TABLE layouts(
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id), step INTEGER NOT NULL,
  method TEXT NOT NULL, params TEXT NOT NULL, words INTEGER NOT NULL, created INTEGER NOT NULL,
  blob INTEGER NOT NULL REFERENCES blobs(id), seal BLOB NOT NULL) STRICT;
CREATE TABLE selections(
  id INTEGER PRIMARY KEY, corpus INTEGER NOT NULL REFERENCES corpora(id), name TEXT NOT NULL,
  words BLOB NOT NULL, created INTEGER NOT NULL, seal BLOB NOT NULL) STRICT;
CREATE TABLE bookmarks(
  id INTEGER PRIMARY KEY, run INTEGER REFERENCES runs(id), step INTEGER NOT NULL, name TEXT NOT NULL,
  view TEXT NOT NULL, created INTEGER NOT NULL, seal BLOB NOT NULL) STRICT;
CREATE TABLE notes(
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, created INTEGER NOT NULL,
  changed INTEGER NOT NULL, seal BLOB NOT NULL) STRICT;
CREATE TABLE state(
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL, seal BLOB NOT NULL) STRICT;
)";

constexpr std::array<Migration, 1> kMigrations = {[](Database& database) { return database.run(kVersion1); }};

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

Expected<void> migrate(Database& database, std::span<const Migration> steps) {
  const auto version = database.integer("PRAGMA user_version");
  if (!version) return tl::unexpected<Error>(version.error());
  auto transaction = Transaction::begin(database);
  if (!transaction) return tl::unexpected<Error>(transaction.error());
  for (std::size_t i = static_cast<std::size_t>(*version); i < steps.size(); ++i) {
    if (auto done = steps[i](database); !done) return done;
  }
  if (auto set = database.run("PRAGMA user_version=" + std::to_string(steps.size())); !set) return set;
  return transaction->commit();
}

Expected<SchemaObjects> schemaObjects(const Database& database) {
  // sqlite_sequence and the like do not appear: no table of ours needs one.
  auto statement = database.prepare("SELECT type||' '||name, coalesce(sql,'') FROM sqlite_schema");
  if (!statement) return tl::unexpected<Error>(statement.error());
  SchemaObjects objects;
  for (;;) {
    const auto more = statement->step();
    if (!more) return tl::unexpected<Error>(more.error());
    if (!*more) return objects;
    objects.emplace(statement->text(0), statement->text(1));
  }
}

Expected<SchemaObjects> schemaObjectsOf(std::span<const Migration> steps) {
  auto database = Database::inMemory();
  if (!database) return tl::unexpected<Error>(database.error());
  if (auto migrated = migrate(*database, steps); !migrated) return tl::unexpected<Error>(migrated.error());
  return schemaObjects(*database);
}

}  // namespace lexarium
