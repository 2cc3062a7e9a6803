// SPDX-License-Identifier: GPL-3.0-or-later
// Language models of files: told from texts by their content, with the tokenizer found beside them, and as a
// run that is over.
#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <filesystem>

#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/learner.h"
#include "core/models/model_file.h"
#include "core/train/file_model.h"
#include "tests/support/llama_file.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;
namespace fs = std::filesystem;

namespace {

const fs::path kGolden = LEXARIUM_SOURCE_DIR "/tests/golden/gpt2";

bool isOneSentence(const Error& error) {
  return !error.what.empty() && !error.advice.empty() && error.message().find('\n') == std::string::npos;
}

/// UTF-16.
std::string wideText() {
  std::string bytes = "\xFF\xFE";
  for (const char c : std::string("a text of words that is long enough for a header")) bytes += {c, '\0'};
  return bytes;
}

}  // namespace

class ModelFileTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aCheckpointFindsItsTokens();
  void aCheckpointWithoutTokensSaysWhatIsMissing();
  void gpt2FindsItsTokens();
  void whatTrainWritesIsOne();
  void othersAreNone();
  void brokenOnesSayWhy();
  void aloneItHasItsTokensAsWords();
  void besideATextItIsOneMoreRun();

 private:
  fs::path at(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }
  fs::path put(const char* name, std::string_view content) const {
    if (!writeFileAtomically(at(name), content)) qFatal("cannot write");
    return at(name);
  }
  void empty() { folder_ = QTemporaryDir(); }
  QTemporaryDir folder_;
};

void ModelFileTest::aCheckpointFindsItsTokens() {
  empty();
  const fs::path model = put("small.bin", llamaFile());
  QVERIFY(looksLikeLanguageModel(model));
  put("tokens.bin", "no tokenizer at all");
  put("tok300.bin", llamaTokens(300));  // another model's
  put("tokx.bin", llamaTokens(kLlamaTokens));
  const auto read = readLanguageModelFile(model);
  QVERIFY2(read.has_value(), read ? "" : read.error().message().c_str());
  QCOMPARE((*read)->tokenizer()->size(), std::size_t{kLlamaTokens});
  QCOMPARE((*read)->facts().layers, std::size_t{2});
  QCOMPARE((*read)->facts().heads, std::size_t{2});
  QVERIFY((*read)->trace("ab").find("attention", 1, 1) != nullptr);
  const auto given = readLanguageModelFile(model, at("tokx.bin"));
  QVERIFY(given.has_value() && (*given)->save() == (*read)->save());
}

void ModelFileTest::aCheckpointWithoutTokensSaysWhatIsMissing() {
  empty();
  const fs::path model = put("small.bin", llamaFile());
  put("tokenizer.bin", llamaTokens(300));
  const auto read = readLanguageModelFile(model);
  QVERIFY(!read && isOneSentence(read.error()));
  QVERIFY(read.error().what.find("tokenizer.bin") != std::string::npos);
}

void ModelFileTest::gpt2FindsItsTokens() {
  QVERIFY(looksLikeLanguageModel(kGolden / "model.safetensors"));
  const auto read = readLanguageModelFile(kGolden / "model.safetensors");
  QVERIFY2(read.has_value(), read ? "" : read.error().message().c_str());
  QCOMPARE((*read)->facts().modelId, std::string("transformer"));
  empty();
  fs::copy_file(kGolden / "model.safetensors", at("alone.safetensors"));
  const auto alone = readLanguageModelFile(at("alone.safetensors"));
  QVERIFY(!alone && isOneSentence(alone.error()));
  QVERIFY(alone.error().message().find("encoder.json") != std::string::npos);
}

void ModelFileTest::whatTrainWritesIsOne() {
  empty();
  for (const ModelInfo& info : models()) {
    if (info.kind != ModelInfo::Kind::Sequence) continue;
    const auto learner = info.create(circleCorpus(20, 400), ParamSet::defaultsOf(info.params), {});
    QVERIFY(learner->prepare({}).has_value());
    QVERIFY(writeSafetensors(learner->saveState(), at("run.safetensors")).has_value());
    QVERIFY2(looksLikeLanguageModel(at("run.safetensors")), info.id.c_str());
    const auto read = readLanguageModelFile(at("run.safetensors"));
    QVERIFY2(read.has_value(), info.id.c_str());
    QVERIFY((*read)->save() == learner->copyModel()->save());
  }
}

