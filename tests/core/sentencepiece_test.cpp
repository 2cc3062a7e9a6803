// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <thread>

#include "core/base/rng.h"
#include "core/text/sentencepiece_model.h"
#include "core/text/tokenizers.h"
#include "core/text/utf8.h"
#include "tests/support/damage.h"

using namespace lexarium;

namespace {

using Texts = std::vector<std::string_view>;

TokenizerPtr orFail(Expected<TokenizerPtr> made) {
  if (!made) qFatal("%s", made.error().message().c_str());
  return *made;
}

std::string anyText(Rng& rng, std::size_t characters) {
  const char32_t some[] = {U'a', U'b', U'c',   U' ',   U' ',    U'\n', U'1',   U'\t',
                           U'.', 0xE9, 0x4E2D, 0x6587, 0x1F600, 0x301, 0x2581, 0xA0};
  std::string text;
  for (std::size_t i = 0; i < characters; ++i) appendUtf8(some[rng.below(std::size(some))], text);
  return text;
}

/// Words that share their beginnings and ends.
std::string wordsText() {
  Rng rng(3);
  const char* stems[] = {"walk", "talk", "jump", "look", "want"};
  const char* ends[] = {"ing", "ed", "s", "er", ""};
  std::string text;
  for (int i = 0; i < 2000; ++i) {
    ((text += stems[rng.below(5)]) += ends[rng.below(5)]) += i % 9 == 8 ? '\n' : ' ';
  }
  return text;
}

}  // namespace

class SentencepieceTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void learnsStemsAndEnds();
  void goesBothWays();
  void everyTokenStandsInItsPlace();
  void cutsChinese();
  void takesTheSmallestTexts();
  void theSameTextGivesTheSamePieces();
  void rareCharactersAreUnknown();
  void longTextsGiveTheSameIds();
  void savesAndLoads();
  void damagedModelsDoNoHarm();
  void refusesPiecesOfOtherModels();
  void givesUpAtOnce();
};

void SentencepieceTest::learnsStemsAndEnds() {
  const std::string text = wordsText();
  const auto tokenizer = orFail(trainSentencePieces(Texts{text}, 32, 30));
  QCOMPARE(tokenizer->kind(), Tokenizer::Kind::SentencePieces);
  QVERIFY(tokenizer->size() <= 32);
  const auto labels = [&](std::string_view part) {
    std::string all;
    for (const TokenId id : tokenizer->encode(part).ids) (all += tokenizer->label(id)) += '|';
    return all;
  };
  QCOMPARE(labels(" talks"), std::string("\u2423talk|s|"));
  QVERIFY(labels(" jumping").starts_with("\u2423jump|"));
  QCOMPARE(labels("\n"), std::string("\u21B5|"));
}

void SentencepieceTest::goesBothWays() {
  Rng rng(7);
  const std::string text = anyText(rng, 5000);
  const auto tokenizer = orFail(trainSentencePieces(Texts{text}, 100, 50));
  for (int round = 0; round < 200; ++round) {
    const std::string some = anyText(rng, rng.below(60));
    QCOMPARE(tokenizer->decode(tokenizer->encode(some).ids), some);
  }
  QCOMPARE(tokenizer->decode(tokenizer->encode("a\r\nb").ids), std::string("a\nb"));
}

