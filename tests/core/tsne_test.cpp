// SPDX-License-Identifier: GPL-3.0-or-later
// core/projection: t-SNE's affinities, forces and gradient against direct sums, differences and scikit-learn.
#include <QTest>
#include <cmath>

#include "core/base/rng.h"
#include "core/projection/affinities.h"
#include "core/projection/tsne_forces.h"
#include "tests/support/projection_golden.h"

using namespace lexarium;
using Eigen::Index;

namespace {

Matrix normalPoints(Index dimensions, Index points, std::uint64_t seed) {
  Rng rng(seed);
  Matrix result(dimensions, points);
  for (Index i = 0; i < result.size(); ++i) result.data()[i] = static_cast<Real>(rng.normal());
  return result;
}

/// Repulsion by its definition, in double.
struct DirectSum {
  Eigen::Matrix2Xd forces;
  double z = 0;
  explicit DirectSum(const Layout& layout) : forces(Eigen::Matrix2Xd::Zero(2, layout.cols())) {
    const Eigen::Matrix2Xd y = layout.cast<double>();
    for (Index i = 0; i < y.cols(); ++i) {
      for (Index j = 0; j < y.cols(); ++j) {
        if (i == j) continue;
        const double u = 1 / (1 + (y.col(i) - y.col(j)).squaredNorm());
        z += u;
        forces.col(i) += u * u * (y.col(i) - y.col(j));
      }
    }
  }
};

/// The KL divergence in double, by its definition.
double divergence(const Eigen::MatrixXd& p, const Eigen::Matrix2Xd& y) {
  double z = 0, kl = 0;
  for (Index i = 0; i < y.cols(); ++i) {
    for (Index j = 0; j < y.cols(); ++j) {
      if (i != j) z += 1 / (1 + (y.col(i) - y.col(j)).squaredNorm());
    }
  }
  for (Index i = 0; i < y.cols(); ++i) {
    for (Index j = 0; j < y.cols(); ++j) {
      if (p(i, j) > 0) kl += p(i, j) * std::log(p(i, j) * (1 + (y.col(i) - y.col(j)).squaredNorm()) * z);
    }
  }
  return kl;
}

Eigen::MatrixXd dense(const SparseGraph& graph) {
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(graph.points(), graph.points());
  for (Index i = 0; i < graph.points(); ++i) {
    for (std::size_t e = graph.offsets[static_cast<std::size_t>(i)];
         e < graph.offsets[static_cast<std::size_t>(i) + 1]; ++e) {
      result(i, graph.columns[e]) += static_cast<double>(graph.values[e]);
    }
  }
  return result;
}

/// Kinds of layouts that come up: tiny at the start, spread later, with clumps and with points far off.
Layout layoutOfKind(const QString& kind, Index points) {
  Layout layout = normalPoints(2, points, 21).cast<float>();
  if (kind == "tiny") layout *= 1e-4f;
  if (kind == "spread") layout *= 40;
  if (kind == "clumps") {
    const Layout centres = 60 * normalPoints(2, 20, 22).cast<float>();
    for (Index i = 0; i < points; ++i) layout.col(i) += centres.col(i % centres.cols());
  }
  if (kind == "far") {
    for (Index i = 0; i < points; i += 97) layout.col(i) *= 3000;
  }
  if (kind == "equal") layout.rightCols(points / 2).setConstant(0.5f);
  if (kind == "line") layout.row(1).setZero();
  return layout;
}

std::unique_ptr<Projection> tsne(std::initializer_list<std::pair<const char*, ParamValue>> changes = {},
                                 std::size_t threads = 1) {
  const ProjectionInfo* info = findProjection("tsne");
  ParamSet params = ParamSet::defaultsOf(info->params);
  for (const auto& [key, value] : changes) params.set(key, value);
  return info->create(params, 1, threads);
}

}  // namespace

class TsneTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void perplexityHitsTheEntropy();
  void perplexityOfFewOrEqualPoints();
  void affinitiesAreScikitLearns();
  void repulsionAgreesWithDirectSum_data();
  void repulsionAgreesWithDirectSum();
  void repulsionStaysTrueWhileTheLayoutMoves();
  void repulsionIsTheSameOnTwoThreads();
  void gradientAgreesWithDifferences();
  void gradientAndDivergenceAreScikitLearns();
  void divergenceFalls();
  void perplexityIsLive();
  void newPointsBeginAmidTheirNeighbours();
  void newNeighboursBeginAnew();
  void wordsWithoutClustersDoNotEndInOnePlace();
};

void TsneTest::perplexityHitsTheEntropy() {
  const Matrix points = normalPoints(10, 700, 3);
  ThreadPool pool(1);
  for (const double perplexity : {2.0, 5.0, 30.0, 100.0}) {
    const auto table = exactNeighbours(points, neighboursFor(perplexity, 700), pool, {});
    const Eigen::MatrixXd p = conditionalAffinities(*table, perplexity, pool).cast<double>();
    for (Index i = 0; i < 700; ++i) {
      const double entropy = -(p.col(i).array() * p.col(i).array().max(1e-30).log()).sum();
      QVERIFY(std::abs(std::exp(entropy) - perplexity) < 1e-4 * perplexity);
      QVERIFY(std::abs(p.col(i).sum() - 1) < 1e-5);
    }
    const Eigen::MatrixXd joint = dense(jointAffinities(*table, perplexity, pool));
    QVERIFY(std::abs(joint.sum() - 1) < 1e-5);
    QVERIFY((joint - joint.transpose()).cwiseAbs().maxCoeff() < 1e-12);
  }
  QCOMPARE(usedPerplexity(30, 1000), 30.0);
  QCOMPARE(usedPerplexity(30, 60), 20.0);
  QCOMPARE(usedPerplexity(30, 6), 5.0);
}

void TsneTest::perplexityOfFewOrEqualPoints() {
  ThreadPool pool(1);
  Matrix points = normalPoints(4, 5, 4);
  auto table = exactNeighbours(points, 4, pool, {});
  Eigen::MatrixXf p = conditionalAffinities(*table, 5, pool);  // more than there are: all alike
  QVERIFY((p.array() - 0.25f).abs().maxCoeff() < 1e-2f);
  points.setOnes();
  table = exactNeighbours(points, 4, pool, {});
  p = conditionalAffinities(*table, 2, pool);
  QVERIFY((p.array() - 0.25f).abs().maxCoeff() < 1e-6f);
  points.col(0).setConstant(9);  // three in one place, and one far off
  table = exactNeighbours(points, 4, pool, {});
  p = conditionalAffinities(*table, 2, pool);
  QVERIFY(p.allFinite() && std::abs(p.sum() - 5) < 1e-5f);
}

void TsneTest::affinitiesAreScikitLearns() {
  const auto golden = testing::projectionGolden();
  const auto points = testing::columnsOf<Matrix>(golden["points"]);
  ThreadPool pool(1);
  const auto table = exactNeighbours(points, points.cols() - 1, pool, {});
  const Eigen::MatrixXd p = dense(jointAffinities(*table, golden["perplexity"], pool));
  std::size_t next = 0;
  for (Index i = 0; i < p.rows(); ++i) {
    for (Index j = i + 1; j < p.cols(); ++j) {
      const double expected = golden["joint"][next++];
      QVERIFY(std::abs(p(i, j) - expected) < 2e-7 + 1e-3 * expected);  // its search ends at an error of 1e-5
    }
  }
}

void TsneTest::repulsionAgreesWithDirectSum_data() {
  QTest::addColumn<QString>("kind");
  QTest::addColumn<int>("points");
  for (const int points : {1, 2, 15, 16, 17, 33, 500, 2500}) {
    for (const char* kind : {"plain", "tiny", "spread", "clumps", "far", "equal", "line"}) {
      QTest::addRow("%d, %s", points, kind) << kind << points;
    }
  }
}

