// SPDX-License-Identifier: GPL-3.0-or-later
// core/analysis: nearest words, analogies and similarity ratings, against the plain definition.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>

#include "core/analysis/neighbours.h"
#include "core/analysis/similarity.h"
#include "core/base/file.h"
#include "core/base/rng.h"

using namespace lexarium;
using Eigen::Index;

namespace {

Matrix random(Index dimensions, Index words, std::uint64_t seed) {
  Rng rng(seed);
  Matrix result(dimensions, words);
  for (Index i = 0; i < result.size(); ++i) result.data()[i] = static_cast<Real>(rng.normal());
  return result;
}

double score(const Matrix& vectors, Index i, const Vector& query, Similarity similarity) {
  const Eigen::VectorXd a = vectors.col(i).cast<double>(), q = query.cast<double>();
  return similarity == Similarity::Cosine ? a.dot(q) / (a.norm() * q.norm()) : (a - q).norm();
}

/// By definition: all words scored, sorted, ties by id.
std::vector<TokenId> byDefinition(const Matrix& vectors, const Vector& query, std::size_t k,
                                  const std::vector<TokenId>& exclude, Similarity similarity) {
  std::vector<std::pair<double, TokenId>> all;
  for (Index i = 0; i < vectors.cols(); ++i) {
    const auto id = static_cast<TokenId>(i);
    if (std::find(exclude.begin(), exclude.end(), id) != exclude.end()) continue;
    const double s = score(vectors, i, query, similarity);
    all.emplace_back(similarity == Similarity::Cosine ? -s : s, id);
  }
  std::sort(all.begin(), all.end());
  std::vector<TokenId> ids;
  for (std::size_t i = 0; i < std::min(k, all.size()); ++i) ids.push_back(all[i].second);
  return ids;
}

std::vector<TokenId> idsOf(const std::vector<Neighbour>& neighbours) {
  std::vector<TokenId> ids;
  for (const Neighbour& neighbour : neighbours) ids.push_back(neighbour.id);
  return ids;
}

Vocabulary vocabularyOf(const std::vector<std::string>& words) {
  std::vector<Vocabulary::Entry> entries;
  for (std::size_t i = 0; i < words.size(); ++i) entries.push_back({words[i], 1000 - i});
  return Vocabulary::fromCounts(entries);
}

}  // namespace

class NeighboursTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithTheDefinition_data();
  void agreesWithTheDefinition();
  void scoresAreExact();
  void tiesGoToTheSmallerId();
  void zeroAndBrokenVectorsAreNoNeighbours();
  void oddQueriesGiveNothing();
  void neighboursLeaveOutTheWordItself();
  void analogyFollowsTheOffset();
  void evaluationAgreesWithSingleAnalogies();
  void evaluationFollowsWord2VecsConventions();
  void evaluationCancels();
  void kindsOfQuestionsAreSummed();
  void spearmanKnowsTies();
  void readsGooglesQuestionsAndRatings();
  void refusesMalformedFiles();
};

void NeighboursTest::agreesWithTheDefinition_data() {
  QTest::addColumn<int>("words");
  QTest::addColumn<int>("k");
  for (const auto& [words, k] : {std::pair{1, 3}, {2, 1}, {50, 60}, {1023, 10}, {1025, 10}, {5000, 100}}) {
    QTest::addRow("%d words, k %d", words, k) << words << k;
  }
}

void NeighboursTest::agreesWithTheDefinition() {
  QFETCH(int, words);
  QFETCH(int, k);
  const Matrix vectors = random(37, words, 1);
  const Vector norms = inverseNorms(vectors);
  const std::vector<TokenId> exclude{0, 7, 4999, 999999};
  for (std::uint64_t seed = 2; seed < 7; ++seed) {
    const Vector query = random(37, 1, seed);
    for (const auto similarity : {Similarity::Cosine, Similarity::Euclidean}) {
      const auto expected = byDefinition(vectors, query, static_cast<std::size_t>(k), exclude, similarity);
      QCOMPARE(idsOf(nearest(vectors, norms, query, static_cast<std::size_t>(k), exclude, similarity)),
               expected);
      QCOMPARE(idsOf(nearest(vectors, {}, query, static_cast<std::size_t>(k), exclude, similarity)),
               expected);
    }
  }
}

