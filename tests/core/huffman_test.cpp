// SPDX-License-Identifier: GPL-3.0-or-later
// core/models/huffman: the least possible code, against the textbook's construction with a priority queue.
#include <QTest>
#include <algorithm>
#include <functional>
#include <queue>
#include <set>

#include "core/base/rng.h"
#include "core/models/huffman.h"

using namespace lexarium;

namespace {

/// Sum of count * length of an optimal code: the sum of all inner nodes' counts (Huffman 1952).
std::uint64_t optimalCost(std::span<const std::uint64_t> counts) {
  std::priority_queue<std::uint64_t, std::vector<std::uint64_t>, std::greater<>> queue(counts.begin(),
                                                                                       counts.end());
  std::uint64_t cost = 0;
  while (queue.size() > 1) {
    std::uint64_t sum = queue.top();
    queue.pop();
    sum += queue.top();
    queue.pop();
    cost += sum;
    queue.push(sum);
  }
  return cost;
}

std::string codeOf(const HuffmanTree& tree, std::size_t word) {
  std::string code;
  for (const TreeStep& step : tree.path(word)) code += step.turn == 1 ? '1' : '0';
  return code;
}

std::vector<std::uint64_t> randomCounts(std::size_t words, std::uint64_t seed, std::uint32_t bound) {
  Rng rng(seed);
  std::vector<std::uint64_t> counts(words);
  for (auto& count : counts) count = 1 + rng.below(bound);
  std::sort(counts.begin(), counts.end(), std::greater<>());
  return counts;
}

}  // namespace

class HuffmanTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void costIsTheLeastPossible_data();
  void costIsTheLeastPossible();
  void oneAndTwoWords();
  void knownTree();
  void deepestTreeFits();
};

void HuffmanTest::costIsTheLeastPossible_data() {
  QTest::addColumn<int>("words");
  QTest::addColumn<int>("bound");
  QTest::newRow("equal") << 100 << 1;
  QTest::newRow("many ties") << 1000 << 3;
  QTest::newRow("spread") << 777 << 1'000'000;
  QTest::newRow("many words") << 50'000 << 2000;
  QTest::newRow("three") << 3 << 10;
}

void HuffmanTest::costIsTheLeastPossible() {
  QFETCH(int, words);
  QFETCH(int, bound);
  const auto counts = randomCounts(static_cast<std::size_t>(words), 5, static_cast<std::uint32_t>(bound));
  const HuffmanTree tree(counts);
  QCOMPARE(tree.words(), counts.size());
  QCOMPARE(tree.innerNodes(), counts.size() - 1);
  std::uint64_t cost = 0;
  std::size_t longest = 0;
  std::vector<std::string> codes;
  std::vector<std::set<std::uint32_t>> turns(tree.innerNodes());
  for (std::size_t word = 0; word < counts.size(); ++word) {
    const auto path = tree.path(word);
    cost += counts[word] * path.size();
    longest = std::max(longest, path.size());
    codes.push_back(codeOf(tree, word));
    QCOMPARE(path.front().node, static_cast<std::uint32_t>(tree.innerNodes() - 1));  // the root
    for (const TreeStep& step : path) turns.at(step.node).insert(step.turn);
    // Frequent words never have the longer path.
    if (word > 0) QVERIFY(counts[word] == counts[word - 1] || path.size() >= tree.path(word - 1).size());
  }
  QCOMPARE(cost, optimalCost(counts));
  QCOMPARE(tree.longestPath(), longest);
  // Every node is used both ways.
  for (const auto& used : turns) QCOMPARE(used.size(), std::size_t{2});
  // No code begins another one: in sorted order a prefix stands directly before what it begins.
  std::sort(codes.begin(), codes.end());
  for (std::size_t i = 1; i < codes.size(); ++i) QVERIFY(!codes[i].starts_with(codes[i - 1]));
}

void HuffmanTest::oneAndTwoWords() {
  QCOMPARE(HuffmanTree(std::vector<std::uint64_t>{}).words(), std::size_t{0});
  const HuffmanTree one(std::vector<std::uint64_t>{7});
  QCOMPARE(one.words(), std::size_t{1});
  QCOMPARE(one.innerNodes(), std::size_t{0});
  QVERIFY(one.path(0).empty());
  const HuffmanTree two(std::vector<std::uint64_t>{7, 2});
  QCOMPARE(two.path(0).size(), std::size_t{1});
  QCOMPARE(two.path(1).size(), std::size_t{1});
  QVERIFY(two.path(0)[0].turn != two.path(1)[0].turn);
}

// Huffman 1952 by hand: 8 | 3 2 1 1 -> (1 1) = 2, (2 2) = 4, (3 4) = 7, (8 7) = 15.
void HuffmanTest::knownTree() {
  const HuffmanTree tree(std::vector<std::uint64_t>{8, 3, 2, 1, 1});
  const std::size_t lengths[] = {1, 2, 3, 4, 4};
  for (std::size_t word = 0; word < 5; ++word) QCOMPARE(tree.path(word).size(), lengths[word]);
}

// Fibonacci's numbers make the deepest tree; with 64-bit counts no path is longer than the kernels allow.
void HuffmanTest::deepestTreeFits() {
  std::vector<std::uint64_t> counts{1, 1};
  while (counts.size() < 91) counts.push_back(counts[counts.size() - 1] + counts[counts.size() - 2]);
  std::reverse(counts.begin(), counts.end());
  const HuffmanTree tree(counts);
  QCOMPARE(tree.longestPath(), std::size_t{90});
}

QTEST_GUILESS_MAIN(HuffmanTest)
#include "huffman_test.moc"
