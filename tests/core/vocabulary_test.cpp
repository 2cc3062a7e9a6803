// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/vocabulary.h"

#include <QtTest>
#include <map>

#include "core/base/rng.h"
#include "core/text/word_table.h"

using namespace lexarium;

class VocabularyTest : public QObject {
  Q_OBJECT

 private slots:
  void sortsByCountThenBytes() {
    const std::vector<Vocabulary::Entry> entries = {
        {"pear", 2}, {"fig", 7}, {"apple", 2}, {"中", 1}, {"", 3}};
    std::vector<TokenId> rankOf;
    const Vocabulary vocabulary = Vocabulary::fromCounts(entries, &rankOf);
    const std::vector<std::string_view> expected = {"fig", "", "apple", "pear", "中"};
    QCOMPARE(vocabulary.size(), expected.size());
    for (TokenId id = 0; id < expected.size(); ++id) {
      QCOMPARE(vocabulary.word(id), expected[id]);
      QCOMPARE(vocabulary.find(expected[id]).value(), id);
    }
    QCOMPARE(rankOf, (std::vector<TokenId>{3, 0, 2, 4, 1}));
    QCOMPARE(vocabulary.totalCount(), std::uint64_t{15});
    QVERIFY(!vocabulary.find("plum"));
  }

  void anEmptyOneHasNothing() {
    for (const Vocabulary& vocabulary : {Vocabulary(), Vocabulary::fromCounts({})}) {
      QCOMPARE(vocabulary.size(), std::size_t{0});
      QVERIFY(!vocabulary.find("a"));
      QCOMPARE(vocabulary.keptWords(0, 0), std::size_t{0});
      QCOMPARE(vocabulary.countOfFirst(5), std::uint64_t{0});
    }
  }

  void limitsKeepAPrefix() {
    const std::vector<Vocabulary::Entry> entries = {{"a", 9}, {"b", 5}, {"c", 5}, {"d", 1}};
    const Vocabulary vocabulary = Vocabulary::fromCounts(entries);
    QCOMPARE(vocabulary.keptWords(1, 0), std::size_t{4});
    QCOMPARE(vocabulary.keptWords(5, 0), std::size_t{3});
    QCOMPARE(vocabulary.keptWords(5, 2), std::size_t{2});
    QCOMPARE(vocabulary.keptWords(6, 3), std::size_t{1});
    QCOMPARE(vocabulary.keptWords(10, 0), std::size_t{0});
    QCOMPARE(vocabulary.countOfFirst(3), std::uint64_t{19});
    QCOMPARE(vocabulary.countOfFirst(100), std::uint64_t{20});
  }

  // Against std::map: numbers in the order of first sight, whatever the growth of the table.
  void tableNumbersWordsAsTheyCome() {
    Rng rng(5);
    WordTable table;
    std::map<std::string, std::uint32_t> expected;
    for (int i = 0; i < 200'000; ++i) {
      std::string word;
      for (std::uint32_t length = rng.below(5); length > 0; --length) {
        word += static_cast<char>('a' + static_cast<char>(rng.below(12)));
      }
      const auto next = static_cast<std::uint32_t>(expected.size());
      const auto [entry, isNew] = expected.emplace(word, next);
      QCOMPARE(table.numberOf(word), entry->second);
    }
    QCOMPARE(table.size(), expected.size());
    for (const auto& [word, number] : expected) QCOMPARE(table.word(number), std::string_view(word));
    table.clear();
    QCOMPARE(table.size(), std::size_t{0});
    QCOMPARE(table.numberOf("again"), 0u);
  }
};

QTEST_GUILESS_MAIN(VocabularyTest)
#include "vocabulary_test.moc"