void TsneTest::repulsionAgreesWithDirectSum() {
  QFETCH(QString, kind);
  QFETCH(int, points);
  const Layout layout = layoutOfKind(kind, points);
  const DirectSum direct(layout);
  ThreadPool pool(1);
  Layout forces;
  Repulsion repulsion;
  const double z = repulsion.compute(layout, pool, forces);
  QVERIFY(forces.allFinite());
  QVERIFY2(std::abs(z - direct.z) <= 1e-4 * direct.z + 1e-5, qPrintable(QString::number(z / direct.z - 1)));
  const double error = (forces.cast<double>() - direct.forces).norm();
  // Where many points stand in one place or on a line their forces nearly cancel, and what is left is small
  // against the errors of its parts; and it has the rounding of as many parts as there are points.
  const double relative = kind == "equal" || kind == "line" ? 1.5e-2 : 2e-3;
  QVERIFY2(error <= relative * direct.forces.norm() + 1e-9 * points * points,
           qPrintable(QString::number(error / direct.forces.norm())));
}

void TsneTest::repulsionStaysTrueWhileTheLayoutMoves() {
  Layout layout = layoutOfKind("clumps", 1000);
  Repulsion repulsion;
  ThreadPool pool(1);
  Layout forces;
  for (int i = 0; i < 20; ++i) {
    const double z = repulsion.compute(layout, pool, forces);
    const DirectSum direct(layout);
    QVERIFY(std::abs(z - direct.z) <= 1e-4 * direct.z);
    QVERIFY((forces.cast<double>() - direct.forces).norm() <= 2e-3 * direct.forces.norm());
    layout = (layout * 0.7f).eval() + layoutOfKind("plain", 1000).rowwise().reverse() * 3;
  }
}

void TsneTest::repulsionIsTheSameOnTwoThreads() {
  const Layout layout = layoutOfKind("clumps", 3000);
  ThreadPool one(1), two(2);
  Layout a, b;
  QCOMPARE(Repulsion().compute(layout, one, a), Repulsion().compute(layout, two, b));
  QCOMPARE(a, b);
}

void TsneTest::gradientAgreesWithDifferences() {
  constexpr Index kPoints = 30;
  const Matrix points = normalPoints(5, kPoints, 5);
  ThreadPool pool(1);
  const auto table = exactNeighbours(points, 15, pool, {});
  const SparseGraph affinities = jointAffinities(*table, 5, pool);
  const Eigen::MatrixXd p = dense(affinities);
  const Layout layout = normalPoints(2, kPoints, 6).cast<float>();
  Layout gradient;
  Repulsion repulsion;
  const double z = tsneGradient(affinities, layout, 1, repulsion, pool, gradient);
  Eigen::Matrix2Xd y = layout.cast<double>();
  QVERIFY(std::abs(klDivergence(affinities, layout, z, pool) - divergence(p, y)) < 1e-4);
  constexpr double kStep = 1e-5;
  for (Index i = 0; i < y.size(); ++i) {
    const double place = y.data()[i];
    y.data()[i] = place + kStep;
    const double above = divergence(p, y);
    y.data()[i] = place - kStep;
    const double below = divergence(p, y);
    y.data()[i] = place;
    const double expected = (above - below) / (2 * kStep);
    QVERIFY(std::abs(static_cast<double>(gradient.data()[i]) - expected) < 1e-4 * (0.1 + std::abs(expected)));
  }
}

void TsneTest::gradientAndDivergenceAreScikitLearns() {
  const auto golden = testing::projectionGolden();
  const auto points = testing::columnsOf<Matrix>(golden["points"]);
  const auto layout = testing::columnsOf<Layout>(golden["layout"]);
  ThreadPool pool(1);
  const auto table = exactNeighbours(points, points.cols() - 1, pool, {});
  const SparseGraph affinities = jointAffinities(*table, golden["perplexity"], pool);
  Repulsion repulsion;
  Layout gradient;
  const double z = tsneGradient(affinities, layout, 1, repulsion, pool, gradient);
  QVERIFY(std::abs(klDivergence(affinities, layout, z, pool) - golden["kl"].get<double>()) < 1e-4);
  const auto expected = testing::columnsOf<Layout>(golden["gradient"]);
  QVERIFY((gradient - expected).cwiseAbs().maxCoeff() < 1e-3f * expected.cwiseAbs().maxCoeff());
}

