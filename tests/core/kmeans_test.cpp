// SPDX-License-Identifier: GPL-3.0-or-later
// core/analysis: k-means and trustworthiness, against scikit-learn and by their properties.
#include "core/analysis/kmeans.h"

#include <QTest>
#include <cmath>
#include <limits>
#include <set>

#include "core/analysis/trustworthiness.h"
#include "core/base/rng.h"
#include "tests/support/projection_golden.h"

using namespace lexarium;
using Eigen::Index;

namespace {

Matrix blobs(Index dimensions, Index points, Index count, std::uint64_t seed = 5) {
  Rng rng(seed);
  Matrix centres(dimensions, count), result(dimensions, points);
  for (Index i = 0; i < centres.size(); ++i) centres.data()[i] = static_cast<Real>(5 * rng.normal());
  for (Index i = 0; i < points; ++i) {
    for (Index d = 0; d < dimensions; ++d)
      result(d, i) = centres(d, i % count) + static_cast<Real>(rng.normal());
  }
  return result;
}

KMeansResult cluster(const Matrix& points, const KMeansOptions& options, std::size_t threads = 1) {
  ThreadPool pool(threads);
  return *kMeans(points, options, pool);
}

}  // namespace

class KMeansTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void reachesScikitLearnsInertia();
  void findsBlobs();
  void resultIsConsistent();
  void cosineIgnoresLengths();
  void givenCentresKeepTheirNumbers();
  void fewAndEqualPoints();
  void notFinitePointsMoveNothing();
  void threadsDoNotMatter();
  void cancels();
  void trustworthinessIsScikitLearns();
  void trustworthinessOfGoodAndBadMaps();
};

void KMeansTest::reachesScikitLearnsInertia() {
  const auto golden = testing::projectionGolden();
  KMeansOptions options;
  options.clusters = 4;
  options.restarts = 20;
  const auto result = cluster(testing::columnsOf<Matrix>(golden["points"]), options);
  QVERIFY(std::abs(result.inertia / golden["kmeans_inertia"].get<double>() - 1) < 1e-3);
  std::set<std::pair<std::int32_t, int>> pairs;  // the same parts, whatever they are called
  for (std::size_t i = 0; i < result.cluster.size(); ++i) {
    pairs.insert({result.cluster[i], golden["kmeans_labels"][i].get<int>()});
  }
  QCOMPARE(pairs.size(), std::size_t{4});
}

void KMeansTest::findsBlobs() {
  KMeansOptions options;
  options.clusters = 12;
  options.restarts = 3;
  const auto result = cluster(blobs(20, 3000, 12), options);
  std::set<std::pair<std::int32_t, Index>> pairs;
  for (std::size_t i = 0; i < 3000; ++i) pairs.insert({result.cluster[i], static_cast<Index>(i % 12)});
  QCOMPARE(pairs.size(), std::size_t{12});
}

void KMeansTest::resultIsConsistent() {
  const Matrix points = blobs(8, 900, 7).array() + Real(1000);  // far from the origin
  KMeansOptions options;
  options.clusters = 20;
  const auto result = cluster(points, options);
  QCOMPARE(result.centres.cols(), Index{20});
  std::vector<std::int64_t> sizes(20, 0);
  double inertia = 0;
  for (Index i = 0; i < 900; ++i) {
    const auto own = result.cluster[static_cast<std::size_t>(i)];
    ++sizes[static_cast<std::size_t>(own)];
    const Vector distances = (result.centres.colwise() - points.col(i)).colwise().squaredNorm();
    QVERIFY(distances(own) <= distances.minCoeff() * Real(1.01) + Real(1e-2));
    inertia += static_cast<double>(distances(own));
  }
  QCOMPARE(sizes, result.sizes);
  QVERIFY(std::is_sorted(sizes.rbegin(), sizes.rend()));
  QVERIFY(sizes.back() > 0);
  QVERIFY(std::abs(result.inertia / inertia - 1) < 1e-2);
}

void KMeansTest::cosineIgnoresLengths() {
  Matrix points = blobs(10, 600, 5);
  KMeansOptions options;
  options.clusters = 5;
  options.cosine = true;
  options.restarts = 3;
  const auto before = cluster(points, options);
  Rng rng(2);
  for (Index i = 0; i < 600; ++i) points.col(i) *= static_cast<Real>(std::exp(3 * rng.normal()));
  const auto after = cluster(points, options);
  QCOMPARE(after.cluster, before.cluster);
  for (Index c = 0; c < 5; ++c) QVERIFY(std::abs(after.centres.col(c).norm() - 1) < 1e-4f);
  QVERIFY(std::abs(after.inertia - before.inertia) < 1e-3 * before.inertia);
}

