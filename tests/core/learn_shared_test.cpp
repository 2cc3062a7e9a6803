// SPDX-License-Identifier: GPL-3.0-or-later
// The vector code of the training kernels against the same sums written out number by number in double.
#include <QTest>
#include <cmath>
#include <limits>

#include "core/base/rng.h"
#include "core/models/hogwild.h"
#include "core/models/learner.h"
#include "core/models/simd.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;

namespace {

constexpr std::size_t kRows = 150;

RowTable randomTable(std::size_t length, std::uint64_t seed) {
  RowTable table(kRows, length);
  Rng rng(seed);
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t i = 0; i < length; ++i) table.row(r)[i] = static_cast<Real>(rng.normal() / 3);
  }
  return table;
}

std::vector<std::vector<double>> inDouble(const RowTable& table) {
  std::vector<std::vector<double>> rows;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    rows.emplace_back(table.row(r), table.row(r) + table.length());
  }
  return rows;
}

/// learnShared() number by number; returns the loss.
double learnSlowly(std::vector<std::vector<double>>& input, std::span<const std::uint32_t> inputs,
                   std::vector<std::vector<double>>& output, std::span<const Target> targets, double rate) {
  const auto oldInput = input, oldOutput = output;
  double loss = 0;
  for (const std::uint32_t c : inputs) {
    for (const Target& target : targets) {
      const auto& h = oldInput[c];
      const auto& row = oldOutput[target.row];
      double score = 0;
      for (std::size_t i = 0; i < h.size(); ++i) score += h[i] * row[i];
      const double sign = static_cast<double>(target.sign);
      loss += std::log1p(std::exp(-sign * score));
      const double slope = rate * sign / (1 + std::exp(sign * score));
      for (std::size_t i = 0; i < h.size(); ++i) {
        input[c][i] += slope * row[i];
        output[target.row][i] += slope * h[i];
      }
    }
  }
  return loss;
}

double worstDifference(const RowTable& table, const std::vector<std::vector<double>>& rows) {
  double worst = 0;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    for (std::size_t i = 0; i < table.stride(); ++i) {
      const double wanted = i < table.length() ? rows[r][i] : 0;  // the padding stays zero
      worst = std::max(worst, std::abs(static_cast<double>(table.row(r)[i]) - wanted));
    }
  }
  return worst;
}

}  // namespace

class LearnSharedTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void blocksAddUp();
  void exponentialIsExact();
  void agreesWithSlowSums_data();
  void agreesWithSlowSums();
  void doesNotHideNaN();
  void sharingKeepsASeedsBits();
};

void LearnSharedTest::blocksAddUp() {
  alignas(64) simd::Block blocks[kRowBlock];
  alignas(64) Real sums[kRowBlock];
  Rng rng(1);
  double wanted[kRowBlock] = {};
  for (std::size_t j = 0; j < kRowBlock; ++j) {
    alignas(64) Real items[kRowBlock];
    for (Real& item : items) {
      item = static_cast<Real>(rng.normal());
      wanted[j] += static_cast<double>(item);
    }
    blocks[j] = simd::load(items);
  }
  simd::totals(blocks, sums);
  for (std::size_t j = 0; j < kRowBlock; ++j) {
    QVERIFY(std::abs(static_cast<double>(sums[j]) - wanted[j]) < 1e-5);
    QVERIFY(std::abs(static_cast<double>(simd::total(blocks[j])) - wanted[j]) < 1e-5);
  }
}

void LearnSharedTest::exponentialIsExact() {
  for (int i = 0; i < 85'000; ++i) {
    const Real a = static_cast<Real>(i) / 1000;
    const double wanted = std::exp(-static_cast<double>(a));
    QVERIFY(std::abs(static_cast<double>(expOfMinus(a)) / wanted - 1) < 3e-7);
  }
  for (const Real large : {Real{90}, Real{1e30F}, std::numeric_limits<Real>::infinity()}) {
    QVERIFY(expOfMinus(large) > 0 && static_cast<double>(expOfMinus(large)) < 1e-37);
  }
}

void LearnSharedTest::agreesWithSlowSums_data() {
  QTest::addColumn<int>("dimensions");
  QTest::addColumn<int>("inputCount");
  QTest::addColumn<int>("targetCount");
  for (const int dimensions : {1, 16, 100, 301}) {
    for (const int inputCount : {1, 2, 3, 10}) {
      for (const int targetCount : {1, 5, 6, 7, 18}) {
        QTest::addRow("%d x %d x %d", dimensions, inputCount, targetCount)
            << dimensions << inputCount << targetCount;
      }
    }
  }
  QTest::addRow("the widest window") << 50 << 100 << 6;
  QTest::addRow("most negatives") << 50 << 3 << 101;
  QTest::addRow("both") << 20 << 100 << static_cast<int>(kMaximumTargets);
}

