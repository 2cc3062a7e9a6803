// SPDX-License-Identifier: GPL-3.0-or-later
// Beam search as a picture: laid out without overlaps, gone through by keys, forced by a click; and the view
// in front of a real run.
#include "ui/views/beam_view.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include "core/models/pair_model.h"
#include "tests/support/plot_theme.h"
#include "ui/session/language_run.h"
#include "ui/widgets/beam_tree_picture.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

/// Two beams over two steps: "a" and "b" go on, "c" is given up at once, "b" a step later.
std::shared_ptr<const BeamTree> smallTree() {
  auto tree = std::make_shared<BeamTree>();
  const auto add = [&](std::size_t parent, std::size_t step, const char* label, float p,
                       std::optional<std::size_t> prunedAt) {
    BeamTree::Node node;
    node.parent = parent;
    node.step = step;
    node.token = static_cast<TokenId>(tree->nodes.size());
    node.label = label;
    node.probability = p;
    node.score = -0.5;
    node.prunedAt = prunedAt;
    tree->nodes.push_back(node);
  };
  tree->nodes.resize(1);
  add(0, 0, "a", 0.6F, {});
  add(0, 0, "b", 0.3F, 1);
  add(0, 0, "c, \"quoted\"", 0.1F, 0);
  add(1, 1, "d", 0.9F, {});
  add(1, 1, "e", 0.1F, 1);
  add(2, 1, "f", 0.5F, 1);
  tree->said.push_back({4, "a d", -0.5});
  return tree;
}

}  // namespace

class BeamViewTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

 private Q_SLOTS:
  void nodesStandApart() {
    BeamTreePicture picture;
    picture.setTheme(plotTheme());
    picture.resize(600, 300);
    const auto tree = smallTree();
    picture.setTree(tree);
    for (std::size_t i = 0; i < tree->nodes.size(); ++i) {
      const QRectF box = picture.nodeRect(i);
      QVERIFY(box.isValid() && box.left() >= 0 && box.top() >= 0);
      if (i > 0) QVERIFY(box.left() > picture.nodeRect(tree->nodes[i].parent).right());
      for (std::size_t k = 0; k < i; ++k) QVERIFY(!box.intersects(picture.nodeRect(k)));
    }
    // The likeliest way is a straight line.
    QCOMPARE(picture.nodeRect(1).top(), picture.nodeRect(0).top());
    QCOMPARE(picture.nodeRect(4).top(), picture.nodeRect(0).top());
    QVERIFY(picture.textOf(3).endsWith("given up at once"));
    QVERIFY(picture.textOf(2).endsWith("given up at step 2"));
    QVERIFY(picture.textOf(1).startsWith("a, probability 0.6"));
    const PlotSource source = picture.exportSource("beams", {});
    QVERIFY(!renderImage(source).isNull());
    const QString csv = QString::fromStdString(source.csv());
    QCOMPARE(csv.count('\n'), 7);
    QVERIFY(csv.contains("\"c, \"\"quoted\"\"\",0.1"));
  }

  void keysAndClicksChoose() {
    BeamTreePicture picture;
    picture.setTheme(plotTheme());
    picture.resize(600, 300);
    picture.show();
    QVERIFY(QTest::qWaitForWindowExposed(&picture));
    QTest::keyClick(&picture, Qt::Key_Right);  // nothing is there
    picture.setTree(smallTree());
    QSignalSpy chosen(&picture, &BeamTreePicture::chosen);
    for (const auto& [key, expected] :
         {std::pair(Qt::Key_Right, 1), std::pair(Qt::Key_Down, 2), std::pair(Qt::Key_Down, 3),
          std::pair(Qt::Key_Down, 3), std::pair(Qt::Key_Up, 2), std::pair(Qt::Key_Right, 6),
          std::pair(Qt::Key_Up, 5), std::pair(Qt::Key_Left, 1)}) {
      QTest::keyClick(&picture, key);
      QCOMPARE(picture.current(), std::optional<std::size_t>(expected));
    }
    QCOMPARE(chosen.size(), 0);
    QTest::keyClick(&picture, Qt::Key_Return);
    QTest::mouseClick(picture.viewport(), Qt::LeftButton, {}, picture.nodeRect(6).center().toPoint());
    QTest::mouseClick(picture.viewport(), Qt::LeftButton, {}, picture.nodeRect(0).center().toPoint());
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(chosen[0][0].toULongLong(), 1ULL);
    QCOMPARE(chosen[1][0].toULongLong(), 6ULL);
    picture.setTree(nullptr);
    QVERIFY(!picture.current());
  }

  void aClickMakesTheModelGoOnFromThere() {
    Session session(folder_.filePath("settings.ini"));
    BeamView view(session);
    session.runs().setProbe(view.needs());
    view.resize(900, 700);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QVERIFY(!view.textSummary().isEmpty());
    session.openTaskSample("dates");
    QTRY_VERIFY_WITH_TIMEOUT(session.corpus() != nullptr && session.corpus()->task(), kPatience);
    RunConfig config;
    config.modelId = "encoder-decoder";
    config.params = ParamSet::defaultsOf(findModel(config.modelId)->params);
    for (const char* key : {"units", "dimensions"}) config.params.set(key, std::int64_t{16});
    config.params.set("network", std::string("transformer"));
    config.params.set("epochs", std::int64_t{1});
    session.runs().trainWith(config);
    QTRY_VERIFY_WITH_TIMEOUT(session.runs().runs().size() == 1 && !session.runs().isActive(), kPatience);
    Reading reading;
    reading.input = "3 May 1998";
    session.reading().set(reading);
    auto* picture = view.findChild<BeamTreePicture*>("beamTree");
    QTRY_VERIFY_WITH_TIMEOUT(view.tree() && view.tree()->said.size() == 3 && picture->isVisible(), kPatience);
    // Of the model as it is in the end: that of a step before may have been asked first.
    const auto model = std::dynamic_pointer_cast<const PairModel>(newestTrainedOf(*session.runs().current()));
    QVERIFY(model);
    const std::string best = model->translate("3 May 1998", {3, 60}).front().text;
    QTRY_VERIFY_WITH_TIMEOUT(view.tree()->said[0].text == best, kPatience);
    auto* free = view.findChild<QPushButton*>("beamFree");
    QVERIFY(!free->isEnabled());
    // One that was given up.
    const BeamTree before = *view.tree();
    std::size_t node = 1;
    while (!before.nodes[node].prunedAt || before.nodes[node].isEnd) ++node;
    Q_EMIT picture->chosen(node);
    QTRY_VERIFY_WITH_TIMEOUT(
        view.tree()->pathTo(view.tree()->said[0].node).size() > before.nodes[node].step &&
            view.tree()->nodes != before.nodes,
        kPatience);
    const auto path = before.pathTo(node), said = view.tree()->pathTo(view.tree()->said[0].node);
    QVERIFY(std::equal(path.begin(), path.end(), said.begin()));
    QVERIFY(free->isEnabled());
    free->click();
    QTRY_VERIFY_WITH_TIMEOUT(view.tree()->said[0].text == best, kPatience);
    view.findChild<QSpinBox*>("beamCount")->setValue(2);
    QTRY_COMPARE_WITH_TIMEOUT(view.tree()->said.size(), std::size_t{2}, kPatience);
    QVERIFY(view.textSummary().contains("log probability"));
    BeamView other(session);
    other.restoreState(view.saveState());
    QCOMPARE(other.saveState(), view.saveState());
  }
};

QTEST_MAIN(BeamViewTest)
#include "beam_view_test.moc"
