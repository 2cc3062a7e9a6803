// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints: when a trainer makes them, how they are kept, and that a run goes on from them as if it had
// not been interrupted.
#include <QTest>
#include <atomic>
#include <cmath>
#include <new>
#include <thread>

#include "core/base/rng.h"
#include "core/train/trainer.h"
#include "tests/support/checkpoints.h"
#include "tests/support/fake_learner.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;
using State = RunStatus::State;
using CheckpointPtr = std::shared_ptr<const Checkpoint>;
using TrainerPtr = std::unique_ptr<Trainer>;

namespace {

constexpr double kPatience = 60;  // seconds; only ever used up when something is broken

ParamSpec rateSpec() {
  ParamSpec rate = numberParam("learning_rate", "Learning rate", "", "How far a step goes.", 0.025, 1e-6, 10,
                               ParamSpec::Scale::Logarithmic);
  rate.live = true;
  return rate;
}

struct FakeRun {
  std::shared_ptr<FakeLearner::Counters> counters;
  TrainerPtr trainer;
  Trainer* operator->() const { return trainer.get(); }
};

FakeRun fakeRun(FakeLearner::Script script, CheckpointPtr from = nullptr) {
  const std::vector<ParamSpec> specs{rateSpec()};
  RunConfig config;
  config.modelId = "fake";
  config.params = ParamSet::defaultsOf(specs);
  auto learner = std::make_unique<FakeLearner>(std::move(script));
  auto counters = learner->counters();
  return {counters, Trainer::createWith(std::move(learner), nullptr, config, specs, 1, std::move(from))};
}

std::shared_ptr<const Corpus> corpus() {
  static const auto text = circleCorpus(120, 4000, 2);
  return text;
}

bool waitForState(Trainer& trainer, State state) {
  return trainer.waitFor([state](const RunStatus& status) { return status.state == state; }, kPatience);
}

CheckpointPtr nextCheckpoint(Trainer& trainer) {
  CheckpointPtr checkpoint;
  trainer.waitFor(
      [&](const RunStatus& status) {
        checkpoint = trainer.takeCheckpoint();
        return checkpoint || isOver(status.state);
      },
      kPatience);
  return checkpoint ? checkpoint : trainer.takeCheckpoint();
}

MetricHistory historyOf(const Trainer& trainer) {
  MetricHistory history;
  trainer.metrics().read(0, history.points);
  trainer.metrics().readFlags(0, history.flags);
  return history;
}

}  // namespace

class CheckpointTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void isMadeOnRequest();
  void isKeptAtPauseAndEnd();
  void isNotMadeOfABrokenRun();
  void waitsWhileTheLossExplodes();
  void doesWithoutWhereMemoryIsShort();
  void runGoesOnBitForBit_data();
  void runGoesOnBitForBit();
  void logAndClockGoOn();
  void branchSetsItsOwnRate();
  void liveRateSurvives();
  void stateThatDoesNotFitFails();
  void refusesOtherModelsAndParameters();
  void lossWatchGoesOn();
  void requestsFromManyThreads();
};

void CheckpointTest::isMadeOnRequest() {
  const FakeRun run = fakeRun({});
  run->start();
  for (std::uint64_t i = 0, last = 0; i < 5; ++i) {
    run->requestCheckpoint();
    const auto checkpoint = nextCheckpoint(*run.trainer);
    QVERIFY(checkpoint != nullptr);
    QVERIFY(i == 0 || checkpoint->step >= last);
    // Taken between two steps.
    std::uint64_t steps = 0;
    QVERIFY(readTensor<std::uint64_t>(checkpoint->learner, "steps", {}, {&steps, 1}).has_value());
    QCOMPARE(steps, checkpoint->step);
    last = checkpoint->step;
  }
  QVERIFY(run->takeCheckpoint() == nullptr);
  QCOMPARE(run.counters->saves.load(), std::uint64_t{5});

  run->pause();
  QVERIFY(waitForState(*run.trainer, State::Paused));
  QVERIFY(run->takeCheckpoint() == nullptr);  // nobody asked
  run->requestCheckpoint();
  const auto paused = nextCheckpoint(*run.trainer);
  QCOMPARE(paused->step, run->status().step);
  run->stop();
  QVERIFY(run->wait(kPatience));
  QVERIFY(run->takeCheckpoint() == nullptr);
  run->requestCheckpoint();
  QVERIFY(run->takeCheckpoint() == nullptr);
}

