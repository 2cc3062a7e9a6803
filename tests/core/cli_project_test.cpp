// SPDX-License-Identifier: GPL-3.0-or-later
// `lexarium-cli project` as people use it, on a project of a real run: the real program, its output and exit
// codes.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "core/formats/vectors.h"
#include "core/models/learner.h"
#include "core/project/kept_run.h"
#include "core/project/opened_project.h"
#include "core/text/samples.h"
#include "core/train/fingerprint.h"
#include "core/train/recipe.h"

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

bool isStill(const RunStatus& status) {
  return status.state == RunStatus::State::Paused || isOver(status.state);
}

}  // namespace

class CliProjectTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void infoTellsWhatIsThere();
  void runsShowsFirstWhatDiffers();
  void verifyTellsWholeFromDamaged();
  void textComesBack();
  void vectorsOfTheEnd();
  void vectorsOfACheckpoint();
  void vectorsOfAMoment();
  void metricsAsCsv();
  void recipeRepeatsTheRun();
  void checkpointGoesOn();
  void mapAndResumeUnderTheirOldNames();
  void wrongUse_data();
  void wrongUse();
  void cleanupTestCase();

 private:
  QString file(const QString& name) const { return folder_.filePath(name); }
  Result run(const QStringList& arguments) const {
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.start(LEXARIUM_CLI, arguments);
    if (!process.waitForFinished(300'000)) qFatal("lexarium-cli does not end");
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
  }
  Result exported(const QString& part, const QStringList& rest = {}) const {
    return run(QStringList{"project", "export", "a.lexarium", part, "--run", "First"} + rest);
  }
  void train();
  void writeProject();

  QTemporaryDir folder_;
  std::string text_;
  std::shared_ptr<const Corpus> corpus_;
  RunConfig config_;
  std::shared_ptr<History> history_ = std::make_shared<History>(HistoryLimits{50, 1'000'000});
  std::vector<std::shared_ptr<const Checkpoint>> checkpoints_;  // of the beginning and of the end
  std::vector<std::shared_ptr<const EmbeddingTable>> tables_;   // likewise
  MetricHistory log_;
  QByteArray before_;
};

void CliProjectTest::initTestCase() {
  text_ = findSample("small-world-en")->generate(kSampleSeed).substr(0, 200'000);
  corpus_ = *corpusFromText("A world", text_, SegmentOptions{});
  const ModelInfo& model = *findModel("skip-gram");
  config_ = {model.id, ParamSet::defaultsOf(model.params), {Execution::Mode::Reproducible, 1, 3}};
  config_.params.set("dimensions", std::int64_t{10});
  config_.params.set("epochs", std::int64_t{2});
  train();
  writeProject();
  before_ = readAll(file("a.lexarium"));
}

/// Keeps what there is before the first step, and at the end.
void CliProjectTest::train() {
  auto trainer = Trainer::create(corpus_, config_);
  QVERIFY(trainer);
  (*trainer)->keepHistory(history_);
  (*trainer)->keepCheckpoints(true);
  const auto keep = [&] {
    checkpoints_.push_back((*trainer)->takeCheckpoint());
    tables_.push_back((*trainer)->snapshot()->all);
  };
  (*trainer)->startPaused();
  QVERIFY((*trainer)->waitFor(isStill, 60));
  keep();
  // A single step always leaves a moment; a run that goes on leaves one only if it costs little.
  for (std::uint64_t step = 1; step <= 3; ++step) {
    (*trainer)->stepOnce();
    QVERIFY((*trainer)->waitFor([&](const RunStatus& status) { return status.step == step; }, 60));
  }
  (*trainer)->resume();
  QVERIFY((*trainer)->wait(60));
  keep();
  (*trainer)->metrics().read(0, log_.points);
}

void CliProjectTest::writeProject() {
  auto project = Project::create(file("a.lexarium").toStdString());
  QVERIFY(project);
  RunRecord run;
  run.corpus = *project->addCorpus(*corpus_);
  run.name = "First";
  run.config = config_;
  run.state = RunStatus::State::Finished;
  run.step = checkpoints_.back()->step;
  run.epoch = 2;
  run.loss = 2.5;
  run.fingerprint = fingerprint(tables_.back()->vectors);
  run.created = 1'700'000'000'000;
  run.id = *project->addRun(run);
  QVERIFY(project->appendMetrics(run.id, log_.points));
  for (const auto& kept : checkpoints_) {
    CheckpointRecord record;
    record.run = run.id;
    record.step = kept->step;
    QVERIFY(project->addCheckpoint(record, toTensors(*kept)));
  }
  CheckpointRecord vectors;
  vectors.run = run.id;
  vectors.step = run.step;
  vectors.about = kVectorsOnly;
  QVERIFY(project->addCheckpoint(vectors, vectorsToTensors(*tables_.back())));
  for (const auto& frame : history_->frames()) {
    const FrameRecord record{0, run.id, frame->step, frame->words(), frame->dimensions(), 0};
    QVERIFY(project->addFrame(record, toBytes(*frame)));
  }
  run.id = 0;
  run.name = "Second 国";
  run.config.params.set("dimensions", std::int64_t{12});
  run.config.execution.seed = 4;
  run.created += 1000;
  QVERIFY(project->addRun(run));
}

void CliProjectTest::infoTellsWhatIsThere() {
  const auto json = run({"project", "info", "a.lexarium", "--json"});
  QVERIFY2(json.code == 0, json.err.constData());
  QCOMPARE(json.object()["format"].toInt(), 1);
  QCOMPARE(json.object()["bytes"].toInteger(), QFile(file("a.lexarium")).size());
  const auto text = json.object()["texts"].toArray().first().toObject();
  QCOMPARE(text["title"].toString(), QString("A world"));
  QCOMPARE(text["tokens"].toInteger(), static_cast<qint64>(corpus_->tokens().size()));
  QCOMPARE(text["words"].toInteger(), static_cast<qint64>(corpus_->vocabulary().size()));
  const auto runs = json.object()["runs"].toArray();
  QCOMPARE(runs.size(), 2);
  const auto first = runs.first().toObject();
  QCOMPARE(first["moments"].toInteger(), static_cast<qint64>(history_->size()));
  QCOMPARE(first["checkpoints"].toInt(), 2);  // the vectors by themselves are none
  QCOMPARE(first["created"].toString(), QString("2023-11-14T22:13:20Z"));
  QCOMPARE(first["seed"].toInt(), 3);

  const auto people = run({"project", "info", "a.lexarium"});
  QVERIFY(people.err.isEmpty());
  for (const char* part : {"a.lexarium: ", "format 1", "A world", "First", "Second 国", "finished"})
    QVERIFY2(people.out.contains(part), part);
}

void CliProjectTest::runsShowsFirstWhatDiffers() {
  const auto table = run({"project", "runs", "a.lexarium"});
  QCOMPARE(table.code, 0);
  const auto lines = table.out.split('\n');
  QCOMPARE(lines[0].simplified(), QByteArray("Run Model State Loss Epoch Seconds dimensions seed"));
  QVERIFY(lines[1].simplified().endsWith(" 10 3") && lines[2].simplified().endsWith(" 12 4"));
  QVERIFY(table.out.simplified().contains("The same for all: window 5, epochs 2,"));
  const auto json = run({"project", "runs", "a.lexarium", "--json"});
  const auto runs = QJsonDocument::fromJson(json.out).array();
  QCOMPARE(runs.size(), 2);
  QCOMPARE(runs[1].toObject()["parameters"].toObject()["dimensions"].toInt(), 12);
}

void CliProjectTest::verifyTellsWholeFromDamaged() {
  const auto whole = run({"project", "verify", "a.lexarium"});
  QCOMPARE(whole.code, 0);
  QVERIFY(whole.out.contains("is whole"));
  // Inside the vectors, where SQLite sees nothing amiss.
  const QByteArray numbers(reinterpret_cast<const char*>(tables_.back()->vectors.data()), 64);
  const auto at = before_.indexOf(numbers);
  QVERIFY(at > 0);
  QByteArray spoiled = before_;
  spoiled[at] = static_cast<char>(spoiled[at] ^ 1);
  QFile out(file("spoiled.lexarium"));
  QVERIFY(out.open(QIODevice::WriteOnly) && out.write(spoiled) == spoiled.size());
  out.close();
  const auto damaged = run({"project", "verify", "spoiled.lexarium", "--json"});
  QCOMPARE(damaged.code, 1);
  QCOMPARE(damaged.object()["whole"].toBool(true), false);
  QCOMPARE(damaged.object()["problems"].toArray().size(), 1);
  QCOMPARE(run({"project", "verify", "spoiled.lexarium"}).code, 1);
}

void CliProjectTest::textComesBack() {
  const auto result = run({"project", "export", "a.lexarium", "text", "-o", "a.txt"});
  QVERIFY2(result.code == 0, result.err.constData());
  QVERIFY(readAll(file("a.txt")).toStdString() == text_);
  QVERIFY(exported("text").out.toStdString() == text_);
}

void CliProjectTest::vectorsOfTheEnd() {
  const auto result = exported("vectors", {"-o", "end.bin", "--json"});
  QVERIFY2(result.code == 0, result.err.constData());
  QCOMPARE(result.object()["source"].toString(), QString("vectors"));
  QCOMPARE(result.object()["fingerprint"].toString().toStdString(), fingerprint(tables_.back()->vectors));
  const auto read = readVectors(file("end.bin").toStdString());
  QVERIFY(read && read->vectors == tables_.back()->vectors);
  QCOMPARE(read->words.front(), std::string(corpus_->vocabulary().word(0)));
}

void CliProjectTest::vectorsOfACheckpoint() {
  // A moment of the history stands at the same step, but a checkpoint is exact.
  const auto step = checkpoints_.front()->step;
  QCOMPARE(history_->frames().front()->step, step);
  const auto result = exported("vectors", {"-o", "first.bin", "--step", QString::number(step), "--json"});
  QVERIFY2(result.code == 0, result.err.constData());
  QCOMPARE(result.object()["source"].toString(), QString("checkpoint"));
  const auto read = readVectors(file("first.bin").toStdString());
  QVERIFY(read && read->vectors == tables_.front()->vectors);
}

void CliProjectTest::vectorsOfAMoment() {
  QVERIFY(history_->size() > 2);
  const auto frame = history_->frames()[1];
  const auto result =
      exported("vectors", {"-o", "vectors.tsv", "--step", QString::number(frame->step), "--json"});
  QVERIFY2(result.code == 0, result.err.constData());
  QCOMPARE(result.object()["source"].toString(), QString("moment"));
  QCOMPARE(result.object()["step"].toInteger(), static_cast<qint64>(frame->step));
  QCOMPARE(result.object()["words"].toInt(), 50);
  EmbeddingTable table;
  frame->decode(table);
  const auto read = readVectors(file("vectors.tsv").toStdString());
  QVERIFY(read && read->vectors.isApprox(table.vectors, 1e-6F));
}

void CliProjectTest::metricsAsCsv() {
  const auto lines = exported("metrics").out.trimmed().split('\n');
  QCOMPARE(lines.size(), static_cast<qsizetype>(log_.points.size() + 1));
  QCOMPARE(lines.front().trimmed(), QByteArray("step,epoch,seconds,loss,learning_rate,words_per_second"));
  const auto last = lines.back().trimmed().split(',');
  QCOMPARE(last[0].toULongLong(), log_.points.back().step);
  QCOMPARE(last[3].toDouble(), log_.points.back().loss);
}

void CliProjectTest::recipeRepeatsTheRun() {
  const auto recipe = recipeFromJson(exported("recipe").out.toStdString());
  QVERIFY(recipe);
  QCOMPARE(recipe->run.params.values(), config_.params.values());
  QCOMPARE(recipe->tokens, corpus_->tokens().size());
  QCOMPARE(recipe->fingerprint, fingerprint(tables_.back()->vectors));
  QCOMPARE(recipe->segmentation, std::optional(corpus_->options()));
}

void CliProjectTest::checkpointGoesOn() {
  const auto result = exported("checkpoint", {"-o", "a.checkpoint", "--step", "1", "--json"});
  QVERIFY2(result.code == 0, result.err.constData());
  QCOMPARE(result.object()["step"].toInteger(), static_cast<qint64>(checkpoints_.front()->step));
  QCOMPARE(exported("text", {"-o", "b.txt"}).code, 0);
  const auto resumed = run({"resume", "a.checkpoint", "b.txt", "-o", "resumed.bin", "--json"});
  QVERIFY2(resumed.code == 0, resumed.err.constData());
  QCOMPARE(resumed.object()["fingerprint"].toString().toStdString(), fingerprint(tables_.back()->vectors));
}

void CliProjectTest::mapAndResumeUnderTheirOldNames() {
  const auto resumed =
      run({"project", "resume", "a.lexarium", "--run", "First", "-o", "resumed.bin", "--json"});
  QVERIFY2(resumed.code == 0, resumed.err.constData());
  QCOMPARE(resumed.object()["fingerprint"].toString().toStdString(), fingerprint(tables_.back()->vectors));
  const QStringList flags = {"resumed.bin", "--method", "pca", "--count", "20"};
  const auto map = run(QStringList{"map"} + flags);
  QCOMPARE(map.code, 0);
  QCOMPARE(map.out.count('\n'), 21);
  QCOMPARE(run(QStringList{"project"} + flags).out, map.out);
  QCOMPARE(run({"project", "--method", "pca", "--count", "20", "resumed.bin"}).out, map.out);
}

void CliProjectTest::wrongUse_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QString>("part");
  QTest::addColumn<int>("code");
  const auto row = [](const char* name, const QStringList& arguments, const char* part, int code) {
    QTest::newRow(name) << QStringList{"project"} + arguments << QString(part) << code;
  };
  row("no command", {}, "project --help", 2);
  row("another command", {"infoo", "a.lexarium"}, "project --help", 2);
  row("unknown option", {"info", "a.lexarium", "--jsn"}, "--json", 2);
  row("no such file", {"info", "none.lexarium"}, "none.lexarium", 1);
  row("no project", {"verify", "a.txt"}, "not a Lexarium project", 1);
  row("unknown part", {"export", "a.lexarium", "words"}, "words", 2);
  row("no output", {"export", "a.lexarium", "vectors"}, "--output", 2);
  row("over the project", {"export", "a.lexarium", "text", "-o", "a.lexarium"}, "overwrite", 2);
  row("no such run", {"export", "a.lexarium", "metrics", "--run", "Third"}, "First", 1);
  row("nothing kept", {"export", "a.lexarium", "vectors", "-o", "never"}, "Second 国", 1);
  row("no checkpoint", {"export", "a.lexarium", "checkpoint", "-o", "never"}, "no checkpoint", 1);
  row("no number", {"export", "a.lexarium", "vectors", "-o", "never", "--step", "x"}, "--step", 2);
}

void CliProjectTest::wrongUse() {
  QFETCH(QStringList, arguments);
  QFETCH(QString, part);
  QFETCH(int, code);
  const auto result = run(arguments);
  QVERIFY2(result.err.contains(part.toUtf8()) && result.isOneSentence(), result.err.constData());
  QCOMPARE(result.code, code);
  QVERIFY(!QFile::exists(file("never")));
}

void CliProjectTest::cleanupTestCase() {
  QVERIFY(readAll(file("a.lexarium")) == before_);  // it was only read
}

QTEST_GUILESS_MAIN(CliProjectTest)
#include "cli_project_test.moc"
