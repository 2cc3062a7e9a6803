// SPDX-License-Identifier: GPL-3.0-or-later
// What is left of a gradient at each earlier step, against central differences of the loss when just that
// state is moved, in forward passes written down once more; and against closed forms.
#include "core/analysis/gradient_flow.h"

#include <QTest>
#include <cmath>

#include "core/models/neural_model.h"
#include "core/models/transformer_session.h"
#include "core/text/tokenizers.h"

using namespace lexarium;

static_assert(std::is_same_v<Real, double>);

namespace {

constexpr Index kUnits = 6;
const char* const kText = "badcabedabce";

/// Which number is moved, and by how much.
struct Moved {
  Index layer = -1, step = 0, unit = 0;
  bool cell = false;
  double by = 0;

  void apply(Vector& state, Index atLayer, Index atStep, bool isCell) const {
    if (layer == atLayer && step == atStep && cell == isCell) state(unit) += by;
  }
};

std::shared_ptr<const NeuralModel> makeModel(const char* kind, Index layers, double scale = 2,
                                             bool rotary = false) {
  const std::string_view text = kText;
  const auto tokenizer = *makeCharacterTokenizer(std::span(&text, 1), 100);
  NetShape shape;
  shape.kind = kind;
  shape.vocabulary = static_cast<Index>(tokenizer->size());
  shape.dimensions = shape.units = kUnits;
  shape.layers = layers;
  shape.context = 12;
  shape.heads = shape.keyHeads = 3;
  shape.feedForward = 10;
  if (rotary) shape.positions = NetShape::Positions::Rotary;
  const auto net = makeSequenceNet(shape);
  Parameters parameters;
  net->declare(parameters);
  Rng rng(11);
  net->initialise(parameters, rng);
  for (double& value : parameters.values()) value *= scale;
  return std::make_shared<const NeuralModel>(net, tokenizer, 1.0, parameters);
}

/// Numbers of a model by the names that they are saved under.
class Named {
 public:
  explicit Named(const Parameters& parameters) : parameters_(parameters) {}
  Matrix operator()(const std::string& name) const { return parameters_.value(*parameters_.find(name)); }