void NeighboursTest::scoresAreExact() {
  const Matrix vectors = random(20, 200, 3);
  const Vector query = vectors.col(11) * Real(1e-3);
  for (const auto similarity : {Similarity::Cosine, Similarity::Euclidean}) {
    for (const Neighbour& neighbour : nearest(vectors, {}, query, 200, {}, similarity)) {
      QVERIFY(std::abs(neighbour.score -
                       score(vectors, static_cast<Index>(neighbour.id), query, similarity)) < 1e-12);
    }
  }
  QVERIFY(nearest(vectors, {}, query, 1, {})[0].score <= 1.0);
}

void NeighboursTest::tiesGoToTheSmallerId() {
  // A thousand copies of one direction in odd places; single precision alone would order them by its
  // rounding.
  Matrix vectors = random(33, 3000, 5);
  for (Index i = 1; i < 3000; i += 3) vectors.col(i) = vectors.col(1);
  for (const auto similarity : {Similarity::Cosine, Similarity::Euclidean}) {
    const auto found = nearest(vectors, {}, vectors.col(1), 50, {}, similarity);
    for (std::size_t i = 0; i < 50; ++i) QCOMPARE(found[i].id, static_cast<TokenId>(1 + 3 * i));
  }
}

void NeighboursTest::zeroAndBrokenVectorsAreNoNeighbours() {
  Matrix vectors = random(8, 30, 6);
  vectors.col(3).setZero();
  vectors(2, 5) = std::numeric_limits<Real>::quiet_NaN();
  vectors(1, 9) = std::numeric_limits<Real>::infinity();
  for (const auto similarity : {Similarity::Cosine, Similarity::Euclidean}) {
    const auto ids = idsOf(nearest(vectors, {}, vectors.col(0), 30, {}, similarity));
    QCOMPARE(ids.size(), std::size_t{27});
    for (const TokenId id : {3u, 5u, 9u}) QVERIFY(std::find(ids.begin(), ids.end(), id) == ids.end());
  }
  const Matrix nothing = Matrix::Zero(8, 30);
  QVERIFY(nearest(nothing, {}, vectors.col(0), 5, {}).empty());
}

void NeighboursTest::oddQueriesGiveNothing() {
  const Matrix vectors = random(8, 30, 6);
  QVERIFY(nearest(vectors, {}, Vector::Zero(8), 5, {}).empty());
  QVERIFY(nearest(vectors, {}, Vector::Constant(8, std::numeric_limits<Real>::quiet_NaN()), 5, {}).empty());
  QVERIFY(nearest(vectors, {}, Vector::Ones(7), 5, {}).empty());
  QVERIFY(nearest(vectors, {}, Vector::Ones(8), 0, {}).empty());
  QVERIFY(nearest(Matrix(8, 0), {}, Vector::Ones(8), 5, {}).empty());
  QCOMPARE(nearest(vectors, {}, Vector::Zero(8), 5, {}, Similarity::Euclidean).size(), std::size_t{5});
}

void NeighboursTest::neighboursLeaveOutTheWordItself() {
  EmbeddingTable table;
  table.vectors = random(16, 100, 7);
  const auto found = neighboursOf(table, {}, 42, 99);
  QCOMPARE(found.size(), std::size_t{99});
  for (const Neighbour& neighbour : found) QVERIFY(neighbour.id != 42);
  QVERIFY(neighboursOf(table, {}, 100, 5).empty());
}

void NeighboursTest::analogyFollowsTheOffset() {
  // man : king = woman : queen, as sums of independent directions.
  const Matrix parts = random(64, 4, 8);  // person, male, female, royal
  EmbeddingTable table;
  table.vectors = random(64, 200, 9);
  table.vectors.col(0) = parts.col(0) + parts.col(1);
  table.vectors.col(1) = parts.col(0) + parts.col(1) + parts.col(3);
  table.vectors.col(2) = parts.col(0) + parts.col(2);
  table.vectors.col(3) = parts.col(0) + parts.col(2) + parts.col(3);
  const auto found = analogy(table, {}, 0, 1, 2, 5);
  QCOMPARE(found[0].id, TokenId{3});
  for (const Neighbour& neighbour : found) QVERIFY(neighbour.id > 2);
  table.vectors.col(2).setZero();
  QVERIFY(analogy(table, {}, 0, 1, 2, 5).empty());
  QVERIFY(analogy(table, {}, 0, 1, 5000, 5).empty());
}