void SentencepieceTest::everyTokenStandsInItsPlace() {
  Rng rng(8);
  const std::string text = anyText(rng, 3000);
  const auto tokenizer = orFail(trainSentencePieces(Texts{text}, 60, 10));  // some are unknown
  bool someUnknown = false;
  for (int round = 0; round < 100; ++round) {
    const std::string some = anyText(rng, 80) + std::string(round, 'b');
    const TokenizedText tokens = tokenizer->encode(some);
    std::uint64_t end = 0;
    for (std::size_t i = 0; i < tokens.ids.size(); ++i) {
      const ByteRange range = tokens.ranges[i];
      QCOMPARE(range.begin, end);
      end = range.end;
      QVERIFY(tokens.ids[i] < tokenizer->size());
      someUnknown = someUnknown || tokens.ids[i] == tokenizer->unknown();
      if (tokens.ids[i] == tokenizer->unknown()) continue;
      QCOMPARE(std::string_view(some).substr(range.begin, range.end - range.begin),
               tokenizer->text(tokens.ids[i]));
    }
    QCOMPARE(end, std::uint64_t{some.size()});
  }
  QVERIFY(someUnknown);
  for (const std::string strange : {"ab\xFF"
                                    "c \xC3",
                                    "\xF0\x9F", "\x80\x80"}) {
    for (const ByteRange& range : tokenizer->encode(strange).ranges) QVERIFY(range.end <= strange.size());
  }
}

void SentencepieceTest::cutsChinese() {
  std::string text;
  const char* words[] = {"\u5927\u5B66", "\u5B66\u751F", "\u8001\u5E08", "\u6211\u4EEC", "\u4F60\u4EEC"};
  Rng rng(5);
  for (int i = 0; i < 3000; ++i) {
    text += words[rng.below(5)];
    if (rng.below(8) == 0) text += "\u3002\n";
  }
  const auto tokenizer = orFail(trainSentencePieces(Texts{text}, 30, 15));
  const std::string some = "\u5B66\u751F\u8001\u5E08\u3002\n";
  QCOMPARE(tokenizer->decode(tokenizer->encode(some).ids), some);
  QVERIFY(tokenizer->encode(some).ids.size() <= 4);
}

void SentencepieceTest::takesTheSmallestTexts() {
  for (const char* text : {"a", "ab", " ", "aaaa", "a b c", "x\n", "\u4E2D", "a\tb"}) {
    for (const std::size_t vocabulary : {2, 3, 5, 1000}) {
      const auto made = trainSentencePieces(Texts{text}, vocabulary, vocabulary - vocabulary / 2);
      if (!made) continue;  // said in a sentence
      QVERIFY((*made)->size() <= vocabulary);
      QVERIFY(!(*made)->encode(text).ids.empty());
    }
    QVERIFY2(trainSentencePieces(Texts{text}, 1000, 500).has_value(), text);
  }
  QVERIFY(!trainSentencePieces(Texts{""}, 100, 50).has_value());
  QVERIFY(!trainSentencePieces(Texts{"\n\n\n"}, 100, 50).has_value());
}

void SentencepieceTest::theSameTextGivesTheSamePieces() {
  const std::string text = wordsText();
  const auto one = orFail(trainSentencePieces(Texts{text}, 60, 30));
  const auto two = orFail(trainSentencePieces(Texts{text}, 60, 30));
  QVERIFY(one->save() == two->save());
}

void SentencepieceTest::rareCharactersAreUnknown() {
  const auto tokenizer = orFail(trainSentencePieces(Texts{"aaaa bbbb aaaa cc z"}, 8, 4));
  const TokenizedText tokens = tokenizer->encode("azza");
  QVERIFY(std::count(tokens.ids.begin(), tokens.ids.end(), tokenizer->unknown()) >= 1);
  QCOMPARE(tokens.ranges.back().end, std::uint64_t{4});
}

void SentencepieceTest::longTextsGiveTheSameIds() {
  std::string text;
  for (int i = 0; i < 80; ++i) text += wordsText();  // several slices
  const auto tokenizer = orFail(trainSentencePieces(Texts{text}, 50, 30));
  const auto ids = encodeTexts(*tokenizer, Texts{text});
  QVERIFY(ids.has_value());
  QVERIFY(*ids == tokenizer->encode(text).ids);
}

