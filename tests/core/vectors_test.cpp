// SPDX-License-Identifier: GPL-3.0-or-later
// core/formats: files of word vectors, written, read, broken.
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/formats/vectors.h"
#include "tests/support/damage.h"

using namespace lexarium;
namespace fs = std::filesystem;

class VectorsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void textAndBinaryRoundTrip();
  void textHoldsTheShortestNumbers();
  void wordsWithSpacesStayReadable();
  void readsWhatPeopleHave_data();
  void readsWhatPeopleHave();
  void refusesWithLineOrByte_data();
  void refusesWithLineOrByte();
  void binaryWithoutLineEnds();
  void binaryRefusals();
  void truncationIsAlwaysNoticed();
  void mutationsNeverCrash();
  void hugeDeclarationsCostNothing();
  void numbersThatAreNotFiniteAreNotWritten();
  void cancelledWritingLeavesNothing();
  void largeTablesAreQuick();
  void sharedFilesAgree();

 private:
  fs::path path(const char* name) const { return fs::path(folder_.filePath(name).toStdString()); }
  fs::path file(const char* name, std::string_view content) const {
    const auto result = path(name);
    // Neither the atomic writer nor a truncated file: both wait for the disk.
    QFile out(QString::fromStdString(result.string()));
    out.remove();
    if (!out.open(QIODevice::WriteOnly) || out.write(content.data(), qint64(content.size())) < 0) {
      qFatal("cannot write a test file");
    }
    return result;
  }
  Expected<NamedVectors> readBytes(std::string_view content) const {
    return readVectors(file("vectors", content));
  }

  QTemporaryDir folder_;
};

namespace {

const std::vector<std::string> kWords = {"the", "köning", "世界", "naïve", "x"};

Vocabulary vocabularyWith(const std::vector<std::string>& words) {
  NamedVectors named;
  named.words = words;
  return vocabularyOf(named);
}

Matrix someVectors(Eigen::Index dimensions, Eigen::Index words) {
  Matrix vectors(dimensions, words);
  Rng rng(7);
  for (Eigen::Index i = 0; i < vectors.size(); ++i) vectors.data()[i] = static_cast<Real>(rng.normal());
  return vectors;
}

std::string bytesOf(std::initializer_list<float> values) {
  std::string bytes;
  for (const float value : values) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (int byte = 0; byte < 4; ++byte) bytes += static_cast<char>(bits >> (8 * byte) & 0xFF);
  }
  return bytes;
}

}  // namespace

void VectorsTest::textAndBinaryRoundTrip() {
  Matrix vectors = someVectors(7, 5);
  vectors(0, 0) = 0;
  vectors(1, 0) = static_cast<Real>(-1.17549435e-38);
  vectors(2, 0) = static_cast<Real>(3.4e38);
  const auto vocabulary = vocabularyWith(kWords);
  QVERIFY(writeWord2VecText(path("v.txt"), vocabulary, vectors));
  QVERIFY(writeWord2VecBinary(path("v.bin"), vocabulary, vectors));
  for (const char* name : {"v.txt", "v.bin"}) {
    const auto read = readVectors(path(name));
    QVERIFY2(read, read ? "" : read.error().message().c_str());
    QVERIFY(read->words == kWords);
    QVERIFY(read->vectors == vectors);
    QCOMPARE(vocabularyOf(*read).find("世界").value_or(99), TokenId{2});
  }
}

void VectorsTest::textHoldsTheShortestNumbers() {
  Matrix vectors(3, 1);
  vectors << Real{0.5}, Real{-1}, static_cast<Real>(0.1f);
  QVERIFY(writeWord2VecText(path("v.txt"), vocabularyWith({"cat"}), vectors));
  QCOMPARE(QString::fromStdString(*readFile(path("v.txt"), 1000)), QString("1 3\ncat 0.5 -1 0.1\n"));
}

void VectorsTest::wordsWithSpacesStayReadable() {
  const std::vector<std::string> words = {" ", "\u2581", "\n", "a b", "c"};
  QVERIFY(writeWord2VecBinary(path("v.bin"), vocabularyWith(words), someVectors(2, 5)));
  const auto read = readVectors(path("v.bin"));
  QVERIFY2(read, read ? "" : read.error().message().c_str());
  QCOMPARE(read->words[0], std::string("\u2581\u2581"));
  QCOMPARE(read->words[1], std::string("\u2581"));
  QCOMPARE(read->words[2], std::string("\u2581\u2581\u2581"));
  QCOMPARE(read->words[3], std::string("a\u2581b"));
}

