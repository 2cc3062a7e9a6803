// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/segment.h"

#include <unicode/brkiter.h>

#include <QtTest>
#include <set>

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/text/corpus.h"
#include "core/text/segmenter.h"
#include "core/text/utf8.h"

using namespace lexarium;

namespace {

using Method = SegmentOptions::Method;

/// "begin+length" of every token.
struct Cut {
  std::vector<std::pair<std::size_t, std::size_t>> places;
  std::vector<std::string> words;
  std::vector<bool> starts;
};

Cut cut(std::string_view text, const SegmentOptions& options) {
  WordTable words;
  auto segmenter = Segmenter::create(options, words);
  segmenter->start(text);
  std::vector<SegmentedToken> tokens;
  Cut result;
  while (segmenter->next(tokens)) {
    for (const SegmentedToken& token : tokens) {
      result.places.emplace_back(token.begin, token.length);
      result.words.emplace_back(words.word(token.word));
      result.starts.push_back(token.beginsSentence);
    }
  }
  return result;
}

QString shown(const Cut& cut) {
  std::string text;
  for (std::size_t i = 0; i < cut.words.size(); ++i) {
    if (i > 0) text += cut.starts[i] ? " | " : " ";
    text += cut.words[i];
  }
  return QString::fromStdString(text);
}

/// ICU on the whole text at once, without the segments that hold nothing visible.
std::vector<std::pair<std::size_t, std::size_t>> cutByIcu(const std::string& text, bool characters) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale root = icu::Locale::getRoot();
  const std::unique_ptr<icu::BreakIterator> breaks(
      characters ? icu::BreakIterator::createCharacterInstance(root, status)
                 : icu::BreakIterator::createWordInstance(root, status));
  const icu::UnicodeString utf16 = icu::UnicodeString::fromUTF8(text);
  breaks->setText(utf16);
  std::vector<std::pair<std::size_t, std::size_t>> places;
  std::size_t begin = 0;
  for (int from = 0, to = breaks->next(); to != icu::BreakIterator::DONE; from = to, to = breaks->next()) {
    std::string segment;
    const icu::UnicodeString piece = utf16.tempSubStringBetween(from, to);
    piece.toUTF8String(segment);
    bool visible = false;
    for (int i = 0; i < piece.length(); i = piece.moveIndex32(i, 1)) {
      const UChar32 point = piece.char32At(i);
      visible |=
          point != 0xFFFD && (U_GET_GC_MASK(point) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_P_MASK | U_GC_S_MASK));
    }
    // A combining mark on a space: we tell the mark without the space.
    int white = 0;
    while (white < piece.length() && u_isUWhiteSpace(piece.char32At(white))) ++white;
    std::string spaces;
    piece.tempSubString(0, white).toUTF8String(spaces);
    if (visible) places.emplace_back(begin + spaces.size(), segment.size() - spaces.size());
    begin += segment.size();
  }
  return places;
}

SegmentOptions everything(Method method) {
  SegmentOptions options;
  options.method = method;
  options.lowerCase = false;
  options.normalise = false;
  options.keepPunctuation = true;
  return options;
}

std::string fromAlphabet(Rng& rng, const std::vector<std::string>& alphabet, std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i)
    text += alphabet[rng.below(static_cast<std::uint32_t>(alphabet.size()))];
  return text;
}

std::vector<std::string> asciiAlphabet() {
  std::vector<std::string> alphabet;
  for (int byte = 1; byte < 128; ++byte) alphabet.emplace_back(1, static_cast<char>(byte));
  for (const char* often : {"a", "b", "Z", "1", "2", "_", ".", ",", ";", ":", "'", "\"", " ", " ", "\r\n"}) {
    for (int i = 0; i < 6; ++i) alphabet.emplace_back(often);
  }
  return alphabet;
}

