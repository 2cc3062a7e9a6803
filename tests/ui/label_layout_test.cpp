// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/label_layout.h"

#include <QTest>
#include <algorithm>
#include <set>

#include "core/base/rng.h"

using namespace lexarium;

namespace {

struct Words {
  std::vector<QPointF> anchors;
  std::vector<QSizeF> sizes;

  LabelRequest request(QSizeF viewport) const {
    LabelRequest request;
    request.viewport = viewport;
    request.anchors = anchors;
    request.size = [this](std::size_t i) { return sizes[i]; };
    return request;
  }
};

Words randomWords(std::size_t count, QSizeF area, std::uint64_t seed) {
  Rng rng(seed);
  Words words;
  for (std::size_t i = 0; i < count; ++i) {
    words.anchors.push_back({rng.uniform() * area.width(), rng.uniform() * area.height()});
    words.sizes.push_back({10 + rng.uniform() * 70, 12 + rng.uniform() * 8});
  }
  return words;
}

bool anyOverlap(const std::vector<LabelPlacement>& labels) {
  for (std::size_t i = 0; i < labels.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (labels[i].rect.intersects(labels[j].rect)) return true;
  return false;
}

std::set<std::size_t> indicesOf(const std::vector<LabelPlacement>& labels) {
  std::set<std::size_t> indices;
  for (const LabelPlacement& label : labels) indices.insert(label.index);
  return indices;
}

}  // namespace

class LabelLayoutTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void labelsNeverOverlapAndStayInside() {
    for (const std::size_t count : {0u, 1u, 2u, 50u, 2000u, 20000u}) {
      for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const Words words = randomWords(count, {803, 411}, seed);
        LabelRequest request = words.request({803, 411});
        request.maximum = 10000;
        const auto labels = layoutLabels(request);
        QVERIFY(!anyOverlap(labels));
        QCOMPARE(indicesOf(labels).size(), labels.size());
        for (const LabelPlacement& label : labels) QVERIFY(QRectF(0, 0, 803, 411).contains(label.rect));
        if (count >= 50) QVERIFY(labels.size() > 10);
      }
    }
  }

  void theOrderDecidesWhoWins() {
    Words words;
    words.anchors = {{100, 100}, {101, 100}, {102, 101}, {100, 102}, {99, 99}, {101, 99}};
    words.sizes.assign(6, {60, 16});
    const std::vector<std::uint32_t> order{3, 5, 0, 1, 2, 4};
    LabelRequest request = words.request({300, 200});
    request.order = order;
    request.maximum = 2;
    request.padding = {0, 0};
    QCOMPARE(indicesOf(layoutLabels(request)), (std::set<std::size_t>{3, 5}));
    // What is shown stays, except before a word that is more than twice as high in the order.
    const std::vector<LabelPlacement> shown{{0, 0, {}, false}, {4, 1, {}, false}};
    request.shown = shown;
    QCOMPARE(indicesOf(layoutLabels(request)), (std::set<std::size_t>{3, 0}));
  }
  void theMoreFrequentWordWins() {
    Words words;
    words.anchors = {{100, 100}, {101, 100}, {102, 101}, {100, 102}, {99, 99}, {101, 99}};
    words.sizes.assign(6, {60, 16});
    LabelRequest request = words.request({300, 200});
    request.maximum = 1;
    const auto labels = layoutLabels(request);
    QCOMPARE(labels.size(), std::size_t{1});
    QCOMPARE(labels[0].index, std::size_t{0});
    QCOMPARE(labels[0].slot, 0);
  }

  void pinnedWordsComeFirst() {
    const Words words = randomWords(5000, {400, 300}, 3);
    LabelRequest request = words.request({400, 300});
    std::size_t inside = 4000;
    while (!QRectF(100, 50, 200, 200).contains(words.anchors[inside])) ++inside;
    request.pinned = std::span(&inside, 1);
    const auto labels = layoutLabels(request);
    QCOMPARE(labels.front().index, inside);
    QVERIFY(labels.front().pinned);
    QVERIFY(!anyOverlap(labels));
    // No other text covers the dot of the pinned word.
    for (const LabelPlacement& label : labels) QVERIFY(!label.rect.contains(words.anchors[inside]));
  }

  void hiddenWordsHaveNoLabel() {
    const Words words = randomWords(100, {400, 300}, 4);
    std::vector<std::uint8_t> hidden(100, 0);
    for (std::size_t i = 0; i < 100; i += 2) hidden[i] = 1;
    LabelRequest request = words.request({400, 300});
    request.hidden = hidden;
    const auto labels = layoutLabels(request);
    QVERIFY(!labels.empty());
    for (const LabelPlacement& label : labels) QCOMPARE(label.index % 2, std::size_t{1});
  }

  void aSecondFrameAtRestIsTheSame() {
    const Words words = randomWords(2000, {900, 600}, 5);
    LabelRequest request = words.request({900, 600});
    const auto first = layoutLabels(request);
    request.shown = first;
    const auto second = layoutLabels(request);
    // Nothing that was shown goes or changes its side; what is new found room that was there before.
    for (const LabelPlacement& label : first)
      QVERIFY(std::find(second.begin(), second.end(), label) != second.end());
  }

  void labelsDoNotFlickerWhileWordsDrift() {
    Words words = randomWords(2000, {900, 600}, 6);
    LabelRequest request = words.request({900, 600});
    auto shown = layoutLabels(request);
    Rng rng(7);
    std::size_t changes = 0, frames = 60, withoutMemory = 0;
    auto before = shown;
    for (std::size_t frame = 0; frame < frames; ++frame) {
      for (QPointF& anchor : words.anchors) anchor += {rng.uniform() - 0.5, rng.uniform() - 0.5};
      LabelRequest steady = words.request({900, 600});
      steady.shown = shown;
      const auto next = layoutLabels(steady);
      QVERIFY(!anyOverlap(next));
      const auto old = indicesOf(shown), now = indicesOf(next);
      for (const std::size_t index : old) changes += now.count(index) == 0 ? 1 : 0;
      shown = next;

      const auto forgetful = layoutLabels(words.request({900, 600}));
      const auto oldForgetful = indicesOf(before), nowForgetful = indicesOf(forgetful);
      for (const std::size_t index : oldForgetful) withoutMemory += nowForgetful.count(index) == 0 ? 1 : 0;
      before = forgetful;
    }
    QVERIFY2(changes * 4 < withoutMemory,
             qPrintable(QString("%1 labels went, %2 without memory").arg(changes).arg(withoutMemory)));
    QVERIFY2(changes < frames * shown.size() / 50, qPrintable(QString::number(changes)));
  }

  void aMuchMoreFrequentWordDisplacesAShownOne() {
    Words words;
    for (int i = 0; i < 10; ++i) words.anchors.push_back({-100, -100});  // out of the picture
    words.anchors[9] = {20, 50};
    words.sizes.assign(10, {70, 16});
    // Room for one label only.
    LabelRequest request = words.request({100, 100});
    request.padding = {0, 0};
    request.maximum = 1;
    const auto first = layoutLabels(request);
    QCOMPARE(first.at(0).index, std::size_t{9});
    words.anchors[6] = {20, 50};
    request = words.request({100, 100});
    request.shown = first;
    request.maximum = 1;
    QCOMPARE(layoutLabels(request).at(0).index, std::size_t{9});  // 6 is not far enough above 9
    words.anchors[2] = {20, 50};
    QCOMPARE(layoutLabels(request).at(0).index, std::size_t{2});
  }

  void betweenTwoChoicesLabelsGoWithTheirPoints() {
    Words words = randomWords(2000, {900, 600}, 9);
    const auto first = layoutLabels(words.request({900, 600}));
    auto shown = first;
    Rng rng(10);
    for (int frame = 0; frame < 30; ++frame) {
      for (QPointF& anchor : words.anchors) anchor += {6 * rng.uniform() - 3, 6 * rng.uniform() - 3};
      LabelRequest moved = words.request({900, 600});
      moved.shown = shown;
      moved.onlyShown = true;
      const auto next = layoutLabels(moved);
      QVERIFY(!anyOverlap(next));
      for (const LabelPlacement& label : next) {
        const auto before = std::find_if(shown.begin(), shown.end(), [&](const LabelPlacement& other) {
          return other.index == label.index;
        });
        QVERIFY(before != shown.end());  // nothing new, and on the same side
        QCOMPARE(label.slot, before->slot);
        QVERIFY(before->rect != label.rect);
      }
      shown = next;
    }
    QVERIFY(shown.size() > first.size() / 4 && shown.size() < first.size());
    LabelRequest anew = words.request({900, 600});
    anew.shown = shown;
    QVERIFY(layoutLabels(anew).size() > shown.size());
  }

  void labelsStayAwayFromWhatIsTaken() {
    const Words words = randomWords(3000, {900, 600}, 12);
    LabelRequest request = words.request({900, 600});
    request.maximum = 10000;
    const QRectF legend(700, 500, 180, 60);
    const auto covered = [&](const std::vector<LabelPlacement>& labels) {
      return std::count_if(labels.begin(), labels.end(),
                           [&](const LabelPlacement& label) { return label.rect.intersects(legend); });
    };
    const auto without = layoutLabels(request);
    QVERIFY(covered(without) > 0);
    request.taken = std::span(&legend, 1);
    QCOMPARE(covered(layoutLabels(request)), std::ptrdiff_t{0});
    request.shown = without;
    request.onlyShown = true;
    QCOMPARE(covered(layoutLabels(request)), std::ptrdiff_t{0});
  }

  void noRoomIsNoLabel() {
    const Words words = randomWords(50, {900, 600}, 11);
    LabelRequest request = words.request({900, 600});
    request.maximum = 0;
    QVERIFY(layoutLabels(request).empty());
    request.maximum = 10;
    request.viewport = {0, 0};
    QVERIFY(layoutLabels(request).empty());
  }

  void zoomingInShowsMore() {
    const Words words = randomWords(2000, {900, 600}, 8);
    LabelRequest request = words.request({900, 600});
    request.maximum = 10000;
    const auto before = layoutLabels(request);
    Words zoomed = words;
    for (QPointF& anchor : zoomed.anchors) anchor = QPointF(450, 300) + (anchor - QPointF(450, 300)) * 3;
    const auto inMiddle = [&](const std::vector<LabelPlacement>& labels, const Words& all, double scale) {
      return std::count_if(labels.begin(), labels.end(), [&](const LabelPlacement& label) {
        const QPointF away = all.anchors[label.index] - QPointF(450, 300);
        return std::abs(away.x()) < 140 * scale && std::abs(away.y()) < 90 * scale;
      });
    };
    LabelRequest after = zoomed.request({900, 600});
    after.shown = before;
    after.maximum = 10000;
    QVERIFY(inMiddle(layoutLabels(after), zoomed, 3) > 2 * inMiddle(before, words, 1));
  }
};

QTEST_GUILESS_MAIN(LabelLayoutTest)
#include "label_layout_test.moc"