void KMeansTest::givenCentresKeepTheirNumbers() {
  const Matrix points = blobs(10, 1000, 6);
  KMeansOptions options;
  options.clusters = 6;
  options.restarts = 3;
  const auto first = cluster(points, options);
  for (const bool cosine : {false, true}) {
    KMeansOptions follow = options;
    follow.cosine = cosine;
    follow.initialCentres = first.centres.rowwise().reverse();
    const auto next = cluster(points * Real(1.01), follow);
    QVERIFY(next.rounds <= 10);
    std::size_t same = 0;
    for (std::size_t i = 0; i < 1000; ++i) same += next.cluster[i] == 5 - first.cluster[i] ? 1 : 0;
    QVERIFY(same > 980);
  }
}

void KMeansTest::fewAndEqualPoints() {
  for (const Index points : {0, 1, 2, 3}) {
    const auto result = cluster(blobs(4, points, 2), {});
    QCOMPARE(static_cast<Index>(result.cluster.size()), points);
    QCOMPARE(result.centres.cols(), points);
    QVERIFY(result.inertia < 1e-6);
  }
  const auto equal = cluster(Matrix::Constant(4, 50, 3), {});
  QCOMPARE(equal.sizes, std::vector<std::int64_t>{50});
  Matrix two = Matrix::Zero(3, 40);
  two.leftCols(10).setOnes();
  QCOMPARE(cluster(two, {}).sizes, (std::vector<std::int64_t>{30, 10}));
  KMeansOptions cosine;
  cosine.cosine = true;
  QCOMPARE(cluster(Matrix::Zero(3, 5), cosine).cluster.size(), std::size_t{5});
}

void KMeansTest::notFinitePointsMoveNothing() {
  Matrix points = blobs(6, 300, 3);
  points(2, 10) = std::numeric_limits<Real>::quiet_NaN();
  points.col(20).setConstant(std::numeric_limits<Real>::max());
  KMeansOptions options;
  options.clusters = 3;
  options.restarts = 3;
  const auto result = cluster(points, options);
  QVERIFY(result.centres.allFinite() && std::isfinite(result.inertia));
  std::set<std::pair<std::int32_t, int>> pairs;
  for (std::size_t i = 0; i < 300; ++i) {
    if (i != 10 && i != 20) pairs.insert({result.cluster[i], static_cast<int>(i % 3)});
  }
  QCOMPARE(pairs.size(), std::size_t{3});
}

void KMeansTest::threadsDoNotMatter() {
  const Matrix points = blobs(16, 4000, 9);
  const auto one = cluster(points, {}), two = cluster(points, {}, 2);
  QCOMPARE(one.cluster, two.cluster);
  QCOMPARE(one.centres, two.centres);
}

void KMeansTest::cancels() {
  std::stop_source stop;
  stop.request_stop();
  ThreadPool pool(1);
  const auto result = kMeans(blobs(10, 2000, 5), {}, pool, {{}, stop.get_token()});
  QVERIFY(!result);
  QCOMPARE(result.error().kind, Error::Kind::Cancelled);
}

void KMeansTest::trustworthinessIsScikitLearns() {
  const auto golden = testing::projectionGolden();
  ThreadPool pool(2);
  const auto value = trustworthiness(testing::columnsOf<Matrix>(golden["points"]),
                                     testing::columnsOf<Layout>(golden["layout"]), 12, pool);
  QVERIFY(value.has_value());
  QVERIFY(std::abs(*value - golden["trustworthiness"].get<double>()) < 1e-3);
}

void KMeansTest::trustworthinessOfGoodAndBadMaps() {
  Rng rng(6);
  Layout layout(2, 500);
  for (Index i = 0; i < layout.size(); ++i) layout.data()[i] = static_cast<float>(rng.normal());
  ThreadPool pool(1);
  QCOMPARE(*trustworthiness(layout.cast<Real>(), layout, 12, pool), 1.0);
  const double random = *trustworthiness(layout.cast<Real>(), layout.rowwise().reverse(), 12, pool);
  QVERIFY(std::abs(random - 0.5) < 0.1);
  QVERIFY(!trustworthiness(layout.cast<Real>(), layout, 250, pool));
}

QTEST_GUILESS_MAIN(KMeansTest)
#include "kmeans_test.moc"
