// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/corpus.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>

#include "core/base/file.h"
#include "core/base/rng.h"

using namespace lexarium;
namespace fs = std::filesystem;

namespace {

std::shared_ptr<const Corpus> corpusOf(std::string text, const SegmentOptions& options = {}) {
  auto corpus = corpusFromText("Text", std::move(text), options);
  return corpus ? *corpus : nullptr;
}

std::string written(const Corpus& corpus, TokenIndex token) {
  const ByteRange range = corpus.textRange(token);
  return corpus.document(corpus.documentOf(token)).text.substr(range.begin, range.end - range.begin);
}

/// Words of each sentence, "a b | c".
QString sentencesOf(const Corpus& corpus) {
  std::string shown;
  for (std::size_t i = 0; i < corpus.sentenceCount(); ++i) {
    if (i > 0) shown += " | ";
    const TokenRange range = corpus.sentence(i);
    for (TokenIndex token = range.begin; token < range.end; ++token) {
      if (token > range.begin) shown += ' ';
      shown += corpus.vocabulary().word(corpus.tokens()[token]);
    }
  }
  return QString::fromStdString(shown);
}

bool hasNote(const Corpus& corpus, std::string_view part) {
  return std::any_of(corpus.notes().begin(), corpus.notes().end(),
                     [&](const std::string& note) { return note.find(part) != std::string::npos; });
}

std::string encode(const std::string& utf8, const char* encoding) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8);
  std::string bytes(static_cast<std::size_t>(text.length()) * 8 + 16, '\0');
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(encoding, &status);
  const int length = ucnv_fromUChars(converter, bytes.data(), static_cast<int>(bytes.size()),
                                     text.getBuffer(), text.length(), &status);
  ucnv_close(converter);
  bytes.resize(static_cast<std::size_t>(length));
  return bytes;
}

/// Letters of many scripts that this encoding holds, and reads back as they were.
std::vector<std::string> lettersOf(const std::string& encoding) {
  std::vector<std::string> letters;
  const auto decoder = [&] { return Decoder::create({encoding}); };
  for (char32_t codePoint = 'a'; codePoint < 0xD000; codePoint += codePoint < 0x180    ? 1
                                                                  : codePoint < 0x1000 ? 7
                                                                                       : 397) {
    std::string letter;
    icu::UnicodeString(static_cast<UChar32>(codePoint)).toUTF8String(letter);
    if (!u_isalpha(static_cast<UChar32>(codePoint))) continue;
    std::string back;
    decoder()->decode(encode(letter, encoding.c_str()), true, back);
    if (back == letter) letters.push_back(letter);
  }
  return letters;
}

/// Documents with gaps and words of all lengths around the limits of a byte, and empty ones between.
std::vector<NamedText> oddTexts(Rng& rng) {
  std::vector<NamedText> texts;
  for (int document = 0; document < 12; ++document) {
    std::string text;
    const bool empty = document % 4 == 3;
    for (std::uint32_t words = empty ? 0 : rng.below(300); words > 0; --words) {
      const std::uint32_t kind = rng.below(20);
      text.append(kind == 0 ? 240 + rng.below(40) : 1 + rng.below(3), rng.below(9) == 0 ? '\n' : ' ');
      text.append(kind == 1   ? 250 + rng.below(10)
                  : kind == 2 ? 1000
                              : 1 + rng.below(9),
                  static_cast<char>('a' + static_cast<char>(rng.below(26))));
    }
    texts.push_back({"text " + std::to_string(document), text});
  }
  return texts;
}

}  // namespace

class CorpusTest : public QObject {
  Q_OBJECT

 private slots:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void tokensLeadBackToTheText();
  void placesHoldForOddTexts();
  void memoryIsSmall();
  void sourceRangeFindsTheBytes_data();
  void sourceRangeFindsTheBytes();
  void everyEncodingLeadsBackToItsBytes();
  void sourceRangeNoticesAChangedFile();
  void readsFoldersInOrder();
  void namesWhatCannotBeRead();
  void isNoUtf8AfterAll_data();
  void isNoUtf8AfterAll();
  void encodingCanBeChosen();
  void reportsProgressAndStops();
  void notesAreFew();

