// SPDX-License-Identifier: GPL-3.0-or-later
// core/projection: PCA against Eigen's singular value decomposition, and its properties.
#include <Eigen/Eigenvalues>
#include <Eigen/SVD>
#include <QTest>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/rng.h"
#include "core/projection/principal_axes.h"
#include "core/projection/projection.h"

using namespace lexarium;
using Eigen::Index;

namespace {

/// Normal points whose deviation falls from dimension to dimension, so that the axes are well apart.
Matrix cloud(Index dimensions, Index points, std::uint64_t seed, double fall = 0.8) {
  Rng rng(seed);
  Matrix result(dimensions, points);
  for (Index i = 0; i < points; ++i) {
    for (Index d = 0; d < dimensions; ++d) {
      result(d, i) = static_cast<Real>(rng.normal() * std::pow(fall, static_cast<double>(d)) + 3);
    }
  }
  // Turned, so that no axis lies along a coordinate.
  Eigen::MatrixXd mix(dimensions, dimensions);
  for (Index i = 0; i < mix.size(); ++i) mix.data()[i] = rng.normal();
  const Eigen::MatrixXd turn = Eigen::HouseholderQR<Eigen::MatrixXd>(mix).householderQ();
  return turn.cast<Real>() * result;
}

std::unique_ptr<Projection> pca() {
  const ProjectionInfo* info = findProjection("pca");
  return info->create(ParamSet::defaultsOf(info->params), 1);
}

Layout layoutOf(const Matrix& points) {
  auto projection = pca();
  [[maybe_unused]] const auto done = projection->start(points, {}, {});
  return projection->layout();
}

/// Largest difference when each axis may be mirrored.
double differenceUpToSigns(const Layout& a, const Layout& b) {
  double worst = 0;
  for (Index axis = 0; axis < 2; ++axis) {
    const double same = static_cast<double>((a.row(axis) - b.row(axis)).cwiseAbs().maxCoeff());
    const double mirrored = static_cast<double>((a.row(axis) + b.row(axis)).cwiseAbs().maxCoeff());
    worst = std::max(worst, std::min(same, mirrored));
  }
  return worst;
}

struct Reference {
  Layout layout;
  std::vector<double> shares;
};

Reference reference(const Matrix& points) {
  Eigen::MatrixXd centred = points.cast<double>();
  const Eigen::VectorXd mean = centred.rowwise().mean();
  centred.colwise() -= mean;
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(centred, Eigen::ComputeThinU);
  const Eigen::VectorXd squares = svd.singularValues().cwiseAbs2();
  Reference result;
  result.layout = (svd.matrixU().leftCols(2).transpose() * centred).cast<float>();
  result.shares = {squares(0) / squares.sum(), squares(1) / squares.sum()};
  return result;
}

}  // namespace

class PcaTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithSingularValues_data();
  void agreesWithSingularValues();
  void axesAreOrthonormalAndUncorrelated();
  void sharesOfAllAxesSumToOne();
  void orderOfPointsDoesNotMatter();
  void placeOfTheCloudDoesNotMatter();
  void followingEqualsBeginningAnew();
  void followingKeepsTheSense();
  void followsAcrossNearlyEqualAxes();
  void manyDimensionsAreIterated();
  void facesLikeTheInitialLayout();
  void notFiniteColumnsDoNotSpoilTheOthers();
  void cancels();
};

void PcaTest::agreesWithSingularValues_data() {
  QTest::addColumn<int>("dimensions");
  QTest::addColumn<int>("points");
  QTest::newRow("2 x 2") << 2 << 2;
  QTest::newRow("2 x 40") << 2 << 40;
  QTest::newRow("3 x 1000") << 3 << 1000;
  QTest::newRow("20 x 700") << 20 << 700;
  QTest::newRow("100 x 30, fewer points than dimensions") << 100 << 30;
  QTest::newRow("100 x 3") << 100 << 3;
  QTest::newRow("40 x 40") << 40 << 40;
  QTest::newRow("60 x 1025, a block and one") << 60 << 1025;
}

