// SPDX-License-Identifier: GPL-3.0-or-later
// core/models/alias_table: the probabilities that the table holds, found exactly, and draws from it.
#include <QTest>
#include <cmath>
#include <numeric>

#include "core/models/alias_table.h"

using namespace lexarium;

namespace {

/// A generator whose next number a test chooses.
class ChosenRng {
 public:
  explicit ChosenRng(std::uint64_t bits) : bits_(bits) {}
  std::uint64_t next() { return bits_; }

 private:
  std::uint64_t bits_;
};

std::vector<double> normalised(std::span<const double> weights) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<double> shares(weights.begin(), weights.end());
  for (double& share : shares) share /= total;
  return shares;
}

std::vector<std::uint64_t> drawCounts(const AliasTable& table, std::size_t draws, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<std::uint64_t> counts(table.size());
  for (std::size_t i = 0; i < draws; ++i) ++counts.at(table.draw(rng));
  return counts;
}

/// Pearson's statistic in standard deviations from its mean, over outcomes that are expected at least five
/// times.
double chiSquareZ(std::span<const std::uint64_t> counts, std::span<const double> shares) {
  const auto draws = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
  double statistic = 0, cells = 0, restShare = 0, restCount = 0;
  const auto add = [&](double count, double expected) {
    statistic += (count - expected) * (count - expected) / expected;
    ++cells;
  };
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (draws * shares[i] >= 5) {
      add(static_cast<double>(counts[i]), draws * shares[i]);
    } else {
      restShare += shares[i];
      restCount += static_cast<double>(counts[i]);
    }
  }
  if (draws * restShare >= 5) add(restCount, draws * restShare);
  return (statistic - (cells - 1)) / std::sqrt(2 * (cells - 1));
}

}  // namespace

class AliasTableTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void holdsExactlyTheShares_data();
  void holdsExactlyTheShares();
  void drawsByTheShares();
  void neverDrawsNought();
  void drawsFromOneOutcome();
  void noiseIsThreeQuarters();
};

void AliasTableTest::holdsExactlyTheShares_data() {
  QTest::addColumn<QList<double>>("weights");
  QTest::newRow("one") << QList<double>{3};
  QTest::newRow("equal") << QList<double>{1, 1, 1, 1, 1, 1, 1};
  QTest::newRow("falling") << QList<double>{9, 5, 3, 1, 0.5, 0.01};
  QTest::newRow("one heavy") << QList<double>{1e9, 1, 1, 1, 1, 1};
  QTest::newRow("with nought") << QList<double>{0, 4, 0, 1, 0};
  QList<double> zipf;
  for (int i = 1; i <= 60; ++i) zipf << std::pow(1e6 / i, 0.75);
  QTest::newRow("zipf") << zipf;
}

// Each slot's two outcomes and the border between them are found with chosen numbers in place of random
// ones, by bisection; so the whole distribution is known, not just estimated.
void AliasTableTest::holdsExactlyTheShares() {
  QFETCH(QList<double>, weights);
  const std::vector<double> given(weights.begin(), weights.end());
  const AliasTable table(given);
  const std::uint64_t places = table.size();
  QCOMPARE(places, static_cast<std::uint64_t>(given.size()));
  std::vector<double> held(places);
  for (std::uint64_t slot = 0; slot < places; ++slot) {
    // The least upper half that leads to this slot.
    const std::uint64_t upper = ((slot << 32) + places - 1) / places;
    const auto outcome = [&](std::uint64_t lower) {
      ChosenRng rng(upper << 32 | lower);
      return table.draw(rng);
    };
    const std::uint32_t first = outcome(0), last = outcome(0xFFFFFFFF);
    std::uint64_t low = 0, high = 0xFFFFFFFF;  // outcome(low) is first, outcome(high) is last
    while (first != last && high - low > 1) {
      const std::uint64_t middle = (low + high) / 2;
      (outcome(middle) == first ? low : high) = middle;
    }
    const double border = first == last ? 0 : static_cast<double>(high) * 0x1.0p-32;
    held.at(first) += border / static_cast<double>(places);
    held.at(last) += (1 - border) / static_cast<double>(places);
  }
  const std::vector<double> shares = normalised(given);
  for (std::size_t i = 0; i < shares.size(); ++i) QVERIFY(std::abs(held[i] - shares[i]) < 1e-9);
}

void AliasTableTest::drawsByTheShares() {
  std::vector<double> weights(2000);
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = std::pow(1e6 / (1.0 + double(i)), 0.75);
  const AliasTable table(weights);
  const std::vector<std::uint64_t> counts = drawCounts(table, 1'000'000, 11);
  // The seed is fixed: the result is the same in every run.
  QVERIFY(std::abs(chiSquareZ(counts, normalised(weights))) < 4);
  // The test can fail: shares of another exponent are told apart.
  for (double& weight : weights) weight = std::pow(weight, 0.98);
  QVERIFY(chiSquareZ(counts, normalised(weights)) > 10);
  // Every outcome has its own slot: also the rarest is drawn.
  QVERIFY(counts.back() > 0);
}

void AliasTableTest::neverDrawsNought() {
  const AliasTable table(std::vector<double>{0, 1, 0, 0, 2, 0});
  const std::vector<std::uint64_t> counts = drawCounts(table, 100'000, 3);
  QCOMPARE(counts[0] + counts[2] + counts[3] + counts[5], std::uint64_t{0});
  QVERIFY(std::abs(static_cast<double>(counts[4]) / 100'000 - 2.0 / 3) < 0.006);
}

void AliasTableTest::drawsFromOneOutcome() {
  const AliasTable table(std::vector<double>{0.25});
  QCOMPARE(drawCounts(table, 1000, 5).front(), std::uint64_t{1000});
}

void AliasTableTest::noiseIsThreeQuarters() {
  const std::vector<double> weights = noiseWeights(std::vector<std::uint64_t>{10'000, 16, 1});
  QVERIFY(std::abs(weights[0] - 1000) < 1e-9);
  QVERIFY(std::abs(weights[1] - 8) < 1e-12);
  QCOMPARE(weights[2], 1.0);
}

QTEST_GUILESS_MAIN(AliasTableTest)
#include "alias_table_test.moc"
