// SPDX-License-Identifier: GPL-3.0-or-later
// core/train: the trainer, driven by a learner whose every move the test decides.
#include <QTest>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <limits>
#include <new>
#include <thread>

#include "core/base/rng.h"
#include "core/train/trainer.h"
#include "tests/support/fake_learner.h"

using namespace lexarium;
using State = RunStatus::State;

namespace {

constexpr double kPatience = 60;  // seconds; only ever used up when something is broken

struct Run {
  std::shared_ptr<FakeLearner::Counters> counters;
  std::unique_ptr<Trainer> trainer;
  Trainer* operator->() const { return trainer.get(); }
};

Run makeRun(FakeLearner::Script script, double totalEpochs = 1) {
  ParamSpec rate = numberParam("learning_rate", "Learning rate", "", "How far a step goes.", 0.025, 1e-6, 10,
                               ParamSpec::Scale::Logarithmic);
  rate.live = true;
  const std::vector<ParamSpec> specs{
      rate, integerParam("dimensions", "Dimensions", "", "Length of a vector.", 100, 1, 1000)};
  RunConfig config;
  config.modelId = "fake";
  config.params = ParamSet::defaultsOf(specs);
  config.execution.lowPriority = true;
  auto learner = std::make_unique<FakeLearner>(std::move(script));
  Run run;
  run.counters = learner->counters();
  run.trainer = Trainer::createWith(std::move(learner), nullptr, config, specs, totalEpochs);
  return run;
}

bool waitForState(const Run& run, State state) {
  return run->waitFor([state](const RunStatus& status) { return status.state == state; }, kPatience);
}

std::vector<MetricPoint> pointsOf(const Run& run) {
  std::vector<MetricPoint> points;
  run->metrics().read(0, points);
  return points;
}

std::vector<MetricFlag> flagsOf(const Run& run) {
  std::vector<MetricFlag> flags;
  run->metrics().readFlags(0, flags);
  return flags;
}

bool holdsOnly(const EmbeddingTable& table, std::uint64_t step) {
  return (table.vectors.array() == static_cast<Real>(step)).all();
}

}  // namespace

class TrainerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void logsEachStepWithItsExactMean();
  void pausesStepsAndResumes();
  void stepBeforeStartPreparesAndPauses();
  void stopsBeforeWhileAndAfter();
  void stopReachesPreparation();
  void destructionWhileRunningIsQuick();
  void liveRateActsAndLeavesAFlag();
  void refusesWhatIsNotLive();
  void publishesOnRequestOnly();
  void pausedTrainerAnswersNewProbes();
  void finishedTrainerAnswersToo();
  void learnerGoesWhenTheRunIsOver_data();
  void learnerGoesWhenTheRunIsOver();
  void wholeTableIsRefreshedWhileWatched();
  void copiesCostLittle();
  void divergesOnNaNAndKeepsTheLastGood();
  void divergesOnInfiniteParameters();
  void divergesOnExplosion();
  void stepsWithoutExamplesAreNoLoss();
  void failuresBecomeSentences_data();
  void failuresBecomeSentences();
  void unknownModelIsAnError();
  void predicatesMayAskTheTrainer();
  void commandsFromManyThreadsHoldTheInvariants();
};

void TrainerTest::logsEachStepWithItsExactMean() {
  FakeLearner::Script script;
  script.steps = 1000;
  script.step = [](StepReport report) {
    report.examples = 3 + report.step % 7;
    report.lossSum = 10 / static_cast<double>(report.step);
    return report;
  };
  const Run run = makeRun(script);
  QCOMPARE(run->status().state, State::Preparing);
  run->start();
  QVERIFY(run->wait(kPatience));
  const RunStatus status = run->status();
  QCOMPARE(status.state, State::Finished);
  QCOMPARE(status.step, std::uint64_t{1000});
  QCOMPARE(status.totalSteps, std::uint64_t{1000});
  QCOMPARE(status.secondsLeft, 0.0);
  const auto points = pointsOf(run);
  QCOMPARE(points.size(), std::size_t{1000});
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::uint64_t step = i + 1;
    QCOMPARE(points[i].step, step);
    QVERIFY(points[i].loss == 10 / static_cast<double>(step) / static_cast<double>(3 + step % 7));
    QVERIFY(i == 0 || points[i].seconds >= points[i - 1].seconds);
  }
  QCOMPARE(status.loss, points.back().loss);
  const auto snapshot = run->snapshot();
  QCOMPARE(snapshot->step, std::uint64_t{1000});
  QVERIFY(holdsOnly(*snapshot->all, 1000));
  QVERIFY(!snapshot->frame);  // nobody wanted one
}

