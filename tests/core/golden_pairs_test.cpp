// SPDX-License-Identifier: GPL-3.0-or-later
// Encoder-decoders against numbers that tests/golden/make_pair_golden.py had from PyTorch.
#include <QTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/models/pair_net.h"
#include "core/nn/optimizer.h"

using namespace lexarium;

namespace {

constexpr double kTolerance = 1e-4;
constexpr Index kBatch = 2;

/// As in the script.
void fillWithSines(Parameters& parameters) {
  for (std::uint32_t i = 0; i < parameters.size(); ++i) {
    int seed = 0;
    for (const char c : parameters.info({i}).name) seed += c;
    MatrixMap matrix = parameters.value({i});
    for (Index k = 0; k < matrix.size(); ++k)
      matrix.data()[k] = static_cast<Real>(0.4 * std::sin(1.3 * static_cast<double>(k) + seed));
  }
}

std::vector<TokenId> ids(std::uint32_t steps, std::uint32_t vocabulary, std::uint32_t seed) {
  std::vector<TokenId> all;
  for (std::uint32_t t = 0; t < steps; ++t)
    for (std::uint32_t b = 0; b < kBatch; ++b) all.push_back((t * t + 3 * b + seed * (t + b)) % vocabulary);
  return all;
}

template <class Numbers>
bool isClose(const Numbers& ours, const nlohmann::json& theirs) {
  if (static_cast<std::size_t>(ours.size()) != theirs.size()) return false;
  for (Index i = 0; i < ours.size(); ++i) {
    const double expected = theirs[static_cast<std::size_t>(i)].template get<double>();
    if (!(std::abs(static_cast<double>(ours.data()[i]) - expected) <
          kTolerance * std::max(1.0, std::abs(expected))))
      return false;
  }
  return true;
}

}  // namespace

class GoldenPairsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithPyTorch_data() {
    QTest::addColumn<int>("number");
    for (int i = 0; i < 6; ++i) QTest::addRow("case %d", i) << i;
  }
  void agreesWithPyTorch() {
    QFETCH(int, number);
    std::ifstream file(LEXARIUM_SOURCE_DIR "/tests/golden/pairs.json");
    const auto golden = nlohmann::json::parse(file).at(static_cast<std::size_t>(number));
    nlohmann::json described = {{"cell", "rnn"},
                                {"attention", "none"},
                                {"source_vocabulary", 6},
                                {"target_vocabulary", 7},
                                {"units", 4},
                                {"bidirectional", false},
                                {"heads", 1},
                                {"feed_forward", 1},
                                {"dropout", 0.0}};
    described.update(golden.at("shape"));
    const auto shape = pairShapeFrom(described.dump());
    QVERIFY(shape);
    Parameters parameters;
    const auto net = makePairNet(*shape, parameters);
    fillWithSines(parameters);
    Gradients gradients(parameters);
    Tape tape(parameters, &gradients);
    Optimizer adam(parameters, {});
    const auto source = ids(5, 6, 1), said = ids(4, 7, 2), expected = ids(4, 7, 3);
    for (std::size_t step = 0; step < 10; ++step) {
      tape.clear();
      const Var logits = net->forward(tape, source, said, kBatch);
      const Var loss = softmaxCrossEntropy(logits, expected);
      QVERIFY(std::abs(static_cast<double>(loss.value()(0, 0)) - golden.at("losses")[step].get<double>()) <
              kTolerance);
      if (step == 0) {
        QVERIFY(isClose(logits.value(), golden.at("logits")));
        if (golden.contains("alignment")) QVERIFY(isClose(net->alignment(tape, 0), golden.at("alignment")));
        const nlohmann::json heads = golden.value("heads", nlohmann::json::object());
        QCOMPARE(net->heads().size(), heads.size());
        for (const HeadPlace& head : net->heads()) {
          const std::string name =
              head.part + ' ' + std::to_string(head.layer) + ' ' + std::to_string(head.head);
          const Var looked = tape.watched(head.part, static_cast<Index>(head.layer));
          QVERIFY2(isClose(attentionWeights(looked, static_cast<Index>(head.head), 0), heads.at(name)),
                   name.c_str());
        }
      }
      tape.backward(loss);
      for (const ParameterInfo& info : parameters.infos())
        if (step == 0)
          QVERIFY2(isClose(gradients.of(info), golden.at("gradients").at(info.name)), info.name.c_str());
      adam.step(parameters, gradients, 0.01);
    }
  }
};

QTEST_GUILESS_MAIN(GoldenPairsTest)
#include "golden_pairs_test.moc"
