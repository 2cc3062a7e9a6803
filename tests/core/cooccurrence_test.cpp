// SPDX-License-Identifier: GPL-3.0-or-later
// core/models: what counts as a word's context. Co-occurrence, pieces and subsampling by plain definition.
#include <QTest>
#include <cmath>
#include <map>
#include <set>

#include "core/models/cooccurrence.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;

namespace {

using Cells = std::map<std::pair<TokenId, TokenId>, double>;

/// Pennington et al. 2014, section 4.2, word for word: every pair of places in one sentence (or document),
/// rare words taken out, 1/d each, seen from both ends.
Cells byDefinition(const Corpus& corpus, std::size_t words, std::size_t window, bool crossSentences) {
  Cells cells;
  std::vector<TokenRange> pieces;
  if (crossSentences) {
    for (std::size_t d = 0; d < corpus.documentCount(); ++d) pieces.push_back(corpus.document(d).tokens);
  } else {
    for (std::size_t s = 0; s < corpus.sentenceCount(); ++s) pieces.push_back(corpus.sentence(s));
  }
  for (const TokenRange& piece : pieces) {
    std::vector<TokenId> kept;
    for (TokenIndex t = piece.begin; t < piece.end; ++t) {
      if (corpus.tokens()[t] < words) kept.push_back(corpus.tokens()[t]);
    }
    for (std::size_t i = 0; i < kept.size(); ++i) {
      for (std::size_t j = 0; j < kept.size(); ++j) {
        const std::size_t distance = i < j ? j - i : i - j;
        if (distance == 0 || distance > window) continue;
        cells[{kept[i], kept[j]}] += 1.0 / static_cast<double>(distance);
      }
    }
  }
  return cells;
}

std::vector<CooccurrenceCell> count(const TrainingText& text, std::uint32_t window, std::size_t threads) {
  ThreadPool pool(threads);
  auto cells = countCooccurrences(text, window, pool, 1 << 30, {});
  return cells ? std::move(*cells) : std::vector<CooccurrenceCell>{};
}

TrainingText textOf(std::shared_ptr<const Corpus> corpus, TrainingText::Limits limits) {
  auto text = TrainingText::create(std::move(corpus), limits);
  if (!text) qFatal("%s", text.error().message().c_str());
  return std::move(*text);
}

}  // namespace

class CooccurrenceTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void countsByDefinition_data();
  void countsByDefinition();
  void handCounted();
  void limitsAndCancel();
  void keepsFrequentWords();
  void subsamplingFollowsTheFormula();
  void readerKeepsThatShare();
  void readerStaysInPieces_data();
  void readerStaysInPieces();
  void readerCountsWhatItPasses();
};

void CooccurrenceTest::countsByDefinition_data() {
  QTest::addColumn<int>("window");
  QTest::addColumn<bool>("crossSentences");
  QTest::addColumn<int>("minimumCount");
  QTest::newRow("next words") << 1 << false << 1;
  QTest::newRow("sentences") << 5 << false << 1;
  QTest::newRow("documents") << 5 << true << 1;
  QTest::newRow("without rare words") << 5 << true << 25;
  QTest::newRow("without rare words, sentences") << 10 << false << 25;
  QTest::newRow("widest") << 50 << true << 1;
}

void CooccurrenceTest::countsByDefinition() {
  QFETCH(int, window);
  QFETCH(bool, crossSentences);
  QFETCH(int, minimumCount);
  const auto corpus = circleCorpus(120, 3000, 4);
  const TrainingText text = textOf(
      corpus, {.minimumCount = static_cast<std::uint64_t>(minimumCount), .crossSentences = crossSentences});
  QVERIFY(minimumCount == 1 || text.words() < corpus->vocabulary().size());
  const Cells expected =
      byDefinition(*corpus, text.words(), static_cast<std::size_t>(window), crossSentences);
  const auto cells = count(text, static_cast<std::uint32_t>(window), 1);
  std::size_t mirrored = 0;
  std::set<std::pair<TokenId, TokenId>> seen;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto& [row, column, x] = cells[i];
    QVERIFY(column <= row && (i == 0 || cells[i - 1].row <= row));
    QVERIFY(seen.insert({row, column}).second);
    const auto there = expected.find({row, column}), mirror = expected.find({column, row});
    QVERIFY(there != expected.end() && mirror != expected.end());
    QVERIFY(std::abs(static_cast<double>(x) / there->second - 1) < 1e-6);
    QVERIFY(std::abs(static_cast<double>(x) / mirror->second - 1) < 1e-6);
    mirrored += row == column ? 1 : 2;
  }
  QCOMPARE(mirrored, expected.size());
  const auto again = count(text, static_cast<std::uint32_t>(window), 4);
  QCOMPARE(again.size(), cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    QVERIFY(again[i].row == cells[i].row && again[i].column == cells[i].column);
    QCOMPARE(again[i].count, cells[i].count);
  }
}

