// SPDX-License-Identifier: GPL-3.0-or-later
// Models on the command line: plain lines and JSON lines in and out, files and standard input, any kind of
// model by `predict`; questions to a text by `search`.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Result {
  int code = -1;
  QByteArray out, err;

  QList<QByteArray> lines() const { return out.trimmed().split('\n'); }
  QJsonObject object(qsizetype line = 0) const {
    return QJsonDocument::fromJson(lines().value(line)).object();
  }
  bool isOneSentence() const { return err.startsWith("lexarium-cli: ") && err.count('\n') == 1; }
};

}  // namespace

class CliPredictTest : public QObject {
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

 private Q_SLOTS:
  void initTestCase() {
    write("pairs.tsv",
          QByteArray("a b\tb a\nc d\td c\nb c\tc b\nd a\ta d\na c\tc a\nb d\td b\n").repeated(3));
    write("texts.tsv",
          QByteArray("good film\tgood\nbad film\tbad\ngood cast\tgood\nbad cast\tbad\n").repeated(5));
    write("stories.txt", QByteArray("1 Mary went to the garden.\n2 Where is Mary? \tgarden\t1\n"
                                    "1 John went to the kitchen.\n2 Where is John? \tkitchen\t1\n")
                             .repeated(10));
    write("tale.txt",
          QByteArray("The king lives in the old castle. The farmer grows wheat in the field. The queen rules "
                     "the whole kingdom. A baker bakes bread every morning in the village. ")
              .repeated(40));
    for (const QStringList& arguments :
         {QStringList{"train-pairs", "pairs.tsv", "-o", "pairs.safetensors", "--epochs", "1", "--units", "8",
                      "--dimensions", "8", "--quiet"},
          QStringList{"train-labels", "texts.tsv", "-o", "texts.safetensors", "--epochs", "1", "--units", "8",
                      "--dimensions", "8", "--quiet"},
          QStringList{"train-stories", "stories.txt", "-o", "stories.safetensors", "--epochs", "1",
                      "--quiet"},
          QStringList{"train", "tale.txt", "--model", "lstm", "--epochs", "1", "--units", "8", "-o",
                      "speaks.safetensors", "--quiet"},
          QStringList{"train", "tale.txt", "--min-count", "1", "--dimensions", "10", "--epochs", "3", "-o",
                      "tale.vec", "--quiet"}}) {
      const Result trained = run(arguments);
      QVERIFY2(trained.code == 0, trained.err.constData());
    }
  }

  void predictOpensAnyModel() {
    const QByteArray story = R"({"input": "Where is Mary?", "story": ["Mary went to the garden."]})";
    for (const auto& [model, line] : {std::pair<const char*, QByteArray>{"pairs.safetensors", "a b"},
                                      {"texts.safetensors", "good film"},
                                      {"stories.safetensors", story},
                                      {"speaks.safetensors", "The king"},
                                      {"speaks.safetensors", ""}}) {
      const auto said = run({"predict", model, "--json"}, line + "\n");
      QVERIFY2(said.code == 0, said.err.constData());
      QCOMPARE(said.lines().size(), 1);
      const QJsonObject object = said.object();
      QVERIFY2(object["input"].isString() && object["output"].isString(), said.out.constData());
      QVERIFY(object["probability"].toDouble() > 0 && object["probability"].toDouble() <= 1);
    }
    // Of a story the answer is one that it can give.
    const QString answer =
        run({"predict", "stories.safetensors"}, story + "\n").object()["output"].toString();
    QVERIFY2(answer == "garden" || answer == "kitchen", qPrintable(answer));
  }

  void aLineIsAnsweredAsItIsAsked() {
    const auto said =
        run({"classify", "texts.safetensors"}, "good cast\n{\"input\": \"bad cast\"}\n{broken\r\n");
    QCOMPARE(said.code, 0);
    QCOMPARE(said.lines().size(), 3);
    QVERIFY2(said.lines()[0].endsWith("\tgood cast"), said.out.constData());
    QCOMPARE(said.object(1)["input"].toString(), QString("bad cast"));
    QCOMPARE(said.object(1)["probabilities"].toObject().size(), 2);
    QVERIFY2(said.lines()[2].endsWith("\t{broken"), said.out.constData());
  }