void VectorsTest::readsWhatPeopleHave_data() {
  QTest::addColumn<QByteArray>("content");
  QTest::addColumn<QStringList>("words");
  QTest::addColumn<double>("last");
  const auto row = [](const char* name, QByteArray content, QStringList words, double last) {
    QTest::addRow("%s", name) << content << words << last;
  };
  row("word2vec", "2 2\ncat 1 2\ndog 3 4\n", {"cat", "dog"}, 4);
  row("glove", "cat 1 2\ndog 3 4\n", {"cat", "dog"}, 4);
  row("no last line end", "cat 1 2\ndog 3 4", {"cat", "dog"}, 4);
  row("windows line ends", "2 2\r\ncat 1 2\r\ndog 3 4\r\n", {"cat", "dog"}, 4);
  row("trailing spaces", "2 2 \ncat 1 2 \ndog 3 4 \n", {"cat", "dog"}, 4);
  row("tabs", "2\t2\ncat\t1\t2\ndog\t3\t4\n", {"cat", "dog"}, 4);
  row("blank lines at the end", "cat 1 2\ndog 3 4\n\n\n", {"cat", "dog"}, 4);
  row("byte order mark",
      "\xEF\xBB\xBF"
      "cat 1 2\ndog 3 4\n",
      {"cat", "dog"}, 4);
  row("byte order mark and header",
      "\xEF\xBB\xBF"
      "1 2\ncat 1 2\n",
      {"cat"}, 2);
  row("one dimension", "cat 1\ndog -.5\n", {"cat", "dog"}, -0.5);
  row("words with spaces", "cat 1 2\n. . . 3 4\nat home 5 6\n", {"cat", ". . .", "at home"}, 6);
  row("words that are numbers", "7 1 2\n1995 3 4\n", {"7", "1995"}, 4);
  row("no-break space is no separator",
      "a\xC2\xA0"
      "b 1 2\n",
      {"a\u00A0b"}, 2);
  row("exponents and plus", "cat 1e-3 +2.5E+1\n", {"cat"}, 25);
  row("too small for a float", "cat 1 1e-60\ndog 1 1e-400\n", {"cat", "dog"}, 0);
}

void VectorsTest::readsWhatPeopleHave() {
  QFETCH(QByteArray, content);
  QFETCH(QStringList, words);
  QFETCH(double, last);
  const auto read = readBytes(content.toStdString());
  QVERIFY2(read, read ? "" : read.error().message().c_str());
  QStringList found;
  for (const auto& word : read->words) found << QString::fromStdString(word);
  QCOMPARE(found, words);
  QCOMPARE(static_cast<double>(read->vectors(read->vectors.rows() - 1, read->vectors.cols() - 1)), last);
}

void VectorsTest::refusesWithLineOrByte_data() {
  QTest::addColumn<QByteArray>("content");
  QTest::addColumn<QString>("part");  // of the message
  const auto row = [](const char* name, QByteArray content, const char* part) {
    QTest::addRow("%s", name) << content << QString(part);
  };
  row("empty", "", "empty");
  row("prose", "It was the best of times\n", "line 1");
  row("header only", "2 3\n", "line 1");
  row("no vectors declared", "0 3\n", "line 1");
  row("no dimensions declared", "3 0\na\nb\nc\n", "line 1");
  row("huge number of words", "99999999999999999999 2\ncat 1 2\n", "line 1");
  row("huge dimensions", "1 18446744073709551615\ncat 1 2\n", "line 1");
  row("product overflows", "4294967296 4294967296\ncat 1 2\n", "line 1");
  row("fewer words", "3 2\ncat 1 2\ndog 3.33333 4.44444\n", "2 of 3");
  row("more words", "1 2\ncat 1 2\ndog 3 4\n", "line 3");
  row("too few numbers", "cat 1 2\ndog 3\n", "line 2");
  row("too many numbers", "cat 1 2\ndog 3 4 5\n", "line 2");
  row("not a number", "cat 1 2\ndog 3 four\n", "\"four\" is not a number");
  row("decimal comma", "2 2\ncat 0,5 2\ndog 3 4\n", "line 2");
  row("nan", "cat 1 2\ndog 3 nan\n", "line 2");
  row("infinite", "cat 1 2\ndog 3 -inf\n", "line 2");
  row("too large for a float", "cat 1 2\ndog 3 1e39\n", "line 2");
  row("far too large", "cat 1 2\ndog 3 1e999\n", "line 2");
  row("no word", "cat 1 2\n 3 4\n", "line 2");
  row("blank line", "cat 1 2\n\ndog 3 4\n", "line 2");
  row("same word twice", "cat 1 2\ndog 3 4\ncat 5 6\n", "line 3");
  row("cut in mid-character", "cat 1 2\ncaf\xC3 3 4\n", "line 2");
  row("gzip", "\x1F\x8B\x08 something", "gzip");
  row("utf-16",
      QByteArray("\xFF\xFE"
                 "c\0a\0t\0",
                 8),
      "UTF-16");
  row("a whole fastText model", "\xBA\x16\x4F\x2F\x0C", "fastText");
}

