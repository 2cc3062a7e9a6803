// SPDX-License-Identifier: GPL-3.0-or-later
// core/projection: UMAP's curve, graph and descent against umap-learn and against direct computation.
#include <QTest>
#include <cmath>

#include "core/base/rng.h"
#include "core/projection/fast_pow.h"
#include "core/projection/umap_descent.h"
#include "tests/support/projection_golden.h"

using namespace lexarium;
using Eigen::Index;

namespace {

Matrix groups(Index dimensions, Index points, Index count) {
  Rng rng(4);
  Matrix centres(dimensions, count), result(dimensions, points);
  for (Index i = 0; i < centres.size(); ++i) centres.data()[i] = static_cast<Real>(3 * rng.normal());
  for (Index i = 0; i < points; ++i) {
    for (Index d = 0; d < dimensions; ++d)
      result(d, i) = centres(d, i % count) + static_cast<Real>(rng.normal());
  }
  return result;
}

/// Two points and one edge.
SparseGraph onePair() { return {{0, 1, 2}, {1, 0}, {1, 1}}; }

}  // namespace

class UmapTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void powerIsAccurate();
  void curveIsTheKnownOne();
  void curvesAreUmapLearns();
  void scaleMeetsItsSum();
  void scalesAndGraphAreUmapLearns();
  void pairsPullAsTheFormulaSays();
  void edgesAreUsedInTheirShare();
  void neighboursStayNeighbours();
  void neighboursAreLive();
};

void UmapTest::powerIsAccurate() {
  Rng rng(1);
  for (int i = 0; i < 100'000; ++i) {
    const auto x = static_cast<float>(std::exp(30 * rng.uniform() - 27));
    const auto p = static_cast<float>(0.1 + 2 * rng.uniform());
    const double expected = std::pow(static_cast<double>(x), static_cast<double>(p));
    QVERIFY(std::abs(static_cast<double>(fastPow(x, p)) / expected - 1) < 1e-5);
  }
  QCOMPARE(fastPow(1, 0.9f), 1.0f);
}

void UmapTest::curveIsTheKnownOne() {
  const UmapCurve curve = fitUmapCurve(0.1, 1);
  QVERIFY(std::abs(curve.a - 1.577) < 1e-3);
  QVERIFY(std::abs(curve.b - 0.895) < 1e-3);
}

void UmapTest::curvesAreUmapLearns() {
  const auto golden = testing::projectionGolden();
  for (const auto& row : golden["umap_curves"]) {
    const UmapCurve curve = fitUmapCurve(row[0], row[1]);
    QVERIFY(std::abs(curve.a / row[2].get<double>() - 1) < 1e-3);
    QVERIFY(std::abs(curve.b / row[3].get<double>() - 1) < 1e-3);
  }
}

void UmapTest::scaleMeetsItsSum() {
  const std::vector<float> distances = {0.5f, 0.7f, 0.8f, 1.5f, 2.0f, 2.5f, 3.0f};
  const UmapScale scale = fitUmapScale(distances, 1);
  QCOMPARE(scale.rho, 0.5);
  double sum = 0;
  for (const float d : distances) sum += std::exp(-(static_cast<double>(d) - 0.5) / scale.sigma);
  QVERIFY(std::abs(sum - 3) < 1e-4);                                        // log2(8)
  const UmapScale together = fitUmapScale(std::vector<float>(7, 0.0f), 2);  // all in one place
  QCOMPARE(together.rho, 0.0);
  QVERIFY(std::isfinite(together.sigma) && together.sigma >= 2e-3);
}

void UmapTest::scalesAndGraphAreUmapLearns() {
  const auto golden = testing::projectionGolden();
  const auto points = testing::columnsOf<Matrix>(golden["points"]);
  const Index k = golden["neighbours"].get<Index>() - 1, n = points.cols();
  const auto table = testing::bruteForceNeighbours(points, k);
  for (Index i = 0; i < n; ++i) {
    const Eigen::VectorXf distances = table.squaredDistances.col(i).cwiseSqrt();
    const UmapScale scale = fitUmapScale({distances.data(), static_cast<std::size_t>(k)}, 1);
    const auto row = static_cast<std::size_t>(i);
    QVERIFY(std::abs(scale.rho - golden["umap_rhos"][row].get<double>()) < 1e-4);
    QVERIFY(std::abs(scale.sigma / golden["umap_sigmas"][row].get<double>() - 1) < 1e-3);
  }
  ThreadPool pool(2);
  const SparseGraph graph = umapGraph(table, k, pool);
  Eigen::MatrixXd dense = Eigen::MatrixXd::Zero(n, n);
  for (Index i = 0; i < n; ++i) {
    for (std::size_t e = graph.offsets[static_cast<std::size_t>(i)];
         e < graph.offsets[static_cast<std::size_t>(i) + 1]; ++e) {
      dense(i, graph.columns[e]) = static_cast<double>(graph.values[e]);
    }
  }
  const auto expected = testing::columnsOf<Eigen::MatrixXd>(golden["umap_graph"]);
  QVERIFY((dense - expected).cwiseAbs().maxCoeff() < 2e-3);
}

