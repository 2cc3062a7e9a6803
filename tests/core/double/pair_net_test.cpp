// SPDX-License-Identifier: GPL-3.0-or-later
// Every encoder-decoder against central differences, and its steps one by one against all at once.
#include "core/models/pair_net.h"

#include <QTest>

#include "core/autodiff/gradient_check.h"

using namespace lexarium;

namespace {

std::vector<TokenId> drawn(Rng& rng, std::size_t count, Index vocabulary) {
  std::vector<TokenId> ids(count);
  for (TokenId& id : ids) id = rng.below(static_cast<std::uint32_t>(vocabulary));
  return ids;
}

}  // namespace

class PairNetTest : public QObject {
  Q_OBJECT

 private:
  void shapes() {
    QTest::addColumn<int>("cell");
    QTest::addColumn<int>("attention");
    QTest::addColumn<bool>("bidirectional");
    QTest::addColumn<int>("layers");
    for (int cell = 0; cell < 3; ++cell)
      for (int attention = 0; attention < 4; ++attention)
        for (const bool both : {false, true})
          QTest::addRow("%s %s %d", cellName(CellKind(cell)), attentionName(PairShape::Attention(attention)),
                        both)
              << cell << attention << both << 1;
    QTest::newRow("two layers") << 1 << 1 << true << 2;
  }
  static PairShape shape() {
    QFETCH(int, cell);
    QFETCH(int, attention);
    QFETCH(bool, bidirectional);
    QFETCH(int, layers);
    PairShape shape;
    shape.cell = CellKind(cell);
    shape.attention = PairShape::Attention(attention);
    shape.bidirectional = bidirectional;
    shape.layers = layers;
    shape.sourceVocabulary = 5;
    shape.targetVocabulary = 6;
    shape.dimensions = 3;
    shape.units = 4;
    return shape;
  }

 private Q_SLOTS:
  void gradientsAreRight_data() { shapes(); }
  void gradientsAreRight() {
    Parameters parameters;
    const PairNet net(shape(), parameters);
    Rng rng(3);
    PairNet::initialise(net.shape(), parameters, rng);
    const auto source = drawn(rng, 2 * 3, 5), target = drawn(rng, 2 * 4, 6);
    auto expected = drawn(rng, 2 * 4, 6);
    expected[7] = kIgnore;
    const auto check = checkGradients(parameters, [&](Tape& tape) {
      return softmaxCrossEntropy(net.forward(tape, source, target, 2), expected);
    });
    QVERIFY2(check.worst < 1e-6, check.place.c_str());
  }

  void stepByStepIsTheSame_data() { shapes(); }
  void stepByStepIsTheSame() {
    Parameters parameters;
    const PairNet net(shape(), parameters);
    Rng rng(4);
    PairNet::initialise(net.shape(), parameters, rng);
    const auto source = drawn(rng, 3, 5), target = drawn(rng, 5, 6);
    Tape all(parameters), one(parameters);
    const Matrix logits = net.forward(all, source, target, 1).value();
    DecoderState state;
    const Memory memory = net.encode(one, source, state);
    for (std::size_t t = 0; t < target.size(); ++t) {
      Matrix weights;
      const Matrix step = net.step(one, memory, {&target[t], 1}, state, &weights);
      QVERIFY((step - logits.col(static_cast<Index>(t))).cwiseAbs().maxCoeff() < 1e-10);
      if (net.shape().attention == PairShape::Attention::None) continue;
      const Matrix aligned = net.alignment(all, 0);
      QVERIFY((weights - aligned.col(static_cast<Index>(t))).cwiseAbs().maxCoeff() < 1e-10);
      QVERIFY(std::abs(weights.sum() - 1) < 1e-10);
    }
  }

  void descriptionsComeBack() {
    PairShape shape;
    shape.sourceVocabulary = 9;
    shape.targetVocabulary = 7;
    shape.dimensions = 3;
    shape.units = 8;
    shape.attention = PairShape::Attention::General;
    QCOMPARE(*pairShapeFrom(toJson(shape)), shape);
    shape.units = 7;
    QVERIFY(!pairShapeFrom(toJson(shape)));
    QVERIFY(!pairShapeFrom("{}"));
    QVERIFY(!pairShapeFrom("["));
  }
};

QTEST_GUILESS_MAIN(PairNetTest)
#include "pair_net_test.moc"
