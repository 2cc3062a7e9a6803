// SPDX-License-Identifier: GPL-3.0-or-later
// Files of word vectors between this program and others: gensim's KeyedVectors (Debian's python3-gensim) and
// fastText, each where it is installed.
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/base/rng.h"
#include "core/formats/vector_formats.h"

using namespace lexarium;
namespace fs = std::filesystem;

namespace {

struct Run {
  int code = -1;
  QByteArray out, err;
};

Run run(const QString& program, const QStringList& arguments) {
  QProcess process;
  process.start(program, arguments);
  if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit) return {};
  return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

/// The Python that has gensim; empty if there is none.
QString pythonWithGensim() {
  for (const char* python : {"/usr/bin/python3", "python3"}) {
    if (run(python, {"-c", "import gensim.models"}).code == 0) return python;
  }
  return {};
}

NamedVectors someVectors() {
  NamedVectors named;
  named.words = {"the", "köning", "世界", "naïve", "x.y-z", "1995", "</s>"};
  named.vectors.resize(5, static_cast<Eigen::Index>(named.words.size()));
  Rng rng(3);
  for (Eigen::Index i = 0; i < named.vectors.size(); ++i)
    named.vectors.data()[i] = static_cast<Real>(static_cast<float>(rng.normal()));
  return named;
}

}  // namespace

class PeersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void gensimReadsOurs_data();
  void gensimReadsOurs();
  void weReadGensims();
  void gensimsProjectorPair();
  void weReadFastTexts();
  void fastTextReadsOurs();

 private:
  std::string path(const char* name) const { return folder_.filePath(name).toStdString(); }
  QTemporaryDir folder_;
};

void PeersTest::gensimReadsOurs_data() {
  QTest::addColumn<QString>("format");
  QTest::addColumn<QString>("arguments");
  QTest::newRow("text") << "text"
                        << "binary=False";
  QTest::newRow("binary") << "binary"
                          << "binary=True";
  QTest::newRow("glove") << "glove"
                         << "binary=False, no_header=True";
}

void PeersTest::gensimReadsOurs() {
  QFETCH(QString, format);
  QFETCH(QString, arguments);
  const QString python = pythonWithGensim();
  if (python.isEmpty()) QSKIP("gensim is not installed");
  const NamedVectors named = someVectors();
  const auto file = path("ours");
  QVERIFY(findVectorFormat(format.toStdString())->write(file, vocabularyOf(named), named.vectors, {}));
  const Run read = run(python, {"-c",
                                "import sys\n"
                                "from gensim.models import KeyedVectors\n"
                                "v = KeyedVectors.load_word2vec_format(sys.argv[1], " +
                                    arguments +
                                    ")\n"
                                    "sys.stdout.reconfigure(encoding='utf-8')\n"
                                    "for w in v.index_to_key: print(w, *(float(x).hex() for x in v[w]))\n",
                                QString::fromStdString(file)});
  QVERIFY2(read.code == 0, read.err.constData());
  QByteArray expected;
  for (std::size_t word = 0; word < named.words.size(); ++word) {
    expected += named.words[word].c_str();
    for (const Real value : named.vectors.col(static_cast<Eigen::Index>(word))) {
      bool known = false;
      const QList<QByteArray> fields = read.out.split('\n').value(static_cast<int>(word)).split(' ');
      for (const QByteArray& field : fields)
        known |= std::strtod(field.constData(), nullptr) == static_cast<double>(value);
      QVERIFY2(known, named.words[word].c_str());
    }
    QVERIFY(read.out.split('\n').value(static_cast<int>(word)).startsWith(expected));
    expected.clear();
  }
}

void PeersTest::weReadGensims() {
  const QString python = pythonWithGensim();
  if (python.isEmpty()) QSKIP("gensim is not installed");
  const Run made = run(python, {"-c",
                                "import sys, numpy\n"
                                "from gensim.models import KeyedVectors\n"
                                "v = KeyedVectors(4)\n"
                                "v.add_vectors(['the', 'köning', '世界', 'x y'.replace(' ', '_')],\n"
                                "    numpy.arange(16, dtype=numpy.float32).reshape(4, 4) / 8 - 0.7)\n"
                                "v.save_word2vec_format(sys.argv[1] + '.bin', binary=True)\n"
                                "v.save_word2vec_format(sys.argv[1] + '.txt', binary=False)\n"
                                "v.save_word2vec_format(sys.argv[1] + '.glove', write_header=False)\n",
                                QString::fromStdString(path("theirs"))});
  QVERIFY2(made.code == 0, made.err.constData());
  for (const char* name : {"theirs.bin", "theirs.txt", "theirs.glove"}) {
    const auto read = readVectors(path(name));
    QVERIFY2(read, read ? "" : read.error().message().c_str());
    QVERIFY(read->words == (std::vector<std::string>{"the", "köning", "世界", "x_y"}));
    for (Eigen::Index i = 0; i < 16; ++i) {
      const float expected = static_cast<float>(i) / 8 - 0.7f;
      QVERIFY(std::abs(static_cast<float>(read->vectors.data()[i]) - expected) < 1e-6f);
    }
  }
}

