// SPDX-License-Identifier: GPL-3.0-or-later
// The program is killed at random moments of writing, copying, compacting and migrating: the project is then
// as it was before or after the change, whole, and nothing that was acknowledged is lost.
// LEXARIUM_KILL_RUNS=1000: more of it.
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/project/project_open.h"
#include "core/project/project_store.h"
#include "tests/support/some_project.h"

using namespace lexarium;
using namespace lexarium::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* kCopy = "copy.lexarium";

Expected<void> growMuch(Database& database) {
  return database.run(
      "CREATE TABLE grown(id INTEGER PRIMARY KEY, text TEXT) STRICT;"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 30000)"
      "INSERT INTO grown SELECT i, hex(randomblob(100)) FROM n");
}
const std::vector<Migration> kNext = {migrations()[0], &growMuch};

// --- The child: makes changes for ever, and says which are done.

/// Says that change `number` is on the disk.
void acknowledge(int number) {
  std::printf("%d\n", number);
  std::fflush(stdout);
}

/// One change of all kinds, numbered; all of it or nothing must be there afterwards.
Expected<void> changeAll(Project& project, RecordId run, int number) {
  return project.together([&]() -> Expected<void> {
    NoteRecord note;
    note.title = std::to_string(number);
    CheckpointRecord checkpoint;
    checkpoint.run = run;
    checkpoint.step = 10'000 + static_cast<std::uint64_t>(number);
    const auto old = project.checkpoints(run);
    if (old && old->size() > 4) {
      if (auto removed = project.removeCheckpoint(old->front().id); !removed) return removed;
    }
    if (auto added = project.addNote(note); !added) return tl::unexpected<Error>(added.error());
    if (auto added = project.addCheckpoint(checkpoint, someState(checkpoint.step)); !added)
      return tl::unexpected<Error>(added.error());
    const auto points = somePoints(501 + 10 * static_cast<std::uint64_t>(number), 10);
    if (auto written = project.appendMetrics(run, points); !written) return written;
    return project.setState("number", std::to_string(number));
  });
}

int changes(Project& project) {
  const RecordId run = project.runs()->front().id;
  for (int number = 0;; ++number) {
    if (!changeAll(project, run, number)) return 1;
    acknowledge(number);
  }
}

int copies(Project& project) {
  for (int number = 0;; ++number) {
    if (!project.setState("number", std::to_string(number))) return 1;
    if (!project.duplicate(project.path().parent_path() / kCopy)) return 1;
    acknowledge(number);
  }
}