void UmapTest::pairsPullAsTheFormulaSays() {
  // Without push: both edges pull once, each moves both points by 2ab d^(2b-2) / (1 + a d^2b) times their
  // offset.
  const UmapForces forces{fitUmapCurve(0.1, 1), 1, 0};
  Layout layout(2, 2);
  layout << 0, 2, 0, 1;
  const UmapDescent descent(onePair());
  constexpr double kRate = 1e-3;
  Layout moved = layout;
  std::uint64_t epoch = 0;
  while (moved == layout) descent.runEpoch(1, epoch++, static_cast<float>(kRate), forces, moved);
  const double a = forces.curve.a, b = forces.curve.b, squared = 5;
  const double factor = 2 * a * b * std::pow(squared, b - 1) / (1 + a * std::pow(squared, b));
  const double steps = static_cast<double>(moved(0, 0)) / (kRate * factor * 2);
  QVERIFY(std::abs(steps - std::round(steps)) < 0.02 && std::round(steps) >= 1);
  QVERIFY(std::abs(moved(0, 0) + moved(0, 1) - 2) < 1e-6f);  // what one goes the other goes
  QVERIFY(descent.objective(forces, moved) < descent.objective(forces, layout));
}

void UmapTest::edgesAreUsedInTheirShare() {
  // A second pair far away, with a quarter of the weight.
  const SparseGraph graph{{0, 1, 2, 3, 4}, {1, 0, 3, 2}, {1, 1, 0.25f, 0.25f}};
  const UmapDescent descent(graph);
  Layout layout(2, 4);
  layout << 0, 2, 1000, 1002, 0, 0, 0, 0;
  int first = 0, second = 0;
  for (std::uint64_t epoch = 0; epoch < 400; ++epoch) {
    Layout moved = layout;
    descent.runEpoch(1, epoch, 0.1f, {fitUmapCurve(0.1, 1), 1, 0}, moved);
    first += moved.col(0) != layout.col(0) ? 1 : 0;
    second += moved.col(2) != layout.col(2) ? 1 : 0;
  }
  QVERIFY(first >= 399);
  QVERIFY(second >= 100 && second <= 202);  // two edges, each in 100 of the epochs
}

void UmapTest::neighboursStayNeighbours() {
  const Matrix points = groups(20, 800, 16);
  const ProjectionInfo* info = findProjection("umap");
  const auto projection = info->create(ParamSet::defaultsOf(info->params), 1);
  QVERIFY(projection->start(points, {}, {}).has_value());
  QCOMPARE(projection->lastIteration(), std::uint64_t{500});
  while (projection->advance(100)) {
  }
  const auto near = testing::bruteForceNeighbours(projection->layout().cast<Real>(), 10);
  int same = 0;
  for (Index i = 0; i < 800; ++i) {
    for (Index neighbour = 0; neighbour < 10; ++neighbour)
      same += (near.ids(neighbour, i) - i) % 16 == 0 ? 1 : 0;
  }
  QVERIFY2(same > 0.98 * 8000, qPrintable(QString::number(same)));
}

void UmapTest::neighboursAreLive() {
  const Matrix points = groups(10, 300, 5);
  const ProjectionInfo* info = findProjection("umap");
  ParamSet params = ParamSet::defaultsOf(info->params);
  const auto projection = info->create(params, 1);
  QVERIFY(projection->start(points, {}, {}).has_value());
  while (projection->advance(100)) {
  }
  const Layout before = projection->layout();
  params.set("n_neighbors", std::int64_t{40});
  std::stop_source stop;
  stop.request_stop();
  QVERIFY(!projection->setParams(params, {{}, stop.get_token()}));
  QVERIFY(!projection->advance(1));
  QVERIFY(projection->setParams(params, {}).has_value());
  QCOMPARE(projection->layout(), before);
  QVERIFY(projection->advance(5));
  QVERIFY(projection->layout() != before);
}

QTEST_GUILESS_MAIN(UmapTest)
#include "umap_test.moc"
