// SPDX-License-Identifier: GPL-3.0-or-later
// What every format of word vectors must do: come back as it went, say what is broken, leave nothing half
// done.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <limits>

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/formats/vector_formats.h"
#include "tests/support/damage.h"

using namespace lexarium;
namespace fs = std::filesystem;

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
  for (Eigen::Index i = 0; i < vectors.size(); ++i)
    vectors.data()[i] = static_cast<Real>(static_cast<float>(rng.normal()));
  return vectors;
}

/// Neither the atomic writer nor a truncated file: both wait for the disk.
void put(const fs::path& path, std::string_view content) {
  fs::remove(path);
  std::ofstream(path, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
}

std::string mutated(Rng& rng, std::string content) {
  const auto below = [&](std::size_t bound) { return rng.below(static_cast<std::uint32_t>(bound)); };
  for (std::uint32_t change = 1 + below(4); change > 0 && !content.empty(); --change) {
    const std::size_t place = below(content.size());
    switch (below(5)) {
      case 0:
        content[place] = static_cast<char>(content[place] ^ (1 << below(8)));
        break;
      case 1:
        content[place] = static_cast<char>(below(256));
        break;
      case 2:
        content.erase(place, 1 + below(8));
        break;
      case 3:
        content.resize(place);
        break;
      default:
        content.insert(place, 1 + below(3), "0 9\n-e. \r\t"[below(10)]);
        break;
    }
  }
  return content;
}

}  // namespace

class VectorFormatsContractTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void registryIsWhole();
  void roundTrip_data() { formats(); }
  void roundTrip();
  void largeTablesComeBack_data() { formats(); }
  void largeTablesComeBack();
  void truncationsAndMutationsNeverCrash_data() { formats(); }
  void truncationsAndMutationsNeverCrash();
  void cutFilesAreRefusedOrSmaller_data() { formats(); }
  void cutFilesAreRefusedOrSmaller();
  void notFiniteIsNotWritten_data() { formats(); }
  void notFiniteIsNotWritten();
  void cancelledWorkLeavesNothing_data() { formats(); }
  void cancelledWorkLeavesNothing();
  void writingReplacesTheWhole_data() { formats(); }
  void writingReplacesTheWhole();

 private:
  void formats() const {
    QTest::addColumn<QString>("id");
    for (const VectorFormat& format : vectorFormats())
      QTest::newRow(format.id.c_str()) << QString::fromStdString(format.id);
  }
  static const VectorFormat& fetched() {
    QFETCH(QString, id);
    return *findVectorFormat(id.toStdString());
  }
  fs::path place(const VectorFormat& format) const {
    return fs::path(folder_->path().toStdString()) / ("some" + format.extensions.front());
  }
  std::ptrdiff_t filesThere() const {
    return std::distance(fs::directory_iterator(folder_->path().toStdString()), fs::directory_iterator{});
  }

  std::unique_ptr<QTemporaryDir> folder_;
};

void VectorFormatsContractTest::registryIsWhole() {
  QVERIFY(vectorFormats().size() >= 4);
  for (const VectorFormat& format : vectorFormats()) {
    QVERIFY(findVectorFormat(format.id) == &format);
    QVERIFY(!format.title.empty() && format.sniff && format.read && format.write && format.files);
    for (const std::string& extension : format.extensions) {
      QVERIFY(extension.starts_with('.'));
      QCOMPARE(vectorFormatFor("some" + extension).id, format.id);
    }
  }
  QVERIFY(vectorFormats().back().sniff("anything", "anything"));
  QCOMPARE(vectorFormatFor("VECTORS.BIN").id, std::string("binary"));
  QCOMPARE(vectorFormatFor("no extension").id, std::string("text"));
  QVERIFY(!findVectorFormat("none"));
}

void VectorFormatsContractTest::roundTrip() {
  const VectorFormat& format = fetched();
  const Matrix vectors = someVectors(7, 5);
  const auto written = format.write(place(format), vocabularyWith(kWords), vectors, {});
  QVERIFY2(written, written ? "" : written.error().message().c_str());
  const auto files = format.files(place(format));
  QCOMPARE(filesThere(), static_cast<std::ptrdiff_t>(files.size()));
  for (const fs::path& file : files) {
    const auto read = readVectors(file);  // whichever of them is opened
    QVERIFY2(read, read ? "" : read.error().message().c_str());
    QVERIFY(read->words == kWords);
    QVERIFY(read->vectors == vectors);
  }
}

