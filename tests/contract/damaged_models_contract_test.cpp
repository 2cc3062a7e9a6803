// SPDX-License-Identifier: GPL-3.0-or-later
// Files of models that were cut or changed: refused with a sentence, or models that can be used. Never a
// crash, and never half a model.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/model_file.h"
#include "core/models/trained_model.h"
#include "tests/support/damage.h"
#include "tests/support/llama_file.h"
#include "tests/support/small_models.h"

using namespace lexarium;
namespace fs = std::filesystem;

namespace {

using Model = test::Model;

const fs::path kGpt2 = LEXARIUM_SOURCE_DIR "/tests/golden/gpt2";

Model modelOf(const std::string& name) {
  if (name == "pairs") return test::smallTaskModel<PairLearner>(test::smallPairs(), "reversed");
  if (name == "labels") return test::smallTaskModel<ClassifierLearner>(test::smallLabels(), "reviews");
  if (name == "stories") return test::smallTaskModel<StoryLearner>(test::smallStories(), "stories");
  return test::smallLanguageModel(name);
}

/// Its numbers may have changed, but it is whole: it reads, and says something.
void use(const TrainedModel& model) {
  (void)model.look({"w1 w2 where", {}, {"Mary went to the garden .", "w3"}});
  if (const auto* language = dynamic_cast<const SequenceModel*>(&model))
    (void)speak(*language, {"w1", 3, {}});
}

void put(const fs::path& path, const std::string& bytes) {
  fs::remove(path);
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

class DamagedModelsContractTest : public QObject {
  Q_OBJECT

 private:
  using Read = std::function<Expected<Model>(const std::string& bytes)>;

  void judge(const std::string& whole, int flips, const Read& read) {
    const auto sound = read(whole);
    QVERIFY2(sound.has_value(), sound ? "" : sound.error().message().c_str());
    use(**sound);
    test::cutEverywhere(whole, [&](const std::string& bytes, const QByteArray& what) {
      // Without its last line end a text is whole.
      if (bytes + '\n' == whole) return;
      const auto model = read(bytes);
      QVERIFY2(!model && model.error().message().size() > 10, what);
    });
    test::flipEverywhere(whole, flips, [&](const std::string& bytes, const QByteArray& what) {
      const auto model = read(bytes);
      if (model)
        use(**model);
      else
        QVERIFY2(model.error().message().size() > 10, what);
    });
  }

  Expected<Model> readWith(const char* name, const std::string& bytes, const char* modelName) {
    const fs::path folder = pathFromUtf8(folder_.path().toStdString());
    put(folder / name, bytes);
    auto model = readLanguageModelFile(folder / modelName);
    if (!model) return tl::unexpected<Error>(model.error());
    return Model(std::move(*model));
  }

  QTemporaryDir folder_;

 private Q_SLOTS:
  void init() { folder_ = QTemporaryDir(); }

  void trained_data() {
    QTest::addColumn<QString>("name");
    for (const ModelInfo& info : models())
      if (info.kind == ModelInfo::Kind::Sequence)
        QTest::newRow(info.id.c_str()) << QString::fromStdString(info.id);
    for (const char* name : {"pairs", "labels", "stories"}) QTest::newRow(name) << QString(name);
  }
  void trained() {
    QFETCH(QString, name);
    const Model model = modelOf(name.toStdString());
    QVERIFY(model != nullptr);
    const auto bytes = *safetensorsBytes(model->save());
    judge({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, 150,
          [](const std::string& file) -> Expected<Model> {
            const auto set = readSafetensors(std::as_bytes(std::span(file)), "model");
            if (!set) return tl::unexpected<Error>(set.error());
            return loadTrainedModel(*set);
          });
  }

  void llama2c() {
    put(fs::path(folder_.path().toStdString()) / "tokenizer.bin", llamaTokens(kLlamaTokens));
    judge(llamaFile(), 150,
          [&](const std::string& bytes) { return readWith("model.bin", bytes, "model.bin"); });
  }
  void tokensOfLlama2c() {
    put(fs::path(folder_.path().toStdString()) / "model.bin", llamaFile());
    judge(llamaTokens(kLlamaTokens), 150,
          [&](const std::string& bytes) { return readWith("tokenizer.bin", bytes, "model.bin"); });
  }

  void gpt2_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"model.safetensors", "encoder.json", "vocab.bpe"}) QTest::newRow(name) << name;
  }
  void gpt2() {
    QFETCH(QString, name);
    const fs::path folder = pathFromUtf8(folder_.path().toStdString());
    for (const char* file : {"model.safetensors", "config.json", "encoder.json", "vocab.bpe"})
      put(folder / file, *readFile(kGpt2 / file, 1 << 20));
    const std::string file = name.toStdString();
    judge(*readFile(kGpt2 / file, 1 << 20), 150,
          [&](const std::string& bytes) { return readWith(file.c_str(), bytes, "model.safetensors"); });
  }
};

QTEST_GUILESS_MAIN(DamagedModelsContractTest)
#include "damaged_models_contract_test.moc"
