// SPDX-License-Identifier: GPL-3.0-or-later
// Disks that are full, files that may not grow, folders that cannot be written or are gone: the project stays
// as it was, there is one clear sentence, and the program goes on.
#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/file.h"
#include "core/project/project_store.h"
#include "tests/support/some_project.h"

#ifdef __unix__
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#endif

using namespace lexarium;
using namespace lexarium::test;
namespace fs = std::filesystem;

namespace {

template <class T>
QByteArray why(const Expected<T>& result) {
  return result ? QByteArray("(no error)") : QByteArray::fromStdString(result.error().message());
}

bool isOneSentence(const QByteArray& message) {
  return message.startsWith("a.lexarium") && !message.contains('\n') && message.endsWith('.');
}

bool succeeds(const QString& program, const QStringList& arguments) {
  QProcess process;
  process.start(program, arguments);
  return process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit &&
         process.exitCode() == 0;
}

/// A small file system in memory, if this may be made (root).
class SmallDisk {
 public:
  explicit SmallDisk(const QString& size)
      : mounted_(succeeds("mount", {"-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder_.path()})) {}
  ~SmallDisk() {
    if (mounted_) succeeds("umount", {folder_.path()});
  }
  bool isThere() const { return mounted_; }
  bool makeReadOnly() const { return succeeds("mount", {"-o", "remount,ro", folder_.path()}); }
  bool makeWritable() const { return succeeds("mount", {"-o", "remount,rw", folder_.path()}); }
  fs::path path(const char* name) const { return pathFromUtf8(folder_.filePath(name).toStdString()); }

 private:
  QTemporaryDir folder_;
  bool mounted_;
};

/// All that writes, tried on a project that has no room; each must say so in a sentence.
void tryEverything(Project& project, const char* sentence) {
  FrameRecord frame;
  frame.run = project.runs()->front().id;
  frame.step = 99'999;
  const auto added = project.addFrame(frame, someBytes(4 << 20, 1));
  QVERIFY2(why(added).contains(sentence) && isOneSentence(why(added)), why(added));
  CheckpointRecord checkpoint;
  checkpoint.run = frame.run;
  TensorSet large;
  large.tensors["x"] = Tensor{TensorType::U8, {4 << 20}, someBytes(4 << 20, 2)};
  const auto kept = project.addCheckpoint(checkpoint, large);
  QVERIFY2(why(kept).contains(sentence), why(kept));
}

}  // namespace

class ProjectDiskTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void fullDisk();
  void fullDiskUnderTheStore();
  void filesThatMayNotGrow();
  void readOnlyDisk();
  void readOnlyFolder();
  void vanishedFolder();
};

void ProjectDiskTest::fullDisk() {
  const SmallDisk disk("1m");
  if (!disk.isThere()) QSKIP("only root can make a small disk");
  const auto path = disk.path("a.lexarium");
  writeSomeProject(path);
  std::string description;
  {
    auto project = Project::open(path);
    description = describe(*project);
    tryEverything(*project, "The disk is full");
    QVERIFY(project->setState("small", "0"));                  // gives the room of what failed back
    writeAll(disk.path("filler"), std::string(2 << 20, 'x'));  // as much as there is room for
    const auto copied = project->duplicate(disk.path("b.lexarium"));
    QVERIFY2(why(copied).contains("full"), why(copied));
    QVERIFY2(!fs::exists(disk.path("b.lexarium")), "a part of a copy stays");
    fs::remove(disk.path("filler"));
    QCOMPARE(describe(*project), description);
    QVERIFY(project->verify()->empty());
    // The program goes on: with what has room, and elsewhere.
    QVERIFY(project->setState("small", "1"));
    QTemporaryDir elsewhere;
    QVERIFY(project->saveAs(pathFromUtf8(elsewhere.filePath("c.lexarium").toStdString())));
    QCOMPARE(describe(*project), description);
    *project = std::move(*Project::open(path));
  }
  const auto project = Project::open(path);
  QVERIFY2(project, why(project));
  QCOMPARE(describe(*project), description);
  QVERIFY(project->state("small")->has_value() && project->warnings().empty());
}

void ProjectDiskTest::fullDiskUnderTheStore() {
  const SmallDisk disk("1m");
  if (!disk.isThere()) QSKIP("only root can make a small disk");
  const auto path = disk.path("a.lexarium");
  const auto filler = disk.path("filler");
  writeSomeProject(path);
  auto project = Project::open(path);
  const auto run = project->runs()->front().id;
  std::vector<std::string> errors;  // the store's thread's, until it is flushed
  ProjectStore store(std::move(*project), [&](const Error& error) { errors.push_back(error.message()); });
  writeAll(filler, std::string(2 << 20, 'x'));  // as much as there is room for
  for (std::uint64_t step = 501; step < 1001; step += 100) {
    store.appendMetrics(run, somePoints(step, 100));
    store.flush();
  }
  QCOMPARE(errors.size(), std::size_t{1});
  QVERIFY2(errors[0].find("The disk is full") != std::string::npos, errors[0].c_str());
  fs::remove(filler);
  store.appendMetrics(run, somePoints(1001, 1));
  const auto points = *store.close().metrics(run);
  QCOMPARE(points.size(), std::size_t{1001});  // nothing was lost
  for (std::size_t i = 0; i < points.size(); ++i) QCOMPARE(points[i].step, std::uint64_t{i + 1});
}

void ProjectDiskTest::filesThatMayNotGrow() {
#ifdef __unix__
  QTemporaryDir folder;
  const auto path = pathFromUtf8(folder.filePath("a.lexarium").toStdString());
  writeSomeProject(path);
  const auto before = readAll(path);
  {
    auto project = Project::open(path);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit usual{};
    getrlimit(RLIMIT_FSIZE, &usual);
    const rlimit small{before.size(), usual.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    tryEverything(*project, "The disk is full, or the file may not grow");
    setrlimit(RLIMIT_FSIZE, &usual);
    QVERIFY(project->verify()->empty());
  }
  QCOMPARE(readAll(path), before);
#else
  QSKIP("there is no such limit here");
#endif
}

void ProjectDiskTest::readOnlyDisk() {
  const SmallDisk disk("4m");
  if (!disk.isThere()) QSKIP("only root can make a small disk");
  const auto path = disk.path("a.lexarium");
  writeSomeProject(path);
  const auto before = readAll(path);
  QVERIFY(disk.makeReadOnly());
  {
    auto project = Project::open(path);
    QVERIFY2(project, why(project));
    QVERIFY(project->isReadOnly() && !project->isDamaged());
    QVERIFY(project->warnings().front().find("protected against writing") != std::string::npos);
    QVERIFY(why(project->setState("a", "1")).contains("can only be read"));
    QVERIFY(!project->duplicate(disk.path("b.lexarium")));
    QVERIFY(!Project::create(disk.path("c.lexarium")));
    QTemporaryDir elsewhere;
    QVERIFY(project->saveAs(pathFromUtf8(elsewhere.filePath("c.lexarium").toStdString())));
    QVERIFY(project->setState("a", "1"));
    *project = std::move(*Project::open(path));
  }
  QCOMPARE(readAll(path), before);
}

void ProjectDiskTest::readOnlyFolder() {
#ifdef __unix__
  if (geteuid() == 0) QSKIP("root writes everywhere; readOnlyDisk() does it");
#endif
  QTemporaryDir folder;
  const auto path = pathFromUtf8(folder.filePath("a.lexarium").toStdString());
  writeSomeProject(path);
  const auto before = readAll(path);
  fs::permissions(path.parent_path(), fs::perms::owner_read | fs::perms::owner_exec);
  {
    auto project = Project::open(path);
    QVERIFY2(project, why(project));
    const auto message = why(project->setState("a", "1"));
    QVERIFY2(isOneSentence(message) && message.contains("folder cannot be written"), message);
    QVERIFY(project->verify()->empty());
  }
  QCOMPARE(readAll(path), before);
  fs::permissions(path.parent_path(), fs::perms::owner_all);
}

void ProjectDiskTest::vanishedFolder() {
  QTemporaryDir outer;
  const auto folder = pathFromUtf8(outer.filePath("lesson").toStdString());
  const auto away = pathFromUtf8(outer.filePath("away").toStdString());
  fs::create_directory(folder);
  writeSomeProject(folder / "a.lexarium");
  const auto before = readAll(folder / "a.lexarium");
  auto project = Project::open(folder / "a.lexarium");
  fs::rename(folder, away);  // or the stick was pulled out
  const auto message = why(project->setState("a", "1"));
  QVERIFY2(isOneSentence(message) && message.contains("moved or deleted"), message);
  QVERIFY(!project->compact());
  QVERIFY(!project->saveAs(folder / "b.lexarium"));
  QCOMPARE(readAll(away / "a.lexarium"), before);
  // Once it is there again all is well.
  fs::rename(away, folder);
  QVERIFY2(project->setState("a", "1"), why(project->setState("a", "1")));
  fs::rename(folder, away);
  QVERIFY(project->saveAs(pathFromUtf8(outer.filePath("b.lexarium").toStdString())));
  QCOMPARE(*project->state("a"), std::optional<std::string>("1"));
}

QTEST_GUILESS_MAIN(ProjectDiskTest)
#include "project_disk_test.moc"
