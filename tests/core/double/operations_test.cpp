// SPDX-License-Identifier: GPL-3.0-or-later
// Every operation of the tape in double against central differences: over shapes of 1, primes and odd
// numbers, and over the ways in which an adjoint reaches an input.
#include <QTest>
#include <functional>

#include "core/autodiff/gradient_check.h"
#include "core/autodiff/ops.h"
#include "core/nn/initialise.h"

using namespace lexarium;

static_assert(std::is_same_v<Real, double>);

namespace {

/// How an operation's inputs stand on the tape.
enum class Way {
  Parameter,  ///< the parameter itself: adjoints are added to the gradients
  Value,      ///< a value that nobody else uses: its adjoint is written, its memory may be taken
  Shared      ///< a value that two operations use: its adjoint is added to
};

/// Inputs of given shapes, and an operation on them whose result may have any shape.
struct Case {
  QString name;
  std::vector<std::pair<Index, Index>> shapes;
  std::function<Var(Tape&, const std::vector<Var>&)> operation;
  bool positive = false;
};

/// A weighted sum, so that all numbers of the result matter, each differently.
Var weighted(Var result) {
  Matrix weights(result.rows(), result.cols());
  for (Index i = 0; i < weights.size(); ++i) weights.data()[i] = std::sin(1.0 + 1.7 * static_cast<double>(i));
  return sum(hadamard(result, result.tape->input(weights)));
}

std::vector<std::uint32_t> idsBelow(Index bound, Index count) {
  std::vector<std::uint32_t> ids;
  for (Index i = 0; i < count; ++i) ids.push_back(static_cast<std::uint32_t>((i * i + 2 * i) % bound));
  return ids;
}

std::vector<Case> simpleCases(Index r, Index c) {
  std::vector<Case> cases;
  const auto one = [&](const char* name, Var (*operation)(Var), bool positive = false) {
    cases.push_back({name, {{r, c}}, [=](Tape&, const auto& in) { return operation(in[0]); }, positive});
  };
  const auto two = [&](const char* name, Var (*operation)(Var, Var)) {
    cases.push_back({name, {{r, c}, {r, c}}, [=](Tape&, const auto& in) { return operation(in[0], in[1]); }});
  };
  one("tanh", tanh);
  one("logistic", logistic);
  one("relu", relu);
  one("gelu", gelu);
  one("silu", silu);
  one("exp", exp);
  one("log", log, true);
  one("softmax", softmax);
  one("transposed", transposed);
  one("sum", sum);
  one("mean", mean);
  two("add", add);
  two("subtract", subtract);
  two("hadamard", hadamard);
  two("concatRows", concatRows);
  two("concatColumns", concatColumns);
  two("matmulTransposed", matmulTransposed);
  return cases;
}

std::vector<Case> shapedCases(Index r, Index c) {
  return {
      {"scale", {{r, c}}, [](Tape&, const auto& in) { return scale(in[0], -1.3); }},
      {"addColumn", {{r, c}, {r, 1}}, [](Tape&, const auto& in) { return addColumn(in[0], in[1]); }},
      {"matmul", {{r, c}, {c, 5}}, [](Tape&, const auto& in) { return matmul(in[0], in[1]); }},
      {"affine", {{r, c}, {c, 3}, {r, 1}}, [](Tape&, const auto& in) { return affine(in[0], in[1], in[2]); }},
      {"sliceRows", {{r + 3, c}}, [=](Tape&, const auto& in) { return sliceRows(in[0], 2, r); }},
      {"sliceColumns", {{r, c + 3}}, [=](Tape&, const auto& in) { return sliceColumns(in[0], 1, c); }},
      {"reshape", {{r, c}}, [=](Tape&, const auto& in) { return reshape(in[0], c, r); }},
      {"gather", {{r, c}}, [=](Tape&, const auto& in) { return gather(in[0], idsBelow(c, 7)); }},
      {"gatherMean",
       {{r, c}},
       [=](Tape&, const auto& in) {
         return gatherMean(in[0], idsBelow(c, 7), std::vector<std::uint32_t>{1, 4, 2});
       }},
      {"meanOfSteps, one step", {{r, c}}, [=](Tape&, const auto& in) { return meanOfSteps(in[0], c); }},
      {"meanOfSteps", {{r, 3 * c}}, [=](Tape&, const auto& in) { return meanOfSteps(in[0], c); }},
      {"embeddedAffine, small table",
       {{3, r}, {r, c}, {3, 1}},
       [=](Tape&, const auto& in) { return embeddedAffine(in[0], in[1], idsBelow(c, c + 4), in[2]); }},
      {"embeddedAffine, large table",
       {{3, r}, {r, c + 9}, {3, 1}},
       [=](Tape&, const auto& in) { return embeddedAffine(in[0], in[1], idsBelow(c + 9, c), in[2]); }},
      {"softmaxCrossEntropy",
       {{r, c}},
       [=](Tape&, const auto& in) { return softmaxCrossEntropy(in[0], idsBelow(r, c)); }},
      {"softmaxCrossEntropy, some targets",
       {{r, c + 2}},
       [=](Tape&, const auto& in) {
         auto targets = idsBelow(r, c + 2);
         targets[1] = kIgnore;
         return softmaxCrossEntropy(in[0], targets, 3.5);
       }},
      {"layerNorm",
       {{r, c}, {r, 1}, {r, 1}},
       [](Tape&, const auto& in) { return layerNorm(in[0], in[1], in[2]); }},
      {"rmsNorm", {{r, c}, {r, 1}}, [](Tape&, const auto& in) { return rmsNorm(in[0], in[1]); }},
      {"dropout",
       {{r, c}},
       [](Tape& tape, const auto& in) {
         tape.isTraining = true;
         tape.rng = Rng(3);
         return dropout(in[0], 0.4);
       }},
  };
}

/// units, steps, batch
std::vector<Case> recurrentCases(Index h, Index t, Index b) {
  return {
      {"rnn",
       {{h, t * b}, {h, h}, {h, b}},
       [](Tape&, const auto& in) { return rnnLayer(in[0], in[1], in[2]); }},
      {"lstm, hidden",
       {{4 * h, t * b}, {4 * h, h}, {h, b}, {h, b}},
       [](Tape&, const auto& in) { return lstmLayer(in[0], in[1], in[2], in[3]).hidden; }},
      {"lstm, cell",
       {{4 * h, t * b}, {4 * h, h}, {h, b}, {h, b}},
       [](Tape&, const auto& in) { return lstmLayer(in[0], in[1], in[2], in[3]).cell; }},
      {"lstm, both",
       {{4 * h, t * b}, {4 * h, h}, {h, b}, {h, b}},
       [](Tape&, const auto& in) {
         const auto result = lstmLayer(in[0], in[1], in[2], in[3]);
         return concatRows(result.hidden, result.cell);
       }},
      {"gru",
       {{3 * h, t * b}, {3 * h, h}, {h, 1}, {h, b}},
       [](Tape&, const auto& in) { return gruLayer(in[0], in[1], in[2], in[3]); }},
      {"two layers",
       {{h, t * b}, {h, h}, {h, b}},
       [](Tape&, const auto& in) {
         return rnnLayer(scale(rnnLayer(in[0], in[1], in[2]), 1.1), in[1], in[2]);
       }},
  };
}

struct AttentionSizes {
  Index heads, shared, headSize, batch, queries, keys;
  bool causal;
};

Case attentionCase(const AttentionSizes& s) {
  const auto name = QString("attention %1 %2 %3 %4 %5 %6 %7");
  return {
      name.arg(s.heads).arg(s.shared).arg(s.headSize).arg(s.batch).arg(s.queries).arg(s.keys).arg(s.causal),
      {{s.heads * s.headSize, s.queries * s.batch},
       {s.heads / s.shared * s.headSize, s.keys * s.batch},
       {s.heads / s.shared * s.headSize, s.keys * s.batch}},
      [=](Tape&, const auto& in) {
        return attention(in[0], in[1], in[2], {s.heads, s.batch, s.causal});
      }};
}

std::vector<Case> attentionCases() {
  std::vector<Case> cases;
  for (const bool causal : {false, true}) {
    cases.push_back(attentionCase({1, 1, 1, 1, 1, 1, causal}));
    cases.push_back(attentionCase({2, 1, 3, 2, 5, 5, causal}));
    cases.push_back(attentionCase({4, 2, 2, 3, 3, 3, causal}));
    cases.push_back(attentionCase({3, 3, 5, 1, 2, 7, causal}));
    cases.push_back(attentionCase({1, 1, 2, 1, 67, 67, causal}));  // more than a block of queries
  }
  cases.push_back(attentionCase({1, 1, 3, 2, 7, 3, false}));  // more queries than keys
  for (const auto& [a, r, b, t, s] :
       {std::tuple<Index, Index, Index, Index, Index>{1, 1, 1, 1, 1}, {3, 2, 2, 4, 3}, {5, 7, 1, 2, 5}}) {
    cases.push_back(
        {QString("additiveAttention %1 %2 %3 %4 %5").arg(a).arg(r).arg(b).arg(t).arg(s),
         {{a, t * b}, {a, s * b}, {a, 1}, {r, s * b}},
         [=](Tape&, const auto& in) { return additiveAttention(in[0], in[1], in[2], in[3], b); }});
  }
  cases.push_back({"sumSegments", {{3, 5}}, [](Tape&, const auto& in) {
                     const std::uint32_t segments[] = {1, 0, 1, 3, 1};
                     return sumSegments(in[0], segments, 4);
                   }});
  cases.push_back({"reverseSteps", {{3, 8}}, [](Tape&, const auto& in) { return reverseSteps(in[0], 2); }});
  cases.push_back({"selfAttention", {{18, 10}}, [](Tape&, const auto& in) {
                     return selfAttention(in[0], {2, 2, true});
                   }});
  cases.push_back({"selfAttention, shared heads", {{24, 6}}, [](Tape&, const auto& in) {
                     return selfAttention(in[0], {4, 3, false}, 2);
                   }});
  for (const bool halves : {false, true}) {
    cases.push_back({QString("rotary %1").arg(halves), {{12, 6}}, [=](Tape&, const auto& in) {
                       return rotary(in[0], 3, 2, 5, halves);
                     }});
  }
  return cases;
}

std::vector<Case> allCases() {
  std::vector<Case> cases = attentionCases();
  const auto append = [&](std::vector<Case> more, const QString& sizes) {
    for (Case& each : more) {
      each.name += ' ' + sizes;
      cases.push_back(std::move(each));
    }
  };
  for (const auto& [r, c] : {std::pair<Index, Index>{1, 1}, {1, 5}, {7, 1}, {13, 5}, {17, 3}}) {
    append(simpleCases(r, c), QString("%1 x %2").arg(r).arg(c));
    append(shapedCases(r, c), QString("%1 x %2").arg(r).arg(c));
  }
  for (const auto& [h, t, b] :
       {std::tuple<Index, Index, Index>{1, 1, 1}, {3, 1, 2}, {5, 4, 3}, {2, 7, 1}, {17, 2, 3}}) {
    append(recurrentCases(h, t, b), QString("%1 units, %2 steps, batch %3").arg(h).arg(t).arg(b));
  }
  return cases;
}

void check(const Case& each, Way way) {
  Parameters parameters;
  Rng rng(11);
  std::vector<ParameterId> ids;
  for (const auto& [rows, cols] : each.shapes) {
    ids.push_back(parameters.add("input " + std::to_string(ids.size()), rows, cols));
    initialiseNormal(parameters.value(ids.back()), 0.8, rng);
    if (each.positive) parameters.value(ids.back()) = parameters.value(ids.back()).array().abs() + 0.3;
  }
  const auto result = checkGradients(parameters, [&](Tape& tape) {
    std::vector<Var> inputs;
    for (const ParameterId id : ids) {
      inputs.push_back(tape.parameter(id));
      if (way != Way::Parameter) inputs.back() = scale(inputs.back(), 1);
    }
    if (way != Way::Shared) return weighted(each.operation(tape, inputs));
    // Used before, so that nobody takes its memory, and after, so that the operation adds to an adjoint that
    // is there.
    Var total = tape.zeros(1, 1);
    for (const Var input : inputs) total = add(total, sum(hadamard(input, input)));
    total = add(total, weighted(each.operation(tape, inputs)));
    for (const Var input : inputs) total = add(total, sum(hadamard(input, input)));
    return total;
  });
  QVERIFY2(result.worst < 1e-6, qPrintable(each.name + ": " + QString::fromStdString(result.place)));
  QVERIFY(result.checked == parameters.count());
}

}  // namespace

class OperationsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void gradients_data();
  void gradients();
  void aCheckCanFail();
  void frozenParametersGetNoGradient();
};

void OperationsTest::gradients_data() {
  QTest::addColumn<int>("number");
  const auto cases = allCases();
  for (int i = 0; i < static_cast<int>(cases.size()); ++i) {
    QTest::newRow(qPrintable(cases[static_cast<std::size_t>(i)].name)) << i;
  }
}

void OperationsTest::gradients() {
  QFETCH(int, number);
  static const auto cases = allCases();
  for (const Way way : {Way::Parameter, Way::Value, Way::Shared})
    check(cases[static_cast<std::size_t>(number)], way);
}

void OperationsTest::aCheckCanFail() {
  Parameters parameters;
  const ParameterId id = parameters.add("w", 3, 3);
  Rng rng(2);
  initialiseNormal(parameters.value(id), 1, rng);
  // A copy of the value is a constant: backward sees half of what the loss depends on.
  const auto result = checkGradients(parameters, [&](Tape& tape) {
    const Var w = tape.parameter(id);
    return sum(hadamard(w, tape.input(w.value())));
  });
  QVERIFY(result.worst > 0.1);
  QVERIFY(result.nonZero == 9);
}

void OperationsTest::frozenParametersGetNoGradient() {
  Parameters parameters;
  const ParameterId a = parameters.add("a", 2, 2), b = parameters.add("b", 2, 2);
  parameters.value(a).setConstant(2);
  parameters.value(b).setConstant(3);
  parameters.setFrozen(b, true);
  Gradients gradients(parameters);
  Tape tape(parameters, &gradients);
  tape.backward(sum(hadamard(tape.parameter(a), tape.parameter(b))));
  QVERIFY(gradients.of(parameters.info(a)).isConstant(3));
  QVERIFY(gradients.of(parameters.info(b)).isZero(0));
}

QTEST_GUILESS_MAIN(OperationsTest)
#include "operations_test.moc"
