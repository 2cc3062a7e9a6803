// SPDX-License-Identifier: GPL-3.0-or-later
// Reads all of a project and compares every sum.
#include <set>

#include "core/project/metric_pack.h"
#include "core/project/project.h"
#include "core/project/record_tables.h"
#include "core/project/tables.h"

namespace lexarium {
namespace {

class Verifier {
 public:
  Verifier(const Database& database, const TaskContext& context) : database_(database), context_(context) {}

  void checkFile() {
    auto statement = database_.prepare("PRAGMA integrity_check(20)");
    while (statement) {
      const auto more = statement->step();
      if (!more) return problem(more.error().message());
      if (!*more) return;
      if (const std::string text = statement->text(0); text != "ok") problem(text);
    }
    problem(statement.error().message());
  }

  void checkReferences() {
    const auto broken = database_.value("PRAGMA foreign_key_check");
    if (!broken) return problem(broken.error().message());
    const auto* table = std::get_if<std::string>(&*broken);
    if (table) problem("Rows of " + *table + " belong to something that is not there.");
  }

  void checkTable(const TableInfo& table) {
    std::uint64_t bad = 0;
    const auto spoiled = readRows(database_, *table.spec, {}, [&](Row&& row) -> Expected<void> {
      if (context_.stopRequested()) return cancelled();
      if (!table.isValid(row) || !hasGoodContent(table, row)) ++bad;
      if (table.spec == &tableOf<BlobRecord>()) blobs_.push_back(row.id);
      return {};
    });
    if (!spoiled) return problem("Not all " + std::string(table.what) + " can be read.");
    if (bad += *spoiled; bad > 0) {
      problem(std::to_string(bad) + " of the " + table.what + " are not what was stored.");
    }
  }

  void checkBlobs() {
    for (std::size_t i = 0; i < blobs_.size() && !context_.stopRequested(); ++i) {
      context_.report(static_cast<double>(i) / static_cast<double>(blobs_.size()), "Checking the project");
      const RecordId id = blobs_[i];
      if (!used_.contains(id)) problem("The content " + std::to_string(id) + " belongs to nothing.");
      if (auto read = readBlob(database_, id, "content " + std::to_string(id)); !read) {
        problem(read.error().message());
      }
    }
    const auto chunks = database_.integer("SELECT count(DISTINCT id>>20) FROM chunks");
    if (chunks && static_cast<std::size_t>(*chunks) > blobs_.size()) {
      problem("There are pieces of contents that belong to nothing.");
    }
  }

  std::vector<std::string> takeProblems() { return std::move(problems_); }

 private:
  void problem(std::string sentence) { problems_.push_back(std::move(sentence)); }

  bool hasGoodContent(const TableInfo& table, const Row& row) {
    if (table.blob) used_.insert(std::get<RecordId>(row.values[*table.blob]));
    if (table.spec != &tableOf<MetricRecord>()) return true;
    const auto record = fromRow<MetricRecord>(row);
    return unpackMetrics(record->packed, record->points).has_value();
  }

  const Database& database_;
  const TaskContext& context_;
  std::vector<RecordId> blobs_;
  std::set<RecordId> used_;
  std::vector<std::string> problems_;
};

}  // namespace

Expected<std::vector<std::string>> Project::verify(const TaskContext& context) const {
  const Database::Interruptible interruptible(database_, context);
  Verifier verifier(database_, context);
  verifier.checkFile();
  verifier.checkReferences();
  for (const TableInfo& table : projectTables()) verifier.checkTable(table);
  verifier.checkBlobs();
  if (context.stopRequested()) return cancelled();
  return verifier.takeProblems();
}

}  // namespace lexarium
