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

std::unique_ptr<Projection> make(const ProjectionInfo& info, std::size_t threads = 1) {
  return info.create(ParamSet::defaultsOf(info.params), 1, threads);
}

/// How far the points went, on average, in units of the layout's size.
double moved(const Layout& from, const Layout& to) {
  const double size = static_cast<double>((from.colwise() - from.rowwise().mean()).norm());
  return static_cast<double>((to - from).norm()) / size;
}

Matrix threeBlobs(Index dimensions, Index points) {
  Rng rng(6);
  Matrix centres(dimensions, 3), result(dimensions, points);
  for (Index i = 0; i < centres.size(); ++i) centres.data()[i] = static_cast<Real>(3 * rng.normal());
  for (Index i = 0; i < points; ++i) {
    for (Index d = 0; d < dimensions; ++d) {
      result(d, i) = centres(d, i * 3 / points) + static_cast<Real>(0.5 * rng.normal());
    }
  }
  return result;
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
  void sameOnTwoThreads_data() { everyProjection(); }
  void sameOnTwoThreads();
  void piecesAreTheSameAsOneGo_data() { everyProjection(); }
  void piecesAreTheSameAsOneGo();
  void warmStartMovesLittle_data() { everyProjection(); }
  void warmStartMovesLittle();
  void keepsTheSenseOfTheInitialLayout_data() { everyProjection(); }
  void keepsTheSenseOfTheInitialLayout();
  void stopsWhileItAdvances_data() { everyProjection(); }
  void stopsWhileItAdvances();
  void objectiveIsFiniteAndFalls_data() { everyProjection(); }
  void objectiveIsFiniteAndFalls();
  void takesItsOwnParameters_data() { everyProjection(); }
  void takesItsOwnParameters();

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
  const Matrix points = threeBlobs(30, 150);
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
  QCOMPARE(projection->layout().cols(), Index{0});
  // A map that is there stays as it is.
  const Matrix points = noise(10, 100, 12);
  QVERIFY(projection->start(points, {}, {}).has_value());
  projection->advance(20);
  const Layout before = projection->layout();
  QVERIFY(!projection->start(points * Real(2), {}, {{}, stop.get_token()}));
  QVERIFY(!projection->resume(points, before, {{}, stop.get_token()}));
  QCOMPARE(projection->layout(), before);
}

void ProjectionsContractTest::sameOnTwoThreads() {
  const Matrix points = noise(20, 1200, 13);
  const auto one = make(current(), 1), two = make(current(), 2);
  QVERIFY(one->start(points, {}, {}) && two->start(points, {}, {}));
  QCOMPARE(one->layout(), two->layout());
  one->advance(60), two->advance(60);
  QCOMPARE(one->layout(), two->layout());
  QCOMPARE(one->objective(), two->objective());
}

void ProjectionsContractTest::piecesAreTheSameAsOneGo() {
  const Matrix points = noise(20, 300, 14);
  const auto whole = make(current()), pieces = make(current());
  QVERIFY(whole->start(points, {}, {}) && pieces->start(points, {}, {}));
  whole->advance(331);
  const Layout begun = pieces->layout();
  pieces->advance(0);
  QCOMPARE(pieces->layout(), begun);
  const auto before = pieces->iteration();
  for (const int piece : {1, 0, 30, 100, 0, 200}) {
    pieces->advance(piece);
    (void)pieces->objective();  // looking does not change anything
  }
  QCOMPARE(pieces->layout(), whole->layout());
  QCOMPARE(pieces->iteration(), whole->iteration());
  QVERIFY(pieces->iteration() == before || pieces->iteration() == before + 331);
}