 private:
  fs::path write(const std::string& name, const std::string& bytes) {
    const fs::path path = fs::path(folder_->path().toStdString()) / pathFromUtf8(name);
    fs::create_directories(path.parent_path());
    [&] { QVERIFY(writeFileAtomically(path, bytes)); }();
    return path;
  }
  static Expected<std::shared_ptr<const Corpus>> load(std::vector<fs::path> paths,
                                                      std::string encoding = {}) {
    return loadCorpus({std::move(paths), {}, std::move(encoding), {}});
  }

  std::unique_ptr<QTemporaryDir> folder_;
};

void CorpusTest::tokensLeadBackToTheText() {
  const auto corpus = corpusOf("The cat sat. The DOG ran!");
  QVERIFY(corpus);
  QCOMPARE(sentencesOf(*corpus), QString("the cat sat | the dog ran"));
  QCOMPARE(corpus->vocabulary().word(0), std::string_view("the"));
  QCOMPARE(corpus->vocabulary().count(0), std::uint64_t{2});
  QCOMPARE(written(*corpus, 4), std::string("DOG"));
  QCOMPARE(corpus->title(), std::string("Text"));
  QCOMPARE(corpus->document(0).name, std::string("Text"));
}

void CorpusTest::placesHoldForOddTexts() {
  Rng rng(2);
  for (int round = 0; round < 10; ++round) {
    const std::vector<NamedText> texts = oddTexts(rng);
    const auto corpus = *corpusFromTexts("Odd", texts, {});
    // What splitting at spaces by hand gives.
    std::vector<std::pair<std::size_t, ByteRange>> expected;
    for (std::size_t document = 0; document < texts.size(); ++document) {
      const std::string& text = texts[document].utf8;
      QCOMPARE(corpus->document(document).tokens.begin, TokenIndex{expected.size()});
      for (std::size_t at = 0; (at = text.find_first_not_of(" \n", at)) != std::string::npos;) {
        const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
        expected.push_back({document, {at, end}});
        at = end;
      }
      QCOMPARE(corpus->document(document).tokens.end, TokenIndex{expected.size()});
    }
    QCOMPARE(corpus->tokens().size(), expected.size());
    for (TokenIndex token = 0; token < expected.size(); ++token) {
      const auto& [document, range] = expected[token];
      QCOMPARE(corpus->documentOf(token), document);
      QCOMPARE(corpus->textRange(token), range);
      QCOMPARE(corpus->tokenAt(document, range.begin).value(), token);
      QCOMPARE(corpus->tokenAt(document, range.end).value(), token);
      QCOMPARE(corpus->vocabulary().word(corpus->tokens()[token]), std::string_view(written(*corpus, token)));
      const std::size_t sentence = corpus->sentenceOf(token);
      QVERIFY(corpus->sentence(sentence).begin <= token && token < corpus->sentence(sentence).end);
      QCOMPARE(corpus->documentOf(corpus->sentence(sentence).begin), document);
      if (range.begin > 0) QVERIFY(corpus->tokenAt(document, range.begin - 1).value_or(~0u) != token);
    }
    for (std::size_t document = 0; document < texts.size(); ++document) {
      const TokenRange tokens = corpus->document(document).tokens;
      if (tokens.size() < 3) continue;
      std::vector<ByteRange> ranges;
      const TokenIndex from = tokens.begin + rng.below(static_cast<std::uint32_t>(tokens.size()));
      corpus->textRanges({from, tokens.end}, ranges);
      QCOMPARE(ranges.size(), static_cast<std::size_t>(tokens.end - from));
      for (std::size_t i = 0; i < ranges.size(); ++i) QCOMPARE(ranges[i], expected[from + i].second);
      QVERIFY(!corpus->tokenAt(document, 0) || corpus->textRange(*corpus->tokenAt(document, 0)).begin == 0);
    }
  }
}

void CorpusTest::memoryIsSmall() {
  std::string text;
  Rng rng(1);
  while (text.size() < 4'000'000)
    text += "word" + std::to_string(rng.below(5000)) + (rng.below(12) ? " " : ".\n");
  const auto corpus = corpusOf(text);
  QCOMPARE(corpus->textBytes(), std::uint64_t{text.size()});
  QVERIFY(corpus->memoryBytes() < 3 * text.size());
}

