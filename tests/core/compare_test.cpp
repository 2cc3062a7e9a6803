// SPDX-License-Identifier: GPL-3.0-or-later
// How far two embeddings agree, and how long neighbours have been neighbours.
#include <Eigen/QR>
#include <QTest>
#include <limits>
#include <numeric>
#include <set>

#include "core/analysis/compare.h"
#include "core/analysis/stability.h"
#include "core/base/rng.h"

using namespace lexarium;

namespace {

Matrix randomVectors(Eigen::Index dimensions, Eigen::Index words, std::uint64_t seed) {
  Rng rng(seed);
  Matrix vectors(dimensions, words);
  for (Eigen::Index i = 0; i < vectors.size(); ++i) vectors.data()[i] = static_cast<Real>(rng.normal());
  return vectors;
}

std::vector<std::string> names(std::size_t count) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < count; ++i) words.push_back("word" + std::to_string(i));
  return words;
}

/// The order of the words is that of the ids.
Vocabulary vocabularyOf(const std::vector<std::string>& words) {
  std::vector<Vocabulary::Entry> entries;
  for (std::size_t i = 0; i < words.size(); ++i) entries.push_back({words[i], words.size() - i});
  return Vocabulary::fromCounts(entries);
}

Comparison compare(const Matrix& a, const Vocabulary& aWords, const Matrix& b, const Vocabulary& bWords,
                   const ComparisonOptions& options = {}, std::size_t threads = 2) {
  ThreadPool pool(threads);
  auto comparison = compareEmbeddings({a, aWords}, {b, bWords}, options, pool);
  if (!comparison) qFatal("%s", comparison.error().message().c_str());
  return *comparison;
}

std::set<std::string> nearestWords(const Matrix& vectors, const Vocabulary& words, TokenId id,
                                   std::size_t k) {
  std::set<std::string> nearest;
  for (const Neighbour& neighbour : neighboursOf({0, vectors}, {}, id, k)) {
    nearest.insert(std::string(words.word(neighbour.id)));
  }
  return nearest;
}

}  // namespace

class CompareTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void identicalTablesAgreeFully();
  void rotationScaleAndOrderMakeNoDifference();
  void disjointNeighboursAgreeInNothing();
  void agreesWithBruteForce();
  void onlySharedWordsCount();
  void zeroAndBrokenVectorsAreLeftOut();
  void listsAndHistogram();
  void fewWords();
  void sameOnAnyThreads();
  void reportsAndCancels();
  void stableNeighboursHaveOne();
  void strangersHaveNothing();
  void shareIsCounted();
  void tablesOfFewerWords();
  void momentsLieOverTheSecondHalf();
};

void CompareTest::identicalTablesAgreeFully() {
  const Vocabulary words = vocabularyOf(names(700));
  for (const auto similarity : {Similarity::Cosine, Similarity::Euclidean}) {
    Matrix vectors = randomVectors(20, 700, 1);
    // Words with equal vectors, more than fit into a list.
    for (Eigen::Index i = 100; i < 140; ++i) vectors.col(i) = vectors.col(99);
    const Comparison comparison = compare(vectors, words, vectors, words, {.similarity = similarity});
    QCOMPARE(comparison.words.size(), std::size_t{700});
    QCOMPARE(comparison.meanJaccard(), 1.0);
    QCOMPARE(comparison.histogram()[10], std::size_t{700});
    QCOMPARE(comparison.onlyFirst + comparison.onlySecond + comparison.useless, std::size_t{0});
  }
}

void CompareTest::rotationScaleAndOrderMakeNoDifference() {
  const std::size_t count = 600;
  const Matrix vectors = randomVectors(30, static_cast<Eigen::Index>(count), 2);
  const auto words = names(count);
  // Turned in space, each word of another length, and in another order; in more dimensions, too.
  const Matrix turn =
      Eigen::HouseholderQR<Matrix>(randomVectors(40, 30, 3)).householderQ() * Matrix::Identity(40, 30);
  Rng rng(4);
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[rng.below(static_cast<std::uint32_t>(i))]);
  Matrix other(40, vectors.cols());
  std::vector<std::string> otherWords;
  for (const std::size_t from : order) {
    other.col(static_cast<Eigen::Index>(otherWords.size())) =
        turn * vectors.col(static_cast<Eigen::Index>(from)) * static_cast<Real>(0.1 + rng.uniform());
    otherWords.push_back(words[from]);
  }
  const Vocabulary first = vocabularyOf(words), second = vocabularyOf(otherWords);
  const Comparison comparison = compare(vectors, first, other, second);
  QCOMPARE(comparison.meanJaccard(), 1.0);
  for (const auto& word : comparison.words) QCOMPARE(first.word(word.first), second.word(word.second));
  // Dimensions in another order.
  QCOMPARE(compare(vectors, first, Matrix(vectors.colwise().reverse()), first).meanJaccard(), 1.0);
}

