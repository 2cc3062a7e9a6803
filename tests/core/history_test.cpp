// SPDX-License-Identifier: GPL-3.0-or-later
// The moments of a run that can be seen again: how exactly, how many, and which.
#include <QTest>
#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

#include "core/base/rng.h"
#include "core/train/history.h"
#include "core/train/trainer.h"
#include "tests/support/fake_learner.h"
#include "tests/support/damage.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;
using State = RunStatus::State;

namespace {

constexpr double kPatience = 60;  // seconds; only ever used up when something is broken

Matrix randomVectors(Eigen::Index dimensions, Eigen::Index words, std::uint64_t seed) {
  Rng rng(seed);
  Matrix vectors(dimensions, words);
  for (Eigen::Index i = 0; i < vectors.size(); ++i) vectors.data()[i] = static_cast<Real>(rng.normal());
  return vectors;
}

std::shared_ptr<HistoryFrame> frameOf(const Matrix& vectors, std::uint64_t step) {
  auto frame = std::make_shared<HistoryFrame>();
  frame->step = step;
  if (!frame->encode(vectors)) qFatal("vectors are not finite");
  return frame;
}

/// A frame of some bytes, which knows only its step.
std::shared_ptr<HistoryFrame> smallFrame(std::uint64_t step) {
  return frameOf(Matrix::Constant(4, 4, static_cast<Real>(step)), step);
}

HistoryLimits roomFor(std::size_t frames) { return {4, frames * smallFrame(1)->memoryBytes()}; }

/// As a run offers them: each step, and it is added if it is wanted.
void run(History& history, std::uint64_t from, std::uint64_t to) {
  for (std::uint64_t step = from; step <= to; ++step) {
    if (history.wants(step)) history.add(smallFrame(step));
  }
}

}  // namespace

class HistoryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void isOffByHalfAScaleAtMost();
  void strangeVectors();
  void becomesBytesAndBack();
  void refusesOtherBytes();
  void keepsEverythingWhileThereIsRoom();
  void staysWithinItsBudget_data();
  void staysWithinItsBudget();
  void liesDenselyAtTheStartAndEverywhere_data();
  void liesDenselyAtTheStartAndEverywhere();
  void findsTheNearest();
  void takesMomentsInAnyOrder();
  void forgetsWhatCameAfter();
  void isFilledByATrainer();
  void pauseStepAndEndAlwaysStay();
  void divergedMomentsAreForgotten();
  void pastRunsHaveOneToo();
  void readersNeedNoCare();
};

void HistoryTest::isOffByHalfAScaleAtMost() {
  const Matrix vectors = randomVectors(100, 500, 1);
  const auto frame = frameOf(vectors, 7);
  EmbeddingTable table;
  frame->decode(table);
  QCOMPARE(table.step, std::uint64_t{7});
  QCOMPARE(frame->words(), std::size_t{500});
  QCOMPARE(frame->dimensions(), std::size_t{100});
  double worstCosine = 1;
  for (Eigen::Index i = 0; i < vectors.cols(); ++i) {
    const Real scale = static_cast<Real>(frame->scales(i));
    const Real largest = vectors.col(i).cwiseAbs().maxCoeff();
    QVERIFY(std::abs(scale * 127 / largest - 1) < Real{1e-5F});
    const Real error = (table.vectors.col(i) - vectors.col(i)).cwiseAbs().maxCoeff();
    QVERIFY(error <= scale * Real{0.501F});
    const double cosine =
        static_cast<double>(table.vectors.col(i).normalized().dot(vectors.col(i).normalized()));
    worstCosine = std::min(worstCosine, cosine);
  }
  QVERIFY2(worstCosine > 0.9998, qPrintable(QString::number(worstCosine, 'g', 9)));
  QVERIFY(frame->memoryBytes() < 500 * (100 + sizeof(float)) + 200);
  const auto snapshot = snapshotOf(*frame);
  QCOMPARE(snapshot->step, std::uint64_t{7});
  QVERIFY(snapshot->frame->vectors == table.vectors && snapshot->all->vectors == table.vectors);
}