void TrainerTest::pausesStepsAndResumes() {
  FakeLearner::Script script;
  const Run run = makeRun(script);
  run->startPaused();
  QVERIFY(waitForState(run, State::Paused));
  QCOMPARE(run->status().step, std::uint64_t{0});
  QVERIFY(holdsOnly(*run->snapshot()->all, 0));
  for (std::uint64_t i = 1; i <= 3; ++i) {
    run->stepOnce();
    QVERIFY(run->waitFor([i](const RunStatus& status) { return status.step == i; }, kPatience));
    QCOMPARE(run->status().state, State::Paused);
    QCOMPARE(run->snapshot()->step, i);  // whoever sees the step sees its picture
    QVERIFY(holdsOnly(*run->snapshot()->all, i));
  }
  for (int i = 0; i < 5; ++i) run->stepOnce();
  QVERIFY(run->waitFor([](const RunStatus& status) { return status.step == 8; }, kPatience));
  const double pausedAt = run->status().seconds;
  run->resume();
  QVERIFY(run->waitFor([](const RunStatus& status) { return status.step >= 50; }, kPatience));
  run->pause();
  QVERIFY(waitForState(run, State::Paused));
  const std::uint64_t stoodAt = run->status().step;
  QVERIFY(run->status().seconds > pausedAt);
  QCOMPARE(run->snapshot()->step, stoodAt);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  QCOMPARE(run->status().step, stoodAt);
  QCOMPARE(run.counters->steps.load(), stoodAt);
  const double before = run->status().seconds;
  run->stepOnce();
  QVERIFY(run->waitFor([&](const RunStatus& status) { return status.step > stoodAt; }, kPatience));
  QVERIFY(run->status().seconds - before <
          0.02);  // the pause is not counted: a step of the fake takes microseconds
  run->stop();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->status().state, State::Stopped);
  QCOMPARE(pointsOf(run).size(), static_cast<std::size_t>(run->status().step));
}

void TrainerTest::stepBeforeStartPreparesAndPauses() {
  const Run run = makeRun({});
  run->stepOnce();
  QVERIFY(run->waitFor(
      [](const RunStatus& status) { return status.state == State::Paused && status.step == 1; }, kPatience));
}

void TrainerTest::stopsBeforeWhileAndAfter() {
  const Run never = makeRun({});
  never->stop();
  QCOMPARE(never->status().state, State::Stopped);
  never->start();
  QVERIFY(never->wait(0));
  QCOMPARE(never.counters->steps.load(), std::uint64_t{0});
  QVERIFY(!never->snapshot());

  const Run run = makeRun({});
  run->start();
  QVERIFY(run->waitFor([](const RunStatus& status) { return status.step > 3; }, kPatience));
  run->stop();
  QVERIFY(run->wait(kPatience));
  const std::uint64_t end = run->status().step;
  QVERIFY(holdsOnly(*run->snapshot()->all, end));
  run->stop();
  run->resume();
  run->stepOnce();
  run->pause();
  QCOMPARE(run->status().state, State::Stopped);
  QCOMPARE(run.counters->steps.load(), end);
}