void TsneTest::divergenceFalls() {
  Matrix points = normalPoints(20, 400, 7);
  const Matrix centres = 4 * normalPoints(20, 8, 8);
  for (Index i = 0; i < 400; ++i) points.col(i) += centres.col(i % 8);
  const auto projection = tsne();
  QVERIFY(projection->start(points, {}, {}).has_value());
  const double before = *projection->objective();
  QVERIFY(projection->advance(300));
  const double middle = *projection->objective();
  QCOMPARE(projection->iteration(), std::uint64_t{300});
  QCOMPARE(projection->lastIteration(), std::uint64_t{1000});
  while (projection->advance(100)) {
  }
  QVERIFY(middle < before);
  QVERIFY(*projection->objective() < middle);
}

void TsneTest::perplexityIsLive() {
  const Matrix points = normalPoints(10, 300, 9);
  const auto projection = tsne({{"iterations", std::int64_t{300}}, {"early_iterations", std::int64_t{50}}});
  QVERIFY(projection->start(points, {}, {}).has_value());
  while (projection->advance(100)) {
  }
  const Layout before = projection->layout();
  ParamSet params = ParamSet::defaultsOf(findProjection("tsne")->params);
  params.set("perplexity", 80.0);
  params.set("iterations", std::int64_t{300});
  std::stop_source stop;
  stop.request_stop();
  QVERIFY(!projection->setParams(params, {{}, stop.get_token()}));  // more neighbours are needed
  QVERIFY(!projection->advance(1));
  QVERIFY(projection->setParams(params, {}).has_value());
  QCOMPARE(projection->layout(), before);  // nothing jumps
  QVERIFY(projection->advance(20));
  QVERIFY(projection->layout() != before);
  QVERIFY(projection->layout().allFinite());
}

void TsneTest::newPointsBeginAmidTheirNeighbours() {
  Matrix points = normalPoints(10, 600, 10);
  const Matrix centres = 8 * normalPoints(10, 3, 11);
  for (Index i = 0; i < 600; ++i) points.col(i) += centres.col(i % 3);
  const auto few = tsne();
  QVERIFY(few->start(points.leftCols(300), {}, {}).has_value());
  while (few->advance(100)) {
  }
  const auto more = tsne();
  QVERIFY(more->resume(points, few->layout(), {}).has_value());
  QCOMPARE(Layout(more->layout().leftCols(300)), few->layout());
  for (Index i = 300; i < 600; ++i) {
    float nearest = 1e9f, own = 1e9f;
    for (Index j = 0; j < 300; ++j) {
      const float distance = (more->layout().col(i) - more->layout().col(j)).norm();
      nearest = std::min(nearest, distance);
      if (j % 3 == i % 3) own = std::min(own, distance);
    }
    QCOMPARE(nearest, own);
  }
}

void TsneTest::newNeighboursBeginAnew() {
  const auto projection = tsne();
  QVERIFY(projection->start(normalPoints(10, 300, 12), {}, {}).has_value());
  while (projection->advance(100)) {
  }
  QVERIFY(projection->start(normalPoints(10, 300, 13), {}, {}).has_value());  // nothing in common
  QCOMPARE(projection->lastIteration() - projection->iteration(), std::uint64_t{1000});
}

void TsneTest::wordsWithoutClustersDoNotEndInOnePlace() {
  const auto projection = tsne({{"metric", std::string("cosine")}});
  QVERIFY(projection->start(normalPoints(100, 1000, 14), {}, {}).has_value());
  const auto extent = [&projection] { return projection->layout().colwise().norm().mean(); };
  const float before = extent();
  QVERIFY(projection->advance(250));
  QVERIFY(extent() < 10 * before);  // the early exaggeration has drawn all words together
  while (projection->advance(50)) {
  }
  QCOMPARE(projection->iteration(), std::uint64_t{1000});
  QVERIFY2(extent() > 5, qPrintable(QString::number(static_cast<double>(extent()))));
}

QTEST_GUILESS_MAIN(TsneTest)
#include "tsne_test.moc"