void CompareTest::disjointNeighboursAgreeInNothing() {
  // Words on a circle of ten, near to those next to them; and the same circle walked in steps of three.
  const Vocabulary words = vocabularyOf(names(10));
  const auto circle = [](int step) {
    Matrix vectors(2, 10);
    for (int i = 0; i < 10; ++i) {
      const double angle = 2 * 3.14159265358979 * (i * step % 10) / 10;
      vectors.col(i) << static_cast<Real>(std::cos(angle)), static_cast<Real>(std::sin(angle));
    }
    return vectors;
  };
  const Comparison comparison = compare(circle(1), words, circle(3), words, {.neighbours = 2});
  QCOMPARE(comparison.meanJaccard(), 0.0);
  QCOMPARE(comparison.histogram()[0], std::size_t{10});
}

void CompareTest::agreesWithBruteForce() {
  const Vocabulary words = vocabularyOf(names(300));
  const Matrix a = randomVectors(15, 300, 5);
  const Matrix b = a + randomVectors(15, 300, 6) * Real{0.7F};
  const Comparison comparison = compare(a, words, b, words, {.neighbours = 7});
  double sum = 0;
  for (const auto& word : comparison.words) {
    const auto x = nearestWords(a, words, word.first, 7), y = nearestWords(b, words, word.second, 7);
    std::set<std::string> both = x;
    both.insert(y.begin(), y.end());
    const std::size_t common = x.size() + y.size() - both.size();
    QCOMPARE(std::size_t{word.common}, common);
    QCOMPARE(comparison.jaccard(word.common), static_cast<double>(common) / static_cast<double>(both.size()));
    sum += comparison.jaccard(word.common);
  }
  QVERIFY(std::abs(comparison.meanJaccard() - sum / 300) < 1e-12);
  QVERIFY(comparison.meanJaccard() > 0.1 && comparison.meanJaccard() < 0.9);
}

void CompareTest::onlySharedWordsCount() {
  // The second has every other word of the first and some of its own, which lie nearest to everything.
  const Matrix vectors = randomVectors(20, 400, 7);
  const auto words = names(400);
  std::vector<std::string> some;
  Matrix other(20, 300);
  for (Eigen::Index i = 0; i < 100; ++i) {
    some.push_back("stranger" + std::to_string(i));
    other.col(i) = vectors.col(2 * i) * Real{1.001F};
  }
  for (Eigen::Index i = 0; i < 200; ++i) {
    some.push_back(words[static_cast<std::size_t>(2 * i)]);
    other.col(100 + i) = vectors.col(2 * i);
  }
  const Vocabulary first = vocabularyOf(words), second = vocabularyOf(some);
  const Comparison comparison = compare(vectors, first, other, second);
  QCOMPARE(comparison.words.size(), std::size_t{200});
  QCOMPARE(comparison.meanJaccard(), 1.0);
  QCOMPARE(comparison.onlyFirst, std::size_t{200});
  QCOMPARE(comparison.onlySecond, std::size_t{100});
  // The most frequent ones of the first.
  const Comparison fifty = compare(vectors, first, other, second, {.words = 50});
  QCOMPARE(fifty.words.size(), std::size_t{50});
  QCOMPARE(fifty.words.back().first, TokenId{98});
  // A table may end before its vocabulary.
  const Comparison cut = compare(vectors, first, Matrix(other.leftCols(110)), second);
  QCOMPARE(cut.words.size(), std::size_t{10});
}