void HistoryTest::strangeVectors() {
  HistoryFrame frame;
  for (const double bad :
       {std::nan(""), std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()}) {
    for (const Eigen::Index place : {0, 15, 16, 40, 49}) {  // in a lane and in the rest
      Matrix vectors = randomVectors(50, 3, 2);
      vectors(place, 1) = static_cast<Real>(bad);
      QVERIFY(!frame.encode(vectors));
    }
  }
  EmbeddingTable table;
  for (const double size : {0.0, 1e-45, 1e-38, 1e-30, 1e30, 3e38}) {
    const Matrix vectors = Matrix::Constant(33, 2, static_cast<Real>(-size));
    QVERIFY(frame.encode(vectors));
    frame.decode(table);
    QVERIFY(table.vectors.allFinite());
    if (size < 1e-34) continue;  // too small to be seen
    QVERIFY((table.vectors - vectors).cwiseAbs().maxCoeff() <= static_cast<Real>(size / 200));
  }
  QVERIFY(frame.encode(Matrix(5, 0)));
  QVERIFY(frame.encode(Matrix(0, 5)));
  frame.decode(table);
  QCOMPARE(table.vectors.cols(), Eigen::Index{5});
}

void HistoryTest::becomesBytesAndBack() {
  const auto before = frameOf(randomVectors(30, 40, 3), ~std::uint64_t{0});
  before->epoch = 1.0 / 3;
  before->seconds = 12.5;
  const auto bytes = toBytes(*before);
  QVERIFY(bytes.size() <= before->memoryBytes());
  const auto after = historyFrameFrom(bytes);
  QVERIFY(after.has_value());
  QVERIFY((*after)->step == before->step && (*after)->epoch == before->epoch &&
          (*after)->seconds == before->seconds);
  QVERIFY((*after)->codes == before->codes && (*after)->scales == before->scales);
  QVERIFY(toBytes(**after) == bytes);
  const HistoryFrame empty;
  QVERIFY(historyFrameFrom(toBytes(empty)).has_value());
}

void HistoryTest::refusesOtherBytes() {
  const auto bytes = toBytes(*frameOf(randomVectors(7, 5, 4), 3));
  const auto refused = [](std::span<const std::byte> what) {
    const auto frame = historyFrameFrom(what);
    return !frame && !frame.error().what.empty() && !frame.error().advice.empty();
  };
  for (std::size_t size = 0; size < bytes.size(); ++size) QVERIFY(refused(std::span(bytes).first(size)));
  auto longer = bytes;
  longer.push_back(std::byte{0});
  QVERIFY(refused(longer));
  // Sizes far beyond the bytes, of which the product is 0 in 32 bits.
  auto huge = bytes;
  for (std::size_t i = 8; i < 16; ++i) huge[i] = std::byte{0};
  huge[10] = huge[14] = std::byte{1};
  QVERIFY(refused(huge));
  Rng rng(8);
  int refusals = 0;
  for (int i = 0; i < test::rounds(5000); ++i) {
    auto mutated = bytes;
    for (std::uint32_t flips = 1 + rng.below(4); flips > 0; --flips) {
      mutated[rng.below(static_cast<std::uint32_t>(bytes.size()))] ^=
          static_cast<std::byte>(1u << rng.below(8));
    }
    const auto frame = historyFrameFrom(mutated);
    if (!frame) {
      ++refusals;
      continue;
    }
    EmbeddingTable table;
    (*frame)->decode(table);
    QVERIFY(table.vectors.allFinite());
  }
  QVERIFY(refusals > 100);
}

void HistoryTest::keepsEverythingWhileThereIsRoom() {
  History history(roomFor(200));
  QVERIFY(history.frameAt(5) == nullptr);
  run(history, 0, 100);
  QCOMPARE(history.size(), std::size_t{101});
  QCOMPARE(history.memoryBytes(), 101 * smallFrame(1)->memoryBytes());
  for (std::uint64_t step = 0; step <= 100; ++step) QCOMPARE(history.frameAt(step)->step, step);
}

void HistoryTest::staysWithinItsBudget_data() {
  QTest::addColumn<int>("frames");
  for (const int frames : {1, 10, 64, 1000}) QTest::addRow("%d", frames) << frames;
}

void HistoryTest::staysWithinItsBudget() {
  QFETCH(int, frames);
  const HistoryLimits limits = roomFor(static_cast<std::size_t>(frames));
  for (const bool greedy : {false, true}) {
    History history(limits);
    for (std::uint64_t step = 0; step <= 20'000; ++step) {
      if (greedy || history.wants(step)) history.add(smallFrame(step));
      QVERIFY(history.memoryBytes() <= limits.budgetBytes || history.size() <= 8);
      const auto kept = history.frames();
      if (step % 500 != 0 && greedy) continue;
      QCOMPARE(kept.front()->step, std::uint64_t{0});
      QVERIFY(!greedy || kept.back()->step == step);
    }
    const auto kept = history.frames();
    std::uint64_t bytes = 0;
    for (const auto& frame : kept) bytes += frame->memoryBytes();
    QCOMPARE(history.memoryBytes(), bytes);
    QVERIFY(std::is_sorted(kept.begin(), kept.end(), [](auto& a, auto& b) { return a->step < b->step; }));
  }
}

