// SPDX-License-Identifier: GPL-3.0-or-later
// core/models: the logistic function and its losses, inner products and the falling rate, by definition.
#include <QTest>
#include <cmath>
#include <limits>

#include "core/base/rng.h"
#include "core/models/logistic.h"
#include "core/models/rate_schedule.h"
#include "core/models/simd.h"

using namespace lexarium;

class KernelsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void lossesAndSlopes();
  void lossOfNoNumber();
  void innerProducts();
  void rateFallsLinearly();
};

void KernelsTest::lossesAndSlopes() {
  constexpr std::size_t kLanes = LossSum::kLanes;
  Rng rng(3);
  LossSum sum;
  double expected = 0;
  alignas(64) Real scores[kLanes], signs[kLanes], slopes[kLanes];
  for (int round = 0; round < 300; ++round) {
    for (std::size_t k = 0; k < kLanes; ++k) {
      scores[k] = static_cast<Real>(rng.normal() * (round % 3 == 0 ? 40 : 2));
      signs[k] = rng.below(2) == 1 ? Real{1} : Real{-1};
      const double y = static_cast<double>(signs[k] * scores[k]);
      expected += std::max(-y, 0.0) + std::log1p(std::exp(-std::abs(y)));
    }
    sum.add(scores, signs, slopes);
    for (std::size_t k = 0; k < kLanes; ++k) {
      const double y = static_cast<double>(signs[k] * scores[k]);
      const double slope = static_cast<double>(signs[k]) / (1 + std::exp(y));
      QVERIFY(std::abs(static_cast<double>(slopes[k]) - slope) < 1e-6);
    }
  }
  QVERIFY(std::abs(sum.take() / expected - 1) < 1e-5);
  QCOMPARE(sum.take(), 0.0);
}

void KernelsTest::lossOfNoNumber() {
  constexpr std::size_t kLanes = LossSum::kLanes;
  for (const Real bad : {std::numeric_limits<Real>::quiet_NaN(), -std::numeric_limits<Real>::infinity()}) {
    alignas(64) Real scores[kLanes], signs[kLanes], slopes[kLanes];
    scores[0] = bad;
    signs[0] = 1;
    LossSum::padLanes(1, scores, signs);
    LossSum sum;
    sum.add(scores, signs, slopes);
    QVERIFY(!std::isfinite(sum.take()));
  }
}

void KernelsTest::innerProducts() {
  Rng rng(5);
  for (const std::size_t length : {1, 2, 15, 16, 17, 32, 100, 1000}) {
    RowTable table(2, length);
    double expected = 0;
    for (std::size_t i = 0; i < length; ++i) {
      table.row(0)[i] = static_cast<Real>(rng.normal());
      table.row(1)[i] = static_cast<Real>(rng.normal());
      expected += static_cast<double>(table.row(0)[i]) * static_cast<double>(table.row(1)[i]);
    }
    const Real dot = simd::dot(table.row(0), table.row(1), table.stride());
    QVERIFY(std::abs(static_cast<double>(dot) - expected) < 1e-6 * static_cast<double>(length + 20));
    QVERIFY(table.isFinite());
    table.row(1)[length - 1] = std::numeric_limits<Real>::infinity();
    QVERIFY(!table.isFinite());
  }
}

void KernelsTest::rateFallsLinearly() {
  LinearDecay rate(0.025, 1e-4);
  const auto is = [&](double progress, double expected) {
    return std::abs(rate.at(progress) - expected) < 1e-12;
  };
  QVERIFY(is(0, 0.025) && is(0.5, (0.025 + 1e-4) / 2) && is(1, 1e-4) && is(1.5, 1e-4));
  rate.restart(0.1, 0.5);
  QVERIFY(is(0.5, 0.1) && is(0.75, (0.1 + 1e-4) / 2) && is(1, 1e-4));
  rate.restart(1e-5, 0.75);  // below the end: it stays
  QVERIFY(is(0.75, 1e-5) && is(1, 1e-5));
}

QTEST_GUILESS_MAIN(KernelsTest)
#include "kernels_test.moc"
