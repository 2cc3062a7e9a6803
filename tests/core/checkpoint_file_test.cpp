// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints as tensors and as files: nothing is lost, and nothing strange comes in.
#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <fstream>

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/train/checkpoint_file.h"
#include "tests/support/checkpoints.h"
#include "tests/support/damage.h"

using namespace lexarium;

namespace {

constexpr const char* kMetadata = "lexarium.checkpoint";

}  // namespace

class CheckpointFileTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void becomesTensorsAndBack();
  void refusesStrangeMetadata();
  void fileKeepsTheLogToo();
  void fileRefusesStrangeLogs();
  void damagedFilesAreRefusedOrHarmless();
};

void CheckpointFileTest::becomesTensorsAndBack() {
  const Checkpoint before = someCheckpoint();
  const auto after = throughBytes(before);
  QCOMPARE(after->config.modelId, before.config.modelId);
  QVERIFY(after->config.params == before.config.params);
  QVERIFY(after->config.execution.mode == before.config.execution.mode);
  QCOMPARE(after->config.execution.threads, before.config.execution.threads);
  QCOMPARE(after->config.execution.seed, before.config.execution.seed);
  QCOMPARE(after->step, before.step);
  // Bit for bit.
  QVERIFY(after->epoch == before.epoch && after->seconds == before.seconds && after->loss == before.loss &&
          after->learningRate == before.learningRate);
  QVERIFY(after->live == before.live);
  QVERIFY(after->lossWatch.state() == before.lossWatch.state());
  QCOMPARE(after->lossWatch.state().inARow, std::int64_t{1});
  QVERIFY(after->learner == before.learner);
}

void CheckpointFileTest::refusesStrangeMetadata() {
  const TensorSet good = toTensors(someCheckpoint());
  QVERIFY(checkpointFrom(good).has_value());
  const auto refused = [](TensorSet tensors) {
    const auto checkpoint = checkpointFrom(std::move(tensors));
    return !checkpoint && !checkpoint.error().advice.empty() &&
           checkpoint.error().message().find('\n') == std::string::npos;
  };
  QVERIFY(refused({}));
  const std::string json = good.metadata.at(kMetadata);
  const auto with = [&](std::string text) {
    TensorSet tensors = good;
    tensors.metadata[kMetadata] = std::move(text);
    return tensors;
  };
  for (std::size_t length = 0; length + 2 < json.size(); length += 7) {
    QVERIFY(refused(with(json.substr(0, length))));
  }
  const std::pair<QString, QString> changes[] = {{"\"version\": 1", "\"version\": 2"},
                                                 {"\"version\": 1", "\"version\": \"1\""},
                                                 {"\"step\": 12345678901", "\"step\": -1"},
                                                 {"\"step\": 12345678901", "\"step\": 1e999"},
                                                 {"\"seconds\": 17.25", "\"seconds\": -1"},
                                                 {"\"seconds\": 17.25", "\"seconds\": null"},
                                                 {"\"reports\": 3", "\"reports\": 1000"},
                                                 {"\"in_a_row\": 1", "\"in_a_row\": 100"},
                                                 {"\"threads\": 2", "\"threads\": 0"},
                                                 {"\"threads\": 2", "\"threads\": 1000000"},
                                                 {"\"mode\": \"reproducible\"", "\"mode\": \"hasty\""}};
  for (const auto& [from, to] : changes) {
    const QString text = QString::fromStdString(json).replace(from, to);
    QVERIFY2(text != QString::fromStdString(json), qPrintable(from));
    QVERIFY2(refused(with(text.toStdString())), qPrintable(to));
  }
  // No flip of a bit is a crash.
  Rng rng(11);
  for (int i = 0; i < test::rounds(2000); ++i) {
    std::string text = json;
    text[rng.below(static_cast<std::uint32_t>(text.size()))] ^= static_cast<char>(1 << rng.below(8));
    (void)checkpointFrom(with(text));
  }
}

