// SPDX-License-Identifier: GPL-3.0-or-later
// `train-labels` and `classify` as people use them: the real program, its output, its files and its exit
// codes.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

namespace {

struct Result {
  int code = -1;
  QByteArray out, err;

  QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
  bool isOneSentence() const { return err.startsWith("lexarium-cli: ") && err.count('\n') == 1; }
};

}  // namespace

class CliLabelsTest : public QObject {
  Q_OBJECT

 private:
  QString file(const QString& name) const { return folder_.filePath(name); }
  void write(const QString& name, const QByteArray& content) const {
    QFile out(file(name));
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
      qFatal("cannot write a test file");
  }
  Result run(const QStringList& arguments, const QByteArray& input = {}) const {
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.start(LEXARIUM_CLI, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(300'000)) qFatal("lexarium-cli does not end");
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
  }

  QTemporaryDir folder_;
  Result trained_;

 private Q_SLOTS:
  void initTestCase() {
    trained_ = run({"train-labels", "--sample", "reviews", "--output", "reviews.safetensors", "--dimensions",
                    "16", "--units", "16", "--learning-rate", "0.01", "--json", "--quiet"});
    QVERIFY2(trained_.code == 0, trained_.err.constData());
  }

  void scoresAreTold() {
    QVERIFY(trained_.err.isEmpty());
    const auto test = trained_.object()["test"].toObject();
    QVERIFY(test["accuracy"].toDouble() > 0.97);
    const auto classes = test["classes"].toArray();
    QCOMPARE(classes.size(), 2);
    double texts = 0;
    for (const auto& each : classes) texts += each.toObject()["texts"].toDouble();
    QCOMPARE(texts, test["texts"].toDouble());
    QVERIFY(texts > 10);
  }

  void textsAreClassified() {
    const auto said =
        run({"classify", "reviews.safetensors", "the plot is not good .", "the plot is good ."});
    QCOMPARE(said.code, 0);
    const auto lines = said.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines[0].startsWith("negative\t"), said.out.constData());
    QVERIFY2(lines[1].startsWith("positive\t") && lines[1].endsWith("\tthe plot is good ."),
             said.out.constData());
  }

  void linesBecomeJsonLines() {
    const auto said =
        run({"classify", "reviews.safetensors", "--json"}, "the cast is awful .\r\n\n\xFF\xFE\n");
    QCOMPARE(said.code, 0);
    const auto lines = said.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    for (const auto& line : lines) {
      const auto json = QJsonDocument::fromJson(line).object();
      QVERIFY2(json.contains("output"), line.constData());
      QCOMPARE(json["attention"].toArray().size(), json["tokens"].toArray().size());
      double attention = 0, probability = 0;
      for (const auto& each : json["attention"].toArray()) attention += each.toDouble();
      for (const auto& each : json["probabilities"].toObject()) probability += each.toDouble();
      QVERIFY(std::abs(attention - 1) < 1e-4 && std::abs(probability - 1) < 1e-4);
    }
    const auto first = QJsonDocument::fromJson(lines[0]).object();
    QCOMPARE(first["output"].toString(), QString("negative"));
    QCOMPARE(first["input"].toString(), QString("the cast is awful ."));
  }

  void ownFilesAndVectors() {
    QByteArray table, vectors = "3 2\nred 1 0\nblue 0 1\nand 0.5 0.5\n";
    for (int i = 0; i < 60; ++i) {
      const bool red = i % 2 == 0;
      const QByteArray number = QByteArray::number(i);
      table += "it is " + QByteArray(red ? "red" : "blue") + " and " + number + '\t' +
               (red ? "warm" : "cold") + '\n';
    }
    write("colours.tsv", table);
    write("colours.txt", vectors);
    const QStringList learn{"train-labels", "colours.tsv",
                            "--output",     "colours.safetensors",
                            "--network",    "mean",
                            "--epochs",     "60",
                            "--batch",      "8",
                            "--quiet",      "--learning-rate",
                            "0.05",         "--label-column=2"};
    const auto plain = run(learn);
    QVERIFY2(plain.code == 0, plain.err.constData());
    QVERIFY2(plain.out.contains("100.00 %") && plain.out.contains("warm"), plain.out.constData());
    const auto frozen = run(learn + QStringList{"--vectors", "colours.txt", "--freeze-vectors", "--json"});
    QVERIFY2(frozen.code == 0, frozen.err.constData());
    QCOMPARE(frozen.object()["vectors_found"].toInt(), 3);
    QVERIFY(run({"classify", "colours.safetensors", "red"}).out.startsWith("warm\t"));
  }

  void wrongUseAndFailures() {
    const QStringList output{"--output", "never.safetensors"};
    for (const QStringList& wrong :
         {QStringList{"train-labels"} + output, QStringList{"train-labels", "--sample", "dates"} + output,
          QStringList{"train-labels", "--sample", "reviews", "colours.tsv"} + output,
          QStringList{"train-labels", "--sample", "reviews"},
          QStringList{"train-labels", "--sample", "reviews", "--freeze-vectors"} + output,
          QStringList{"train-labels", "--sample", "reviews", "--network", "tree"} + output,
          QStringList{"train-labels", "--sample", "reviews", "--unit", "3"} + output, QStringList{"classify"},
          QStringList{"classify", "reviews.safetensors", "--jason"}}) {
      const auto told = run(wrong);
      QVERIFY2(told.code == 2 && told.isOneSentence(), qPrintable(wrong.join(' ')));
    }
    write("one.tsv", "a text\tsame\nanother\tsame\n");
    write("none.safetensors", "nothing");
    for (const QStringList& failing :
         {QStringList{"train-labels", "no-such.tsv", "--quiet"} + output,
          QStringList{"train-labels", "one.tsv", "--quiet"} + output,
          QStringList{"train-labels", "one.tsv", "--quiet", "--output", "one.tsv"},
          QStringList{"train-labels", "--sample", "reviews", "--quiet", "--units", "3"} + output,
          QStringList{"classify", "no-such.safetensors", "text"},
          QStringList{"classify", "none.safetensors", "text"}}) {
      const auto told = run(failing);
      QVERIFY2(told.code == 1 && told.isOneSentence(), qPrintable(failing.join(' ') + told.err));
    }
    QVERIFY(!QFile::exists(file("never.safetensors")));
  }

  void helpAndManual() {
    QFile manual(LEXARIUM_SOURCE_DIR "/packaging/linux/lexarium-cli.1");
    QVERIFY(manual.open(QIODevice::ReadOnly));
    const QByteArray text = manual.readAll().replace("\\-", "-");
    for (const char* command : {"train-labels", "classify"}) {
      const auto help = run({command, "--help"});
      QVERIFY(help.code == 0 && help.out.contains(QByteArray("lexarium-cli ") + command));
      QVERIFY2(text.contains(QByteArray("lexarium-cli ") + command), command);
    }
  }
};

QTEST_GUILESS_MAIN(CliLabelsTest)
#include "cli_labels_test.moc"