// "a b a c": a-b 1 + 1, a-a 1/2 for both places, a-c 1/3 + 1, b-c 1/2.
void CooccurrenceTest::handCounted() {
  const auto corpus = toyCorpus({"a b a c"});
  const auto id = [&](const char* word) { return *corpus->vocabulary().find(word); };
  std::map<std::pair<TokenId, TokenId>, float> cells;
  for (const auto& cell : count(textOf(corpus, {}), 3, 1)) cells[{cell.row, cell.column}] = cell.count;
  QCOMPARE(cells.size(), std::size_t{4});
  QCOMPARE((cells[{id("b"), id("a")}]), 2.0F);
  QCOMPARE((cells[{id("a"), id("a")}]), 1.0F);
  QCOMPARE((cells[{id("c"), id("a")}]), 4.0F / 3);
  QCOMPARE((cells[{id("c"), id("b")}]), 0.5F);
}

void CooccurrenceTest::limitsAndCancel() {
  const TrainingText text = textOf(circleCorpus(120, 3000), {});
  ThreadPool pool(2);
  const auto small = countCooccurrences(text, 5, pool, 30'000, {});
  QVERIFY(!small && small.error().kind == Error::Kind::Failed && !small.error().advice.empty());
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = countCooccurrences(text, 5, pool, 1 << 30, {{}, stop.get_token()});
  QVERIFY(!stopped && stopped.error().kind == Error::Kind::Cancelled);
}

void CooccurrenceTest::keepsFrequentWords() {
  const auto corpus = toyCorpus({"a a a a b b b c c d", "a b"});
  const auto words = [&](TrainingText::Limits limits) { return textOf(corpus, limits).words(); };
  QCOMPARE(words({}), std::size_t{4});
  QCOMPARE(words({.minimumCount = 2}), std::size_t{3});
  QCOMPARE(words({.minimumCount = 4}), std::size_t{2});
  QCOMPARE(words({.maximumWords = 2}), std::size_t{2});
  QCOMPARE(words({.minimumCount = 3, .maximumWords = 3}), std::size_t{2});
  QCOMPARE(textOf(corpus, {.minimumCount = 2}).keptTokens(), std::uint64_t{11});
  QVERIFY(!TrainingText::create(corpus, {.minimumCount = 5}));  // one word alone
  QVERIFY(!TrainingText::create(corpus, {.maximumWords = 1}));
}

void CooccurrenceTest::subsamplingFollowsTheFormula() {
  const std::vector<std::uint64_t> counts{500'000, 100'000, 1000, 999, 10, 1};
  const std::uint64_t kept = 1'000'000;
  for (const double t : {1e-2, 1e-3, 1e-5}) {
    const auto thresholds = subsamplingThresholds(counts, kept, t);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const double share = static_cast<double>(counts[i]) / static_cast<double>(kept);
      // word2vec.c: (sqrt(cn / (t N)) + 1) * (t N) / cn
      const double keep = std::sqrt(t / share) + t / share;
      QVERIFY(std::abs(thresholds[i] * 0x1.0p-32 - std::min(keep, 1.0)) < 1e-9);
    }
  }
  for (const std::uint32_t threshold : subsamplingThresholds(counts, kept, 0)) QCOMPARE(threshold, ~0U);
}