void CheckpointFileTest::fileKeepsTheLogToo() {
  const QTemporaryDir folder;
  const std::filesystem::path path = folder.filePath("a.checkpoint").toStdString();
  CheckpointFile before{someCheckpoint(), SegmentOptions{.lowerCase = false, .keepPunctuation = true}, {}};
  before.before.points = {{1, 0.1, 0.2, 3.5, 0.025, 1e6}, {2, 0.2, 0.4, 1.0 / 3, 0.024, 2e6}};
  before.before.points[1].validationLoss = 1.25;
  before.before.flags = {{2, "Learning rate 0.025 to 0.024"}, {2, "\"\xe4\xb8\x96\xe7\x95\x8c\""}};
  QVERIFY(writeCheckpointFile(path, before).has_value());
  const auto after = readCheckpointFile(path);
  QVERIFY2(after.has_value(), after ? "" : after.error().message().c_str());
  QVERIFY(after->segmentation == before.segmentation);
  QVERIFY(after->checkpoint.learner == before.checkpoint.learner);
  QCOMPARE(after->checkpoint.step, before.checkpoint.step);
  QVERIFY(sameLosses(after->before, before.before));
  QCOMPARE(after->before.points[1].tokensPerSecond, 2e6);
  QCOMPARE(after->before.points[1].validationLoss, 1.25);
  QVERIFY(!after->before.points[0].hasValidation() && !after->before.points[1].hasGradientNorm());
  QCOMPARE(after->before.flags.size(), std::size_t{2});
  QCOMPARE(after->before.flags[1].text, before.before.flags[1].text);

  const auto missing = readCheckpointFile(path.string() + "x");
  QVERIFY(!missing && missing.error().message().find("a.checkpointx") != std::string::npos);
}

void CheckpointFileTest::fileRefusesStrangeLogs() {
  const QTemporaryDir folder;
  const std::filesystem::path path = folder.filePath("a.checkpoint").toStdString();
  QVERIFY(writeCheckpointFile(path, {someCheckpoint(), SegmentOptions{}, {{{1, 0, 0, 1, 1, 1}}, {}}})
              .has_value());
  const TensorSet good = *readSafetensors(path);
  const auto refused = [&](const TensorSet& set) {
    if (!writeSafetensors(set, path)) return false;
    const auto file = readCheckpointFile(path);
    return !file && file.error().message().find("a.checkpoint") != std::string::npos;
  };
  QVERIFY(!refused(good));
  TensorSet set = good;
  // Before there were language models, points had six numbers.
  set.tensors["log.points"] = makeTensor<double>(std::vector<double>{1, 0.5, 2, 3, 4, 5}, {1, 6});
  QVERIFY(!refused(set));
  const auto old = readCheckpointFile(path);
  QVERIFY(old->before.points[0].tokensPerSecond == 5 && !old->before.points[0].hasValidation());
  set = good;
  double step = -1;
  std::memcpy(set.tensors["log.points"].bytes.data(), &step, sizeof step);
  QVERIFY(refused(set));
  set = good;
  set.tensors["log.points"].shape = {12, 1};
  QVERIFY(refused(set));
  set = good;
  set.tensors["log.points"] = makeTensor<float>(std::vector<float>(8), {1, 8});
  QVERIFY(refused(set));
  for (const char* flags : {"", "{}x", "[1]", "[{\"step\": 1}]", "[{\"step\": -1, \"text\": \"a\"}]"}) {
    set = good;
    set.metadata["lexarium.flags"] = flags;
    QVERIFY2(refused(set), flags);
  }
  for (const char* segmentation : {"", "[]", "{\"lower_case\": 7}", "{\"colour\": true}"}) {
    set = good;
    set.metadata["lexarium.segmentation"] = segmentation;
    QVERIFY2(refused(set), segmentation);
  }
}

void CheckpointFileTest::damagedFilesAreRefusedOrHarmless() {
  const QTemporaryDir folder;
  const std::filesystem::path path = folder.filePath("a.checkpoint").toStdString();
  CheckpointFile file{someCheckpoint(), SegmentOptions{}, {}};
  file.before.points = {{1, 0.1, 0.2, 3.5, 0.025, 1e6}, {2, 0.2, 0.4, 1.0 / 3, 0.024, 2e6}};
  file.before.flags = {{2, "Learning rate 0.025 to 0.024"}};
  QVERIFY(writeCheckpointFile(path, file).has_value());
  const std::string whole = *readFile(path, 1 << 24);
  const auto isHarmless = [&](const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
    const auto read = readCheckpointFile(path);
    if (!read) return !read.error().what.empty();
    for (const auto& [name, tensor] : read->checkpoint.learner.tensors)
      if (!tensor.isWhole()) return false;
    return validate(findModel(read->checkpoint.config.modelId)->params, read->checkpoint.config.params)
        .has_value();
  };
  QVERIFY(isHarmless(whole) && readCheckpointFile(path));
  test::cutEverywhere(whole, [&](const std::string& bytes, const QByteArray& what) {
    QVERIFY2(isHarmless(bytes), what);
    QVERIFY2(!readCheckpointFile(path), what);
  });
  test::flipEverywhere(whole, 2000, [&](const std::string& bytes, const QByteArray& what) {
    QVERIFY2(isHarmless(bytes), what);
  });
}

QTEST_GUILESS_MAIN(CheckpointFileTest)
#include "checkpoint_file_test.moc"
