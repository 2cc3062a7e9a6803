// SPDX-License-Identifier: GPL-3.0-or-later
// core/projection: the nearest neighbours of all points, the graph made of them, and points made ready for
// them.
#include <QTest>
#include <cmath>
#include <limits>

#include "core/base/rng.h"
#include "core/projection/prepared_points.h"
#include "core/projection/sparse_graph.h"
#include "tests/support/projection_golden.h"

using namespace lexarium;
using Eigen::Index;

namespace {

/// Clusters of different sizes, as words have them.
Matrix clusters(Index dimensions, Index points, Index count, std::uint64_t seed) {
  Rng rng(seed);
  Matrix centres(dimensions, count), result(dimensions, points);
  for (Index i = 0; i < centres.size(); ++i) centres.data()[i] = static_cast<Real>(rng.normal());
  for (Index i = 0; i < points; ++i) {
    const double u = rng.uniform();
    const auto cluster = static_cast<Index>(u * u * static_cast<double>(count));
    for (Index d = 0; d < dimensions; ++d) {
      result(d, i) = centres(d, cluster) + static_cast<Real>(0.5 * rng.normal());
    }
  }
  return result;
}

double recall(const NeighbourTable& found, const NeighbourTable& truth) {
  double hits = 0;
  for (Index i = 0; i < truth.points(); ++i) {
    for (Index s = 0; s < truth.k(); ++s) hits += (found.ids.col(i).array() == truth.ids(s, i)).any() ? 1 : 0;
  }
  return hits / static_cast<double>(truth.ids.size());
}

}  // namespace

class NeighbourTableTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void exactAgreesWithSorting_data();
  void exactAgreesWithSorting();
  void equalPointsAreNeighboursInOrder();
  void approximateFindsMost();
  void threadsDoNotMatter();
  void cancels();
  void graphIsSymmetricAndPadded();
  void preparedPointsKeepNeighbours();
  void preparedPointsTameWhatIsNotFinite();
};

void NeighbourTableTest::exactAgreesWithSorting_data() {
  QTest::addColumn<int>("points");
  QTest::addColumn<int>("k");
  for (const auto& [points, k] :
       std::vector<std::pair<int, int>>{{2, 1}, {3, 5}, {17, 16}, {129, 10}, {1025, 3}, {1500, 90}}) {
    QTest::addRow("%d points, %d neighbours", points, k) << points << k;
  }
}

void NeighbourTableTest::exactAgreesWithSorting() {
  QFETCH(int, points);
  QFETCH(int, k);
  const Matrix data = clusters(12, points, 9, 4);
  ThreadPool pool(1);
  const auto found = exactNeighbours(data, k, pool, {});
  QVERIFY(found.has_value());
  const Index used = std::min(k, points - 1);
  QCOMPARE(found->k(), used);
  const auto truth = testing::bruteForceNeighbours(data, used);
  for (Index i = 0; i < points; ++i) {
    for (Index s = 0; s < used; ++s) {
      const float a = found->squaredDistances(s, i), b = truth.squaredDistances(s, i);
      QVERIFY(std::abs(a - b) <= 1e-4f * (1 + b));
      QVERIFY(found->ids(s, i) != static_cast<std::int32_t>(i));
    }
  }
  QVERIFY(recall(*found, truth) > 0.999);  // but for distances that are equal within rounding
}

void NeighbourTableTest::equalPointsAreNeighboursInOrder() {
  Matrix data = clusters(5, 600, 3, 5);
  for (Index i = 0; i < 40; ++i) data.col(10 * i) = data.col(0);
  ThreadPool pool(1);
  const auto found = exactNeighbours(data, 8, pool, {});
  QVERIFY(found.has_value());
  QCOMPARE(found->squaredDistances.col(50).maxCoeff(), 0.0f);
  for (Index s = 1; s < 8; ++s) QVERIFY(found->ids(s - 1, 50) < found->ids(s, 50));
}

void NeighbourTableTest::approximateFindsMost() {
  const Matrix data = clusters(30, 4000, 60, 6);
  ThreadPool pool(2);
  const auto truth = exactNeighbours(data, 15, pool, {});
  const auto found = approximateNeighbours(data, 15, 1, pool, {});
  QVERIFY(truth && found);
  QVERIFY2(recall(*found, *truth) > 0.9, qPrintable(QString::number(recall(*found, *truth))));
  for (Index i = 0; i < found->points(); ++i) {
    for (Index s = 0; s < found->k(); ++s) {
      QVERIFY(found->ids(s, i) != i);
      for (Index other = 0; other < s; ++other) QVERIFY(found->ids(other, i) != found->ids(s, i));
      const float distance = static_cast<float>((data.col(i) - data.col(found->ids(s, i))).squaredNorm());
      QVERIFY(std::abs(distance - found->squaredDistances(s, i)) <= 1e-4f * (1 + distance));
    }
  }
  // All points in one place, and more neighbours than a cell holds.
  Matrix equal(3, 300);
  equal.setConstant(2);
  const auto all = approximateNeighbours(equal, 299, 1, pool, {});
  QVERIFY(all && all->k() == 299);
  QCOMPARE(all->squaredDistances.maxCoeff(), 0.0f);
}