std::vector<std::string> worldAlphabet() {
  return {
      "a",          "b",          "7",          " ",          " ",          "  ",     "\n",     "\r\n", ".",
      ",",          ":",          "'",          "\"",         "-",          "_",      "\t",     "é",    "ß",
      "\u0301",  // combining acute
      "\u200D",  // zero width joiner
      "\u00AD",  // soft hyphen
      "\u00A0",     "\u3000",     "\u2028",     "\u2019",     "\u00B7",     "\uFEFF", "\uFFFD", "я",    "ж",
      "ω",          "ש",          "ג",          "ע",          "中",         "国",     "人",     "民",   "，",
      "。",         "「",         "か",         "な",         "カ",         "ナ",     "ー",     "한",   "국",
      "ไ",          "ท",          "ย",          "\U0001F1E9", "\U0001F1EA",  // regional indicators
      "\U0001F469", "\U0001F3FD", "\U0001F680",                              // emoji, skin tone
      "\u0E33",     "\u093F",     "क",          "\u094D",     "\U00020000", "½",      "²",      "〇",   "Ⅷ",
      "\u0600",     "\x01",       "\x7F"};
}

}  // namespace

class SegmentTest : public QObject {
  Q_OBJECT

 private slots:
  void forms_data();
  void forms();
  void formsOfFormsAreTheSame();
  void sentences_data();
  void sentences();
  void lineEnds_data();
  void lineEnds();
  void findsHardWrappedText();
  void leavesOutPiecesWithoutABreak();
  void longRunsAreCutAlike();
  void optionsGoThroughParams();
  void chineseWordsAgreeWithTheGoldStandard();

  void equalsIcu_data() {
    QTest::addColumn<bool>("ascii");
    QTest::addColumn<bool>("characters");
    QTest::newRow("words, ASCII") << true << false;
    QTest::newRow("words, all scripts") << false << false;
    QTest::newRow("characters, ASCII") << true << true;
    QTest::newRow("characters, all scripts") << false << true;
  }

  void equalsIcu() {
    QFETCH(bool, ascii);
    QFETCH(bool, characters);
    const std::vector<std::string> alphabet = ascii ? asciiAlphabet() : worldAlphabet();
    const SegmentOptions options = everything(characters ? Method::Characters : Method::Words);
    Rng rng(42);
    for (int round = 0; round < 20000; ++round) {
      const std::string text = fromAlphabet(rng, alphabet, 1 + rng.below(round % 50 == 0 ? 400 : 14));
      const auto ours = cut(text, options).places;
      const auto icu = cutByIcu(text, characters);
      if (ours == icu) continue;
      QString difference = QString::fromUtf8(QByteArray::fromStdString(text).toPercentEncoding()) + "\nours";
      for (auto [begin, length] : ours) difference += QString(" %1+%2").arg(begin).arg(length);
      difference += "\nICU ";
      for (auto [begin, length] : icu) difference += QString(" %1+%2").arg(begin).arg(length);
      QFAIL(qPrintable(difference));
    }
  }
};

void SegmentTest::forms_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("options");
  QTest::addColumn<QString>("expected");
  const auto row = [](const char* text, const char* options, const char* expected) {
    QTest::addRow("%s / %s", text, options) << QString(text) << QString(options) << QString(expected);
  };
  row("The CAT's 3.14 e-mails", "", "the cat's 3.14 e mails");
  row("The CAT", "case", "The CAT");
  row("Étude ÉTUDE e\u0301tude", "", "étude étude étude");
  row("e\u0301 \u00E9", "raw", "e\u0301 \u00E9");
  row("Ich weiß, STRASSE", "", "ich weiss strasse");
  row("in 1984, 1,000 3rd x2", "nonumbers", "in 3rd x2");
  row("Well, yes... (no)", "punctuation", "well , yes . . . ( no )");
  row("她说：“你好。”", "", "她 说 你好");
  row("她说：“你好。”", "punctuation", "她 说 ： “ 你好 。 ”");
  row("〇和二", "nonumbers", "〇 和 二");
  row("ภาษาไทย", "", "ภาษา ไทย");
  row("これは日本語です", "", "これ は 日本語 です");
  row("Привет, МИР", "", "привет мир");
  row("a_b __ c", "", "a_b c");
  row("a\uFFFDb", "punctuation", "a b");
  row("Don't  stop, C++ & (U.S.) 12", "whitespace", "don't stop c u.s 12");
  row("Don't  stop, C++ & (U.S.) 12", "whitespace punctuation", "don't stop, c++ & (u.s.) 12");
  row("a\u00A0b\u3000c", "whitespace", "a b c");
  row("Hi 5!", "characters", "h i 5");
  row("Hi 5!", "characters punctuation", "h i 5 !");
  row("e\u0301a 中文👩🏽‍🚀", "characters punctuation", "é a 中 文 👩🏽‍🚀");
  row("", "", "");
  row(" \n\t ", "", "");
}

