// SPDX-License-Identifier: GPL-3.0-or-later
// Every classifier of texts against central differences, and against what its formula says.
#include "core/models/text_classifier_net.h"

#include <QTest>

#include "core/autodiff/gradient_check.h"

using namespace lexarium;
using Kind = ClassifierShape::Kind;
using Pooling = ClassifierShape::Pooling;

namespace {

constexpr Index kTokens = 5, kClasses = 3;

ClassifierShape shapeOf(Kind kind, Pooling pooling, bool bidirectional, Index layers) {
  ClassifierShape shape;
  shape.kind = kind;
  shape.pooling = pooling;
  shape.bidirectional = bidirectional;
  shape.layers = layers;
  shape.vocabulary = kTokens;
  shape.classes = kClasses;
  shape.longest = 4;
  shape.dimensions = 3;
  shape.units = 4;
  return shape;
}

using Texts = std::vector<std::vector<TokenId>>;

Texts textsFor(const ClassifierShape& shape) {
  if (shape.hasLayers()) return {{0, 3, 1}, {4, 4, 2}};
  return {{0, 3, 1, 3}, {4}, {2, 2}};
}

Var forward(const ClassifierNet& net, Tape& tape, const Texts& texts) {
  const std::vector<std::span<const TokenId>> spans(texts.begin(), texts.end());
  return net.forward(tape, spans);
}

}  // namespace

class TextClassifierNetTest : public QObject {
  Q_OBJECT

