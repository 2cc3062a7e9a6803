// SPDX-License-Identifier: GPL-3.0-or-later
// Beam search as a tree: what was weighed, what was given up and when, and how to go on from a chosen token.
#include "core/models/beam_tree.h"

#include <QTest>
#include <cmath>
#include <map>
#include <set>

#include "core/models/pair_learner.h"
#include "core/tasks/task_samples.h"

using namespace lexarium;

namespace {

constexpr std::size_t kLongest = 12;

std::shared_ptr<const PairModel> learned(PairShape::Kind kind) {
  TaskData data = findTaskSample("reversed")->generate(3);
  data.examples.resize(300);
  PairConfig config;
  config.shape.kind = kind;
  config.shape.dimensions = config.shape.units = config.shape.feedForward = 16;
  PairLearner learner(config);
  if (!learner.prepare(std::make_shared<const TaskData>(std::move(data)))) return nullptr;
  for (int i = 0; i < 10; ++i) learner.step();
  return learner.model();
}

}  // namespace

class BeamTreeTest : public QObject {
  Q_OBJECT

 private:
  static void kinds() {
    QTest::addColumn<int>("kind");
    QTest::newRow("recurrent") << int(PairShape::Kind::Recurrent);
    QTest::newRow("transformer") << int(PairShape::Kind::Transformer);
  }

 private Q_SLOTS:
  void itSaysWhatTranslationSays_data() { kinds(); }
  void itSaysWhatTranslationSays() {
    QFETCH(int, kind);
    const auto model = learned(PairShape::Kind(kind));
    QVERIFY(model);
    for (const std::size_t beams : {1, 2, 5}) {
      const TranslateOptions options{beams, kLongest};
      const auto said = model->translate("3142", options);
      const BeamTree tree = model->searchTree("3142", options);
      QCOMPARE(tree.said.size(), said.size());
      for (std::size_t i = 0; i < said.size(); ++i) {
        QCOMPARE(tree.said[i].text, said[i].text);
        QCOMPARE(tree.said[i].score, said[i].score);
        QCOMPARE(tree.pathTo(tree.said[i].node).size(), said[i].target.size());
      }
      QVERIFY(tree == model->searchTree("3142", options));
    }
  }

  void eachNodeSaysWhatBecameOfIt_data() { kinds(); }
  void eachNodeSaysWhatBecameOfIt() {
    QFETCH(int, kind);
    const auto model = learned(PairShape::Kind(kind));
    QVERIFY(model);
    constexpr std::size_t kBeams = 3;
    const BeamTree tree = model->searchTree("907", {kBeams, kLongest});
    std::set<std::size_t> onTheWay;
    for (const BeamTree::Saying& saying : tree.said)
      for (std::size_t i = saying.node; i != 0; i = tree.nodes[i].parent) onTheWay.insert(i);
    std::map<std::size_t, std::vector<std::size_t>> children;
    for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
      const BeamTree::Node& node = tree.nodes[i];
      QVERIFY(node.parent < i && !node.label.empty() && !node.isForced);
      QCOMPARE(node.step, node.parent == 0 ? 0 : tree.nodes[node.parent].step + 1);
      QCOMPARE(node.prunedAt.has_value(), !onTheWay.contains(i));
      QCOMPARE(node.isEnd, node.token == model->tokens().end());
      QVERIFY(!node.prunedAt || *node.prunedAt >= node.step);
      // The score is the mean over the way.
      double sum = 0;
      for (std::size_t at = i; at != 0; at = tree.nodes[at].parent)
        sum += std::log(static_cast<double>(tree.nodes[at].probability));
      QVERIFY(std::abs(sum / static_cast<double>(node.step + 1) - node.score) < 1e-5);
      children[node.parent].push_back(i);
    }
    for (const auto& [parent, some] : children) {
      QVERIFY(!tree.nodes[parent].isEnd && some.size() == kBeams);
      for (std::size_t i = 1; i < some.size(); ++i)
        QVERIFY(tree.nodes[some[i]].probability <= tree.nodes[some[i - 1]].probability);
      // What was given up later than at once was followed until then.
      if (parent != 0 && tree.nodes[parent].prunedAt)
        QVERIFY(*tree.nodes[parent].prunedAt > tree.nodes[parent].step);
    }
    // No more beginnings than beams are followed at a step.
    std::map<std::size_t, std::size_t> followed;
    for (const auto& [parent, some] : children) ++followed[tree.nodes[some[0]].step];
    for (const auto& [step, count] : followed) QVERIFY(count <= kBeams);
  }

  void aForcedTokenIsGoneOnFrom_data() { kinds(); }
  void aForcedTokenIsGoneOnFrom() {
    QFETCH(int, kind);
    const auto model = learned(PairShape::Kind(kind));
    QVERIFY(model);
    const TranslateOptions options{2, kLongest};
    const BeamTree free = model->searchTree("58", options);
    // The worst of the second step.
    std::size_t chosen = 0;
    for (std::size_t i = 1; i < free.nodes.size(); ++i)
      if (free.nodes[i].step == 1 && !free.nodes[i].isEnd && free.nodes[i].prunedAt == 1) chosen = i;
    QVERIFY(chosen != 0);
    std::vector<TokenId> path = free.pathTo(chosen);
    QCOMPARE(path.size(), std::size_t{2});
    // Or one that was not even weighed.
    std::vector<TokenId> unlikely{path[0], 0};
    while (std::any_of(free.nodes.begin() + 1, free.nodes.end(), [&](const BeamTree::Node& node) {
      return node.step == 1 && node.token == unlikely[1];
    }))
      ++unlikely[1];
    for (const std::vector<TokenId>& forced : {path, unlikely}) {
      const BeamTree tree = model->searchTree("58", options, forced);
      QVERIFY(!tree.said.empty());
      for (const BeamTree::Saying& saying : tree.said) {
        const auto way = tree.pathTo(saying.node);
        QVERIFY(way.size() >= 2 && std::equal(forced.begin(), forced.end(), way.begin()));
        // Its worth is that of all its tokens, the forced ones too.
        const bool hasEnded = tree.nodes[saying.node].isEnd;
        const Translation aligned = model->align("58", saying.text);
        if (hasEnded && aligned.target.size() == way.size())
          QVERIFY(std::abs(aligned.score - saying.score) < 1e-4);
      }
      std::size_t marked = 0;
      for (const BeamTree::Node& node : tree.nodes) marked += node.isForced ? 1 : 0;
      QCOMPARE(marked, std::size_t{2});
    }
    const std::vector<TokenId> end{model->tokens().end()};
    const BeamTree nothing = model->searchTree("58", options, end);
    QCOMPARE(nothing.said.size(), std::size_t{1});
    QCOMPARE(nothing.said[0].text, std::string());
    // What was likeliest anyway changes nothing but the mark.
    const BeamTree greedy = model->searchTree("58", {1, kLongest});
    const auto all = greedy.pathTo(greedy.said[0].node);
    for (std::size_t count = 0; count <= all.size(); ++count) {
      const BeamTree again = model->searchTree("58", {1, kLongest}, std::span(all).first(count));
      QCOMPARE(again.said, greedy.said);
    }
  }
};

QTEST_GUILESS_MAIN(BeamTreeTest)
#include "beam_tree_test.moc"