void VectorFormatsContractTest::largeTablesComeBack() {
  const VectorFormat& format = fetched();
  std::vector<std::string> words;
  for (int i = 0; i < 20'000; ++i) words.push_back("word" + std::to_string(i));
  const Matrix vectors = someVectors(40, 20'000);
  QVERIFY(format.write(place(format), vocabularyWith(words), vectors, {}));
  std::size_t reports = 0;
  TaskContext context;
  context.progress = [&](double fraction, const std::string&) {
    if (fraction >= 0 && fraction <= 1) ++reports;
  };
  const auto read = readVectors(place(format), context);
  QVERIFY2(read, read ? "" : read.error().message().c_str());
  QVERIFY(read->words == words && read->vectors == vectors);
  QVERIFY(reports > 10);
}

void VectorFormatsContractTest::truncationsAndMutationsNeverCrash() {
  const VectorFormat& format = fetched();
  QVERIFY(format.write(place(format), vocabularyWith(kWords), someVectors(6, 5), {}));
  Rng rng(99);
  for (const fs::path& file : format.files(place(format))) {
    const std::string whole = *readFile(file, 100'000);
    std::size_t refused = 0;
    const std::size_t rounds = whole.size() + static_cast<std::size_t>(test::rounds(2'500));
    for (std::size_t round = 0; round < rounds; ++round) {
      put(file, round < whole.size() ? whole.substr(0, round) : mutated(rng, whole));
      const auto read = readVectors(place(format));
      if (!read) {
        ++refused;
        QVERIFY(read.error().message().size() > 10);
        continue;
      }
      // What is accepted holds together.
      QCOMPARE(static_cast<std::size_t>(read->vectors.cols()), read->words.size());
      QVERIFY(read->vectors.allFinite());
      for (const std::string& word : read->words) QVERIFY(!word.empty());
    }
    QVERIFY2(refused > rounds / 8, std::to_string(refused).c_str());
    put(file, whole);
  }
}

/// What is left of a file is refused, or a smaller file: only its very last number may have been cut.
void VectorFormatsContractTest::cutFilesAreRefusedOrSmaller() {
  const VectorFormat& format = fetched();
  std::vector<std::string> words;
  for (int i = 0; i < 250; ++i) words.push_back("word" + std::to_string(i));
  const Matrix vectors = someVectors(5, 250);
  QVERIFY(format.write(place(format), vocabularyWith(words), vectors, {}));
  for (const fs::path& file : format.files(place(format))) {
    const std::string whole = *readFile(file, 1 << 20);
    test::cutEverywhere(whole, [&](const std::string& bytes, const QByteArray& what) {
      put(file, bytes);
      const auto read = readVectors(place(format));
      if (!read) {
        QVERIFY2(read.error().message().size() > 10, what);
        return;
      }
      const auto count = static_cast<std::size_t>(read->vectors.cols());
      QVERIFY2(count == read->words.size() && count > 0 && count <= words.size(), what);
      for (std::size_t i = 0; i + 1 < count; ++i) {
        const auto column = static_cast<Eigen::Index>(i);
        QVERIFY2(read->words[i] == words[i] && read->vectors.col(column) == vectors.col(column), what);
      }
    });
    test::flipEverywhere(whole, 500, [&](const std::string& bytes, const QByteArray& what) {
      put(file, bytes);
      const auto read = readVectors(place(format));
      QVERIFY2(read ? read->vectors.allFinite() : read.error().message().size() > 10, what);
    });
    put(file, whole);
    if (QTest::currentTestFailed()) return;
  }
}

void VectorFormatsContractTest::notFiniteIsNotWritten() {
  const VectorFormat& format = fetched();
  Matrix vectors = someVectors(3, 5);
  vectors(1, 3) = std::numeric_limits<Real>::quiet_NaN();
  const auto written = format.write(place(format), vocabularyWith(kWords), vectors, {});
  QVERIFY(!written);
  QVERIFY(written.error().message().find("naïve") != std::string::npos);
  QCOMPARE(filesThere(), std::ptrdiff_t{0});
}

void VectorFormatsContractTest::cancelledWorkLeavesNothing() {
  const VectorFormat& format = fetched();
  std::stop_source stop;
  TaskContext context;
  context.stop = stop.get_token();
  QVERIFY(format.write(place(format), vocabularyWith(kWords), someVectors(3, 5), {}));
  const auto before = filesThere();
  stop.request_stop();
  const auto read = readVectors(place(format), context);
  if (!read) QVERIFY(read.error().kind == Error::Kind::Cancelled);  // five rows may be read before the look
  const auto written = format.write(place(format), vocabularyWith(kWords), someVectors(4, 5), context);
  QVERIFY(!written && written.error().kind == Error::Kind::Cancelled);
  QCOMPARE(filesThere(), before);
  QCOMPARE(readVectors(place(format))->vectors.rows(), Eigen::Index{3});
}

void VectorFormatsContractTest::writingReplacesTheWhole() {
  const VectorFormat& format = fetched();
  QVERIFY(format.write(place(format), vocabularyWith(kWords), someVectors(9, 5), {}));
  QVERIFY(format.write(place(format), vocabularyWith({"one"}), someVectors(2, 1), {}));
  const auto read = readVectors(place(format));
  QVERIFY(read);
  QVERIFY(read->words == std::vector<std::string>{"one"});
  QVERIFY(!format.write(place(format) / "no" / "folder", vocabularyWith({"one"}), someVectors(2, 1), {}));
}

QTEST_GUILESS_MAIN(VectorFormatsContractTest)
#include "vector_formats_contract_test.moc"