void CheckpointTest::isKeptAtPauseAndEnd() {
  FakeLearner::Script script;
  script.steps = 40;
  const FakeRun run = fakeRun(script);
  run->keepCheckpoints(true);
  run->startPaused();
  QVERIFY(waitForState(*run.trainer, State::Paused));
  QCOMPARE(run->takeCheckpoint()->step, std::uint64_t{0});
  run->resume();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->status().state, State::Finished);
  const auto last = run->takeCheckpoint();
  QVERIFY(last != nullptr);
  QCOMPARE(last->step, std::uint64_t{40});

  const FakeRun stopped = fakeRun({});
  stopped->keepCheckpoints(true);
  stopped->start();
  QVERIFY(stopped->waitFor([](const RunStatus& status) { return status.step > 10; }, kPatience));
  stopped->pause();
  QVERIFY(waitForState(*stopped.trainer, State::Paused));
  const auto atPause = stopped->takeCheckpoint();
  QCOMPARE(atPause->step, stopped->status().step);
  const std::uint64_t saves = stopped.counters->saves;
  stopped->stop();  // at the same moment: no second one
  QVERIFY(stopped->wait(kPatience));
  QVERIFY(stopped->takeCheckpoint() == nullptr);
  QCOMPARE(stopped.counters->saves.load(), saves);

  const FakeRun running = fakeRun({});
  running->keepCheckpoints(true);
  running->start();
  QVERIFY(running->waitFor([](const RunStatus& status) { return status.step > 10; }, kPatience));
  running->stop();
  QVERIFY(running->wait(kPatience));
  QCOMPARE(running->takeCheckpoint()->step, running->status().step);
}

void CheckpointTest::isNotMadeOfABrokenRun() {
  std::atomic<bool> finite{true};
  FakeLearner::Script script;
  script.finite = [&](std::uint64_t) { return finite.load(); };
  const FakeRun run = fakeRun(script);
  run->keepCheckpoints(true);
  run->start();
  QVERIFY(run->waitFor([](const RunStatus& status) { return status.step > 5; }, kPatience));
  finite = false;
  run->requestCheckpoint();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->status().state, State::Diverged);
  QVERIFY(run->takeCheckpoint() == nullptr);
}

void CheckpointTest::waitsWhileTheLossExplodes() {
  // From step 20 to 24 the loss is suspicious, and calm again after that.
  FakeLearner::Script script;
  Trainer* trainer = nullptr;
  script.step = [&](StepReport report) {
    if (report.step >= 20 && report.step < 25) report.lossSum = 1e6;
    if (report.step == 20) trainer->requestCheckpoint();
    return report;
  };
  const FakeRun run = fakeRun(script);
  trainer = run.trainer.get();
  run->start();
  const auto checkpoint = nextCheckpoint(*run.trainer);
  QVERIFY(checkpoint != nullptr);
  QCOMPARE(checkpoint->step, std::uint64_t{25});
}

void CheckpointTest::doesWithoutWhereMemoryIsShort() {
  FakeLearner::Script script;
  script.steps = 500;
  script.save = [] { throw std::bad_alloc(); };
  const FakeRun run = fakeRun(script);
  run->keepCheckpoints(true);
  run->startPaused();
  run->requestCheckpoint();
  QVERIFY(waitForState(*run.trainer, State::Paused));
  run->resume();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->status().state, State::Finished);
  QVERIFY(run->takeCheckpoint() == nullptr);
  QVERIFY(historyOf(*run.trainer).flags.back().text.find("memory") != std::string::npos);
}

void CheckpointTest::runGoesOnBitForBit_data() {
  QTest::addColumn<QString>("model");
  for (const ModelInfo& model : models())
    if (!model.learnsExamples()) QTest::newRow(model.id.c_str()) << QString::fromStdString(model.id);
}

