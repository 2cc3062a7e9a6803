// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels against numbers that tests/golden/make_embedding_golden.py found independently of them.
#include <QTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/models/hogwild.h"
#include "core/models/huffman.h"

using namespace lexarium;

namespace {

constexpr std::size_t kWords = 6;
constexpr std::size_t kDimensions = 5;
constexpr std::uint32_t kSteps = 4;

double sine(std::size_t seed, std::size_t index) {
  return std::sin(1.7 * static_cast<double>(index) + static_cast<double>(seed)) * 0.5;
}

RowTable sines(std::size_t seed, std::size_t rows) {
  RowTable table(rows, kDimensions);
  for (std::size_t i = 0; i < rows * kDimensions; ++i) {
    table.row(i / kDimensions)[i % kDimensions] = static_cast<Real>(sine(seed, i));
  }
  return table;
}

nlohmann::json golden(const char* key) {
  std::ifstream file(LEXARIUM_SOURCE_DIR "/tests/golden/embeddings.json");
  return nlohmann::json::parse(file).at(key);
}

bool close(double a, double b) { return std::abs(a - b) < 1e-4 * std::max(1.0, std::abs(b)); }

/// The first kDimensions numbers of each row.
bool close(const RowTable& table, const nlohmann::json& expected) {
  bool all = expected.size() == table.rows() * kDimensions;
  for (std::size_t i = 0; all && i < expected.size(); ++i) {
    all = close(static_cast<double>(table.row(i / kDimensions)[i % kDimensions]), expected[i].get<double>());
  }
  return all;
}

}  // namespace

class GoldenEmbeddingsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void skipGramWithNegatives();
  void cbowWithTree();
  void glove();
};

void GoldenEmbeddingsTest::skipGramWithNegatives() {
  const auto expected = golden("skipGram");
  RowTable input = sines(0, kWords), output = sines(1, kWords);
  LossSum loss;
  for (std::uint32_t step = 0; step < kSteps; ++step) {
    const auto word = [&](std::uint32_t offset) { return (step + offset) % std::uint32_t{kWords}; };
    const Target targets[] = {{word(1), 1}, {word(3), -1}, {word(4), -1}, {word(4), -1}};
    learnTargets(input.row(word(0)), input.row(word(0)), output, targets, Real{0.3F}, loss);
    QVERIFY(close(loss.take(), expected["losses"][step].get<double>()));
  }
  QVERIFY(close(input, expected["input"]));
  QVERIFY(close(output, expected["output"]));
}

void GoldenEmbeddingsTest::cbowWithTree() {
  const auto expected = golden("cbowTree");
  const HuffmanTree tree(std::vector<std::uint64_t>{8, 4, 2, 1});
  RowTable input = sines(2, 4), output = sines(3, 3);
  const AlignedReals hidden = makeAlignedReals(input.stride()), change = makeAlignedReals(input.stride());
  LossSum loss;
  for (std::uint32_t step = 0; step < kSteps; ++step) {
    const std::vector<std::uint32_t> context{(step + 1) % 4, (step + 2) % 4, (step + 1) % 4};
    std::vector<Target> targets;
    for (const TreeStep& turn : tree.path(step % 4)) {
      targets.push_back({turn.node, turn.turn == 1 ? Real{1} : Real{-1}});
    }
    averageRows(input, context, hidden.get());
    std::fill_n(change.get(), input.stride(), Real{0});
    learnTargets(hidden.get(), change.get(), output, targets, Real{0.3F}, loss);
    addToRows(input, context, Real{1} / 3, change.get());
    QVERIFY(close(loss.take(), expected["losses"][step].get<double>()));
  }
  QVERIFY(close(input, expected["input"]));
  QVERIFY(close(output, expected["output"]));
}

void GoldenEmbeddingsTest::glove() {
  const auto expected = golden("glove");
  GloveTables tables(kWords, kDimensions, 1);
  for (std::size_t r = 0; r < kWords; ++r) {
    for (std::size_t i = 0; i < kDimensions; ++i) {
      tables.words.row(r)[i] = static_cast<Real>(sine(4, r * kDimensions + i));
      tables.contexts.row(r)[i] = static_cast<Real>(sine(5, r * kDimensions + i));
    }
    tables.words.row(r)[kDimensions] = static_cast<Real>(sine(6, r));
    tables.contexts.row(r)[kDimensions + 1] = static_cast<Real>(sine(7, r));
  }
  for (std::uint32_t step = 0; step < kSteps; ++step) {
    const double x = 1.5 + 6.0 * step;
    const double weight = std::min(1.0, std::pow(x / 10, 0.75));
    const double loss = static_cast<double>(
        learnCell(tables, step % std::uint32_t{kWords}, (step * 2 + 1) % std::uint32_t{kWords},
                  static_cast<Real>(std::log(x)), static_cast<Real>(weight), Real{0.2F}));
    QVERIFY(close(loss, expected["losses"][step].get<double>()));
  }
  QVERIFY(close(tables.words, expected["words"]));
  QVERIFY(close(tables.contexts, expected["contexts"]));
  for (std::size_t r = 0; r < kWords; ++r) {
    QVERIFY(close(static_cast<double>(tables.words.row(r)[kDimensions]), expected["wordBias"][r]));
    QVERIFY(close(static_cast<double>(tables.contexts.row(r)[kDimensions + 1]), expected["contextBias"][r]));
  }
}

QTEST_GUILESS_MAIN(GoldenEmbeddingsTest)
#include "golden_embeddings_test.moc"