 private:
  const Parameters& parameters_;
};

Vector logistic(const Vector& x) { return 1 / (1 + (-x.array()).exp()); }
Vector tanhOf(const Vector& x) { return x.array().tanh(); }

Vector cellOf(const std::string& kind, const Named& w, const std::string& name, const Vector& x,
              const Vector& h, Vector& c) {
  const Vector in = w(name + "input.weight") * x + w(name + "input.bias");
  const Vector past = w(name + "recurrent.weight") * h;
  const auto block = [](const Vector& all, Index i) { return Vector(all.segment(i * kUnits, kUnits)); };
  if (kind == "rnn") return tanhOf(in + past);
  if (kind == "lstm") {
    const Vector sum = in + past;
    c = logistic(block(sum, 1)).cwiseProduct(c) + logistic(block(sum, 0)).cwiseProduct(tanhOf(block(sum, 2)));
    return logistic(block(sum, 3));  // times tanh(c), once c has been moved
  }
  const Vector r = logistic(block(in, 0) + block(past, 0)), z = logistic(block(in, 1) + block(past, 1));
  const Vector inner = block(past, 2) + Vector(w(name + "recurrent.bias"));
  const Vector n = tanhOf(block(in, 2) + r.cwiseProduct(inner));
  return n + z.cwiseProduct(h - n);
}

double lossOf(const Vector& logits, TokenId target) {
  return std::log((logits.array() - logits.maxCoeff()).exp().sum()) + logits.maxCoeff() -
         logits(static_cast<Index>(target));
}

double recurrentLoss(const NeuralModel& model, const SequenceTrace& trace, Index last, TokenId target,
                     const Moved& moved) {
  const Named w(model.parameters());
  const std::string& kind = model.facts().modelId;
  const auto layers = static_cast<Index>(model.facts().layers);
  std::vector<Vector> h(static_cast<std::size_t>(layers), Vector::Zero(kUnits)), c = h;
  for (Index t = 0; t <= last; ++t) {
    Vector x = w("embedding").col(static_cast<Index>(trace.ids[static_cast<std::size_t>(t)]));
    for (Index l = 0; l < layers; ++l) {
      const auto i = static_cast<std::size_t>(l);
      h[i] = cellOf(kind, w, "layer" + std::to_string(l) + '.', x, h[i], c[i]);
      moved.apply(c[i], l, t, true);
      if (kind == "lstm") h[i] = h[i].cwiseProduct(tanhOf(c[i]));
      moved.apply(h[i], l, t, false);
      x = h[i];
    }
  }
  return lossOf(w("output.weight") * h.back() + w("output.bias"), target);
}

double transformerLoss(const NeuralModel& model, const SequenceTrace& trace, Index last, TokenId target,
                       const Moved& moved) {
  const auto& net = static_cast<const TransformerNet&>(model.net());
  Tape tape(model.parameters());
  const NetShape& shape = net.shape();
  Var x = net.embed(tape, std::span(trace.ids).first(static_cast<std::size_t>(last) + 1), 1, 0);
  for (Index l = 0; l < shape.layers; ++l) {
    if (moved.layer == l) x.value()(moved.unit, moved.step) += moved.by;
    const TransformerBlock& block = net.names().blocks[static_cast<std::size_t>(l)];
    const Var qkv = net.linear(tape, block.in, net.norm(tape, block.attentionNorm, x));
    Var q = sliceRows(qkv, 0, kUnits), k = sliceRows(qkv, kUnits, kUnits);
    if (shape.positions == NetShape::Positions::Rotary) {
      q = rotary(q, shape.heads, 1);
      k = rotary(k, shape.heads, 1);
    }
    const Var seen = attention(q, k, sliceRows(qkv, 2 * kUnits, kUnits), {shape.heads, 1, true});
    x = add(x, net.linear(tape, block.out, seen));
    x = add(x, net.feedForward(tape, block, x));
  }
  return lossOf(net.output(tape, net.norm(tape, net.names().norm, x)).value().col(last), target);
}

double byDifferences(const NeuralModel& model, const SequenceTrace& trace, const GradientFlow& flow,
                     Moved moved) {
  constexpr double kStep = 1e-5;
  const auto last = static_cast<Index>(flow.step);
  const auto loss = [&](double by) {
    moved.by = by;
    return model.facts().heads > 0 ? transformerLoss(model, trace, last, flow.target, moved)
                                   : recurrentLoss(model, trace, last, flow.target, moved);
  };
  double square = 0;
  for (moved.unit = 0; moved.unit < kUnits; ++moved.unit) {
    const double slope = (loss(kStep) - loss(-kStep)) / (2 * kStep);
    square += slope * slope;
  }
  return std::sqrt(square);
}

/// Of the named parameter, which is changed in a copy of the model.
void fill(Parameters& parameters, const std::string& name, const std::function<double(Index, Index)>& value) {
  MatrixMap matrix = parameters.value(*parameters.find(name));
  for (Index j = 0; j < matrix.cols(); ++j)
    for (Index i = 0; i < matrix.rows(); ++i) matrix(i, j) = value(i, j);
}

std::shared_ptr<const NeuralModel> changed(const NeuralModel& model,
                                           const std::function<void(Parameters&)>& change) {
  Parameters copy;
  model.net().declare(copy);
  std::copy(model.parameters().values().begin(), model.parameters().values().end(), copy.values().begin());
  change(copy);
  return std::make_shared<const NeuralModel>(
      std::static_pointer_cast<const SequenceNet>(model.net().shared_from_this()), model.tokenizer(), 1.0,
      copy);
}

}  // namespace

class GradientFlowTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithDifferences_data();
  void agreesWithDifferences();
  void atTheEndTheLikeliestTokenStandsIn();
  void aLinearRnnForgetsByItsFactor();
  void anLstmForgetsByItsForgetGate();
};

void GradientFlowTest::agreesWithDifferences_data() {
  QTest::addColumn<QString>("kind");
  QTest::addColumn<int>("layers");
  QTest::addColumn<bool>("rotary");
  for (const char* kind : {"rnn", "lstm", "gru", "transformer"}) {
    for (const int layers : {1, 3})
      QTest::newRow(qPrintable(QString("%1 %2").arg(kind).arg(layers))) << kind << layers << false;
  }
  QTest::newRow("transformer rotary") << "transformer" << 2 << true;
}