void PcaTest::agreesWithSingularValues() {
  QFETCH(int, dimensions);
  QFETCH(int, points);
  const Matrix data = cloud(dimensions, points, 5);
  auto projection = pca();
  QVERIFY(projection->start(data, {}, {}).has_value());
  const Reference expected = reference(data);
  const double difference = differenceUpToSigns(projection->layout(), expected.layout);
  QVERIFY2(difference < 2e-4, qPrintable(QString::number(difference)));
  const auto shares = projection->varianceShares();
  QCOMPARE(shares.size(), std::size_t{2});
  for (std::size_t axis = 0; axis < 2; ++axis) QVERIFY(std::abs(shares[axis] - expected.shares[axis]) < 1e-5);
}

void PcaTest::axesAreOrthonormalAndUncorrelated() {
  const auto axes = principalAxes(cloud(30, 500, 8), {});
  QVERIFY(axes.has_value());
  const Eigen::MatrixXd identity = axes->basis.transpose() * axes->basis;
  QVERIFY((identity - Eigen::MatrixXd::Identity(identity.rows(), identity.cols())).norm() < 1e-9);
  const Eigen::MatrixXd projected = axes->projected.cast<double>();
  const Eigen::MatrixXd covariance = projected * projected.transpose() / 500.0;
  const Eigen::MatrixXd diagonal = axes->variances.asDiagonal();
  QVERIFY((covariance - diagonal).norm() < 1e-4 * axes->variances(0));
  for (Index i = 1; i < axes->variances.size(); ++i) QVERIFY(axes->variances(i) <= axes->variances(i - 1));
}

void PcaTest::sharesOfAllAxesSumToOne() {
  const auto axes = principalAxes(cloud(5, 300, 9), {});  // 5 dimensions: the basis holds every axis
  QVERIFY(axes.has_value());
  QCOMPARE(axes->variances.size(), Index{5});
  QVERIFY(std::abs(axes->variances.sum() / axes->totalVariance - 1) < 1e-5);
}

void PcaTest::orderOfPointsDoesNotMatter() {
  const Matrix data = cloud(25, 400, 3);
  std::vector<Index> order(400);
  std::iota(order.begin(), order.end(), Index{0});
  Rng rng(4);
  for (std::size_t i = order.size() - 1; i > 0; --i) {
    std::swap(order[i], order[rng.below(static_cast<std::uint32_t>(i + 1))]);
  }
  const Layout straight = layoutOf(data);
  const Layout shuffled = layoutOf(data(Eigen::all, order));
  QVERIFY((shuffled - Layout(straight(Eigen::all, order))).cwiseAbs().maxCoeff() < 1e-4f);
}

void PcaTest::placeOfTheCloudDoesNotMatter() {
  const Matrix data = cloud(25, 400, 3);
  const Vector shift = Vector::Constant(25, 20);
  QVERIFY((layoutOf(data) - layoutOf(data.colwise() + shift)).cwiseAbs().maxCoeff() < 1e-3f);
}

void PcaTest::followingEqualsBeginningAnew() {
  // A cloud that drifts from one to another, as words do in training.
  const Matrix from = cloud(50, 600, 21), to = cloud(50, 600, 22);
  auto following = pca();
  for (int frame = 0; frame <= 20; ++frame) {
    const auto part = static_cast<Real>(frame / 20.0);
    const Matrix now = (1 - part) * from + part * to;
    QVERIFY(following->start(now, {}, {}).has_value());
    auto anew = pca();
    QVERIFY(anew->start(now, {}, {}).has_value());
    const auto a = following->varianceShares(), b = anew->varianceShares();
    QVERIFY2(std::abs(a[0] - b[0]) < 1e-4 && std::abs(a[1] - b[1]) < 1e-4,
             qPrintable(
                 QString("frame %1: %2 %3, anew %4 %5").arg(frame).arg(a[0]).arg(a[1]).arg(b[0]).arg(b[1])));
    const Layout aligned = alignTo(following->layout(), anew->layout());
    const float spread = anew->layout().cwiseAbs().maxCoeff();
    QVERIFY((aligned - anew->layout()).cwiseAbs().maxCoeff() < 0.01f * spread);
  }
}

