// SPDX-License-Identifier: GPL-3.0-or-later
// RNN, LSTM, GRU and Transformer against numbers that tests/golden/make_sequence_golden.py had from PyTorch.
#include <QTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/models/sequence_net.h"
#include "core/nn/optimizer.h"

using namespace lexarium;

namespace {

constexpr Index kVocabulary = 7, kDimensions = 5, kUnits = 6, kSteps = 4, kBatch = 3;
constexpr double kTolerance = 1e-4;

NetShape shapeOf(const std::string& kind) {
  NetShape shape;
  shape.kind = kind;
  shape.vocabulary = kVocabulary;
  shape.units = kUnits;
  shape.layers = 2;
  const bool attends = kind == "transformer";
  shape.dimensions = attends ? kUnits : kDimensions;
  shape.tied = attends;
  shape.context = attends ? kSteps : 0;
  shape.heads = shape.keyHeads = attends ? 2 : 1;
  shape.feedForward = attends ? 4 * kUnits : 0;
  return shape;
}

/// As in the script.
void fillWithSines(Parameters& parameters) {
  for (std::uint32_t i = 0; i < parameters.size(); ++i) {
    const std::string& name = parameters.info({i}).name;
    int seed = 0;
    for (const char c : name) seed += c;
    MatrixMap matrix = parameters.value({i});
    for (Index k = 0; k < matrix.size(); ++k) {
      matrix.data()[k] = static_cast<Real>(0.4 * std::sin(1.3 * static_cast<double>(k) + seed));
    }
  }
}

std::vector<std::uint32_t> ids(std::uint32_t seed) {
  std::vector<std::uint32_t> all;
  for (std::uint32_t t = 0; t < kSteps; ++t) {
    for (std::uint32_t b = 0; b < kBatch; ++b)
      all.push_back((t * t + 3 * b + seed * (t + b)) % static_cast<std::uint32_t>(kVocabulary));
  }
  return all;
}

template <class Numbers>
bool isClose(const Numbers& ours, const nlohmann::json& theirs) {
  if (static_cast<std::size_t>(ours.size()) != theirs.size()) return false;
  for (Index i = 0; i < ours.size(); ++i) {
    const double expected = theirs[static_cast<std::size_t>(i)].template get<double>();
    const double difference = std::abs(static_cast<double>(ours.data()[i]) - expected);
    if (!(difference < kTolerance * std::max(1.0, std::abs(expected)))) return false;
  }
  return true;
}

}  // namespace

class GoldenSequenceTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithPyTorch_data() {
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"rnn", "lstm", "gru", "transformer"}) QTest::newRow(kind) << kind;
  }
  void agreesWithPyTorch() {
    QFETCH(QString, kind);
    std::ifstream file(LEXARIUM_SOURCE_DIR "/tests/golden/sequence.json");
    const auto golden = nlohmann::json::parse(file).at(kind.toStdString());
    const auto net = makeSequenceNet(shapeOf(kind.toStdString()));
    Parameters parameters;
    net->declare(parameters);
    fillWithSines(parameters);
    Gradients gradients(parameters);
    Tape tape(parameters, &gradients);
    Optimizer adam(parameters, {});
    const auto inputs = ids(1), targets = ids(2);
    for (std::size_t step = 0; step < 10; ++step) {
      tape.clear();
      NetState state = net->zeroState(kBatch);
      const Var logits = net->forward(tape, inputs, kBatch, state);
      const Var loss = softmaxCrossEntropy(logits, targets);
      const double expected = golden.at("losses")[step].get<double>();
      QVERIFY(std::abs(static_cast<double>(loss.value()(0, 0)) - expected) < kTolerance);
      if (step == 0) QVERIFY(isClose(logits.value(), golden.at("logits")));
      tape.backward(loss);
      for (const ParameterInfo& info : parameters.infos()) {
        if (step > 0) break;
        const auto& theirs = golden.at("gradients").at(info.name);
        QVERIFY2(isClose(gradients.of(info), theirs), info.name.c_str());
      }
      adam.step(parameters, gradients, 0.01);
    }
    for (const auto& [name, numbers] : golden.at("afterwards").items()) {
      QVERIFY2(isClose(parameters.value(*parameters.find(name)), numbers), name.c_str());
    }
  }
};

QTEST_GUILESS_MAIN(GoldenSequenceTest)
#include "golden_sequence_test.moc"
