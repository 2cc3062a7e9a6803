// SPDX-License-Identifier: GPL-3.0-or-later
// core/analysis: sums of words as typed and their answers, axes between words, how close two words are.
#include <QTest>
#include <cmath>
#include <limits>

#include "core/analysis/closeness.h"
#include "core/analysis/examples.h"
#include "core/analysis/word_axes.h"
#include "core/analysis/word_expression.h"
#include "core/base/rng.h"

using namespace lexarium;
using Eigen::Index;

namespace {

Vocabulary vocabularyOf(const std::vector<std::string>& words) {
  std::vector<Vocabulary::Entry> entries;
  for (std::size_t i = 0; i < words.size(); ++i) entries.push_back({words[i], 1000 - i});
  return Vocabulary::fromCounts(entries);
}

EmbeddingTable randomTable(Index dimensions, Index words, std::uint64_t seed) {
  Rng rng(seed);
  EmbeddingTable table;
  table.vectors.resize(dimensions, words);
  for (Index i = 0; i < table.vectors.size(); ++i) table.vectors.data()[i] = static_cast<Real>(rng.normal());
  return table;
}

/// "king - man": the terms as text again, or the error.
QString parsed(const std::string& text, const Vocabulary& vocabulary, std::size_t words = 1000) {
  const auto terms = parseExpression(text, vocabulary, words);
  if (!terms) return QString::fromStdString(terms.error().message());
  QString result;
  for (const ExpressionTerm& term : *terms) {
    result += term.minus ? '-' : '+';
    result += QString::fromStdString(std::string(vocabulary.word(term.id)));
  }
  return result;
}

double cosine(const Matrix& vectors, Index i, const Eigen::VectorXd& with) {
  const Eigen::VectorXd vector = vectors.col(i).cast<double>();
  return vector.dot(with) / (vector.norm() * with.norm());
}

/// By definition, in double.
std::vector<AnalogyAnswer> byDefinition(const EmbeddingTable& table, const std::vector<ExpressionTerm>& terms,
                                        AnalogyMethod method) {
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(table.vectors.rows());
  for (const ExpressionTerm& term : terms) {
    const Eigen::VectorXd vector = table.vectors.col(static_cast<Index>(term.id)).cast<double>();
    sum += (term.minus ? -1 : 1) * vector / vector.norm();
  }
  std::vector<AnalogyAnswer> answers;
  for (Index i = 0; i < table.vectors.cols(); ++i) {
    const auto id = static_cast<TokenId>(i);
    if (std::any_of(terms.begin(), terms.end(), [&](const auto& term) { return term.id == id; })) continue;
    AnalogyAnswer answer{id, cosine(table.vectors, i, sum), 1};
    for (const ExpressionTerm& term : terms) {
      const double shifted =
          (1 + cosine(table.vectors, i, table.vectors.col(static_cast<Index>(term.id)).cast<double>())) / 2;
      answer.score = term.minus ? answer.score / (shifted + 0.001) : answer.score * shifted;
    }
    if (method == AnalogyMethod::Add) answer.score = answer.cosine;
    answers.push_back(answer);
  }
  std::sort(answers.begin(), answers.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  return answers;
}

}  // namespace

class WordExpressionTest : public QObject {
  Q_OBJECT

 private:
  const Vocabulary words_ = vocabularyOf(
      {"king", "man", "woman", "well-known", "well", "known", "-1", "国王", "男人", "女人", "rare", "c"});