void VectorsTest::refusesWithLineOrByte() {
  QFETCH(QByteArray, content);
  QFETCH(QString, part);
  const auto read = readBytes(content.toStdString());
  QVERIFY(!read);
  const auto message = QString::fromStdString(read.error().message());
  QVERIFY2(message.contains(part), qPrintable(message));
}

void VectorsTest::binaryWithoutLineEnds() {
  const std::string content = "2 2\ncat " + bytesOf({1, 2}) + "dog " + bytesOf({3, -4.5f});
  const auto read = readBytes(content);
  QVERIFY2(read, read ? "" : read.error().message().c_str());
  QVERIFY(read->words == (std::vector<std::string>{"cat", "dog"}));
  QCOMPARE(static_cast<double>(read->vectors(1, 1)), -4.5);
  // A number may hold the byte of a line end or space.
  const std::string odd = "1 2\ncat " + std::string("\x0A\x20\x0A\x3E") + bytesOf({1}) + "\n";
  QVERIFY(readBytes(odd));
}

void VectorsTest::binaryRefusals() {
  const auto refused = [&](const std::string& content, const char* part) {
    const auto read = readBytes(content);
    if (read) return false;
    if (read.error().message().find(part) != std::string::npos) return true;
    qWarning("%s", read.error().message().c_str());
    return false;
  };
  const std::string cat = "cat " + bytesOf({1, 2}) + "\n";
  QVERIFY(refused("3 2\n" + cat + "dog " + bytesOf({3, 4}) + "\n", "line 1"));
  QVERIFY(refused("2 2\n" + cat + "longer-word " + bytesOf({3, 4}).substr(0, 5), "byte"));
  QVERIFY(refused("2 2\n" + cat + cat, "byte 17"));
  QVERIFY(refused("2 2\n" + cat + " " + bytesOf({3, 4}) + "\n", "byte 17"));
  QVERIFY(refused("2 2\n" + cat + "ca\xC3 " + bytesOf({3, 4}), "byte 17"));
  QVERIFY(refused("2 2\n" + cat + "dog " + bytesOf({3, NAN}) + "\n", "byte 17"));
  QVERIFY(refused("2 2\n" + cat + "dog " + bytesOf({3, INFINITY}) + "\n", "byte 17"));
  QVERIFY(refused("1 2\n" + cat + cat, "byte 17"));
}

void VectorsTest::truncationIsAlwaysNoticed() {
  const auto vocabulary = vocabularyWith(kWords);
  const Matrix vectors = someVectors(4, 5);
  QVERIFY(writeWord2VecText(path("v.txt"), vocabulary, vectors));
  QVERIFY(writeWord2VecBinary(path("v.bin"), vocabulary, vectors));
  for (const char* name : {"v.txt", "v.bin"}) {
    const std::string whole = *readFile(path(name), 10'000);
    // A text cut inside its very last number still has the right shape.
    const bool text = std::strcmp(name, "v.txt") == 0;
    const std::size_t noticed = text ? whole.rfind(' ') + 1 : whole.size() - 1;
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const auto read = readBytes(std::string_view(whole).substr(0, length));
      if (length < noticed) QVERIFY2(!read, qPrintable(QString("%1 cut at %2").arg(name).arg(length)));
      if (!read) QVERIFY(!read.error().message().empty());
    }
  }
  // Without a header nobody knows how many words there were: a cut at a line's end is a smaller file.
  const std::string glove = "cat 1.25 2.5\ndog 3.5 4.25\n";
  for (std::size_t length = 1; length < glove.size(); ++length) {
    const auto read = readBytes(std::string_view(glove).substr(0, length));
    if (read) QVERIFY(read->words.size() <= 2);
  }
}

