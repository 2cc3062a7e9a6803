// SPDX-License-Identifier: GPL-3.0-or-later
// Models leave the program: PyTorch computes the same from the file (resources/export/load_lexarium.py), and
// the card beside it says what it is.
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/model_file.h"
#include "core/train/fingerprint.h"
#include "core/train/model_card.h"
#include "tests/support/small_models.h"

using namespace lexarium;
using test::Model;

namespace {

constexpr int kPatience = 120'000;
constexpr double kNear = 1e-4;
const QString kFolder = QStringLiteral(LEXARIUM_SOURCE_DIR "/resources/export");

/// Answers a line of JSON, [file, arguments of logits()], by the logits.
constexpr const char* kDriver = R"(
import json, sys, torch
torch.set_grad_enabled(False)
torch.set_num_threads(1)
from load_lexarium import load
print("ready", flush=True)
for line in sys.stdin:
    file, arguments = json.loads(line)
    model = load(file)
    arguments = [model.tokens.encode(a) if isinstance(a, str) and hasattr(model, "tokens") else a for a in arguments]
    print(json.dumps(model.logits(*arguments).tolist()), flush=True)
)";

QJsonArray arrayOf(const std::vector<TokenId>& ids) {
  QJsonArray array;
  for (const TokenId id : ids) array.append(static_cast<qint64>(id));
  return array;
}

std::vector<double> softmaxOf(const QJsonArray& logits) {
  std::vector<double> p;
  double sum = 0;
  for (const auto& value : logits) sum += p.emplace_back(std::exp(value.toDouble()));
  for (double& each : p) each /= sum;
  return p;
}

}  // namespace

class ModelExportTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  QProcess python_;

  std::filesystem::path at(const char* name) const {
    return pathFromUtf8(folder_.filePath(name).toStdString());
  }

  /// What PyTorch makes of it: a row a token.
  QJsonArray torchLogits(const TrainedModel& model, const QJsonArray& arguments) {
    if (!writeSafetensors(model.save(), at("model.safetensors"))) qFatal("cannot write");
    const QJsonArray asked{folder_.filePath("model.safetensors"), arguments};
    python_.write(QJsonDocument(asked).toJson(QJsonDocument::Compact) + '\n');
    while (!python_.canReadLine())
      if (!python_.waitForReadyRead(kPatience)) {
        qWarning("%s", python_.readAllStandardError().constData());
        return {};
      }
    return QJsonDocument::fromJson(python_.readLine()).array();
  }

  void comparePair(const PairModel& model, const std::string& source, const std::string& target) {
    const Translation ours = model.align(source, target);
    const QJsonArray theirs =
        torchLogits(model, {QString::fromStdString(source), arrayOf(model.tokens().readTarget(target))});
    QCOMPARE(static_cast<std::size_t>(theirs.size()), ours.probabilities.size());
    std::vector<TokenId> said = model.tokens().readTarget(target);
    said.push_back(model.tokens().end());
    for (std::size_t t = 0; t < said.size(); ++t) {
      const auto p = softmaxOf(theirs[static_cast<qsizetype>(t)].toArray());
      QVERIFY(std::abs(std::log(p[said[t]]) - std::log(static_cast<double>(ours.probabilities[t]))) < kNear);
    }
  }

  void compareClasses(const std::vector<double>& theirs, const std::vector<float>& ours) {
    QCOMPARE(theirs.size(), ours.size());
    for (std::size_t i = 0; i < ours.size(); ++i)
      QVERIFY(std::abs(theirs[i] - static_cast<double>(ours[i])) < kNear);
  }

 private Q_SLOTS:
  void initTestCase() {
    QString found;
    for (const QString& python :
         {QStringLiteral("/usr/bin/python3"), QStandardPaths::findExecutable("python3")}) {
      QProcess probe;
      probe.start(python, {"-c", "import torch"});
      if (probe.waitForFinished(kPatience) && probe.exitStatus() == QProcess::NormalExit &&
          probe.exitCode() == 0) {
        found = python;
        break;
      }
    }
    if (found.isEmpty()) return;
    python_.setWorkingDirectory(kFolder);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PYTHONPATH", kFolder);
    environment.insert("PYTHONDONTWRITEBYTECODE", "1");
    python_.setProcessEnvironment(environment);
    python_.start(found, {"-c", kDriver});
    while (!python_.canReadLine()) QVERIFY(python_.waitForReadyRead(kPatience));
    QCOMPARE(python_.readLine(), QByteArray("ready\n"));
  }

  void init() {
    const QByteArray test = QTest::currentTestFunction();
    if (test.startsWith("torch") && python_.state() != QProcess::Running) QSKIP("no python3 with torch");
  }

  void cleanupTestCase() {
    python_.closeWriteChannel();
    python_.waitForFinished(kPatience);
  }

  void torchReadsLanguageModels_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("changes");
    for (const char* id : {"mlp", "rnn", "lstm", "gru", "transformer"}) QTest::newRow(id) << id << "";
    QTest::newRow("two layers") << "gru"
                                << "layers=2";
    QTest::newRow("tied") << "lstm"
                          << "tied=yes";
    for (const char* positions : {"sinusoidal", "rotary"})
      QTest::newRow(positions) << "transformer" << QStringLiteral("positions=%1 layers=2").arg(positions);
    QTest::newRow("words") << "rnn"
                           << "tokens=words";
    QTest::newRow("subwords") << "rnn"
                              << "tokens=subwords";
  }
  void torchReadsLanguageModels() {
    QFETCH(QString, id);
    QFETCH(QString, changes);
    std::vector<std::pair<std::string, ParamValue>> values;
    for (const QString& change : changes.split(' ', Qt::SkipEmptyParts)) {
      const std::string key = change.section('=', 0, 0).toStdString();
      const ParamSpec* spec = findSpec(findModel(id.toStdString())->params, key);
      QVERIFY2(spec, key.c_str());
      values.emplace_back(key, *parseParam(*spec, change.section('=', 1).toStdString()));
    }
    const auto model = test::smallLanguageModel(id.toStdString(), values);
    const std::string text = "w1 w2 w3";
    const auto ids = model->tokenizer()->encode(text).ids;
    QVERIFY(ids.size() > 2 && ids.size() <= 8);
    // As a text: it is cut into the same tokens there.
    const QJsonArray theirs = torchLogits(*model, {QString::fromStdString(text)});
    QCOMPARE(static_cast<std::size_t>(theirs.size()), ids.size());
    const auto session = model->start();
    for (std::size_t t = 0; t < ids.size(); ++t) {
      const auto ours = session->feed(ids[t]);
      const QJsonArray row = theirs[static_cast<qsizetype>(t)].toArray();
      QCOMPARE(static_cast<std::size_t>(row.size()), ours.size());
      for (std::size_t i = 0; i < ours.size(); ++i) {
        const double difference = row[static_cast<qsizetype>(i)].toDouble() - static_cast<double>(ours[i]);
        QVERIFY2(std::abs(difference) < kNear, qPrintable(QString::number(difference)));
      }
    }
  }

  void torchReadsEncoderDecoders() {
    using Attention = PairShape::Attention;
    for (const CellKind cell : {CellKind::Rnn, CellKind::Lstm, CellKind::Gru}) {
      for (const Attention attention :
           {Attention::None, Attention::Additive, Attention::Dot, Attention::General}) {
        PairConfig config = test::smallPairs();
        config.shape.cell = cell;
        config.shape.attention = attention;
        config.shape.bidirectional = attention != Attention::Dot;
        config.shape.layers = attention == Attention::General ? 2 : 1;
        comparePair(*test::smallTaskModel<PairLearner>(config, "reversed"), "31425", "52413");
        if (QTest::currentTestFailed()) return;
      }
    }
    PairConfig config = test::smallPairs();
    config.shape.kind = PairShape::Kind::Transformer;
    config.shape.heads = 2;
    config.shape.layers = 2;
    config.shape.feedForward = 12;
    comparePair(*test::smallTaskModel<PairLearner>(config, "reversed"), "31425", "52413");
  }

  void torchReadsClassifiers() {
    using Kind = ClassifierShape::Kind;
    using Pooling = ClassifierShape::Pooling;
    for (const Kind kind : {Kind::Flatten, Kind::Mean, Kind::Rnn, Kind::Lstm, Kind::Gru, Kind::Transformer}) {
      for (const Pooling pooling : {Pooling::Last, Pooling::Mean, Pooling::Attention}) {
        ClassifierConfig config = test::smallLabels();
        config.shape.kind = kind;
        config.shape.pooling = pooling;
        config.shape.bidirectional = kind != Kind::Gru;
        config.shape.heads = 2;
        const auto model = test::smallTaskModel<ClassifierLearner>(config, "reviews");
        const QJsonArray theirs = torchLogits(*model, {"the film was not good"});
        compareClasses(softmaxOf(theirs[0].toArray()),
                       model->classify("the film was not good").probabilities);
        if (QTest::currentTestFailed()) return;
      }
    }
  }

  void torchReadsMemoryNetworks() {
    const auto model = test::smallTaskModel<StoryLearner>(test::smallStories(), "stories");
    const std::vector<std::string> story{"Mary went to the garden .", "John moved to the kitchen ."};
    const StoryAnswer ours = model->answer(story, "where is mary ?", 100);
    const QJsonArray theirs = torchLogits(
        *model, {"where is mary ?", QJsonArray{"Mary went to the garden .", "John moved to the kitchen ."}});
    std::vector<double> p = softmaxOf(theirs[0].toArray());
    std::sort(p.rbegin(), p.rend());
    QVERIFY(p.size() <= 100);
    std::vector<float> probabilities;
    for (const auto& [text, probability] : ours.others) probabilities.push_back(probability);
    compareClasses(p, probabilities);
  }

  /// The script by itself, as a person calls it.
  void torchScriptExplainsAModel() {
    const auto model = test::smallLanguageModel("rnn");
    ModelCard card;
    card.title = "Small";
    QVERIFY(saveModelWithCard(at("a.safetensors"), model->save(), card));
    for (const QStringList& arguments :
         {QStringList{}, QStringList{"--ids", "1,2,3"}, QStringList{"--text", "w1"}}) {
      QProcess script;
      script.start(
          python_.program(),
          QStringList{"-B", kFolder + "/load_lexarium.py", folder_.filePath("a.safetensors")} + arguments);
      QVERIFY(script.waitForFinished(kPatience));
      const QJsonObject said = QJsonDocument::fromJson(script.readAllStandardOutput()).object();
      QVERIFY2(script.exitCode() == 0, script.readAllStandardError().constData());
      if (arguments.isEmpty())
        QCOMPARE(said["title"].toString(), QString("Small"));
      else
        QVERIFY(!said["logits"].toArray().isEmpty());
    }
  }

  void aCardSaysWhatAModelIs() {
    RunConfig config;
    config.modelId = "lstm";
    config.params =
        with(ParamSet::defaultsOf(findModel("lstm")->params),
             {{"units", std::int64_t{8}}, {"epochs", std::int64_t{1}}, {"batch", std::int64_t{2}}});
    config.execution.mode = Execution::Mode::Reproducible;
    config.execution.seed = 7;
    const auto trainer = *Trainer::create(circleCorpus(8, 3000), config);
    trainer->start();
    QVERIFY(trainer->wait(kPatience / 1000.0));
    const auto snapshot = trainer->snapshot();
    QVERIFY(snapshot && snapshot->trained);
    const auto result = resultOf(snapshot.get(), trainer->corpus().get());
    QVERIFY(result);
    const auto path = at("lstm.safetensors");
    QVERIFY(saveModelWithCard(path, *result, cardOf("My \"LSTM\"", *trainer)));
    const auto json =
        QJsonDocument::fromJson(QByteArray::fromStdString(*readFile(cardPath(path), 1 << 20))).object();
    QCOMPARE(json["title"].toString(), QString("My \"LSTM\""));
    QCOMPARE(json["model"]["id"].toString(), QString("lstm"));
    QVERIFY(json["model"]["paper"].toString().contains("1997") &&
            json["model"]["formula"].toString().contains("c_t"));
    QCOMPARE(json["run"]["seed"].toInt(), 7);
    QCOMPARE(json["run"]["parameters"]["units"].toInt(), 8);
    QCOMPARE(json["network"]["units"].toInt(), 8);
    QCOMPARE(json["text"]["title"].toString(), QString("Toy"));
    QCOMPARE(json["text"]["tokens"].toInt(), 3000);
    QCOMPARE(json["text"]["words_hash"].toString().size(), 64);
    QCOMPARE(json["training"]["state"].toString(), QString("finished"));
    QVERIFY(json["training"]["steps"].toInt() > 0 && json["metrics"]["loss"].toDouble() > 0);
    QVERIFY(json["metrics"]["validation_loss"].toDouble() > 0);
    QCOMPARE(json["fingerprint"].toString().toStdString(), fingerprint(*snapshot->trained));
    QCOMPARE(json["tokens"]["count"].toInt(),
             static_cast<int>(snapshot->languageModel()->tokenizer()->size()));
    QCOMPARE(json["tokens"]["list"].toArray().size(), json["tokens"]["count"].toInt());
    QVERIFY(json["tensors"]["net.embedding"]["shape"].isArray());
    QVERIFY(!json["licence"].toString().isEmpty() && json["program"].toString().startsWith("Lexarium"));
    // And the program reads what it has written.
    const auto again = readLanguageModelFile(path);
    QVERIFY2(again, again ? "" : again.error().message().c_str());
    QCOMPARE(fingerprint(**again), fingerprint(*snapshot->trained));
  }

  void vectorsHaveOneToo() {
    const auto corpus = circleCorpus(8, 400);
    auto table = std::make_shared<EmbeddingTable>();
    table->vectors = Matrix::Constant(3, 5, Real{0.5});
    Snapshot snapshot;
    QVERIFY(!resultOf(&snapshot, corpus.get()) && !resultOf(nullptr, corpus.get()));
    snapshot.all = table;
    const auto result = resultOf(&snapshot, corpus.get());
    QVERIFY(result);
    QCOMPARE(kindOf(*result), std::string("vectors"));
    QVERIFY((result->tensors.at("vectors").shape == std::vector<std::uint64_t>{5, 3}));
    const auto json =
        QJsonDocument::fromJson(QByteArray::fromStdString(cardToJson({}, *result, "a.safetensors"))).object();
    QCOMPARE(json["words"]["count"].toInt(), 5);
    QCOMPARE(json["words"]["list"][0].toString().toStdString(), std::string(corpus->vocabulary().word(0)));
  }

  void everyModelHasAFormula() {
    for (const ModelInfo& info : models()) QVERIFY2(*formulaOf(info.id), info.id.c_str());
  }

  void whatCannotBeWrittenIsSaid() {
    const TensorSet set = test::smallLanguageModel("rnn")->save();
    const auto own = saveModelWithCard(at("own.json"), set, {});
    QVERIFY(!own && own.error().message().find("own.json") != std::string::npos);
    QVERIFY(!std::filesystem::exists(at("own.json")));
    QVERIFY(!saveModelWithCard(at("none") / "a.safetensors", set, {}));
  }
};

QTEST_GUILESS_MAIN(ModelExportTest)
#include "model_export_test.moc"