void HistoryTest::liesDenselyAtTheStartAndEverywhere_data() {
  QTest::addColumn<quint64>("steps");
  for (const quint64 steps : {1000u, 5000u, 12'345u, 40'000u, 100'000u, 300'000u}) {
    QTest::addRow("%llu", static_cast<unsigned long long>(steps)) << steps;
  }
}

void HistoryTest::liesDenselyAtTheStartAndEverywhere() {
  QFETCH(quint64, steps);
  constexpr double kFrames = 400;
  History history(roomFor(static_cast<std::size_t>(kFrames)));
  run(history, 0, steps);
  const auto kept = history.steps();
  QVERIFY(static_cast<double>(kept.size()) > 0.3 * kFrames);
  // Nowhere is a hole of more than some hundredths of the run, and at the beginning it is ten times as dense.
  std::uint64_t widest = 0, widestEarly = 0;
  for (std::size_t i = 1; i < kept.size(); ++i) {
    widest = std::max(widest, kept[i] - kept[i - 1]);
    if (kept[i] <= steps / 100) widestEarly = std::max(widestEarly, kept[i] - kept[i - 1]);
  }
  const auto whole = static_cast<double>(steps);
  QVERIFY2(static_cast<double>(widest) <= whole * 8 / kFrames, qPrintable(QString::number(widest)));
  QVERIFY2(static_cast<double>(widestEarly) <= std::max(1.0, whole * 0.8 / kFrames),
           qPrintable(QString::number(widestEarly)));
}

void HistoryTest::findsTheNearest() {
  History history(roomFor(1000));
  Rng rng(6);
  for (int i = 0; i < 60; ++i) history.add(smallFrame(rng.below(1000)));
  const auto steps = history.steps();
  for (std::uint64_t step = 0; step <= 1100; ++step) {
    std::uint64_t best = steps.front();
    const auto gap = [step](std::uint64_t other) { return other > step ? other - step : step - other; };
    for (const auto other : steps) {
      if (gap(other) < gap(best)) best = other;
    }
    QCOMPARE(history.frameAt(step)->step, best);
  }
  QCOMPARE(history.frameAt(~std::uint64_t{0})->step, steps.back());
}

void HistoryTest::takesMomentsInAnyOrder() {
  History history(roomFor(100));
  for (const std::uint64_t step : {5u, 1u, 9u, 3u, 1u}) history.add(smallFrame(step));
  QVERIFY(history.steps() == (std::vector<std::uint64_t>{1, 3, 5, 9}));
  QCOMPARE(history.memoryBytes(), 4 * smallFrame(1)->memoryBytes());
  // Another one of the same step replaces the first.
  history.add(frameOf(Matrix::Constant(4, 4, 77), 3));
  EmbeddingTable table;
  history.frameAt(3)->decode(table);
  QCOMPARE(table.vectors(0, 0), Real{77});
  QVERIFY(!history.wants(9) && !history.wants(4) && history.wants(10));
}

void HistoryTest::forgetsWhatCameAfter() {
  History history(roomFor(100));
  run(history, 0, 50);
  const auto version = history.version();
  history.removeAfter(20);
  QVERIFY(history.version() != version);
  QCOMPARE(history.steps().back(), std::uint64_t{20});
  QCOMPARE(history.memoryBytes(), 21 * smallFrame(1)->memoryBytes());
  run(history, 21, 30);
  QCOMPARE(history.size(), std::size_t{31});
  history.removeAfter(1000);
  QCOMPARE(history.size(), std::size_t{31});
}

namespace {

struct FakeRun {
  std::unique_ptr<Trainer> trainer;
  std::shared_ptr<History> history;
  Trainer* operator->() const { return trainer.get(); }
};

FakeRun fakeRun(FakeLearner::Script script, std::size_t words = 20) {
  RunConfig config;
  config.modelId = "fake";
  FakeRun run{Trainer::createWith(std::make_unique<FakeLearner>(std::move(script)), nullptr, config, {}, 1),
              std::make_shared<History>(HistoryLimits{words, 1 << 20})};
  run.trainer->keepHistory(run.history);
  return run;
}

/// FakeLearner's vectors are all the number of the step.
bool isOfItsStep(const HistoryFrame& frame) {
  EmbeddingTable table;
  frame.decode(table);
  const Real step = static_cast<Real>(frame.step);
  return (table.vectors.array() - step).abs().maxCoeff() <= step * Real{1e-5F};
}

}  // namespace

