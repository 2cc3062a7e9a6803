// SPDX-License-Identifier: GPL-3.0-or-later
// core/base: parameters, files, threads, random numbers.
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <cmath>
#include <stdexcept>

#include "core/base/file.h"
#include "core/base/param_spec.h"
#include "core/base/rng.h"
#include "core/base/thread_pool.h"

#ifdef __linux__
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#endif

using namespace lexarium;
namespace fs = std::filesystem;

class BaseTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void parsesAndFormatsParameters();
  void refusesValuesOutOfRange();
  void enablesByAnotherParameter();
  void formattedNumbersReadBackTheSame();
  void rngIsTheSameEverywhere();
  void rngIsUniform();
  void poolRunsEachShardOnce();
  void poolRethrows();
  void atomicFileReplacesOrLeaves();
  void atomicFileKeepsLinksAndPermissions();
  void atomicFileNeverReplacesDevices();
  void readerRefusesWhatIsNoFile();
  void fullDiskLeavesTheOldFile();
  void errorReadsAsOneSentence();
};

namespace {

ParamSpec rate() { return numberParam("learning_rate", "Learning rate", "", "Step size", 0.025, 1e-6, 1.0); }

std::ptrdiff_t filesIn(const fs::path& folder) {
  return std::distance(fs::directory_iterator(folder), fs::directory_iterator{});
}

}  // namespace

void BaseTest::parsesAndFormatsParameters() {
  QCOMPARE(rate().flag(), std::string("--learning-rate"));
  QCOMPARE(std::get<double>(*parseParam(rate(), "0.5")), 0.5);
  const auto flag = booleanParam("lower", "Lower case", "", true);
  QCOMPARE(std::get<bool>(*parseParam(flag, "no")), false);
  QVERIFY(!parseParam(flag, "perhaps"));
  const auto choice = choiceParam("mode", "Mode", "", "a", {{"a", "A"}, {"b", "B"}});
  QCOMPARE(std::get<std::string>(*parseParam(choice, "b")), std::string("b"));
  QVERIFY(!parseParam(choice, "c"));
  const ParamSpec specs[] = {rate(), flag, choice};
  ParamSet set = ParamSet::defaultsOf(specs);
  QVERIFY(validate(specs, set).has_value());
  set.set("unknown", true);
  QVERIFY(!validate(specs, set));
}

void BaseTest::refusesValuesOutOfRange() {
  for (const char* text : {"", "x", "0.5x", "nan", "inf", "-1", "2", "0,5", "1e999"}) {
    const auto value = parseParam(rate(), text);
    QVERIFY2(!value, text);
    QVERIFY(value.error().message().find("--learning-rate") != std::string::npos);
  }
  const auto whole = integerParam("n", "N", "", "", 5, 1, 10);
  for (const char* text : {"5.5", "0", "11", "99999999999999999999"})
    QVERIFY2(!parseParam(whole, text), text);
}

void BaseTest::enablesByAnotherParameter() {
  auto negatives = integerParam("negatives", "Negatives", "", "", 5, 1, 20);
  negatives.enabledBy = "objective=ns";
  ParamSet set;
  set.set("objective", std::string("ns"));
  QVERIFY(isEnabled(negatives, set));
  set.set("objective", std::string("hs"));
  QVERIFY(!isEnabled(negatives, set));
}

void BaseTest::formattedNumbersReadBackTheSame() {
  const auto spec = numberParam("x", "X", "", "", 0, -1e300, 1e300);
  Rng rng(7);
  for (int i = 0; i < 1000; ++i) {
    const double value = rng.normal() * std::pow(10.0, static_cast<int>(rng.below(40)) - 20);
    QCOMPARE(std::get<double>(*parseParam(spec, formatParam(value))), value);
  }
}

void BaseTest::rngIsTheSameEverywhere() {
  // First values of xoshiro256** seeded by SplitMix64(1), from a direct transcription of the papers in
  // Python.
  Rng rng(1);
  QCOMPARE(rng.next(), std::uint64_t{0xB3F2AF6D0FC710C5u});
  QCOMPARE(rng.next(), std::uint64_t{0x853B559647364CEAu});
  QVERIFY(Rng::forStream(1, 2).next() != Rng::forStream(1, 3).next());
}

void BaseTest::rngIsUniform() {
  Rng rng(3);
  constexpr int kBuckets = 16;
  constexpr int kDraws = 160000;
  int counts[kBuckets] = {};
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    ++counts[rng.below(kBuckets)];
    const double normal = rng.normal();
    sum += normal;
    squares += normal * normal;
  }
  double chiSquare = 0;
  const double expected = static_cast<double>(kDraws) / kBuckets;
  for (int count : counts) chiSquare += (count - expected) * (count - expected) / expected;
  QVERIFY(chiSquare < 37.7);  // 15 degrees of freedom, p = 0.001
  QVERIFY(std::abs(sum / kDraws) < 0.01);
  QVERIFY(std::abs(squares / kDraws - 1) < 0.02);
}

void BaseTest::poolRunsEachShardOnce() {
  for (std::size_t threads : {1u, 2u, 5u}) {
    ThreadPool pool(threads);
    QCOMPARE(pool.threads(), threads);
    for (std::size_t shards : {0u, 1u, 3u, 1000u}) {
      for (int round = 0; round < 50; ++round) {
        std::vector<std::atomic<int>> runs(shards);
        pool.parallelFor(shards, [&](std::size_t shard) { ++runs[shard]; });
        for (const auto& count : runs) QCOMPARE(count.load(), 1);
      }
    }
  }
}