void PeersTest::gensimsProjectorPair() {
  const QString python = pythonWithGensim();
  if (python.isEmpty()) QSKIP("gensim is not installed");
  const NamedVectors named = someVectors();
  QVERIFY(writeWord2VecText(path("ours.txt"), vocabularyOf(named), named.vectors));
  const Run made =
      run(python, {"-c",
                   "import sys\n"
                   "from gensim.scripts.word2vec2tensor import word2vec2tensor\n"
                   "word2vec2tensor(sys.argv[1], sys.argv[2])\n",
                   QString::fromStdString(path("ours.txt")), QString::fromStdString(path("pair"))});
  QVERIFY2(made.code == 0, made.err.constData());
  const auto read = readVectors(path("pair_tensor.tsv"));
  QVERIFY2(read, read ? "" : read.error().message().c_str());
  QVERIFY(read->words == named.words);
  QVERIFY(read->vectors.isApprox(named.vectors, Real{1e-6f}));
}

void PeersTest::weReadFastTexts() {
  if (QStandardPaths::findExecutable("fasttext").isEmpty()) QSKIP("fasttext is not installed");
  QFile text(folder_.filePath("text.txt"));
  QVERIFY(text.open(QIODevice::WriteOnly));
  for (int i = 0; i < 2000; ++i) text.write("the king saw the queen and 世界 was naïve\n");
  text.close();
  const Run trained =
      run("fasttext", {"skipgram", "-input", text.fileName(), "-output", folder_.filePath("ft"), "-dim", "8",
                       "-epoch", "1", "-minn", "0", "-maxn", "0", "-bucket", "1", "-thread", "1"});
  QCOMPARE(trained.code, 0);
  const auto read = readVectors(path("ft.vec"));
  QVERIFY2(read, read ? "" : read.error().message().c_str());
  QCOMPARE(read->vectors.rows(), Eigen::Index{8});
  QCOMPARE(read->words.size(), std::size_t{9});  // with </s>
  QVERIFY(vocabularyOf(*read).find("世界"));
  // Its whole model is another thing, and is said to be.
  const auto model = readVectors(path("ft.bin"));
  QVERIFY(!model);
  QVERIFY(model.error().message().find("fastText") != std::string::npos);
}

void PeersTest::fastTextReadsOurs() {
  if (QStandardPaths::findExecutable("fasttext").isEmpty()) QSKIP("fasttext is not installed");
  const NamedVectors named = someVectors();
  QVERIFY(writeWord2VecText(path("ours.vec"), vocabularyOf(named), named.vectors));
  QFile text(folder_.filePath("labels.txt"));
  QVERIFY(text.open(QIODevice::WriteOnly));
  text.write("__label__a the köning 世界\n__label__b naïve x.y-z 1995\n");
  text.close();
  // With a rate of 0 the words keep what was read.
  const Run trained =
      run("fasttext", {"supervised", "-input", text.fileName(), "-output", folder_.filePath("sup"), "-dim",
                       "5", "-epoch", "1", "-lr", "0", "-minCount", "1", "-bucket", "1", "-thread", "1",
                       "-pretrainedVectors", folder_.filePath("ours.vec")});
  QVERIFY2(trained.code == 0, trained.err.constData());
  const auto back = readVectors(path("sup.vec"));
  QVERIFY2(back, back ? "" : back.error().message().c_str());
  const Vocabulary theirs = vocabularyOf(*back);
  for (std::size_t word = 0; word + 1 < named.words.size(); ++word) {
    const auto id = theirs.find(named.words[word]);
    QVERIFY2(id, named.words[word].c_str());
    const auto expected = named.vectors.col(static_cast<Eigen::Index>(word));
    QVERIFY(back->vectors.col(static_cast<Eigen::Index>(*id)).isApprox(expected, Real{1e-3f}));
  }
}

QTEST_GUILESS_MAIN(PeersTest)
#include "peers_test.moc"
