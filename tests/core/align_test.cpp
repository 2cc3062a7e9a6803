// SPDX-License-Identifier: GPL-3.0-or-later
// core/projection: Procrustes in the plane.
#include <QTest>
#include <cmath>
#include <limits>

#include "core/base/rng.h"
#include "core/projection/projection.h"

using namespace lexarium;
using Eigen::Index;

namespace {

Layout scatter(Index points, std::uint64_t seed) {
  Rng rng(seed);
  Layout layout(2, points);
  for (Index i = 0; i < layout.size(); ++i) layout.data()[i] = static_cast<float>(rng.normal());
  return layout;
}

Layout moved(const Layout& layout, double angle, bool mirror, const Eigen::Vector2f& shift) {
  Eigen::Matrix2f turn;
  const auto c = static_cast<float>(std::cos(angle)), s = static_cast<float>(std::sin(angle));
  turn << c, -s, s, c;
  if (mirror) turn.col(1) *= -1;
  return (turn * layout).colwise() + shift;
}

float worst(const Layout& a, const Layout& b) { return (a - b).cwiseAbs().maxCoeff(); }

}  // namespace

class AlignTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void recoversTurnedMirroredShiftedCopies();
  void doesNotScale();
  void weightsLetTheSteadyPointsDecide();
  void usesTheCommonColumns();
  void degenerateInputIsSafe();
  void doesNotMirrorPointsOnALine();
  void ignoresWhatIsNotFinite();
  void noisyFramesNeverJump();
};

void AlignTest::recoversTurnedMirroredShiftedCopies() {
  const Layout reference = scatter(200, 1);
  for (const bool mirror : {false, true}) {
    for (int step = 0; step < 24; ++step) {
      const Layout copy = moved(reference, step * 0.2618, mirror, {3.0f, -7.0f});
      QVERIFY(worst(alignTo(copy, reference), reference) < 1e-4f);
    }
  }
  for (const Index points : {2, 3}) {
    const Layout few = scatter(points, 2);
    QVERIFY(worst(alignTo(moved(few, 2, true, {1, 1}), few), few) < 1e-4f);
  }
}

void AlignTest::doesNotScale() {
  const Layout reference = scatter(50, 3);
  const Layout large = 3 * reference;
  const Layout aligned = alignTo(large, reference);
  const Eigen::Vector2f centre = reference.rowwise().mean();
  QVERIFY(worst((aligned.colwise() - centre), 3 * (reference.colwise() - centre)) < 1e-4f);
}

void AlignTest::weightsLetTheSteadyPointsDecide() {
  const Layout reference = scatter(100, 4);
  Layout copy = moved(reference, 1, true, {5, 5});
  copy.rightCols(30) = scatter(30, 5) * 20;  // thirty words have gone elsewhere
  Eigen::VectorXf weights = Eigen::VectorXf::Ones(100);
  weights.tail(30).setZero();
  const Layout aligned = alignTo(copy, reference, weights);
  QVERIFY(worst(aligned.leftCols(70), reference.leftCols(70)) < 1e-4f);
  QVERIFY(worst(alignTo(copy, reference).leftCols(70), reference.leftCols(70)) > 0.1f);
}

void AlignTest::usesTheCommonColumns() {
  const Layout all = scatter(60, 6);
  const Layout copy = moved(all, -2, false, {1, 2});
  QVERIFY(worst(alignTo(copy, all.leftCols(40)), all) < 1e-4f);
  QVERIFY(worst(alignTo(copy.leftCols(40), all), all.leftCols(40)) < 1e-4f);
}

void AlignTest::degenerateInputIsSafe() {
  const Layout none(2, 0);
  QCOMPARE(alignTo(none, none).cols(), Index{0});
  const Layout some = scatter(3, 7);
  QCOMPARE(alignTo(some, none), some);
  QCOMPARE(alignTo(none, some).cols(), Index{0});
  const Layout one = some.leftCols(1), other = some.rightCols(1);
  QVERIFY(worst(alignTo(one, other), other) < 1e-6f);
  Layout same(2, 4);
  same.colwise() = Eigen::Vector2f(2, 3);
  QVERIFY(alignTo(same, scatter(4, 8)).allFinite());
  QVERIFY(alignTo(scatter(4, 8), same).allFinite());
  const Eigen::VectorXf nothing = Eigen::VectorXf::Zero(3);
  QCOMPARE(alignTo(some, scatter(3, 9), nothing), some);
}

void AlignTest::doesNotMirrorPointsOnALine() {
  Layout line(2, 5);
  line << 0, 1, 2, 3, 7, 0, 0, 0, 0, 0;
  Layout off(2, 6);  // the sixth point has no partner: it shows whether the plane was turned over
  off << line, Eigen::Vector2f(0, 1);
  const Layout aligned = alignTo(off, line);
  QVERIFY(worst(aligned, off) < 1e-5f);
}

void AlignTest::ignoresWhatIsNotFinite() {
  const Layout reference = scatter(50, 10);
  Layout copy = moved(reference, 1, true, {4, 4});
  copy(0, 7) = std::numeric_limits<float>::quiet_NaN();
  Layout dirty = reference;
  dirty(1, 9) = std::numeric_limits<float>::infinity();
  const Layout aligned = alignTo(copy, dirty);
  QVERIFY(aligned.allFinite());
  for (Index i = 0; i < 50; ++i) {
    if (i != 7) QVERIFY((aligned.col(i) - reference.col(i)).norm() < 1e-4f);
  }
}

void AlignTest::noisyFramesNeverJump() {
  // Each frame is the one before with a little noise, then turned and mirrored at will, as projections do.
  Rng rng(11);
  Layout shape = scatter(300, 12);
  Layout shown = shape;
  for (int frame = 0; frame < 200; ++frame) {
    for (Index i = 0; i < shape.size(); ++i) shape.data()[i] += static_cast<float>(0.01 * rng.normal());
    const Layout raw =
        moved(shape, 6.28 * rng.uniform(), rng.below(2) == 0, {static_cast<float>(rng.normal()), 0});
    const Layout aligned = alignTo(raw, shown);
    QVERIFY(worst(aligned, shown) < 0.1f);
    shown = aligned;
  }
}

QTEST_GUILESS_MAIN(AlignTest)
#include "align_test.moc"