void ProjectionsContractTest::warmStartMovesLittle() {
  const Matrix points = threeBlobs(20, 300);
  const auto projection = make(current());
  QVERIFY(runToEnd(*projection, points));
  const Layout before = projection->layout();
  // Another that begins where this one ended, and this one itself with points that have moved a little.
  const auto other = make(current());
  QVERIFY(other->resume(points, before, {}).has_value());
  QVERIFY(moved(before, other->layout()) < 1e-4);
  const Matrix nudged = points + noise(20, 300, 15, 0.01);
  QVERIFY(projection->start(nudged, before, {}).has_value());
  for (Projection* one : {other.get(), projection.get()}) {
    for (int i = 0; i < 1000 && one->advance(10); ++i) {
    }
    QVERIFY(one->layout().allFinite());
    QVERIFY2(moved(before, one->layout()) < 0.25, qPrintable(QString::number(moved(before, one->layout()))));
    const Layout aligned = alignTo(one->layout(), before);
    QVERIFY(moved(aligned, one->layout()) < 0.1);  // it neither turns nor mirrors
  }
}

void ProjectionsContractTest::keepsTheSenseOfTheInitialLayout() {
  const Matrix points = threeBlobs(20, 300);
  const auto projection = make(current());
  QVERIFY(projection->start(points, {}, {}).has_value());
  Layout mirrored = projection->layout();
  mirrored.row(0) *= -1;
  const auto other = make(current());
  QVERIFY(runToEnd(*other, points, mirrored));
  // Of turns and mirrored turns to the initial layout, the best is nearly none at all.
  const Layout turned = alignTo(other->layout(), mirrored);
  QVERIFY(moved(other->layout(), turned) < 0.6);
}

void ProjectionsContractTest::stopsWhileItAdvances() {
  std::stop_source stop;
  const auto projection = make(current());
  QVERIFY(projection->start(noise(10, 200, 16), {}, {}).has_value());
  projection->advance(5);
  const auto before = projection->iteration();
  stop.request_stop();
  projection->advance(1000, stop.get_token());
  QCOMPARE(projection->iteration(), before);
}

void ProjectionsContractTest::objectiveIsFiniteAndFalls() {
  const ProjectionInfo& info = current();
  const auto projection = make(info);
  QVERIFY(!projection->objective().has_value());  // of nothing
  QVERIFY(projection->start(threeBlobs(20, 300), {}, {}).has_value());
  QCOMPARE(projection->objective().has_value(), !info.objective.empty());
  if (info.objective.empty()) return;
  const double first = *projection->objective();
  QVERIFY(std::isfinite(first));
  while (projection->advance(100)) {
  }
  QVERIFY(*projection->objective() < first);
  QCOMPARE(projection->lastIteration(), projection->iteration());
}

void ProjectionsContractTest::takesItsOwnParameters() {
  const ProjectionInfo& info = current();
  const Matrix points = noise(10, 150, 17);
  for (const ParamSpec& spec : info.params) {  // the ends of each range, from the start and while it runs
    for (const bool upper : {false, true}) {
      ParamSet params = ParamSet::defaultsOf(info.params);
      const double end = upper ? spec.maximum : spec.minimum;
      if (spec.type == ParamSpec::Type::Integer) params.set(spec.key, static_cast<std::int64_t>(end));
      if (spec.type == ParamSpec::Type::Number) params.set(spec.key, end);
      if (spec.type == ParamSpec::Type::Choice) {
        params.set(spec.key, upper ? spec.options.back().value : spec.options.front().value);
      }
      QVERIFY(validate(info.params, params).has_value());
      const auto fresh = info.create(params, 1);
      QVERIFY(fresh->start(points, {}, {}).has_value());
      fresh->advance(30);
      QVERIFY2(fresh->layout().allFinite(), spec.key.c_str());
      const auto running = make(info);
      QVERIFY(running->setParams(params, {}).has_value());  // of nothing
      QVERIFY(running->start(points, {}, {}).has_value());
      running->advance(10);
      QVERIFY(running->setParams(params, {}).has_value());
      running->advance(30);
      QVERIFY2(running->layout().allFinite(), spec.key.c_str());
    }
  }
}

QTEST_GUILESS_MAIN(ProjectionsContractTest)
#include "projections_contract_test.moc"
