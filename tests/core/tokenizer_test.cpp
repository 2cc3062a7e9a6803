// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/text/bpe.h"
#include "core/text/piece_tokenizer.h"
#include "core/text/tokenizers.h"
#include "core/text/utf8.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;

namespace {

using Texts = std::vector<std::string_view>;

TokenizerPtr orFail(Expected<TokenizerPtr> made) {
  if (!made) qFatal("%s", made.error().message().c_str());
  return *made;
}

/// The ranges lie in order in the text, and each token stands where its range says.
bool isPlaced(const Tokenizer& tokenizer, std::string_view text) {
  const TokenizedText tokens = tokenizer.encode(text);
  std::uint64_t end = 0;
  for (std::size_t i = 0; i < tokens.ids.size(); ++i) {
    const ByteRange range = tokens.ranges[i];
    if (range.begin < end || range.end < range.begin || range.end > text.size()) return false;
    if (tokens.ids[i] >= tokenizer.size()) return false;
    const auto piece = text.substr(range.begin, range.end - range.begin);
    if (tokens.ids[i] != tokenizer.unknown() && piece != tokenizer.text(tokens.ids[i])) return false;
    end = range.end;
  }
  return true;
}

bool isSame(const Tokenizer& a, const Tokenizer& b, std::string_view text) {
  if (a.size() != b.size() || a.kind() != b.kind() || a.unknown() != b.unknown()) return false;
  for (TokenId id = 0; id < a.size(); ++id) {
    if (a.text(id) != b.text(id)) return false;
  }
  return a.encode(text).ids == b.encode(text).ids;
}

std::string anyText(Rng& rng, std::size_t characters) {
  const char32_t some[] = {U'a', U'b', U'c',   U' ',   U' ',    U'\n', U'1',
                           U'.', 0xE9, 0x4E2D, 0x6587, 0x1F600, 0x301};
  std::string text;
  for (std::size_t i = 0; i < characters; ++i) appendUtf8(some[rng.below(std::size(some))], text);
  return text;
}

}  // namespace

class TokenizerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void charactersAreOrderedByCodePoint();
  void aLineEndIsOneCharacter();
  void rareCharactersShareAToken();
  void wordsKeepTheIdsOfTheVocabulary();
  void learnsMergesOfTheTextbook();
  void mergesAreThoseOfCountingAnew();
  void subwordsGoBothWays();
  void longTextsGiveTheSameIds();
  void noSubwordHoldsPartsOfTwoWords();
  void savesAndLoads();
  void refusesWhatHasNoMeaning();
  void labelsFitOnALine();
  void readsTheTokensOfLlama2();
};

void TokenizerTest::charactersAreOrderedByCodePoint() {
  const Texts texts = {"ba\n", "\u4E2Da"};
  const auto tokenizer = orFail(makeCharacterTokenizer(texts, 100));
  QCOMPARE(tokenizer->size(), std::size_t{4});
  QCOMPARE(tokenizer->text(0), std::string_view("\n"));
  QCOMPARE(tokenizer->text(1), std::string_view("a"));
  QCOMPARE(tokenizer->text(3), std::string_view("\u4E2D"));
  QCOMPARE(tokenizer->unknown(), kNoToken);
  const TokenizedText tokens = tokenizer->encode("a?\u4E2D");
  QCOMPARE(tokens.ids, (std::vector<TokenId>{1, 3}));  // what it does not know is left out
  QCOMPARE(tokens.ranges[1], (ByteRange{2, 5}));
  QCOMPARE(tokenizer->decode(tokens.ids), std::string("a\u4E2D"));
  QVERIFY(!makeCharacterTokenizer(Texts{""}, 100).has_value());
}

void TokenizerTest::aLineEndIsOneCharacter() {
  const auto tokenizer = orFail(makeCharacterTokenizer(Texts{"ab\r\nb"}, 100));
  QCOMPARE(tokenizer->size(), std::size_t{3});
  const TokenizedText tokens = tokenizer->encode("a\r\nb");
  QCOMPARE(tokenizer->decode(tokens.ids), std::string("a\nb"));
  QCOMPARE(tokens.ranges[1], (ByteRange{2, 3}));
  // By itself it ends lines of its own.
  QCOMPARE(orFail(makeCharacterTokenizer(Texts{"a\rb"}, 100))->size(), std::size_t{3});
}

void TokenizerTest::rareCharactersShareAToken() {
  const auto tokenizer = orFail(makeCharacterTokenizer(Texts{"zzzzyyx"}, 2));
  QCOMPARE(tokenizer->size(), std::size_t{3});
  QCOMPARE(tokenizer->text(0), std::string_view("y"));
  QCOMPARE(tokenizer->unknown(), TokenId{2});
  QCOMPARE(tokenizer->encode("xyq").ids, (std::vector<TokenId>{2, 0, 2}));
}

