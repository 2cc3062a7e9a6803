// SPDX-License-Identifier: GPL-3.0-or-later
// Project files that were cut or changed: refused, or opened with all that is still as it was stored. Never a
// crash, never a wrong number, and never a byte written to the file.
#include <QTemporaryDir>
#include <QTest>
#include <set>
#include <sstream>

#include "core/base/file.h"
#include "core/base/rng.h"
#include "tests/support/damage.h"
#include "tests/support/some_project.h"

using namespace lexarium;
using namespace lexarium::test;
namespace fs = std::filesystem;

namespace {

std::multiset<std::string> linesOf(const std::string& text) {
  std::multiset<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.insert(line);
  return lines;
}

bool isMissing(const std::string& line) { return line.find(" missing") != std::string::npos; }

}  // namespace

class ProjectDamageTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void truncatedAnywhere();
  void flippedBits();
  void overwrittenPages();
  void damagedProjectsCanBeSaved();
  void cleanupTestCase();

 private:
  void judge(const std::string& bytes, const QByteArray& what);
  void judgeContent(const Project& project, const QByteArray& what);
  void rescue(const std::string& bytes, const QByteArray& what);

  QTemporaryDir folder_;
  fs::path path_;
  std::string whole_;
  std::string description_;
  std::multiset<std::string> lines_;
  int refused_ = 0, damaged_ = 0, asBefore_ = 0;
};

void ProjectDamageTest::initTestCase() {
  path_ = pathFromUtf8(folder_.filePath("a.lexarium").toStdString());
  writeSomeProject(path_);
  whole_ = readAll(path_);
  description_ = describe(*Project::open(path_));
  lines_ = linesOf(description_);
}

void ProjectDamageTest::cleanupTestCase() {
  qInfo("%d refused, %d opened as damaged, %d opened as they were", refused_, damaged_, asBefore_);
}

void ProjectDamageTest::judgeContent(const Project& project, const QByteArray& what) {
  const std::string now = describe(project);
  if (now == description_) return;
  const auto lines = linesOf(now);
  for (const std::string& line : lines) {
    // Of a damaged run's losses some may be left.
    const bool some = project.isDamaged() && (line.starts_with("points ") || line == "window none");
    QVERIFY2(some || isMissing(line) || lines_.contains(line), (what + ": " + line.c_str()).constData());
  }
  if (!project.isDamaged()) QVERIFY2(lines.size() == lines_.size(), what.constData());
}

void ProjectDamageTest::judge(const std::string& bytes, const QByteArray& what) {
  writeAll(path_, bytes);
  {
    const auto project = Project::open(path_);
    if (!project) {
      ++refused_;
      QVERIFY2(!project.error().what.empty() && project.error().where.starts_with("a.lexarium"),
               what.constData());
    } else {
      ++(project->isDamaged() ? damaged_ : asBefore_);
      QVERIFY2(project->isReadOnly() || !project->isDamaged(), what.constData());
      judgeContent(*project, what);
    }
  }
  QVERIFY2(readAll(path_) == bytes, what.constData());
}

void ProjectDamageTest::truncatedAnywhere() {
  cutEverywhere(whole_, [this](const std::string& bytes, const QByteArray& what) { judge(bytes, what); });
}

void ProjectDamageTest::flippedBits() {
  flipEverywhere(whole_, 400,
                 [this](const std::string& bytes, const QByteArray& what) { judge(bytes, what); });
}

void ProjectDamageTest::overwrittenPages() {
  constexpr std::size_t kPage = 16384;
  for (std::size_t page = 0; page * kPage < whole_.size(); ++page) {
    for (const std::size_t source : {std::size_t{0}, page + 1}) {
      std::string bytes = whole_;
      const std::string other = bytes.substr((source * kPage) % bytes.size(), kPage);
      bytes.replace(page * kPage, kPage, source == 0 ? std::string(kPage, '\0') : other);
      judge(bytes, "page " + QByteArray::number(page));
      if (QTest::currentTestFailed()) return;
    }
  }
}

void ProjectDamageTest::rescue(const std::string& bytes, const QByteArray& what) {
  writeAll(path_, bytes);
  auto project = Project::open(path_);
  if (!project || !project->isDamaged()) return;
  const fs::path target = path_.parent_path() / "saved.lexarium";
  const auto saved = project->saveAs(target);
  QVERIFY2(saved, saved ? "" : (what + ": " + saved.error().message().c_str()).constData());
  QVERIFY2(!project->isDamaged() && project->warnings().empty(), what.constData());
  const auto problems = project->verify();
  QVERIFY2(problems->empty(), problems->empty() ? "" : (what + ": " + problems->front().c_str()).constData());
  for (const std::string& line : linesOf(describe(*project))) {
    const bool some = line.starts_with("points ") || line.starts_with("run ") || line == "window none";
    QVERIFY2(some || lines_.contains(line), (what + ": " + line.c_str()).constData());
  }
}

void ProjectDamageTest::damagedProjectsCanBeSaved() {
  Rng rng(3);
  for (int round = 0; round < rounds(100); ++round) {
    std::string bytes = whole_;
    const std::size_t at = 100 + rng.below(static_cast<std::uint32_t>(bytes.size()) - 200);
    for (std::size_t i = at; i < at + 50; ++i) bytes[i] = static_cast<char>(rng.next());
    rescue(bytes, "overwritten at " + QByteArray::number(at));
    if (QTest::currentTestFailed()) return;
  }
}

QTEST_GUILESS_MAIN(ProjectDamageTest)
#include "project_damage_test.moc"
