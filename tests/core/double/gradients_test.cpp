// SPDX-License-Identifier: GPL-3.0-or-later
// The updates that training makes, in double, against central differences of the loss as the papers write it.
#include <QTest>
#include <cmath>
#include <functional>

#include "core/models/cbow.h"
#include "core/models/skip_gram.h"

using namespace lexarium;

static_assert(std::is_same_v<Real, double>);

namespace {

constexpr std::size_t kWords = 12;
constexpr std::size_t kDimensions = 19;  // more than a block, and not a multiple of one
constexpr double kRate = 1e-6;           // so small that a step is the gradient, but for its square
constexpr double kStep = 1e-5;           // of the central differences

void fill(RowTable& table, std::uint64_t seed) {
  Rng rng(seed);
  for (std::size_t r = 0; r < table.rows(); ++r) {
    for (std::size_t i = 0; i < table.length(); ++i) table.row(r)[i] = 0.6 * rng.normal();
  }
}

RowTable copyOf(const RowTable& table) {
  RowTable copy(table.rows(), table.length());
  for (std::size_t r = 0; r < table.rows(); ++r) std::copy_n(table.row(r), table.stride(), copy.row(r));
  return copy;
}

double inner(const double* a, const double* b) {
  double sum = 0;
  for (std::size_t i = 0; i < kDimensions; ++i) sum += a[i] * b[i];
  return sum;
}

double logisticLoss(const double* hidden, const RowTable& output, std::span<const Target> targets) {
  double loss = 0;
  for (const Target& target : targets) {
    loss += std::log1p(std::exp(-target.sign * inner(hidden, output.row(target.row))));
  }
  return loss;
}

/// The change of `after` from `before` divided by -rate is the gradient: of every number in the table.
void compare(const std::function<double()>& loss, RowTable& before, const RowTable& after, double rate,
             double tolerance, std::size_t& moved) {
  for (std::size_t r = 0; r < before.rows(); ++r) {
    for (std::size_t i = 0; i < before.length(); ++i) {
      double& value = before.row(r)[i];
      const double gradient = (value - after.row(r)[i]) / rate;
      const double kept = value;
      value = kept + kStep;
      const double above = loss();
      value = kept - kStep;
      const double below = loss();
      value = kept;
      const double numeric = (above - below) / (2 * kStep);
      QVERIFY2(
          std::abs(gradient - numeric) < tolerance * std::max(1.0, std::abs(numeric)),
          qPrintable(
              QString("row %1, number %2: %3, by differences %4").arg(r).arg(i).arg(gradient).arg(numeric)));
      moved += std::abs(gradient) > 1e-3;
    }
    for (std::size_t i = before.length(); i < before.stride(); ++i) QCOMPARE(after.row(r)[i], 0.0);
  }
}

Word2VecTables makeTables(bool tree) {
  std::vector<std::uint64_t> counts(kWords);
  for (std::size_t i = 0; i < kWords; ++i) counts[i] = 300 / (i + 1);
  Word2VecTables tables;
  tables.input = RowTable(kWords, kDimensions);
  if (tree) {
    tables.tree = HuffmanTree(counts);
    tables.output = RowTable(tables.tree.innerNodes(), kDimensions);
  } else {
    tables.negatives = 5;
    tables.noise = AliasTable(noiseWeights(counts));
    tables.output = RowTable(kWords, kDimensions);
  }
  fill(tables.input, 1);
  fill(tables.output, 2);
  return tables;
}

const std::vector<TokenId> kSentence{3, 7, 0, 5, 3, 9};

/// The targets that an update with this generator draws for these words, in its order.
std::vector<std::vector<Target>> targetsOf(const Word2VecTables& tables, std::span<const TokenId> words,
                                           Rng rng) {
  std::vector<std::vector<Target>> all;
  std::vector<Target> space(kMaximumTargets);
  for (const TokenId word : words) {
    const auto drawn = tables.drawTargets(word, rng, space.data());
    all.emplace_back(drawn.begin(), drawn.end());
  }
  return all;
}

}  // namespace

class GradientsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void logisticRegression();
  void skipGram_data() { objectives(); }
  void skipGram();
  void cbow_data() { objectives(); }
  void cbow();
  void gloveCell();
  void gloveIsCut();

 private:
  static void objectives() {
    QTest::addColumn<bool>("tree");
    QTest::newRow("negative sampling") << false;
    QTest::newRow("hierarchical softmax") << true;
  }
};