void NeighboursTest::evaluationAgreesWithSingleAnalogies() {
  constexpr std::size_t kWords = 700;  // several tiles
  std::vector<std::string> words;
  for (std::size_t i = 0; i < kWords; ++i) words.push_back("w" + std::to_string(i));
  const Vocabulary vocabulary = vocabularyOf(words);
  EmbeddingTable table;
  table.vectors = random(24, kWords, 10);
  table.vectors.col(13).setZero();
  Rng rng(11);
  std::vector<AnalogyQuestion> questions;
  std::vector<std::size_t> correct(2, 0), asked(2, 0);
  for (int i = 0; i < 400; ++i) {
    const auto pick = [&] { return static_cast<TokenId>(rng.below(kWords)); };
    const TokenId a = pick(), b = pick(), c = pick();
    const auto found = analogy(table, {}, a, b, c, 2);
    // Half of the questions expect the best answer, half the second best.
    const std::size_t category = i % 2;
    const TokenId d = found.empty() ? 0 : found[category].id;
    questions.push_back({category == 0 ? "best" : "second", words[a], words[b], words[c], words[d]});
    if (found.empty()) continue;
    ++asked[category];
    correct[category] += category == 0;
  }
  const auto scores = evaluateAnalogies(table, vocabulary, questions);
  QCOMPARE(scores.size(), std::size_t{3});
  for (std::size_t i = 0; i < 2; ++i) {
    QCOMPARE(scores[i].asked, asked[i]);
    QCOMPARE(scores[i].correct, correct[i]);
    QCOMPARE(scores[i].asked + scores[i].skipped, std::size_t{200});
  }
  QCOMPARE(scores[2].category, std::string("total"));
  QCOMPARE(scores[2].correct, correct[0]);
}

void NeighboursTest::evaluationFollowsWord2VecsConventions() {
  const Vocabulary vocabulary = vocabularyOf({"athens", "greece", "oslo", "norway", "rome", "italy"});
  EmbeddingTable table;
  table.vectors.resize(4, 6);
  table.vectors << 1, 1, 0, 0, 0, 0,  //
      0, 0, 1, 1, 0, 0,               //
      0, 0, 0, 0, 1, 1,               //
      0, 1, 0, 1, 0, 1;
  const std::vector<AnalogyQuestion> questions{
      {"capitals", "Athens", "Greece", "Oslo", "Norway"},  // folded
      {"capitals", "athens", "greece", "rome", "italy"},
      {"capitals", "athens", "greece", "paris", "france"}};  // unknown: skipped
  auto scores = evaluateAnalogies(table, vocabulary, questions);
  QCOMPARE(scores.back().asked, std::size_t{2});
  QCOMPARE(scores.back().skipped, std::size_t{1});
  QCOMPARE(scores.back().correct, std::size_t{2});
  QCOMPARE(scores.back().accuracy(), 1.0);
  scores =
      evaluateAnalogies(table, vocabulary, questions, 4);  // Rome and Italy are beyond the first four words
  QCOMPARE(scores.back().asked, std::size_t{1});
  QCOMPARE(evaluateAnalogies(table, vocabulary, {}).size(), std::size_t{1});
}

void NeighboursTest::evaluationCancels() {
  const Vocabulary vocabulary = vocabularyOf({"a", "b", "c", "d"});
  EmbeddingTable table;
  table.vectors = random(4, 4, 12);
  std::stop_source stop;
  stop.request_stop();
  const std::vector<AnalogyQuestion> questions{{"x", "a", "b", "c", "d"}};
  QVERIFY(evaluateAnalogies(table, vocabulary, questions, 0, {{}, stop.get_token()}).empty());
}