void CorpusTest::sourceRangeFindsTheBytes_data() {
  QTest::addColumn<QByteArray>("encoding");
  for (const char* name : {"UTF-8", "UTF-8 broken", "UTF-16LE", "UTF-16BE", "UTF-32LE", "windows-1252",
                           "GB18030", "Big5", "Shift_JIS", "EUC-JP", "EUC-KR", "KOI8-R", "ISO-2022-JP"}) {
    QTest::newRow(name) << QByteArray(name);
  }
}

void CorpusTest::sourceRangeFindsTheBytes() {
  QFETCH(QByteArray, encoding);
  const bool broken = encoding.endsWith(" broken");
  const std::string name = encoding.split(' ').first().toStdString();
  // Words that every encoding has, around one character of its own.
  const std::map<std::string, std::string> own = {{"windows-1252", "é"}, {"KOI8-R", "ж"},
                                                  {"EUC-KR", "한"},      {"Shift_JIS", "日"},
                                                  {"EUC-JP", "日"},      {"ISO-2022-JP", "日"}};
  const std::string special = own.count(name) ? own.at(name) : "中";
  Rng rng(9);
  std::string bytes = name == "UTF-16LE" ? std::string("\xFF\xFE") : "";
  std::size_t words = 0;
  const std::size_t enough = name == "ISO-2022-JP" ? 20'000 : 300'000;
  while (bytes.size() < enough) {
    std::string text = "w" + std::to_string(rng.below(1000)) + "x " + special + " ";
    words += 2;
    bytes += encode(text, name.c_str());
    if (broken && rng.below(20) == 0) bytes += rng.below(2) ? "\xE4\xB8" : std::string("\0\xFF", 2);
  }
  const fs::path path = write("a.txt", bytes);
  const auto corpus = load({path}, broken ? "UTF-8" : name);
  QVERIFY2(corpus, corpus ? "" : corpus.error().message().c_str());
  QCOMPARE((*corpus)->tokens().size(), words);
  const TokenIndex step = name == "ISO-2022-JP" ? 331 : 517;
  for (TokenIndex token = 0; token < words; token += step) {
    const auto range = (*corpus)->sourceRange(token);
    QVERIFY2(range, range ? "" : range.error().message().c_str());
    const std::string piece = bytes.substr(range->begin, range->end - range->begin);
    auto decoder = Decoder::create({name});
    std::string text;
    decoder->decode(piece, true, text);
    QCOMPARE(QString::fromStdString(text), QString::fromStdString(written(**corpus, token)));
    if (name != "ISO-2022-JP") QCOMPARE(piece, encode(text, name.c_str()));
  }
}

// The words of random text in each encoding, told by their bytes alone.
void CorpusTest::everyEncodingLeadsBackToItsBytes() {
  Rng rng(31);
  SegmentOptions options;
  options.method = SegmentOptions::Method::Whitespace;
  options.lowerCase = false;
  options.normalise = false;
  for (const std::string& name : selectableEncodings()) {
    if (name.starts_with("ISO-2022")) continue;  // its escapes belong to no word; sourceRangeFindsTheBytes()
    const std::vector<std::string> letters = lettersOf(name);
    QVERIFY2(letters.size() > 29, name.c_str());
    std::string bytes;
    std::vector<std::pair<std::string, ByteRange>> words;
    while (bytes.size() < 30'000) {
      std::string word;
      for (std::uint32_t i = 1 + rng.below(8); i > 0; --i) {
        word += letters[rng.below(static_cast<std::uint32_t>(letters.size()))];
      }
      const std::uint64_t begin = bytes.size();
      bytes += encode(word, name.c_str());
      words.push_back({word, {begin, bytes.size()}});
      bytes += encode(rng.below(9) == 0 ? "\r\n" : rng.below(9) == 0 ? "  " : " ", name.c_str());
    }
    const auto corpus = loadCorpus({{write("a.txt", bytes)}, options, name, {}});
    QVERIFY2(corpus, name.c_str());
    QCOMPARE((*corpus)->tokens().size(), words.size());
    for (std::size_t i = 0; i < words.size(); i += 1 + rng.below(250)) {
      QVERIFY2(written(**corpus, i) == words[i].first, name.c_str());
      const auto range = (*corpus)->sourceRange(i);
      QVERIFY2(range && *range == words[i].second, name.c_str());
    }
  }
}

