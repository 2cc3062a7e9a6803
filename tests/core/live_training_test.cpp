// SPDX-License-Identifier: GPL-3.0-or-later
// The real models behind a Trainer: what is said of every run must hold for each of them.
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/base/rng.h"
#include "core/train/trainer.h"

using namespace lexarium;
using State = RunStatus::State;

namespace {

constexpr double kPatience = 120;  // seconds; only ever used up when something is broken

/// Sentences in which every third word depends on the two before it.
std::shared_ptr<const Corpus> makeCorpus(std::size_t sentences, std::size_t vocabulary) {
  Rng rng(7);
  std::string text;
  for (std::size_t i = 0; i < sentences; ++i) {
    const std::size_t topic = rng.below(static_cast<std::uint32_t>(vocabulary));
    for (std::size_t k = 0; k < 12; ++k) {
      const std::size_t word = k % 3 == 2 ? topic : (topic + rng.below(20)) % vocabulary;
      text += (k ? " word" : "word") + std::to_string(word);
    }
    text += ".\n";
  }
  return *corpusFromText("generated", text, {});
}

RunConfig configFor(const ModelInfo& model, const Corpus& corpus) {
  RunConfig config;
  config.modelId = model.id;
  config.params = presetFor(model, corpus);
  for (const char* key : {"dimensions", "units"}) {
    if (config.params.contains(key)) config.params.set(key, ParamValue(std::int64_t{16}));
  }
  config.execution.mode = Execution::Mode::Reproducible;
  return config;
}

void setPasses(RunConfig& config, std::int64_t passes) {
  for (const char* key : {"epochs", "iterations"}) {
    if (config.params.contains(key)) config.params.set(key, ParamValue(passes));
  }
}

/// Trains to the end while somebody watches, pauses, takes single steps and asks for pictures all the time.
void runDisturbed(Trainer& trainer) {
  trainer.setProbe({50, true});
  trainer.startPaused();
  for (int i = 0; i < 3; ++i) trainer.stepOnce();
  trainer.waitFor([](const RunStatus& s) { return s.step >= 3 || isOver(s.state); }, kPatience);
  trainer.resume();
  std::uint64_t requests = 0;
  trainer.waitFor(
      [&](const RunStatus& status) {
        trainer.requestSnapshot();
        if (++requests % 5 == 0) trainer.pause(), trainer.resume();
        return isOver(status.state);
      },
      kPatience);
}

}  // namespace

class LiveTrainingTest : public QObject {
  Q_OBJECT

  std::shared_ptr<const Corpus> corpus_ = makeCorpus(1500, 300);

 private Q_SLOTS:
  void reproducibleHoldsOnOneThreadAndOnTwoWatchedOrNot_data() { listModels(); }
  void reproducibleHoldsOnOneThreadAndOnTwoWatchedOrNot() {
    QFETCH(QString, model);
    RunConfig config = configFor(*findModel(model.toStdString()), *corpus_);
    setPasses(config, 2);
    config.execution.threads = 1;
    const auto alone = Trainer::create(corpus_, config);
    QVERIFY(alone);
    (*alone)->start();
    QVERIFY((*alone)->wait(kPatience));
    QCOMPARE((*alone)->status().state, State::Finished);

    config.execution.threads = 2;
    const auto watched = Trainer::create(corpus_, config);
    QVERIFY(watched);
    runDisturbed(**watched);
    QCOMPARE((*watched)->status().state, State::Finished);

    QVERIFY((*alone)->snapshot()->all->vectors == (*watched)->snapshot()->all->vectors);
    std::vector<MetricPoint> a, b;
    (*alone)->metrics().read(0, a);
    (*watched)->metrics().read(0, b);
    QCOMPARE(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      QCOMPARE(a[i].step, b[i].step);
      QVERIFY(a[i].loss == b[i].loss);
    }
  }