void TrainerTest::stopReachesPreparation() {
  FakeLearner::Script script;
  script.prepare = [](const TaskContext& context) -> Expected<void> {
    context.report(0.5, "Counting");
    std::mutex mutex;
    std::condition_variable_any waiting;
    std::unique_lock lock(mutex);
    waiting.wait(lock, context.stop, [] { return false; });
    return cancelled();
  };
  const Run run = makeRun(script);
  run->start();
  QVERIFY(run->waitFor([](const RunStatus& status) { return status.phase == "Counting"; }, kPatience));
  QCOMPARE(run->status().state, State::Preparing);
  QCOMPARE(run->status().prepareFraction, 0.5);
  run->stop();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->status().state, State::Stopped);
  QVERIFY(run->status().message.empty());
}

void TrainerTest::destructionWhileRunningIsQuick() {
  for (int i = 0; i < 20; ++i) {
    const Run run = makeRun({});
    run->start();
    if (i % 2) run->waitFor([](const RunStatus& status) { return status.step > 0; }, kPatience);
  }
}

void TrainerTest::liveRateActsAndLeavesAFlag() {
  const Run run = makeRun({});
  run->startPaused();
  QVERIFY(waitForState(run, State::Paused));
  run->stepOnce();
  QVERIFY(run->waitFor([](const RunStatus& status) { return status.step == 1; }, kPatience));
  QCOMPARE(run->status().learningRate, 0.025);
  QVERIFY(run->setLive("learning_rate", 0.01).has_value());
  run->stepOnce();
  QVERIFY(run->waitFor([](const RunStatus& status) { return status.step == 2; }, kPatience));
  QCOMPARE(run->status().learningRate, 0.01);
  QVERIFY(run->setLive("learning_rate", 0.01).has_value());  // no change, no flag
  run->stepOnce();
  QVERIFY(run->waitFor([](const RunStatus& status) { return status.step == 3; }, kPatience));
  const auto flags = flagsOf(run);
  QCOMPARE(flags.size(), std::size_t{1});
  QCOMPARE(flags[0].step, std::uint64_t{1});
  QCOMPARE(flags[0].text, std::string("Learning rate 0.025 to 0.01"));
}

void TrainerTest::refusesWhatIsNotLive() {
  const Run run = makeRun({});
  run->start();
  QVERIFY(!run->setLive("dimensions", std::int64_t{50}));
  QVERIFY(!run->setLive("no such thing", 1.0));
  QVERIFY(!run->setLive("learning_rate", 1e9));
  QVERIFY(!run->setLive("learning_rate", std::string("fast")));
  run->stop();
  QVERIFY(run->wait(kPatience));
  const auto late = run->setLive("learning_rate", 0.01);
  QVERIFY(!late);
  QVERIFY(late.error().message().find("over") != std::string::npos);
}

void TrainerTest::publishesOnRequestOnly() {
  FakeLearner::Script script;
  const Run run = makeRun(script);
  run->setProbe({10, false});
  run->start();
  QVERIFY(run->waitFor([&](const RunStatus&) { return run->snapshot() != nullptr; }, kPatience));
  const auto first = run->snapshot();
  QCOMPARE(first->frame->vectors.cols(), Eigen::Index{10});
  QVERIFY(holdsOnly(*first->frame, first->step));
  const std::uint64_t now = run->status().step;
  QVERIFY(run->waitFor([&](const RunStatus& status) { return status.step > now + 1000; }, kPatience));
  QCOMPARE(run->snapshot()->step, first->step);  // a thousand steps and nobody asked
  std::uint64_t last = first->step;
  for (int i = 0; i < 20; ++i) {
    run->requestSnapshot();
    QVERIFY(run->waitFor([&](const RunStatus&) { return run->snapshot()->step > last; }, kPatience));
    const auto snapshot = run->snapshot();
    QVERIFY(holdsOnly(*snapshot->frame, snapshot->step));
    QCOMPARE(snapshot->frame->step, snapshot->step);
    QVERIFY(snapshot->all->step <= snapshot->step);
    last = snapshot->step;
  }
  QVERIFY(holdsOnly(*first->frame, first->step));  // what is held does not change
}