void VectorsTest::mutationsNeverCrash() {
  const auto vocabulary = vocabularyWith(kWords);
  const Matrix vectors = someVectors(6, 5);
  QVERIFY(writeWord2VecText(path("v.txt"), vocabulary, vectors));
  QVERIFY(writeWord2VecBinary(path("v.bin"), vocabulary, vectors));
  const std::string wholes[] = {*readFile(path("v.txt"), 10'000), *readFile(path("v.bin"), 10'000)};
  Rng rng(99);
  const auto below = [&](std::size_t bound) { return rng.below(static_cast<std::uint32_t>(bound)); };
  for (int round = 0; round < test::rounds(5'000); ++round) {
    for (std::string content : wholes) {
      const auto changes = 1 + below(4);
      for (std::uint32_t change = 0; change < changes; ++change) {
        const std::size_t place = below(content.size());
        switch (below(4)) {
          case 0:
            content[place] = static_cast<char>(content[place] ^ (1 << below(8)));
            break;
          case 1:
            content[place] = static_cast<char>(below(256));
            break;
          case 2:
            content.erase(place, 1 + below(8));
            break;
          default:
            content.insert(place, 1 + below(3), "0 9\n-e. \r"[below(9)]);
            break;
        }
        if (content.empty()) content = " ";
      }
      const auto read = readBytes(content);
      if (!read) {
        QVERIFY(!read.error().message().empty());
        continue;
      }
      // What is accepted is consistent.
      QCOMPARE(static_cast<std::size_t>(read->vectors.cols()), read->words.size());
      QVERIFY(read->vectors.allFinite());
    }
  }
}

void VectorsTest::hugeDeclarationsCostNothing() {
  // A sparse file that is large on paper: the declared table would be the whole of it.
  for (const char* header : {"1000000000 1000\n", "1 4000000000\n", "4000000000 1\n"}) {
    const auto read = readBytes(std::string(header) + "cat " + bytesOf({1, 2, 3}) + "\n");
    QVERIFY(!read);
    QVERIFY2(read.error().message().find("room") != std::string::npos, read.error().message().c_str());
  }
  // One endless line.
  std::string line = "cat";
  for (int i = 0; i < 9'000'000; ++i) line += " 1";
  const auto read = readBytes(line);
  QVERIFY(!read);
  QVERIFY2(read.error().message().find("line 1") != std::string::npos, read.error().message().c_str());
}

void VectorsTest::numbersThatAreNotFiniteAreNotWritten() {
  Matrix vectors = someVectors(3, 5);
  vectors(1, 3) = std::numeric_limits<Real>::quiet_NaN();
  const auto written = writeWord2VecText(path("nan.txt"), vocabularyWith(kWords), vectors);
  QVERIFY(!written);
  QVERIFY(written.error().message().find("naïve") != std::string::npos);
  QVERIFY(!fs::exists(path("nan.txt")));
}

void VectorsTest::cancelledWritingLeavesNothing() {
  std::stop_source stop;
  stop.request_stop();
  TaskContext context;
  context.stop = stop.get_token();
  const auto written =
      writeWord2VecText(path("gone.txt"), vocabularyWith(kWords), someVectors(3, 5), context);
  QVERIFY(!written && written.error().kind == Error::Kind::Cancelled);
  QVERIFY(!fs::exists(path("gone.txt")));
}

void VectorsTest::largeTablesAreQuick() {
  std::vector<std::string> words;
  for (int i = 0; i < 70'000; ++i) words.push_back("word" + std::to_string(i));
  const auto vocabulary = vocabularyWith(words);
  const Matrix vectors = someVectors(100, 70'000);
  QElapsedTimer timer;
  timer.start();
  QVERIFY(writeWord2VecText(path("large.txt"), vocabulary, vectors));
  const auto writing = timer.restart();
  const auto read = readVectors(path("large.txt"));
  qInfo("70,000 x 100 as text: written in %lld ms, read in %lld ms", writing, timer.elapsed());
  QVERIFY(read && read->vectors == vectors);
}

void VectorsTest::sharedFilesAgree() {
  const QDir shared(QStringLiteral(LEXARIUM_SHARED_DATA "/vectors"));
  if (!shared.exists()) QSKIP("no shared data");
  const auto readShared = [&](const char* name) { return readVectors(shared.filePath(name).toStdString()); };
  const auto text = readShared("bnosac/example.txt");
  const auto binary = readShared("bnosac/example.bin");
  QVERIFY2(text, text ? "" : text.error().message().c_str());
  QVERIFY2(binary, binary ? "" : binary.error().message().c_str());
  QCOMPARE(text->words.size(), std::size_t{640});
  QVERIFY(text->words == binary->words);
  // The same directions; the program behind them scales the text.
  QVERIFY(text->vectors.colwise().normalized().isApprox(binary->vectors.colwise().normalized(), Real{1e-5f}));
  const std::tuple<const char*, std::size_t, Eigen::Index> files[] = {
      {"glove.6B.50d.top2446.txt", 2446, 50},
      {"gensim/crime-and-punishment.vec", 291, 5},
      {"gensim/toy-model.vec", 22, 5},
      {"gensim/euclidean_vectors.bin", 2747, 10}};
  for (const auto& [name, words, dimensions] : files) {
    const auto read = readShared(name);
    QVERIFY2(read, read ? "" : read.error().message().c_str());
    QCOMPARE(read->words.size(), words);
    QCOMPARE(read->vectors.rows(), dimensions);
  }
  QVERIFY(!readShared("gensim/crime-and-punishment.txt"));
  QVERIFY(!readShared("gensim/crime-and-punishment.bin"));
}

QTEST_GUILESS_MAIN(VectorsTest)
#include "vectors_test.moc"