void NeighboursTest::kindsOfQuestionsAreSummed() {
  const std::vector<AnalogyScore> scores = {{"capital", 10, 1, 5},
                                            {"gram1-adverb", 4, 2, 1},
                                            {"family", 2, 0, 2},
                                            {"gram2-opposite", 6, 0, 3},
                                            {"total", 22, 3, 11}};
  const auto kinds = analogyKinds(scores);
  QCOMPARE(kinds.size(), std::size_t{2});
  QCOMPARE(kinds[0].category, std::string("semantic"));
  QCOMPARE(kinds[0].asked, std::size_t{12});
  QCOMPARE(kinds[0].correct, std::size_t{7});
  QCOMPARE(kinds[0].skipped, std::size_t{1});
  QCOMPARE(kinds[1].asked, std::size_t{10});
  QCOMPARE(kinds[1].correct, std::size_t{4});
  QVERIFY(analogyKinds(std::span(scores).first(1)).empty());
  QVERIFY(analogyKinds({}).empty());
}

void NeighboursTest::spearmanKnowsTies() {
  const std::vector<double> rising{1, 2, 3, 4}, falling{9, 7, 5, 1}, squared{1, 4, 9, 16}, flat{2, 2, 2, 2};
  QCOMPARE(spearman(rising, squared), 1.0);
  QCOMPARE(spearman(rising, falling), -1.0);
  QCOMPARE(spearman(rising, flat), 0.0);
  // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
  const std::vector<double> tied{10, 20, 20, 30};
  QVERIFY(std::abs(spearman(tied, rising) - 4.5 / std::sqrt(22.5)) < 1e-12);
  EmbeddingTable table;
  table.vectors.resize(2, 3);
  table.vectors << 1, 1, 0, 0, Real(0.2), 1;
  const Vocabulary vocabulary = vocabularyOf({"tiger", "cat", "bank"});
  const std::vector<SimilarityPair> pairs{
      {"Tiger", "cat", 7}, {"tiger", "bank", 1}, {"cat", "bank", 2}, {"tiger", "sea", 3}};
  const SimilarityScore result = evaluateSimilarity(table, vocabulary, pairs);
  QCOMPARE(result.asked, std::size_t{3});
  QCOMPARE(result.skipped, std::size_t{1});
  QCOMPARE(result.spearman, 1.0);
}

void NeighboursTest::readsGooglesQuestionsAndRatings() {
  const std::filesystem::path folder = std::filesystem::path(LEXARIUM_SHARED_DATA) / "eval";
  if (!std::filesystem::exists(folder)) QSKIP("no shared data");
  const auto questions = readAnalogyQuestions(folder / "questions-words.txt");
  QVERIFY(questions.has_value());
  QCOMPARE(questions->size(), std::size_t{19544});
  QCOMPARE(questions->front().category, std::string("capital-common-countries"));
  QCOMPARE(questions->front().d, std::string("Iraq"));
  for (const auto& [file, size] :
       {std::pair{"EN-WS-353-ALL.txt", 353}, {"EN-SIMLEX-999.txt", 999}, {"EN-MEN-TR-3k.txt", 3000}}) {
    const auto pairs = readSimilarityPairs(folder / file);
    QVERIFY2(pairs.has_value(), file);
    QCOMPARE(pairs->size(), static_cast<std::size_t>(size));
  }
}

void NeighboursTest::refusesMalformedFiles() {
  QTemporaryDir folder;
  const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / "questions.txt";
  const auto questionsOf = [&](std::string_view text) {
    return writeFileAtomically(path, text) ? readAnalogyQuestions(path) : makeError("not written");
  };
  QCOMPARE(questionsOf(": x\r\na b c d\r\n\r\ne f g h")->size(), std::size_t{2});
  QVERIFY(!questionsOf(""));
  const auto three = questionsOf(": x\na b c d\na b c\n");
  QVERIFY(!three);
  QVERIFY2(three.error().message().find("line 3") != std::string::npos, three.error().message().c_str());
  QVERIFY(writeFileAtomically(path, "word1,word2,rating\nlove,sex,6.77\ntiger,cat,x\n").has_value());
  const auto pairs = readSimilarityPairs(path);
  QVERIFY(!pairs);
  QVERIFY(pairs.error().message().find("line 3") != std::string::npos);
  QVERIFY(!readSimilarityPairs(path.parent_path() / "absent.txt"));
}

QTEST_GUILESS_MAIN(NeighboursTest)
#include "neighbours_test.moc"
