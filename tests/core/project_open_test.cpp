// SPDX-License-Identifier: GPL-3.0-or-later
// core/project: files of other kinds, of strangers, of other versions, and those in use.
#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

#include "core/base/file.h"
#include "core/project/project_open.h"
#include "core/project/record_tables.h"
#include "tests/support/some_project.h"

using namespace lexarium;
using namespace lexarium::test;
namespace fs = std::filesystem;

namespace {

template <class T>
QByteArray why(const Expected<T>& result) {
  return result ? QByteArray("(no error)") : QByteArray::fromStdString(result.error().message());
}

QByteArray warningsOf(const Project& project) {
  QByteArray all;
  for (const auto& warning : project.warnings()) all += QByteArray::fromStdString(warning) + '\n';
  return all;
}

/// Changes a project behind its back. SQL runs in a plain connection, but for what Database forbids.
void runSql(const fs::path& path, const std::string& sql) {
  auto database = Database::open(path, Database::Access::ReadWrite);
  if (auto done = database->run(sql); !done) qFatal("%s", done.error().message().c_str());
}

/// This program once more, with a project open until it is told to end or killed.
class Holder {
 public:
  Holder(const fs::path& path, const char* mode) {
    process_.start(QCoreApplication::applicationFilePath(),
                   {"--hold", QString::fromStdString(pathToUtf8(path)), mode});
    if (!process_.waitForReadyRead(60'000)) qFatal("the child does not speak");
    answer = process_.readAllStandardOutput();
  }
  ~Holder() { kill(); }
  void kill() {
    process_.kill();  // SIGKILL
    process_.waitForFinished(60'000);
  }
  QByteArray answer;

 private:
  QProcess process_;
};

int hold(const char* path, const char* mode) {
  auto project =
      Project::open(pathFromUtf8(path), mode[0] == 'w' ? Project::Mode::ReadWrite : Project::Mode::ReadOnly);
  std::puts(project ? "open" : project.error().message().c_str());
  std::fflush(stdout);
  std::getchar();
  return 0;
}

}  // namespace

class ProjectOpenTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void otherFilesAreRefused_data();
  void otherFilesAreRefused();
  void otherDatabasesAreNotTouched();
  void openingChangesNothing();
  void inUseInThisProgram();
  void inUseInAnotherProgram();
  void readersShare();
  void readOnlyIsNotWritten();
  void movedFilesAreNotWritten();
  void newerVersionsAreRead();
  void olderVersionsAreMigrated();
  void failedMigrationsLeaveTheFile();
  void olderVersionsCannotBeRead();
  void strangersTablesAreNotTrusted_data();
  void strangersTablesAreNotTrusted();
  void changedNumbersAreFound();
  void changedContentsAreFound();
  void rowsOfOtherTypesAreFound();
  void hugeClaimsAllocateNothing();
  void damagedProjectsAreSavedElsewhere();
  void headsThatAreLost();
  void headsWithAnotherSizeAreLeft();

 private:
  fs::path file(const char* name) const { return pathFromUtf8(folder_->filePath(name).toStdString()); }
  std::unique_ptr<QTemporaryDir> folder_;
  fs::path path_;
  std::string description_;
};

void ProjectOpenTest::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  path_ = file("a.lexarium");
  writeSomeProject(path_);
  description_ = describe(*Project::open(path_));
}

void ProjectOpenTest::otherFilesAreRefused_data() {
  QTest::addColumn<QByteArray>("content");
  QTest::addColumn<QByteArray>("sentence");
  QTest::newRow("empty") << QByteArray("") << QByteArray("The file is empty");
  QTest::newRow("text") << QByteArray("The king and the queen.").repeated(100)
                        << QByteArray("not a Lexarium project");
  QTest::newRow("cut") << QByteArray("SQLite format 3\0", 16) << QByteArray("Only the beginning");
  QTest::newRow("zeros") << QByteArray(5000, '\0') << QByteArray("not a Lexarium project");
}

void ProjectOpenTest::otherFilesAreRefused() {
  QFETCH(QByteArray, content);
  QFETCH(QByteArray, sentence);
  writeAll(file("x.lexarium"), content.toStdString());
  const auto project = Project::open(file("x.lexarium"));
  QVERIFY2(why(project).contains(sentence), why(project));
  QCOMPARE(readAll(file("x.lexarium")), content.toStdString());
  QVERIFY(why(Project::open(folder_->path().toStdString())).contains("folder"));
}

void ProjectOpenTest::otherDatabasesAreNotTouched() {
  // Another program's, with a journal that SQLite would play back.
  runSql(path_, "PRAGMA application_id=12345");
  const auto journal = file("a.lexarium-journal");
  writeAll(journal, std::string(1024, 'j'));
  const auto before = readAll(path_);
  QVERIFY(why(Project::open(path_)).contains("This database is not a Lexarium project"));
  QCOMPARE(readAll(path_), before);
  QCOMPARE(readAll(journal), std::string(1024, 'j'));
  auto wal = before;
  wal[68] = 'L', wal[69] = 'e', wal[70] = 'x', wal[71] = 'a';
  wal[18] = wal[19] = 2;
  writeAll(file("w.lexarium"), wal);
  QVERIFY(why(Project::open(file("w.lexarium"))).contains("head of the project's file is damaged"));
  QVERIFY(!fs::exists(file("w.lexarium-wal")));
}

void ProjectOpenTest::openingChangesNothing() {
  const auto before = readAll(path_);
  {
    const auto project = Project::open(path_);
    QVERIFY2(project, why(project));
    QCOMPARE(describe(*project), description_);
    QVERIFY(project->verify()->empty());
  }
  QCOMPARE(readAll(path_), before);
}

void ProjectOpenTest::inUseInThisProgram() {
  auto project = Project::open(path_);
  QVERIFY(why(Project::open(path_)).contains("open already"));
  std::error_code error;
  fs::create_symlink(path_, file("link.lexarium"), error);
  if (!error) QVERIFY(why(Project::open(file("link.lexarium"))).contains("open already"));
  // The refusal has not ended the first one's lock.
  const Holder holder(path_, "w");
  QVERIFY2(holder.answer.contains("in use in another window"), holder.answer);
  Project moved = std::move(*project);
  project = Project::open(file("link.lexarium"));
  QVERIFY(!project);
}

void ProjectOpenTest::inUseInAnotherProgram() {
  Holder holder(path_, "w");
  QCOMPARE(holder.answer.trimmed(), QByteArray("open"));
  for (const auto mode : {Project::Mode::ReadWrite, Project::Mode::ReadOnly}) {
    const auto project = Project::open(path_, mode);
    QVERIFY2(why(project).contains("a.lexarium: The project is in use in another window"), why(project));
  }
  writeSomeProject(file("b.lexarium"));
  auto other = Project::open(file("b.lexarium"));
  QVERIFY(why(other->duplicate(path_)).contains("in use in another window"));
  holder.kill();  // a crash leaves no lock behind
  const auto project = Project::open(path_);
  QVERIFY2(project, why(project));
  QCOMPARE(describe(*project), description_);
}

void ProjectOpenTest::readersShare() {
  const Holder holder(path_, "r");
  QCOMPARE(holder.answer.trimmed(), QByteArray("open"));
  {
    const auto project = Project::open(path_, Project::Mode::ReadOnly);
    QVERIFY2(project, why(project));
    QCOMPARE(describe(*project), description_);
  }
  QVERIFY(why(Project::open(path_)).contains("in use"));
}

void ProjectOpenTest::readOnlyIsNotWritten() {
  const auto before = readAll(path_);
  {
    auto project = Project::open(path_, Project::Mode::ReadOnly);
    QVERIFY(project->isReadOnly() && !project->isDamaged());
    QVERIFY(why(project->setState("a", "1")).contains("can only be read"));
    QVERIFY(why(project->compact()).contains("can only be read"));
    QVERIFY(project->duplicate(file("copy.lexarium")));
  }
  QCOMPARE(readAll(path_), before);
  QCOMPARE(describe(*Project::open(file("copy.lexarium"))), description_);
}

void ProjectOpenTest::movedFilesAreNotWritten() {
  auto project = Project::open(path_);
  fs::rename(path_, file("moved.lexarium"));
  const auto before = readAll(file("moved.lexarium"));
  QVERIFY(why(project->setState("a", "1")).contains("moved or deleted while it was open"));
  QCOMPARE(readAll(file("moved.lexarium")), before);
  // What is in it can still be saved.
  QVERIFY(project->saveAs(file("again.lexarium")));
  QVERIFY(project->setState("a", "1"));
  QVERIFY(project->state("window")->has_value());
}

void ProjectOpenTest::newerVersionsAreRead() {
  runSql(path_,
         "ALTER TABLE notes ADD COLUMN mood TEXT; CREATE TABLE pictures(id INTEGER PRIMARY KEY); "
         "PRAGMA user_version=7");
  const auto before = readAll(path_);
  {
    auto project = Project::open(path_);
    QVERIFY2(project, why(project));
    QVERIFY(project->isReadOnly() && !project->isDamaged());
    QVERIFY2(warningsOf(*project).contains("newer version of Lexarium (format 7"), warningsOf(*project));
    QCOMPARE(describe(*project), description_);
    QVERIFY(!project->setState("a", "1"));
    QVERIFY(project->duplicate(file("copy.lexarium")));
  }
  QCOMPARE(readAll(path_), before);
  // Nothing of it is lost in a copy.
  auto copy = Database::open(file("copy.lexarium"), Database::Access::ReadOnly);
  QCOMPARE(*copy->integer("PRAGMA user_version"), std::int64_t{7});
  QVERIFY(copy->run("SELECT mood FROM notes"));
}

namespace {

Expected<void> addMood(Database& database) {
  return database.run(
      "CREATE TABLE moods(id INTEGER PRIMARY KEY, mood TEXT) STRICT; INSERT INTO moods VALUES(1,'good')");
}
Expected<void> failHalfWay(Database& database) {
  if (auto done = database.run("CREATE TABLE halves(id INTEGER PRIMARY KEY)"); !done) return done;
  return makeError("This step fails");
}
const std::vector<Migration> kNext = {migrations()[0], &addMood};
const std::vector<Migration> kFailing = {migrations()[0], &addMood, &failHalfWay};

}  // namespace

void ProjectOpenTest::olderVersionsAreMigrated() {
  {
    const auto project = openProject(path_, Project::Mode::ReadWrite, kNext);
    QVERIFY2(project, why(project));
    QVERIFY(project->warnings().empty() && !project->isReadOnly());
    QCOMPARE(describe(*project), description_);
  }
  {
    auto database = Database::open(path_, Database::Access::ReadOnly);
    QCOMPARE(*database->integer("PRAGMA user_version"), std::int64_t{2});
    QCOMPARE(*database->integer("SELECT count(*) FROM moods"), std::int64_t{1});
  }
  QVERIFY(openProject(path_, Project::Mode::ReadWrite, kNext)->warnings().empty());  // only once
  QVERIFY(warningsOf(*Project::open(path_)).contains("newer version"));
}

void ProjectOpenTest::failedMigrationsLeaveTheFile() {
  const auto before = readAll(path_);
  QVERIFY(why(openProject(path_, Project::Mode::ReadWrite, kFailing)).contains("This step fails"));
  QCOMPARE(readAll(path_), before);
}

void ProjectOpenTest::olderVersionsCannotBeRead() {
  const auto before = readAll(path_);
  const auto project = openProject(path_, Project::Mode::ReadOnly, kNext);
  QVERIFY2(why(project).contains("must be brought up to date"), why(project));
  QCOMPARE(readAll(path_), before);
}

void ProjectOpenTest::strangersTablesAreNotTrusted_data() {
  QTest::addColumn<QString>("sql");
  QTest::newRow("table") << "CREATE TABLE extra(x)";
  QTest::newRow("index") << "CREATE INDEX extra ON runs(name)";
  QTest::newRow("view") << "CREATE VIEW extra AS SELECT * FROM runs";
  QTest::newRow("trigger") << "CREATE TRIGGER extra AFTER INSERT ON notes BEGIN DELETE FROM runs; END";
  QTest::newRow("view in place of a table") << "DROP TABLE notes; CREATE VIEW notes AS SELECT * FROM runs";
  QTest::newRow("other columns") << "ALTER TABLE notes ADD COLUMN x TEXT";
  QTest::newRow("virtual table") << "CREATE VIRTUAL TABLE extra USING fts5(x)";
  QTest::newRow("no version") << "PRAGMA user_version=0";
  QTest::newRow("odd version") << "PRAGMA user_version=-3";
}

void ProjectOpenTest::strangersTablesAreNotTrusted() {
  QFETCH(QString, sql);
  runSql(path_, sql.toStdString());
  const auto before = readAll(path_);
  {
    auto project = Project::open(path_);
    QVERIFY2(project, why(project));
    QVERIFY(project->isDamaged() && project->isReadOnly());
    QVERIFY2(warningsOf(*project).startsWith("The project's file is damaged."), warningsOf(*project));
    QCOMPARE(project->runs()->size(), std::size_t{2});
    NoteRecord note;
    QVERIFY(!project->addNote(note));
    QVERIFY(project->saveAs(file("clean.lexarium")));
    QVERIFY2(project->warnings().empty() && !project->isReadOnly(), warningsOf(*project));
    QCOMPARE(project->runs()->size(), std::size_t{2});
  }
  QCOMPARE(readAll(path_), before);
}

void ProjectOpenTest::changedNumbersAreFound() {
  // SQLite has no sums: only the seal shows that these are not what was written.
  for (const char* sql : {"UPDATE runs SET loss=loss+1 WHERE id=(SELECT min(id) FROM runs)",
                          "UPDATE runs SET params=replace(params,'100','101') WHERE name='First'",
                          "UPDATE runs SET id=id+100000 WHERE name='Fork 国'",
                          "UPDATE blobs SET sha256=zeroblob(32) WHERE id=(SELECT min(blob) FROM frames)",
                          "UPDATE flags SET seal=zeroblob(16) WHERE id=(SELECT min(id) FROM flags)"}) {
    init();
    runSql(path_, std::string("PRAGMA foreign_keys=OFF;") + sql);
    const auto project = Project::open(path_);
    QVERIFY2(project, why(project));
    QVERIFY2(project->isDamaged(), sql);
    QVERIFY2(warningsOf(*project).contains("1 of the "), warningsOf(*project));
    QVERIFY(describe(*project) != description_);
    QVERIFY(!project->verify()->empty());
  }
}

void ProjectOpenTest::changedContentsAreFound() {
  // Chunks and losses are not read when the project is opened, but they are never given away changed.
  runSql(path_, "UPDATE chunks SET bytes=zeroblob(length(bytes)); UPDATE metrics SET points=points-1");
  auto project = Project::open(path_);
  QVERIFY2(project, why(project));
  const auto run = project->runs()->front().id;
  QVERIFY(why(project->readCheckpoint(project->checkpoints(run)->front().id)).contains("damaged"));
  QVERIFY(why(project->readFrame(project->frames(run)->front().id)).contains("moment at step 0: "));
  QVERIFY(why(project->readCorpus(project->corpora()->front().id)).contains("damaged"));
  QVERIFY(why(project->metrics(run)).contains("damaged"));
  QVERIFY(project->verify()->size() > 5);
  // Rows that are gone do not go unnoticed either.
  init();
  runSql(path_, "DELETE FROM metrics WHERE id=(SELECT min(id) FROM metrics)");
  project = Project::open(path_);
  QVERIFY(why(project->metrics(project->runs()->front().id)).contains("damaged"));
}

void ProjectOpenTest::rowsOfOtherTypesAreFound() {
  // A stranger can seal anything.
  RunRecord run;
  SelectionRecord selection;
  {
    const auto project = Project::open(path_, Project::Mode::ReadOnly);
    run = project->runs()->front();
    selection = project->selections()->front();
  }
  auto database = Database::open(path_, Database::Access::ReadWrite);
  const auto change = [&](auto record, const char* column, const Value& value) {
    using Record = decltype(record);
    Row row = toRow(record);
    row.id = ++run.id + 1'000'000;
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      if (tableOf<Record>().columns[i] == std::string_view(column)) row.values[i] = value;
    }
    QVERIFY(insertRow(*database, tableOf<Record>(), row));
  };
  change(run, "params", Value(std::string("[1,2]")));
  change(run, "mode", Value(std::string("sideways")));
  change(run, "visible", Value(std::int64_t{2}));
  change(run, "corpus_hash", Value(Bytes(31)));
  change(selection, "words", Value(Bytes(7)));
  *database = *Database::inMemory();
  const auto project = Project::open(path_);
  QVERIFY2(project, why(project));
  QVERIFY2(warningsOf(*project).contains("4 of the runs are damaged"), warningsOf(*project));
  QVERIFY2(warningsOf(*project).contains("1 of the selections is damaged"), warningsOf(*project));
  QCOMPARE(describe(*project), description_);
}