void CompareTest::zeroAndBrokenVectorsAreLeftOut() {
  const Vocabulary words = vocabularyOf(names(50));
  const Matrix good = randomVectors(8, 50, 8);
  Matrix bad = good;
  bad.col(3).setZero();
  bad(2, 7) = std::numeric_limits<Real>::quiet_NaN();
  bad(0, 9) = std::numeric_limits<Real>::infinity();
  for (const bool swap : {false, true}) {
    const Comparison comparison = swap ? compare(bad, words, good, words) : compare(good, words, bad, words);
    QCOMPARE(comparison.words.size(), std::size_t{47});
    QCOMPARE(comparison.useless, std::size_t{3});
    QCOMPARE(comparison.meanJaccard(), 1.0);
  }
}

void CompareTest::listsAndHistogram() {
  Comparison comparison;
  comparison.neighbours = 4;
  for (const std::uint32_t common : {2u, 0u, 4u, 2u, 1u, 4u}) {
    const auto id = static_cast<TokenId>(comparison.words.size());
    comparison.words.push_back({id, id, common});
  }
  QVERIFY(comparison.histogram() == (std::vector<std::size_t>{1, 1, 2, 0, 2}));
  QVERIFY(comparison.mostChanged(3) == (std::vector<std::size_t>{1, 4, 0}));
  QVERIFY(comparison.leastChanged(3) == (std::vector<std::size_t>{2, 5, 0}));
  QCOMPARE(comparison.mostChanged(100).size(), std::size_t{6});
  QCOMPARE(comparison.jaccard(2), 2.0 / 6);
}

void CompareTest::fewWords() {
  ThreadPool pool(1);
  const Vocabulary words = vocabularyOf(names(5)), others = vocabularyOf({"a", "b", "c"});
  const Matrix vectors = randomVectors(3, 5, 9);
  const auto none = compareEmbeddings({vectors, words}, {Matrix(vectors.leftCols(3)), others}, {}, pool);
  QVERIFY(!none && !none.error().advice.empty());
  QVERIFY(!compareEmbeddings({Matrix(), Vocabulary()}, {Matrix(), Vocabulary()}, {}, pool));
  // Not ten neighbours, but four.
  const Comparison comparison = compare(vectors, words, vectors, words);
  QCOMPARE(comparison.neighbours, std::size_t{4});
  QCOMPARE(comparison.meanJaccard(), 1.0);
}

void CompareTest::sameOnAnyThreads() {
  const Vocabulary words = vocabularyOf(names(900));
  const Matrix a = randomVectors(10, 900, 10), b = randomVectors(10, 900, 11) + a;
  const Comparison one = compare(a, words, b, words, {}, 1), four = compare(a, words, b, words, {}, 4);
  for (std::size_t i = 0; i < one.words.size(); ++i) QCOMPARE(four.words[i].common, one.words[i].common);
}

void CompareTest::reportsAndCancels() {
  const Vocabulary words = vocabularyOf(names(3000));
  const Matrix vectors = randomVectors(10, 3000, 12);
  ThreadPool pool(2);
  std::vector<double> fractions;
  std::stop_source stop;
  TaskContext context{[&](double fraction, const std::string&) { fractions.push_back(fraction); },
                      stop.get_token()};
  QVERIFY(compareEmbeddings({vectors, words}, {vectors, words}, {}, pool, context).has_value());
  QVERIFY(fractions.size() > 2);
  QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
  QVERIFY(fractions.front() >= 0 && fractions.back() <= 1 && fractions.back() > 0.5);
  context.progress = [&](double fraction, const std::string&) {
    if (fraction >= 0.5) stop.request_stop();
  };
  const auto stopped = compareEmbeddings({vectors, words}, {vectors, words}, {}, pool, context);
  QVERIFY(!stopped && stopped.error().kind == Error::Kind::Cancelled);
}

namespace {

std::vector<TokenId> nearestIds(const Matrix& vectors, TokenId word, std::size_t k) {
  std::vector<TokenId> ids;
  for (const Neighbour& neighbour : neighboursOf({0, vectors}, {}, word, k)) ids.push_back(neighbour.id);
  return ids;
}

}  // namespace