void TrainerTest::pausedTrainerAnswersNewProbes() {
  const Run run = makeRun({});
  run->startPaused();
  QVERIFY(waitForState(run, State::Paused));
  for (const std::size_t words : {5u, 50u, 7u, 1000u}) {
    run->setProbe({words, true});
    const auto wanted = static_cast<Eigen::Index>(std::min<std::size_t>(words, 50));
    QVERIFY(run->waitFor(
        [&](const RunStatus&) {
          return run->snapshot()->frame && run->snapshot()->frame->vectors.cols() == wanted;
        },
        kPatience));
  }
  const auto before = run->snapshot();
  run->requestSnapshot();
  QVERIFY(run->waitFor([&](const RunStatus&) { return run->snapshot() != before; }, kPatience));
}

void TrainerTest::finishedTrainerAnswersToo() {
  FakeLearner::Script script;
  script.steps = 5;
  const Run run = makeRun(script);
  run->setProbe({3, false});
  run->start();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->snapshot()->frame->vectors.cols(), Eigen::Index{3});
  run->setProbe({20, false});
  QVERIFY(run->waitFor([&](const RunStatus&) { return run->snapshot()->frame->vectors.cols() == 20; },
                       kPatience));
  QVERIFY(holdsOnly(*run->snapshot()->frame, 5));
}

void TrainerTest::learnerGoesWhenTheRunIsOver_data() {
  QTest::addColumn<State>("state");
  for (const State state : {State::Finished, State::Stopped, State::Diverged, State::Failed})
    QTest::newRow(stateName(state)) << state;
}

void TrainerTest::learnerGoesWhenTheRunIsOver() {
  QFETCH(State, state);
  FakeLearner::Script script;
  script.step = [state](StepReport report) {
    report.finished = state == State::Finished && report.step == 30;
    if (report.step == 30 && state == State::Diverged) report.lossSum = std::nan("");
    if (report.step == 30 && state == State::Failed) throw std::bad_alloc();
    return report;
  };
  const Run run = makeRun(script);
  run->setProbe({10, true});
  run->start();
  QVERIFY(run->waitFor([](const RunStatus& status) { return status.step >= 29; }, kPatience));
  if (state == State::Stopped) run->stop();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->status().state, state);
  QTRY_VERIFY(run.counters->gone.load());
  // The vectors are still there, for any probe.
  const std::uint64_t step = run->snapshot()->step;
  for (const std::size_t words : {20u, 50u, 5u}) {
    run->setProbe({words, true});
    QVERIFY(run->waitFor(
        [&](const RunStatus&) {
          return run->snapshot()->frame->vectors.cols() == static_cast<Eigen::Index>(words);
        },
        kPatience));
    QVERIFY(holdsOnly(*run->snapshot()->frame, step));
    QVERIFY(holdsOnly(*run->snapshot()->all, step));
  }
}

void TrainerTest::wholeTableIsRefreshedWhileWatched() {
  const Run run = makeRun({});
  run->setProbe({0, true});
  run->start();
  for (int i = 0; i < 3; ++i) {
    const auto before = run->snapshot();
    const std::uint64_t seen = before && before->all ? before->all->step : 0;
    QVERIFY(run->waitFor(
        [&](const RunStatus&) {
          run->requestSnapshot();
          return run->snapshot() && run->snapshot()->all->step > seen;
        },
        kPatience));
  }
}

void TrainerTest::copiesCostLittle() {
  // Each copy takes 5 ms: at 0.6 % of the time for frames there can be few, however often they are asked for.
  FakeLearner::Script script;
  script.copy = [] { std::this_thread::sleep_for(std::chrono::milliseconds(5)); };
  const Run run = makeRun(script);
  run->setProbe({10, true});
  run->start();
  QVERIFY(run->waitFor([](const RunStatus& status) { return status.step > 0; }, kPatience));
  QVERIFY(run->waitFor(
      [&](const RunStatus& status) {
        run->requestSnapshot();
        return status.seconds > 0.5;
      },
      kPatience));
  // First whole table, first frame, first refresh; in half a second the budgets allow nothing more.
  QVERIFY2(run.counters->copies <= 4, qPrintable(QString::number(run.counters->copies.load())));
}

