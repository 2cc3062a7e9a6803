// SPDX-License-Identifier: GPL-3.0-or-later
// Update rules against their formulae in double, schedules and initialisations against known numbers.
#include <QTest>
#include <cmath>
#include <functional>
#include <numbers>

#include "core/nn/initialise.h"
#include "core/nn/optimizer.h"
#include "core/nn/schedule.h"

using namespace lexarium;
using Kind = OptimizerConfig::Kind;

namespace {

constexpr Index kRows = 19, kCols = 3;  // not a multiple of a vector

double gradientAt(std::size_t i, int step) {
  return std::sin(0.7 * static_cast<double>(i) + step) * (1 + 0.1 * step);
}

struct Two {
  Parameters parameters;
  ParameterId decaying, plain;
  Two() {
    decaying = parameters.add("decaying", kRows, kCols);
    plain = parameters.add("plain", kRows, kCols, false);
    for (std::size_t i = 0; i < static_cast<std::size_t>(kRows * kCols); ++i) {
      parameters.value(decaying).data()[i] = parameters.value(plain).data()[i] =
          static_cast<Real>(std::cos(static_cast<double>(i)));
    }
  }
  void setGradients(Gradients& gradients, int step) const {
    for (const ParameterInfo& info : parameters.infos()) {
      for (std::size_t i = 0; i < static_cast<std::size_t>(kRows * kCols); ++i) {
        gradients.at(info)[i] = static_cast<Real>(gradientAt(i, step));
      }
    }
  }
};

/// One number's way over the steps, written down as in the papers.
struct Rule {
  OptimizerConfig c;
  double rate, scale, decay, m = 0, s = 0;
  void step(double& w, double g, int t) {
    g *= scale;
    if (c.kind == Kind::AdamW) {
      w -= rate * decay * w;
    } else {
      g += decay * w;
    }
    switch (c.kind) {
      case Kind::Sgd:
        m = c.momentum * m + g;
        w -= rate * m;
        break;
      case Kind::AdaGrad:
        s += g * g;
        w -= rate * g / (std::sqrt(s) + c.epsilon);
        break;
      case Kind::RmsProp:
        s = c.smoothing * s + (1 - c.smoothing) * g * g;
        w -= rate * g / (std::sqrt(s) + c.epsilon);
        break;
      case Kind::Adam:
      case Kind::AdamW:
        m = c.beta1 * m + (1 - c.beta1) * g;
        s = c.beta2 * s + (1 - c.beta2) * g * g;
        w -=
            rate * (m / (1 - std::pow(c.beta1, t))) / (std::sqrt(s / (1 - std::pow(c.beta2, t))) + c.epsilon);
        break;
    }
  }
};

std::vector<OptimizerConfig> configs() {
  std::vector<OptimizerConfig> all;
  for (const double decay : {0.0, 0.1}) {
    all.push_back({.kind = Kind::Sgd, .decay = decay});
    all.push_back({.kind = Kind::Sgd, .momentum = 0.9, .decay = decay});
    all.push_back({.kind = Kind::AdaGrad, .decay = decay});
    all.push_back({.kind = Kind::RmsProp, .decay = decay});
    all.push_back({.kind = Kind::Adam, .decay = decay});
    all.push_back({.kind = Kind::AdamW, .decay = decay});
  }
  return all;
}

double meanOf(const Matrix& m) { return m.cast<double>().mean(); }
double deviationOf(const Matrix& m) {
  return std::sqrt((m.cast<double>().array() - meanOf(m)).square().mean());
}

}  // namespace

class OptimizerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rules();
  void frozenStays();
  void goesOnFromItsState();
  void refusesAStateThatDoesNotFit();
  void clips();
  void schedules();
  void warmUp();
  void stopsEarly();
  void uniformAndNormal();
  void orthogonal();
};