int compactions(Project& project) {
  FrameRecord frame;
  frame.run = project.runs()->front().id;
  for (int number = 0;; ++number) {
    frame.step = 5000 + static_cast<std::uint64_t>(number % 2);
    if (!project.addFrame(frame, someBytes(500'000, frame.step)) || !project.compact()) return 1;
    acknowledge(number);
  }
}

int storedChanges(Project project) {
  const RecordId run = project.runs()->front().id;
  ProjectStore store(std::move(project), [](const Error&) {});
  for (int number = 0;; ++number) {
    store.appendMetrics(run, somePoints(501 + static_cast<std::uint64_t>(number), 1));
    store.change([number](Project& project) -> Expected<void> {
      auto done = project.setState("number", std::to_string(number));
      if (done) acknowledge(number);
      return done;
    });
    store.flush();
  }
}

int work(const std::string& what, const fs::path& path) {
  if (what == "migrate") {
    std::puts("begin");
    std::fflush(stdout);
    const auto project = openProject(path, Project::Mode::ReadWrite, kNext);
    acknowledge(project ? 0 : 1);
    return 0;
  }
  auto project = Project::open(path);
  if (!project) return 1;
  std::puts("begin");
  std::fflush(stdout);
  if (what == "change") return changes(*project);
  if (what == "copy") return copies(*project);
  if (what == "compact") return compactions(*project);
  return storedChanges(std::move(*project));
}

// --- The parent.

/// Starts the child, kills it at a random moment and returns the last number that it has said; -1: none.
int killAtRandom(const char* what, const fs::path& path, Rng& rng, int longestMicroseconds) {
  QProcess child;
  child.start(QCoreApplication::applicationFilePath(),
              {"--work", what, QString::fromStdString(pathToUtf8(path))});
  if (!child.waitForReadyRead(60'000)) qFatal("the child does not begin");
  const auto moment = static_cast<qint64>(rng.below(static_cast<std::uint32_t>(longestMicroseconds)));
  QElapsedTimer timer;
  timer.start();
  while (timer.nsecsElapsed() < 1000 * moment) {
  }
  child.kill();
  child.waitForFinished(60'000);
  if (child.exitStatus() == QProcess::NormalExit && child.exitCode() != 0) qFatal("the child has failed");
  int last = -1;
  for (const QByteArray& line : child.readAllStandardOutput().split('\n')) {
    bool isNumber = false;
    const int number = line.toInt(&isNumber);
    if (isNumber) last = number;
  }
  return last;
}

int runs(int usually) {
  bool given = false;
  const int wanted = qEnvironmentVariableIntValue("LEXARIUM_KILL_RUNS", &given);
  return given ? wanted / 5 : usually;
}

}  // namespace

class ProjectKillTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init();
  void whileChanging();
  void whileStoring();
  void whileCopying();
  void whileCompacting();
  void whileMigrating();

 private:
  /// The project after a kill: whole, and not damaged.
  std::unique_ptr<Project> reopened(const fs::path& path);

  std::unique_ptr<QTemporaryDir> folder_;
  fs::path path_;
  std::string whole_;
  std::string description_;
  Rng rng_{77};
};

void ProjectKillTest::initTestCase() {
  QTemporaryDir folder;
  const auto path = pathFromUtf8(folder.filePath("a.lexarium").toStdString());
  writeSomeProject(path);
  whole_ = readAll(path);
  description_ = describe(*Project::open(path));
}

void ProjectKillTest::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  path_ = pathFromUtf8(folder_->filePath("a.lexarium").toStdString());
  writeAll(path_, whole_);
}

std::unique_ptr<Project> ProjectKillTest::reopened(const fs::path& path) {
  auto project = Project::open(path);
  if (!project) {
    qWarning("%s", project.error().message().c_str());
    return nullptr;
  }
  const auto problems = project->verify();
  for (const auto& problem : *problems) qWarning("%s", problem.c_str());
  for (const auto& warning : project->warnings()) qWarning("%s", warning.c_str());
  if (!problems->empty() || !project->warnings().empty()) return nullptr;
  return std::make_unique<Project>(std::move(*project));
}

void ProjectKillTest::whileChanging() {
  for (int run = 0; run < runs(20); ++run) {
    init();
    const int said = killAtRandom("change", path_, rng_, 120'000);
    const auto project = reopened(path_);
    QVERIFY(project);
    const auto number = project->state("number")->value_or("-1");
    // What was said is there, and at most one more that was not said yet; each change is whole.
    const int there = std::stoi(number);
    QVERIFY2(there == said || there == said + 1, number.c_str());
    QCOMPARE(project->notes()->size(), static_cast<std::size_t>(1 + there + 1));
    const RecordId first = project->runs()->front().id;
    QCOMPARE(project->metrics(first)->size(), static_cast<std::size_t>(500 + 10 * (there + 1)));
    if (there >= 0) {
      const auto checkpoint = project->checkpoints(first)->back();
      QCOMPARE(checkpoint.step, static_cast<std::uint64_t>(10'000 + there));
      QVERIFY(*project->readCheckpoint(checkpoint.id) == someState(checkpoint.step));
    }
  }
}

void ProjectKillTest::whileStoring() {
  for (int run = 0; run < runs(10); ++run) {
    init();
    const int said = killAtRandom("store", path_, rng_, 120'000);
    const auto project = reopened(path_);
    QVERIFY(project);
    const int there = std::stoi(project->state("number")->value_or("-1"));
    QVERIFY(there == said || there == said + 1);
    // Metrics come before the change that was asked for after them.
    const auto points = project->metrics(project->runs()->front().id)->size();
    QVERIFY(points == static_cast<std::size_t>(500 + there + 1) ||
            points == static_cast<std::size_t>(500 + there + 2));
  }
}

void ProjectKillTest::whileCopying() {
  for (int run = 0; run < runs(20); ++run) {
    init();
    const int said = killAtRandom("copy", path_, rng_, 80'000);
    const auto project = reopened(path_);
    QVERIFY(project);
    const fs::path copy = path_.parent_path() / kCopy;
    QVERIFY(said < 0 || fs::exists(copy));
    if (!fs::exists(copy)) continue;
    const auto copied = reopened(copy);
    QVERIFY(copied);
    const int number = std::stoi(copied->state("number")->value_or("-1"));
    QVERIFY(number == said || number == said + 1);
    QCOMPARE(describe(*copied), description_);
  }
}

void ProjectKillTest::whileCompacting() {
  for (int run = 0; run < runs(10); ++run) {
    init();
    killAtRandom("compact", path_, rng_, 120'000);
    const auto project = reopened(path_);
    QVERIFY(project);
    QVERIFY(project->frames(project->runs()->front().id)->size() <= 6);
  }
}

void ProjectKillTest::whileMigrating() {
  for (int run = 0; run < runs(20); ++run) {
    init();
    killAtRandom("migrate", path_, rng_, 60'000);
    std::int64_t version = 0;
    {
      const auto project = Project::open(path_);
      QVERIFY2(project, project ? "" : project.error().message().c_str());
      QVERIFY(!project->isDamaged() && project->verify()->empty());
      version = project->warnings().empty() ? 1 : 2;
      QCOMPARE(describe(*project), description_);
    }
    auto database = Database::open(path_, Database::Access::ReadOnly);
    QCOMPARE(*database->integer("PRAGMA user_version"), version);
    QCOMPARE(*database->integer("SELECT count(*) FROM sqlite_schema WHERE name='grown'"), version - 1);
    if (version == 2) QCOMPARE(*database->integer("SELECT count(*) FROM grown"), std::int64_t{30'000});
  }
}

int main(int argc, char** argv) {
  if (argc == 4 && QByteArray(argv[1]) == "--work") return work(argv[2], pathFromUtf8(argv[3]));
  QCoreApplication app(argc, argv);
  ProjectKillTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "project_kill_test.moc"
