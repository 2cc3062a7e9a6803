// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/decode.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <QtTest>
#include <array>

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/text/utf8.h"

using namespace lexarium;

namespace {

struct Decoded {
  std::string text;
  std::uint64_t sequences = 0;
  std::uint64_t nuls = 0;
  bool operator==(const Decoded&) const = default;
};

Decoded decode(const Encoding& encoding, std::string_view bytes, std::size_t piece = std::string_view::npos) {
  auto decoder = Decoder::create(encoding);
  Decoded result;
  if (!decoder) return {"no such encoding"};
  do {
    const std::string_view part = bytes.substr(0, piece);
    bytes.remove_prefix(part.size());
    decoder->decode(part, bytes.empty(), result.text);
  } while (!bytes.empty());
  result.sequences = decoder->replacedSequences();
  result.nuls = decoder->replacedNuls();
  return result;
}

std::string encode(const std::string& utf8, const char* encoding) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8);
  std::string bytes(static_cast<std::size_t>(text.length()) * 8 + 16, '\0');
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(encoding, &status);
  const int length = ucnv_fromUChars(converter, bytes.data(), static_cast<int>(bytes.size()),
                                     text.getBuffer(), text.length(), &status);
  ucnv_close(converter);
  bytes.resize(U_SUCCESS(status) ? static_cast<std::size_t>(length) : 0);
  return bytes;
}

// Written for these tests.
const char* const kFrench =
    "Le garçon de café préfère les crêpes à la confiture ; sa sœur aînée a déjà mangé. L'été dernier, nous "
    "étions "
    "à la mer, où les bateaux blancs dansaient très près de la côte. Même le vieux pêcheur était étonné.\n";
const char* const kRussian =
    "Утром маленькая девочка вышла из дома и увидела, что на улице идёт снег. Она вернулась за шапкой и "
    "побежала к "
    "реке, где её уже ждали друзья. Весь день они катались на санках, а вечером пили горячий чай.\n";
const char* const kChinese =
    "早上，小女孩走出家门，看见外面正在下雪。她回去拿了帽子，跑到河边，朋友们已经在那里等着她。他们玩了一整天"
    "的雪橇"
    "，晚上一起喝热茶，听爷爷讲故事。第二天，天气变得很好，太阳照在白色的山上。\n";
const char* const kTraditional =
    "早上，小女孩走出家門，看見外面正在下雪。她回去拿了帽子，跑到河邊，朋友們已經在那裡等著她。他們玩了一整天"
    "的雪橇"
    "，晚上一起喝熱茶，聽爺爺講故事。第二天，天氣變得很好，太陽照在白色的山上。\n";
const char* const kJapanese =
    "朝、小さな女の子が家を出ると、外では雪が降っていました。彼女は帽子を取りに戻り、友だちが待っている川まで"
    "走りました"
    "。一日中そりで遊び、夜には温かいお茶を飲みながら、おじいさんの話を聞きました。\n";
const char* const kKorean =
    "아침에 어린 소녀가 집을 나서자 밖에는 눈이 내리고 있었다. 소녀는 모자를 가지러 돌아갔다가 친구들이 "
    "기다리는 강가로 "
    "달려갔다. 하루 종일 썰매를 타고 저녁에는 따뜻한 차를 마시며 할아버지의 이야기를 들었다.\n";

const std::array<std::string, 10> kBroken = {
    "\xC3",         "\xE4\xB8",         "\xF0\x9F\x98",     "\xED\xA0\x80",
    "\xC0\xAF",     "\xF4\x90\x80\x80", "\xF8\x88\x80\x80", "\x80",
    "\xE0\x80\x80", "\xFF\xFE"};