/// Many targets, more than a group of lanes, some of them twice: gradient of the loss in h and all rows.
void GradientsTest::logisticRegression() {
  RowTable hidden(1, kDimensions), output(kWords, kDimensions);
  fill(hidden, 4);
  fill(output, 5);
  Rng rng(6);
  std::vector<Target> targets;
  for (int k = 0; k < 41; ++k) {
    targets.push_back({rng.below(static_cast<std::uint32_t>(kWords)), rng.below(2) == 1 ? 1.0 : -1.0});
  }
  RowTable newOutput = copyOf(output), newHidden = copyOf(hidden);
  LossSum loss;
  learnTargets(hidden.row(0), newHidden.row(0), newOutput, targets, kRate, loss);
  const auto byDefinition = [&] { return logisticLoss(hidden.row(0), output, targets); };
  QVERIFY(std::abs(loss.take() - byDefinition()) < 1e-9);
  QCOMPARE(loss.take(), 0.0);
  std::size_t moved = 0;
  compare(byDefinition, output, newOutput, kRate, 1e-6, moved);
  compare(byDefinition, hidden, newHidden, kRate, 1e-6, moved);
  QVERIFY(moved > kWords * kDimensions / 2);
}

/// -sum log p(w_{t+j} | w_t): the whole window. Its pairs are learned one after the other, which at a rate of
/// 1e-6 differs from one step for all of them by about as little.
void GradientsTest::skipGram() {
  QFETCH(bool, tree);
  Word2VecTables tables = makeTables(tree);
  const std::span<const TokenId> sentence(kSentence);
  const ContextWindow window{
      .centre = sentence[2], .left = sentence.subspan(0, 2), .right = sentence.subspan(3, 3)};
  std::vector<TokenId> context(window.left.begin(), window.left.end());
  context.insert(context.end(), window.right.begin(), window.right.end());
  const auto targets = targetsOf(tables, context, Rng(9));
  const RowTable input = copyOf(tables.input), output = copyOf(tables.output);
  Word2VecTally tally(tables.input.stride());
  Rng rng(9);
  updateSkipGram(tables, window, kRate, rng, tally);
  QCOMPARE(tally.examples, std::uint64_t{5});

  RowTable oldInput = copyOf(input), oldOutput = copyOf(output);
  const auto loss = [&] {
    double sum = 0;
    for (const auto& pair : targets) sum += logisticLoss(oldInput.row(window.centre), oldOutput, pair);
    return sum;
  };
  QVERIFY(std::abs(tally.loss.take() - loss()) < 1e-3);
  std::size_t moved = 0;
  compare(loss, oldInput, tables.input, kRate, 1e-4, moved);
  QVERIFY(moved > kDimensions / 2 && moved <= kDimensions);  // of the centre alone
  compare(loss, oldOutput, tables.output, kRate, 1e-4, moved);
  QVERIFY(moved > 4 * kDimensions);
}

/// -log p(w_t | mean of the context), a word that stands twice in the context included.
void GradientsTest::cbow() {
  QFETCH(bool, tree);
  Word2VecTables tables = makeTables(tree);
  const std::span<const TokenId> sentence(kSentence);
  const ContextWindow window{
      .centre = sentence[2], .left = sentence.subspan(0, 2), .right = sentence.subspan(3, 3)};
  const auto targets = targetsOf(tables, sentence.subspan(2, 1), Rng(9));
  RowTable input = copyOf(tables.input), output = copyOf(tables.output);
  Word2VecTally tally(tables.input.stride());
  Rng rng(9);
  updateCbow(tables, window, kRate, rng, tally);
  QCOMPARE(tally.examples, std::uint64_t{1});

  const auto loss = [&] {
    double mean[kDimensions] = {};
    for (const TokenId word : {3, 7, 5, 3, 9}) {
      for (std::size_t i = 0; i < kDimensions; ++i) mean[i] += input.row(word)[i] / 5;
    }
    return logisticLoss(mean, output, targets.front());
  };
  QVERIFY(std::abs(tally.loss.take() - loss()) < 1e-9);
  std::size_t moved = 0;
  compare(loss, input, tables.input, kRate, 1e-6, moved);
  QVERIFY(moved > 2 * kDimensions && moved <= 4 * kDimensions);
  compare(loss, output, tables.output, kRate, 1e-6, moved);
  QVERIFY(moved > 4 * kDimensions);
}

