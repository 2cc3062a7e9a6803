// SPDX-License-Identifier: GPL-3.0-or-later
// Questions to a small text, through vectors that were made so that it is known what is near.
#include "core/analysis/corpus_question.h"

#include <QTest>
#include <cmath>

using namespace lexarium;

namespace {

const char* const kText =
    "The king lives in the old castle. The farmer grows wheat in the field. The queen rules the whole "
    "kingdom. A baker bakes bread every morning. The farmer grows wheat in the field. Wheat. "
    "The old castle has a tower and a gate.";

std::shared_ptr<const Corpus> text(const char* utf8 = kText) { return *corpusFromText("tale", utf8, {}); }

/// Words of one topic point in one direction, with some of their own; stop words all alike.
std::shared_ptr<const EmbeddingTable> vectors(const Corpus& corpus) {
  const auto& words = corpus.vocabulary();
  auto table = std::make_shared<EmbeddingTable>();
  table->vectors = Matrix::Zero(6, static_cast<Eigen::Index>(words.size()));
  const std::vector<std::vector<std::string>> topics{
      {"king", "queen", "castle", "kingdom", "rules", "tower", "gate"},
      {"farmer", "wheat", "grows", "field"},
      {"baker", "bread", "bakes", "morning"}};
  for (TokenId id = 0; id < words.size(); ++id) {
    auto column = table->vectors.col(static_cast<Eigen::Index>(id));
    column(5) = 1;
    for (std::size_t t = 0; t < topics.size(); ++t)
      if (std::ranges::find(topics[t], std::string(words.word(id))) != topics[t].end())
        column(static_cast<Eigen::Index>(t)) = 3;
    column(4) = static_cast<Real>(0.1) * static_cast<Real>(id % 7);
  }
  return table;
}

std::string said(const Corpus& corpus, const CorpusAnswer& answer, ByteRange range) {
  return corpus.document(answer.document).text.substr(range.begin, range.end - range.begin);
}

}  // namespace

class CorpusQuestionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void findsWhatIsMeant_data() {
    QTest::addColumn<bool>("commonPart");
    QTest::newRow("plain") << false;
    QTest::newRow("without what all share") << true;
  }
  void findsWhatIsMeant() {
    QFETCH(bool, commonPart);
    const auto corpus = text();
    const auto index = QuestionIndex::create(corpus, vectors(*corpus), commonPart);
    QVERIFY(index);
    const auto answers = (*index)->ask("Where is the KING?");
    QVERIFY(answers);
    // The sentence that stands there twice counts once; that of one word is too short.
    QCOMPARE(answers->size(), std::size_t{5});
    for (std::size_t i = 1; i < answers->size(); ++i) QVERIFY((*answers)[i - 1].score >= (*answers)[i].score);
    const CorpusAnswer& best = answers->front();
    const std::string sentence = said(*corpus, best, best.range);
    QVERIFY2(sentence.find("king") != std::string::npos || sentence.find("castle") != std::string::npos,
             sentence.c_str());
    QVERIFY(best.score > 0.5 && best.score <= 1.0001);
    for (const CorpusAnswer& answer : *answers)
      if (said(*corpus, answer, answer.range).find("bread") != std::string::npos)
        QVERIFY(answer.score < best.score - 0.3);
  }

  void marksTheAnswer() {
    const auto corpus = text();
    const auto index = *QuestionIndex::create(corpus, vectors(*corpus), false);
    CorpusQuestion one;
    one.answers = 1;
    const auto answers = index->ask("farmer grows what in the field", one);
    QVERIFY(answers && answers->size() == 1);
    const CorpusAnswer& answer = answers->front();
    const std::string span = said(*corpus, answer, answer.span);
    QVERIFY2(span.find("wheat") != std::string::npos, span.c_str());
    QVERIFY(span.find("farmer") == std::string::npos);
    float sum = 0;
    for (const WeightedWord& word : answer.words) {
      sum += word.weight;
      if (said(*corpus, answer, word.range) == "farmer") QCOMPARE(word.weight, 0.0F);
    }
    QVERIFY(std::abs(sum - 1) < 1e-5F);
  }

  /// The scores are those of the formula, sentence vectors written down.
  void scoresAreCosines() {
    const auto corpus = text();
    const auto table = vectors(*corpus);
    const auto index = *QuestionIndex::create(corpus, table, false);
    const auto vectorOf = [&](std::span<const TokenId> tokens) {
      Eigen::VectorXd sum = Eigen::VectorXd::Zero(6);
      for (const TokenId id : tokens) {
        double with = 0;
        for (std::size_t s = 0; s < corpus->sentenceCount(); ++s) {
          const TokenRange range = corpus->sentence(s);
          const auto all = corpus->tokens().subspan(range.begin, range.size());
          with += std::ranges::find(all, id) != all.end() ? 1 : 0;
        }
        const Eigen::VectorXd v = table->vectors.col(static_cast<Eigen::Index>(id)).cast<double>();
        sum += std::log((static_cast<double>(corpus->sentenceCount()) + 1) / with) / v.norm() * v;
      }
      return sum;
    };
    const TokenId castle = *corpus->vocabulary().find("castle");
    const Eigen::VectorXd query = vectorOf(std::span(&castle, 1));
    const auto answers = index->ask("castle");
    QVERIFY(answers && !answers->empty());
    for (const CorpusAnswer& answer : *answers) {
      const TokenRange range = corpus->sentence(answer.sentence);
      const Eigen::VectorXd v = vectorOf(corpus->tokens().subspan(range.begin, range.size()));
      QVERIFY(std::abs(answer.score - v.dot(query) / v.norm() / query.norm()) < 1e-5);
    }
  }

  void refusesWhatCannotBeAsked() {
    const auto corpus = text();
    const auto table = vectors(*corpus);
    QVERIFY(!QuestionIndex::create(nullptr, table));
    auto none = std::make_shared<EmbeddingTable>();
    none->vectors = Matrix::Zero(6, 3);
    QVERIFY(!QuestionIndex::create(corpus, none));
    std::stop_source source;
    source.request_stop();
    QVERIFY(!QuestionIndex::create(corpus, table, true, {{}, source.get_token()}));
    const auto index = *QuestionIndex::create(corpus, table);
    QVERIFY(!index->ask(""));
    QVERIFY(!index->ask("zebra"));
    QVERIFY(!index->ask("castle", {}, {{}, source.get_token()}));
    QVERIFY(index->memoryBytes() > 0);
  }

  void readsChinese() {
    const auto corpus = text(
        "\u56fd\u738b\u4f4f\u5728\u57ce\u5821\u91cc\u3002\u519c\u6c11\u79cd\u5c0f\u9ea6"
        "\u5f88\u8f9b\u82e6\u3002");
    auto table = std::make_shared<EmbeddingTable>();
    table->vectors = Matrix::Random(5, static_cast<Eigen::Index>(corpus->vocabulary().size()));
    const auto index = QuestionIndex::create(corpus, table, false);
    QVERIFY(index);
    CorpusQuestion how;
    how.leastWords = 1;
    const auto answers = (*index)->ask("\u519c\u6c11", how);
    QVERIFY(answers && !answers->empty());
    QCOMPARE(answers->front().sentence, std::size_t{1});
  }
};

QTEST_GUILESS_MAIN(CorpusQuestionTest)
#include "corpus_question_test.moc"
