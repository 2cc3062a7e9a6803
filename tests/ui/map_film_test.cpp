// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_film.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/rng.h"
#include "tests/support/plot_theme.h"

using namespace lexarium;

namespace {

/// Keeps the pictures.
class KeptFilm final : public FilmFile {
 public:
  Expected<void> add(const QImage& picture) override {
    if (pictures.size() == failAt) return makeError("The disk is full");
    pictures.push_back(picture);
    return {};
  }
  Expected<void> finish() override {
    finished = true;
    return {};
  }
  std::vector<QImage> pictures;
  std::size_t failAt = 1000;
  bool finished = false;
};

/// Words that spread from the middle.
MapFilm someFilm(std::size_t moments) {
  MapFilm film;
  Rng rng(5);
  Matrix vectors(8, 60);
  for (Eigen::Index i = 0; i < vectors.size(); ++i)
    vectors.data()[i] = static_cast<Real>(rng.normal() * (i % 8 < 2 ? 4 : 0.2));
  for (std::size_t i = 0; i < moments; ++i) {
    auto frame = std::make_shared<HistoryFrame>();
    frame->step = 10 * (i + 1);
    frame->encode(vectors * static_cast<Real>(static_cast<double>(i + 1) / static_cast<double>(moments)));
    film.moments.push_back(std::move(frame));
  }
  film.words = 60;
  film.theme = plotTheme();
  film.scene.text = [](std::size_t i) { return QStringLiteral("word%1").arg(i); };
  film.scene.points = Layout::Random(2, 60) * 1000;  // where the map was: of no importance
  film.scene.palette = {QColor(Qt::blue)};
  film.size = {320, 240};
  film.perSecond = 10;
  film.seconds = 2;
  film.caption = [](const HistoryFrame& moment) { return QStringLiteral("Step %1").arg(moment.step); };
  film.axisTitles = [](const MapLayout&) { return std::pair(QStringLiteral("x"), QStringLiteral("y")); };
  return film;
}

/// Pixels of points.
int blueOf(const QImage& image) {
  int count = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) {
      const QColor color = image.pixelColor(x, y);
      count += color.blue() > color.red() + 100 ? 1 : 0;
    }
  return count;
}

}  // namespace

class MapFilmTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aFilmHasItsPicturesAndMoves() {
    const MapFilm film = someFilm(5);
    QCOMPARE(film.pictures(), 20u);
    KeptFilm file;
    std::vector<double> progress;
    TaskContext context;
    context.progress = [&](double share, const std::string&) { progress.push_back(share); };
    QVERIFY(drawFilm(film, file, context).has_value());
    QVERIFY(file.finished);
    QCOMPARE(file.pictures.size(), std::size_t{20});
    QCOMPARE(progress.size(), std::size_t{20});
    QCOMPARE(progress.back(), 1.0);
    for (std::size_t i = 0; i < 20; ++i) {
      QCOMPARE(file.pictures[i].size(), QSize(320, 240));
      QVERIFY(blueOf(file.pictures[i]) > 100);
      QVERIFY(i == 0 || file.pictures[i] != file.pictures[i - 1]);
    }
  }

  void theCaptionsAreThoseOfTheMoments() {
    MapFilm film = someFilm(40);
    film.perSecond = 5;
    film.seconds = 2;
    std::vector<std::uint64_t> steps;
    film.caption = [&steps](const HistoryFrame& moment) {
      steps.push_back(moment.step);
      return QString();
    };
    KeptFilm file;
    QVERIFY(drawFilm(film, file, {}).has_value());
    QCOMPARE(steps.size(), std::size_t{10});
    QCOMPARE(steps.front(), std::uint64_t{10});
    QCOMPARE(steps.back(), std::uint64_t{400});
    QVERIFY(std::is_sorted(steps.begin(), steps.end()));
  }

  void aKeptViewStaysAndTrailsGrow() {
    MapFilm film = someFilm(6);
    film.view = PlaneView{0, 0, 0.2, {640, 480}};
    film.scene.selected = {3};
    film.trails = true;
    KeptFilm with, without;
    QVERIFY(drawFilm(film, with, {}).has_value());
    film.trails = false;
    QVERIFY(drawFilm(film, without, {}).has_value());
    QCOMPARE(with.pictures.front(), without.pictures.front());
    QVERIFY(with.pictures.back() != without.pictures.back());
  }

  void methodsThatIterateGoOn() {
    MapFilm film = someFilm(3);
    film.method = findProjection("umap");
    film.params = ParamSet::defaultsOf(film.method->params);
    film.seconds = 1;
    KeptFilm file;
    QVERIFY(drawFilm(film, file, {}).has_value());
    QCOMPARE(file.pictures.size(), std::size_t{10});
    QVERIFY(blueOf(file.pictures.back()) > 100);
  }

  void itStopsWhenAskedAndWhenTheFileFails() {
    KeptFilm file;
    std::stop_source source;
    TaskContext context;
    context.stop = source.get_token();
    context.progress = [&](double share, const std::string&) {
      if (share > 0.4) source.request_stop();
    };
    const auto stopped = drawFilm(someFilm(5), file, context);
    QVERIFY(!stopped && stopped.error().kind == Error::Kind::Cancelled);
    QVERIFY(!file.finished && file.pictures.size() == 9);
    KeptFilm full;
    full.failAt = 3;
    QVERIFY(!drawFilm(someFilm(5), full, {}).has_value());
    QVERIFY(!full.finished);
    QVERIFY(!drawFilm(someFilm(1), full, {}).has_value());
  }
};

QTEST_MAIN(MapFilmTest)
#include "map_film_test.moc"
