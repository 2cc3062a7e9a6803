// SPDX-License-Identifier: GPL-3.0-or-later
// A model with GPT-2's names says what PyTorch lets it say (tests/golden/make_gpt2_golden.py), and its tokens
// are those of GPT-2.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/gpt2.h"
#include "core/text/byte_tokenizer.h"

using namespace lexarium;

namespace {

const std::filesystem::path kFolder = LEXARIUM_SOURCE_DIR "/tests/golden/gpt2";

}  // namespace

class Gpt2Test : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void saysWhatTheReferenceSays() {
    const auto model = readGpt2(kFolder / "model.safetensors", kFolder);
    QVERIFY2(model.has_value(), model ? "" : model.error().message().c_str());
    std::ifstream file(kFolder / "golden.json");
    const auto golden = nlohmann::json::parse(file);
    const auto ids = golden.at("ids").get<std::vector<TokenId>>();
    const auto session = (*model)->start();
    for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
      const auto logits = session->feed(ids[i]);
      if (i >= 3) QCOMPARE(likeliest(logits), ids[i + 1]);
      if (i != 3) continue;
      for (std::size_t k = 0; k < logits.size(); ++k) {
        QVERIFY(std::abs(static_cast<double>(logits[k]) - golden.at("logits")[k].get<double>()) < 1e-4);
      }
    }
    const auto prompt = golden.at("prompt").get<std::string>();
    QCOMPARE((*model)->tokenizer()->encode(prompt).ids,
             (std::vector<TokenId>{ids.begin() + 1, ids.begin() + 4}));
    const auto again = loadSequenceModel((*model)->save());
    QVERIFY2(again.has_value(), again ? "" : again.error().message().c_str());
    QCOMPARE(speak(**again, {prompt, 20, {.greedy = true}}).text,
             speak(**model, {prompt, 20, {.greedy = true}}).text);
  }

  void refusesWhatDoesNotFit() {
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("model.safetensors").toStdString();
    const TensorSet good = *readSafetensors(kFolder / "model.safetensors");
    const auto refused = [&](const TensorSet& set) {
      if (!writeSafetensors(set, path)) return false;
      std::filesystem::copy_file(kFolder / "config.json", path.parent_path() / "config.json",
                                 std::filesystem::copy_options::overwrite_existing);
      const auto model = readGpt2(path, kFolder);
      return !model && !model.error().advice.empty();
    };
    QVERIFY(looksLikeGpt2(good) && !looksLikeGpt2({}));
    QVERIFY(!refused(good));
    for (const auto& [name, tensor] : good.tensors) {
      TensorSet set = good;
      set.tensors.erase(name);
      QVERIFY2(refused(set), name.c_str());
      set = good;
      set.tensors[name].shape.push_back(1);
      QVERIFY2(refused(set), name.c_str());
      set = good;
      set.tensors[name].type = TensorType::U16;
      QVERIFY2(refused(set), name.c_str());
    }
    QVERIFY(!readGpt2(kFolder / "model.safetensors", path.parent_path()).has_value());  // no tokens there
    QVERIFY(!readByteTokenizer("[]", "").has_value());
    QVERIFY(!readByteTokenizer("{\"a\": 0}", "").has_value());
  }

  void cutsAsGpt2Does() {
    const auto folder = std::filesystem::path(LEXARIUM_SHARED_DATA) / "models" / "gpt2-bpe";
    if (!std::filesystem::exists(folder)) QSKIP("no ../shared/data");
    const auto tokenizer = readByteTokenizer(*readFile(folder / "encoder.json", 1 << 24),
                                             *readFile(folder / "vocab.bpe", 1 << 24));
    QVERIFY2(tokenizer.has_value(), tokenizer ? "" : tokenizer.error().message().c_str());
    QCOMPARE((*tokenizer)->size(), std::size_t{50257});
    using Ids = std::vector<TokenId>;
    QCOMPARE((*tokenizer)->encode("Hello world").ids, (Ids{15496, 995}));
    QCOMPARE((*tokenizer)->encode("Hello, I'm a language model,").ids,
             (Ids{15496, 11, 314, 1101, 257, 3303, 2746, 11}));
    for (const char* text :
         {"  two  spaces \n\n and\tmore", "\u4E2D\u6587 \U0001F600 caf\u00E9", "\xFF ill-formed", ""}) {
      const TokenizedText tokens = (*tokenizer)->encode(text);
      QCOMPARE((*tokenizer)->decode(tokens.ids), std::string(text));
    }
  }
};

QTEST_GUILESS_MAIN(Gpt2Test)
#include "gpt2_test.moc"
