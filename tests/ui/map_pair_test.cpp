// SPDX-License-Identifier: GPL-3.0-or-later
// The maps of two runs beside each other.
#include "ui/views/map_pair.h"

#include <Eigen/Geometry>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <limits>

#include "core/base/rng.h"
#include "tests/support/toy_corpus.h"
#include "ui/plot/scatter_plot.h"
#include "ui/views/map_pair_view.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;
constexpr Eigen::Index kCount = 60;

std::shared_ptr<const Corpus> someCorpus() {
  std::string text;
  for (Eigen::Index round = 0; round < kCount; ++round)
    for (Eigen::Index i = 0; i <= round; ++i) text += "w" + std::to_string(i) + ' ';
  return toyCorpus({text});
}

/// Vectors that vary most along two directions.
EmbeddingTable someTable() {
  EmbeddingTable table;
  Rng rng(9);
  table.vectors.resize(6, kCount);
  for (Eigen::Index i = 0; i < kCount; ++i)
    for (Eigen::Index k = 0; k < 6; ++k)
      table.vectors(k, i) = static_cast<Real>(rng.normal() * (k == 0 ? 4 : k == 1 ? 2 : 0.3));
  return table;
}

}  // namespace

class MapPairTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equalRunsLieOnEachOtherHoweverTheyAreTurned() {
    const auto corpus = someCorpus();
    const EmbeddingTable first = someTable();
    EmbeddingTable second = first;
    second.vectors = -3 * first.vectors;  // mirrored, and longer
    second.vectors.row(0).swap(second.vectors.row(4));
    const auto pair = makeMapPair(first, second, *corpus, 1000, {});
    QVERIFY(pair.has_value());
    QCOMPARE(pair->first.cols(), kCount);
    const float size = pair->first.colwise().norm().maxCoeff();
    QVERIFY((pair->first - pair->second).cwiseAbs().maxCoeff() < 1e-3f * size);
    for (const std::uint8_t common : pair->common) QCOMPARE(std::size_t{common}, pair->neighbours);
  }

  void theWordThatMovedIsTheMostChanged() {
    const auto corpus = someCorpus();
    const EmbeddingTable first = someTable();
    EmbeddingTable second = first;
    second.vectors.col(7) *= -1;
    second.vectors.col(11).setConstant(std::numeric_limits<Real>::quiet_NaN());
    const auto pair = makeMapPair(first, second, *corpus, 50, {});
    QVERIFY(pair.has_value());
    QCOMPARE(pair->first.cols(), Eigen::Index{50});
    QCOMPARE(pair->mostChanged.front(), 7u);
    QVERIFY(std::size_t{pair->common[7]} * 2 < pair->neighbours);
    QVERIFY(pair->hidden[11] == 1 && pair->hidden[7] == 0);
    QCOMPARE(pair->mostChanged.size(), std::size_t{49});
    QVERIFY(pair->second.allFinite());
    std::stop_source source;
    source.request_stop();
    QVERIFY(!makeMapPair(first, second, *corpus, 50, source.get_token()).has_value());
  }

  void twoMapsHaveOneViewAndOneSelection() {
    QTemporaryDir folder;
    Session session(folder.filePath("settings.json"));
    MapPairView view(session);
    view.resize(900, 500);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QString text;
    for (int i = 0; i < 4000; ++i) text += QStringLiteral("w%1 ").arg((i * i + i / 7) % 97);
    session.openText("Words", text);
    QTRY_VERIFY_WITH_TIMEOUT(session.corpus() != nullptr, kPatience);
    for (const std::uint64_t seed : {1, 2}) {
      RunConfig config = session.runs().nextConfig();
      config.execution.seed = seed;
      config.params.set("min_count", std::int64_t{1});
      session.runs().setNextConfig(config);
      session.runs().train();
      QTRY_VERIFY_WITH_TIMEOUT(!session.runs().isActive(), kPatience);
    }
    QCOMPARE(session.pair().first(), session.runs().runs()[0]->id);
    QCOMPARE(session.pair().second(), session.runs().runs()[1]->id);
    QTRY_VERIFY_WITH_TIMEOUT(view.first().scene().count() > 50, kPatience);
    QCOMPARE(view.second().scene().count(), view.first().scene().count());
    QTRY_COMPARE(view.second().scene().view.unitsPerPixel, view.first().scene().view.unitsPerPixel);
    // A zoom of the one is one of the other; Home shows all in both.
    const double fitted = view.first().scene().view.unitsPerPixel;
    QTest::keyClick(&view.second(), Qt::Key_Plus);
    QTest::keyClick(&view.second(), Qt::Key_Left);
    QVERIFY(view.second().scene().view.unitsPerPixel < fitted);
    QCOMPARE(view.first().scene().view.centerX, view.second().scene().view.centerX);
    QCOMPARE(view.first().scene().view.unitsPerPixel, view.second().scene().view.unitsPerPixel);
    QTest::keyClick(&view.first(), Qt::Key_Home);
    QCOMPARE(view.second().scene().view.unitsPerPixel, fitted);
    // One selection.
    session.selection().select({3, 4});
    QCOMPARE(view.first().scene().selected, (std::vector<std::size_t>{3, 4}));
    QCOMPARE(view.second().scene().selected, (std::vector<std::size_t>{3, 4}));
    // What has changed stands out, unless it shall not.
    QCOMPARE(view.first().scene().matched.size(), MapPairView::kMostChanged);
    QCOMPARE(view.first().scene().matched.front(), std::size_t{view.pair().mostChanged.front()});
    QTest::mouseClick(view.findChild<QToolButton*>("mapPairChanged"), Qt::LeftButton);
    QVERIFY(view.second().scene().matched.empty());
    QVERIFY(renderPicture(view.exportSource(), PictureFormat::Svg).size() > 5000);
    // Chosen the other way round.
    session.pair().set(session.runs().runs()[1]->id, session.runs().runs()[0]->id);
    QTRY_VERIFY_WITH_TIMEOUT(view.first().scene().count() > 50, kPatience);
    QVERIFY(view.textSummary().startsWith("Maps of Skip-gram 2 and Skip-gram 1"));
  }
};

QTEST_MAIN(MapPairTest)
#include "map_pair_test.moc"
