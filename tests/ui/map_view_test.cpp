// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_view.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QToolButton>
#include <cmath>
#include <set>

#include "core/base/rng.h"
#include "ui/plot/scatter_plot.h"
#include "ui/views/map_controls.h"
#include "ui/views/map_search.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/film_dialog.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

/// Vectors [20 x words] that vary most along two directions.
std::shared_ptr<EmbeddingTable> tableOf(Eigen::Index words, std::uint64_t step, double growth = 1) {
  auto table = std::make_shared<EmbeddingTable>();
  table->step = step;
  table->vectors.resize(20, words);
  Rng rng(11);
  for (Eigen::Index i = 0; i < words; ++i)
    for (Eigen::Index k = 0; k < 20; ++k)
      table->vectors(k, i) = static_cast<Real>(growth * rng.normal() * (k == 3 ? 4 : k == 7 ? 2 : 0.3));
  return table;
}

}  // namespace

class MapViewTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<MapView> view_;

  ScatterPlot& plot() { return view_->plot(); }
  const ScatterScene& scene() { return view_->plot().scene(); }
  void settle() {
    for (int i = 0; i < 5; ++i) QCoreApplication::processEvents();
  }
  TokenId idOf(const char* word) { return session_->corpus()->vocabulary().find(word).value_or(kNoToken); }
  /// As MainWindow does.
  void keepProbe() {
    const auto update = [this] { session_->runs().setProbe(view_->isVisible() ? view_->needs() : Probe{}); };
    connect(view_.get(), &View::needsChanged, session_.get(), update);
    update();
  }
  void openAndTrain() {
    session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr, kPatience);
    session_->runs().train();
    QTRY_VERIFY_WITH_TIMEOUT(scene().count() > 100, kPatience);
  }
  /// Stops, and waits until the points stand still.
  void stopAndRest() {
    session_->runs().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!session_->runs().isActive(), kPatience);
    Layout before;
    do {
      before = scene().points;
      QTest::qWait(60);
    } while (before != scene().points);
    QTRY_VERIFY(plot().isViewSettled());
    QTest::qWait(200);
  }

 private Q_SLOTS:
  void init() {
    session_ = std::make_unique<Session>(folder_.filePath("settings.ini"));
    view_ = std::make_unique<MapView>(*session_);
    view_->resize(1000, 700);
    keepProbe();
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
  }
  void cleanup() {
    view_.reset();
    session_.reset();
  }

  // --- the layouter
  void layouterFollowsAndNeverMirrors() {
    MapLayouter layouter;
    std::vector<MapLayout> layouts;
    connect(&layouter, &MapLayouter::ready, this,
            [&](const MapLayout& layout) { layouts.push_back(layout); });
    layouter.follow(tableOf(300, 1), 300);
    QTRY_COMPARE(layouts.size(), std::size_t{1});
    QCOMPARE(layouts[0].placed.x.component, 1);
    QVERIFY(layouts[0].placed.x.share > layouts[0].placed.y.share && layouts[0].placed.y.share > 0.1);
    // The same words, mirrored and a little larger: they stay where they were.
    auto mirrored = tableOf(300, 2, 1.1);
    mirrored->vectors *= -1;
    layouter.follow(mirrored, 300);
    QTRY_COMPARE(layouts.size(), std::size_t{2});
    const float scale = layouts[0].placed.layout.colwise().norm().maxCoeff();
    QVERIFY((layouts[1].placed.layout - layouts[0].placed.layout * 1.1f).cwiseAbs().maxCoeff() <
            0.02f * scale);
    // More words: those that were there stay.
    layouter.follow(tableOf(600, 3), 600);
    QTRY_COMPARE(layouts.size(), std::size_t{3});
    QCOMPARE(layouts[2].placed.layout.cols(), Eigen::Index{600});
    const Layout common = layouts[2].placed.layout.leftCols(300);
    const auto correlation = common.cwiseProduct(layouts[0].placed.layout).sum() /
                             (common.norm() * layouts[0].placed.layout.norm());
    QVERIFY(correlation > 0.95f);
  }

  void onlyTheNewestTableWaits() {
    MapLayouter layouter;
    std::vector<std::uint64_t> steps;
    connect(&layouter, &MapLayouter::ready, this,
            [&](const MapLayout& layout) { steps.push_back(layout.step); });
    for (std::uint64_t step = 1; step <= 10; ++step) layouter.follow(tableOf(200, step), 200);
    QTRY_VERIFY(!steps.empty() && steps.back() == 10);
    QCOMPARE(steps, (std::vector<std::uint64_t>{1, 10}));
  }

  void whileTrainingALayoutWaitsItsTurnButASliderDoesNot() {
    MapLayouter layouter;
    std::vector<MapLayout> layouts;
    connect(&layouter, &MapLayouter::ready, this,
            [&](const MapLayout& layout) { layouts.push_back(layout); });
    const bool training = true;
    layouter.follow(tableOf(200, 1), 200, training);
    QTRY_COMPARE(layouts.size(), std::size_t{1});
    for (std::uint64_t step = 2; step <= 20; ++step) layouter.follow(tableOf(200, step), 200, training);
    QTRY_COMPARE(layouts.back().step, std::uint64_t{20});
    QCOMPARE(layouts.size(), std::size_t{2});
    layouter.follow(tableOf(200, 21), 100, training);
    QTRY_COMPARE(layouts.back().placed.layout.cols(), Eigen::Index{100});
    // The end of the training does not wait either.
    layouter.follow(tableOf(200, 22), 100, false);
    QTRY_COMPARE(layouts.back().step, std::uint64_t{22});
  }

  void hostileVectorsGiveFinitePlaces() {
    MapLayouter layouter;
    std::vector<MapLayout> layouts;
    connect(&layouter, &MapLayouter::ready, this,
            [&](const MapLayout& layout) { layouts.push_back(layout); });
    auto table = tableOf(50, 1);
    table->vectors(0, 7) = std::nanf("");
    table->vectors(0, 9) = std::numeric_limits<float>::infinity();
    layouter.follow(table, 50);
    QTRY_COMPARE(layouts.size(), std::size_t{1});
    QVERIFY(layouts[0].placed.layout.allFinite());
    layouter.reset();
    layouter.follow(tableOf(1, 1), 1);
    QTRY_COMPARE(layouts.size(), std::size_t{2});
  }

  // --- the view
  void theMapMovesWhileItTrains() {
    openAndTrain();
    QCOMPARE(scene().count(), std::min<std::size_t>(2000, session_->corpus()->vocabulary().size()));
    const Layout before = scene().points;
    QTRY_VERIFY_WITH_TIMEOUT((scene().points - before).cwiseAbs().maxCoeff() > 0, kPatience);
    QVERIFY(plot().isFollowing());
    stopAndRest();
    for (std::size_t i = 0; i < scene().count(); ++i) QVERIFY(plot().plotArea().contains(plot().pixelOf(i)));
    QVERIFY(view_->textSummary().contains("%"));
    QVERIFY(view_->findChild<QLabel*>("mapHint")->text().contains("not to be trusted"));
  }

  void aClickIsOneNotification() {
    openAndTrain();
    stopAndRest();
    const TokenId king = idOf("king");
    QVERIFY(king != kNoToken);
    // Isolated words have the place to themselves.
    session_->selection().select({king, idOf("queen"), idOf("cat")});
    QTest::mouseClick(view_->findChild<QToolButton*>("isolate"), Qt::LeftButton);
    QVERIFY(view_->isIsolated());
    session_->selection().clear();
    settle();
    QSignalSpy changed(&session_->selection(), &Selection::changed);
    QSignalSpy hovered(&session_->selection(), &Selection::hoverChanged);
    const QPoint place = plot().pixelOf(king).toPoint();
    QTest::mouseMove(&plot(), place - QPoint(1, 1));
    QTest::mouseMove(&plot(), place);
    QCOMPARE(hovered.count(), 1);
    QCOMPARE(session_->selection().hovered(), king);
    QTest::mouseClick(&plot(), Qt::LeftButton, Qt::NoModifier, place);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(session_->selection().words(), std::vector<TokenId>{king});
    QCOMPARE(scene().selected, std::vector<std::size_t>{king});
    QTest::mouseClick(&plot(), Qt::LeftButton, Qt::NoModifier, place);
    QCOMPARE(changed.count(), 1);  // nothing changed
    QTest::mouseClick(&plot(), Qt::LeftButton, Qt::ControlModifier, plot().pixelOf(idOf("queen")).toPoint());
    QCOMPARE(changed.count(), 2);
    QCOMPARE(session_->selection().words(), (std::vector<TokenId>{king, idOf("queen")}));
    QTest::keyClick(&plot(), Qt::Key_Escape);
    QCOMPARE(changed.count(), 3);
    QVERIFY(session_->selection().isEmpty());
    // A word that is not isolated is not there.
    QVERIFY(!isShown(scene(), 0));
    QTest::mouseClick(view_->findChild<QToolButton*>("isolate"), Qt::LeftButton);
    QVERIFY(isShown(scene(), 0));
  }

  void lassoSelectsWithOneNotification() {
    openAndTrain();
    stopAndRest();
    plot().fit();  // the view may have stopped following a little before the last point came to rest
    QSignalSpy changed(&session_->selection(), &Selection::changed);
    const QRect area = plot().plotArea().toRect().adjusted(5, 5, -5, -5);
    QTest::mousePress(&plot(), Qt::LeftButton, Qt::ShiftModifier, area.topLeft());
    for (const QPoint& corner : {area.topRight(), area.bottomRight(), area.bottomLeft()})
      QTest::mouseMove(&plot(), corner);
    QTest::mouseRelease(&plot(), Qt::LeftButton, Qt::ShiftModifier, area.bottomLeft());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(session_->selection().words().size(), scene().count());
  }

  void searchHighlightsAndSteps() {
    openAndTrain();
    stopAndRest();
    auto* field = view_->findChild<QLineEdit*>("mapSearch");
    QTest::keyClicks(field, "ing");
    QTRY_VERIFY(!scene().matched.empty());
    for (const std::size_t index : scene().matched) QVERIFY(scene().text(index).contains("ing"));
    QVERIFY(session_->selection().isEmpty());
    QSignalSpy changed(&session_->selection(), &Selection::changed);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(session_->selection().primary(), static_cast<TokenId>(scene().matched[0]));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(session_->selection().primary(),
             static_cast<TokenId>(scene().matched[1 % scene().matched.size()]));
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(field->text().isEmpty());
    QTRY_VERIFY(scene().matched.empty());
    field->setText("/k[/");
    auto* count = view_->findChild<ElidedLabel*>("mapSearchCount");
    QTRY_VERIFY(count->isVisible() && !count->text().contains("found"));
    QVERIFY(scene().matched.empty());
  }

  void queriesLookInsideWords() {
    QCOMPARE(wordQuery("king"), std::string("*king*"));
    QCOMPARE(wordQuery(" k?ng "), std::string("k?ng"));
    QCOMPARE(wordQuery("un*"), std::string("un*"));
    QCOMPARE(wordQuery("/^k.*g$/"), std::string("/^k.*g$/"));
    QCOMPARE(wordQuery("  "), std::string());
  }

  void theSliderChangesTheProbe() {
    QSignalSpy needs(view_.get(), &View::needsChanged);
    view_->setWordsWanted(500);
    QCOMPARE(view_->needs().frameWords, std::size_t{500});
    QCOMPARE(needs.count(), 1);
    view_->setWordsWanted(50000);
    QCOMPARE(view_->needs().frameWords, std::size_t{50000});
    view_->setWordsWanted(1000000);
    QCOMPARE(view_->needs().frameWords, std::size_t{50000});
    view_->setWordsWanted(2000);
    openAndTrain();
    session_->runs().pause();
    const std::size_t all = std::min<std::size_t>(2000, session_->corpus()->vocabulary().size());
    QTRY_COMPARE_WITH_TIMEOUT(scene().count(), all, kPatience);
    view_->setWordsWanted(500);
    QTRY_COMPARE_WITH_TIMEOUT(scene().count(), std::min<std::size_t>(500, all), kPatience);
    view_->setWordsWanted(2000);
    QTRY_COMPARE_WITH_TIMEOUT(scene().count(), all, kPatience);
  }

  void aHiddenMapDoesNothing() {
    openAndTrain();
    view_->hide();
    QTest::qWait(50);
    const Layout before = scene().points;
    const std::uint64_t step = session_->runs().current()->trainer->status().step;
    QTRY_VERIFY_WITH_TIMEOUT(
        session_->runs().current()->trainer->status().step > step + 10 || !session_->runs().isActive(),
        kPatience);
    QCOMPARE(scene().points, before);
    view_->show();
    QTRY_VERIFY_WITH_TIMEOUT(scene().points != before, kPatience);
  }

  // --- methods that iterate
  void tsneGoesOnFromPcaAndBack() {
    openAndTrain();
    stopAndRest();
    const Layout pca = view_->layoutShown().placed.layout;
    QVERIFY(!view_->layoutShown().method);
    view_->controls().setMethod("tsne");
    QTRY_VERIFY_WITH_TIMEOUT(view_->layoutShown().iteration > 0, kPatience);
    const std::uint64_t first = view_->layoutShown().iteration;
    QVERIFY(view_->layoutShown().method == findProjection("tsne"));
    QCOMPARE(view_->layoutShown().placed.layout.cols(), pca.cols());
    QTRY_VERIFY_WITH_TIMEOUT(view_->layoutShown().iteration > first + 20, kPatience);
    QVERIFY(view_->layoutShown().objective && *view_->layoutShown().objective > 0);
    QVERIFY((view_->layoutShown().placed.layout - pca).norm() > 0.1f * pca.norm());
    // What is drawn arrives there.
    QTRY_VERIFY_WITH_TIMEOUT((scene().points - pca).norm() > 0.1f * pca.norm(), kPatience);
    const QString hint = view_->findChild<QLabel*>("mapHint")->text();
    QVERIFY2(hint.contains("t-SNE") && hint.contains("mean little"), qPrintable(hint));
    QVERIFY(view_->textSummary().contains("t-SNE"));
    view_->controls().setMethod("pca");
    QTRY_VERIFY_WITH_TIMEOUT(!view_->layoutShown().method, kPatience);
    // It may turn a little on the way to its components.
    QVERIFY((view_->layoutShown().placed.layout - pca).norm() < 0.06f * pca.norm());
    QVERIFY(!view_->isIterating());
    QTRY_VERIFY_WITH_TIMEOUT((scene().points - pca).norm() < 0.06f * pca.norm(), kPatience);
  }

  void aPausedMapAndAHiddenMapDoNotIterate() {
    openAndTrain();
    stopAndRest();
    view_->controls().setMethod("tsne");  // long enough not to be over on a quick machine
    QTRY_VERIFY_WITH_TIMEOUT(view_->layoutShown().iteration > 0, kPatience);
    auto* pause = view_->findChild<QToolButton*>("mapPause");
    QVERIFY(pause->isVisible());
    QTest::mouseClick(pause, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!view_->isIterating(), kPatience);
    QVERIFY(view_->findChild<QLabel*>("mapHint")->text().contains("paused"));
    const std::uint64_t paused = view_->layoutShown().iteration;
    QTest::qWait(50);
    QCOMPARE(view_->layoutShown().iteration, paused);
    QTest::mouseClick(pause, Qt::LeftButton);
    QVERIFY(view_->isIterating());
    QTRY_VERIFY_WITH_TIMEOUT(view_->layoutShown().iteration > paused, kPatience);
    view_->hide();
    QVERIFY(!view_->isIterating());
    const std::uint64_t hidden = view_->layoutShown().iteration;
    QTest::qWait(150);
    QCOMPARE(view_->layoutShown().iteration, hidden);
    view_->show();
    QTRY_VERIFY_WITH_TIMEOUT(view_->layoutShown().iteration > hidden, kPatience);
  }

  void tsneFollowsTrainingAndTheSlider() {
    openAndTrain();
    view_->controls().setMethod("tsne");
    QTRY_VERIFY_WITH_TIMEOUT(view_->layoutShown().method && view_->layoutShown().iteration > 0, kPatience);
    const std::uint64_t step = view_->layoutShown().step;
    session_->runs().stop();
    QTRY_VERIFY_WITH_TIMEOUT(view_->layoutShown().step > step, kPatience);
    view_->setWordsWanted(500);
    const auto fewer = static_cast<Eigen::Index>(
        std::min<std::size_t>(view_->wordsWanted(), session_->corpus()->vocabulary().size()));
    QTRY_COMPARE_WITH_TIMEOUT(view_->layoutShown().placed.layout.cols(), fewer, kPatience);
    QVERIFY(view_->layoutShown().method && view_->layoutShown().placed.layout.allFinite());
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<Eigen::Index>(scene().count()), fewer, kPatience);
  }

  void iterationSurvivesOneWordAndHostileVectors() {
    for (const char* method : {"tsne", "umap"}) {
      MapIteration iteration;
      MapLayout newest;
      connect(&iteration, &MapIteration::ready, this, [&](const MapLayout& layout) { newest = layout; });
      auto table = tableOf(50, 1);
      table->vectors(0, 7) = std::nanf("");
      iteration.begin(*findProjection(method), {});
      iteration.follow(table, 50);
      QTRY_VERIFY_WITH_TIMEOUT(newest.iteration > 5, kPatience);
      QVERIFY(newest.placed.layout.allFinite());
      iteration.follow(tableOf(1, 2), 1);
      QTRY_COMPARE_WITH_TIMEOUT(newest.placed.layout.cols(), Eigen::Index{1}, kPatience);
      QVERIFY(newest.placed.layout.allFinite());
      iteration.follow(tableOf(60, 3), 60);
      QTRY_COMPARE_WITH_TIMEOUT(newest.placed.layout.cols(), Eigen::Index{60}, kPatience);
      QVERIFY(newest.placed.layout.allFinite());
      QTRY_VERIFY_WITH_TIMEOUT(newest.converged && !iteration.isActive(), kPatience);
    }
  }

  void clustersColourTheWords() {
    openAndTrain();
    stopAndRest();
    view_->controls().setColor(MapColor::Cluster);
    QTRY_COMPARE_WITH_TIMEOUT(scene().colors.size(), scene().count(), kPatience);
    QCOMPARE(scene().palette.size(), MapClusters::kClusters);
    std::vector<std::size_t> sizes(MapClusters::kClusters);
    for (const std::uint8_t color : scene().colors) ++sizes.at(color);
    QVERIFY(sizes.front() < scene().count() && sizes.front() > 0 && sizes[1] > 0);
    QVERIFY(std::is_sorted(sizes.rbegin(), sizes.rend()));
    view_->controls().setColor(MapColor::Plain);
    QVERIFY(scene().colors.empty());
  }

  void movementColoursTheWordsThatTurn() {
    openAndTrain();
    view_->controls().setColor(MapColor::Movement);
    const auto different = [this] {
      std::set<std::uint8_t> colors(scene().colors.begin(), scene().colors.end());
      return colors.size();
    };
    QTRY_VERIFY_WITH_TIMEOUT(different() > 8, kPatience);
    QCOMPARE(scene().palette.size(), std::size_t{kScaleBins});
    stopAndRest();
    QVERIFY(different() > 8);  // the last movement stays
    session_->selection().hover(3);
    // Another text: nothing has moved.
    session_->openSample("small-world-zh");
    QTRY_COMPARE_WITH_TIMEOUT(scene().count(), std::size_t{0}, kPatience);
    QVERIFY(scene().colors.empty());
  }

  void aMapThatHasNotMovedIsOfOneColour() {
    session_->openSample("small-world-en");
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr, kPatience);
    view_->controls().setColor(MapColor::Movement);
    view_->hide();
    session_->runs().train();
    QTRY_VERIFY_WITH_TIMEOUT(session_->runs().status().step > 5, kPatience);
    session_->runs().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!session_->runs().isActive(), kPatience);
    view_->show();  // it sees the end alone
    QTRY_VERIFY_WITH_TIMEOUT(scene().count() > 100, kPatience);
    settle();
    for (const std::uint8_t color : scene().colors) QCOMPARE(color, std::uint8_t{0});
    QVERIFY(!view_->grab().isNull());
  }

  void trailsLeadUpToTheMomentThatIsShown() {
    openAndTrain();
    Timeline& timeline = session_->timeline();
    QTRY_VERIFY_WITH_TIMEOUT(timeline.steps().size() > 8, kPatience);
    QVERIFY(scene().trails.empty());
    session_->selection().select(idOf("king"));
    // While it trains they grow by themselves.
    QTRY_VERIFY_WITH_TIMEOUT(!scene().trails.empty(), kPatience);
    QCOMPARE(scene().trails[0].point, std::size_t{idOf("king")});
    stopAndRest();
    const auto wanted = trailSteps(timeline.steps(), MapTrails::kMostMoments);
    const auto length = [this] { return scene().trails.empty() ? 0 : scene().trails[0].places.cols(); };
    const auto before = [&](std::uint64_t step) {
      return static_cast<Eigen::Index>(std::lower_bound(wanted.begin(), wanted.end(), step) - wanted.begin());
    };
    QTRY_COMPARE_WITH_TIMEOUT(length(), before(view_->layoutShown().step), kPatience);
    // Back in time: a part of the way, and at the beginning none of it.
    const std::uint64_t middle = timeline.steps()[timeline.steps().size() / 2];
    timeline.showStep(middle);
    QTRY_COMPARE_WITH_TIMEOUT(view_->layoutShown().step, middle, kPatience);
    QCOMPARE(length(), before(middle));
    QVERIFY(length() > 1);
    // It lies where the map does.
    const float size = view_->layoutShown().placed.layout.colwise().norm().maxCoeff();
    QVERIFY(scene().trails[0].places.colwise().norm().maxCoeff() < 1.5f * size);
    timeline.showIndex(0);
    QTRY_COMPARE_WITH_TIMEOUT(length(), Eigen::Index{0}, kPatience);
    timeline.goLive();
    QTRY_VERIFY(length() > 1);
    QTest::mouseClick(view_->findChild<QToolButton*>("mapTrails"), Qt::LeftButton);
    QCOMPARE(length(), Eigen::Index{0});
    QVERIFY(!view_->saveState()["trails"].toBool(true));
  }

  void anotherTextClearsTheMap() {
    openAndTrain();
    session_->runs().stop();
    session_->openSample("small-world-zh");
    QTRY_COMPARE_WITH_TIMEOUT(scene().count(), std::size_t{0}, kPatience);
    auto* button = view_->findChild<QPushButton*>("emptyButton");
    QTRY_VERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(scene().count() > 100, kPatience);
    QCOMPARE(scene().text(0),
             QString::fromUtf8(session_->corpus()->vocabulary().word(0).data(),
                               static_cast<qsizetype>(session_->corpus()->vocabulary().word(0).size())));
  }

  void stateComesBack() {
    view_->setWordsWanted(5000);
    view_->findChild<QComboBox*>("mapColors")->setCurrentIndex(1);
    view_->controls().setMethod("tsne");
    view_->controls().setPerplexity(12);
    plot().setView(1, 2, 0.5);
    const QJsonObject state = view_->saveState();
    MapView other(*session_);
    other.restoreState(state);
    QCOMPARE(other.saveState(), state);
    QVERIFY(!other.plot().isFollowing());
    QCOMPARE(other.controls().method(), std::string("tsne"));
    other.restoreState({});
    QCOMPARE(other.controls().method(), std::string("pca"));
    QCOMPARE(other.wordsWanted(), std::size_t{2000});
  }

  void aFilmIsWrittenOrLeavesNothing() {
    openAndTrain();
    QTRY_VERIFY_WITH_TIMEOUT(session_->timeline().steps().size() > 3, kPatience);
    session_->runs().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!session_->runs().isActive(), kPatience);
    const auto& steps = session_->timeline().steps();
    FilmOptions options;
    options.first = steps[1];
    options.last = steps.back();
    options.size = {320, 200};
    options.perSecond = 5;
    options.seconds = 2;
    options.path = folder_.filePath("film.png");
    auto* bar = view_->findChild<CsvExport*>();
    QSignalSpy finished(bar, &CsvExport::finished);
    view_->exportFilm(options);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
    QFile file(options.path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QCOMPARE(bytes.count("fcTL"), 10);
    QCOMPARE(QImage::fromData(bytes).size(), options.size);
    // Cancelled: nothing is there, whenever that came.
    options.path = folder_.filePath("cancelled");
    options.animated = false;
    options.perSecond = 60;
    options.seconds = 300;
    view_->exportFilm(options);
    QVERIFY(bar->isRunning());
    bar->cancel();
    QVERIFY(QThreadPool::globalInstance()->waitForDone(kPatience));
    QVERIFY(QDir(folder_.path()).entryList({"cancelled*"}).isEmpty());
  }

  void exportsPictureAndNumbers() {
    openAndTrain();
    stopAndRest();
    const PlotSource source = view_->exportSource();
    const std::string csv = source.csv();
    QCOMPARE(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')), scene().count() + 1);
    const QByteArray svg = renderPicture(source, PictureFormat::Svg);
    QVERIFY(svg.contains("<svg") && svg.contains("PC 1"));
    for (const char* name : {"map.png", "map.svg", "map.pdf", "map.csv"}) {
      QVERIFY(exportPlot(source, folder_.filePath(name).toStdString()));
      QVERIFY(QFileInfo(folder_.filePath(name)).size() > 1000);
    }
  }
};

QTEST_MAIN(MapViewTest)
#include "map_view_test.moc"