void SegmentTest::forms() {
  QFETCH(QString, text);
  QFETCH(QString, options);
  QFETCH(QString, expected);
  SegmentOptions chosen;
  if (options.contains("whitespace")) chosen.method = Method::Whitespace;
  if (options.contains("characters")) chosen.method = Method::Characters;
  chosen.lowerCase = !options.contains("case");
  chosen.normalise = !options.contains("raw");
  chosen.keepPunctuation = options.contains("punctuation");
  chosen.keepNumbers = !options.contains("nonumbers");
  const std::string utf8 = text.toStdString();
  const Cut result = cut(utf8, chosen);
  QCOMPARE(shown(result), expected);
  for (std::size_t i = 0; i < result.words.size(); ++i) {
    const auto [begin, length] = result.places[i];
    QCOMPARE(normalForm(std::string_view(utf8).substr(begin, length), chosen), result.words[i]);
  }
}

// A word of the vocabulary that a person types or clicks must find itself.
void SegmentTest::formsOfFormsAreTheSame() {
  const SegmentOptions options;
  const auto check = [&](const std::string& text) {
    const std::string form = normalForm(text, options);
    QVERIFY2(normalForm(form, options) == form,
             QByteArray::fromStdString(text).toPercentEncoding().constData());
  };
  for (char32_t codePoint = 1; codePoint < 0x110000; ++codePoint) {
    if (codePoint >= 0xD800 && codePoint < 0xE000) continue;
    std::string text;
    appendUtf8(codePoint, text);
    check(text);
  }
  Rng rng(8);
  const std::vector<std::string> alphabet = {"α",      "Ά",      "ᾳ", "ᾼ", "\u0345", "\u0301", "\u0308",
                                             "İ",      "I",      "ß", "Å", "\u0323", "한",     "\u1100",
                                             "\u1161", "\u11A8", "Ω", "ﬁ", "ŉ",      "Ⴀ",      "Ꭰ"};
  for (int round = 0; round < 20'000; ++round) check(fromAlphabet(rng, alphabet, 1 + rng.below(5)));
}

void SegmentTest::sentences_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("expected");
  const auto row = [](const char* text, const char* expected) {
    QTest::addRow("%s", text) << QString(text) << QString(expected);
  };
  row("He came. She left! Why? Nobody knows.", "he came | she left | why | nobody knows");
  row("It costs 3.50 euros. Pay.", "it costs 3.50 euros | pay");
  row("Mr. Smith met Dr. J. K. Jones at 5 p.m. Friday.", "mr smith met dr j k jones at 5 p.m friday");
  row("e.g. apples etc. are Fruit.", "e.g apples etc are fruit");
  row("\"Stop!\" he said. \"Go.\" She went.", "stop he said | go | she went");
  row("Well... he went. Wait... No!", "well he went | wait | no");
  row("(He came.) “She left.” ‘Oh!’ Yes.", "he came | she left | oh | yes");
  row("我喜欢。她走了！为什么？“不知道。”我说", "我 喜欢 | 她 走了 | 为什么 | 不知道 | 我 说");
  row("Title\n\nText goes on.\r\n\r\nNext", "title | text goes on | next");
  row("One\u2029Two", "one | two");
  row("Is it? 5 are. Élan vital. è così", "is it | 5 are | élan vital è così");
  row("मैं आया। वह गई।", "मैं आया | वह गई");
}