 private Q_SLOTS:
  void readsSums_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("terms");
    QTest::newRow("classic") << "king - man + woman"
                             << "+king-man+woman";
    QTest::newRow("no spaces") << "king-man+woman"
                               << "+king-man+woman";
    QTest::newRow("signs stick") << "king -man +woman"
                                 << "+king-man+woman";
    QTest::newRow("signs trail") << " king- man+ woman\n"
                                 << "+king-man+woman";
    QTest::newRow("sign first") << "- man + king"
                                << "-man+king";
    QTest::newRow("one word") << "king"
                              << "+king";
    QTest::newRow("many") << "king+king+man+woman-rare"
                          << "+king+king+man+woman-rare";
    QTest::newRow("folded") << "KING - Man"
                            << "+king-man";
    QTest::newRow("hyphen in a word") << "well-known - well"
                                      << "+well-known-well";
    QTest::newRow("hyphen and sign") << "well-known-well+king"
                                     << "+well-known-well+king";
    QTest::newRow("two hyphens") << "known-well-known"
                                 << "+known-well-known";
    QTest::newRow("a word with a sign") << "king + -1"
                                        << "+king+-1";
    QTest::newRow("true minus") << QString::fromUtf8("king − man") << "+king-man";
    QTest::newRow("Chinese") << QString::fromUtf8("国王－男人＋女人") << QString::fromUtf8("+国王-男人+女人");
    QTest::newRow("empty") << ""
                           << "Write words with + and - between them.";
    QTest::newRow("blank") << "  \t"
                           << "Write words with + and - between them.";
    QTest::newRow("sign last") << "king +"
                               << "A word is missing after +.";
    QTest::newRow("two signs") << "king + - man"
                               << "A word is missing after +.";
    QTest::newRow("sign alone") << "+"
                                << "A word is missing after +.";
    QTest::newRow("no sign") << "king man"
                             << "There is no + or - between \"king\" and \"man\".";
    QTest::newRow("unknown") << "king - kong"
                             << "\"kong\" does not occur in this text.";
    QTest::newRow("unknown, hyphened") << "king-kong"
                                       << "\"kong\" does not occur in this text.";
    QTest::newRow("ill-formed") << QString::fromLatin1("\x01") << "\"\x01\" does not occur in this text.";
  }
  void readsSums() {
    QFETCH(QString, text);
    QFETCH(QString, terms);
    QCOMPARE(parsed(text.toStdString(), words_), terms);
  }

  void aWordWithoutVectorIsSaid() {
    QCOMPARE(parsed("king - rare", words_, 5),
             QString("\"rare\" has no vector, because it is too rare (990 times) or outside the maximum "
                     "vocabulary."));
    QVERIFY(!parseExpression("king", Vocabulary(), 0));
  }

  void readsLists() {
    const auto ids = parseWordList(" king,man  woman, king", words_, 1000);
    QVERIFY(ids);
    QCOMPARE(*ids, (std::vector<TokenId>{0, 1, 2}));
    QCOMPARE(parseWordList("男人、女人，国王", words_, 1000)->size(), std::size_t{3});
    QCOMPARE(parseWordList("well-known", words_, 1000).value(), std::vector<TokenId>{3});
    QVERIFY(!parseWordList(" , ", words_, 1000));
    QCOMPARE(QString::fromStdString(parseWordList("king, kong", words_, 1000).error().message()),
             QString("\"kong\" does not occur in this text."));
  }

  void answersAreThoseOfTheDefinition() {
    const EmbeddingTable table = randomTable(20, 3000, 1);
    const Vector norms = inverseNorms(table.vectors);
    const std::vector<std::vector<ExpressionTerm>> sums = {
        {{5, false}, {6, true}, {7, false}},
        {{5, false}},
        {{9, true}},
        {{1, false}, {2, false}, {3, false}, {4, true}, {4, true}, {2999, true}}};
    for (const auto& terms : sums) {
      for (const AnalogyMethod method : {AnalogyMethod::Add, AnalogyMethod::Mul}) {
        const auto expected = byDefinition(table, terms, method);
        const auto answers = answerExpression(table, norms, terms, 10, method);
        QCOMPARE(answers.size(), std::size_t{10});
        for (std::size_t i = 0; i < answers.size(); ++i) {
          QCOMPARE(answers[i].id, expected[i].id);
          QVERIFY(std::abs(answers[i].score / expected[i].score - 1) < 1e-4);
          QVERIFY(std::abs(answers[i].cosine - expected[i].cosine) < 1e-6);
        }
        QCOMPARE(answerExpression(table, {}, terms, 1, method).front().id, expected.front().id);
      }
    }
  }

