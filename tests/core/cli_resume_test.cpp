// SPDX-License-Identifier: GPL-3.0-or-later
// Recipes and checkpoints as people use them on the command line: the real program, its files and exit codes.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "core/project/kept_run.h"
#include "core/project/project.h"
#include "core/train/checkpoint_file.h"

#ifdef __unix__
#include <csignal>
#endif

using namespace lexarium;

namespace {

struct Result {
  int code = -1;
  QByteArray out;
  QByteArray err;

  QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
  bool isOneSentence() const { return err.startsWith("lexarium-cli: ") && err.count('\n') == 1; }
};

QByteArray readAll(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class CliResumeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void recipeRepeatsTheRun();
  void flagsWinOverTheRecipe();
  void recipeOnAnotherTextSaysSo();
  void badRecipes_data();
  void badRecipes();
  void finishedRunGoesOnForLonger();
  void interruptedRunGoesOnAsIfNothingHadHappened();
  void badCheckpoints_data();
  void badCheckpoints();
  void checkpointThatCannotBeWritten();
  void projectHasItsTextWithIt();

 private:
  QString file(const QString& name) const { return folder_.filePath(name); }
  void write(const QString& name, const QByteArray& content) const {
    QFile out(file(name));
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
      qFatal("cannot write a test file");
  }
  Result run(const QStringList& arguments) const {
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.start(LEXARIUM_CLI, arguments);
    if (!process.waitForFinished(300'000)) qFatal("lexarium-cli does not end");
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
  }

  QTemporaryDir folder_;
  QString fingerprint_;  // of whole.txt
};

void CliResumeTest::initTestCase() {
  const auto whole = run({"train", "sample:small-world-en", "--output", "whole.txt", "--json", "--mode",
                          "reproducible", "--seed", "3", "--epochs", "3", "--lower-case=false",
                          "--write-recipe", "recipe.json", "--checkpoint", "whole.checkpoint"});
  QVERIFY2(whole.code == 0, whole.err.constData());
  // For runs that take about a second.
  QCOMPARE(run({"samples", "--write", "small-world-en", "world.txt"}).code, 0);
  write("short.txt", readAll(file("world.txt")).first(300'000));
  fingerprint_ = whole.object()["fingerprint"].toString();
  QCOMPARE(fingerprint_.size(), qsizetype{8});
  QCOMPARE(whole.object()["checkpoint"].toString(), QString("whole.checkpoint"));
}

void CliResumeTest::recipeRepeatsTheRun() {
  const auto recipe = QJsonDocument::fromJson(readAll(file("recipe.json"))).object();
  QCOMPARE(recipe["fingerprint"].toString(), fingerprint_);
  QCOMPARE(recipe["model"].toString(), QString("skip-gram"));
  QCOMPARE(recipe["parameters"].toObject()["epochs"].toInt(), 3);
  QCOMPARE(recipe["seed"].toInt(), 3);
  QCOMPARE(recipe["segmentation"].toObject()["lower_case"].toBool(true), false);
  const auto again =
      run({"train", "sample:small-world-en", "-o", "again.txt", "--recipe=recipe.json", "--json"});
  QVERIFY2(again.code == 0, again.err.constData());
  QCOMPARE(again.object()["fingerprint"].toString(), fingerprint_);
  QVERIFY(!again.err.contains("another one"));
  QVERIFY(readAll(file("again.txt")) == readAll(file("whole.txt")));
}

void CliResumeTest::flagsWinOverTheRecipe() {
  // The recipe names the model, so that its flags are known.
  write("glove.json", R"({"model": "glove", "parameters": {"epochs": 2, "dimensions": 10}})");
  const auto result = run({"train", "sample:small-world-en", "-o", "glove.txt", "--recipe", "glove.json",
                           "--x-max", "20", "--dimensions", "12", "--json"});
  QVERIFY2(result.code == 0, result.err.constData());
  const auto parameters = result.object()["parameters"].toObject();
  QCOMPARE(result.object()["model"].toString(), QString("glove"));
  QCOMPARE(result.object()["mode"].toString(), QString("reproducible"));
  QCOMPARE(parameters["x_max"].toDouble(), 20.0);
  QCOMPARE(parameters["dimensions"].toInt(), 12);
  QCOMPARE(parameters["epochs"].toInt(), 2);
}

void CliResumeTest::recipeOnAnotherTextSaysSo() {
  const auto other = run({"train", "sample:small-world-zh", "-o", "other.txt", "--recipe", "recipe.json"});
  QCOMPARE(other.code, 0);
  QVERIFY2(other.err.contains(fingerprint_.toUtf8()), other.err.constData());
}

void CliResumeTest::badRecipes_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QString>("part");
  QTest::addColumn<int>("code");
  const QStringList train = {"train", "sample:small-world-en", "-o", "never.txt", "--recipe"};
  QTest::newRow("missing") << train + QStringList{"no-such.json"} << "no-such.json" << 1;
  QTest::newRow("no JSON") << train + QStringList{"whole.txt"} << "whole.txt" << 1;
  QTest::newRow("misspelt") << train + QStringList{"misspelt.json"} << "\"sed\"" << 1;
  QTest::newRow("folder") << train + QStringList{"."} << "folder" << 1;
  QTest::newRow("other model") << train + QStringList{"recipe.json", "--model", "glove"} << "--model" << 2;
  QTest::newRow("recipe over text") << QStringList{"train",     "text.txt",       "-o",
                                                   "never.txt", "--write-recipe", "text.txt"}
                                    << "overwrite" << 1;
  QTest::newRow("recipe nowhere") << QStringList{"train",     "text.txt",       "-o",
                                                 "never.txt", "--write-recipe", "no/such/recipe.json"}
                                  << "recipe.json" << 1;
}

void CliResumeTest::badRecipes() {
  QFETCH(QStringList, arguments);
  QFETCH(QString, part);
  QFETCH(int, code);
  write("misspelt.json", R"({"model": "cbow", "sed": 3})");
  write("text.txt", "one two three two one two\n");
  const auto result = run(arguments);
  QVERIFY2(result.err.contains(part.toUtf8()), result.err.constData());
  QVERIFY2(result.isOneSentence(), result.err.constData());
  QCOMPARE(result.code, code);
  QVERIFY(!QFile::exists(file("never.txt")));
  QCOMPARE(readAll(file("text.txt")), QByteArray("one two three two one two\n"));
}

void CliResumeTest::finishedRunGoesOnForLonger() {
  const auto longer = run({"resume", "whole.checkpoint", "sample:small-world-en", "-o", "longer.txt",
                           "--epochs", "4", "--json", "--quiet"});
  QVERIFY2(longer.code == 0, longer.err.constData());
  QVERIFY(longer.err.isEmpty());
  QVERIFY(std::abs(longer.object()["epochs"].toDouble() - 4) < 1e-9);
  QVERIFY(longer.object()["fingerprint"].toString() != fingerprint_);
  // The text is cut as it was; at the end there is nothing left to do.
  const auto same = run({"resume", "whole.checkpoint", "sample:small-world-en", "-o", "same.txt", "--json"});
  QCOMPARE(same.object()["fingerprint"].toString(), fingerprint_);
  QVERIFY(run({"resume", "whole.checkpoint", "--help"}).out.contains("--negatives"));
}

void CliResumeTest::interruptedRunGoesOnAsIfNothingHadHappened() {
#ifdef __unix__
  QProcess process;
  process.setWorkingDirectory(folder_.path());
  process.start(LEXARIUM_CLI, {"train", "short.txt", "-o", "part.txt", "--recipe", "recipe.json", "--epochs",
                               "60", "--checkpoint", "part.checkpoint", "--checkpoint-every", "0.1"});
  QVERIFY(process.waitForStarted());
  QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file("part.checkpoint")), 60'000);
  kill(static_cast<pid_t>(process.processId()), SIGINT);
  QVERIFY(process.waitForFinished(60'000));
  QCOMPARE(process.exitCode(), 130);
  QVERIFY(process.readAllStandardError().contains("lexarium-cli resume part.checkpoint"));
  QVERIFY(!QFile::exists(file("part.txt")));
  const auto resumed = run({"resume", "part.checkpoint", "short.txt", "-o", "part.txt", "--json"});
  QVERIFY2(resumed.code == 0, resumed.err.constData());
  const auto whole =
      run({"train", "short.txt", "-o", "sixty.txt", "--recipe", "recipe.json", "--epochs", "60", "--json"});
  QCOMPARE(resumed.object()["fingerprint"].toString(), whole.object()["fingerprint"].toString());
  QVERIFY(readAll(file("part.txt")) == readAll(file("sixty.txt")));
  // The losses of the first part are there, too.
  QVERIFY(resumed.object()["loss_by_epoch"] == whole.object()["loss_by_epoch"]);
#else
  QSKIP("signals are POSIX");
#endif
}

void CliResumeTest::badCheckpoints_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QString>("part");
  QTest::addColumn<int>("code");
  const auto resume = [](const QStringList& rest) {
    return QStringList{"resume", "whole.checkpoint", "sample:small-world-en", "-o", "never.txt"} + rest;
  };
  QTest::newRow("missing") << QStringList{"resume", "no-such", "sample:small-world-en", "-o", "never.txt"}
                           << "no-such" << 1;
  QTest::newRow("vectors") << QStringList{"resume", "whole.txt", "sample:small-world-en", "-o", "never.txt"}
                           << "whole.txt" << 1;
  QTest::newRow("cut") << QStringList{"resume", "cut", "sample:small-world-en", "-o", "never.txt"} << "cut"
                       << 1;
  QTest::newRow("no text") << QStringList{"resume", "whole.checkpoint", "-o", "never.txt"} << "TEXT" << 2;
  QTest::newRow("option first") << QStringList{"resume", "-o", "never.txt", "whole.checkpoint",
                                               "sample:small-world-en"}
                                << "first" << 2;
  QTest::newRow("unknown flag") << resume({"--x-max", "3"}) << "--x-max" << 2;
  QTest::newRow("other size") << resume({"--dimensions", "12", "--quiet"}) << "does not fit" << 1;
  QTest::newRow("other text") << QStringList{"resume", "whole.checkpoint", "sample:small-world-zh",
                                             "-o",     "never.txt",        "--quiet"}
                              << "does not fit" << 1;
}

void CliResumeTest::badCheckpoints() {
  QFETCH(QStringList, arguments);
  QFETCH(QString, part);
  QFETCH(int, code);
  write("cut", readAll(file("whole.checkpoint")).chopped(1));
  const auto result = run(arguments);
  QVERIFY2(result.err.contains(part.toUtf8()), result.err.constData());
  QVERIFY2(result.isOneSentence(), result.err.constData());
  QCOMPARE(result.code, code);
  QVERIFY(!QFile::exists(file("never.txt")));
}

void CliResumeTest::checkpointThatCannotBeWritten() {
  // The run itself is worth more: it goes on, and its vectors are written.
  QVERIFY(QDir(folder_.path()).mkdir("gone"));
  QProcess process;
  process.setWorkingDirectory(folder_.path());
  process.start(LEXARIUM_CLI, {"train", "short.txt", "-o", "kept.txt", "--recipe", "recipe.json", "--epochs",
                               "60", "--checkpoint", "gone/a.checkpoint", "--checkpoint-every", "0.1"});
  QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file("gone/a.checkpoint")), 60'000);
  QVERIFY(QDir(file("gone")).removeRecursively());
  QVERIFY(process.waitForFinished(120'000));
  QCOMPARE(process.exitCode(), 0);
  const auto err = process.readAllStandardError();
  QVERIFY2(err.count("No checkpoint: ") >= 1, err.constData());
  QVERIFY(QFile::exists(file("kept.txt")));
}

void CliResumeTest::projectHasItsTextWithIt() {
  // The finished run as a project keeps it, and a younger one without a checkpoint.
  const auto kept = readCheckpointFile(file("whole.checkpoint").toStdString());
  QVERIFY(kept.has_value());
  {
    auto project = Project::create(file("lesson.lexarium").toStdString());
    QVERIFY(project.has_value());
    const auto corpus =
        corpusFromText("Small world", readAll(file("world.txt")).toStdString(), *kept->segmentation);
    RunRecord run;
    run.corpus = *project->addCorpus(**corpus);
    run.name = "First";
    run.config = kept->checkpoint.config;
    run.created = 1000;
    run.id = *project->addRun(run);
    QVERIFY(project->appendMetrics(run.id, kept->before.points).has_value());
    CheckpointRecord record;
    record.run = run.id;
    record.step = kept->checkpoint.step;
    QVERIFY(project->addCheckpoint(record, toTensors(kept->checkpoint)).has_value());
    record.step += 1;  // vectors to look at, from which no run goes on
    record.about = kVectorsOnly;
    QVERIFY(project->addCheckpoint(record, TensorSet{}).has_value());
    run.name = "Second";
    run.created = 2000;
    run.id = 0;
    QVERIFY(project->addRun(run).has_value());
  }
  const auto before = readAll(file("lesson.lexarium"));
  const auto same = run({"resume", "lesson.lexarium", "-o", "lesson.txt", "--json"});
  QVERIFY2(same.code == 0, same.err.constData());
  QCOMPARE(same.object()["fingerprint"].toString(), fingerprint_);
  QCOMPARE(same.object()["loss_by_epoch"].toArray().size(), 3);
  const auto longer =
      run({"resume", "lesson.lexarium", "--run=First", "-o", "lesson.txt", "--epochs", "4", "--json"});
  QVERIFY(std::abs(longer.object()["epochs"].toDouble() - 4) < 1e-9);

  const std::pair<QStringList, const char*> refused[] = {{{"--run", "Second"}, "checkpoint"},
                                                         {{"--run", "Third"}, "First, Second"}};
  for (const auto& [arguments, part] : refused) {
    const auto result = run(QStringList{"resume", "lesson.lexarium", "-o", "never.txt"} + arguments);
    QCOMPARE(result.code, 1);
    QVERIFY2(result.err.contains(part) && result.isOneSentence(), result.err.constData());
  }
  QCOMPARE(run({"resume", "lesson.lexarium", "short.txt", "-o", "never.txt"}).code, 2);
  QCOMPARE(run({"resume", "lesson.lexarium", "-o", "lesson.lexarium"}).code, 1);
  QCOMPARE(run({"resume", "whole.checkpoint", "short.txt", "--run", "First", "-o", "never.txt"}).code, 1);
  QVERIFY(readAll(file("lesson.lexarium")) == before);
  QVERIFY(!QFile::exists(file("never.txt")));
}

QTEST_GUILESS_MAIN(CliResumeTest)
#include "cli_resume_test.moc"