  void aFarTooHighRateDivergesAndKeepsGoodVectors_data() { listModels("learning_rate"); }
  void aFarTooHighRateDivergesAndKeepsGoodVectors() {
    QFETCH(QString, model);
    RunConfig config = configFor(*findModel(model.toStdString()), *corpus_);
    setPasses(config, 50);
    config.params.set("learning_rate", ParamValue(100.0));
    const auto trainer = Trainer::create(corpus_, config);
    QVERIFY(trainer);
    (*trainer)->start();
    QVERIFY((*trainer)->wait(kPatience));
    const RunStatus status = (*trainer)->status();
    QVERIFY2(status.state == State::Diverged, stateName(status.state));
    const auto usual =
        std::get<double>(findSpec(findModel(model.toStdString())->params, "learning_rate")->defaultValue);
    const QString advice = QString("Start again with a learning rate of %1").arg(usual);
    QVERIFY2(QString::fromStdString(status.message).contains(advice), status.message.c_str());
    const auto snapshot = (*trainer)->snapshot();
    QVERIFY(snapshot && snapshot->all);
    QVERIFY(snapshot->all->vectors.allFinite());
    std::vector<MetricPoint> points;
    (*trainer)->metrics().read(0, points);
    for (const MetricPoint& point : points) QVERIFY(std::isfinite(point.loss));
  }

  void aHigherRateWhileItRunsDivergesToo() {
    RunConfig config = configFor(*findModel("skip-gram"), *corpus_);
    setPasses(config, 1000);
    const auto trainer = Trainer::create(corpus_, config);
    QVERIFY(trainer);
    (*trainer)->startPaused();
    for (int i = 0; i < 4; ++i) (*trainer)->stepOnce();
    QVERIFY((*trainer)->waitFor([](const RunStatus& s) { return s.step == 4; }, kPatience));
    QVERIFY((*trainer)->setLive("learning_rate", ParamValue(100.0)));
    (*trainer)->resume();
    QVERIFY((*trainer)->wait(kPatience));
    QCOMPARE((*trainer)->status().state, State::Diverged);
    QVERIFY((*trainer)->snapshot()->all->step >= 3);  // after step 4 no good step came
    QVERIFY((*trainer)->snapshot()->all->vectors.allFinite());
    std::vector<MetricFlag> flags;
    (*trainer)->metrics().readFlags(0, flags);
    QCOMPARE(flags.size(), std::size_t{2});
    QVERIFY(flags[0].text.find("to 100") != std::string::npos);
    QCOMPARE(flags[1].text, std::string("Diverged"));
  }

  void stopReachesEveryPhaseOfPreparation_data() { listModels(); }
  void stopReachesEveryPhaseOfPreparation() {
    QFETCH(QString, model);
    // Stopped when the n-th new phase begins, until a run gets through all of them.
    const RunConfig config = configFor(*findModel(model.toStdString()), *corpus_);
    for (std::size_t phases = 1; phases < 20; ++phases) {
      const auto trainer = Trainer::create(corpus_, config);
      QVERIFY(trainer);
      std::vector<std::string> seen;
      (*trainer)->start();
      QVERIFY((*trainer)->waitFor(
          [&](const RunStatus& status) {
            if (seen.empty() || seen.back() != status.phase) seen.push_back(status.phase);
            return seen.size() >= phases || status.state != State::Preparing;
          },
          kPatience));
      (*trainer)->stop();
      QVERIFY((*trainer)->wait(kPatience));
      const RunStatus status = (*trainer)->status();
      QVERIFY2(status.state == State::Stopped || status.state == State::Finished, stateName(status.state));
      QVERIFY2(status.message.empty(), status.message.c_str());
      if (seen.size() < phases) return;
    }
    QFAIL("a model with more than 20 phases?");
  }

 private:
  /// Those that have the parameter.
  static void listModels(const char* parameter = nullptr) {
    QTest::addColumn<QString>("model");
    for (const ModelInfo& model : models()) {
      if (model.learnsExamples() || (parameter && !findSpec(model.params, parameter))) continue;
      QTest::newRow(model.id.c_str()) << QString::fromStdString(model.id);
    }
  }
};

QTEST_GUILESS_MAIN(LiveTrainingTest)
#include "live_training_test.moc"
