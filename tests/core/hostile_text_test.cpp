// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever the bytes are: a corpus that holds together, or one clear sentence; and soon.
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/text/corpus.h"
#include "core/text/utf8.h"
#include "tests/support/damage.h"

#ifndef _WIN32
#include <sys/stat.h>
#endif

using namespace lexarium;
namespace fs = std::filesystem;

namespace {

using Method = SegmentOptions::Method;
using Result = Expected<std::shared_ptr<const Corpus>>;

std::uint32_t below(Rng& rng, std::size_t bound) { return rng.below(static_cast<std::uint32_t>(bound)); }

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

/// Everything that must be true of a corpus, whatever the text; empty if it is.
std::string fault(const Corpus& corpus) {
  if (corpus.tokens().empty()) return "no tokens";
  std::uint64_t counted = 0;
  for (const std::uint64_t count : corpus.vocabulary().counts()) counted += count;
  if (counted != corpus.tokens().size()) return "counts";
  if (corpus.sentenceStarts().front() != 0 || corpus.sentenceStarts().back() != corpus.tokens().size()) {
    return "sentence bounds";
  }
  for (std::size_t i = 0; i < corpus.sentenceCount(); ++i) {
    if (corpus.sentence(i).size() == 0) return "empty sentence";
  }
  TokenIndex next = 0;
  for (std::size_t i = 0; i < corpus.documentCount(); ++i) {
    const Document& document = corpus.document(i);
    if (findInvalidUtf8(document.text) != std::string::npos) return "text is not UTF-8";
    if (document.text.find('\0') != std::string::npos) return "text has NUL";
    if (document.tokens.begin != next) return "document bounds";
    next = document.tokens.end;
    std::vector<ByteRange> ranges;
    corpus.textRanges(document.tokens, ranges);
    std::uint64_t end = 0;
    for (std::size_t k = 0; k < ranges.size(); ++k) {
      if (ranges[k].begin < end || ranges[k].end <= ranges[k].begin) return "places overlap";
      end = ranges[k].end;
      if (end > document.text.size()) return "place outside the text";
      const auto piece = std::string_view(document.text).substr(ranges[k].begin, end - ranges[k].begin);
      const TokenId id = corpus.tokens()[document.tokens.begin + k];
      if (id >= corpus.vocabulary().size()) return "unknown id";
      if (corpus.vocabulary().word(id) != normalForm(piece, corpus.options())) return "form";
    }
  }
  return next == corpus.tokens().size() ? "" : "tokens without document";
}

SegmentOptions randomOptions(Rng& rng) {
  const auto yes = [&] { return rng.below(2) == 0; };
  return {static_cast<Method>(rng.below(3)),
          yes(),
          yes(),
          yes(),
          yes(),
          static_cast<SegmentOptions::LineEnds>(rng.below(3))};
}

std::string mutated(Rng& rng, std::string bytes) {
  for (std::uint32_t i = rng.below(12); i > 0 && !bytes.empty(); --i) {
    const std::size_t at = below(rng, bytes.size());
    switch (rng.below(6)) {
      case 0:
        bytes[at] = static_cast<char>(static_cast<unsigned char>(rng.below(256)));
        break;
      case 1:
        bytes.erase(at, 1 + rng.below(5));
        break;
      case 2:
        bytes.resize(at);
        break;
      case 3:
        bytes.insert(at, 1 + rng.below(5), '\0');
        break;
      case 4:
        bytes.insert(at, bytes.substr(below(rng, bytes.size()), rng.below(50)));
        break;
      default:
        bytes.insert(at, 1 + rng.below(3), static_cast<char>(static_cast<unsigned char>(rng.below(256))));
    }
  }
  return bytes;
}

std::string repeat(std::string_view piece, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

}  // namespace

class HostileTextTest : public QObject {
  Q_OBJECT

 private slots:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void naughtyStrings();
  void randomBytes();
  void mutatedText_data();
  void mutatedText();
  void endlessLines_data();
  void endlessLines();
  void hugeSparseFileIsRefusedOrRead();
  void fileShrinksAndVanishes();
  void unreadablePlaces();
  void linksInCircles();

