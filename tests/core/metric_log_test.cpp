// SPDX-License-Identifier: GPL-3.0-or-later
// core/train: the log of losses, the watch over them, speed and cost.
#include <QTest>
#include <cmath>
#include <limits>
#include <thread>

#include "core/train/loss_watch.h"
#include "core/train/metric_log.h"
#include "core/train/pace.h"
#include "core/train/table_pool.h"

using namespace lexarium;

class MetricLogTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cursorsReadEverythingOnce();
  void readersBesideAWriterLoseNothing();
  void flagsKeepTheirOrder();
  void watchAcceptsNoiseAndSingleOutliers();
  void watchSeesExplosionAndNaN();
  void watchComparesWithTheLowestBeginning();
  void speedIsThatOfTheLastSeconds();
  void timeLeftFollowsTheEpochs();
  void budgetSpacesByCost();
  void poolGivesBackTheSameMemory();
};

void MetricLogTest::cursorsReadEverythingOnce() {
  MetricLog log;
  std::vector<MetricPoint> seen;
  QCOMPARE(log.read(0, seen), std::size_t{0});
  for (std::uint64_t i = 1; i <= 5; ++i) log.append({i, 0, 0, static_cast<double>(i), 0, 0});
  std::size_t cursor = log.read(0, seen);
  QCOMPARE(cursor, std::size_t{5});
  log.append({6, 0, 0, 6, 0, 0});
  cursor = log.read(cursor, seen);
  cursor = log.read(cursor, seen);  // nothing new: nothing added
  QCOMPARE(seen.size(), std::size_t{6});
  for (std::size_t i = 0; i < seen.size(); ++i) QCOMPARE(seen[i].step, std::uint64_t{i + 1});
  QCOMPARE(log.read(100, seen), std::size_t{6});  // a cursor from another log is brought back
}

void MetricLogTest::readersBesideAWriterLoseNothing() {
  MetricLog log;
  constexpr std::uint64_t kSteps = 20000;
  std::thread writer([&] {
    for (std::uint64_t i = 1; i <= kSteps; ++i) log.append({i, 0, 0, 1.0 / static_cast<double>(i), 0, 0});
  });
  const auto readAll = [&](std::vector<MetricPoint>& seen) {
    std::size_t cursor = 0;
    while (cursor < kSteps) {
      cursor = log.read(cursor, seen);
      std::this_thread::yield();
    }
  };
  std::vector<MetricPoint> a, b;
  std::thread reader([&] { readAll(a); });
  readAll(b);
  writer.join();
  reader.join();
  for (const auto* seen : {&a, &b}) {
    QCOMPARE(seen->size(), std::size_t{kSteps});
    for (std::size_t i = 0; i < seen->size(); ++i) QCOMPARE((*seen)[i].step, std::uint64_t{i + 1});
  }
}

void MetricLogTest::flagsKeepTheirOrder() {
  MetricLog log;
  log.appendFlag({3, "first"});
  log.appendFlag({3, "second"});
  std::vector<MetricFlag> flags;
  std::size_t cursor = log.readFlags(0, flags);
  log.appendFlag({9, "third"});
  cursor = log.readFlags(cursor, flags);
  QCOMPARE(cursor, std::size_t{3});
  QCOMPARE(flags[1].text, std::string("second"));
  QCOMPARE(flags[2].step, std::uint64_t{9});
}

void MetricLogTest::watchAcceptsNoiseAndSingleOutliers() {
  LossWatch watch;
  for (int i = 0; i < 1000; ++i) {
    const double noisy = 4.0 * std::exp(-i / 300.0) * (1 + 0.8 * std::sin(i * 1.7));
    QCOMPARE(watch.add(noisy), LossWatch::Verdict::Fine);
    if (i % 50 == 49) QCOMPARE(watch.add(5000), LossWatch::Verdict::Suspicious);  // one wild batch
  }
}