void HistoryTest::isFilledByATrainer() {
  const FakeRun run = fakeRun({});
  run->start();
  QVERIFY(run->waitFor([&](const RunStatus&) { return run.history->size() >= 5; }, kPatience));
  run->stop();
  QVERIFY(run->wait(kPatience));
  const auto frames = run.history->frames();
  QCOMPARE(frames.front()->step, std::uint64_t{0});
  QCOMPARE(frames.back()->step, run->status().step);
  QCOMPARE(frames.back()->epoch, run->status().epoch);
  for (const auto& frame : frames) {
    QVERIFY(isOfItsStep(*frame));
    QCOMPARE(frame->words(), std::size_t{20});
  }
  // No more words than there are.
  FakeLearner::Script script;
  script.steps = 30;
  const FakeRun few = fakeRun(script, 1'000'000);
  few->start();
  QVERIFY(few->wait(kPatience));
  QCOMPARE(few.history->frameAt(0)->words(), std::size_t{50});
  QCOMPARE(few.history->steps().back(), std::uint64_t{30});
}

void HistoryTest::pauseStepAndEndAlwaysStay() {
  const FakeRun run = fakeRun({});
  run->startPaused();
  QVERIFY(run->waitFor([](const RunStatus& s) { return s.state == State::Paused; }, kPatience));
  for (int i = 0; i < 50; ++i) run->stepOnce();
  QVERIFY(run->waitFor([](const RunStatus& s) { return s.step == 50; }, kPatience));
  QCOMPARE(run.history->size(), std::size_t{51});
  run->resume();
  QVERIFY(run->waitFor([](const RunStatus& s) { return s.step > 100; }, kPatience));
  run->pause();
  QVERIFY(run->waitFor([](const RunStatus& s) { return s.state == State::Paused; }, kPatience));
  QCOMPARE(run.history->steps().back(), run->status().step);
  run->resume();
  QVERIFY(run->waitFor([](const RunStatus& s) { return s.step > 200; }, kPatience));
  run->stop();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run.history->steps().back(), run->status().step);
}

void HistoryTest::divergedMomentsAreForgotten() {
  FakeLearner::Script script;
  script.step = [](StepReport report) {
    if (report.step == 30) report.lossSum = std::nan("");
    return report;
  };
  const FakeRun run = fakeRun(script);
  run->startPaused();
  for (int i = 0; i < 40; ++i) run->stepOnce();
  QVERIFY(run->wait(kPatience));
  QCOMPARE(run->status().state, State::Diverged);
  QCOMPARE(run.history->steps().back(), run->snapshot()->step);

  // A run that goes on forgets what it had seen of another future.
  auto checkpoint = std::make_shared<Checkpoint>();
  checkpoint->step = 10;
  const std::uint64_t steps = 10;
  const double rate = 0.01;
  checkpoint->learner.tensors["steps"] = makeTensor<std::uint64_t>({&steps, 1}, {});
  checkpoint->learner.tensors["rate"] = makeTensor<double>({&rate, 1}, {});
  const auto branch = Trainer::createWith(std::make_unique<FakeLearner>(FakeLearner::Script{}), nullptr, {},
                                          {}, 1, checkpoint);
  branch->keepHistory(run.history);
  branch->startPaused();
  QVERIFY(branch->waitFor([](const RunStatus& s) { return s.state == State::Paused; }, kPatience));
  QCOMPARE(run.history->steps().back(), std::uint64_t{10});
  QCOMPARE(run.history->size(), std::size_t{11});
}

void HistoryTest::pastRunsHaveOneToo() {
  PastRun past;
  past.status.state = State::Finished;
  past.history = std::make_shared<History>();
  past.history->add(smallFrame(3));
  const auto trainer = Trainer::past(nullptr, past);
  QCOMPARE(trainer->history()->frameAt(0)->step, std::uint64_t{3});
}

void HistoryTest::readersNeedNoCare() {
  FakeLearner::Script script;
  const FakeRun run = fakeRun(script);
  run->start();
  std::atomic<int> wrong{0};
  const auto read = [&](std::uint64_t seed) {
    Rng rng(seed);
    EmbeddingTable table;
    for (int i = 0; i < 2000; ++i) {
      if (const auto frame = run.history->frameAt(rng.below(5000)); frame && !isOfItsStep(*frame)) ++wrong;
      if (i % 100 == 0) {
        const auto steps = run.history->steps();
        if (!std::is_sorted(steps.begin(), steps.end())) ++wrong;
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) threads.emplace_back(read, seed);
  for (auto& thread : threads) thread.join();
  QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"