void SegmentTest::sentences() {
  QFETCH(QString, text);
  QFETCH(QString, expected);
  SegmentOptions options;
  options.lineEnds = SegmentOptions::LineEnds::Continue;
  if (text.contains(QChar(0x2029))) options.lineEnds = SegmentOptions::LineEnds::EndSentence;
  QCOMPARE(shown(cut(text.toStdString(), options)), expected);
}

void SegmentTest::lineEnds_data() {
  QTest::addColumn<int>("lineEnds");
  QTest::addColumn<QString>("expected");
  using LineEnds = SegmentOptions::LineEnds;
  QTest::newRow("end") << static_cast<int>(LineEnds::EndSentence) << "one two | three | four | five";
  QTest::newRow("continue") << static_cast<int>(LineEnds::Continue) << "one two three four | five";
  QTest::newRow("automatic") << static_cast<int>(LineEnds::Automatic) << "one two | three | four | five";
}

void SegmentTest::lineEnds() {
  QFETCH(int, lineEnds);
  QFETCH(QString, expected);
  SegmentOptions options;
  options.lineEnds = static_cast<SegmentOptions::LineEnds>(lineEnds);
  QCOMPARE(shown(cut("one two\nthree\r\nfour\n \nfive", options)), expected);
  QCOMPARE(shown(cut("one two\rthree\rfour\r\rfive", options)), expected);
}

void SegmentTest::findsHardWrappedText() {
  // Text filled to a width, and the same text with a line for each sentence.
  Rng rng(3);
  std::string filled;
  std::string perLine;
  std::size_t column = 0;
  for (int sentence = 0; sentence < 200; ++sentence) {
    for (std::uint32_t word = 4 + rng.below(12); word > 0; --word) {
      const std::string text(1 + rng.below(9), 'w');
      if (column + 1 + text.size() > 72) {
        filled += '\n';
        column = 0;
      } else if (column > 0) {
        filled += ' ';
        ++column;
      }
      filled += text;
      column += text.size();
      perLine += text + (word > 1 ? " " : ".\n");
    }
  }
  QVERIFY(looksHardWrapped(filled));
  QVERIFY(!looksHardWrapped(perLine));
  QVERIFY(!looksHardWrapped("emma\nolivia\nava\nisabella\nsophia\n"));
  QVERIFY(!looksHardWrapped(""));

  const std::filesystem::path data = LEXARIUM_SHARED_DATA;
  if (!std::filesystem::exists(data)) return;
  const auto wrapped = [&](const char* name) { return looksHardWrapped(*readFile(data / name, 1 << 24)); };
  for (const char* book : {"en/alice-11-0.txt", "en/moby-dick-2701-0.txt", "en/sherlock-holmes-1661.txt",
                           "en/pride-and-prejudice-1342-0.txt"}) {
    QVERIFY2(wrapped(book), book);
  }
  for (const char* lines :
       {"en/names.txt", "en/tinyshakespeare.txt", "en/wikitext-2/valid.txt", "zh/红楼梦.txt"}) {
    QVERIFY2(!wrapped(lines), lines);
  }
}