std::string randomMixture(Rng& rng) {
  std::string bytes;
  const std::array<std::string, 6> good = {"a", "word ", "é", "中", "\U0001F600", std::string(1, '\0')};
  for (std::uint32_t i = rng.below(40); i > 0; --i) {
    switch (rng.below(3)) {
      case 0:
        bytes += good[rng.below(good.size())];
        break;
      case 1:
        bytes += kBroken[rng.below(kBroken.size())];
        break;
      default:
        bytes += static_cast<char>(static_cast<unsigned char>(rng.below(256)));
    }
  }
  return bytes;
}

}  // namespace

class DecodeTest : public QObject {
  Q_OBJECT

 private slots:
  void replacesAsTheReference();
  void equalsIcuOnBrokenUtf8();
  void countsNulsApart();
  void piecesGiveTheSame_data();
  void piecesGiveTheSame();
  void readsByteOrderMarks_data();
  void readsByteOrderMarks();
  void detects_data();
  void detects();
  void neverTakesStrayNulsForUtf16();
  void everySelectableEncodingDecodes();
  void refusesUnknownEncodings();
  void checkpointsAreTrue_data();
  void checkpointsAreTrue();
};

void DecodeTest::replacesAsTheReference() {
  const std::filesystem::path folder = std::filesystem::path(LEXARIUM_SHARED_DATA) / "hostile/utf8/flenniken";
  if (!std::filesystem::exists(folder)) QSKIP("no shared data");
  const std::string bytes = *readFile(folder / "utf8tests.bin", 1 << 20);
  const std::string reference = *readFile(folder / "utf8.replace.ref.txt", 1 << 20);
  const auto linesOf = [](const std::string& text) {
    std::vector<std::string> lines(1);
    for (char byte : text) {
      if (byte == '\n') {
        lines.emplace_back();
      } else {
        lines.back() += byte;
      }
    }
    return lines;
  };
  const auto lines = linesOf(bytes);
  const auto expected = linesOf(reference);
  QCOMPARE(lines.size(), expected.size());
  QVERIFY(lines.size() > 100);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string wanted;
    for (char byte : expected[i]) wanted += byte == 0 ? std::string(kReplacementUtf8) : std::string(1, byte);
    QCOMPARE(QByteArray::fromStdString(decode({}, lines[i]).text).toPercentEncoding(),
             QByteArray::fromStdString(wanted).toPercentEncoding());
    const bool valid = lines[i].find(":valid") != std::string::npos || lines[i].empty();
    QCOMPARE(findInvalidUtf8(lines[i]) == std::string::npos, valid);
  }
}

void DecodeTest::equalsIcuOnBrokenUtf8() {
  Rng rng(1);
  for (int round = 0; round < 20000; ++round) {
    const std::string bytes = randomMixture(rng);
    std::string expected;
    icu::UnicodeString::fromUTF8(bytes).toUTF8String(expected);
    std::string wanted;
    for (char byte : expected) wanted += byte == 0 ? std::string(kReplacementUtf8) : std::string(1, byte);
    const Decoded ours = decode({}, bytes);
    QCOMPARE(QByteArray::fromStdString(ours.text).toPercentEncoding(),
             QByteArray::fromStdString(wanted).toPercentEncoding());
    QCOMPARE(findInvalidUtf8(ours.text), std::string::npos);
    QCOMPARE(ours.sequences == 0, findInvalidUtf8(bytes) == std::string::npos);
  }
}

void DecodeTest::countsNulsApart() {
  const Decoded decoded = decode({}, std::string_view("a\0b\0\xFF", 5));
  QCOMPARE(decoded.text, std::string("a\uFFFDb\uFFFD\uFFFD"));
  QCOMPARE(decoded.nuls, std::uint64_t{2});
  QCOMPARE(decoded.sequences, std::uint64_t{1});
  const Decoded wide = decode({"UTF-16LE"}, std::string_view("a\0\0\0", 4));
  QCOMPARE(wide.text, std::string("a\uFFFD"));
  QCOMPARE(wide.nuls, std::uint64_t{1});
}