void NeighbourTableTest::threadsDoNotMatter() {
  const Matrix data = clusters(20, 3000, 30, 7);
  ThreadPool one(1), two(2);
  QCOMPARE(exactNeighbours(data, 30, one, {})->ids, exactNeighbours(data, 30, two, {})->ids);
  QCOMPARE(approximateNeighbours(data, 30, 5, one, {})->ids,
           approximateNeighbours(data, 30, 5, two, {})->ids);
}

void NeighbourTableTest::cancels() {
  const Matrix data = clusters(20, 3000, 30, 8);
  ThreadPool pool(1);
  std::stop_source stop;
  const TaskContext context{[&](double fraction, const std::string&) {
                              if (fraction > 0.3) stop.request_stop();
                            },
                            stop.get_token()};
  for (const auto& found :
       {exactNeighbours(data, 10, pool, context), approximateNeighbours(data, 10, 1, pool, context)}) {
    QVERIFY(!found);
    QCOMPARE(found.error().kind, Error::Kind::Cancelled);
  }
}

void NeighbourTableTest::graphIsSymmetricAndPadded() {
  const Matrix data = clusters(8, 300, 6, 9);
  ThreadPool pool(1);
  const auto table = exactNeighbours(data, 7, pool, {});
  Rng rng(1);
  Eigen::MatrixXf weights(7, 300);
  for (Index i = 0; i < weights.size(); ++i) weights.data()[i] = static_cast<float>(rng.uniform());
  const auto graph = symmetricGraph(
      *table, weights, [](float a, float b) { return a + b; }, 16);
  Eigen::MatrixXf expected = Eigen::MatrixXf::Zero(300, 300), dense = expected;
  for (Index i = 0; i < 300; ++i) {
    for (Index s = 0; s < 7; ++s) {
      expected(i, table->ids(s, i)) += weights(s, i);
      expected(table->ids(s, i), i) += weights(s, i);
    }
    const auto row = static_cast<std::size_t>(i);
    QCOMPARE(graph.offsets[row] % 16, std::size_t{0});
    for (std::size_t e = graph.offsets[row]; e < graph.offsets[row + 1]; ++e)
      dense(i, graph.columns[e]) += graph.values[e];
  }
  QCOMPARE(graph.points(), Index{300});
  QVERIFY((dense - expected).cwiseAbs().maxCoeff() < 1e-6f);
}

void NeighbourTableTest::preparedPointsKeepNeighbours() {
  const Matrix data = (clusters(10, 200, 5, 10) * Real(1e-6)).array() + Real(3e-5);
  const Matrix prepared = preparedPoints(data, Metric::Euclidean);
  QVERIFY(std::abs(prepared.squaredNorm() / 200 - 1) < 1e-3f);
  ThreadPool pool(1);
  const auto truth = testing::bruteForceNeighbours(data, 5);
  QVERIFY(recall(*exactNeighbours(prepared, 5, pool, {}), truth) > 0.95);
  Matrix scaled = clusters(10, 200, 5, 10);
  const Matrix unit = preparedPoints(scaled, Metric::Cosine);
  for (Index i = 0; i < 200; ++i) scaled.col(i) *= static_cast<Real>(1 + i);
  QVERIFY((preparedPoints(scaled, Metric::Cosine) - unit).cwiseAbs().maxCoeff() < 1e-5f);
}

void NeighbourTableTest::preparedPointsTameWhatIsNotFinite() {
  Matrix data = clusters(4, 50, 2, 11);
  data(1, 3) = std::numeric_limits<Real>::quiet_NaN();
  data.col(7).setConstant(std::numeric_limits<Real>::max());
  data.col(9).setZero();
  data.col(11).setConstant(std::numeric_limits<Real>::denorm_min());
  for (const Metric metric : {Metric::Euclidean, Metric::Cosine}) {
    const Matrix prepared = preparedPoints(data, metric);
    QVERIFY(prepared.allFinite());
    QCOMPARE(prepared.col(3).norm(), Real(0));
    QCOMPARE(prepared.col(7).norm(), Real(0));
  }
  QVERIFY(preparedPoints(Matrix(0, 3), Metric::Euclidean).cols() == 3);
  QVERIFY(preparedPoints(Matrix(3, 0), Metric::Cosine).cols() == 0);
}

QTEST_GUILESS_MAIN(NeighbourTableTest)
#include "neighbour_table_test.moc"