void BaseTest::poolRethrows() {
  ThreadPool pool(3);
  std::atomic<int> ran = 0;
  bool caught = false;
  try {
    pool.parallelFor(20, [&](std::size_t shard) {
      ++ran;
      if (shard == 7) throw std::runtime_error("seven");
    });
  } catch (const std::runtime_error&) {
    caught = true;
  }
  QVERIFY(caught);
  QCOMPARE(ran.load(), 20);
  pool.parallelFor(2, [&](std::size_t) { ++ran; });
  QCOMPARE(ran.load(), 22);
}

void BaseTest::atomicFileReplacesOrLeaves() {
  QTemporaryDir folder;
  const fs::path path = pathFromUtf8(folder.filePath(QStringLiteral("wörter 词.txt")).toStdString());
  QVERIFY(writeFileAtomically(path, "old").has_value());
  {
    auto file = AtomicFile::create(path);
    QVERIFY(file.has_value());
    QVERIFY(file->write("half").has_value());
  }  // no commit
  QCOMPARE(*readFile(path, 100), std::string("old"));
  QVERIFY(writeFileAtomically(path, "new").has_value());
  QCOMPARE(*readFile(path, 100), std::string("new"));
  QVERIFY(!readFile(path, 2));
  QCOMPARE(filesIn(path.parent_path()), std::ptrdiff_t{1});
  QVERIFY(!writeFileAtomically(path / "no folder" / "x", "y"));
}

void BaseTest::atomicFileKeepsLinksAndPermissions() {
#ifndef _WIN32
  QTemporaryDir folder;
  const fs::path home = folder.path().toStdString();
  fs::create_directory(home / "real");
  fs::create_symlink("real/vectors.txt", home / "link.txt");  // to what is not there yet
  QVERIFY(writeFileAtomically(home / "link.txt", "one"));
  QVERIFY(fs::is_symlink(home / "link.txt"));
  QCOMPARE(*readFile(home / "real" / "vectors.txt", 100), std::string("one"));
  const auto secret = fs::perms::owner_read | fs::perms::owner_write;
  fs::permissions(home / "real" / "vectors.txt", secret);
  QVERIFY(writeFileAtomically(home / "link.txt", "two"));
  QVERIFY(fs::is_symlink(home / "link.txt"));
  QCOMPARE(*readFile(home / "real" / "vectors.txt", 100), std::string("two"));
  QVERIFY(fs::status(home / "real" / "vectors.txt").permissions() == secret);
  QCOMPARE(filesIn(home / "real"), std::ptrdiff_t{1});
  // A link in a circle is a sentence, not a file.
  fs::create_symlink("circle", home / "circle");
  QVERIFY(!writeFileAtomically(home / "circle", "three"));
#else
  QSKIP("links need a right here");
#endif
}

void BaseTest::atomicFileNeverReplacesDevices() {
#ifdef __linux__
  QTemporaryDir folder;
  const fs::path pipe = folder.filePath(QStringLiteral("pipe")).toStdString();
  QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
  const auto written = writeFileAtomically(pipe, "x");
  QVERIFY(!written);
  QVERIFY(written.error().message().find("device") != std::string::npos);
  QVERIFY(fs::is_fifo(pipe));
  QCOMPARE(filesIn(pipe.parent_path()), std::ptrdiff_t{1});
  QVERIFY(!writeFileAtomically(folder.path().toStdString(), "x"));
#else
  QSKIP("no pipes here");
#endif
}

void BaseTest::readerRefusesWhatIsNoFile() {
  QTemporaryDir folder;
  QVERIFY(!FileReader::open(folder.path().toStdString()));
  QVERIFY(!FileReader::open(folder.filePath(QStringLiteral("absent")).toStdString()));
#ifndef _WIN32
  const auto device = FileReader::open("/dev/zero");
  QVERIFY(!device);
  QVERIFY(device.error().message().find("device") != std::string::npos);
#endif
}

void BaseTest::fullDiskLeavesTheOldFile() {
#ifdef __linux__
  QTemporaryDir folder;
  const fs::path path = folder.filePath(QStringLiteral("vectors.txt")).toStdString();
  QVERIFY(writeFileAtomically(path, "old").has_value());
  // A file-size limit fails a write half-way, as a full disk does.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 1000;
  setrlimit(RLIMIT_FSIZE, &small);
  const auto result = writeFileAtomically(path, std::string(100000, 'x'));
  setrlimit(RLIMIT_FSIZE, &before);
  QVERIFY(!result);
  QVERIFY(result.error().message().find("old file") != std::string::npos);
  QCOMPARE(*readFile(path, 100), std::string("old"));
  QCOMPARE(filesIn(path.parent_path()), std::ptrdiff_t{1});
#else
  QSKIP("needs setrlimit");
#endif
}

void BaseTest::errorReadsAsOneSentence() {
  QCOMPARE((Error{"The file is empty", "a.txt", "Choose another"}).message(),
           std::string("a.txt: The file is empty. Choose another."));
  QCOMPARE((Error{"Cancelled", {}, {}}).message(), std::string("Cancelled."));
}

QTEST_GUILESS_MAIN(BaseTest)
#include "base_test.moc"