void TokenizerTest::wordsKeepTheIdsOfTheVocabulary() {
  const auto corpus = toyCorpus({"b a a\na rare b", "a b"});
  const auto tokenizer = makeWordTokenizer(*corpus, 2, 0);
  QVERIFY(tokenizer.has_value());
  QCOMPARE((*tokenizer)->words(), std::size_t{2});
  QCOMPARE((*tokenizer)->size(), std::size_t{4});
  QCOMPARE((*tokenizer)->text(0), corpus->vocabulary().word(0));
  const TokenId a = 0, b = 1, unknown = 2, end = 3;
  const auto ids = encodeCorpus(**tokenizer, *corpus);
  QVERIFY(ids.has_value());
  QCOMPARE(*ids, (std::vector<TokenId>{b, a, a, end, a, unknown, b, end, a, b}));
  const TokenizedText typed = (*tokenizer)->encode("a who\nb");
  QCOMPARE(typed.ids, (std::vector<TokenId>{a, unknown, end, b}));
  QCOMPARE(typed.ranges[1], (ByteRange{2, 5}));
  QCOMPARE((*tokenizer)->decode(typed.ids), std::string("a <unk>\nb"));
  QVERIFY((*tokenizer)->encode("  ").ids.empty());
  QVERIFY(!makeWordTokenizer(*corpus, 100, 0).has_value());
}

// Sennrich et al. 2016, algorithm 1: "low" 5 times, "lower" 2, "newest" 6, "widest" 3.
void TokenizerTest::learnsMergesOfTheTextbook() {
  std::string text;
  const std::pair<const char*, int> words[] = {{"low", 5}, {"lower", 2}, {"newest", 6}, {"widest", 3}};
  for (const auto& [word, count] : words) {
    for (int i = 0; i < count; ++i) (text += word) += '\n';
  }
  auto trainer = BpeTrainer::create(Texts{text}, 100);
  QVERIFY(trainer.has_value());
  const std::uint64_t before = trainer->textTokens();
  QCOMPARE(before, std::uint64_t{text.size()});
  const std::pair<const char*, std::uint64_t> expected[] = {{"es", 9}, {"est", 9}, {"lo", 7}, {"low", 7}};
  std::uint64_t saved = 0;
  for (const auto& [token, count] : expected) {
    const auto step = trainer->step();
    QVERIFY(step.has_value());
    QCOMPARE(trainer->text(step->id), std::string(token));
    QCOMPARE(step->count, count);
    saved += count;
    QCOMPARE(trainer->textTokens(), before - saved);
  }
}

void TokenizerTest::mergesAreThoseOfCountingAnew() {
  Rng rng(5);
  const std::string text = anyText(rng, 3000) + std::string(50, 'a') + " aaaa aaa";
  auto trainer = BpeTrainer::create(Texts{text}, 1000);
  QVERIFY(trainer.has_value());
  for (int round = 0; round < 60; ++round) {
    // The plain way: cut the text as it is cut now, count all pairs.
    const auto tokenizer = trainer->tokenizer();
    std::map<std::pair<TokenId, TokenId>, std::uint64_t> pairs;
    std::uint64_t tokens = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = bpePieceEnd(text, at);
      const auto ids = tokenizer->encode(text.substr(at, end - at)).ids;
      tokens += ids.size();
      for (std::size_t i = 0; i + 1 < ids.size(); ++i) ++pairs[{ids[i], ids[i + 1]}];
      at = end;
    }
    QCOMPARE(trainer->textTokens(), tokens);
    const auto best = std::max_element(pairs.begin(), pairs.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    const auto candidates = trainer->candidates(5);
    const auto step = trainer->step();
    if (best->second < 2) {
      QVERIFY(!step.has_value());
      QVERIFY(candidates.empty());
      return;
    }
    QVERIFY(step.has_value());
    std::vector<std::pair<std::uint64_t, BpeMerge>> frequent;  // of equal ones the lower ids, as map has it
    for (const auto& [pair, count] : pairs) {
      if (count > 1) frequent.push_back({count, {pair.first, pair.second}});
    }
    std::stable_sort(frequent.begin(), frequent.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    QCOMPARE(candidates.size(), std::min<std::size_t>(5, frequent.size()));
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      QCOMPARE(candidates[i].count, frequent[i].first);
      QCOMPARE(candidates[i].merge, frequent[i].second);
    }
    QCOMPARE(step->count, best->second);
    QCOMPARE(step->merge, (BpeMerge{best->first.first, best->first.second}));
  }
}

void TokenizerTest::subwordsGoBothWays() {
  Rng rng(7);
  const std::string text = anyText(rng, 5000);
  const auto tokenizer = orFail(trainBpe(Texts{text}, 60, 1000));
  QCOMPARE(tokenizer->size(), std::size_t{60});
  for (int round = 0; round < 200; ++round) {
    const std::string some = anyText(rng, rng.below(40));
    QCOMPARE(tokenizer->decode(tokenizer->encode(some).ids), some);
    QVERIFY(isPlaced(*tokenizer, some));
  }
  const std::string strange = "ab\xFFq \xC3";  // ill-formed, and not seen before: left out
  QCOMPARE(tokenizer->decode(tokenizer->encode(strange).ids), std::string("ab "));
  QVERIFY(tokenizer->encode(text).ids.size() < 5000 * 3 / 4);
  const auto few = orFail(trainBpe(Texts{text}, 8, 4));
  QVERIFY(few->unknown() != kNoToken);
  QVERIFY(isPlaced(*few, text));
}

