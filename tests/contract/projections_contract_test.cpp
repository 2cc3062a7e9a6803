// SPDX-License-Identifier: GPL-3.0-or-later
// What every projection of the registry must hold.
#include <QTest>
#include <cmath>
#include <limits>
#include <set>

#include "core/base/rng.h"
#include "core/projection/projection.h"

using namespace lexarium;
using Eigen::Index;

namespace {

std::unique_ptr<Projection> make(const ProjectionInfo& info) {
  return info.create(ParamSet::defaultsOf(info.params), 1);
}

/// Starts and works until it has converged, or a generous number of iterations.
bool runToEnd(Projection& projection, const Matrix& points, const Layout& initial = Layout(2, 0)) {
  if (!projection.start(points, initial, {})) return false;
  for (int i = 0; i < 1000 && projection.advance(10); ++i) {
  }
  return true;
}

Matrix noise(Index dimensions, Index points, std::uint64_t seed, double deviation = 1) {
  Rng rng(seed);
  Matrix result(dimensions, points);
  for (Index i = 0; i < result.size(); ++i) result.data()[i] = static_cast<Real>(deviation * rng.normal());
  return result;
}

}  // namespace

class ProjectionsContractTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void describesItself_data() { everyProjection(); }
  void describesItself();
  void fewPoints_data() { everyProjection(); }
  void fewPoints();
  void duplicatesAndEqualPoints_data() { everyProjection(); }
  void duplicatesAndEqualPoints();
  void oneDimensionAndNotFinite_data() { everyProjection(); }
  void oneDimensionAndNotFinite();
  void threeBlobsStayApart_data() { everyProjection(); }
  void threeBlobsStayApart();
  void sameSeedSameLayout_data() { everyProjection(); }
  void sameSeedSameLayout();
  void goesOnWithNewPoints_data() { everyProjection(); }
  void goesOnWithNewPoints();
  void cancels_data() { everyProjection(); }
  void cancels();

 private:
  static void everyProjection() {
    QTest::addColumn<QString>("id");
    for (const ProjectionInfo& info : projections()) {
      QTest::newRow(info.id.c_str()) << QString::fromStdString(info.id);
    }
  }
  static const ProjectionInfo& current() {
    const QString id = *static_cast<QString*>(QTest::qData("id", qMetaTypeId<QString>()));
    return *findProjection(id.toStdString());
  }
};

void ProjectionsContractTest::describesItself() {
  const ProjectionInfo& info = current();
  QVERIFY(!info.title.empty() && !info.summary.empty() && !info.citation.empty());
  std::set<std::string> keys;
  for (const ParamSpec& spec : info.params) {
    QVERIFY(keys.insert(spec.key).second);
    QVERIFY(validate(spec, spec.defaultValue).has_value());
  }
  QVERIFY(findProjection("no such projection") == nullptr);
}

void ProjectionsContractTest::fewPoints() {
  for (const Index points : {0, 1, 2, 3}) {
    const auto projection = make(current());
    QVERIFY(runToEnd(*projection, noise(10, points, 1)));
    QCOMPARE(projection->layout().cols(), points);
    QVERIFY(projection->layout().allFinite());
  }
  const auto none = make(current());
  QVERIFY(runToEnd(*none, Matrix(0, 4)));
  QCOMPARE(none->layout().cols(), Index{4});
}

void ProjectionsContractTest::duplicatesAndEqualPoints() {
  Matrix equal(10, 20);
  equal.colwise() = noise(10, 1, 2).col(0);
  auto projection = make(current());
  QVERIFY(runToEnd(*projection, equal));
  QVERIFY(projection->layout().allFinite());
  for (const double share : projection->varianceShares()) QVERIFY(share >= 0 && share <= 1);
  Matrix pairs(10, 20);
  pairs << noise(10, 10, 3), noise(10, 10, 3);
  projection = make(current());
  QVERIFY(runToEnd(*projection, pairs));
  QVERIFY(projection->layout().allFinite());
}

void ProjectionsContractTest::oneDimensionAndNotFinite() {
  auto projection = make(current());
  QVERIFY(runToEnd(*projection, noise(1, 30, 4)));
  QVERIFY(projection->layout().allFinite());
  Matrix dirty = noise(8, 30, 5);
  dirty(3, 4) = std::numeric_limits<Real>::quiet_NaN();
  dirty(0, 9) = std::numeric_limits<Real>::infinity();
  dirty.col(11).setConstant(std::numeric_limits<Real>::max());
  projection = make(current());
  QVERIFY(runToEnd(*projection, dirty));
  QVERIFY(projection->layout().allFinite());
  projection = make(current());
  QVERIFY(runToEnd(*projection, Matrix::Constant(8, 6, std::numeric_limits<Real>::quiet_NaN())));
  QVERIFY(projection->layout().allFinite());
}

void ProjectionsContractTest::threeBlobsStayApart() {
  Matrix points = noise(30, 150, 6, 0.5);
  const Matrix centres = noise(30, 3, 7, 3);
  for (Index i = 0; i < 150; ++i) points.col(i) += centres.col(i / 50);
  const auto projection = make(current());
  QVERIFY(runToEnd(*projection, points));
  const Layout& layout = projection->layout();
  for (Index i = 0; i < 150; ++i) {  // each point lies nearer to its own blob's middle than to another's
    Index nearest = -1;
    float best = std::numeric_limits<float>::max();
    for (Index blob = 0; blob < 3; ++blob) {
      const float distance = (layout.col(i) - layout.middleCols(blob * 50, 50).rowwise().mean()).norm();
      if (distance < best) best = distance, nearest = blob;
    }
    QCOMPARE(nearest, i / 50);
  }
}

void ProjectionsContractTest::sameSeedSameLayout() {
  const Matrix points = noise(20, 200, 8);
  const auto a = make(current()), b = make(current());
  QVERIFY(runToEnd(*a, points) && runToEnd(*b, points));
  QCOMPARE(a->layout(), b->layout());
}

void ProjectionsContractTest::goesOnWithNewPoints() {
  Matrix points = noise(20, 200, 9);
  points.row(0) *= 5;
  points.row(1) *= 3;
  const auto projection = make(current());
  QVERIFY(runToEnd(*projection, points));
  const Layout before = projection->layout();
  points += noise(20, 200, 10, 0.001);
  QVERIFY(projection->start(points, before, {}).has_value());
  QVERIFY((projection->layout() - before).cwiseAbs().maxCoeff() < 0.1f * before.cwiseAbs().maxCoeff());
  QVERIFY(projection->start(points.leftCols(50), {}, {}).has_value());  // and with another number of them
  QCOMPARE(projection->layout().cols(), Index{50});
  QVERIFY(projection->start(points.topRows(5), {}, {}).has_value());
  QCOMPARE(projection->layout().cols(), Index{200});
}

void ProjectionsContractTest::cancels() {
  std::stop_source stop;
  stop.request_stop();
  const auto projection = make(current());
  const auto done = projection->start(noise(50, 5000, 11), {}, {{}, stop.get_token()});
  QVERIFY(!done);
  QCOMPARE(done.error().kind, Error::Kind::Cancelled);
}

QTEST_GUILESS_MAIN(ProjectionsContractTest)
#include "projections_contract_test.moc"