void ProjectOpenTest::hugeClaimsAllocateNothing() {
  auto database = Database::open(path_, Database::Access::ReadWrite);
  const RecordId blob = *database->integer("SELECT min(blob) FROM frames");
  for (const std::uint64_t bytes : {std::uint64_t{1} << 20 | 1, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
    BlobRecord record{blob, bytes, true, {}};
    QVERIFY(updateRow(*database, tableOf<BlobRecord>(), toRow(record)));
    QVERIFY(why(readBlob(*database, blob, "x")).contains("damaged"));
  }
  // Ids from which no ids of chunks can be made.
  QVERIFY(database->run("UPDATE state SET id=9000000000000000000"));
  *database = *Database::inMemory();
  const auto project = Project::open(path_);
  QVERIFY2(project, why(project));
  QVERIFY(project->isDamaged());
}

void ProjectOpenTest::damagedProjectsAreSavedElsewhere() {
  runSql(path_,
         "PRAGMA foreign_keys=OFF; UPDATE runs SET loss=7 WHERE name='First'; "
         "UPDATE chunks SET bytes=zeroblob(length(bytes)) WHERE id>>20="
         "(SELECT max(blob) FROM checkpoints)");
  const auto before = readAll(path_);
  {
    auto project = Project::open(path_);
    QVERIFY2(project && project->isDamaged(), why(project));
    const auto saved = project->saveAs(file("rescued.lexarium"));
    QVERIFY2(saved, why(saved));
    QVERIFY2(project->warnings().empty(), warningsOf(*project));
    const auto problems = project->verify();
    QVERIFY2(problems->empty(), problems->empty() ? "" : problems->front().c_str());
    // The fork, without its lost parent and one checkpoint, and with all its losses.
    QCOMPARE(project->runs()->size(), std::size_t{1});
    const RunRecord run = project->runs()->front();
    QCOMPARE(run.name, std::string("Fork 国"));
    QCOMPARE(run.parent, RecordId{0});
    QCOMPARE(project->checkpoints(run.id)->size(), std::size_t{1});
    QCOMPARE(project->frames(run.id)->size(), std::size_t{4});
    QCOMPARE(project->metrics(run.id)->size(), std::size_t{500});
    QVERIFY(project->readCorpus(project->corpora()->front().id));
    QCOMPARE(project->notes()->size(), std::size_t{1});
    QVERIFY(project->setState("a", "1"));
  }
  QCOMPARE(readAll(path_), before);
}

void ProjectOpenTest::headsThatAreLost() {
  // The schema's page is overwritten: nothing can be found any more, and that is what the sentence says.
  auto bytes = readAll(path_);
  for (std::size_t i = 100; i < 16384; ++i) bytes[i] = static_cast<char>(i * 7);
  writeAll(path_, bytes);
  const auto project = Project::open(path_);
  QVERIFY2(why(project).contains("damaged so much that it cannot be opened"), why(project));
  QCOMPARE(readAll(path_), bytes);
}

void ProjectOpenTest::headsWithAnotherSizeAreLeft() {
  // Found by project_fuzz: when a transaction begins, SQLite corrects a size that the head's counters do not
  // vouch for, and its end wrote that into a file which was only to be looked at.
  auto bytes = readAll(path_);
  bytes[27] = static_cast<char>(bytes[27] + 1);  // the file's change counter
  for (const std::size_t size : {bytes.size(), bytes.size() - 16384, std::size_t{65534}}) {
    writeAll(path_, bytes.substr(0, size));
    {
      const auto project = Project::open(path_);
      QVERIFY(project || !project.error().what.empty());
    }
    QVERIFY(readAll(path_) == bytes.substr(0, size));
    QVERIFY(!fs::exists(file("a.lexarium-journal")));
  }
}

int main(int argc, char** argv) {
  if (argc == 4 && QByteArray(argv[1]) == "--hold") return hold(argv[2], argv[3]);
  QCoreApplication app(argc, argv);
  ProjectOpenTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "project_open_test.moc"