void DecodeTest::piecesGiveTheSame_data() {
  QTest::addColumn<QByteArray>("encoding");
  for (const std::string& name : selectableEncodings())
    QTest::newRow(name.c_str()) << QByteArray(name.c_str());
}

// Real text of the encoding, cut and mutated, in pieces of every small size.
void DecodeTest::piecesGiveTheSame() {
  QFETCH(QByteArray, encoding);
  const std::string name = encoding.toStdString();
  std::string all;
  for (const char* text : {kFrench, kRussian, kChinese, kTraditional, kJapanese, kKorean}) {
    all += encode(text, name.c_str());
  }
  all += encode("\U0001F600 \U00020000", name.c_str());
  Rng rng(7);
  for (int round = 0; round < 40; ++round) {
    std::string bytes = all.substr(rng.below(static_cast<std::uint32_t>(all.size() / 2)), 300);
    for (int i = round % 8; i > 0 && !bytes.empty(); --i) {
      const auto at = rng.below(static_cast<std::uint32_t>(bytes.size()));
      switch (rng.below(3)) {
        case 0:
          bytes[at] = static_cast<char>(static_cast<unsigned char>(rng.below(256)));
          break;
        case 1:
          bytes.erase(at, 1);
          break;
        default:
          bytes.resize(at);
          break;
      }
    }
    const Decoded whole = decode({name}, bytes);
    QCOMPARE(findInvalidUtf8(whole.text), std::string::npos);
    QCOMPARE(whole.text.find('\0'), std::string::npos);
    for (std::size_t piece = 1; piece < 20; ++piece)
      QVERIFY2(decode({name}, bytes, piece) == whole, name.c_str());
  }
}

void DecodeTest::readsByteOrderMarks_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QByteArray>("name");
  const auto row = [](const char* name, const QByteArray& mark) {
    const std::string text = encode("\xC3\xA9t\xC3\xA9 \xE4\xB8\xAD", name);
    QTest::newRow(name) << mark + QByteArray::fromStdString(text) << QByteArray(name);
  };
  row("UTF-8", "\xEF\xBB\xBF");
  row("UTF-16LE", "\xFF\xFE");
  row("UTF-16BE", "\xFE\xFF");
  row("UTF-32LE", QByteArray("\xFF\xFE\0\0", 4));
  row("UTF-32BE", QByteArray("\0\0\xFE\xFF", 4));
  row("GB18030", "\x84\x31\x95\x33");
}

void DecodeTest::readsByteOrderMarks() {
  QFETCH(QByteArray, bytes);
  QFETCH(QByteArray, name);
  const Encoding found = detectEncoding(bytes.toStdString(), true);
  QCOMPARE(QByteArray(found.name.c_str()), name);
  QVERIFY(found.source == Encoding::Source::ByteOrderMark);
  for (std::size_t piece : {1, 2, 3, 100}) {
    QCOMPARE(decode(found, bytes.toStdString(), piece).text, std::string("été 中"));
  }
}

void DecodeTest::detects_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("encoding");
  QTest::addColumn<QByteArray>("expected");
  const auto row = [](const char* text, const char* encoding, const char* expected = nullptr) {
    QTest::addRow("%s %.12s", encoding, text)
        << QByteArray(text) << QByteArray(encoding) << QByteArray(expected ? expected : encoding);
  };
  row(kFrench, "UTF-8");
  row(kFrench, "ISO-8859-1", "windows-1252");
  row(kFrench, "windows-1252");
  row(kRussian, "UTF-8");
  row(kRussian, "KOI8-R");
  row(kRussian, "windows-1251");
  row(kChinese, "GB18030");
  row(kChinese, "UTF-8");
  row(kTraditional, "Big5");
  row(kJapanese, "Shift_JIS");
  row(kJapanese, "EUC-JP");
  row(kJapanese, "ISO-2022-JP");
  row(kKorean, "EUC-KR", "windows-949");
  for (const char* text : {kFrench, kRussian, kChinese, kTraditional, kJapanese, kKorean}) {
    for (const char* name : {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) row(text, name);
  }
}

