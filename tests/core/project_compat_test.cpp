// SPDX-License-Identifier: GPL-3.0-or-later
// Projects that were written by older versions (tests/compat) open, hold what they held, and can be changed.
#include <zstd.h>

#include <QTemporaryDir>
#include <QTest>

#include "core/base/file.h"
#include "core/project/schema.h"
#include "tests/support/some_project.h"

using namespace lexarium;
using namespace lexarium::test;
namespace fs = std::filesystem;

namespace {

fs::path compatFile(const fs::path& folder, std::size_t version, const char* suffix) {
  return folder / ("project-" + std::to_string(version) + suffix);
}

std::string unpacked(const std::string& packed) {
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size > (1u << 24)) return {};
  std::string bytes(static_cast<std::size_t>(size), '\0');
  const auto done = ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
  return done == bytes.size() ? bytes : std::string();
}

std::string packed(const std::string& bytes) {
  std::string result(ZSTD_compressBound(bytes.size()), '\0');
  result.resize(ZSTD_compress(result.data(), result.size(), bytes.data(), bytes.size(), 19));
  return result;
}

}  // namespace

class ProjectCompatTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void opens_data();
  void opens();

 private:
  const fs::path folder_ = fs::path(LEXARIUM_SOURCE_DIR) / "tests" / "compat";
  QTemporaryDir temporary_;
};

void ProjectCompatTest::initTestCase() {
  const QByteArray target = qgetenv("LEXARIUM_WRITE_COMPAT");
  if (target.isEmpty()) return;
  const auto version = migrations().size();
  const auto path = pathFromUtf8(temporary_.filePath("new.lexarium").toStdString());
  const fs::path file = compatFile(target.toStdString(), version, ".lexarium.zst");
  QVERIFY2(!fs::exists(file), "what was written once is never written anew");
  writeSomeProject(path);
  writeAll(compatFile(target.toStdString(), version, ".txt"), describe(*Project::open(path)));
  writeAll(file, packed(readAll(path)));
}

void ProjectCompatTest::opens_data() {
  QTest::addColumn<quint64>("version");
  for (std::size_t version = 1; version <= migrations().size(); ++version) {
    QTest::addRow("format %zu", version) << quint64{version};
  }
}

void ProjectCompatTest::opens() {
  QFETCH(quint64, version);
  const std::string bytes = unpacked(readAll(compatFile(folder_, version, ".lexarium.zst")));
  QVERIFY(!bytes.empty());
  const auto path = pathFromUtf8(temporary_.filePath("a.lexarium").toStdString());
  writeAll(path, bytes);
  {
    auto project = Project::open(path);
    QVERIFY2(project, project ? "" : project.error().message().c_str());
    QVERIFY(project->warnings().empty() && !project->isReadOnly());
    QCOMPARE(describe(*project), readAll(compatFile(folder_, version, ".txt")));
    QVERIFY(project->verify()->empty());
    QVERIFY(project->setState("seen", "1"));
    QVERIFY(project->removeRun(project->runs()->front().id));
    QVERIFY(project->compact());
  }
  const auto project = Project::open(path);
  QVERIFY(project && project->state("seen")->has_value() && project->verify()->empty());
}

QTEST_GUILESS_MAIN(ProjectCompatTest)
#include "project_compat_test.moc"