void GradientFlowTest::agreesWithDifferences() {
  QFETCH(QString, kind);
  QFETCH(int, layers);
  QFETCH(bool, rotary);
  const auto model = makeModel(qPrintable(kind), layers, 2, rotary);
  const SequenceTrace trace = model->trace(kText, false, 2000);
  const auto flow = gradientFlow(*model, trace, 7);
  QVERIFY(flow.has_value() && !flow->isGuess);
  QCOMPARE(flow->target, trace.ids[8]);
  const Moved still;
  const double loss = kind == "transformer" ? transformerLoss(*model, trace, 7, flow->target, still)
                                            : recurrentLoss(*model, trace, 7, flow->target, still);
  QVERIFY(std::abs(flow->loss - loss) < 1e-9);
  QCOMPARE(flow->layers.size(), static_cast<std::size_t>(layers));
  const auto check = [&](double norm, const Moved& moved) {
    const double expected = byDifferences(*model, trace, *flow, moved);
    const QString place = QString("layer %1, step %2: %3, by differences %4")
                              .arg(moved.layer)
                              .arg(moved.step)
                              .arg(norm)
                              .arg(expected);
    QVERIFY2(std::abs(norm - expected) < 1e-7 * std::max(1.0, expected), qPrintable(place));
    QVERIFY2(expected > 1e-8 || moved.step < 7, qPrintable(place));
  };
  for (Index layer = 0; layer < layers; ++layer) {
    const auto& found = flow->layers[static_cast<std::size_t>(layer)];
    QCOMPARE(found.hidden.size(), 8U);
    QCOMPARE(found.cell.size(), kind == "lstm" ? 8U : 0U);
    for (Index step = 0; step <= 7; ++step) {
      check(found.hidden[static_cast<std::size_t>(step)], {layer, step});
      if (kind == "lstm") check(found.cell[static_cast<std::size_t>(step)], {layer, step, 0, true});
    }
  }
}

void GradientFlowTest::atTheEndTheLikeliestTokenStandsIn() {
  const auto model = makeModel("gru", 1);
  const SequenceTrace trace = model->trace(kText, true, 2000);
  const std::size_t last = trace.ids.size() - 1;
  const auto flow = gradientFlow(*model, trace, last);
  QVERIFY(flow.has_value() && flow->isGuess);
  Index best = 0;
  trace.probabilities.col(static_cast<Index>(last)).maxCoeff(&best);
  QCOMPARE(static_cast<Index>(flow->target), best);
}

/// Where all states are 0, tanh is the identity, and with W_h = a times a turn each step back leaves a.
void GradientFlowTest::aLinearRnnForgetsByItsFactor() {
  for (const double factor : {0.7, 1.0, 1.3}) {
    const auto model = changed(*makeModel("rnn", 1), [&](Parameters& p) {
      fill(p, "embedding", [](Index, Index) { return 0.0; });
      fill(p, "layer0.input.bias", [](Index, Index) { return 0.0; });
      fill(p, "layer0.recurrent.weight",
           [&](Index i, Index j) { return i == (j + 1) % kUnits ? (j % 2 ? -factor : factor) : 0.0; });
    });
    const auto flow = gradientFlow(*model, model->trace(kText, false, 2000), 10);
    const auto shares = sharesLeft(flow->layers[0].hidden);
    QCOMPARE(shares.size(), 11U);
    for (std::size_t back = 0; back < shares.size(); ++back) {
      const double expected = std::pow(factor, static_cast<double>(back));
      QVERIFY2(std::abs(shares[back] / expected - 1) < 1e-12, qPrintable(QString::number(shares[back])));
    }
  }
}

/// Without W_h the only way back is c, from step to step times f = logistic(b_f).
void GradientFlowTest::anLstmForgetsByItsForgetGate() {
  const auto model = changed(*makeModel("lstm", 1), [](Parameters& p) {
    fill(p, "layer0.recurrent.weight", [](Index, Index) { return 0.0; });
    fill(p, "layer0.input.weight", [](Index i, Index) { return i / kUnits == 1 ? 0.0 : 0.3; });
    fill(p, "layer0.input.bias", [](Index i, Index) { return i / kUnits == 1 ? 2.0 : 0.1; });
  });
  const auto flow = gradientFlow(*model, model->trace(kText, false, 2000), 10);
  const auto shares = sharesLeft(flow->layers[0].cell);
  const double forget = 1 / (1 + std::exp(-2.0));
  for (std::size_t back = 0; back < shares.size(); ++back)
    QVERIFY(std::abs(shares[back] / std::pow(forget, static_cast<double>(back)) - 1) < 1e-12);
}

QTEST_GUILESS_MAIN(GradientFlowTest)
#include "gradient_flow_test.moc"