void SegmentTest::leavesOutPiecesWithoutABreak() {
  const auto many = [](const char* piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += piece;
    return text;
  };
  for (const Method method : {Method::Words, Method::Whitespace}) {
    for (const std::string& huge :
         {many("a", 100'000), many("é", 100'000), many("a", 40'000) + many("é", 40'000),
          many("é", 40'000) + many("a", 40'000), many("a.", 50'000), many("1,", 50'000),
          many("a", kMaximumTokenBytes + 1), "e" + many("\u0301", 50'000)}) {
      SegmentOptions options;
      options.method = method;
      WordTable words;
      auto segmenter = Segmenter::create(options, words);
      const std::string text = "one " + huge + " two";
      segmenter->start(text);
      std::vector<SegmentedToken> tokens;
      std::string found;
      while (segmenter->next(tokens)) {
        for (const SegmentedToken& token : tokens) found += std::string(words.word(token.word)) + " ";
      }
      QCOMPARE(found, std::string("one two "));
      QVERIFY2(segmenter->droppedLongTokens() == 1,
               (huge.substr(0, 4) + "..." + huge.substr(huge.size() - 4)).c_str());
    }
  }
  QCOMPARE(cut(many("a", kMaximumTokenBytes), {}).words.size(), std::size_t{1});
}

// Text without any space, longer than what is given to ICU at once.
void SegmentTest::longRunsAreCutAlike() {
  Rng rng(11);
  const std::vector<std::string> alphabet = {"中", "国", "人", "民", "大", "学", "生",
                                             "，", "。", "《", "é",  "a",  "カ"};
  for (int round = 0; round < 6; ++round) {
    const std::string text = fromAlphabet(rng, alphabet, 20'000);
    for (const bool characters : {false, true}) {
      const auto options = everything(characters ? Method::Characters : Method::Words);
      QVERIFY(cut(text, options).places == cutByIcu(text, characters));
    }
  }
  // Not even a mark: the last word of each run is cut again, so nothing is lost.
  const std::string bare = fromAlphabet(rng, {"中", "国", "人", "民"}, 50'000);
  std::size_t at = 0;
  for (const auto& [begin, length] : cut(bare, everything(Method::Words)).places) {
    QCOMPARE(begin, at);
    at = begin + length;
  }
  QCOMPARE(at, bare.size());
}

void SegmentTest::optionsGoThroughParams() {
  QCOMPARE(segmentOptionsFrom(ParamSet::defaultsOf(segmentParamSpecs())), SegmentOptions());
  for (const auto method : {Method::Words, Method::Whitespace, Method::Characters}) {
    for (const auto lineEnds : {SegmentOptions::LineEnds::Automatic, SegmentOptions::LineEnds::EndSentence,
                                SegmentOptions::LineEnds::Continue}) {
      for (int bits = 0; bits < 16; ++bits) {
        const SegmentOptions options{method,          (bits & 1) != 0, (bits & 2) != 0,
                                     (bits & 4) != 0, (bits & 8) != 0, lineEnds};
        const ParamSet values = toParamSet(options);
        QVERIFY(validate(segmentParamSpecs(), values));
        QCOMPARE(segmentOptionsFrom(values), options);
      }
    }
  }
}

// Reports the F1 of ICU's words; fails only if it is no segmentation at all.
void SegmentTest::chineseWordsAgreeWithTheGoldStandard() {
  const std::filesystem::path path =
      std::filesystem::path(LEXARIUM_SHARED_DATA) / "segmentation/zh_gsdsimp-ud-test.conllu";
  if (!std::filesystem::exists(path)) QSKIP("no shared data");
  std::size_t gold = 0;
  std::size_t ours = 0;
  std::size_t common = 0;
  std::string sentence;
  std::set<std::pair<std::size_t, std::size_t>> words;
  const auto compare = [&] {
    const auto places = cut(sentence, everything(Method::Words)).places;
    gold += words.size();
    ours += places.size();
    for (const auto& place : places) common += words.count(place);
    sentence.clear();
    words.clear();
  };
  for (const QString& line : QString::fromStdString(*readFile(path, 1 << 24)).split('\n')) {
    const QStringList columns = line.split('\t');
    if (columns.size() < 10 && !sentence.empty()) compare();
    if (columns.size() < 10 || columns[0].contains('-')) continue;
    const std::string word = columns[1].toStdString();
    words.emplace(sentence.size(), word.size());
    sentence += word;
    if (!columns[9].contains("SpaceAfter=No")) sentence += ' ';
  }
  const double f1 = 2.0 * static_cast<double>(common) / static_cast<double>(gold + ours);
  qInfo("F1 of ICU's words on UD Chinese GSD (test): %.4f (%zu gold words)", f1, gold);
  QVERIFY(f1 > 0.6);
}

QTEST_GUILESS_MAIN(SegmentTest)
#include "segment_test.moc"