 private:
  fs::path path(const std::string& name) const { return fs::path(folder_->path().toStdString()) / name; }
  fs::path write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }
  /// A whole corpus or a sentence, else a message.
  static std::string verdict(const Result& result) {
    if (result) return fault(**result);
    return result.error().message().size() > 10 ? "" : "an error without a sentence";
  }

  std::unique_ptr<QTemporaryDir> folder_;
};

void HostileTextTest::naughtyStrings() {
  const fs::path folder = fs::path(LEXARIUM_SHARED_DATA) / "hostile";
  if (!fs::exists(folder)) QSKIP("no shared data");
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  QVERIFY(files.size() > 100);
  for (const fs::path& file : files) {
    for (const Method method : {Method::Words, Method::Whitespace, Method::Characters}) {
      SegmentOptions options;
      options.method = method;
      options.keepPunctuation = true;
      const std::string found = verdict(loadCorpus({{file}, options, {}, {}}));
      QVERIFY2(found.empty(), (file.string() + ": " + found).c_str());
    }
  }
  SegmentOptions options;
  options.keepPunctuation = true;
  QVERIFY(loadCorpus({{folder / "blns/blns.txt"}, options, {}, {}}));
}

void HostileTextTest::randomBytes() {
  Rng rng(77);
  const std::vector<std::string> encodings = selectableEncodings();
  for (int round = 0; round < test::rounds(600); ++round) {
    std::string bytes;
    const std::uint32_t range = round % 3 == 0 ? 256 : round % 3 == 1 ? 128 : 4;
    for (std::uint32_t i = rng.below(3000); i > 0; --i) {
      bytes += static_cast<char>(static_cast<unsigned char>(rng.below(range) + (range == 4 ? 0xD6 : 0)));
    }
    const fs::path file = write("a.txt", bytes);
    const std::string encoding = rng.below(2) ? encodings[below(rng, encodings.size())] : "";
    const std::string found = verdict(loadCorpus({{file}, randomOptions(rng), encoding, {}}));
    QVERIFY2(found.empty(), (found + " in round " + std::to_string(round)).c_str());
  }
}

void HostileTextTest::mutatedText_data() {
  QTest::addColumn<QByteArray>("encoding");
  for (const char* name : {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "windows-1252", "GB18030", "Big5",
                           "Shift_JIS", "EUC-JP", "ISO-2022-JP", "EUC-KR", "KOI8-R"}) {
    QTest::newRow(name) << QByteArray(name);
  }
}

void HostileTextTest::mutatedText() {
  QFETCH(QByteArray, encoding);
  const fs::path data = LEXARIUM_SHARED_DATA;
  if (!fs::exists(data)) QSKIP("no shared data");
  const std::string name = encoding.toStdString();
  std::vector<std::string> texts;
  for (const char* file :
       {"en/alice-11-0.txt", "zh/三国演义.txt", "en/tinyshakespeare.txt", "hostile/blns/blns.txt"}) {
    texts.push_back(*readFile(data / pathFromUtf8(file), 1 << 24));
  }
  Rng rng(123);
  for (int round = 0; round < test::rounds(120); ++round) {
    const std::string& text = texts[below(rng, texts.size())];
    const std::string part = text.substr(below(rng, text.size()), 200 + rng.below(4000));
    const fs::path file = write("a.txt", mutated(rng, encode(part, name.c_str())));
    const std::string chosen = rng.below(2) ? name : "";
    const std::string found = verdict(loadCorpus({{file}, randomOptions(rng), chosen, {}}));
    QVERIFY2(found.empty(), (found + " in round " + std::to_string(round)).c_str());
  }
}

void HostileTextTest::endlessLines_data() {
  QTest::addColumn<QByteArray>("piece");
  QTest::addColumn<bool>("hasWords");
  const auto row = [](const char* name, const char* piece, bool hasWords) {
    QTest::newRow(name) << QByteArray(piece) << hasWords;
  };
  row("letters", "a", false);
  row("words", "word ", true);
  row("accents", "é", false);
  row("Chinese", "中国人民", true);
  row("Chinese with marks", "中国人民，", true);
  row("Thai", "ภาษาไทย", true);
  row("combining", "\u0301", false);
  row("full stops", ".", false);
  row("stops and quotes", ".\"", false);
  row("stops and spaces", ". ", false);
  row("quotes", "\" ", false);
  row("spaces", " ", false);
  row("wide spaces", "\u3000", false);
  row("line ends", "\n", false);
  row("NUL", "\xEF\xBF\xBD", false);
  row("digits and commas", "1,", false);
  row("letters and stops", "a.", false);
  row("flags", "\U0001F1E9", false);
  row("joined", "\U0001F469\u200D", false);
  row("bytes of nothing", "\xFF", false);
  row("halves", "\xC3", false);
  row("mixed", "aé ", true);
}