void ModelFileTest::othersAreNone() {
  empty();
  TensorSet vectors;
  vectors.tensors["vectors"] = makeTensor<float>(std::vector<float>{1, 2}, {2});
  QVERIFY(writeSafetensors(vectors, at("vectors.safetensors")).has_value());
  QVERIFY(!looksLikeLanguageModel(at("vectors.safetensors")));
  for (const std::string& content :
       {std::string(), std::string("Once upon a time there was a text of words."), std::string(200, '\0'),
        std::string("3 2\nzebra 1 2\nant 3 4\ncat 5 6\n"), wideText(), std::string("{\"a\": 1}"),
        std::string("\x10\0\0\0\0\0\0\0{ no header here", 24)}) {
    QVERIFY2(!looksLikeLanguageModel(put("other", content)), content.c_str());
  }
  QVERIFY(!looksLikeLanguageModel(at("not there")));
  QVERIFY(!looksLikeLanguageModel(fs::path(folder_.path().toStdString())));
}

void ModelFileTest::brokenOnesSayWhy() {
  empty();
  put("tokenizer.bin", llamaTokens(kLlamaTokens));
  const std::string whole = llamaFile();
  for (const std::size_t size : {std::size_t{28}, std::size_t{100}, whole.size() / 2, whole.size() - 4}) {
    const fs::path path = put("small.bin", std::string_view(whole).substr(0, size));
    QVERIFY(looksLikeLanguageModel(path));
    const auto read = readLanguageModelFile(path);
    QVERIFY2(!read && isOneSentence(read.error()), qPrintable(QString::number(size)));
  }
  std::string nan = whole;
  std::memset(nan.data() + 40, 0xFF, 4);
  const auto read = readLanguageModelFile(put("small.bin", nan));
  QVERIFY(!read && isOneSentence(read.error()));
  // A saved model that lacks a part.
  const ModelInfo& lstm = *findModel("lstm");
  const auto learner = lstm.create(circleCorpus(20, 400), ParamSet::defaultsOf(lstm.params), {});
  QVERIFY(learner->prepare({}).has_value());
  TensorSet set = learner->copyModel()->save();
  set.tensors.erase(set.tensors.begin());
  QVERIFY(writeSafetensors(set, at("part.safetensors")).has_value());
  const auto part = readLanguageModelFile(at("part.safetensors"));
  QVERIFY(!part && isOneSentence(part.error()));
}

void ModelFileTest::aloneItHasItsTokensAsWords() {
  empty();
  put("tokenizer.bin", llamaTokens(kLlamaTokens));
  const auto loaded = loadFileModel(put("small.bin", llamaFile()));
  QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message().c_str());
  QVERIFY(!loaded->corpus->hasText());
  const auto snapshot = loaded->run->snapshot();
  QVERIFY(snapshot && snapshot->languageModel() && snapshot->all);
  QCOMPARE(loaded->run->status().state, RunStatus::State::Finished);
  QCOMPARE(loaded->run->config().modelId, std::string(kFileModelId));
  QCOMPARE(snapshot->all->vectors.cols(), static_cast<Eigen::Index>(loaded->corpus->vocabulary().size()));
  QCOMPARE(snapshot->all->vectors.rows(), Eigen::Index{kLlamaUnits});
  // The vector of a word is that of its token.
  const auto& tokens = *snapshot->languageModel()->tokenizer();
  const TokenId token = tokens.encode("b").ids.back();
  const auto word = loaded->corpus->vocabulary().find(tokens.label(token));
  QVERIFY(word.has_value());
  QCOMPARE(snapshot->all->vectors(0, static_cast<Eigen::Index>(*word)),
           Real(llamaNumber(token * kLlamaUnits)));
}

void ModelFileTest::besideATextItIsOneMoreRun() {
  empty();
  put("tokenizer.bin", llamaTokens(kLlamaTokens));
  const auto corpus = circleCorpus(20, 400);
  const auto loaded = loadFileModel(put("small.bin", llamaFile()), corpus);
  QVERIFY(loaded.has_value());
  QCOMPARE(loaded->corpus, corpus);
  QVERIFY(loaded->run->snapshot()->languageModel() && !loaded->run->snapshot()->all);
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = loadFileModel(at("small.bin"), corpus, {{}, stop.get_token()});
  QVERIFY(!stopped && stopped.error().kind == Error::Kind::Cancelled);
}

QTEST_GUILESS_MAIN(ModelFileTest)
#include "model_file_test.moc"
