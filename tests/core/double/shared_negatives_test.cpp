// SPDX-License-Identifier: GPL-3.0-or-later
// One step of learnShared() and of skip-gram with shared negatives against central differences of the loss
// that they are to descend, written out here by its formula.
#include <QTest>
#include <cmath>
#include <functional>

#include "core/base/rng.h"
#include "core/models/hogwild.h"
#include "core/models/skip_gram.h"

using namespace lexarium;

namespace {

constexpr double kRate = 1e-3;

RowTable randomTable(std::size_t rows, std::size_t length, std::uint64_t seed) {
  RowTable table(rows, length);
  Rng rng(seed);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t i = 0; i < length; ++i) table.row(r)[i] = rng.normal() / 2;
  }
  return table;
}

/// L = - sum_c sum_k log s(t_k v'_k . h_c)
double sharedLoss(const RowTable& input, std::span<const std::uint32_t> inputs, const RowTable& output,
                  std::span<const Target> targets) {
  double loss = 0;
  for (const std::uint32_t c : inputs) {
    for (const Target& target : targets) {
      double score = 0;
      for (std::size_t i = 0; i < input.length(); ++i) score += input.row(c)[i] * output.row(target.row)[i];
      loss += std::log1p(std::exp(-target.sign * score));
    }
  }
  return loss;
}

RowTable copyOf(const RowTable& table) {
  RowTable copy(table.rows(), table.length());
  std::copy_n(table.row(0), table.rows() * table.stride(), copy.row(0));
  return copy;
}

/// The greatest difference between (after - before) and -rate dL/d(before), relative to rate.
double worstError(RowTable& table, const RowTable& after, const std::function<double()>& loss) {
  constexpr double kStep = 1e-5;
  double worst = 0;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    for (std::size_t i = 0; i < table.length(); ++i) {
      double& number = table.row(r)[i];
      const double before = number;
      number = before + kStep;
      const double above = loss();
      number = before - kStep;
      const double below = loss();
      number = before;
      const double gradient = (above - below) / (2 * kStep);
      worst = std::max(worst, std::abs((after.row(r)[i] - before) / kRate + gradient));
    }
  }
  return worst;
}

struct Shape {
  const char* name;
  std::size_t dimensions;
  std::vector<std::uint32_t> inputs;
  std::vector<Target> targets;
};

}  // namespace

class SharedNegativesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void learnSharedDescendsItsLoss_data();
  void learnSharedDescendsItsLoss();
  void skipGramSharesItsNegatives();
  void skipGramSharesItsPath();
  void noiseIsDrawnAWindowAhead();
};

void SharedNegativesTest::learnSharedDescendsItsLoss_data() {
  QTest::addColumn<int>("index");
  for (int i = 0; i < 5; ++i) QTest::addRow("shape %d", i) << i;
}

void SharedNegativesTest::learnSharedDescendsItsLoss() {
  QFETCH(int, index);
  const Shape shapes[] = {
      {"one pair", 1, {2}, {{3, 1}}},
      {"a window", 20, {2, 5, 1, 7}, {{0, 1}, {3, -1}, {4, -1}, {6, -1}, {1, -1}, {9, -1}}},
      {"words that stand twice", 16, {2, 5, 2, 2, 7}, {{0, 1}, {3, -1}, {3, -1}, {0, -1}, {4, -1}}},
      {"many targets", 3, {2, 5, 8}, std::vector<Target>(40, Target{5, -1})},
      {"as many as fit", 17, std::vector<std::uint32_t>(20, 4), std::vector<Target>(7, Target{1, 1})},
  };
  const Shape& shape = shapes[index];
  QVERIFY(shape.inputs.size() * (shape.targets.size() + 5) <= kPairsAtOnce);
  RowTable input = randomTable(10, shape.dimensions, 1), output = randomTable(10, shape.dimensions, 2);
  RowTable inputAfter = copyOf(input), outputAfter = copyOf(output);
  LossSum sum;
  learnShared(inputAfter, shape.inputs, outputAfter, shape.targets, kRate, sum);
  const auto loss = [&] { return sharedLoss(input, shape.inputs, output, shape.targets); };
  QVERIFY(std::abs(sum.take() - loss()) < 1e-10 * loss());
  QVERIFY2(worstError(input, inputAfter, loss) < 1e-6, shape.name);
  QVERIFY2(worstError(output, outputAfter, loss) < 1e-6, shape.name);
}

