// SPDX-License-Identifier: GPL-3.0-or-later
// One step taken apart, of every language model of the registry: its numbers are those that the model itself
// came to, and its products sum to them.
#include <QTest>
#include <cmath>

#include "core/analysis/cell_step.h"
#include "core/analysis/gradient_flow.h"
#include "core/analysis/head_step.h"
#include "core/models/learner.h"
#include "core/models/neural_model.h"
#include "tests/support/model_variants.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;

namespace {

constexpr double kTolerance = 1e-5;
const char* const kText = "w1 w2 w3 w4\nw5 w6";

std::shared_ptr<const SequenceModel> trained(const std::string& id, const std::string& positions = "learned",
                                             const std::string& tokens = "characters") {
  const ModelInfo& info = *findModel(id);
  const ParamSet params = with(ParamSet::defaultsOf(info.params), {{"tokens", tokens},
                                                                   {"dimensions", std::int64_t{12}},
                                                                   {"units", std::int64_t{12}},
                                                                   {"layers", std::int64_t{2}},
                                                                   {"heads", std::int64_t{3}},
                                                                   {"positions", positions},
                                                                   {"window", std::int64_t{3}},
                                                                   {"context", std::int64_t{20}},
                                                                   {"batch", std::int64_t{8}},
                                                                   {"learning_rate", 0.02}});
  const auto learner = info.create(circleCorpus(20, 600, 3), params, {.seed = 7});
  if (const auto done = learner->prepare({}); !done) qFatal("%s", done.error().message().c_str());
  for (int i = 0; i < 30; ++i) learner->step();
  return asLanguageModel(learner->copyModel());
}

double sumOf(const std::vector<Term>& terms) {
  double sum = 0;
  for (const Term& term : terms) sum += term.product();
  return sum;
}

template <class A, class B>
double apart(const A& a, const B& b) {
  return (a - b).cwiseAbs().maxCoeff();
}

Eigen::VectorXd column(const SequenceTrace& trace, const std::string& name, std::size_t layer,
                       std::size_t step) {
  return trace.find(name, layer)->values.col(static_cast<Eigen::Index>(step)).cast<double>();
}

/// The same with a head that shares its keys, turned positions and no biases, as LLaMA has it.
std::shared_ptr<const SequenceModel> likeLlama(const SequenceModel& other) {
  NetShape shape;
  shape.kind = "transformer";
  shape.vocabulary = static_cast<Index>(other.tokenizer()->size());
  shape.dimensions = shape.units = 24;
  shape.layers = 2;
  shape.context = 30;
  shape.heads = 4;
  shape.keyHeads = 2;
  shape.feedForward = 30;
  shape.positions = NetShape::Positions::Rotary;
  shape.gated = shape.rms = true;
  const auto net = makeSequenceNet(shape);
  Parameters parameters;
  net->declare(parameters);
  Rng rng(3);
  net->initialise(parameters, rng);
  for (Real& value : parameters.values()) value *= 4;
  return std::make_shared<const NeuralModel>(net, other.tokenizer(), 1.0, parameters);
}

}  // namespace

class StepTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyModelHasItsKind();
  void gatesAreThoseOfTheTrace_data();
  void gatesAreThoseOfTheTrace();
  void productsSumToTheGate_data() { gatesAreThoseOfTheTrace_data(); }
  void productsSumToTheGate();
  void termsComeLargestFirst();
  void headsAreThoseOfTheTrace_data();
  void headsAreThoseOfTheTrace();
  void productsSumToTheHead_data() { headsAreThoseOfTheTrace_data(); }
  void productsSumToTheHead();
  void gradientsStopWithTheWindow();
  void aStoppedOrCountingModelHasNoGradient();
  void sharesAreOfTheLastStep();
};

void StepTest::everyModelHasItsKind() {
  for (const ModelInfo& info : models()) {
    if (info.kind != ModelInfo::Kind::Sequence) continue;
    const StepKind kind = stepKindOf(*trained(info.id));
    QCOMPARE(kind == StepKind::None, info.id == "ngram");  // a new model needs a look inside, too
  }
}

void StepTest::gatesAreThoseOfTheTrace_data() {
  QTest::addColumn<QString>("id");
  for (const char* id : {"mlp", "rnn", "lstm", "gru"}) QTest::newRow(id) << id;
}

void StepTest::gatesAreThoseOfTheTrace() {
  QFETCH(QString, id);
  const auto model = trained(id.toStdString());
  const SequenceTrace trace = model->trace(kText);
  QVERIFY(trace.ids.size() > 10);
  for (std::size_t layer = 0; layer < model->facts().layers; ++layer) {
    for (std::size_t t = 0; t < trace.ids.size(); ++t) {
      const CellStep step = cellStep(*model, trace, layer, t);
      QVERIFY(apart(step.hidden, column(trace, "h", layer, t)) < kTolerance);
      if (trace.find("c", layer)) QVERIFY(apart(step.cell, column(trace, "c", layer, t)) < kTolerance);
      for (const GateStep& gate : step.gates) {
        if (step.gates.size() > 1)
          QVERIFY(apart(gate.value, column(trace, gate.name, layer, t)) < kTolerance);
        if (gate.name != "n") QVERIFY(apart(gate.input + gate.past + gate.bias, gate.sum) < 1e-12);
      }
      const std::size_t most = mostActiveUnit(step);
      QCOMPARE(std::abs(step.hidden(static_cast<Eigen::Index>(most))), step.hidden.cwiseAbs().maxCoeff());
    }
  }
}