void CheckpointTest::runGoesOnBitForBit() {
  QFETCH(QString, model);
  const RunConfig config = configFor(*findModel(model.toStdString()));
  const auto whole = *Trainer::create(corpus(), config);
  whole->start();
  QVERIFY(whole->wait(kPatience));
  QCOMPARE(whole->status().state, State::Finished);

  // In three sittings.
  auto trainer = *Trainer::create(corpus(), config);
  std::uint64_t done = 0;
  for (const std::uint64_t until : {whole->status().step / 4, whole->status().step / 2}) {
    trainer->keepCheckpoints(true);
    trainer->startPaused();
    for (std::uint64_t step = done; step < until; ++step) trainer->stepOnce();
    QVERIFY(trainer->waitFor([&](const RunStatus& status) { return status.step >= until; }, kPatience));
    done = until;
    trainer->stop();
    QVERIFY(trainer->wait(kPatience));
    const auto checkpoint = trainer->takeCheckpoint();
    QVERIFY(checkpoint != nullptr);
    auto resumed = Trainer::resumed(corpus(), throughBytes(*checkpoint), historyOf(*trainer));
    QVERIFY2(resumed.has_value(), resumed ? "" : resumed.error().message().c_str());
    trainer = std::move(*resumed);
  }
  trainer->start();
  QVERIFY(trainer->wait(kPatience));
  QCOMPARE(trainer->status().state, State::Finished);
  QCOMPARE(trainer->status().step, whole->status().step);
  QVERIFY(sameBits(trainer->snapshot()->all->vectors, whole->snapshot()->all->vectors));
  QVERIFY(sameLosses(historyOf(*trainer), historyOf(*whole)));
}

void CheckpointTest::logAndClockGoOn() {
  Checkpoint checkpoint = someCheckpoint();
  checkpoint.step = 3;
  checkpoint.lossWatch = {};
  const double rate = 0.02;
  checkpoint.learner.tensors["rate"] = makeTensor<double>({&rate, 1}, {});
  FakeLearner::Script script;
  script.steps = 10;
  const FakeRun run = fakeRun(script, std::make_shared<const Checkpoint>(checkpoint));
  run->startPaused();
  QVERIFY(waitForState(*run.trainer, State::Paused));
  const RunStatus paused = run->status();
  QCOMPARE(paused.step, std::uint64_t{3});
  QCOMPARE(paused.epoch, checkpoint.epoch);
  QCOMPARE(paused.loss, checkpoint.loss);
  QCOMPARE(paused.seconds, checkpoint.seconds);
  QCOMPARE(paused.totalSteps, std::uint64_t{10});
  QCOMPARE(run->snapshot()->step, std::uint64_t{3});
  run->resume();
  QVERIFY(run->wait(kPatience));
  const auto points = historyOf(*run.trainer).points;
  QCOMPARE(points.front().step, std::uint64_t{4});
  QCOMPARE(points.size(), std::size_t{7});
  for (const MetricPoint& point : points) QVERIFY(point.seconds >= checkpoint.seconds);

  // What was logged after the checkpoint is not part of the run that goes on.
  MetricHistory before;
  for (std::uint64_t step = 1; step <= 5; ++step) {
    before.points.push_back({step, 0, 0, 1, 0, 0});
    before.flags.push_back({step, "flag"});
  }
  Checkpoint real;
  real.config = configFor(*findModel("cbow"));
  real.step = 3;
  const auto resumed =
      Trainer::resumed(corpus(), std::make_shared<const Checkpoint>(std::move(real)), before);
  QVERIFY(resumed.has_value());
  QCOMPARE(historyOf(**resumed).points.size(), std::size_t{3});
  QCOMPARE(historyOf(**resumed).flags.size(), std::size_t{3});
}

void CheckpointTest::branchSetsItsOwnRate() {
  const RunConfig config = configFor(*findModel("skip-gram"));
  const auto first = *Trainer::create(corpus(), config);
  first->startPaused();
  for (int i = 0; i < 50; ++i) first->stepOnce();
  QVERIFY(first->waitFor([](const RunStatus& s) { return s.step == 50; }, kPatience));
  first->requestCheckpoint();
  const auto checkpoint = nextCheckpoint(*first);

  RunConfig branch = config;
  branch.params.set("learning_rate", 0.5);
  branch.params.set("epochs", std::int64_t{4});
  const auto second = *Trainer::resumed(corpus(), checkpoint, {}, branch);
  second->startPaused();
  second->stepOnce();
  QVERIFY(second->waitFor([](const RunStatus& s) { return s.step == 51; }, kPatience));
  QVERIFY(second->status().learningRate > 0.4);
  QCOMPARE(second->status().totalEpochs, 4.0);
  const auto flags = historyOf(*second).flags;
  QCOMPARE(flags.size(), std::size_t{1});
  QCOMPARE(flags[0].step, std::uint64_t{50});
  QCOMPARE(flags[0].text, std::string("Learning rate 0.025 to 0.5"));
}