  void bothMethodsFindAParallelogram() {
    // Two independent directions, one a gender, one a rank; the other words are noise.
    EmbeddingTable table = randomTable(10, 200, 2);
    table.vectors *= Real(0.3);
    for (Index i = 0; i < 4; ++i) {
      table.vectors(0, i) += i % 2 ? Real(-2) : Real(2);
      table.vectors(1, i) += i < 2 ? Real(-2) : Real(2);
    }
    const std::vector<ExpressionTerm> sum{{0, false}, {1, true}, {3, false}};
    for (const AnalogyMethod method : {AnalogyMethod::Add, AnalogyMethod::Mul})
      QCOMPARE(answerExpression(table, {}, sum, 1, method).front().id, TokenId{2});
  }

  void sumsWithoutAnswer() {
    EmbeddingTable table = randomTable(8, 4, 3);
    table.vectors.col(2).setZero();
    table.vectors(0, 3) = std::numeric_limits<Real>::quiet_NaN();
    for (const AnalogyMethod method : {AnalogyMethod::Add, AnalogyMethod::Mul}) {
      const auto best = [&](std::vector<ExpressionTerm> terms) {
        return answerExpression(table, {}, terms, 5, method);
      };
      QVERIFY(best({}).empty());
      QVERIFY(best({{2, false}}).empty());                  // no direction
      QVERIFY(best({{0, false}, {3, false}}).empty());      // not finite
      QVERIFY(best({{0, false}, {77, false}}).empty());     // beyond the table
      QCOMPARE(best({{0, false}}).size(), std::size_t{1});  // word 1 is the only one left
      QVERIFY(best({{0, false}, {1, false}}).empty());
      QVERIFY(answerExpression({}, {}, std::vector<ExpressionTerm>{{0, false}}, 5, method).empty());
    }
    QVERIFY(
        answerExpression(table, {}, std::vector<ExpressionTerm>{{0, false}, {0, true}}, 5, AnalogyMethod::Add)
            .empty());
  }

  void axesShowCosinesWithDifferences() {
    const EmbeddingTable table = randomTable(12, 500, 4);
    const Vector norms = inverseNorms(table.vectors);
    const auto unit = [&](Index i) -> Eigen::VectorXd {
      return table.vectors.col(i).cast<double>().normalized();
    };
    const Vector x = axisDirection(table, norms, {{3}, {4}});
    const Vector y = axisDirection(table, norms, {{10, 11}, {12, 13, 14}});
    const Eigen::VectorXd exactX = unit(4) - unit(3);
    const Eigen::VectorXd exactY = (unit(12) + unit(13) + unit(14)) / 3 - (unit(10) + unit(11)) / 2;
    const Layout places = cosinesWithAxes(table, norms, 400, x, y);
    QCOMPARE(places.cols(), Index{400});
    for (Index i = 0; i < places.cols(); ++i) {
      QVERIFY(std::abs(static_cast<double>(places(0, i)) - cosine(table.vectors, i, exactX)) < 1e-5);
      QVERIFY(std::abs(static_cast<double>(places(1, i)) - cosine(table.vectors, i, exactY)) < 1e-5);
    }
    QVERIFY(places(0, 4) > 0 && std::abs(places(0, 3) + places(0, 4)) < 1e-5f);
    // The other way round is the mirror image.
    QVERIFY((axisDirection(table, norms, {{4}, {3}}) + x).norm() < Real(1e-6));
  }