void SentencepieceTest::savesAndLoads() {
  Rng rng(9);
  const std::string text = anyText(rng, 2000);
  const auto tokenizer = orFail(trainSentencePieces(Texts{text}, 60, 12));
  const SavedTokenizer saved = tokenizer->save();
  const auto again = loadTokenizer(saved);
  QVERIFY2(again.has_value(), again ? "" : again.error().message().c_str());
  QCOMPARE((*again)->size(), tokenizer->size());
  QVERIFY((*again)->encode(text).ids == tokenizer->encode(text).ids);
  QVERIFY((*again)->save() == saved);
  for (const auto& [name, bytes] : saved) {
    SavedTokenizer lacking = saved;
    lacking.erase(name);
    QVERIFY2(!loadTokenizer(lacking).has_value(), name.c_str());
  }
}

void SentencepieceTest::damagedModelsDoNoHarm() {
  const std::string text = wordsText();
  const SavedTokenizer saved = orFail(trainSentencePieces(Texts{text}, 60, 30))->save();
  const std::string model = saved.at("model");
  std::size_t refused = 0;
  const auto judge = [&](const std::string& bytes, const QByteArray& what) {
    SavedTokenizer damaged = saved;
    damaged["model"] = bytes;
    const auto loaded = loadTokenizer(damaged);
    if (!loaded) {
      ++refused;
      return;
    }
    for (const TokenId id : (*loaded)->encode("walking talked\n").ids) QVERIFY2(id < (*loaded)->size(), what);
  };
  test::cutEverywhere(model, judge);
  test::flipEverywhere(model, 400, judge);
  QVERIFY(refused > 0);
  for (const char* foreign : {"a", "\n\t", "\n\n", "\xFF"}) {
    SavedTokenizer bad = saved;
    bad["foreign"] = foreign;
    QVERIFY2(!loadTokenizer(bad).has_value(), foreign);
  }
}

void SentencepieceTest::refusesPiecesOfOtherModels() {
  const std::vector<SentencePiece> good = {{"<unk>", 0}, {"a", -1}, {"b", -2}};
  const auto read = readSentencePieces(writeSentencePieces(good));
  QVERIFY(read.has_value());
  QCOMPARE(read->size(), std::size_t{3});
  QCOMPARE((*read)[2].text, std::string("b"));
  QCOMPARE((*read)[2].score, -2.0F);
  const std::vector<std::vector<SentencePiece>> bad = {
      {},
      {{"<unk>", 0}},
      {{"<unk>", 0}, {"a", -1}, {"a", -2}},
      {{"<unk>", 0}, {"", -1}},
      {{"<unk>", 0}, {"\xFF", -1}},
      {{"<unk>", 0}, {"a", std::numeric_limits<float>::quiet_NaN()}},
      {{"<unk>", 0}, {"a", std::numeric_limits<float>::infinity()}},
      {{"<unk>", 0}, {std::string("a\0b", 3), -1}},
      {{"<unk>", 0}, {std::string(5000, 'a'), -1}}};
  for (const auto& pieces : bad) QVERIFY(!readSentencePieces(writeSentencePieces(pieces)).has_value());
  // Two unknown ones: no piece but the first may be of that type.
  const std::string one = writeSentencePieces({{"<unk>", 0}, {"a", -1}});
  QVERIFY(!readSentencePieces(one + writeSentencePieces({{"<no>", 0}, {"b", -1}})).has_value());
}

void SentencepieceTest::givesUpAtOnce() {
  const std::string text = wordsText();
  std::stop_source stop;
  TaskContext context;
  context.stop = stop.get_token();
  context.progress = [&](double, const std::string& phase) {
    if (phase == "Learning pieces") stop.request_stop();  // while the library is about to learn
  };
  const auto made = trainSentencePieces(Texts{text}, 60, 30, context);
  QVERIFY(!made.has_value());
  QCOMPARE(made.error().kind, Error::Kind::Cancelled);
  QVERIFY(trainSentencePieces(Texts{text}, 60, 30).has_value());  // and can be asked again
}

QTEST_GUILESS_MAIN(SentencepieceTest)
#include "sentencepiece_test.moc"
