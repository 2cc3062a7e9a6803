// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/label_order.h"

#include <QTest>
#include <algorithm>
#include <set>

#include "core/text/samples.h"

using namespace lexarium;

namespace {

/// 200,000 words: "the" everywhere, "whale" as often in one place as it is absent elsewhere, rare words
/// between.
std::shared_ptr<const Corpus> chapters() {
  std::string text;
  for (int i = 0; i < 100000; ++i) {
    text += "the ";
    text += i >= 40000 && i < 45000 ? "whale" : "word" + std::to_string(i % 1500);
    text += i % 20 == 19 ? ".\n" : " ";
  }
  return *corpusFromText("chapters", text, {});
}

std::size_t placeOf(const std::vector<std::uint32_t>& order, const Corpus& corpus, const char* word) {
  const auto id = corpus.vocabulary().find(word);
  return id ? static_cast<std::size_t>(std::find(order.begin(), order.end(), *id) - order.begin())
            : order.size();
}

}  // namespace

class LabelOrderTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void grammarComesLastAndTopicsFirst() {
    const auto corpus = chapters();
    const std::size_t words = corpus->vocabulary().size();
    const auto order = labelOrder(*corpus, words);
    QCOMPARE(std::set<std::uint32_t>(order.begin(), order.end()).size(), words);
    QCOMPARE(placeOf(order, *corpus, "whale"), std::size_t{0});
    QCOMPARE(placeOf(order, *corpus, "the"), words - 1);
    // The rest stays in order of frequency.
    QVERIFY(std::is_sorted(order.begin() + 1, order.end() - 1));
  }
  void fewerWordsThanFrequentOnes() {
    const auto corpus = chapters();
    QVERIFY(labelOrder(*corpus, 0).empty());
    QCOMPARE(labelOrder(*corpus, 1), std::vector<std::uint32_t>{0});
    QCOMPARE(labelOrder(*corpus, 2), (std::vector<std::uint32_t>{1, 0}));
  }
  void stoppedItIsByFrequency() {
    const auto corpus = chapters();
    std::stop_source source;
    source.request_stop();
    TaskContext context;
    context.stop = source.get_token();
    const auto order = labelOrder(*corpus, 100, context);
    QVERIFY(std::is_sorted(order.begin(), order.end()));
  }
  void sampleHasNoGrammarInFront() {
    const auto corpus = *loadSample(*findSample("small-world-en"));
    const auto order = labelOrder(*corpus, corpus->vocabulary().size());
    for (const char* word : {"the", "of", "a", "and", "to"})
      QVERIFY2(placeOf(order, *corpus, word) > order.size() / 2, word);
  }
};

QTEST_GUILESS_MAIN(LabelOrderTest)
#include "label_order_test.moc"