  void axesWithoutDirection() {
    EmbeddingTable table = randomTable(5, 6, 5);
    table.vectors.col(2).setZero();
    table.vectors.col(3).setConstant(std::numeric_limits<Real>::infinity());
    table.vectors.col(5) = table.vectors.col(4) * Real(2);
    const Vector norms = inverseNorms(table.vectors);
    for (const AxisPoles& poles :
         {AxisPoles{{}, {0}}, AxisPoles{{0}, {}}, AxisPoles{{0}, {0}}, AxisPoles{{0}, {2}},
          AxisPoles{{3}, {0}}, AxisPoles{{0}, {99}}, AxisPoles{{4}, {5}}})
      QCOMPARE(axisDirection(table, norms, poles).size(), Index{0});
    const Layout places = cosinesWithAxes(table, norms, 99, axisDirection(table, norms, {{0}, {1}}), {});
    QCOMPARE(places.cols(), Index{6});
    QVERIFY(places.allFinite());
    QVERIFY(places(0, 0) < 0 && places(0, 1) > 0 && places(0, 2) == 0 && places(0, 3) == 0);
    QCOMPARE(places.row(1).cwiseAbs().maxCoeff(), 0.0f);
    QCOMPARE(cosinesWithAxes({}, {}, 10, {}, {}).cols(), Index{0});
  }

  void examplesAreMadeOfWordsThatAreThere() {
    const Vocabulary words = vocabularyOf({"he", "she", "man", "woman", "king", "queen", "his", "her", "cat",
                                           "kitten", "dog", "puppy", "rich"});
    const std::vector<AnalogyQuestion> questions{{"young", "cat", "kitten", "dog", "puppy"},
                                                 {"young", "dog", "puppy", "cat", "kitten"},
                                                 {"royal", "man", "king", "woman", "queen"},
                                                 {"lost", "man", "duke", "woman", "duchess"}};
    const auto sums = exampleSums(words, 1000, questions, 10);
    QCOMPARE(sums, (std::vector<std::string>{"kitten - cat + dog", "king - man + woman", "his - he + she"}));
    for (const std::string& sum : sums) QVERIFY(parseExpression(sum, words, 1000));
    QCOMPARE(exampleSums(words, 1000, questions, 1).size(), std::size_t{1});
    QCOMPARE(exampleSums(words, 8, {}, 10),
             (std::vector<std::string>{"king - man + woman", "his - he + she"}));
    QVERIFY(exampleSums(words, 2, questions, 10).empty());
    const auto pairs = examplePairs(words, 1000, questions, 10);
    QCOMPARE(pairs, (std::vector<WordPair>{{"man", "woman"}, {"he", "she"}, {"cat", "kitten"}}));
    QVERIFY(examplePairs(Vocabulary(), 0, questions, 10).empty());
  }

  void closenessAgreesWithTheNeighbours() {
    EmbeddingTable table = randomTable(6, 2500, 6);
    table.vectors.col(1500) = table.vectors.col(20);  // ties
    table.vectors.col(2000).setZero();
    const Vector norms = inverseNorms(table.vectors);
    for (const auto& [a, b] : {std::pair<TokenId, TokenId>{7, 8}, {8, 7}, {20, 1500}, {3, 1500}, {3, 20}}) {
      const auto close = closenessOf(table, norms, a, b);
      QVERIFY(close);
      const auto place = [&](TokenId of, TokenId wanted) {
        const auto all = neighboursOf(table, norms, of, 2500);
        for (std::size_t i = 0; i < all.size(); ++i) {
          if (all[i].id == wanted) return i + 1;
        }
        return std::size_t{0};
      };
      QCOMPARE(close->rankOfB, place(a, b));
      QCOMPARE(close->rankOfA, place(b, a));
      QVERIFY(std::abs(close->cosine - cosine(table.vectors, static_cast<Index>(a),
                                              table.vectors.col(static_cast<Index>(b)).cast<double>())) <
              1e-12);
      QCOMPARE(closenessOf(table, {}, a, b)->rankOfA, close->rankOfA);
    }
    QVERIFY(!closenessOf(table, norms, 5, 5));
    QVERIFY(!closenessOf(table, norms, 5, 2000));
    QVERIFY(!closenessOf(table, norms, 2500, 5));
    QVERIFY(!closenessOf({}, {}, 0, 1));
  }
};

QTEST_GUILESS_MAIN(WordExpressionTest)
#include "word_expression_test.moc"
