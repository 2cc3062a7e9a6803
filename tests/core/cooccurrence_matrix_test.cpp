// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/cooccurrence_matrix.h"

#include <QTest>
#include <cmath>

#include "core/analysis/joint_places.h"
#include "core/models/cooccurrence.h"
#include "core/text/samples.h"

using namespace lexarium;

namespace {

std::shared_ptr<const Corpus> corpusOf(const std::string& text) { return *corpusFromText("test", text, {}); }

TokenId idOf(const Corpus& corpus, const char* word) { return *corpus.vocabulary().find(word); }

}  // namespace

/// The matrix of some words, what stands behind a cell, and GloVe's idea of it.
class CooccurrenceMatrixTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void countsByHand() {
    // Two sentences; "rare" occurs once and is taken out before distances are counted.
    const auto corpus = corpusOf("The cat sat on rare mats. The cat and the cat sat.");
    CooccurrenceRule rule{.window = 2, .limits = {.minimumCount = 2}};
    const TokenId the = idOf(*corpus, "the"), cat = idOf(*corpus, "cat"), sat = idOf(*corpus, "sat");
    const auto matrix = countAmong(corpus, rule, {the, cat, sat});
    QVERIFY(matrix);
    // Kept: the cat sat | the cat the cat sat
    QCOMPARE(matrix->counts(0, 1), Real(1 + 1 + 1 + 1));  // the-cat
    QCOMPARE(matrix->counts(1, 0), matrix->counts(0, 1));
    QCOMPARE(matrix->counts(1, 2), Real(1 + 1));                     // cat-sat
    QCOMPARE(matrix->counts(0, 2), Real(0.5 + 0.5));                 // the-sat
    QCOMPARE(matrix->counts(0, 0), Real(2 * 0.5));                   // the-the, from both places
    QVERIFY(std::abs(matrix->total - matrix->counts.sum()) < 1e-9);  // all words are in it
    QVERIFY(std::abs(matrix->wordSums[1] - matrix->counts.col(1).sum()) < 1e-9);

