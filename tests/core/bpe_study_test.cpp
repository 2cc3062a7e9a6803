// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/bpe_study.h"

#include <QTest>

#include "tests/support/toy_corpus.h"

using namespace lexarium;

namespace {

std::shared_ptr<BpeStudy> studyOf(const std::string& text, std::size_t vocabulary) {
  auto study = BpeStudy::create(toyCorpus({text}), vocabulary);
  if (!study) qFatal("%s", study.error().message().c_str());
  return *study;
}

std::string textbook() {
  std::string text;
  const std::pair<const char*, int> words[] = {{"low", 5}, {"lower", 2}, {"newest", 6}, {"widest", 3}};
  for (const auto& [word, count] : words) {
    for (int i = 0; i < count; ++i) (text += word) += '\n';
  }
  return text;
}

}  // namespace

class BpeStudyTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void keepsEveryMoment();
  void endsWhenNoPairOccursTwice();
  void looksBack();
  void stopsBetweenMerges();
  void cutsAnExcerptIntoPieces();
};

void BpeStudyTest::keepsEveryMoment() {
  const auto study = studyOf(textbook(), 100);
  QCOMPARE(study->merges(), std::size_t{0});
  QCOMPARE(study->moments().size(), std::size_t{1});
  QVERIFY(study->learn(4).has_value());
  const auto moments = study->moments();
  QCOMPARE(moments.size(), std::size_t{5});
  QCOMPARE(moments[0].textTokens, study->characters());
  for (std::size_t i = 0; i + 1 < moments.size(); ++i) {
    QVERIFY(!moments[i].next.empty() && moments[i].next.size() <= BpeStudy::kCandidates);
    QCOMPARE(moments[i + 1].textTokens, moments[i].textTokens - moments[i].next.front().count);
    for (std::size_t c = 1; c < moments[i].next.size(); ++c) {
      QVERIFY(moments[i].next[c].count <= moments[i].next[c - 1].count);
    }
  }
  QCOMPARE(moments[0].next.front().count, std::uint64_t{9});  // e + s
  const auto tail = study->moments(3);
  QCOMPARE(tail.size(), std::size_t{2});
  QCOMPARE(tail[0].textTokens, moments[3].textTokens);
  QVERIFY(study->moments(99).empty());
}

void BpeStudyTest::endsWhenNoPairOccursTwice() {
  const auto study = studyOf("abab", 100);
  QVERIFY(study->learn(50).has_value());
  QCOMPARE(study->merges(), std::size_t{1});
  QVERIFY(study->moments().back().next.empty());
  QVERIFY(study->learn(50).has_value());
  QCOMPARE(study->merges(), std::size_t{1});
}

void BpeStudyTest::looksBack() {
  const auto study = studyOf(textbook(), 100);
  QVERIFY(study->learn(10).has_value());
  QCOMPARE(study->tokenizer(0)->size(), study->firstTokens());
  QCOMPARE(study->tokenizer(0)->encode("newest").ids.size(), std::size_t{6});
  QCOMPARE(study->tokenizer(2)->encode("newest").ids.size(), std::size_t{4});  // n e w est
  QCOMPARE(study->tokenizer(99)->size(), study->firstTokens() + study->merges());
}

void BpeStudyTest::stopsBetweenMerges() {
  const auto study = studyOf(textbook(), 100);
  std::stop_source stop;
  TaskContext context;
  context.stop = stop.get_token();
  context.progress = [&](double, const std::string&) {
    if (study->merges() > 0) stop.request_stop();
  };
  QVERIFY(study->learn(1, context).has_value());
  const auto done = study->learn(20, context);
  QVERIFY(!done.has_value());
  QCOMPARE(done.error().kind, Error::Kind::Cancelled);
  QCOMPARE(study->merges(), std::size_t{1});  // what was merged stays
  QVERIFY(study->learn(2).has_value());
  QCOMPARE(study->merges(), std::size_t{2});
  stop.request_stop();
  QVERIFY(!BpeStudy::create(toyCorpus({textbook()}), 50, context).has_value());
}

void BpeStudyTest::cutsAnExcerptIntoPieces() {
  const auto study = studyOf("aa bb aa bb", 100);
  const auto tokens = cutExcerpt(*study->tokenizer(0), "aa bb");
  QCOMPARE(tokens.size(), std::size_t{5});
  QCOMPARE(tokens[1].piece, std::size_t{0});
  QCOMPARE(tokens[2].piece, std::size_t{1});  // the space belongs to the word that follows
  QCOMPARE(tokens[2].range, (ByteRange{2, 3}));
}

QTEST_GUILESS_MAIN(BpeStudyTest)
#include "bpe_study_test.moc"