 private:
  void shapes() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("pooling");
    QTest::addColumn<bool>("bidirectional");
    QTest::addColumn<int>("layers");
    QTest::newRow("flatten") << 0 << 0 << false << 1;
    QTest::newRow("mean") << 1 << 0 << false << 1;
    for (int kind = 2; kind < 5; ++kind)
      for (int pooling = 0; pooling < 3; ++pooling)
        for (const bool both : {false, true})
          for (const int layers : {1, 2})
            QTest::addRow("%s %s %d %d", classifierKindName(Kind(kind)), poolingName(Pooling(pooling)), both,
                          layers)
                << kind << pooling << both << layers;
    // Both directions: two heads, and tokens' vectors as long as a layer is wide.
    for (int pooling = 0; pooling < 3; ++pooling)
      for (const bool both : {false, true})
        QTest::addRow("transformer %s %d", poolingName(Pooling(pooling)), both) << 5 << pooling << both << 2;
  }
  static ClassifierShape shape() {
    QFETCH(int, kind);
    QFETCH(int, pooling);
    QFETCH(bool, bidirectional);
    QFETCH(int, layers);
    ClassifierShape shape = shapeOf(Kind(kind), Pooling(pooling), bidirectional, layers);
    if (!shape.isTransformer()) return shape;
    shape.heads = bidirectional ? 2 : 1;
    shape.dimensions = bidirectional ? shape.units : shape.dimensions;
    shape.feedForward = 5;
    return shape;
  }

 private Q_SLOTS:
  void gradientsAreRight_data() { shapes(); }
  void gradientsAreRight() {
    Parameters parameters;
    const ClassifierNet net(shape(), parameters);
    Rng rng(3);
    ClassifierNet::initialise(net.shape(), parameters, rng);
    // As large as what cells say, so that no gradient is lost in the rounding.
    if (!net.shape().isTransformer()) parameters.value(net.table()) *= 10;
    const Texts texts = textsFor(net.shape());
    const std::vector<std::uint32_t> labels{2, 0, 1};
    const auto check = checkGradients(parameters, [&](Tape& tape) {
      return softmaxCrossEntropy(forward(net, tape, texts), std::span(labels).first(texts.size()));
    });
    QVERIFY2(check.worst < 1e-6, check.place.c_str());
    QCOMPARE(check.checked, parameters.count());
    QVERIFY(check.nonZero > parameters.count() / 2);
  }

  void aTextSaysTheSameAloneAndBesideOthers_data() { shapes(); }
  void aTextSaysTheSameAloneAndBesideOthers() {
    Parameters parameters;
    const ClassifierNet net(shape(), parameters);
    Rng rng(5);
    ClassifierNet::initialise(net.shape(), parameters, rng);
    const Texts texts = textsFor(net.shape());
    Tape all(parameters), one(parameters);
    const Matrix logits = forward(net, all, texts).value();
    for (std::size_t i = 0; i < texts.size(); ++i) {
      one.clear();
      const Matrix alone = forward(net, one, {texts[i]}).value();
      QVERIFY((alone - logits.col(static_cast<Index>(i))).cwiseAbs().maxCoeff() < 1e-12);
    }
    // Each token counts.
    Texts changed = texts;
    changed[0][0] = 2;
    one.clear();
    QVERIFY((forward(net, one, changed).value().col(0) - logits.col(0)).cwiseAbs().maxCoeff() > 1e-6);
  }

  void theMeanIsOne() {
    Parameters parameters;
    const ClassifierNet net(shapeOf(Kind::Mean, Pooling::Last, false, 1), parameters);
    Rng rng(7);
    ClassifierNet::initialise(net.shape(), parameters, rng);
    Tape tape(parameters);
    const Matrix logits = forward(net, tape, {{0, 3, 3}}).value();
    const auto table = parameters.value(net.table());
    const Matrix mean = (table.col(0) + 2 * table.col(3)) / 3;
    const Matrix expected = parameters.value(*parameters.find("output.weight")) * mean +
                            parameters.value(*parameters.find("output.bias"));
    QVERIFY((logits - expected).cwiseAbs().maxCoeff() < 1e-12);
  }

  void shortTextsAreFilledUp() {
    Parameters parameters;
    const ClassifierNet net(shapeOf(Kind::Flatten, Pooling::Last, false, 1), parameters);
    QCOMPARE(parameters.info(net.table()).cols, kTokens + 1);
    Rng rng(7);
    ClassifierNet::initialise(net.shape(), parameters, rng);
    Tape tape(parameters);
    const Matrix before = forward(net, tape, {{0}, {0, 1, 2, 3}}).value();
    parameters.value(net.table()).col(kTokens).array() += 1;
    Tape again(parameters);
    const Matrix after = forward(net, again, {{0}, {0, 1, 2, 3}}).value();
    QVERIFY((before.col(0) - after.col(0)).cwiseAbs().maxCoeff() > 1e-6);
    QVERIFY((before.col(1) - after.col(1)).cwiseAbs().maxCoeff() == 0);
  }

  void attentionPoolsWhatItSays() {
    Parameters parameters;
    const ClassifierNet net(shapeOf(Kind::Gru, Pooling::Attention, true, 1), parameters);
    Rng rng(9);
    ClassifierNet::initialise(net.shape(), parameters, rng);
    parameters.value(*parameters.find("attention.vector")) *= 20;
    Tape tape(parameters);
    forward(net, tape, {{0, 3, 1}, {4, 4, 2}});
    for (const Index text : {0, 1}) {
      const Matrix weights = additiveWeights(tape.watched("pooling"), text);
      QCOMPARE(weights.rows(), Index{3});
      QCOMPARE(weights.cols(), Index{1});
      QVERIFY(std::abs(weights.sum() - 1) < 1e-12 && weights.minCoeff() > 0);
      QVERIFY(weights.maxCoeff() > 0.34);
    }
  }

  void aTokenStandsForTheClass() {
    ClassifierShape shape = shapeOf(Kind::Transformer, Pooling::Last, false, 1);
    shape.heads = 2;
    Parameters parameters;
    const ClassifierNet net(shape, parameters);
    QCOMPARE(parameters.info(net.table()).cols, kTokens + 1);
    Rng rng(9);
    ClassifierNet::initialise(shape, parameters, rng);
    Tape tape(parameters);
    forward(net, tape, {{0, 3, 1}});
    const auto heads = net.headsOf(tape);
    QCOMPARE(heads.size(), std::size_t{2});
    QVERIFY(heads[1].place == (HeadPlace{"encoder", 0, 1}) && heads[1].queries == AttentionAxis::Input);
    for (const AttentionHead& head : heads) {
      QVERIFY(head.weights.rows() == 4 && head.weights.cols() == 4);
      QVERIFY(((head.weights.colwise().sum().array() - 1).abs() < 1e-6F).all());
    }
    // Without its only layer's heads it hears of no token at all.
    for (const HeadPlace& head : net.heads()) QVERIFY(net.silence(parameters, head));
    Tape deaf(parameters);
    const Matrix one = forward(net, deaf, {{0, 3, 1}}).value();
    deaf.clear();
    QVERIFY((forward(net, deaf, {{4, 2, 2}}).value() - one).isZero(1e-12));
  }

  void descriptionsComeBack() {
    const ClassifierShape shape = shapeOf(Kind::Gru, Pooling::Mean, true, 2);
    QCOMPARE(*classifierShapeFrom(toJson(shape)), shape);
    const auto refused = [&](auto change) {
      ClassifierShape other = shape;
      change(other);
      return !classifierShapeFrom(toJson(other));
    };
    QVERIFY(refused([](ClassifierShape& s) { s.units = 7; }));
    QVERIFY(refused([](ClassifierShape& s) { s.layers = 13; }));
    QVERIFY(refused([](ClassifierShape& s) { s.classes = 1; }));
    QVERIFY(refused([](ClassifierShape& s) { s.dropout = 1; }));
    QVERIFY(refused([](ClassifierShape& s) { s.vocabulary = -1; }));
    QVERIFY(refused([](ClassifierShape& s) { s.vocabulary = s.dimensions = 1 << 20; }));
    ClassifierShape transformer = shapeOf(Kind::Transformer, Pooling::Mean, false, 2);
    transformer.heads = 2;
    transformer.feedForward = 9;
    QCOMPARE(*classifierShapeFrom(toJson(transformer)), transformer);
    transformer.heads = 3;
    QVERIFY(!classifierShapeFrom(toJson(transformer)));
    // As it was written before there were Transformers.
    const auto old = classifierShapeFrom(
        R"({"kind":"gru","pooling":"mean","vocabulary":5,"classes":3,"longest":4,"dimensions":3,"units":4,)"
        R"("layers":2,"bidirectional":true,"dropout":0})");
    QVERIFY(old && old->kind == Kind::Gru);
    QVERIFY(!classifierShapeFrom("{}"));
    QVERIFY(!classifierShapeFrom("["));
    QVERIFY(!classifierShapeFrom(R"({"kind": "lstm", "pooling": "most"})"));
  }

  void sizesAreCounted_data() { shapes(); }
  void sizesAreCounted() {
    Parameters parameters;
    const ClassifierNet net(shape(), parameters);
    QVERIFY(parametersOf(net.shape()) <= static_cast<double>(parameters.count()));
    QVERIFY(parametersOf(net.shape()) > 0.6 * static_cast<double>(parameters.count()));
  }
};

QTEST_GUILESS_MAIN(TextClassifierNetTest)
#include "text_classifier_net_test.moc"