    const Matrix logs = measured(*matrix, CooccurrenceMeasure::LogCount);
    QCOMPARE(logs(0, 1), static_cast<Real>(std::log(4.0)));
    QVERIFY(std::isnan(logs(2, 2)));
    const Matrix ppmi = measured(*matrix, CooccurrenceMeasure::Ppmi);
    const double expected = std::log(2 * matrix->total / (matrix->wordSums[1] * matrix->wordSums[2]));
    QCOMPARE(ppmi(1, 2), static_cast<Real>(std::max(0.0, expected)));
    QCOMPARE(ppmi(2, 2), Real(0));
  }

  void countsAreThoseThatGloveTrainsOn() {
    const auto corpus = *loadSample(samples().front());
    const CooccurrenceRule rule{.window = 7, .limits = {.minimumCount = 3}};
    const auto text = TrainingText::create(corpus, rule.limits);
    ThreadPool pool(2);
    const auto cells = countCooccurrences(*text, rule.window, pool, 1u << 30, {});
    QVERIFY(cells);
    std::vector<TokenId> words;
    for (TokenId id = 0; id < 60; ++id) words.push_back(id * 3);
    const auto matrix = countAmong(corpus, rule, words);
    QVERIFY(matrix);
    Matrix expected = Matrix::Zero(60, 60);
    for (const CooccurrenceCell& cell : *cells) {
      if (cell.row % 3 != 0 || cell.row >= 180 || cell.column % 3 != 0) continue;
      expected(cell.row / 3, cell.column / 3) = expected(cell.column / 3, cell.row / 3) = cell.count;
    }
    QVERIFY(expected.sum() > 100);
    QVERIFY((matrix->counts - expected).cwiseAbs().maxCoeff() < 1e-3);
  }

  void placesAddUpToTheCell() {
    const auto corpus = *loadSample(samples().front());
    const CooccurrenceRule rule{.window = 5, .limits = {}};
    const auto words = contentWords(corpus->vocabulary(), corpus->vocabulary().size(), 12);
    QCOMPARE(words.size(), std::size_t{12});
    const auto matrix = countAmong(corpus, rule, words);
    std::size_t joint = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        const auto places = jointPlaces(corpus, rule, words[i], words[j], 50);
        QVERIFY(places);
        const auto count = matrix->counts(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
        QVERIFY(std::abs(places->weight - count) < 1e-3 * (1 + count));
        QCOMPARE(places->places.size(), std::min<std::size_t>(50, places->count));
        joint += places->places.size();
        for (std::size_t p = 0; p + 1 < places->places.size(); ++p)
          QVERIFY(places->places[p].distance <= places->places[p + 1].distance);
        for (const JointPlace& place : places->places) {
          QVERIFY(place.first < place.second);
          const TokenId a = corpus->tokens()[place.first], b = corpus->tokens()[place.second];
          QVERIFY((a == words[i] && b == words[j]) || (a == words[j] && b == words[i]));
          const JointLine line = jointLine(*corpus, place, 8);
          QVERIFY(!line.first.empty() && !line.second.empty());
        }
      }
    }
    QVERIFY(joint > 20);
  }

  void linesReadAsWritten() {
    const auto corpus = corpusOf("One two. The old cat  saw  the black dog there. End.");
    const auto places =
        jointPlaces(corpus, {.window = 5, .limits = {}}, idOf(*corpus, "dog"), idOf(*corpus, "cat"), 10);
    QCOMPARE(places->count, std::uint64_t{1});
    QCOMPARE(places->documents, std::size_t{1});
    const JointLine line = jointLine(*corpus, places->places.front(), 3);
    QCOMPARE(line.left + "[" + line.first + "]" + line.between + "[" + line.second + "]" + line.right,
             std::string("two. The old [cat] saw the black [dog] there. End"));
    QVERIFY(!jointPlaces(corpus, {.window = 5, .limits = {.minimumCount = 9}}, 0, 1, 10));
  }

  void companyIsTelling() {
    std::string text;
    for (int i = 0; i < 50; ++i) text += "The king wore the crown. The dog ate the bone. ";
    const auto corpus = corpusOf(text);
    const auto company = companyOf(corpus, {.window = 3, .limits = {}}, idOf(*corpus, "king"), 3);
    QVERIFY(company);
    const auto has = [&](const char* word) {
      return std::find(company->begin(), company->end(), idOf(*corpus, word)) != company->end();
    };
    QVERIFY(has("wore"));
    QVERIFY(!has("bone") && !has("dog") && !has("king"));
  }

  void wordsThatGoTogetherStandTogether() {
    std::string text;
    for (int i = 0; i < 30; ++i)
      text += "King crown throne. Dog bone puppy. Nothing here. Sun beach summer. Apart alone. ";
    const auto corpus = corpusOf(text);
    std::vector<TokenId> words;
    for (const char* word :
         {"king", "dog", "sun", "crown", "bone", "beach", "throne", "puppy", "summer", "alone"})
      words.push_back(idOf(*corpus, word));
    const auto matrix = countAmong(corpus, {.window = 5, .limits = {}}, words);
    const auto order = orderedByCompany(*matrix, 9);
    QCOMPARE(order.size(), std::size_t{9});
    // Three groups, each in a row: places modulo 3 are the groups.
    for (std::size_t i = 0; i < 9; i += 3)
      QVERIFY(order[i] % 3 == order[i + 1] % 3 && order[i] % 3 == order[i + 2] % 3);
    QVERIFY(std::find(order.begin(), order.end(), 9) == order.end());  // without company
    const auto part = partOf(*matrix, order);
    QCOMPARE(part.words.front(), words[static_cast<std::size_t>(order.front())]);
    QCOMPARE(part.counts(0, 1), matrix->counts(order[0], order[1]));
    QVERIFY(orderedByCompany(partOf(*matrix, {}), 5).empty());
  }

  void contentWordsOfAnyText() {
    for (const char* text : {"", "a", "a b", "1 2 3", "the of and the of and the of and"}) {
      const auto corpus = corpusFromText("test", text, {});
      if (!corpus) continue;  // nothing to read
      const auto words = contentWords((*corpus)->vocabulary(), (*corpus)->vocabulary().size(), 5);
      // Two at least, so that there is a matrix; function words only where there is nothing else.
      QVERIFY(words.size() >= std::min<std::size_t>(2, (*corpus)->vocabulary().size()) && words.size() <= 5);
    }
    const auto corpus = *loadSample(samples().front());
    const auto& vocabulary = corpus->vocabulary();
    for (const TokenId id : contentWords(vocabulary, vocabulary.size(), 30))
      QVERIFY(vocabulary.word(id) != "the" && vocabulary.word(id).size() > 2);
  }

  void reconstructionAndResidual() {
    ModelRows rows;
    rows.words = {4, 2};
    rows.outputs = {2, 4};
    rows.input = (Matrix(2, 2) << 1, 3, 2, 4).finished();   // w_4 = (1,2), w_2 = (3,4)
    rows.output = (Matrix(2, 2) << 5, 7, 6, 8).finished();  // w~_2 = (5,6), w~_4 = (7,8)
    rows.inputBias = (Vector(2) << 0.5, 0.25).finished();
    rows.outputBias = (Vector(2) << 10, 20).finished();
    const std::vector<TokenId> words{2, 4, 9};
    const Matrix log = reconstructedLogCounts(rows, words);
    QCOMPARE(log(0, 0), Real(3 * 5 + 4 * 6 + 0.25 + 10));
    QCOMPARE(log(0, 1), Real(3 * 7 + 4 * 8 + 0.25 + 20));
    QCOMPARE(log(1, 0), Real(1 * 5 + 2 * 6 + 0.5 + 10));
    QVERIFY(std::isnan(log(2, 0)) && std::isnan(log(0, 2)));
    CooccurrenceMatrix counts;
    counts.words = words;
    counts.counts = Matrix::Ones(3, 3);
    counts.counts(0, 0) = 0;
    counts.counts(0, 1) = static_cast<Real>(std::exp(3.0));
    const Matrix rest = residuals(log, counts);
    QVERIFY(std::isnan(rest(0, 0)));
    QVERIFY(std::abs(rest(0, 1) - (log(0, 1) - 3)) < 1e-4);
    QCOMPARE(rest(1, 0), log(1, 0));
    // A model without biases (skip-gram) has no such idea.
    rows.inputBias.resize(0);
    QVERIFY(reconstructedLogCounts(rows, words).array().isNaN().all());
  }

  void aMillionWordsAreCountedAndTheWorkCanBeStopped() {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += "w" + std::to_string(i * 7919 % 1000) + " and so on. ";
    const auto corpus = corpusOf(text);
    std::vector<TokenId> words;
    for (TokenId id = 0; id < 500; ++id) words.push_back(id);
    const auto matrix = countAmong(corpus, {.window = 15, .limits = {}}, words);
    QVERIFY(matrix && matrix->counts.sum() > 100'000);
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = countAmong(corpus, {}, words, {{}, stop.get_token()});
    QVERIFY(!stopped && stopped.error().kind == Error::Kind::Cancelled);
    QVERIFY(!companyOf(corpus, {}, 0, 5, {{}, stop.get_token()}));
  }
};

QTEST_GUILESS_MAIN(CooccurrenceMatrixTest)
#include "cooccurrence_matrix_test.moc"
