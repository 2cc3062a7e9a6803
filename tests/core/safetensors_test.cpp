// SPDX-License-Identifier: GPL-3.0-or-later
// core/formats: tensors, and safetensors files as they should be and as they should not.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/formats/safetensors.h"
#include "core/formats/safetensors_header.h"
#include "tests/support/damage.h"

using namespace lexarium;

namespace {

using Bytes = std::vector<std::byte>;

Bytes bytesOf(const std::string& text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

/// A file made by hand: the size of the header, the header, the data.
std::string textOf(const Bytes& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

Bytes fileOf(const std::string& header, std::size_t dataBytes, std::uint64_t headerSize) {
  Bytes file(8);
  for (std::size_t i = 0; i < 8; ++i) file[i] = static_cast<std::byte>(headerSize >> (8 * i));
  const Bytes json = bytesOf(header);
  file.insert(file.end(), json.begin(), json.end());
  for (std::size_t i = 0; i < dataBytes; ++i) file.push_back(static_cast<std::byte>(i));
  return file;
}
Bytes fileOf(const std::string& header, std::size_t dataBytes) {
  return fileOf(header, dataBytes, header.size());
}

TensorSet someSet() {
  TensorSet set;
  std::vector<float> table(12);
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<float>(i) / 3.0f;
  set.tensors["table_in"] = makeTensor<float>(table, {4, 3});
  set.tensors["state"] = makeTensor<std::uint64_t>(std::vector<std::uint64_t>{1, ~0ull, 3, 4}, {4});
  set.tensors["flags"] = makeTensor<std::uint8_t>(std::vector<std::uint8_t>{1, 2, 3}, {3});
  set.tensors["scalar"] = makeTensor<double>(std::vector<double>{0.1}, {});
  set.tensors["empty"] = makeTensor<float>({}, {5, 0});
  set.metadata = {{"model", "skip-gram"}, {"title", "国王 \"quoted\"\n"}};
  return set;
}

Expected<TensorSet> read(const Bytes& bytes) { return readSafetensors(bytes, "x.safetensors"); }

QByteArray message(const Expected<TensorSet>& result) {
  return result ? QByteArray("(it was read)") : QByteArray::fromStdString(result.error().message());
}

}  // namespace

class SafetensorsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void sizesOfShapes();
  void tensorsKeepNumbers();
  void tensorsOfAnotherKindAreRefused();
  void setsComeBack();
  void sameSetSameBytes();
  void tensorsAreAligned();
  void readsFilesMadeByHand();
  void readsAnyOrderAndEmptyTensors();
  void refuses_data();
  void refuses();
  void hugeHeadersAreNotRead();
  void namesThatCannotBeWritten();
  void countsWhatIsNotFinite();
  void truncatedAtEachByte();
  void flippedBytesAreRefusedOrOnlyChangeValues();
};

void SafetensorsTest::sizesOfShapes() {
  const std::uint64_t big = std::uint64_t{1} << 32;
  const auto size = [](std::vector<std::uint64_t> shape) { return bytesOfShape(TensorType::F32, shape); };
  QCOMPARE(*size({}), std::uint64_t{4});
  QCOMPARE(*size({3, 5}), std::uint64_t{60});
  QCOMPARE(*size({3, 0}), std::uint64_t{0});
  QCOMPARE(*size({big, big / 8}), (std::uint64_t{1} << 61) * 4);
  QVERIFY(!size({big, big / 4}));
  QVERIFY(!size({big, big}));
  // Not even if a zero makes it empty: whoever multiplies in another order must not be misled.
  QVERIFY(!size({big, 0, big}));
  for (int i = 0; i <= static_cast<int>(TensorType::F64); ++i) {
    const auto type = static_cast<TensorType>(i);
    QVERIFY(tensorTypeNamed(nameOf(type)) == type);
  }
  QVERIFY(!tensorTypeNamed("F128"));
}

void SafetensorsTest::tensorsKeepNumbers() {
  const TensorSet set = someSet();
  QVERIFY(set.tensors.at("table_in").type == TensorType::F32);
  QVERIFY(set.tensors.at("state").type == TensorType::U64);
  std::vector<float> table(12);
  QVERIFY(readTensor<float>(set, "table_in", std::vector<std::uint64_t>{4, 3}, table));
  QCOMPARE(table[11], 11 / 3.0f);
  double scalar = 0;
  QVERIFY(readTensor<double>(set, "scalar", {}, {&scalar, 1}));
  QCOMPARE(scalar, 0.1);
  // Little-endian, whatever the machine.
  QCOMPARE(std::to_integer<int>(makeTensor<std::uint32_t>(std::vector{1u}, {1}).bytes[0]), 1);
}

void SafetensorsTest::tensorsOfAnotherKindAreRefused() {
  const TensorSet set = someSet();
  std::vector<float> table(12, 7.0f);
  const auto attempt = [&](const char* name, std::vector<std::uint64_t> shape) {
    const auto result = readTensor<float>(set, name, shape, table);
    return result ? QByteArray() : QByteArray::fromStdString(result.error().message());
  };
  QVERIFY(attempt("nothing", {12}).contains("nothing: A part of the saved state is missing"));
  QVERIFY(attempt("state", {4}).contains("U64 instead of F32"));
  QVERIFY(attempt("table_in", {3, 4}).contains("4 x 3 instead of 3 x 4"));
  QVERIFY(attempt("table_in", {}).contains("4 x 3 instead of a single number"));
  QCOMPARE(table, std::vector<float>(12, 7.0f));
}

void SafetensorsTest::setsComeBack() {
  const TensorSet set = someSet();
  const auto bytes = safetensorsBytes(set);
  QVERIFY(bytes);
  QCOMPARE(*safetensorsSize(set), std::uint64_t{bytes->size()});
  QVERIFY(*read(*bytes) == set);

  QTemporaryDir folder;
  const auto path = pathFromUtf8(folder.filePath("模型.safetensors").toStdString());
  QVERIFY(writeSafetensors(set, path));
  QVERIFY(*readSafetensors(path) == set);
  QCOMPARE(std::filesystem::file_size(path), std::uintmax_t{bytes->size()});
  QVERIFY(*read(*safetensorsBytes(TensorSet{})) == TensorSet{});
  const auto missing = readSafetensors(path.parent_path() / "missing.safetensors");
  QVERIFY(message(missing).contains("There is no such file"));
}

void SafetensorsTest::sameSetSameBytes() {
  // The bytes are part of what a person can compare, so they must never change. Made by hand.
  TensorSet set;
  set.tensors["b"] = makeTensor<std::uint8_t>(std::vector<std::uint8_t>{7}, {1});
  set.tensors["a"] = makeTensor<float>(std::vector{1.0f}, {1, 1});
  set.metadata["k"] = "v";
  const std::string header =
      "{\"__metadata__\":{\"k\":\"v\"},\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},"
      "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[4,5]}}   ";
  QCOMPARE(header.size() % 8, std::size_t{0});
  Bytes expected = fileOf(header, 0);
  for (const int byte : {0x00, 0x00, 0x80, 0x3F, 0x07}) expected.push_back(static_cast<std::byte>(byte));
  QVERIFY(*safetensorsBytes(set) == expected);
}

void SafetensorsTest::tensorsAreAligned() {
  const auto bytes = *safetensorsBytes(someSet());
  const auto size = static_cast<std::size_t>(bytes[0]) | static_cast<std::size_t>(bytes[1]) << 8;
  QCOMPARE(size % 8, std::size_t{0});
  const std::string json(reinterpret_cast<const char*>(bytes.data()) + 8, size);
  const auto header = parseSafetensorsHeader(json, bytes.size() - 8 - size, "x");
  QVERIFY(header);
  for (const auto& tensor : header->tensors)
    QCOMPARE(tensor.begin % bytesPerElement(tensor.type), std::uint64_t{0});
}

void SafetensorsTest::readsFilesMadeByHand() {
  // As the format's README has it, with white space, escapes, and a header that is not aligned.
  const auto set = read(fileOf(std::string("{\"\\u0061\\n\" : { \"data_offsets\" : [0, 4],\t\"shape\": [2],"
                                           "\"dtype\":\"I16\" }, \"__metadata__\": {\"\": \"\\u56fd\"} }  "),
                               4));
  QVERIFY2(set, message(set));
  QCOMPARE(set->tensors.size(), std::size_t{1});
  QVERIFY(set->tensors.at("a\n").bytes == (Bytes{std::byte{0}, std::byte{1}, std::byte{2}, std::byte{3}}));
  QCOMPARE(set->metadata.at(""), std::string("国"));
  QVERIFY(read(fileOf("{}", 0)));
  QVERIFY(read(fileOf("{\"__metadata__\":null}", 0)));  // as the format's own library writes "none"
}

void SafetensorsTest::readsAnyOrderAndEmptyTensors() {
  const auto set =
      read(fileOf("{\"z\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
                  "\"e1\":{\"dtype\":\"F64\",\"shape\":[0],\"data_offsets\":[2,2]},"
                  "\"e2\":{\"dtype\":\"F64\",\"shape\":[7,0],\"data_offsets\":[0,0]},"
                  "\"a\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[2,4]}}",
                  4));
  QVERIFY2(set, message(set));
  QCOMPARE(set->tensors.size(), std::size_t{4});
  QCOMPARE(std::to_integer<int>(set->tensors.at("a").bytes[0]), 2);
  QCOMPARE(set->tensors.at("e2").shape, (std::vector<std::uint64_t>{7, 0}));
}

void SafetensorsTest::refuses_data() {
  QTest::addColumn<QByteArray>("header");
  QTest::addColumn<int>("dataBytes");
  QTest::addColumn<QByteArray>("sentence");
  const auto row = [](const char* name, const QByteArray& header, int bytes, const char* sentence) {
    QTest::newRow(name) << header << bytes << QByteArray(sentence);
  };
  const auto one = [](const char* type, const char* shape, const char* offsets) {
    return QByteArray("{\"t\":{\"dtype\":\"") + type + "\",\"shape\":" + shape +
           ",\"data_offsets\":" + offsets + "}}";
  };
  const auto two = [](const char* first, const char* second) {
    return QByteArray("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":") + first +
           "},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":" + second + "}}";
  };
  row("gap", two("[0,4]", "[5,9]"), 9, "There is a gap before the data of \"b\"");
  row("gap at the start", one("U8", "[4]", "[1,5]"), 5, "There is a gap before the data of \"t\"");
  row("overlap", two("[0,4]", "[3,7]"), 7, "The data of \"b\" overlaps");
  row("twice the same place", two("[0,4]", "[0,4]"), 4, "The data of \"b\" overlaps");
  row("trailing bytes", one("U8", "[4]", "[0,4]"), 6, "There are 2 bytes after the last tensor");
  row("data too short", one("U8", "[4]", "[0,4]"), 3, "The data ends too early");
  row("backwards", one("U8", "[4]", "[4,0]"), 4, "does not fit its place");
  row("shape too large", one("F32", "[4294967296,4294967296]", "[0,4]"), 4,
      "The shape of \"t\" is too large");
  row("product wraps to the size", one("U8", "[4294967296,4294967296,4294967297]", "[0,0]"), 0, "too large");
  row("shape does not fit", one("F32", "[2]", "[0,4]"), 4, "The shape of \"t\" does not fit");
  row("huge offsets", one("U8", "[18446744073709551615]", "[0,18446744073709551615]"), 4,
      "The data ends too early");
  row("number over 64 bits", one("U8", "[18446744073709551616]", "[0,4]"), 4, "with a fraction in \"t\"");
  row("negative", one("U8", "[-4]", "[0,4]"), 4, "a negative number in \"t\", \"shape\"");
  row("fraction", one("U8", "[4.0]", "[0,4]"), 4, "with a fraction");
  row("unknown type", one("F31", "[1]", "[0,4]"), 4, "The type \"F31\" of \"t\" is not known");
  row("type in small letters", one("f32", "[1]", "[0,4]"), 4, "is not known");
  row("three offsets", one("U8", "[4]", "[0,4,4]"), 4, "more than two offsets");
  row("one offset", one("U8", "[4]", "[4]"), 4, "not two offsets");
  row("shape in a shape", one("U8", "[[4]]", "[0,4]"), 4, "There is a list");
  row("too many indices", one("U8", "[" + QByteArray("1,").repeated(64) + "1]", "[0,1]"), 1, "too many");
  row("tensor twice", two("[0,4]", "[4,8]").replace("\"b\"", "\"a\""), 8, "\"a\" stands there twice");
  row("same name, escaped", two("[0,4]", "[4,8]").replace("\"b\"", "\"\\u0061\""), 8, "stands there twice");
  row("type twice", one("U8\",\"dtype\":\"U8", "[4]", "[0,4]"), 4, "\"dtype\" stands there twice");
  row("metadata twice", "{\"__metadata__\":{},\"__metadata__\":{}}", 0, "stands there twice");
  row("metadata key twice", "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, "stands there twice");
  row("metadata not text", "{\"__metadata__\":{\"a\":1}}", 0, "a number in \"__metadata__\", \"a\"");
  row("metadata a list", "{\"__metadata__\":[]}", 0, "There is a list");
  row("no type", "{\"t\":{\"shape\":[4],\"data_offsets\":[0,4]}}", 4, "of \"t\" are missing");
  row("no shape", "{\"t\":{\"dtype\":\"U8\",\"data_offsets\":[0,4]}}", 4, "of \"t\" are missing");
  row("nothing", "{\"t\":{}}", 0, "of \"t\" are missing");
  row("unknown field", one("U8", "[4]", "[0,4],\"stride\":[1]"), 4, "There is a list in \"t\", \"stride\"");
  row("unknown text field", one("U8\",\"order\":\"F", "[4]", "[0,4]"), 4, "There is a text");
  row("tensor is null", "{\"t\":null}", 0, "There is null in \"t\"");
  row("truth value", "{\"t\":true}", 0, "true or false");
  row("a list of tensors", "[]", 0, "does not begin with {");
  row("white space first", " {}", 0, "does not begin with {");
  row("empty header", "", 0, "does not begin with {");
  row("not JSON", "{\"t\":", 0, "not well-formed JSON");
  row("two values", "{}{}", 0, "not well-formed JSON");
  row("comment", "{/* */}", 0, "not well-formed JSON");
  row("broken UTF-8", "{\"\xC3\x28\":{}}", 0, "not well-formed JSON");
  row("lone surrogate", "{\"\\ud800\":{}}", 0, "not well-formed JSON");
  row("NUL after the header", QByteArray("{}\0", 3), 0, "There is a NUL");
  row("deep", QByteArray("{\"t\":").repeated(100000), 0, "where it cannot be");
}

void SafetensorsTest::refuses() {
  QFETCH(QByteArray, header);
  QFETCH(int, dataBytes);
  QFETCH(QByteArray, sentence);
  const auto result = read(fileOf(header.toStdString(), static_cast<std::size_t>(dataBytes)));
  QVERIFY2(message(result).contains(sentence), message(result));
  QVERIFY2(message(result).startsWith("x.safetensors: "), message(result));
}

void SafetensorsTest::hugeHeadersAreNotRead() {
  QVERIFY(message(read(fileOf("{}", 0, 100'000'001))).contains("larger than 100 MB"));
  QVERIFY(message(read(fileOf("{}", 0, ~std::uint64_t{0}))).contains("larger than 100 MB"));
  QVERIFY(message(read(fileOf("{}", 0, 3))).contains("ends inside its header"));
  QVERIFY(message(read(fileOf("{}", 0, 100'000'000))).contains("ends inside its header"));
  QVERIFY(message(read(Bytes(7))).contains("too short"));
  QVERIFY(message(read({})).contains("too short"));
}

void SafetensorsTest::namesThatCannotBeWritten() {
  TensorSet set;
  set.tensors["__metadata__"] = makeTensor<float>(std::vector{1.0f}, {1});
  QVERIFY(!safetensorsBytes(set));
  set = {};
  set.tensors["\xFF"] = makeTensor<float>(std::vector{1.0f}, {1});
  QVERIFY(!safetensorsBytes(set));
  set = {};
  set.metadata["a"] = "\xC3";
  QVERIFY(!safetensorsBytes(set));
}

void SafetensorsTest::countsWhatIsNotFinite() {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  TensorSet set;
  set.tensors["a"] = makeTensor<float>(std::vector{1.0f, 3e38f, 1e-45f, -0.0f}, {4});
  set.tensors["i"] = makeTensor<std::int32_t>(std::vector{-1, 0x7F800000}, {2});
  QVERIFY(!countNonFinite(set).any());
  QVERIFY(countNonFinite(set).note().empty());
  set.tensors["b"] =
      makeTensor<float>(std::vector{std::nanf(""), kInfinity, -kInfinity, -std::nanf("")}, {4});
  set.tensors["c"] = makeTensor<double>(std::vector<double>{std::nan("1"), kInfinity, 1e308}, {3});
  const auto sixteen = [](TensorType type, std::uint16_t bits) {
    Tensor tensor = makeTensor<std::uint16_t>(std::vector{bits}, {1});
    tensor.type = type;
    return tensor;
  };
  const auto eight = [](TensorType type, std::uint8_t bits) {
    Tensor tensor = makeTensor<std::uint8_t>(std::vector{bits}, {1});
    tensor.type = type;
    return tensor;
  };
  set.tensors["d"] = sixteen(TensorType::F16, 0xFC00);   // -inf
  set.tensors["e"] = sixteen(TensorType::F16, 0x7BFF);   // 65504
  set.tensors["f"] = sixteen(TensorType::BF16, 0x7F81);  // NaN
  set.tensors["g"] = eight(TensorType::F8E5M2, 0x7C);    // inf
  set.tensors["h"] = eight(TensorType::F8E4M3, 0xFF);    // NaN
  set.tensors["j"] = eight(TensorType::F8E4M3, 0x7E);    // 448
  const auto counts = countNonFinite(set);
  QCOMPARE(counts.nan, std::uint64_t{5});
  QCOMPARE(counts.infinite, std::uint64_t{5});
  QCOMPARE(counts.note(), std::string("10 numbers are not finite (5 NaN, 5 infinite), the first in b."));
  QVERIFY(*read(*safetensorsBytes(set)) == set);  // they are kept, bit for bit
}

void SafetensorsTest::truncatedAtEachByte() {
  TensorSet set = someSet();
  set.tensors["large"] = makeTensor<float>(std::vector<float>(1000, 0.5f), {10, 100});
  const Bytes whole = *safetensorsBytes(set);
  QVERIFY(whole.size() > test::kHeadBytes);
  test::cutEverywhere(textOf(whole), [&](const std::string& bytes, const QByteArray& what) {
    const auto result = read(bytesOf(bytes));
    QVERIFY2(!result && result.error().message().starts_with("x.safetensors: "), what);
  });
}

void SafetensorsTest::flippedBytesAreRefusedOrOnlyChangeValues() {
  const TensorSet set = someSet();
  const Bytes whole = *safetensorsBytes(set);
  int refused = 0, all = 0;
  test::flipEverywhere(textOf(whole), 20'000, [&](const std::string& bytes, const QByteArray& what) {
    ++all;
    const auto result = read(bytesOf(bytes));
    if (!result) {
      ++refused;
      return;
    }
    // What was read is what stands there: written again, it has the same tensors.
    for (const auto& [name, tensor] : result->tensors) QVERIFY2(tensor.isWhole(), what);
    QVERIFY2(*read(*safetensorsBytes(*result)) == *result, what);
  });
  QVERIFY(refused > all / 4);
}

QTEST_GUILESS_MAIN(SafetensorsTest)
#include "safetensors_test.moc"