void CorpusTest::sourceRangeNoticesAChangedFile() {
  const std::string bytes = encode("eins zwei drei über vier", "UTF-16LE");
  const fs::path path = write("a.txt", bytes);
  const auto corpus = *load({path}, "UTF-16LE");
  QVERIFY(corpus->sourceRange(3));
  write("a.txt", encode("something else that is long enough", "UTF-16LE"));
  QVERIFY(!corpus->sourceRange(3));
  write("a.txt", "x");
  QVERIFY(!corpus->sourceRange(3));
  fs::remove(path);
  QVERIFY(!corpus->sourceRange(3));
}

void CorpusTest::readsFoldersInOrder() {
  write("in/b.txt", "second text");
  write("in/a.TXT", "first");
  write("in/deep/c.md", "third");
  write("in/deep/中文.text", "fourth");
  write("in/picture.png", "not read");
  write("in/.hidden.txt", "not read");
  write("in/.git/x.txt", "not read");
  write("in/empty.txt", "");
  const fs::path folder = fs::path(folder_->path().toStdString()) / "in";
  const auto corpus = load({folder});
  QVERIFY(corpus);
  QCOMPARE((*corpus)->title(), std::string("in"));
  QCOMPARE((*load({folder / ""}))->title(), std::string("in"));
  QCOMPARE(sentencesOf(**corpus), QString("first | second text | third | fourth"));
  QCOMPARE((*corpus)->documentCount(), std::size_t{5});
  QCOMPARE((*corpus)->document(3).name, std::string("deep/中文.text"));
  QVERIFY(hasNote(**corpus, "empty.txt"));
  // The same file, named by itself.
  QCOMPARE((*load({folder / "b.txt", folder / "a.TXT"}))->title(), std::string("b and 1 more"));
}

void CorpusTest::namesWhatCannotBeRead() {
  const auto message = [](const Expected<std::shared_ptr<const Corpus>>& result) {
    return QString::fromStdString(result ? "no error" : result.error().message());
  };
  const fs::path folder = folder_->path().toStdString();
  QVERIFY(message(load({})).contains("No file"));
  QVERIFY(message(load({folder / "none.txt"})).contains("none.txt"));
  QVERIFY(message(load({folder})).contains("no text file"));
  QVERIFY(message(load({write("empty.txt", "")})).contains("empty.txt: The file is empty"));
  QVERIFY(message(load({write("marks.txt", "?!... --")})).contains("no words"));
  QVERIFY(message(load({"/dev/zero"})).contains("device"));
  QVERIFY(message(load({write("a.txt", "word")}, "klingon")).contains("klingon"));
  std::string noise;
  Rng rng(4);
  for (int i = 0; i < 5000; ++i) noise += static_cast<char>(static_cast<unsigned char>(rng.below(256)));
  QVERIFY(message(load({write("noise.txt", noise)})).contains("does not look like text"));
  QVERIFY(message(load({write("book.txt", std::string("PK\x03\x04") + noise)})).contains("office"));
  QCOMPARE(message(corpusFromText("Nothing", "", {})),
           QString("Nothing: The file is empty. Choose a file with text in it."));

  // Beside a good file they are only noted.
  const auto corpus = load({folder / "none.txt", folder / "noise.txt", folder / "a.txt"});
  QVERIFY(corpus);
  QCOMPARE((*corpus)->documentCount(), std::size_t{1});
  QVERIFY(hasNote(**corpus, "none.txt") && hasNote(**corpus, "noise.txt"));
}