void DecodeTest::detects() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, encoding);
  QFETCH(QByteArray, expected);
  std::string bytes = encode(text.toStdString(), encoding.constData());
  // The Latin-1 encoding has no oe ligature.
  if (encoding == "ISO-8859-1") bytes = encode(text.replace("œ", "oe").toStdString(), "ISO-8859-1");
  QVERIFY(!bytes.empty());
  const Encoding found = detectEncoding(bytes, true);
  QCOMPARE(QByteArray(found.name.c_str()), expected);
  QCOMPARE(decode(found, bytes).text, text.toStdString());
  // With much ASCII in front, as licences are, and cut off anywhere.
  if (encoding.startsWith("UTF-16") || encoding.startsWith("UTF-32")) return;
  std::string long_ascii;
  for (int i = 0; i < 400; ++i) long_ascii += "This is a line of a licence, in plain letters only.\n";
  QCOMPARE(QByteArray(detectEncoding(long_ascii + bytes, false).name.c_str()), expected);
}

void DecodeTest::neverTakesStrayNulsForUtf16() {
  for (const std::string_view text :
       {std::string_view("abc\0def", 7), std::string_view("hello\0world and more\n", 21),
        std::string_view("\0\0\0\0\0\0", 6), std::string_view("x\0", 2)}) {
    const Encoding found = detectEncoding(text, true);
    if (text.size() == 2) continue;  // may be either
    QCOMPARE(found.name, std::string("UTF-8"));
  }
  QCOMPARE(detectEncoding("", true).name, std::string("UTF-8"));
  QCOMPARE(detectEncoding("Bush hid the facts", true).name, std::string("UTF-8"));
  QCOMPARE(detectEncoding("\xE4\xB8", false).name, std::string("UTF-8"));
}

void DecodeTest::everySelectableEncodingDecodes() {
  for (const std::string& name : selectableEncodings()) {
    const std::string bytes = encode("plain words", name.c_str());
    QCOMPARE(decode({name}, bytes).text, std::string("plain words"));
  }
}

void DecodeTest::refusesUnknownEncodings() {
  for (const char* name : {"", "no-such-thing", "UTF-8\xFF", "UTF 8", "../../etc/passwd"}) {
    const auto decoder = Decoder::create({name});
    QVERIFY(!decoder);
    QVERIFY(!decoder.error().message().empty());
  }
}

void DecodeTest::checkpointsAreTrue_data() { piecesGiveTheSame_data(); }

// Decoding from a checkpoint on gives the rest of the text.
void DecodeTest::checkpointsAreTrue() {
  QFETCH(QByteArray, encoding);
  const std::string name = encoding.toStdString();
  std::string bytes;
  for (int i = 0; bytes.size() < 400'000; ++i) {
    bytes += encode(i % 2 ? kFrench : kChinese, name.c_str());
    bytes += encode("plain words\n", name.c_str());
    if (name == "UTF-8" && i % 50 == 0)
      bytes += kBroken[static_cast<std::size_t>(i / 50) % kBroken.size()] + "\n";
  }
  auto decoder = Decoder::create({name});
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 10'001) {
    decoder->decode(std::string_view(bytes).substr(at, 10'001), at + 10'001 >= bytes.size(), text);
  }
  const auto checkpoints = decoder->takeCheckpoints();
  QVERIFY(!checkpoints.empty());
  for (const Decoder::Checkpoint& checkpoint : checkpoints) {
    const std::string rest = decode({name}, std::string_view(bytes).substr(checkpoint.sourceOffset)).text;
    QVERIFY(text.substr(checkpoint.utf8Offset) == rest);
  }
}

QTEST_GUILESS_MAIN(DecodeTest)
#include "decode_test.moc"