void CompareTest::stableNeighboursHaveOne() {
  const Matrix vectors = randomVectors(20, 200, 13);
  const auto neighbours = nearestIds(vectors, 5, 10);
  StabilityCounter counter(5, neighbours);
  for (const Real scale : {1.0F, 0.5F, 3.0F}) counter.add({1, vectors * scale});
  counter.add({1, vectors.colwise().reverse()});
  const auto shares = counter.shares();
  QCOMPARE(shares.size(), std::size_t{10});
  for (const auto& share : shares) QCOMPARE(*share, 1.0);
  // A byte a number is enough for words that do not stand close together.
  std::vector<std::shared_ptr<const HistoryFrame>> moments;
  for (int i = 0; i < 3; ++i) {
    auto moment = std::make_shared<HistoryFrame>();
    QVERIFY(moment->encode(vectors));
    moments.push_back(std::move(moment));
  }
  const auto nearestThree = std::span(neighbours).first(3);
  for (const auto& share : neighbourStability(5, nearestThree, moments)) QCOMPARE(*share, 1.0);
}

void CompareTest::strangersHaveNothing() {
  const Matrix vectors = randomVectors(20, 200, 14);
  const auto all = nearestIds(vectors, 5, 199);
  const std::vector<TokenId> farthest(all.end() - 10, all.end());
  StabilityCounter counter(5, farthest);
  counter.add({1, vectors});
  for (const auto& share : counter.shares()) QCOMPARE(*share, 0.0);
  // Nothing is known without a table that has them.
  StabilityCounter none(5, farthest);
  none.add({1, vectors.leftCols(3)});
  none.add({1, Matrix()});
  for (const auto& share : none.shares()) QVERIFY(!share.has_value());
  QVERIFY(StabilityCounter(5, {}).shares().empty());
}

void CompareTest::shareIsCounted() {
  // Word 1 is next to word 0 in three of four tables, word 2 in the other.
  Matrix usual(2, 4), other(2, 4);
  usual << 1, 0.9F, 0, -1, 0, 0.1F, 1, 0;
  other << 1, 0, 0.9F, -1, 0, 1, 0.1F, 0;
  const TokenId one[] = {1}, two[] = {2};
  StabilityCounter first(0, one), second(0, two);
  for (const Matrix* table : {&usual, &other, &usual, &usual}) {
    first.add({1, *table});
    second.add({1, *table});
  }
  QCOMPARE(*first.shares()[0], 0.75);
  QCOMPARE(*second.shares()[0], 0.25);
}

void CompareTest::tablesOfFewerWords() {
  // Of the ten neighbours among all words a table of the first hundred has some: these are its nearest.
  const Matrix vectors = randomVectors(20, 300, 15);
  const auto neighbours = nearestIds(vectors, 5, 10);
  StabilityCounter counter(5, neighbours);
  counter.add({1, vectors.leftCols(100)});
  const auto shares = counter.shares();
  int known = 0;
  for (std::size_t i = 0; i < neighbours.size(); ++i) {
    QCOMPARE(shares[i].has_value(), neighbours[i] < 100);
    if (!shares[i]) continue;
    QCOMPARE(*shares[i], 1.0);
    ++known;
  }
  QVERIFY(known > 0 && known < 10);
}

void CompareTest::momentsLieOverTheSecondHalf() {
  History history({10, 1 << 20});
  for (std::uint64_t step = 0; step <= 1000; step += 10) {
    auto moment = std::make_shared<HistoryFrame>();
    moment->step = step;
    QVERIFY(moment->encode(randomVectors(4, 10, step)));
    history.add(std::move(moment));
  }
  const auto moments = momentsToJudge(history, 800, 5);
  QCOMPARE(moments.size(), std::size_t{5});
  for (std::size_t i = 0; i < 5; ++i) QCOMPARE(moments[i]->step, std::uint64_t{480 + 80 * i});
  // Each once, and none from after that.
  QCOMPARE(momentsToJudge(history, 800, 1000).size(), std::size_t{41});
  QVERIFY(momentsToJudge(history, 805, 4).back()->step <= 805);
  QCOMPARE(momentsToJudge(history, 0, 20).size(), std::size_t{1});
  QVERIFY(momentsToJudge(History(), 10, 20).empty());
}

QTEST_GUILESS_MAIN(CompareTest)
#include "compare_test.moc"