void OptimizerTest::rules() {
  for (const OptimizerConfig& config : configs()) {
    Two model;
    Gradients gradients(model.parameters);
    Optimizer optimizer(model.parameters, config);
    const std::size_t size = static_cast<std::size_t>(kRows * kCols);
    std::vector<Rule> rules(2 * size, Rule{config, 0.05, 0.5, config.decay});
    std::vector<double> expected(2 * size);
    for (std::size_t i = 0; i < 2 * size; ++i) {
      expected[i] = std::cos(static_cast<double>(i % size));
      if (i >= size) rules[i].decay = 0;
    }
    for (int t = 1; t <= 10; ++t) {
      model.setGradients(gradients, t);
      optimizer.step(model.parameters, gradients, 0.05, 0.5);
      for (std::size_t i = 0; i < 2 * size; ++i) rules[i].step(expected[i], gradientAt(i % size, t), t);
    }
    for (std::size_t i = 0; i < 2 * size; ++i) {
      const ParameterId id = i < size ? model.decaying : model.plain;
      const double value = static_cast<double>(model.parameters.value(id).data()[i % size]);
      QVERIFY2(std::abs(value - expected[i]) < 3e-5, qPrintable(QString("rule %1, number %2: %3, not %4")
                                                                    .arg(static_cast<int>(config.kind))
                                                                    .arg(i)
                                                                    .arg(value)
                                                                    .arg(expected[i])));
    }
    QVERIFY(std::ranges::all_of(gradients.values(), [](Real g) { return g == 0; }));
    QCOMPARE(optimizer.steps(), std::uint64_t{10});
  }
}

void OptimizerTest::frozenStays() {
  Two model;
  Gradients gradients(model.parameters);
  Optimizer optimizer(model.parameters, {.kind = Kind::AdamW, .decay = 0.1});
  const Matrix before = model.parameters.value(model.decaying);
  model.parameters.setFrozen(model.decaying, true);
  model.setGradients(gradients, 1);
  optimizer.step(model.parameters, gradients, 0.1);
  QVERIFY(model.parameters.value(model.decaying) == before);
  QVERIFY(model.parameters.value(model.plain) != before);
  QVERIFY(std::ranges::all_of(gradients.values(), [](Real g) { return g == 0; }));
}

void OptimizerTest::goesOnFromItsState() {
  for (const OptimizerConfig& config : configs()) {
    Two whole, halves;
    Gradients gradients(whole.parameters);
    Optimizer one(whole.parameters, config), first(halves.parameters, config);
    for (int t = 1; t <= 6; ++t) {
      whole.setGradients(gradients, t);
      one.step(whole.parameters, gradients, 0.1);
    }
    for (int t = 1; t <= 3; ++t) {
      halves.setGradients(gradients, t);
      first.step(halves.parameters, gradients, 0.1);
    }
    TensorSet state;
    first.save(halves.parameters, state);
    Optimizer second(halves.parameters, config);
    QVERIFY(second.load(halves.parameters, state));
    for (int t = 4; t <= 6; ++t) {
      halves.setGradients(gradients, t);
      second.step(halves.parameters, gradients, 0.1);
    }
    QVERIFY(std::ranges::equal(whole.parameters.values(), halves.parameters.values()));
  }
}

void OptimizerTest::refusesAStateThatDoesNotFit() {
  Two model;
  Optimizer adam(model.parameters, {.kind = Kind::Adam}), sgd(model.parameters, {.kind = Kind::Sgd});
  TensorSet state;
  sgd.save(model.parameters, state);
  QVERIFY(!adam.load(model.parameters, state));
  TensorSet negative;
  adam.save(model.parameters, negative);
  std::vector<Real> sums(static_cast<std::size_t>(kRows * kCols), Real{0});
  sums[5] = -1;
  negative.tensors["optimizer.second.plain"] = makeTensor<Real>(sums, {kCols, kRows});
  QVERIFY(!adam.load(model.parameters, negative));
}

void OptimizerTest::clips() {
  QCOMPARE(clipScale(10, 0), 1.0);
  QCOMPARE(clipScale(0.5, 1), 1.0);
  QVERIFY(std::abs(clipScale(4, 1) - 0.25) < 1e-6);
  Parameters parameters;
  const ParameterId id = parameters.add("w", 3, 1);
  Gradients gradients(parameters);
  gradients.of(parameters.info(id)) << 2, 3, 6;
  QCOMPARE(normOf(gradients), 7.0);
}