void CheckpointTest::liveRateSurvives() {
  const RunConfig config = configFor(*findModel("glove"));
  const auto first = *Trainer::create(corpus(), config);
  first->startPaused();
  QVERIFY(first->setLive("learning_rate", 0.011).has_value());
  first->stepOnce();
  QVERIFY(first->waitFor([](const RunStatus& s) { return s.step == 1; }, kPatience));
  first->requestCheckpoint();
  const auto checkpoint = throughBytes(*nextCheckpoint(*first));
  QVERIFY(checkpoint->live.at("learning_rate") == ParamValue(0.011));
  const auto second = *Trainer::resumed(corpus(), checkpoint);
  second->startPaused();
  QVERIFY(second->setLive("learning_rate", 0.02).has_value());
  second->stepOnce();
  QVERIFY(second->waitFor([](const RunStatus& s) { return s.step == 2; }, kPatience));
  QCOMPARE(second->status().learningRate, 0.02);
  QCOMPARE(historyOf(*second).flags.back().text, std::string("Learning rate 0.011 to 0.02"));
}

void CheckpointTest::stateThatDoesNotFitFails() {
  const RunConfig config = configFor(*findModel("skip-gram"));
  const auto first = *Trainer::create(corpus(), config);
  first->keepCheckpoints(true);
  first->startPaused();
  QVERIFY(waitForState(*first, State::Paused));
  const auto checkpoint = first->takeCheckpoint();
  const auto second = *Trainer::resumed(circleCorpus(120, 4000, 2, 9), checkpoint);
  second->start();
  QVERIFY(second->wait(kPatience));
  QCOMPARE(second->status().state, State::Failed);
  QVERIFY(second->status().message.find("does not fit") != std::string::npos);
  QVERIFY(second->snapshot() == nullptr);
}

void CheckpointTest::refusesOtherModelsAndParameters() {
  auto checkpoint = std::make_shared<Checkpoint>();
  checkpoint->config = configFor(*findModel("skip-gram"));
  QVERIFY(!Trainer::resumed(corpus(), checkpoint, {}, configFor(*findModel("glove"))));
  RunConfig wrong = checkpoint->config;
  wrong.params.set("window", std::int64_t{-3});
  QVERIFY(!Trainer::resumed(corpus(), checkpoint, {}, wrong));
  checkpoint->config.params.set("no such parameter", 1.0);
  QVERIFY(!Trainer::resumed(corpus(), checkpoint));
  checkpoint->config = {};
  checkpoint->config.modelId = "perpetual-motion";
  QVERIFY(!Trainer::resumed(corpus(), checkpoint));
}

void CheckpointTest::lossWatchGoesOn() {
  // Four suspicious losses before the checkpoint and four after it are eight in a row.
  Checkpoint checkpoint = someCheckpoint();
  checkpoint.step = 20;
  checkpoint.lossWatch = {};
  for (int i = 0; i < 16; ++i) checkpoint.lossWatch.add(i < 12 ? 3 : 1e5);
  const double rate = 0.02;
  checkpoint.learner.tensors["rate"] = makeTensor<double>({&rate, 1}, {});
  FakeLearner::Script script;
  script.step = [](StepReport report) {
    report.lossSum = 1e6;
    return report;
  };
  const FakeRun run = fakeRun(script, throughBytes(checkpoint));
  run->start();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->status().state, State::Diverged);
  QCOMPARE(run.counters->steps.load(), std::uint64_t{7});  // its own count began at 3
}

void CheckpointTest::requestsFromManyThreads() {
  const FakeRun run = fakeRun({});
  run->start();
  std::atomic<int> made{0};
  const auto hammer = [&](std::uint64_t seed) {
    Rng rng(seed);
    for (int i = 0; i < 500; ++i) {
      switch (rng.below(5)) {
        case 0:
          run->requestCheckpoint();
          break;
        case 1:
          run->keepCheckpoints(rng.below(2) == 0);
          break;
        case 2:
          run->pause();
          break;
        case 3:
          run->resume();
          break;
        default:
          if (const auto checkpoint = run->takeCheckpoint())
            made += checkpoint->config.modelId == "fake" ? 1 : 0;
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) threads.emplace_back(hammer, seed);
  for (auto& thread : threads) thread.join();
  run->resume();
  run->requestCheckpoint();
  QVERIFY(made > 0 || nextCheckpoint(*run.trainer) != nullptr);
}

QTEST_GUILESS_MAIN(CheckpointTest)
#include "checkpoint_test.moc"
