// SPDX-License-Identifier: GPL-3.0-or-later
// Whole networks in double against central differences, in each of their variants.
#include <QTest>

#include "core/autodiff/gradient_check.h"
#include "core/models/sequence_net.h"

using namespace lexarium;

static_assert(std::is_same_v<Real, double>);

class SequenceNetsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void gradientsAreThoseOfTheLoss_data();
  void gradientsAreThoseOfTheLoss();
};

void SequenceNetsTest::gradientsAreThoseOfTheLoss_data() {
  QTest::addColumn<QString>("json");
  NetShape shape;
  shape.vocabulary = 7;
  shape.units = shape.dimensions = 6;
  shape.layers = 2;
  shape.context = 5;
  shape.heads = 3;
  shape.keyHeads = 3;
  shape.feedForward = 10;
  const auto add = [](const char* name, const NetShape& one) {
    QTest::newRow(name) << QString::fromStdString(toJson(one));
  };
  for (const char* kind : {"mlp", "rnn", "lstm", "gru", "transformer"}) {
    shape.kind = kind;
    shape.tied = false;
    add(kind, shape);
    shape.tied = true;
    add((std::string(kind) + " tied").c_str(), shape);
  }
  shape.positions = NetShape::Positions::Sinusoidal;
  add("transformer sinusoidal", shape);
  shape.positions = NetShape::Positions::Rotary;
  shape.keyHeads = 1;
  add("transformer rotary, one head of keys", shape);
  shape.gated = shape.rms = true;
  add("transformer as LLaMA", shape);
}

void SequenceNetsTest::gradientsAreThoseOfTheLoss() {
  QFETCH(QString, json);
  const auto shape = netShapeFrom(json.toStdString());
  QVERIFY2(shape.has_value(), shape ? "" : shape.error().message().c_str());
  const auto net = makeSequenceNet(*shape);
  Parameters parameters;
  net->declare(parameters);
  Rng rng(5);
  net->initialise(parameters, rng);
  for (double& value : parameters.values()) value *= 3;  // far from where all is nearly linear
  constexpr Index kBatch = 3, kSteps = 5;
  std::vector<std::uint32_t> inputs, targets;
  for (Index i = 0; i < kBatch * kSteps; ++i) {
    inputs.push_back(rng.below(7));
    targets.push_back(rng.below(7));
  }
  const GradientCheck check = checkGradients(parameters, [&](Tape& tape) {
    NetState state = net->zeroState(kBatch);
    return softmaxCrossEntropy(net->forward(tape, inputs, kBatch, state), targets);
  });
  QVERIFY2(check.worst < 1e-6, check.place.c_str());
  QVERIFY(check.nonZero * 3 > check.checked);
}

QTEST_GUILESS_MAIN(SequenceNetsTest)
#include "sequence_nets_test.moc"