void StepTest::productsSumToTheGate() {
  QFETCH(QString, id);
  const auto model = trained(id.toStdString());
  const SequenceTrace trace = model->trace(kText);
  for (const std::size_t t : {std::size_t{0}, std::size_t{1}, trace.ids.size() - 1}) {
    const CellStep step = cellStep(*model, trace, model->facts().layers - 1, t);
    for (std::size_t gate = 0; gate < step.gates.size(); ++gate) {
      for (Eigen::Index unit = 0; unit < step.hidden.size(); ++unit) {
        const auto terms = gateTerms(*model, step, gate, static_cast<std::size_t>(unit));
        const GateStep& whole = step.gates[gate];
        QVERIFY(std::abs(sumOf(terms) - whole.input(unit) - whole.past(unit)) < 1e-12);
        for (const Term& term : terms) {
          if (term.of == Term::Of::Past) {
            QCOMPARE(term.value, step.hiddenBefore(static_cast<Eigen::Index>(term.index)));
          } else if (term.of == Term::Of::Input) {
            QCOMPARE(term.value, step.input(static_cast<Eigen::Index>(term.index)));
          }
        }
      }
    }
  }
}

void StepTest::termsComeLargestFirst() {
  std::vector<Term> terms{{Term::Of::Input, 0, 0.5, 1},
                          {Term::Of::Past, 1, -3, 1},
                          {Term::Of::Past, 2, 0.25, 2},
                          {Term::Of::Input, 3, 2, -1}};
  sortBySize(terms);
  std::vector<std::size_t> order;
  for (const Term& term : terms) order.push_back(term.index);
  QCOMPARE(order, (std::vector<std::size_t>{1, 3, 0, 2}));
}

void StepTest::headsAreThoseOfTheTrace_data() {
  QTest::addColumn<QString>("positions");
  for (const char* positions : {"learned", "sinusoidal", "rotary", "llama"})
    QTest::newRow(positions) << positions;
}

namespace {
std::shared_ptr<const SequenceModel> attending(const QString& positions) {
  if (positions == "llama") return likeLlama(*trained("ngram"));
  return trained("transformer", positions.toStdString());
}
}  // namespace

void StepTest::headsAreThoseOfTheTrace() {
  QFETCH(QString, positions);
  const auto model = attending(positions);
  const SequenceTrace trace = model->trace(kText);
  QVERIFY(trace.ids.size() > 10);
  for (std::size_t layer = 0; layer < model->facts().layers; ++layer) {
    for (std::size_t head = 0; head < model->facts().heads; ++head) {
      for (const std::size_t t : {std::size_t{0}, std::size_t{5}, trace.ids.size() - 1}) {
        const HeadStep step = headStep(*model, trace, layer, head, t);
        const auto seen = static_cast<Eigen::Index>(t) + 1;
        const Eigen::VectorXd traced =
            trace.find("attention", layer, head)->values.col(seen - 1).cast<double>();
        QVERIFY(apart(step.weights, traced.head(seen)) < kTolerance);
        QVERIFY(traced.tail(traced.size() - seen).cwiseAbs().sum() == 0);  // masked
        QVERIFY(std::abs(step.weights.sum() - 1) < 1e-12);
      }
    }
  }
}

void StepTest::productsSumToTheHead() {
  QFETCH(QString, positions);
  const auto model = attending(positions);
  const SequenceTrace trace = model->trace(kText);
  const std::size_t heads = model->facts().heads;
  const HeadStep step = headStep(*model, trace, 1, heads - 1, 9);
  for (std::size_t j = 0; j <= 9; ++j)
    QVERIFY(std::abs(sumOf(scoreTerms(step, j)) - step.scores(static_cast<Eigen::Index>(j))) < 1e-12);
  for (Eigen::Index u = 0; u < step.output.size(); ++u) {
    const auto number = static_cast<std::size_t>(u);
    QVERIFY(std::abs(sumOf(outputTerms(step, number)) - step.output(u)) < 1e-12);
    const auto whole = [&](HeadPart part, std::size_t token) {
      const NumberTerms made = numberTerms(*model, step, part, token, number);
      return sumOf(made.terms) + made.bias;
    };
    QVERIFY(std::abs(whole(HeadPart::Query, 9) - step.query(u)) < 1e-12);
    QVERIFY(std::abs(whole(HeadPart::Key, 4) - step.keys(u, 4)) < 1e-12);
    QVERIFY(std::abs(whole(HeadPart::Value, 4) - step.values(u, 4)) < 1e-12);
  }
}

/// An MLP with a window of three looks back on two tokens more, and learns from no others.
void StepTest::gradientsStopWithTheWindow() {
  const auto model = trained("mlp");
  const auto flow = gradientFlow(*model, model->trace(kText), 8);
  QVERIFY(flow.has_value());
  const auto& norms = flow->layers[0].hidden;
  QCOMPARE(norms.size(), 9U);
  for (std::size_t s = 0; s < norms.size(); ++s) QCOMPARE(norms[s] > 0, s >= 6);
}

void StepTest::aStoppedOrCountingModelHasNoGradient() {
  const auto counting = trained("ngram");
  QVERIFY(!gradientFlow(*counting, counting->trace(kText), 3));
  const auto lstm = trained("lstm");
  std::stop_source source;
  QVERIFY(gradientFlow(*lstm, lstm->trace(kText), 3, source.get_token()).has_value());
  source.request_stop();
  QVERIFY(!gradientFlow(*lstm, lstm->trace(kText), 3, source.get_token()));
}

void StepTest::sharesAreOfTheLastStep() {
  QCOMPARE(sharesLeft({0.5, 1, 4}), (std::vector<double>{1, 0.25, 0.125}));
  QCOMPARE(sharesLeft({1, 0}), (std::vector<double>{0, 0}));
  QVERIFY(sharesLeft({}).empty());
}

QTEST_GUILESS_MAIN(StepTest)
#include "step_test.moc"