void MetricLogTest::watchSeesExplosionAndNaN() {
  LossWatch watch;
  for (int i = 0; i < 20; ++i) watch.add(4);
  QCOMPARE(watch.bound(), 50.0);
  int until = 0;
  for (double loss = 4; until < 200; loss *= 1.5, ++until) {
    if (watch.add(loss) == LossWatch::Verdict::Exploded) break;
  }
  QVERIFY(until < 30);
  LossWatch another;
  QCOMPARE(another.add(std::nan("")), LossWatch::Verdict::NotFinite);
  QCOMPARE(another.add(-std::numeric_limits<double>::infinity()), LossWatch::Verdict::NotFinite);

  LossWatch atOnce;  // a run that explodes in its first step has no good beginning to compare with
  for (int i = 0; i < 7; ++i) QCOMPARE(atOnce.add(7e10 - i), LossWatch::Verdict::Suspicious);
  QCOMPARE(atOnce.add(7e10), LossWatch::Verdict::Exploded);
}

void MetricLogTest::watchComparesWithTheLowestBeginning() {
  LossWatch watch;  // explodes from its second report on
  watch.add(4);
  auto verdict = LossWatch::Verdict::Fine;
  for (int i = 0; i < 12 && verdict != LossWatch::Verdict::Exploded; ++i) verdict = watch.add(1e6);
  QCOMPARE(verdict, LossWatch::Verdict::Exploded);
}

void MetricLogTest::speedIsThatOfTheLastSeconds() {
  SpeedMeter meter;
  QCOMPARE(meter.tokensPerSecond(), 0.0);
  for (int i = 1; i <= 100; ++i) meter.add(i * 0.1, 100, 0);  // ten seconds of 1,000 tokens a second
  QVERIFY(std::abs(meter.tokensPerSecond() - 1000) < 1);
  for (int i = 1; i <= 25; ++i) meter.add(10 + i * 0.1, 500, 0);  // then 5,000
  QVERIFY(std::abs(meter.tokensPerSecond() - 5000) < 1);
  for (int i = 1; i <= 1000000; ++i)
    meter.add(12.5 + i * 1e-6, 1, 0);  // very short steps cost no memory: a million
  QVERIFY(meter.tokensPerSecond() > 5000);
}

void MetricLogTest::timeLeftFollowsTheEpochs() {
  SpeedMeter meter;
  QVERIFY(meter.secondsLeft(5) < 0);
  for (int i = 1; i <= 200; ++i) meter.add(i * 0.1, 100, i * 0.01);  // 0.1 epochs a second, two done
  QVERIFY(std::abs(meter.secondsLeft(5) - 30) < 0.5);
  QVERIFY(meter.secondsLeft(0) < 0);
}

void MetricLogTest::budgetSpacesByCost() {
  CostBudget budget(0.01, 1);
  QVERIFY(budget.due(0));
  budget.spent(10, 0.001);
  QVERIFY(!budget.due(10.9));
  QVERIFY(budget.due(11));
  budget.spent(20, 0.05);  // a twentieth of a second may come back after five
  QVERIFY(!budget.due(24.9));
  QVERIFY(budget.due(25));
}

void MetricLogTest::poolGivesBackTheSameMemory() {
  std::shared_ptr<EmbeddingTable> outlives;
  {
    TablePool pool(2);
    auto first = pool.take();
    first->vectors.resize(3, 5);
    const Real* memory = first->vectors.data();
    const auto second = pool.take();
    QVERIFY(second->vectors.data() != memory);
    first.reset();
    outlives = pool.take();
    QCOMPARE(outlives->vectors.data(), memory);
  }
  TablePool closed(2);
  auto kept = closed.take();
  kept->vectors.resize(3, 5);
  std::weak_ptr<EmbeddingTable> watched = kept;
  closed.close();
  kept.reset();
  QVERIFY(watched.expired());
  QCOMPARE(closed.take()->vectors.size(), Eigen::Index{0});  // not the memory of before
  outlives->vectors.setOnes();                               // the pool is gone; the table is not
  QCOMPARE(outlives->vectors.sum(), Real(15));
}

QTEST_GUILESS_MAIN(MetricLogTest)
#include "metric_log_test.moc"
