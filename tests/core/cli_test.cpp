// SPDX-License-Identifier: GPL-3.0-or-later
// lexarium-cli as people use it: the real program, its output, its files and its exit codes.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <set>

#include "core/formats/vectors.h"
#include "core/models/learner.h"
#include "core/text/samples.h"

#ifdef __unix__
#include <csignal>
#endif

using namespace lexarium;

namespace {

struct Result {
  int code = -1;
  QByteArray out;
  QByteArray err;

  const QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
  const QJsonArray array() const { return QJsonDocument::fromJson(out).array(); }
  /// One sentence that begins as all our errors do.
  bool isOneSentence() const { return err.startsWith("lexarium-cli: ") && err.count('\n') == 1; }
};

QByteArray readAll(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class CliTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void helpAndVersion();
  void helpIsMadeFromParamSpecs();
  void manualKnowsEveryCommand();
  void samplesAreListedAndWritten();
  void trainedVectorsHaveWhatJsonSays();
  void givenParametersWin();
  void reproducibleRunsAreTheSame();
  void binaryByExtensionAndFlag();
  void chineseTextInOtherEncodings();
  void neighboursAndAnalogies();
  void unknownWordsGetNearSpellings();
  void questionFiles();
  void evaluatesFiles();
  void languageModelsSpeakAndAreMeasured();
  void exportKeepsTheVectors();
  void mapsWords();
  void wrongUseIsTwo_data();
  void wrongUseIsTwo();
  void failureIsOne_data();
  void failureIsOne();
  void divergenceWritesNothing();
  void ctrlCWritesNothing();
  void closedAndFullOutputs();
  void quietIsQuiet();

 private:
  QString file(const QString& name) const { return folder_.filePath(name); }
  QString write(const QString& name, const QByteArray& content) const {
    QFile out(file(name));
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
      qFatal("cannot write a test file");
    return out.fileName();
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
  QString vectors_;  // trained once on the English sample
  Result trained_;
};

void CliTest::initTestCase() {
  vectors_ = file("world.txt");
  trained_ = run({"train", "sample:small-world-en", "--output", vectors_, "--json", "--seed", "3"});
  QCOMPARE(trained_.code, 0);
}

void CliTest::helpAndVersion() {
  const auto help = run({"--help"});
  QCOMPARE(help.code, 0);
  for (const char* command : {"samples", "train", "resume", "neighbours", "analogy", "evaluate", "generate",
                              "map", "export", "project", "bench"}) {
    QVERIFY2(help.out.contains(command), command);
    const auto own = run({command, "--help"});
    QCOMPARE(own.code, 0);
    QVERIFY(own.out.contains(QByteArray("lexarium-cli ") + command));
    QVERIFY(own.err.isEmpty());
  }
  QCOMPARE(run({"--version"}).out, QByteArray("lexarium-cli " LEXARIUM_VERSION "\n"));
}

void CliTest::helpIsMadeFromParamSpecs() {
  for (const auto& model : models()) {
    if (model.learnsExamples()) continue;  // they have commands of their own
    const auto help = run({"train", "--model", QString::fromStdString(model.id), "--help"});
    QCOMPARE(help.code, 0);
    const auto text = QString::fromUtf8(help.out).simplified();
    for (const auto& spec : model.params) {
      QVERIFY2(text.contains(QString::fromStdString(spec.flag()) + ' ') ||
                   text.contains(QString::fromStdString(spec.flag()) + ','),
               spec.key.c_str());
      QVERIFY2(text.contains(QString::fromStdString(spec.help).simplified()), spec.key.c_str());
    }
    for (const auto& spec : segmentParamSpecs()) {
      QVERIFY2(text.contains(QString::fromStdString(spec.flag())), spec.key.c_str());
    }
  }
}

void CliTest::manualKnowsEveryCommand() {
  const auto manual = readAll(LEXARIUM_SOURCE_DIR "/packaging/linux/lexarium-cli.1");
  for (const char* command : {"samples", "train", "resume", "neighbours", "analogy", "evaluate", "generate",
                              "map", "export", "project", "bench"}) {
    QVERIFY2(manual.contains(QByteArray("lexarium-cli ") + command), command);
  }
}

void CliTest::samplesAreListedAndWritten() {
  const auto list = run({"samples", "--json"});
  QCOMPARE(list.code, 0);
  QCOMPARE(list.array().size(), static_cast<qsizetype>(samples().size()));
  const auto plain = run({"samples"});
  for (const auto& sample : samples()) {
    const auto id = QString::fromStdString(sample.id);
    QVERIFY(plain.out.contains(id.toUtf8()));
    QCOMPARE(run({"samples", "--write", id, file("s.txt"), "--questions", file("q.txt")}).code, 0);
    QVERIFY(readAll(file("s.txt")).toStdString() == sample.generate(kSampleSeed));
    QCOMPARE(readAll(file("q.txt")).count('\n') - readAll(file("q.txt")).count(':'),
             static_cast<qsizetype>(sample.questions().size()));
  }
}

void CliTest::trainedVectorsHaveWhatJsonSays() {
  const auto json = trained_.object();
  QCOMPARE(json["state"].toString(), QString("finished"));
  QCOMPARE(json["model"].toString(), QString("skip-gram"));
  QCOMPARE(json["output"].toString(), vectors_);
  QCOMPARE(json["text"]["encodings"].toArray(), QJsonArray{"UTF-8"});
  QVERIFY(json["text"]["tokens"].toInt() > 200'000);
  QVERIFY(json["words_per_second"].toDouble() > 0);
  const auto losses = json["loss_by_epoch"].toArray();
  QCOMPARE(losses.size(), json["parameters"]["epochs"].toInt());
  QVERIFY(losses.last().toDouble() < 0.9 * losses.first().toDouble());
  QVERIFY(json["analogies"]["accuracy"].toDouble() > 0.5);
  const auto read = readVectors(vectors_.toStdString());
  QVERIFY2(read, read ? "" : read.error().message().c_str());
  QCOMPARE(static_cast<int>(read->words.size()), json["vocabulary"].toInt());
  QCOMPARE(static_cast<int>(read->vectors.rows()), json["parameters"]["dimensions"].toInt());
}

void CliTest::givenParametersWin() {
  const auto result =
      run({"train", "sample:small-world-en", "--model=cbow", "--dimensions", "7", "--epochs", "1",
           "--no-lower-case", "--keep-punctuation", "--threads", "1", "-o", file("c.txt"), "--json"});
  QCOMPARE(result.code, 0);
  const auto json = result.object();
  QCOMPARE(json["model"].toString(), QString("cbow"));
  QCOMPARE(json["dimensions"].toInt(), 7);
  QCOMPARE(json["segmentation"]["lower_case"].toBool(true), false);
  QCOMPARE(json["segmentation"]["keep_punctuation"].toBool(false), true);
  QVERIFY(readAll(file("c.txt")).contains("\n. "));
}

void CliTest::reproducibleRunsAreTheSame() {
  QByteArray first;
  for (const char* threads : {"1", "2", "3"}) {
    const auto result = run({"train", "sample:small-world-en", "--mode", "reproducible", "--epochs", "1",
                             "--seed", "5", "--threads", threads, "-o", file("r.bin"), "--quiet"});
    QCOMPARE(result.code, 0);
    const auto bytes = readAll(file("r.bin"));
    if (first.isEmpty()) first = bytes;
    QVERIFY(bytes == first);
  }
  run({"train", "sample:small-world-en", "--mode", "reproducible", "--epochs", "1", "--seed", "6", "-o",
       file("r.bin"), "--quiet"});
  QVERIFY(readAll(file("r.bin")) != first);
}

void CliTest::binaryByExtensionAndFlag() {
  const QStringList base = {"train", "sample:small-world-en", "--epochs", "1", "--dimensions", "4", "--json"};
  QCOMPARE(run(base + QStringList{"-o", file("a.bin")}).object()["format"].toString(), QString("binary"));
  QCOMPARE(run(base + QStringList{"-o", file("a.vec"), "--format", "binary"}).object()["format"].toString(),
           QString("binary"));
  QCOMPARE(run(base + QStringList{"-o", file("b.bin"), "--format", "text"}).object()["format"].toString(),
           QString("text"));
  QVERIFY(!readAll(file("b.bin")).contains('\0'));
  QVERIFY(readVectors(file("a.vec").toStdString()));
}

void CliTest::chineseTextInOtherEncodings() {
  const QString sentence = QString::fromUtf8("国王住在城堡里。王后也住在城堡里。孩子们在花园里玩。\n");
  QByteArray utf16 = QByteArray("\xFF\xFE");
  const QString text = sentence.repeated(300);
  utf16 += QByteArray(reinterpret_cast<const char*>(text.utf16()), text.size() * 2);
  const auto path = write(QString::fromUtf8("中文 книга.txt"), utf16);
  const auto result =
      run({"train", path, "--epochs", "1", "-o", file(QString::fromUtf8("向量.txt")), "--json"});
  QVERIFY2(result.code == 0, result.err.constData());
  QCOMPARE(result.object()["text"]["encodings"].toArray(), QJsonArray{"UTF-16LE"});
  const auto read = readVectors(file(QString::fromUtf8("向量.txt")).toStdString());
  QVERIFY(read);
  QVERIFY(std::set<std::string>(read->words.begin(), read->words.end()).contains("国王"));
  // A wrong choice is obeyed, and gives other words.
  QCOMPARE(run({"train", path, "--encoding", "windows-1252", "--epochs", "1", "-o", file("w.txt"), "--json"})
               .object()["text"]["encodings"]
               .toArray()
               .first()
               .toString()
               .contains("1252"),
           true);
}

void CliTest::neighboursAndAnalogies() {
  const auto near = run({"neighbours", vectors_, "king", "paris", "-k", "4", "--json"});
  QCOMPARE(near.code, 0);
  const auto words = near.object()["words"].toArray();
  QCOMPARE(words.size(), 2);
  const auto neighbours = words.at(0)["neighbours"].toArray();
  QCOMPARE(neighbours.size(), 4);
  for (const QJsonValue neighbour : neighbours) QVERIFY(neighbour["word"].toString() != "king");
  QVERIFY(neighbours.at(0)["score"].toDouble() >= neighbours.at(3)["score"].toDouble());
  const auto far = run({"neighbours", vectors_, "king", "--euclidean", "--json"})
                       .object()["words"][0]["neighbours"]
                       .toArray();
  QVERIFY(far.at(0)["score"].toDouble() <= far.at(9)["score"].toDouble());
  QVERIFY(run({"neighbours", vectors_, "king"}).out.startsWith("king\n  "));

  const auto plain = run({"analogy", vectors_, "king", "man", "woman"});
  QCOMPARE(plain.code, 0);
  QVERIFY2(plain.out.startsWith("king - man + woman =\n  queen "), plain.out.constData());
  QCOMPARE(run({"analogy", vectors_, "king", "-", "man", "+", "woman"}).out, plain.out);
  const auto scores = run({"analogy", vectors_, "--sample", "small-world-en", "--json"}).array();
  QVERIFY(scores.size() > 2);
  const auto total = scores.last().toObject();
  QCOMPARE(total["category"].toString(), QString("total"));
  QCOMPARE(total["correct"].toInt(), trained_.object()["analogies"]["correct"].toInt());
}

void CliTest::unknownWordsGetNearSpellings() {
  const auto capital = run({"neighbours", vectors_, "King"});
  QCOMPARE(capital.code, 1);
  QVERIFY(capital.isOneSentence());
  QVERIFY2(capital.err.contains("Did you mean \"king\""), capital.err.constData());
  const auto swapped = run({"analogy", vectors_, "qeuen", "man", "woman"});
  QCOMPARE(swapped.code, 1);
  QVERIFY2(swapped.err.contains("\"queen\""), swapped.err.constData());
  QVERIFY(!run({"neighbours", vectors_, "xyzzyplugh"}).err.contains("mean"));
}

void CliTest::questionFiles() {
  const auto good = write("questions.txt", ": royalty\nMan King Woman Queen\nman king dragonfruit queen\n");
  const auto json = run({"analogy", vectors_, "--questions", good, "--json"}).array();
  QCOMPARE(json.at(0)["category"].toString(), QString("royalty"));
  QCOMPARE(json.at(0)["asked"].toInt(), 1);
  QCOMPARE(json.at(0)["skipped"].toInt(), 1);
  QVERIFY(run({"analogy", vectors_, "--questions", good}).out.contains("1 with unknown words"));
  const auto bad = run({"analogy", vectors_, "--questions", write("bad.txt", "man king\n")});
  QCOMPARE(bad.code, 1);
  QVERIFY2(bad.isOneSentence() && bad.err.contains("line 1"), bad.err.constData());
}

void CliTest::evaluatesFiles() {
  run({"samples", "--write", "small-world-en", file("s.txt"), "--questions", file("q.txt")});
  const auto pairs = write("pairs.tsv", "word1\tword2\trating\nking\tqueen\t9\nking\tdog\t1\nking\tzzz\t3\n");
  const auto result =
      run({"evaluate", vectors_, "--analogies", file("q.txt"), "--similarities", pairs, "--json"});
  QVERIFY2(result.code == 0, result.err.constData());
  const auto total = result.object()["analogies"][0]["categories"].toArray().last();
  QCOMPARE(total["correct"].toInt(), trained_.object()["analogies"]["correct"].toInt());
  const auto similar = result.object()["similarities"][0];
  QCOMPARE(similar["asked"].toInt(), 2);
  QCOMPARE(similar["skipped"].toInt(), 1);
  QCOMPARE(similar["spearman"].toDouble(), 1.0);
  QVERIFY(run({"evaluate", vectors_, "--similarities", pairs}).out.contains("Spearman 1.000"));
}

void CliTest::languageModelsSpeakAndAreMeasured() {
  const QString text =
      write("rhyme.txt", QByteArray("twinkle twinkle little star\nhow I wonder what you are\n").repeated(8));
  const QStringList training = {
      "train",           text,   "--model",  "lstm",         "--units",          "24",
      "--dimensions",    "12",   "--epochs", "120",          "--batch",          "4",
      "--learning-rate", "0.01", "--json",   "--checkpoint", "rhyme.checkpoint", "-o",
      "rhyme.lstm"};
  const Result trained = run(training);
  QVERIFY2(trained.code == 0, trained.err);
  const QJsonObject about = trained.object();
  QVERIFY(about["validation_loss"].toDouble() < 1.0);  // by chance it were ln 18
  QCOMPARE(about["perplexity"].toDouble(), std::exp(about["validation_loss"].toDouble()));
  QVERIFY(about["bits_per_character"].toDouble() > 0 && about["numbers"].toInt() > 1000);
  QCOMPARE(run(training).object()["fingerprint"], about["fingerprint"]);

  const Result said =
      run({"generate", "rhyme.lstm", "--prompt", "twinkle tw", "--greedy", "--tokens", "17", "--json"});
  QVERIFY2(said.code == 0, said.err);
  QCOMPARE(said.object()["text"].toString(), QString("twinkle twinkle little star"));
  QCOMPARE(said.object()["tokens"].toArray().size(), 27);
  const Result plain = run({"generate", "rhyme.lstm", "--seed", "3", "--tokens", "30"});
  QCOMPARE(plain.code, 0);
  QCOMPARE(run({"generate", "rhyme.lstm", "--seed", "3", "--tokens", "30"}).out, plain.out);

  const Result measured = run({"evaluate", "rhyme.lstm", "--text", text, "--json"});
  QVERIFY2(measured.code == 0, measured.err);
  const QJsonObject score = measured.object()["texts"].toArray()[0].toObject();
  QVERIFY(score["loss"].toDouble() > 0 && score["loss"].toDouble() < 0.5);
  QCOMPARE(score["perplexity"].toDouble(), std::exp(score["loss"].toDouble()));

  const Result resumed =
      run({"resume", "rhyme.checkpoint", text, "--epochs", "121", "-o", "more.lstm", "--json"});
  QVERIFY2(resumed.code == 0, resumed.err);
  QCOMPARE(run({"generate", "more.lstm", "--prompt", "how I w", "--greedy", "--tokens", "5"}).out,
           QByteArray("how I wonder\n"));
  for (const QStringList& wrong : {QStringList{"generate", text},
                                   {"generate", "nothing.lstm"},
                                   {"generate", "rhyme.lstm", "--tokenizer", text},
                                   {"evaluate", text, "--text", text}}) {
    const Result failed = run(wrong);
    QCOMPARE(failed.code, 1);
    QVERIFY2(failed.isOneSentence(), failed.err);
  }
}

void CliTest::exportKeepsTheVectors() {
  QCOMPARE(run({"export", vectors_, "--to", file("x.bin")}).code, 0);
  QCOMPARE(run({"export", file("x.bin"), "--to", file("x.txt")}).code, 0);
  QVERIFY(readAll(file("x.txt")) == readAll(vectors_));
  const auto text = readVectors(vectors_.toStdString());
  const auto binary = readVectors(file("x.bin").toStdString());
  QVERIFY(text && binary && text->words == binary->words && text->vectors == binary->vectors);
}

void CliTest::mapsWords() {
  for (const char* method : {"pca", "tsne", "umap"}) {
    const auto out = file(QString(method) + ".csv");
    const auto result = run({"map", vectors_, "--method", method, "--count", "60", "--clusters", "3",
                             "--trustworthiness", "-o", out, "--json"});
    QCOMPARE(result.code, 0);
    QCOMPARE(result.object()["method"].toString(), QString(method));
    QCOMPARE(result.object()["words"].toInt(), 60);
    QVERIFY(result.object()["trustworthiness"].toDouble() > 0.5);
    const auto lines = readAll(out).trimmed().split('\n');
    QCOMPARE(lines.size(), 61);
    QCOMPARE(lines[0], QByteArray("word,x,y,cluster"));
    for (qsizetype i = 1; i < lines.size(); ++i) {
      const auto fields = lines[i].split(',');
      QCOMPARE(fields.size(), 4);
      bool x = false, y = false;
      (void)fields[1].toDouble(&x), (void)fields[2].toDouble(&y);
      QVERIFY(x && y && fields[3].toInt() < 3);
    }
    // The same again, on other threads and to standard output.
    const auto again = run({"map", vectors_, "--method", method, "--count", "60", "--clusters", "3",
                            "--threads", "2", "--format", "csv"});
    QCOMPARE(again.out, readAll(out));
  }
  const auto json = run({"map", vectors_, "--method=pca", "--format", "json", "--quiet"});
  QVERIFY(json.array().size() > 100 && json.array()[0].toObject().contains("word"));
  QVERIFY(json.err.isEmpty());
  QCOMPARE(run({"map", vectors_, "--method", "none"}).code, 2);
  QCOMPARE(run({"map", vectors_, "--method", "umap", "--perplexity", "5"}).code, 2);
  QCOMPARE(run({"map", vectors_, "--perplexity", "1000"}).code, 2);
  QCOMPARE(run({"map", vectors_, "--json"}).code, 2);
  QCOMPARE(run({"map", vectors_, "-o", vectors_}).code, 1);
}

void CliTest::wrongUseIsTwo_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QString>("part");
  const auto row = [](const char* name, QStringList arguments, const char* part) {
    QTest::addRow("%s", name) << arguments << QString(part);
  };
  const QStringList train = {"train", "sample:small-world-en", "--output", "never.txt"};
  row("nothing", {}, "--help");
  row("unknown command", {"trian"}, "--help");
  row("no text", {"train", "--output", "never.txt"}, "TEXT");
  row("no output", {"train", "sample:small-world-en"}, "--output");
  row("unknown flag", train + QStringList{"--dimension", "7"}, "--dimensions");
  row("another model's flag", train + QStringList{"--x-max", "10"}, "glove");
  row("not a number", train + QStringList{"--dimensions", "many"}, "--dimensions");
  row("out of range", train + QStringList{"--dimensions", "0"}, "1 to 1000");
  row("negative", train + QStringList{"--learning-rate", "-1"}, "--learning-rate");
  row("unknown model", train + QStringList{"--model", "word3vec"}, "skip-gram");
  row("unknown mode", train + QStringList{"--mode", "slow"}, "reproducible");
  row("unknown sample", {"train", "sample:nowhere", "--output", "never.txt"}, "small-world-en");
  row("sample and file", {"train", "sample:small-world-en", "a.txt", "--output", "never.txt"}, "sample");
  row("unknown encoding", train + QStringList{"--encoding", "klingon-8"}, "klingon-8");
  row("no value", {"train", "a.txt", "--output"}, "--output");
  row("bad count", {"neighbours", "v.txt", "king", "-k", "0"}, "--count");
  row("no words", {"neighbours", "v.txt"}, "WORD");
  row("two words", {"analogy", "v.txt", "king", "man"}, "three");
  row("two ways", {"analogy", "v.txt", "king", "man", "woman", "--sample", "small-world-en"}, "either");
  row("nothing to evaluate", {"evaluate", "v.txt"}, "--analogies");
  row("questions without text", {"samples", "--questions", "q.txt"}, "--write");
  row("nothing to measure", {"bench"}, "bench");
}

void CliTest::wrongUseIsTwo() {
  QFETCH(QStringList, arguments);
  QFETCH(QString, part);
  const auto result = run(arguments);
  QVERIFY2(result.err.contains(part.toUtf8()), result.err.constData());
  QCOMPARE(result.code, 2);
  QVERIFY2(result.isOneSentence(), result.err.constData());
  QVERIFY(result.out.isEmpty());
  QVERIFY(!QFile::exists(file("never.txt")));
}

void CliTest::failureIsOne_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QString>("part");
  const auto row = [](const char* name, QStringList arguments, const char* part) {
    QTest::addRow("%s", name) << arguments << QString(part);
  };
  row("missing text", {"train", "no-such.txt", "--output", "never.txt"}, "no-such.txt");
  row("empty text", {"train", "empty.txt", "--output", "never.txt"}, "empty.txt");
  row("too little text", {"train", "little.txt", "--min-count", "50", "--output", "never.txt"}, "50");
  row("no such folder", {"train", "little.txt", "--output", "no/such/never.txt"}, "never.txt");
  row("output is the text", {"train", "little.txt", "--output", "little.txt"}, "overwrite");
  row("output is a folder", {"train", "little.txt", "--output", "."}, "folder");
  row("missing vectors", {"neighbours", "no-such.txt", "king"}, "no-such.txt");
  row("broken vectors", {"neighbours", "broken.txt", "king"}, "line 2");
  row("missing questions", {"analogy", "good.txt", "--questions", "no-such.txt"}, "no-such.txt");
  row("export nowhere", {"export", "good.txt", "--to", "no/such/never.txt"}, "never.txt");
}

void CliTest::failureIsOne() {
  QFETCH(QStringList, arguments);
  QFETCH(QString, part);
  write("empty.txt", "");
  write("little.txt", "one two three two one.\n");
  write("broken.txt", "king 1 2\nqueen 3\n");
  write("good.txt", "king 1 2\nqueen 3 4\n");
  const auto result = run(arguments);
  QVERIFY2(result.err.contains(part.toUtf8()), result.err.constData());
  QCOMPARE(result.code, 1);
  QCOMPARE(readAll(file("little.txt")), QByteArray("one two three two one.\n"));
  QVERIFY(!QFile::exists(file("never.txt")));
}

void CliTest::divergenceWritesNothing() {
  const auto result = run(
      {"train", "sample:small-world-en", "--learning-rate", "1000", "--output", file("never.txt"), "--json"});
  QCOMPARE(result.code, 1);
  const auto json = result.object();
  QCOMPARE(json["state"].toString(), QString("diverged"));
  QVERIFY(json["output"].isNull());
  QVERIFY(!json["message"].toString().isEmpty());
  QVERIFY(!QFile::exists(file("never.txt")));
}

void CliTest::ctrlCWritesNothing() {
#ifdef __unix__
  QProcess process;
  process.setWorkingDirectory(folder_.path());
  process.start(LEXARIUM_CLI,
                {"train", "sample:small-world-en", "--epochs", "10000", "-o", "never.txt", "--json"});
  QVERIFY(process.waitForStarted());
  QByteArray err;
  process.setReadChannel(QProcess::StandardError);
  // Until it trains.
  while (!err.contains("epoch 1 ") && process.waitForReadyRead(60'000)) err += process.readAllStandardError();
  QVERIFY2(err.contains("epoch 1 "), err.constData());
  ::kill(static_cast<pid_t>(process.processId()), SIGINT);
  QVERIFY(process.waitForFinished(60'000));
  QCOMPARE(process.exitStatus(), QProcess::NormalExit);
  QCOMPARE(process.exitCode(), 130);
  QCOMPARE(QJsonDocument::fromJson(process.readAllStandardOutput())["state"].toString(), QString("stopped"));
  const auto left = QDir(folder_.path()).entryList({"never.txt*"});
  QVERIFY2(left.isEmpty(), qPrintable(left.join(' ')));
#else
  QSKIP("signals are POSIX");
#endif
}

void CliTest::closedAndFullOutputs() {
#ifdef __linux__
  const auto shell = [&](const QString& command) {
    QProcess process;
    process.start("/bin/bash", {"-c", command, LEXARIUM_CLI, vectors_});
    process.waitForFinished(60'000);
    return Result{process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
  };
  // A reader that leaves is no reason to complain, a full disk is.
  const auto left = shell("\"$0\" neighbours \"$1\" king -k 100000 | head -n 1");
  QCOMPARE(left.out, QByteArray("king\n"));
  QVERIFY2(left.err.isEmpty(), left.err.constData());
  const auto full = shell("\"$0\" neighbours \"$1\" king >/dev/full");
  QCOMPARE(full.code, 1);
  QVERIFY2(full.isOneSentence(), full.err.constData());
#else
  QSKIP("no /dev/full");
#endif
}

void CliTest::quietIsQuiet() {
  const auto result =
      run({"train", "sample:small-world-en", "--epochs", "1", "-o", file("quiet.txt"), "--quiet"});
  QCOMPARE(result.code, 0);
  QVERIFY(result.out.isEmpty() && result.err.isEmpty());
  QVERIFY(!readAll(file("quiet.txt")).isEmpty());
}

QTEST_GUILESS_MAIN(CliTest)
#include "cli_test.moc"
