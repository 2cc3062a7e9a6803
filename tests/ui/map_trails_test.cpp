// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_trails.h"

#include <Eigen/Geometry>
#include <QSignalSpy>
#include <QTest>
#include <numeric>

#include "core/base/rng.h"

using namespace lexarium;

namespace {

constexpr std::size_t kWords = 40;

/// Words that lie wide along two directions.
Matrix someVectors(std::uint64_t seed = 3) {
  Rng rng(seed);
  Matrix vectors(10, kWords);
  for (Eigen::Index i = 0; i < vectors.cols(); ++i)
    for (Eigen::Index k = 0; k < vectors.rows(); ++k)
      vectors(k, i) = static_cast<Real>(rng.normal() * (k == 2 ? 5 : k == 7 ? 3 : 0.01));
  return vectors;
}

Layout somePlaces() { return someVectors()({2, 7}, Eigen::all).cast<float>(); }

std::shared_ptr<const Layout> shared(Layout layout) {
  return std::make_shared<const Layout>(std::move(layout));
}

void addFrame(History& history, std::uint64_t step, const Matrix& vectors) {
  auto frame = std::make_shared<HistoryFrame>();
  frame->step = step;
  QVERIFY(frame->encode(vectors));
  history.add(std::move(frame));
}

}  // namespace

class MapTrailsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTrailLeadsThroughFewStepsThatStay() {
    std::vector<std::uint64_t> steps(1000);
    std::iota(steps.begin(), steps.end(), 5);
    for (std::size_t n = 0; n <= steps.size(); n += 7) {
      const auto chosen = trailSteps(std::span(steps).first(n), 64);
      QVERIFY(chosen.size() <= 64 && (n < 64 || chosen.size() >= 32));
      if (n == 0) continue;
      QCOMPARE(chosen.front(), std::uint64_t{5});
      // Of the steps of before about every one or every second is still there.
      const auto before = trailSteps(std::span(steps).first(n - 1), 64);
      for (std::size_t i = 0; i < before.size(); i += 2)
        QVERIFY(std::find(chosen.begin(), chosen.end(), before[i]) != chosen.end());
    }
  }

  void trailsAreTurnedAsTheMapIs() {
    const Layout shown = somePlaces();
    // The same places, from small to large, all seen turned.
    const Eigen::Matrix2f turn = Eigen::Rotation2Df(1.2f).toRotationMatrix();
    std::vector<MapMoment> moments;
    for (int i = 1; i <= 4; ++i)
      moments.push_back(
          {static_cast<std::uint64_t>(10 * i), shared(turn * shown * (0.25f * static_cast<float>(i)))});
    const std::vector<std::size_t> points{3, 17};
    const auto live = trailsThrough(moments, points, shown, 45);
    QCOMPARE(live.size(), std::size_t{2});
    QCOMPARE(live[1].point, std::size_t{17});
    QCOMPARE(live[1].places.cols(), Eigen::Index{4});
    for (Eigen::Index i = 1; i < 4; ++i) {
      const Eigen::Vector2f way = live[1].places.col(i) - live[1].places.col(i - 1);
      QVERIFY((way - 0.25f * shown.col(17)).norm() < 1e-3f);
    }
    QVERIFY((live[1].places.col(3) - shown.col(17)).norm() < 1e-3f);
    // Looking back, the way leads up to that moment; what comes later is not there yet.
    const auto past = trailsThrough(moments, points, *moments[1].layout, 20);
    QCOMPARE(past.at(0).places.cols(), Eigen::Index{1});
    QVERIFY((past[0].places.col(0) - moments[0].layout->col(3)).norm() < 1e-3f);
    QVERIFY(trailsThrough(moments, points, shown, 10).empty());
    QVERIFY(trailsThrough({}, points, shown, 10).empty());
  }

  void aWordThatAMomentDoesNotHaveHasNoPlaceInIt() {
    const Layout shown = somePlaces();
    const std::vector<MapMoment> moments{{1, shared(shown.leftCols(20))}, {2, shared(shown)}};
    const std::vector<std::size_t> points{5, 30, 39};
    const auto trails = trailsThrough(moments, points, shown, 9);
    QCOMPARE(trails.size(), std::size_t{3});
    QCOMPARE(trails[0].places.cols(), Eigen::Index{2});
    QCOMPARE(trails[1].places.cols(), Eigen::Index{1});
    QVERIFY((trails[1].places.col(0) - shown.col(30)).norm() < 1e-3f);
    const std::vector<MapMoment> oneMoment{{1, shared(shown.leftCols(20))}};
    QVERIFY(trailsThrough(oneMoment, std::vector<std::size_t>{30}, shown, 9).empty());
  }

  void momentsAreLaidOutAlikeFromTheHistory() {
    auto history = std::make_shared<History>();
    const Matrix vectors = someVectors();
    addFrame(*history, 1, vectors * Real(0.5));
    addFrame(*history, 2, vectors * Real(-0.75));  // mirrored
    addFrame(*history, 3, vectors);
    FrameClock clock;
    MapTrails trails(clock);
    QSignalSpy changed(&trails, &MapTrails::changed);
    trails.follow(history, kWords, false);
    QTRY_COMPARE(trails.moments().size(), std::size_t{3});
    const auto& moments = trails.moments();
    const Layout last = *moments[2].layout;
    QVERIFY((*moments[0].layout - last * 0.5f).cwiseAbs().maxCoeff() < 0.1f);
    QVERIFY((*moments[1].layout - last * 0.75f).cwiseAbs().maxCoeff() < 0.1f);
    // The same again is nothing new; one more moment is.
    const qsizetype signalsBefore = changed.count();
    trails.follow(history, kWords, false);
    addFrame(*history, 4, vectors * Real(1.25));
    trails.follow(history, kWords, false);
    QTRY_COMPARE(trails.moments().size(), std::size_t{4});
    QCOMPARE(changed.count(), signalsBefore + 1);
    // Fewer words are another map.
    trails.follow(history, 20, false);
    QVERIFY(trails.moments().empty());
    QTRY_COMPARE(trails.moments().size(), std::size_t{4});
    QCOMPARE(trails.moments()[0].layout->cols(), Eigen::Index{20});
    // Another run has not been anywhere yet.
    trails.follow(nullptr, 20, false);
    QVERIFY(trails.moments().empty());
  }

  void whileTrainingOneMomentAfterTheOther() {
    auto history = std::make_shared<History>();
    for (std::uint64_t step = 1; step <= 3; ++step) addFrame(*history, step, someVectors());
    FrameClock clock;
    MapTrails trails(clock);
    std::vector<std::size_t> sizes;
    connect(&trails, &MapTrails::changed, this, [&] { sizes.push_back(trails.moments().size()); });
    trails.follow(history, kWords, true);
    QTRY_COMPARE(trails.moments().size(), std::size_t{3});
    QCOMPARE(sizes, (std::vector<std::size_t>{1, 2, 3}));
  }

  void whatWasShownIsRecordedAndThinned() {
    FrameClock clock;
    MapTrails trails(clock);
    for (std::uint64_t step = 1; step <= 1000; ++step)
      trails.record(step, somePlaces() * static_cast<float>(step));
    QVERIFY(trails.moments().size() <= MapTrails::kMostMoments);
    QVERIFY(trails.moments().size() >= MapTrails::kMostMoments / 2);
    QCOMPARE(trails.moments().front().step, std::uint64_t{1});
    QCOMPARE(trails.moments().back().step, std::uint64_t{1000});
    // Again at a step that is there: the newer layout.
    const std::size_t count = trails.moments().size();
    trails.record(1, somePlaces() * 2);
    QCOMPARE(trails.moments().size(), count);
    QVERIFY(*trails.moments().front().layout == somePlaces() * 2);
    trails.reset();
    QVERIFY(trails.moments().empty());
  }
};

QTEST_GUILESS_MAIN(MapTrailsTest)
#include "map_trails_test.moc"