void CooccurrenceTest::readerKeepsThatShare() {
  std::string line;
  for (int i = 0; i < 9; ++i) line += "often ";
  std::string repeated;
  for (int i = 0; i < 4000; ++i) repeated += line + "seldom\n";
  const auto corpus = toyCorpus({repeated});
  const TrainingText text = textOf(corpus, {});
  const auto thresholds = subsamplingThresholds(text.counts(), text.keptTokens(), 0.05);
  PieceReader reader(text, thresholds, {0, text.tokens().size()}, 5);
  Rng rng(1);
  std::map<TokenId, double> kept;
  while (reader.next(rng)) {
    for (const TokenId id : reader.words()) ++kept[id];
  }
  const auto share = [&](const char* word) {
    const TokenId id = *corpus->vocabulary().find(word);
    return kept[id] / 5 / static_cast<double>(text.counts()[id]);
  };
  const auto formula = [](double z) { return (std::sqrt(z / 0.05) + 1) * 0.05 / z; };
  QVERIFY(std::abs(share("often") - formula(0.9)) < 0.005);  // 0.29; deviation 0.001
  QVERIFY(std::abs(share("seldom") - formula(0.1)) > 0.15);  // above 1: all are kept
  QCOMPARE(share("seldom"), 1.0);
}

void CooccurrenceTest::readerStaysInPieces_data() {
  QTest::addColumn<bool>("crossSentences");
  QTest::newRow("sentences") << false;
  QTest::newRow("documents") << true;
}

// All that is read, in its order, piece by piece, is the text again.
void CooccurrenceTest::readerStaysInPieces() {
  QFETCH(bool, crossSentences);
  const auto corpus = circleCorpus(50, 9000, 3);
  const TrainingText text = textOf(corpus, {.minimumCount = 150, .crossSentences = crossSentences});
  QVERIFY(text.words() < corpus->vocabulary().size());
  const auto thresholds = subsamplingThresholds(text.counts(), text.keptTokens(), 0);
  const TokenRange part{100, 8500};
  PieceReader reader(text, thresholds, part, 2);
  Rng rng(1);
  for (int epoch = 0; epoch < 2; ++epoch) {
    TokenIndex place = part.begin;
    while (place < part.end) {
      QVERIFY(reader.next(rng));
      QVERIFY(reader.words().size() <= PieceReader::kLongestPiece);
      const TokenIndex from = place;
      for (const TokenId word : reader.words()) {
        while (place < part.end && !text.keeps(corpus->tokens()[place])) ++place;
        QVERIFY(place < part.end);
        QCOMPARE(word, corpus->tokens()[place++]);
      }
      place = from + reader.scanned();
      QCOMPARE(corpus->documentOf(from), corpus->documentOf(place - 1));
      if (!crossSentences) QCOMPARE(corpus->sentenceOf(from), corpus->sentenceOf(place - 1));
      QVERIFY(!reader.words().empty() || reader.passedInAll() == 0);
    }
    QCOMPARE(place, part.end);
  }
  QVERIFY(!reader.next(rng));
}

void CooccurrenceTest::readerCountsWhatItPasses() {
  const auto corpus = circleCorpus(50, 9000, 3);
  const TrainingText text = textOf(corpus, {.minimumCount = 150});
  const auto thresholds = subsamplingThresholds(text.counts(), text.keptTokens(), 1e-3);
  PieceReader reader(text, thresholds, {0, text.tokens().size()}, 3);
  Rng rng(1);
  std::uint64_t passed = 0, words = 0;
  while (reader.next(rng)) {
    passed += reader.passedInAll();
    words += reader.words().size();
    for (std::size_t i = 0; i < reader.words().size(); ++i) {
      QVERIFY(reader.passed(i) > (i == 0 ? 0 : reader.passed(i - 1)));
      QVERIFY(reader.passed(i) <= reader.passedInAll());
    }
  }
  QCOMPARE(passed, 3 * text.keptTokens());
  QVERIFY(words > 0 && words < passed / 2);
}

QTEST_GUILESS_MAIN(CooccurrenceTest)
#include "cooccurrence_test.moc"