void TrainerTest::divergesOnNaNAndKeepsTheLastGood() {
  FakeLearner::Script script;
  script.step = [](StepReport report) {
    if (report.step == 30) report.lossSum = std::nan("");
    return report;
  };
  const Run run = makeRun(script);
  run->setProbe({10, true});
  run->startPaused();
  for (int i = 0; i < 40; ++i) run->stepOnce();
  QVERIFY(run->wait(kPatience));
  const RunStatus status = run->status();
  QCOMPARE(status.state, State::Diverged);
  QCOMPARE(status.step, std::uint64_t{30});
  QVERIFY2(status.message.find("step 30") != std::string::npos, status.message.c_str());
  QVERIFY2(status.message.find("0.0125") != std::string::npos, status.message.c_str());
  const auto snapshot = run->snapshot();
  // The table of step 29 was copied too, but no good step came after it.
  QCOMPARE(snapshot->step, std::uint64_t{28});
  QVERIFY2(status.message.find("step 28") != std::string::npos, status.message.c_str());
  QVERIFY(holdsOnly(*snapshot->all, 28));
  QVERIFY(holdsOnly(*snapshot->frame, 28));
  QCOMPARE(snapshot->frame->vectors.cols(), Eigen::Index{10});
  run->setProbe({20, true});
  QVERIFY(run->waitFor([&](const RunStatus&) { return run->snapshot()->frame->vectors.cols() == 20; },
                       kPatience));
  QVERIFY(holdsOnly(*run->snapshot()->frame, 28));  // never from the broken learner
  for (const MetricPoint& point : pointsOf(run)) QVERIFY(std::isfinite(point.loss));
  QCOMPARE(flagsOf(run).back().text, std::string("Diverged"));
}

void TrainerTest::divergesOnInfiniteParameters() {
  FakeLearner::Script script;
  script.finite = [](std::uint64_t step) { return step < 20; };
  const Run run = makeRun(script);
  run->start();  // the check once a second finds it, though the loss never tells
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->status().state, State::Diverged);
  QVERIFY(run->snapshot()->all->step < 20);

  const Run stepped = makeRun(script);
  stepped->startPaused();
  for (int i = 0; i < 25; ++i) stepped->stepOnce();
  QVERIFY(stepped->wait(kPatience));
  QCOMPARE(stepped->status().step, std::uint64_t{20});

  script.finite = [](std::uint64_t) { return false; };
  const Run hopeless = makeRun(script);
  hopeless->start();
  QVERIFY(hopeless->wait(kPatience));
  QCOMPARE(hopeless->status().state, State::Diverged);
  QVERIFY(!hopeless->snapshot() || !hopeless->snapshot()->all);
}

void TrainerTest::divergesOnExplosion() {
  FakeLearner::Script script;
  script.step = [](StepReport report) {
    report.lossSum = report.step < 100 ? 40 : 40 * std::pow(2, static_cast<double>(report.step - 100));
    return report;
  };
  const Run run = makeRun(script);
  run->start();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->status().state, State::Diverged);
  QVERIFY(run->status().step < 130);
  QVERIFY(run->snapshot()->all->step < 106);
}

void TrainerTest::stepsWithoutExamplesAreNoLoss() {
  FakeLearner::Script script;
  script.steps = 10;
  script.step = [](StepReport report) {
    if (report.step % 2) report.examples = 0, report.lossSum = 0;
    return report;
  };
  const Run run = makeRun(script);
  run->start();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->status().state, State::Finished);
  QCOMPARE(run->status().step, std::uint64_t{10});
  QCOMPARE(pointsOf(run).size(), std::size_t{5});
  QCOMPARE(run->status().loss, 3.0);
}

void TrainerTest::failuresBecomeSentences_data() {
  QTest::addColumn<int>("where");
  QTest::addColumn<QString>("expected");
  QTest::newRow("no memory in prepare") << 0 << "not enough memory";
  QTest::newRow("no memory in step") << 1 << "not enough memory";
  QTest::newRow("exception in step") << 2 << "the floor gave way";
  QTest::newRow("something else in step") << 3 << "unknown reason";
  QTest::newRow("error in prepare") << 4 << "No word occurs at least 5 times. Lower the minimum count.";
}

