// SPDX-License-Identifier: GPL-3.0-or-later
// A model that others trained says what their own program says.
#include <QTemporaryDir>
#include <QTest>

#include "core/base/file.h"
#include "core/models/llama2c.h"
#include "core/models/sequence_model.h"

using namespace lexarium;

namespace {

const std::filesystem::path kFolder = std::filesystem::path(LEXARIUM_SHARED_DATA) / "models" / "stories260K";

/// What llama2.c itself says (its test_all.py): `run stories260K.bin -z tok512.bin -t 0.0 -n 200`.
const char* const kExpected =
    "Once upon a time, there was a little girl named Lily. She loved to play outside in the park. One day, "
    "she saw "
    "a big, red ball. She wanted to play with it, but it was too high.\n"
    "Lily's mom said, \"Lily, let's go to the park.\" Lily was sad and didn't know what to do. She said, \"I "
    "want to "
    "play with your ball, but I can't find it.\"\n"
    "Lily was sad and didn't know what to do. She said, \"I'm sorry, Lily. I didn't know what to do.\"\n"
    "Lily didn't want to help her mom, so she";

}  // namespace

class Llama2cTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void saysWhatTheReferenceSays() {
    if (!std::filesystem::exists(kFolder)) QSKIP("no ../shared/data");
    const auto model = readLlama2c(kFolder / "stories260K.bin", kFolder / "tok512.bin");
    QVERIFY2(model.has_value(), model ? "" : model.error().message().c_str());
    const TextSample said = speak(**model, {"", 200, {.greedy = true}});
    QCOMPARE(QString::fromStdString(said.text), QString(kExpected));
    // It goes on where a prompt ends.
    const TextSample after =
        speak(**model, {"Once upon a time, there was a little girl named", 20, {.greedy = true}});
    QVERIFY(std::string(kExpected).starts_with(after.text));
    QVERIFY(after.text.size() > after.promptBytes + 10);
    // Saved and loaded again it is the same.
    const auto again = loadSequenceModel((*model)->save());
    QVERIFY2(again.has_value(), again ? "" : again.error().message().c_str());
    QCOMPARE(speak(**again, {"", 50, {.greedy = true}}).text,
             speak(**model, {"", 50, {.greedy = true}}).text);
    // The views see into it.
    const SequenceTrace trace = (*model)->trace("Once upon a time");
    QVERIFY(trace.find("attention", 4, 7) != nullptr);
    QVERIFY(trace.find("attention", 5, 0) == nullptr);
    QVERIFY(trace.find("h", 0)->values.rows() == 64);
  }

  void refusesWhatIsNone() {
    if (!std::filesystem::exists(kFolder)) QSKIP("no ../shared/data");
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("a.bin").toStdString();
    const auto whole = readFile(kFolder / "stories260K.bin", 1 << 24);
    QVERIFY(whole.has_value());
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{27}, std::size_t{28}, std::size_t{5000}, whole->size() / 2}) {
      QVERIFY(writeFileAtomically(path, std::string_view(*whole).substr(0, size)).has_value());
      const auto model = readLlama2c(path, kFolder / "tok512.bin");
      QVERIFY(!model && !model.error().advice.empty());
    }
    QVERIFY(!readLlama2c(kFolder / "tok512.bin", kFolder / "tok512.bin").has_value());
    QVERIFY(!readLlama2c(kFolder / "stories260K.bin", kFolder / "stories260K.bin").has_value());
    for (std::size_t number = 0; number < 7; ++number) {
      std::string changed = *whole;
      changed[number * 4] = static_cast<char>(changed[number * 4] ^ 0x55);
      changed[number * 4 + 2] = static_cast<char>(changed[number * 4 + 2] ^ 0x15);
      QVERIFY(writeFileAtomically(path, changed).has_value());
      QVERIFY2(!readLlama2c(path, kFolder / "tok512.bin").has_value(), qPrintable(QString::number(number)));
    }
  }
};

QTEST_GUILESS_MAIN(Llama2cTest)
#include "llama2c_test.moc"