void LearnSharedTest::agreesWithSlowSums() {
  QFETCH(int, dimensions);
  QFETCH(int, inputCount);
  QFETCH(int, targetCount);
  RowTable input = randomTable(static_cast<std::size_t>(dimensions), 1);
  RowTable output = randomTable(static_cast<std::size_t>(dimensions), 2);
  Rng rng(7);
  std::vector<std::uint32_t> inputs;
  std::vector<Target> targets;
  for (int c = 0; c < inputCount; ++c) inputs.push_back(rng.below(kRows));
  for (int k = 0; k < targetCount; ++k) targets.push_back({rng.below(kRows), k == 0 ? Real{1} : Real{-1}});

  auto slowInput = inDouble(input), slowOutput = inDouble(output);
  constexpr double kRate = 0.02;
  double slowLoss = 0;
  LossSum loss;
  // What does not fit into one step is taken in several; their size does not matter to the result beyond the
  // square of the rate.
  const bool oneStep = static_cast<std::size_t>(inputCount * (targetCount + 5)) <= kPairsAtOnce;
  slowLoss = learnSlowly(slowInput, inputs, slowOutput, targets, kRate);
  learnShared(input, inputs, output, targets, Real(kRate), loss);
  const double fastLoss = loss.take();
  if (oneStep) {
    QVERIFY(std::abs(fastLoss / slowLoss - 1) < 1e-5);
    QVERIFY(worstDifference(input, slowInput) < 1e-5);
    QVERIFY(worstDifference(output, slowOutput) < 1e-5);
    return;
  }
  auto onlyLoss = randomTable(static_cast<std::size_t>(dimensions), 1);
  auto onlyLossOutput = randomTable(static_cast<std::size_t>(dimensions), 2);
  learnShared(onlyLoss, inputs, onlyLossOutput, targets, Real{0}, loss);
  QVERIFY(std::abs(loss.take() / slowLoss - 1) < 1e-5);
  // In small steps: to first order the same as one large step.
  const Real tiny = 1e-4F;
  slowInput = inDouble(onlyLoss);
  slowOutput = inDouble(onlyLossOutput);
  learnSlowly(slowInput, inputs, slowOutput, targets, static_cast<double>(tiny));
  learnShared(onlyLoss, inputs, onlyLossOutput, targets, tiny, loss);
  QVERIFY(worstDifference(onlyLoss, slowInput) < 1e-4);
  QVERIFY(worstDifference(onlyLossOutput, slowOutput) < 1e-4);
}

void LearnSharedTest::doesNotHideNaN() {
  const std::vector<std::uint32_t> inputs = {1, 2};
  const std::vector<Target> targets = {{3, 1}, {4, -1}};
  for (const Real wrong : {std::numeric_limits<Real>::quiet_NaN(), std::numeric_limits<Real>::infinity()}) {
    RowTable input = randomTable(20, 1), output = randomTable(20, 2);
    input.row(2)[7] = wrong;
    output.row(4)[7] = 1;
    LossSum loss;
    learnShared(input, inputs, output, targets, Real{0.01F}, loss);
    QVERIFY(!std::isfinite(loss.take()));
    QVERIFY(!input.isFinite());
  }
}

void LearnSharedTest::sharingKeepsASeedsBits() {
  const auto corpus = circleCorpus(150, 6000, 3);
  const ModelInfo& model = *findModel("skip-gram");
  const auto run = [&](bool share, std::size_t threads) {
    ParamSet params = ParamSet::defaultsOf(model.params);
    params.set("share_negatives", share);
    params.set("min_count", std::int64_t{1});
    params.set("dimensions", std::int64_t{20});
    const Execution execution{.mode = Execution::Mode::Reproducible, .threads = threads, .seed = 3};
    const auto learner = model.create(corpus, params, execution);
    Matrix vectors;
    if (!learner->prepare({})) return vectors;
    while (!learner->step().finished) {
    }
    learner->copyEmbeddings(learner->words(), vectors);
    return vectors;
  };
  for (const bool share : {true, false}) {
    const Matrix one = run(share, 1);
    QVERIFY(one.size() > 0 && one.allFinite());
    for (const std::size_t threads : {1, 2, 8}) QVERIFY(one == run(share, threads));
  }
  QVERIFY(run(true, 1) != run(false, 1));
}

QTEST_GUILESS_MAIN(LearnSharedTest)
#include "learn_shared_test.moc"
