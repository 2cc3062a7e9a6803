// SPDX-License-Identifier: GPL-3.0-or-later
// The one-way rule of ARCHITECTURE.md, held by reading the #include lines of the source.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <optional>

namespace {

// A folder of core may include itself and folders before it.
const QStringList kCoreOrder = {"base", "text",   "formats", "tasks",      "concordance", "autodiff",
                                "nn",   "models", "train",   "projection", "analysis",    "project"};
const QStringList kLibraries = {"Eigen",       "unicode",     "nlohmann",  "tl",    "cpuid.h",
                                "immintrin.h", "xmmintrin.h", "sqlite3.h", "zstd.h",
                                "sentencepiece_processor.h", "sentencepiece_trainer.h"};
const QStringList kPosix = {"unistd.h", "malloc.h", "fcntl.h", "pthread.h", "sched.h",  "dlfcn.h",
                            "signal.h", "poll.h",   "io.h",    "process.h", "windows.h"};

struct Include {
  QString path;
  bool angled = false;
};

std::optional<Include> includeOf(const QString& line) {
  static const QRegularExpression pattern("^\\s*#\\s*include\\s*([<\"])([^>\"]+)");
  const auto match = pattern.match(line);
  if (!match.hasMatch()) return std::nullopt;
  return Include{match.captured(2), match.captured(1) == "<"};
}

bool isStandard(const QString& path) {
  // <vector>, <cstdint>: no folder, no extension, no capitals.
  return !path.contains('/') && !path.contains('.') && path == path.toLower();
}

bool isPosix(const QString& path) { return kPosix.contains(path) || path.startsWith("sys/"); }

QString checkCore(const QString& file, const Include& include) {
  const QString folder = file.section('/', 1, 1);
  if (isPosix(include.path)) return folder == "base" ? "" : "system headers belong into core/base";
  if (include.angled) {
    const QString library = include.path.section('/', 0, 0);
    return isStandard(include.path) || kLibraries.contains(library)
               ? ""
               : "core knows only Eigen, ICU, SQLite, zstd, sentencepiece, JSON";
  }
  if (!include.path.startsWith("core/")) return "core includes core only, by its full path";
  const auto from = kCoreOrder.indexOf(folder);
  const auto to = kCoreOrder.indexOf(include.path.section('/', 1, 1));
  if (from < 0 || to < 0) return "this folder of core is not in the list";
  return to <= from ? "" : "core/" + kCoreOrder[from] + " stands before core/" + kCoreOrder[to];
}

QString checkUi(const QString& file, const Include& include) {
  if (include.path.startsWith("app/")) return "ui knows nothing of app";
  if (include.path.startsWith("qcustomplot", Qt::CaseInsensitive) && !file.startsWith("ui/plot/")) {
    return "only ui/plot sees QCustomPlot";
  }
  // Views do not know each other; ui/views/x_view.* includes its own header and the interface of all.
  static const QRegularExpression view("^ui/views/(\\w+)_view\\.(h|cpp)$");
  const auto from = view.match(file);
  const auto to = view.match(include.path);
  if (from.hasMatch() && to.hasMatch() && from.captured(1) != to.captured(1))
    return "a view includes another view";
  return "";
}

// Empty: the line is allowed in the file.
QString violation(const QString& file, const QString& line) {
  const auto include = includeOf(line);
  if (!include) return "";
  if (file.startsWith("core/")) return checkCore(file, *include);
  if (file.startsWith("ui/")) return checkUi(file, *include);
  if (file.startsWith("app/cli/") && (include->path.startsWith("ui/") || include->path.startsWith('Q'))) {
    return "the command line needs no window";
  }
  return "";
}

}  // namespace

class IncludeRuleTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void findsViolations_data();
  void findsViolations();
  void sourceKeepsTheRule();
};

void IncludeRuleTest::findsViolations_data() {
  QTest::addColumn<QString>("file");
  QTest::addColumn<QString>("line");
  QTest::addColumn<bool>("allowed");
  const auto row = [](const char* file, const char* line, bool allowed) {
    QTest::addRow("%s %s", file, line) << QString(file) << QString(line) << allowed;
  };
  row("core/text/corpus.h", "#include \"core/base/matrix.h\"", true);
  row("core/text/corpus.h", "#include \"core/text/decode.h\"", true);
  row("core/text/corpus.h", "#include <vector>", true);
  row("core/text/icu.cpp", "#include <unicode/ubrk.h>", true);
  row("core/formats/vectors.cpp", "#include \"core/models/learner.h\"", false);
  row("core/base/file.cpp", "#include \"core/text/corpus.h\"", false);
  row("core/text/corpus.cpp", "  #  include <QString>", false);
  row("core/text/corpus.cpp", "#include <QtCore/QString>", false);
  row("core/text/corpus.cpp", "#include \"ui/session/session.h\"", false);
  row("core/text/corpus.cpp", "#include \"corpus.h\"", false);
  row("core/text/corpus.cpp", "#include <unistd.h>", false);
  row("core/train/trainer.cpp", "#include <sys/resource.h>", false);
  row("core/base/file.cpp", "#include <unistd.h>", true);
  row("core/odd/new.cpp", "#include \"core/base/matrix.h\"", false);
  row("core/text/corpus.cpp", "// #include <QString>", true);
  row("ui/session/session.h", "#include \"app/main.h\"", false);
  row("ui/views/map_view.cpp", "#include \"ui/views/loss_view.h\"", false);
  row("ui/views/map_view.cpp", "#include \"ui/views/map_view.h\"", true);
  row("ui/views/map_view.h", "#include \"ui/views/view.h\"", true);
  row("ui/views/registry.cpp", "#include \"ui/views/loss_view.h\"", true);
  row("ui/views/map_view.cpp", "#include <qcustomplot.h>", false);
  row("ui/plot/scatter.cpp", "#include <qcustomplot.h>", true);
  row("app/cli/main.cpp", "#include <QString>", false);
  row("app/cli/main.cpp", "#include \"ui/session/session.h\"", false);
  row("app/main.cpp", "#include <QApplication>", true);
}

void IncludeRuleTest::findsViolations() {
  QFETCH(QString, file);
  QFETCH(QString, line);
  QFETCH(bool, allowed);
  QCOMPARE(violation(file, line).isEmpty(), allowed);
}

void IncludeRuleTest::sourceKeepsTheRule() {
  const QDir root(QStringLiteral(LEXARIUM_SOURCE_DIR));
  QStringList found;
  int files = 0;
  for (const QString folder : {"core", "ui", "app"}) {
    QDirIterator each(root.filePath(folder), {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
    while (each.hasNext()) {
      QFile file(each.next());
      QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
      const QString name = root.relativeFilePath(file.fileName());
      ++files;
      int number = 0;
      for (const QByteArray& line : file.readAll().split('\n')) {
        ++number;
        const QString why = violation(name, QString::fromUtf8(line));
        if (!why.isEmpty())
          found << QString("%1:%2: %3 (%4)").arg(name).arg(number).arg(why, QString::fromUtf8(line));
      }
    }
  }
  QVERIFY2(files > 50, "the source was not found");
  QVERIFY2(found.isEmpty(), qPrintable('\n' + found.join('\n')));
}

QTEST_GUILESS_MAIN(IncludeRuleTest)
#include "include_rule_test.moc"