void TokenizerTest::longTextsGiveTheSameIds() {
  Rng rng(11);
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += anyText(rng, 30) + (i % 100 == 0 ? '\n' : ' ');
  QVERIFY(text.size() > 2'000'000);  // several slices
  const auto tokenizer = orFail(trainBpe(Texts{text}, 200, 1000));
  const auto ids = encodeTexts(*tokenizer, Texts{text, "ab", ""});
  QVERIFY(ids.has_value());
  std::vector<TokenId> whole = tokenizer->encode(text).ids;
  for (const TokenId id : tokenizer->encode("ab").ids) whole.push_back(id);
  QVERIFY(*ids == whole);
}

void TokenizerTest::noSubwordHoldsPartsOfTwoWords() {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "of the 1984 of the, ";
  const auto tokenizer = orFail(trainBpe(Texts{text}, 1000, 1000));
  bool whole = false;
  for (TokenId id = 0; id < tokenizer->size(); ++id) {
    const std::string_view token = tokenizer->text(id);
    QVERIFY(token.find(' ', 1) == std::string_view::npos);
    whole = whole || token == " the";
  }
  QVERIFY(whole);
}

void TokenizerTest::savesAndLoads() {
  Rng rng(9);
  const std::string text = anyText(rng, 2000);
  const auto words = makeWordTokenizer(*toyCorpus({text}), 1, 3);
  QVERIFY(words.has_value());
  for (const TokenizerPtr& tokenizer :
       {orFail(makeCharacterTokenizer(Texts{text}, 5)), orFail(makeCharacterTokenizer(Texts{text}, 500)),
        orFail(trainBpe(Texts{text}, 40, 5)), orFail(trainBpe(Texts{text}, 40, 50)), TokenizerPtr(*words)}) {
    const auto again = loadTokenizer(tokenizer->save());
    QVERIFY2(again.has_value(), again ? "" : again.error().message().c_str());
    QVERIFY(isSame(*tokenizer, **again, text));
    for (const auto& [name, bytes] : tokenizer->save()) {
      auto lacking = tokenizer->save();
      lacking.erase(name);
      QVERIFY2(!loadTokenizer(lacking).has_value(), name.c_str());
    }
  }
}

void TokenizerTest::refusesWhatHasNoMeaning() {
  QVERIFY(!loadTokenizer({}).has_value());
  QVERIFY(!loadTokenizer({{"kind", "syllables"}}).has_value());
  const SavedTokenizer good = orFail(trainBpe(Texts{"aaabbbaaabbb"}, 10, 10))->save();
  QVERIFY(loadTokenizer(good).has_value());
  for (const char* merges : {"0", "0 1", "0 1\n9 9\n", "x y\n", "0 -1\n", "2 0\n"}) {
    SavedTokenizer bad = good;
    bad["merges"] = merges;
    QVERIFY2(!loadTokenizer(bad).has_value(), merges);
  }
  for (const char* characters : {"", "ba", "aa", "\xFF"}) {
    SavedTokenizer bad = good;
    bad["characters"] = characters;
    QVERIFY2(!loadTokenizer(bad).has_value(), characters);
  }
}

void TokenizerTest::labelsFitOnALine() {
  const auto tokenizer = orFail(makeCharacterTokenizer(Texts{"\n\t a\x01"}, 10));
  std::string labels;
  for (TokenId id = 0; id < tokenizer->size(); ++id) labels += tokenizer->label(id);
  QCOMPARE(labels, std::string("\u2400\u21E5\u21B5\u2423a"));
}

void TokenizerTest::readsTheTokensOfLlama2() {
  const auto path = std::filesystem::path(LEXARIUM_SHARED_DATA) / "models" / "stories260K" / "tok512.bin";
  if (!std::filesystem::exists(path)) QSKIP("no ../shared/data");
  const auto bytes = readFile(path, 1 << 20);
  QVERIFY(bytes.has_value());
  const auto all = std::as_bytes(std::span(bytes->data(), bytes->size()));
  const auto tokenizer = orFail(readPieceTokenizer(all));
  QCOMPARE(tokenizer->size(), std::size_t{512});
  const std::string text = "Once upon a time, there was a little girl.\nShe said \u4E2D!";
  QCOMPARE(tokenizer->decode(tokenizer->encode(text).ids), text);
  QVERIFY(tokenizer->encode(text).ids.size() < text.size() * 2 / 3);
  QVERIFY(isSame(*tokenizer, **loadTokenizer(tokenizer->save()), text));
  for (std::size_t size = 0; size < all.size(); size += 97) {
    const auto part = readPieceTokenizer(all.first(size));
    QVERIFY(!part || (*part)->size() < 512);
  }
}

QTEST_GUILESS_MAIN(TokenizerTest)
#include "tokenizer_test.moc"