void HostileTextTest::endlessLines() {
  QFETCH(QByteArray, piece);
  QFETCH(bool, hasWords);
  for (const Method method : {Method::Words, Method::Whitespace, Method::Characters}) {
    SegmentOptions options;
    options.method = method;
    const Result corpus = corpusFromText("Endless", repeat(piece.toStdString(), 300'000), options);
    const std::string found = verdict(corpus);
    QVERIFY2(found.empty(), found.c_str());
    if (method == Method::Words) QCOMPARE(corpus.has_value(), hasWords);
  }
}

void HostileTextTest::hugeSparseFileIsRefusedOrRead() {
  // Larger than any memory, but no disk is used.
  const fs::path file = write("huge.txt", "one two three\n");
  std::error_code error;
  fs::resize_file(file, std::uintmax_t{1} << 43, error);
  if (error) QSKIP("the file system has no files of this size");
  const Result corpus = loadCorpus({{file}, {}, {}, {}});
  QVERIFY(!corpus);
  QVERIFY(!corpus.error().message().empty());
}

// Cut or removed by somebody else at each report of progress.
void HostileTextTest::fileShrinksAndVanishes() {
  for (std::size_t moment = 1; moment < 12; ++moment) {
    for (const bool vanishes : {false, true}) {
      const fs::path file = write("a.txt", repeat("some words of text, and more. ", 3'000'000));
      std::size_t reports = 0;
      TaskContext context;
      context.progress = [&](double, const std::string&) {
        if (++reports != moment) return;
        std::error_code ignored;
        if (vanishes) {
          fs::remove(file, ignored);
        } else {
          fs::resize_file(file, 1'000'001, ignored);
        }
      };
      const Result corpus = loadCorpus({{file}, {}, {}, {}}, context);
      const std::string found = verdict(corpus);
      QVERIFY2(found.empty(), found.c_str());
      QVERIFY(corpus);
    }
  }
}

void HostileTextTest::unreadablePlaces() {
  QVERIFY(!loadCorpus({{path("none")}, {}, {}, {}}));
  for (const char* device : {"/dev/null", "/dev/zero", "/dev/random", "/dev/tty", "/dev/stdin"}) {
    if (fs::exists(device)) QVERIFY2(!loadCorpus({{device}, {}, {}, {}}), device);
  }
#ifndef _WIN32
  const fs::path pipe = path("pipe.txt");
  QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
  QVERIFY(!loadCorpus({{pipe}, {}, {}, {}}));
  // In a folder it does no harm.
  write("a.txt", "word");
  const Result corpus = loadCorpus({{path("")}, {}, {}, {}});
  QVERIFY(corpus);
  QCOMPARE((*corpus)->notes().size(), std::size_t{1});
#endif
  // A name that is no UTF-8.
  const fs::path odd = path("odd \xFF.txt");
  std::ofstream(odd) << "word";
  if (fs::exists(odd)) QCOMPARE(verdict(loadCorpus({{odd}, {}, {}, {}})), std::string());
  fs::remove(odd);  // QTemporaryDir cannot
}

void HostileTextTest::linksInCircles() {
  fs::create_directories(path("in"));
  std::error_code error;
  fs::create_directory_symlink(path("in"), path("in/again"), error);
  fs::create_symlink(path("in/self.txt"), path("in/self.txt"), error);
  if (error) QSKIP("no links here");
  write("in/a.txt", "word");
  const Result corpus = loadCorpus({{path("in")}, {}, {}, {}});
  QVERIFY(corpus);
  QCOMPARE((*corpus)->documentCount(), std::size_t{1});
  fs::remove(path("in/again"));
  fs::remove(path("in/self.txt"));
}

QTEST_GUILESS_MAIN(HostileTextTest)
#include "hostile_text_test.moc"