void TrainerTest::failuresBecomeSentences() {
  QFETCH(int, where);
  QFETCH(QString, expected);
  FakeLearner::Script script;
  script.prepare = [where](const TaskContext&) -> Expected<void> {
    if (where == 0) throw std::bad_alloc();
    if (where == 4) return makeError("No word occurs at least 5 times", {}, "Lower the minimum count");
    return {};
  };
  script.step = [where](StepReport report) {
    if (report.step == 3 && where == 1) throw std::bad_alloc();
    if (report.step == 3 && where == 2) throw std::runtime_error("the floor gave way");
    if (report.step == 3 && where == 3) throw 3;
    return report;
  };
  const Run run = makeRun(script);
  run->start();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->status().state, State::Failed);
  QVERIFY2(QString::fromStdString(run->status().message).contains(expected), run->status().message.c_str());
  run->requestSnapshot();
  QCOMPARE(run->snapshot() != nullptr, where >= 1 && where <= 3);
}

void TrainerTest::unknownModelIsAnError() {
  RunConfig config;
  config.modelId = "perpetual-motion";
  const auto trainer = Trainer::create(nullptr, config);
  QVERIFY(!trainer);
  QVERIFY(trainer.error().message().find("perpetual-motion") != std::string::npos);
}

void TrainerTest::predicatesMayAskTheTrainer() {
  const Run run = makeRun({});
  run->start();
  QVERIFY(run->waitFor(
      [&](const RunStatus& status) {
        run->requestSnapshot();
        return run->status().step >= status.step && run->snapshot() && status.step > 10;
      },
      kPatience));
  QVERIFY(!run->waitFor([](const RunStatus&) { return false; }, 0.01));
  QVERIFY(!run->wait(0));
}

void TrainerTest::commandsFromManyThreadsHoldTheInvariants() {
  const Run run = makeRun({});
  run->setProbe({10, true});
  std::atomic<bool> torn{false};
  const auto hammer = [&](std::uint64_t seed) {
    Rng rng(seed);
    for (int i = 0; i < 1500; ++i) {
      switch (rng.below(9)) {
        case 0:
          run->start();
          break;
        case 1:
          run->pause();
          break;
        case 2:
          run->resume();
          break;
        case 3:
          run->stepOnce();
          break;
        case 4:
          run->requestSnapshot();
          break;
        case 5:
          run->setProbe({rng.below(60), rng.below(2) == 0});
          break;
        case 6:
          (void)run->setLive("learning_rate", 0.001 * (1 + rng.below(9)));
          break;
        case 7:
          (void)run->status();
          break;
        default:
          if (const auto snapshot = run->snapshot()) {
            if (snapshot->frame && !holdsOnly(*snapshot->frame, snapshot->step)) torn = true;
            if (snapshot->all && !holdsOnly(*snapshot->all, snapshot->all->step)) torn = true;
          }
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) threads.emplace_back(hammer, seed);
  for (auto& thread : threads) thread.join();
  QVERIFY(!torn);
  run->resume();
  const std::uint64_t now = run->status().step;
  QVERIFY(run->waitFor([&](const RunStatus& status) { return status.step > now + 10; }, kPatience));
  std::thread a([&] { run->stop(); }), b([&] { run->pause(); }), c([&] { run->stop(); });
  a.join(), b.join(), c.join();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->status().state, State::Stopped);
  const auto points = pointsOf(run);
  QCOMPARE(points.size(), static_cast<std::size_t>(run->status().step));
  for (std::size_t i = 0; i < points.size(); ++i) QCOMPARE(points[i].step, std::uint64_t{i + 1});
  QCOMPARE(run.counters->steps.load(), run->status().step);
}

QTEST_GUILESS_MAIN(TrainerTest)
#include "trainer_test.moc"
