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

constexpr int kTransformer = -1;  // in the column of the attentions

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
    // cell: heads; bidirectional: are the tokens' vectors as long as a layer is wide?
    for (const int layers : {1, 2})
      for (const int heads : {1, 2})
        QTest::addRow("transformer %d %d", heads, layers) << heads << kTransformer << (heads == 1) << layers;
  }
  static PairShape shape() {
    QFETCH(int, cell);
    QFETCH(int, attention);
    QFETCH(bool, bidirectional);
    QFETCH(int, layers);
    PairShape shape;
    if (attention == kTransformer) {
      shape.kind = PairShape::Kind::Transformer;
      shape.heads = cell;
      shape.feedForward = 5;
    } else {
      shape.cell = CellKind(cell);
      shape.attention = PairShape::Attention(attention);
      shape.bidirectional = bidirectional;
    }
    shape.layers = layers;
    shape.sourceVocabulary = 5;
    shape.targetVocabulary = 6;
    shape.dimensions = attention == kTransformer && bidirectional ? 4 : 3;
    shape.units = 4;
    return shape;
  }

 private Q_SLOTS:
  void gradientsAreRight_data() { shapes(); }
  void gradientsAreRight() {
    Parameters parameters;
    const auto net = makePairNet(shape(), parameters);
    Rng rng(3);
    PairNet::initialise(net->shape(), parameters, rng);
    const auto source = drawn(rng, 2 * 3, 5), target = drawn(rng, 2 * 4, 6);
    auto expected = drawn(rng, 2 * 4, 6);
    expected[7] = kIgnore;
    const auto check = checkGradients(parameters, [&](Tape& tape) {
      return softmaxCrossEntropy(net->forward(tape, source, target, 2), expected);
    });
    QVERIFY2(check.worst < 1e-6, check.place.c_str());
  }

  void stepByStepIsTheSame_data() { shapes(); }
  void stepByStepIsTheSame() {
    Parameters parameters;
    const auto net = makePairNet(shape(), parameters);
    Rng rng(4);
    PairNet::initialise(net->shape(), parameters, rng);
    const auto source = drawn(rng, 3, 5), target = drawn(rng, 5, 6);
    Tape all(parameters), one(parameters);
    const Matrix logits = net->forward(all, source, target, 1).value();
    DecoderState state;
    const Memory memory = net->encode(one, source, state);
    for (std::size_t t = 0; t < target.size(); ++t) {
      Matrix weights;
      const Matrix step = net->step(one, memory, {&target[t], 1}, state, &weights);
      QVERIFY((step - logits.col(static_cast<Index>(t))).cwiseAbs().maxCoeff() < 1e-10);
      if (weights.size() == 0) continue;
      const Matrix aligned = net->alignment(all, 0);
      QVERIFY((weights - aligned.col(static_cast<Index>(t))).cwiseAbs().maxCoeff() < 1e-10);
      QVERIFY(std::abs(weights.sum() - 1) < 1e-10);
    }
  }

  void sentencesSideBySideAreTheSame_data() { shapes(); }
  void sentencesSideBySideAreTheSame() {
    Parameters parameters;
    const auto net = makePairNet(shape(), parameters);
    Rng rng(6);
    PairNet::initialise(net->shape(), parameters, rng);
    const auto source = drawn(rng, 3, 5);
    Tape tape(parameters);
    DecoderState state;
    const Memory memory = net->encode(tape, source, state);
    // Three beams: 0 and 1 from one beginning, then the second and the first of them go on, and the second
    // again.
    std::vector<std::vector<TokenId>> beams{{4, 0, 2}, {4, 1, 3}, {4, 1, 5}};
    net->step(tape, memory, std::vector<TokenId>{4}, state);
    state = state.of(std::vector<std::size_t>{0, 0});
    net->step(tape, memory, std::vector<TokenId>{1, 0}, state);
    state = state.of(std::vector<std::size_t>{1, 0, 0});
    Matrix weights;
    const Matrix logits = net->step(tape, memory, std::vector<TokenId>{2, 3, 5}, state, &weights);
    for (std::size_t b = 0; b < beams.size(); ++b) {
      const Matrix alone = net->forward(tape, source, beams[b], 1).value();
      QVERIFY((alone.col(2) - logits.col(static_cast<Index>(b))).cwiseAbs().maxCoeff() < 1e-10);
      const Matrix looked = net->alignment(tape, 0);
      QCOMPARE(looked.size() == 0, weights.size() == 0);
      if (looked.size() > 0)
        QVERIFY((looked.col(2) - weights.col(static_cast<Index>(b))).cwiseAbs().maxCoeff() < 1e-10);
      tape.clear();
    }
  }

  void longTextsHaveAPlaceForEachStep() {
    // Beyond the positions that are kept.
    Parameters parameters;
    PairShape shape;
    shape.kind = PairShape::Kind::Transformer;
    shape.heads = 2;
    shape.sourceVocabulary = shape.targetVocabulary = 5;
    shape.dimensions = shape.units = shape.feedForward = 4;
    const auto net = makePairNet(shape, parameters);
    Rng rng(7);
    PairNet::initialise(shape, parameters, rng);
    const auto source = drawn(rng, 300, 5), target = drawn(rng, 260, 5);
    Tape all(parameters), one(parameters);
    const Matrix logits = net->forward(all, source, target, 1).value();
    DecoderState state;
    const Memory memory = net->encode(one, source, state);
    Matrix step;
    for (const TokenId token : target) step = net->step(one, memory, {&token, 1}, state);
    QVERIFY((step - logits.rightCols(1)).cwiseAbs().maxCoeff() < 1e-9);
  }

  void silentHeadsAddNothing() {
    Parameters parameters;
    PairShape shape;
    shape.kind = PairShape::Kind::Transformer;
    shape.heads = 2;
    shape.layers = 2;
    shape.sourceVocabulary = shape.targetVocabulary = 6;
    shape.dimensions = shape.units = shape.feedForward = 4;
    const auto net = makePairNet(shape, parameters);
    QCOMPARE(net->heads().size(), std::size_t{3 * 2 * 2});
    Rng rng(8);
    const auto source = drawn(rng, 3, 6), target = drawn(rng, 4, 6);
    for (const HeadPlace& head : net->heads()) {
      PairNet::initialise(shape, parameters, rng);
      Tape tape(parameters);
      const Matrix before = net->forward(tape, source, target, 1).value();
      const Index node = static_cast<Index>(head.layer), rows = static_cast<Index>(head.head) * 2;
      Matrix seen = tape.watched(head.part, node).value();
      QVERIFY(net->silence(parameters, head));
      tape.clear();
      const Matrix after = net->forward(tape, source, target, 1).value();
      QVERIFY((before - after).cwiseAbs().maxCoeff() > 1e-6);
      // The other head of the layer is heard as before, and sees the same.
      QVERIFY(tape.watched(head.part, node).value() == seen);
      const std::string name = (head.part == "encoder" ? "encoder.layer" : "decoder.layer") +
                               std::to_string(head.layer) + (head.part == "cross" ? ".cross" : ".self") +
                               ".out.weight";
      const Matrix out = parameters.value(*parameters.find(name));
      QVERIFY(out.middleCols(rows, 2).isZero() && !out.middleCols(2 - rows, 2).isZero(1e-6));
    }
    QVERIFY(!net->silence(parameters, {"self", 0, 0}));
    QVERIFY(!net->silence(parameters, {"cross", 2, 0}));
    QVERIFY(!net->silence(parameters, {"encoder", 0, 2}));
  }

  void numbersAreCounted_data() { shapes(); }
  void numbersAreCounted() {
    Parameters parameters;
    makePairNet(shape(), parameters);
    const auto there = static_cast<double>(parameters.count());
    QVERIFY(countNumbers(shape()) <= there && countNumbers(shape()) > 0.9 * there);
    if (shape().kind == PairShape::Kind::Transformer) QCOMPARE(countNumbers(shape()), there);
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
    shape.kind = PairShape::Kind::Transformer;
    shape.heads = 7;
    QCOMPARE(*pairShapeFrom(toJson(shape)), shape);
    shape.heads = 3;
    QVERIFY(!pairShapeFrom(toJson(shape)));
    shape.heads = 0;
    QVERIFY(!pairShapeFrom(toJson(shape)));
    shape.heads = 1;
    shape.feedForward = 0;
    QVERIFY(!pairShapeFrom(toJson(shape)));
    // As it was written before there were Transformers.
    const auto old = pairShapeFrom(
        R"({"cell":"gru","attention":"dot","source_vocabulary":9,"target_vocabulary":7,"dimensions":3,)"
        R"("units":8,"layers":2,"bidirectional":true,"dropout":0.25})");
    QVERIFY(old && old->kind == PairShape::Kind::Recurrent && old->cell == CellKind::Gru && old->units == 8);
    QVERIFY(!pairShapeFrom("{}"));
    QVERIFY(!pairShapeFrom("["));
  }
};

QTEST_GUILESS_MAIN(PairNetTest)
#include "pair_net_test.moc"