void CorpusTest::isNoUtf8AfterAll_data() {
  QTest::addColumn<QByteArray>("rest");
  QTest::addColumn<QByteArray>("encoding");
  const std::string french = "Le garçon préfère les crêpes à la crème, où sa sœur aînée a déjà mangé. ";
  const std::string chinese = "她回去拿了帽子，跑到河边，朋友们已经在那里等着她，我们都知道这是很好的。";
  QByteArray latin;
  QByteArray gb;
  QByteArray damaged;
  for (int i = 0; i < 200; ++i) {
    latin += QByteArray::fromStdString(encode(french, "windows-1252"));
    gb += QByteArray::fromStdString(encode(chinese, "GB18030"));
    damaged += QByteArray::fromStdString(french) + (i == 50 ? "\xFF\xC3 " : "");
  }
  QTest::newRow("Latin") << latin << QByteArray("windows-1252");
  QTest::newRow("GB18030") << gb << QByteArray("GB18030");
  QTest::newRow("damaged UTF-8") << damaged << QByteArray("UTF-8");
}

// The first megabyte is plain ASCII; only then the encoding shows.
void CorpusTest::isNoUtf8AfterAll() {
  QFETCH(QByteArray, rest);
  QFETCH(QByteArray, encoding);
  std::string bytes;
  while (bytes.size() < 1'000'000) bytes += "plain words of a licence\n";
  const std::size_t ascii = bytes.size();
  bytes += rest.toStdString();
  const auto corpus = *load({write("a.txt", bytes)});
  const Document& document = corpus->document(0);
  QCOMPARE(document.encoding.name, encoding.toStdString());
  auto decoder = Decoder::create({encoding.toStdString()});
  std::string expected;
  decoder->decode(rest.toStdString(), true, expected);
  QCOMPARE(document.text.substr(ascii), expected);
  QCOMPARE(document.replacedSequences, decoder->replacedSequences());
  QCOMPARE(document.sourceBytes, std::uint64_t{bytes.size()});
  if (encoding == "UTF-8") QVERIFY(hasNote(*corpus, "broken sequence"));
}

void CorpusTest::encodingCanBeChosen() {
  const fs::path path = write("a.txt", encode("один два", "KOI8-R"));
  const auto corpus = *load({path}, "KOI8-R");
  QCOMPARE(sentencesOf(*corpus), QString("один два"));
  QVERIFY(corpus->document(0).encoding.source == Encoding::Source::Chosen);
  const auto marked = *load({write("b.txt", "\xEF\xBB\xBFone two")}, "UTF-8");
  QCOMPARE(marked->document(0).text, std::string("one two"));
  QCOMPARE(marked->sourceRange(0)->begin, std::uint64_t{3});
}

void CorpusTest::reportsProgressAndStops() {
  std::string text;
  while (text.size() < 3'000'000) text += "Some words in a row, again and again. ";
  const fs::path path = write("a.txt", text);
  double last = 0;
  std::size_t reports = 0;
  TaskContext context;
  context.progress = [&](double fraction, const std::string& phase) {
    QVERIFY(fraction >= last && fraction <= 1);
    QVERIFY(!phase.empty());
    last = fraction;
    ++reports;
  };
  QVERIFY(loadCorpus({{path, path}, {}, {}, {}}, context));
  QVERIFY(reports > 4);
  QCOMPARE(last, 1.0);

  // Stopped at every report there is, it says so and nothing else.
  for (std::size_t stopAt = 1; stopAt <= reports; ++stopAt) {
    std::stop_source source;
    std::size_t count = 0;
    context.stop = source.get_token();
    context.progress = [&](double, const std::string&) {
      if (++count == stopAt) source.request_stop();
    };
    const auto result = loadCorpus({{path, path}, {}, {}, {}}, context);
    QVERIFY(!result);
    QVERIFY(result.error().kind == Error::Kind::Cancelled);
    QVERIFY(count <= stopAt + 1);
  }
}

void CorpusTest::notesAreFew() {
  std::vector<NamedText> texts;
  for (int i = 0; i < 1000; ++i) texts.push_back({"text " + std::to_string(i), "word \xFF"});
  const auto corpus = *corpusFromTexts("Many", std::move(texts), {});
  QCOMPARE(corpus->documentCount(), std::size_t{1000});
  QVERIFY(corpus->notes().size() <= 40);
  QVERIFY(hasNote(*corpus, "more notes"));
}

QTEST_GUILESS_MAIN(CorpusTest)
#include "corpus_test.moc"
