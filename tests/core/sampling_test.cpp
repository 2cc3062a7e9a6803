// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <numeric>

#include "core/models/sampling.h"

using namespace lexarium;

namespace {

const std::vector<float> kLogits = {1.0F, 3.0F, 2.0F, 3.0F, -1.0F};

bool isNear(double a, double b) { return std::abs(a - b) < 1e-6; }
double sumOf(const std::vector<float>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

class SamplingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void softmaxIsTheTextbooks();
  void temperatureSharpensAndFlattens();
  void topKKeepsTheLikeliest();
  void topPKeepsTheFewestThatAreEnough();
  void greedyTakesTheFirstOfEqualOnes();
  void drawsByProbability();
  void sameSeedSameTokens();
};

void SamplingTest::softmaxIsTheTextbooks() {
  const auto p = softmaxOf(std::vector<float>{0.0F, std::log(3.0F)});
  QVERIFY(isNear(p[0], 0.25) && isNear(p[1], 0.75));
  const auto huge = softmaxOf(std::vector<float>{10000.0F, -10000.0F});
  QCOMPARE(huge[0], 1.0F);
  QCOMPARE(huge[1], 0.0F);
}

void SamplingTest::temperatureSharpensAndFlattens() {
  const std::vector<float> logits = {0.0F, std::log(4.0F)};
  QVERIFY(isNear(softmaxOf(logits, 2)[1], 2.0 / 3));
  QVERIFY(isNear(softmaxOf(logits, 0.5)[1], 16.0 / 17));
}

void SamplingTest::topKKeepsTheLikeliest() {
  auto p = softmaxOf(kLogits);
  const auto all = p;
  keepTopK(p, 0);
  QCOMPARE(p, all);
  keepTopK(p, 9);
  QCOMPARE(p, all);
  keepTopK(p, 3);
  QVERIFY(p[0] == 0 && p[4] == 0 && p[1] > 0 && p[2] > 0 && p[3] > 0);
  QVERIFY(isNear(sumOf(p), 1) && isNear(p[1] / p[2], std::exp(1.0)));
  keepTopK(p, 1);
  QCOMPARE(p, (std::vector<float>{0, 1, 0, 0, 0}));  // the first of equal ones
}

void SamplingTest::topPKeepsTheFewestThatAreEnough() {
  std::vector<float> p = {0.1F, 0.5F, 0.15F, 0.25F};
  const auto all = p;
  keepTopP(p, 1);
  QCOMPARE(p, all);
  keepTopP(p, 0.8);
  QVERIFY(p[0] == 0 && isNear(p[1], 0.5 / 0.9) && isNear(p[2], 0.15 / 0.9) && isNear(p[3], 0.25 / 0.9));
  p = all;
  keepTopP(p, 0.5);
  QCOMPARE(p, (std::vector<float>{0, 1, 0, 0}));
  p = all;
  keepTopP(p, 0);
  QCOMPARE(p, (std::vector<float>{0, 1, 0, 0}));
}

void SamplingTest::greedyTakesTheFirstOfEqualOnes() {
  QCOMPARE(likeliest(kLogits), TokenId{1});
  Rng rng(1);
  SamplingSettings settings{.temperature = 5, .greedy = true};
  for (int i = 0; i < 20; ++i) QCOMPARE(sampleToken(kLogits, settings, rng), TokenId{1});
  QCOMPARE(samplingStages(kLogits, settings).afterTopP[1], 1.0F);
}

void SamplingTest::drawsByProbability() {
  Rng rng(3);
  const SamplingSettings settings{.temperature = 0.7, .topK = 4, .topP = 0.95};
  const auto stages = samplingStages(kLogits, settings);
  for (const auto* stage : {&stages.plain, &stages.tempered, &stages.afterTopK, &stages.afterTopP}) {
    QVERIFY(isNear(sumOf(*stage), 1));
  }
  std::vector<double> counts(kLogits.size());
  constexpr int kDraws = 100'000;
  for (int i = 0; i < kDraws; ++i) counts[sampleToken(kLogits, settings, rng)] += 1;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    QVERIFY(std::abs(counts[i] / kDraws - static_cast<double>(stages.afterTopP[i])) < 0.01);
    QCOMPARE(counts[i] > 0, stages.afterTopP[i] > 0);
  }
  QCOMPARE(drawFrom(std::vector<float>{0, 0.0001F, 0}, rng), TokenId{1});  // sums below 1
}

void SamplingTest::sameSeedSameTokens() {
  Rng a(11), b(11), c(12);
  int different = 0;
  for (int i = 0; i < 100; ++i) {
    const TokenId token = sampleToken(kLogits, {}, a);
    QCOMPARE(sampleToken(kLogits, {}, b), token);
    different += sampleToken(kLogits, {}, c) != token ? 1 : 0;
  }
  QVERIFY(different > 10);
}

QTEST_GUILESS_MAIN(SamplingTest)
#include "sampling_test.moc"