void OptimizerTest::schedules() {
  const Schedule constant{.rate = 0.3};
  QCOMPARE(constant.at(0), 0.3);
  QCOMPARE(constant.at(1000000), 0.3);
  const Schedule step{.kind = Schedule::Kind::Step, .rate = 1, .every = 10, .factor = 0.5};
  QCOMPARE(step.at(9), 1.0);
  QCOMPARE(step.at(10), 0.5);
  QCOMPARE(step.at(35), 0.125);
  const Schedule cosine{.kind = Schedule::Kind::Cosine, .rate = 1, .total = 100, .least = 0.2};
  QCOMPARE(cosine.at(0), 1.0);
  QVERIFY(std::abs(cosine.at(50) - 0.6) < 1e-12);
  QVERIFY(std::abs(cosine.at(25) - (0.2 + 0.4 * (1 + std::numbers::sqrt2 / 2))) < 1e-12);
  QCOMPARE(cosine.at(100), 0.2);
  QCOMPARE(cosine.at(500), 0.2);
  const Schedule line{.kind = Schedule::Kind::Linear, .rate = 1, .total = 100};
  QCOMPARE(line.at(25), 0.75);
  QCOMPARE(line.at(100), 0.0);
}

void OptimizerTest::warmUp() {
  const Schedule line{.kind = Schedule::Kind::Linear, .rate = 2, .warmup = 4, .total = 14};
  QCOMPARE(line.at(0), 0.5);
  QCOMPARE(line.at(3), 2.0);
  QCOMPARE(line.at(4), 2.0);
  QCOMPARE(line.at(9), 1.0);
  QCOMPARE(line.at(14), 0.0);
}

void OptimizerTest::stopsEarly() {
  EarlyStopping stopping(2, 0.1);
  QVERIFY(!stopping.shouldStop(3, 1));
  QVERIFY(!stopping.shouldStop(2, 2));
  QVERIFY(!stopping.shouldStop(1.95, 3));  // not better by the margin
  QVERIFY(!stopping.isBest());
  QVERIFY(stopping.shouldStop(2.5, 4));
  QCOMPARE(stopping.best(), 2.0);
  QCOMPARE(stopping.bestStep(), std::uint64_t{2});
  EarlyStopping never;
  for (std::uint64_t i = 0; i < 50; ++i) QVERIFY(!never.shouldStop(static_cast<double>(i), i));
  EarlyStopping ofNaN(1);
  QVERIFY(ofNaN.shouldStop(std::numeric_limits<double>::quiet_NaN(), 1));
}

void OptimizerTest::uniformAndNormal() {
  Rng rng(4);
  Matrix matrix(200, 300);
  const MatrixMap map(matrix.data(), 200, 300);
  initialiseXavier(map, rng);
  const double bound = std::sqrt(6.0 / 500);
  QVERIFY(static_cast<double>(matrix.cwiseAbs().maxCoeff()) <= bound * 1.000001);
  QVERIFY(std::abs(deviationOf(matrix) / (bound / std::sqrt(3.0)) - 1) < 0.02 &&
          std::abs(meanOf(matrix)) < 1e-3);
  initialiseKaiming(map, rng);
  QVERIFY(std::abs(deviationOf(matrix) / std::sqrt(2.0 / 300) - 1) < 0.02 && std::abs(meanOf(matrix)) < 2e-3);
  initialiseNormal(map, 0.02, rng);
  QVERIFY(std::abs(deviationOf(matrix) / 0.02 - 1) < 0.02);
  Rng again(4);
  Matrix same(200, 300);
  initialiseXavier(MatrixMap(same.data(), 200, 300), again);
  Rng once(4);
  initialiseXavier(map, once);
  QVERIFY(same == matrix);
}

void OptimizerTest::orthogonal() {
  Rng rng(9);
  for (const auto& [rows, cols] : {std::pair<Index, Index>{7, 7}, {12, 5}, {4, 11}, {1, 1}}) {
    Matrix matrix(3 * rows, cols);
    initialiseOrthogonal(MatrixMap(matrix.data(), 3 * rows, cols), rng, 2, 3);
    for (Index block = 0; block < 3; ++block) {
      const Eigen::MatrixXd part = matrix.middleRows(block * rows, rows).cast<double>() / 2;
      Eigen::MatrixXd square = part * part.transpose();
      if (rows >= cols) square = part.transpose() * part;
      QVERIFY((square - Eigen::MatrixXd::Identity(square.rows(), square.cols())).cwiseAbs().maxCoeff() <
              1e-6);
    }
  }
}

QTEST_GUILESS_MAIN(OptimizerTest)
#include "optimizer_test.moc"