/// AdaGrad divides by the root of the sums, which are 1 at first: the first step is the plain gradient. What
/// it adds to the sums is the square of that gradient; a later step is divided by the root of them.
void GradientsTest::gloveCell() {
  constexpr std::uint32_t kWord = 2, kContext = 5;
  constexpr double kLogCount = 1.7, kWeight = 0.6;
  GloveTables tables(kWords, kDimensions, 3);
  Rng rng(8);
  for (std::size_t i = 0; i < kDimensions + 2; ++i) {
    if (i != kDimensions + 1) tables.words.row(kWord)[i] = 0.5 * rng.normal();
    if (i != kDimensions) tables.contexts.row(kContext)[i] = 0.5 * rng.normal();
  }
  RowTable words = copyOf(tables.words), contexts = copyOf(tables.contexts);
  const auto loss = [&] {
    // Pennington et al. 2014, equation 8, with half of the square.
    const double* w = words.row(kWord);
    const double* c = contexts.row(kContext);
    const double difference = inner(w, c) + w[kDimensions] + c[kDimensions + 1] - kLogCount;
    return kWeight * difference * difference / 2;
  };
  const auto differences = [&](double& value) {
    const double kept = value;
    value = kept + kStep;
    const double above = loss();
    value = kept - kStep;
    const double below = loss();
    value = kept;
    return (above - below) / (2 * kStep);
  };
  const std::size_t half = tables.half;
  for (int repeat = 0; repeat < 3; ++repeat) {
    QVERIFY(std::abs(learnCell(tables, kWord, kContext, kLogCount, kWeight, kRate) - loss()) < 1e-9);
    for (const bool isWord : {true, false}) {
      RowTable& before = isWord ? words : contexts;
      const RowTable& after = isWord ? tables.words : tables.contexts;
      const std::uint32_t row = isWord ? kWord : kContext;
      const std::size_t constant = isWord ? kDimensions + 1 : kDimensions;  // the other's bias counts once
      for (std::size_t i = 0; i < kDimensions + 2; ++i) {
        double& value = before.row(row)[i];
        if (i == constant) {
          QCOMPARE(after.row(row)[i], 1.0);
          continue;
        }
        const double numeric = differences(value);
        const double sum = before.row(row)[half + i];
        const double gradient = (value - after.row(row)[i]) / kRate * std::sqrt(sum);
        QVERIFY(std::abs(numeric) > 1e-4);
        QVERIFY(std::abs(gradient - numeric) < 1e-6 * std::max(1.0, std::abs(numeric)));
        QVERIFY(std::abs(after.row(row)[half + i] - sum - numeric * numeric) < 1e-6);
      }
    }
    // No other row moves.
    for (std::uint32_t r = 0; r < kWords; ++r) {
      if (r != kWord) QVERIFY(std::equal(words.row(r), words.row(r) + half, tables.words.row(r)));
      if (r != kContext) QVERIFY(std::equal(contexts.row(r), contexts.row(r) + half, tables.contexts.row(r)));
    }
    words = copyOf(tables.words);
    contexts = copyOf(tables.contexts);
  }
}

void GradientsTest::gloveIsCut() {
  GloveTables tables(2, kDimensions, 3);
  tables.words.row(0)[0] = 1e6;
  tables.contexts.row(1)[0] = 1e6;
  const double before = tables.words.row(0)[0];
  learnCell(tables, 0, 1, 1, 1, 0.1);
  // A gradient of 1e18 is taken for one of kGloveClip.
  QVERIFY(std::abs(before - tables.words.row(0)[0] - 0.1 * kGloveClip) < 1e-6);
  QVERIFY(std::abs(tables.words.row(0)[tables.half] - 1 - kGloveClip * kGloveClip) < 1e-6);
  QVERIFY(tables.words.isFinite() && tables.contexts.isFinite());
}

QTEST_GUILESS_MAIN(GradientsTest)
#include "gradients_test.moc"