void SharedNegativesTest::skipGramSharesItsNegatives() {
  constexpr std::size_t kWords = 12;
  Word2VecTables tables;
  tables.input = randomTable(kWords, 30, 3);
  tables.output = randomTable(kWords, 30, 4);
  tables.noise = AliasTable(std::vector<double>(kWords, 1.0));
  tables.negatives = 4;
  tables.window = 3;
  RowTable input = copyOf(tables.input), output = copyOf(tables.output);
  const std::vector<TokenId> text = {1, 5, 2, 8, 5, 0, 7, 3};
  Word2VecTally tally(tables.input.stride());
  tally.noise = {9, 8, 11, 9};  // one of them is the centre and must not count
  Rng rng(5);
  const std::span<const TokenId> words = text;
  updateSkipGramShared(
      tables,
      {.centre = 8, .left = words.subspan(1, 2), .right = words.subspan(4, 3), .ahead = words.subspan(4)},
      kRate, rng, tally);
  const std::vector<std::uint32_t> context = {5, 2, 5, 0, 7};
  const std::vector<Target> targets = {{8, 1}, {9, -1}, {11, -1}, {9, -1}};
  const auto loss = [&] { return sharedLoss(input, context, output, targets); };
  QVERIFY(std::abs(tally.loss.take() - loss()) < 1e-10 * loss());
  QCOMPARE(tally.examples, std::uint64_t{5});
  QVERIFY(tally.cost > 0);
  QVERIFY(worstError(input, tables.input, loss) < 1e-6);
  QVERIFY(worstError(output, tables.output, loss) < 1e-6);
}

void SharedNegativesTest::skipGramSharesItsPath() {
  const std::vector<std::uint64_t> counts = {50, 30, 20, 10, 9, 8, 3, 2, 1};
  Word2VecTables tables;
  tables.input = randomTable(counts.size(), 30, 3);
  tables.output = randomTable(counts.size() - 1, 30, 4);
  tables.tree = HuffmanTree(counts);
  tables.window = 3;
  RowTable input = copyOf(tables.input), output = copyOf(tables.output);
  const std::vector<TokenId> text = {4, 7, 1};
  Word2VecTally tally(tables.input.stride());
  Rng rng(5);
  const std::span<const TokenId> words = text;
  updateSkipGramShared(tables, {.centre = 7, .left = words.first(1), .right = words.last(1)}, kRate, rng,
                       tally);
  std::vector<Target> path;
  for (const TreeStep& step : tables.tree.path(7)) path.push_back({step.node, step.turn == 1 ? 1.0 : -1.0});
  const std::vector<std::uint32_t> context = {4, 1};
  const auto loss = [&] { return sharedLoss(input, context, output, path); };
  QVERIFY(path.size() > 3);
  QVERIFY(std::abs(tally.loss.take() - loss()) < 1e-10 * loss());
  QVERIFY(worstError(input, tables.input, loss) < 1e-6);
  QVERIFY(worstError(output, tables.output, loss) < 1e-6);
}

void SharedNegativesTest::noiseIsDrawnAWindowAhead() {
  Word2VecTables tables;
  tables.input = randomTable(1000, 8, 3);
  tables.output = randomTable(1000, 8, 4);
  tables.noise = AliasTable(std::vector<double>(1000, 1.0));
  tables.negatives = 5;
  tables.window = 1;
  Word2VecTally tally(tables.input.stride());
  Rng rng(5);
  const std::vector<TokenId> text = {1, 2};
  const std::span<const TokenId> words = text;
  const ContextWindow window{.centre = 1, .left = {}, .right = words.last(1)};
  updateSkipGramShared(tables, window, kRate, rng, tally);
  QCOMPARE(tally.noise.size(), std::size_t{5});
  // The first window had noise words too, and the next one uses those that are waiting, once.
  const std::vector<TokenId> waiting = tally.noise;
  RowTable before = copyOf(tables.output);
  updateSkipGramShared(tables, window, kRate, rng, tally);
  QVERIFY(tally.noise != waiting);
  for (TokenId word = 0; word < 1000; ++word) {
    const bool moved = !std::equal(before.row(word), before.row(word) + 8, tables.output.row(word));
    const bool waited = std::find(waiting.begin(), waiting.end(), word) != waiting.end();
    QCOMPARE(moved, waited || word == 1);
  }
}

QTEST_GUILESS_MAIN(SharedNegativesTest)
#include "shared_negatives_test.moc"
