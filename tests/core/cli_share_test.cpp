// SPDX-License-Identifier: GPL-3.0-or-later
// `export` of models, `project export model` and `report` as people use them: the real program.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "tests/support/some_project.h"

namespace {

struct Result {
  int code = -1;
  QByteArray out, err;

  QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
  bool isOneSentence() const { return err.startsWith("lexarium-cli: ") && err.count('\n') == 1; }
};

}  // namespace

class CliShareTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  QString file(const QString& name) const { return folder_.filePath(name); }
  QByteArray content(const QString& name) const {
    QFile in(file(name));
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
  }
  QJsonObject json(const QString& name) const { return QJsonDocument::fromJson(content(name)).object(); }
  Result run(const QStringList& arguments) const {
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.start(LEXARIUM_CLI, arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(300'000)) qFatal("lexarium-cli does not end");
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
  }

 private Q_SLOTS:
  void initTestCase() {
    QFile text(file("text.txt"));
    QVERIFY(text.open(QIODevice::WriteOnly));
    for (int i = 0; i < 400; ++i) text.write("the cat sat on the mat .\n");
    text.close();
    const auto trained = run({"train", "text.txt", "--model", "rnn", "--units", "8", "--epochs", "1",
                              "--output", "cats.rnn", "--quiet", "--json"});
    QVERIFY2(trained.code == 0, trained.err.constData());
    lexarium::test::writeSomeProject(lexarium::pathFromUtf8(file("some.lexarium").toStdString()));
  }

  void aModelIsExportedWithItsCard() {
    const auto done = run({"export", "cats.rnn", "--to", "cats.safetensors", "--json"});
    QVERIFY2(done.code == 0, done.err.constData());
    QCOMPARE(done.object()["kind"].toString(), QString("rnn"));
    const QJsonObject card = json("cats.json");
    QCOMPARE(card["title"].toString(), QString("cats"));
    QCOMPARE(card["training"].toObject()["state"].toString(), QString("finished"));
    QCOMPARE(card["run"].toObject()["parameters"].toObject()["units"].toInt(), 8);
    QVERIFY(card["fingerprint"].toString().size() == 8 && card["metrics"].toObject()["loss"].toDouble() > 0);
    // Without what it takes to go on learning; what is left speaks.
    QVERIFY(QFileInfo(file("cats.safetensors")).size() < QFileInfo(file("cats.rnn")).size());
    const auto said = run({"generate", "cats.safetensors", "--prompt", "the", "--tokens", "5"});
    QVERIFY2(said.code == 0 && said.out.startsWith("the"), said.err.constData());
    // The card would take its place.
    const auto own = run({"export", "cats.rnn", "--to", "own.json"});
    QVERIFY(own.code != 0 && own.isOneSentence() && !QFile::exists(file("own.json")));
  }

  void vectorsAreExportedAsBefore() {
    QFile vectors(file("v.txt"));
    QVERIFY(vectors.open(QIODevice::WriteOnly) && vectors.write("2 2\ncat 1 2\ndog 3 4\n") > 0);
    vectors.close();
    const auto done = run({"export", "v.txt", "--to", "v.bin", "--json"});
    QVERIFY2(done.code == 0, done.err.constData());
    QCOMPARE(done.object()["words"].toInt(), 2);
  }

  void aProjectWithoutAModelSaysSo() {
    const auto done = run({"project", "export", "some.lexarium", "model", "-o", "run.safetensors", "--json"});
    // Of that run nothing is kept that could be shared: a sentence says so.
    QCOMPARE(done.code, 1);
    QVERIFY2(done.err.contains("No vectors and no model of the run"), done.err.constData());
    QVERIFY(!QFile::exists(file("run.safetensors")) && !QFile::exists(file("run.json")));
  }

  void aReportIsWritten() {
    const auto done = run({"report", "cats.rnn", "-o", "cats.html", "--json"});
    QVERIFY2(done.code == 0, done.err.constData());
    QVERIFY(done.object()["sections"].toArray().contains("Samples"));
    const QByteArray html = content("cats.html");
    QVERIFY(html.startsWith("<!DOCTYPE html>") && html.contains("Elman") && html.contains("image/svg+xml"));
    QVERIFY(html.contains(json("cats.json")["fingerprint"].toString().toUtf8()) ||
            !QFile::exists(file("cats.json")));
  }

  void whatIsNoneIsSaid() {
    for (const QStringList& arguments :
         {QStringList{"report", "text.txt", "-o", "a.html"},
          QStringList{"report", "none.lexarium", "-o", "a.html"},
          QStringList{"report", "some.lexarium", "--run", "nobody", "-o", "a.html"},
          QStringList{"report", "cats.rnn", "-o", "no/such/a.html"}}) {
      const auto failed = run(arguments);
      QVERIFY2(failed.code != 0 && failed.isOneSentence(), failed.err.constData());
      QVERIFY(!QFile::exists(file("a.html")));
    }
    QCOMPARE(run({"report", "cats.rnn"}).code, 2);
  }
};

QTEST_GUILESS_MAIN(CliShareTest)
#include "cli_share_test.moc"