void PcaTest::followingKeepsTheSense() {
  const Matrix data = cloud(50, 600, 21, 0.7);
  auto projection = pca();
  QVERIFY(projection->start(data, {}, {}).has_value());
  const Layout first = projection->layout();
  Rng rng(1);
  for (int frame = 0; frame < 30; ++frame) {
    Matrix noisy = data;
    for (Index i = 0; i < noisy.size(); ++i) noisy.data()[i] += static_cast<Real>(0.01 * rng.normal());
    QVERIFY(projection->start(noisy, {}, {}).has_value());
    QVERIFY((projection->layout() - first).cwiseAbs().maxCoeff() < 0.1f);
  }
}

void PcaTest::followsAcrossNearlyEqualAxes() {
  Rng rng(3);
  Matrix data(10, 500);  // a ball: no axis is better than another, and nothing may go wrong
  for (Index i = 0; i < data.size(); ++i) data.data()[i] = static_cast<Real>(rng.normal());
  auto projection = pca();
  for (int frame = 0; frame < 5; ++frame) {
    QVERIFY(projection->start(data, {}, {}).has_value());
    QVERIFY(projection->layout().allFinite());
    auto anew = pca();
    QVERIFY(anew->start(data, {}, {}).has_value());
    QVERIFY(std::abs(projection->varianceShares()[0] - anew->varianceShares()[0]) < 1e-4);
    data *= Real(1.1);
  }
}

void PcaTest::manyDimensionsAreIterated() {
  const Matrix data = cloud(600, 700, 6, 0.5);  // above the limit of the full decomposition
  auto projection = pca();
  QVERIFY(projection->start(data, {}, {}).has_value());
  // With deviations falling by half, the shares are 0.75 and 0.1875 but for chance; the decomposition knows
  // exactly.
  Eigen::MatrixXd centred = data.cast<double>();
  const Eigen::VectorXd mean = centred.rowwise().mean();
  centred.colwise() -= mean;
  const Eigen::MatrixXd scatter = centred * centred.transpose();
  const Eigen::VectorXd squares =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(scatter, Eigen::EigenvaluesOnly).eigenvalues().reverse();
  for (Index axis = 0; axis < 2; ++axis) {
    const double share = projection->varianceShares()[static_cast<std::size_t>(axis)];
    QVERIFY(std::abs(share - squares(axis) / squares.sum()) < 1e-4);
  }
}

void PcaTest::facesLikeTheInitialLayout() {
  const Matrix data = cloud(20, 100, 2);
  const Layout own = layoutOf(data);
  Layout mirrored = own;
  mirrored.row(0) *= -1;
  auto projection = pca();
  QVERIFY(projection->start(data, mirrored, {}).has_value());
  QVERIFY((projection->layout() - mirrored).cwiseAbs().maxCoeff() < 1e-4f);
}

void PcaTest::notFiniteColumnsDoNotSpoilTheOthers() {
  const Matrix clean = cloud(20, 102, 2);
  Matrix dirty(20, 105);
  dirty << clean.leftCols(50), Matrix::Constant(20, 1, std::numeric_limits<Real>::quiet_NaN()),
      clean.middleCols(50, 50), Matrix::Constant(20, 2, std::numeric_limits<Real>::infinity()),
      clean.rightCols(2);
  const Layout expected = layoutOf(clean), got = layoutOf(dirty);
  QCOMPARE(got.cols(), Index{105});
  QVERIFY((got.leftCols(50) - expected.leftCols(50)).cwiseAbs().maxCoeff() < 1e-4f);
  QVERIFY((got.rightCols(2) - expected.rightCols(2)).cwiseAbs().maxCoeff() < 1e-4f);
  for (const Index i : {50, 101, 102}) QVERIFY(got.col(i).isZero(0));
}

void PcaTest::cancels() {
  std::stop_source stop;
  stop.request_stop();
  auto projection = pca();
  const Matrix data = cloud(20, 100, 2);
  QVERIFY(projection->start(data, {}, {}).has_value());
  const Layout before = projection->layout();
  const auto done = projection->start(data * Real(2), {}, {{}, stop.get_token()});
  QVERIFY(!done);
  QCOMPARE(done.error().kind, Error::Kind::Cancelled);
  QCOMPARE(projection->layout(), before);
}

QTEST_GUILESS_MAIN(PcaTest)
#include "pca_test.moc"