  void filesAreRead() {
    write("asked.jsonl", "{\"input\": \"a b\"}\n{\"input\": \"c d\"}\n");
    const auto said = run({"translate", "pairs.safetensors", "--input", "asked.jsonl"});
    QCOMPARE(said.code, 0);
    QCOMPARE(said.lines().size(), 2);
    QCOMPARE(said.object(1)["input"].toString(), QString("c d"));
    QVERIFY(said.object(1)["translations"].toArray().size() == 1);
    const auto none = run({"translate", "pairs.safetensors", "--input", "none.jsonl"});
    QVERIFY(none.code != 0 && none.isOneSentence() && none.err.contains("none.jsonl"));
  }

  void questionsBringTheirStories() {
    const auto many = run({"ask", "stories.safetensors"},
                          "{\"input\": \"Where is Mary?\", \"story\": [\"Mary went to the garden.\"]}\n");
    QCOMPARE(many.code, 0);
    QCOMPARE(many.object()["attention"].toArray().size(), 1);
    write("story.txt", "Mary went to the garden.\nJohn went to the kitchen.\n");
    const auto one = run({"ask", "stories.safetensors", "Where is John?", "--story", "story.txt", "--json"});
    QCOMPARE(one.object()["attention"].toArray().size(), 2);
    QCOMPARE(one.object()["input"].toString(), QString("Where is John?"));
    const auto piped = run({"ask", "stories.safetensors", "Where is John?"}, "John went to the kitchen.\n");
    QCOMPARE(piped.lines().size(), 1);
  }

  void promptsComeLineByLine() {
    const auto said = run({"generate", "speaks.safetensors", "--tokens", "5", "--input", "-"},
                          "The king\n{\"input\": \"The queen\"}\n");
    QVERIFY2(said.code == 0, said.err.constData());
    QVERIFY(said.out.startsWith("The king"));
    const QJsonObject last = said.object(said.lines().size() - 1);
    QCOMPARE(last["input"].toString(), QString("The queen"));
    QVERIFY(last["probability"].toDouble() > 0);
  }

  void textsAreSearched() {
    const auto said = run({"search", "tale.vec", "tale.txt", "-q", "Who rules the kingdom?", "-k", "2"});
    QVERIFY2(said.code == 0, said.err.constData());
    QCOMPARE(said.lines().size(), 2);
    QVERIFY2(said.lines()[0].contains("\ttale.txt\t"), said.out.constData());
    QVERIFY2(said.lines()[0].contains("queen") && said.lines()[0].contains('['), said.out.constData());
    const auto json =
        run({"search", "tale.vec", "tale.txt"}, "{\"input\": \"wheat\"}\n{\"input\": \"zebra\"}\n");
    QCOMPARE(json.lines().size(), 2);
    const auto first = json.object()["answers"].toArray()[0].toObject();
    QVERIFY(first["text"].toString().contains("wheat"));
    QVERIFY(first["end"].toInt() > first["begin"].toInt());
    QVERIFY(json.object(1)["error"].isString());
  }

  void wrongModelsAreRefused() {
    for (const QStringList& arguments :
         {QStringList{"classify", "pairs.safetensors", "a"},
          QStringList{"translate", "texts.safetensors", "a"}, QStringList{"ask", "texts.safetensors", "a"},
          QStringList{"predict", "none.safetensors", "a"}, QStringList{"predict", "tale.txt", "a"}}) {
      const auto said = run(arguments);
      QVERIFY2(said.code != 0 && said.out.isEmpty(), qPrintable(arguments.join(' ')));
      QVERIFY2(said.isOneSentence(), said.err.constData());
    }
  }
};

QTEST_GUILESS_MAIN(CliPredictTest)
#include "cli_predict_test.moc"
