// SPDX-License-Identifier: GPL-3.0-or-later
// Vectors of a file as a run that is over: alone, and for the words of a text.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

#include "core/analysis/neighbours.h"
#include "core/formats/vector_formats.h"
#include "core/train/file_vectors.h"

using namespace lexarium;
namespace fs = std::filesystem;

namespace {

std::shared_ptr<const Corpus> textOf(const std::string& text) {
  auto corpus = corpusFromText("text", text, {});
  return corpus ? *corpus : nullptr;
}

std::vector<float> columnOf(const FileVectors& loaded, std::string_view word) {
  const Matrix& vectors = loaded.run->snapshot()->all->vectors;
  const auto id = loaded.corpus->vocabulary().find(word);
  if (!id || static_cast<Eigen::Index>(*id) >= vectors.cols()) return {};
  std::vector<float> column;
  for (Eigen::Index row = 0; row < vectors.rows(); ++row)
    column.push_back(static_cast<float>(vectors(row, static_cast<Eigen::Index>(*id))));
  return column;
}

}  // namespace

class FileVectorsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aloneTheyKeepTheirOrder();
  void aPastRunOnlyAnswers();
  void ofATextTheyTakeItsIds();
  void aWordAsWrittenComesBeforeOneThatFolds();
  void wordsWithoutAVectorAreNobodysNeighbours();
  void noneOfTheWordsIsAnError();
  void aBrokenFileIsAnError();
  void tellsVectorsFromTexts_data();
  void tellsVectorsFromTexts();

 private:
  fs::path put(const std::string& name, const QByteArray& content) const {
    const fs::path path = fs::path(folder_.path().toStdString()) / name;
    std::ofstream(path, std::ios::binary).write(content.data(), content.size());
    return path;
  }
  QTemporaryDir folder_;
};

void FileVectorsTest::aloneTheyKeepTheirOrder() {
  const auto loaded = loadFileVectors(put("v.txt", "3 2\nzebra 1 2\nant 3 4\ncat 5 6\n"));
  QVERIFY(loaded);
  QVERIFY(!loaded->corpus->hasText());
  QCOMPARE(loaded->corpus->documentCount(), std::size_t{0});
  QCOMPARE(loaded->corpus->vocabulary().word(0), std::string_view("zebra"));
  QCOMPARE(loaded->corpus->vocabulary().word(2), std::string_view("cat"));
  QCOMPARE(columnOf(*loaded, "ant"), (std::vector<float>{3, 4}));
  QCOMPARE(loaded->wordsFound, std::size_t{3});
}

void FileVectorsTest::aPastRunOnlyAnswers() {
  const auto loaded = loadFileVectors(put("v.txt", "2 2\na 1 2\nb 3 4\n"));
  QVERIFY(loaded);
  Trainer& run = *loaded->run;
  QCOMPARE(run.status().state, RunStatus::State::Finished);
  const auto before = run.snapshot();
  QVERIFY(before && before->frame == before->all);
  Probe probe;
  probe.frameWords = 1;
  run.setProbe(probe);
  run.resume();
  run.stepOnce();
  run.requestSnapshot();
  QVERIFY(!run.setLive("learning_rate", ParamValue(0.1)));
  run.stop();
  QVERIFY(run.wait(0));
  QCOMPARE(run.status().state, RunStatus::State::Finished);
  QCOMPARE(run.snapshot(), before);
  QCOMPARE(run.metrics().size(), std::size_t{0});
}

void FileVectorsTest::ofATextTheyTakeItsIds() {
  const auto corpus = textOf("the cat saw the dog . the dog saw the cat . the cat slept .");
  const auto loaded = loadFileVectors(put("v.txt", "4 2\nparis 9 9\ndog 1 2\ncat 3 4\nslept 7 8\n"), corpus);
  QVERIFY(loaded);
  QCOMPARE(loaded->corpus, corpus);
  QCOMPARE(loaded->wordsInFile, std::size_t{4});
  QCOMPARE(loaded->wordsFound, std::size_t{3});
  QCOMPARE(columnOf(*loaded, "dog"), (std::vector<float>{1, 2}));
  QCOMPARE(columnOf(*loaded, "cat"), (std::vector<float>{3, 4}));
  const EmbeddingTable& table = *loaded->run->snapshot()->all;
  QVERIFY(!hasVector(table, *corpus->vocabulary().find("the")));
  QVERIFY(hasVector(table, *corpus->vocabulary().find("dog")));
  QVERIFY(!hasVector(table, static_cast<TokenId>(table.vectors.cols())));
  const auto slept = corpus->vocabulary().find("slept");
  QVERIFY(slept);
  // The table reaches to the rarest word that has a vector, and no further.
  QCOMPARE(loaded->run->snapshot()->all->vectors.cols(), static_cast<Eigen::Index>(*slept) + 1);
}

void FileVectorsTest::aWordAsWrittenComesBeforeOneThatFolds() {
  const auto corpus = textOf("paris paris apple apple us");
  const auto loaded =
      loadFileVectors(put("v.txt", "6 1\nParis 1\nAPPLE 2\nApple 3\nUS 4\nparis 5\nPARIS 6\n"), corpus);
  QVERIFY(loaded);
  QCOMPARE(columnOf(*loaded, "paris"), (std::vector<float>{5}));
  QCOMPARE(columnOf(*loaded, "apple"), (std::vector<float>{2}));
  QCOMPARE(columnOf(*loaded, "us"), (std::vector<float>{4}));
  QCOMPARE(loaded->wordsFound, std::size_t{3});
}

void FileVectorsTest::wordsWithoutAVectorAreNobodysNeighbours() {
  const auto corpus = textOf("the the the cat cat dog");
  const auto loaded = loadFileVectors(put("v.txt", "2 2\ndog 1 0\ncat 0.9 0.1\n"), corpus);
  QVERIFY(loaded);
  const auto table = loaded->run->snapshot()->all;
  for (const auto similarity : {Similarity::Cosine, Similarity::Euclidean}) {
    const auto found = neighboursOf(*table, {}, *corpus->vocabulary().find("dog"), 10, similarity);
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(corpus->vocabulary().word(found.front().id), std::string_view("cat"));
  }
  QVERIFY(neighboursOf(*table, {}, *corpus->vocabulary().find("the"), 10).empty());
}

void FileVectorsTest::noneOfTheWordsIsAnError() {
  const auto loaded = loadFileVectors(put("v.txt", "2 2\nchat 1 0\nchien 0.9 0.1\n"), textOf("cat dog"));
  QVERIFY(!loaded);
  QVERIFY(loaded.error().what.find("None of the 2 words") != std::string::npos);
  QCOMPARE(loaded.error().where, std::string("v.txt"));
}

void FileVectorsTest::aBrokenFileIsAnError() {
  for (const auto& loaded : {loadFileVectors(put("v.txt", "2 2\na 1 x\nb 3 4\n")),
                             loadFileVectors(put("v.txt", "2 2\na 1 x\nb 3 4\n"), textOf("a b"))}) {
    QVERIFY(!loaded);
    QVERIFY(loaded.error().where.find("line 2") != std::string::npos);
  }
}

void FileVectorsTest::tellsVectorsFromTexts_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<QByteArray>("content");
  QTest::addColumn<bool>("vectors");
  const QByteArray numbers = " 0.1 -2 3e-4 4 5 6 7 8\n";
  QTest::newRow("word2vec text") << "v.txt" << QByteArray("2 2\ncat 1 2\ndog 3 4\n") << true;
  QTest::newRow("word2vec binary") << "v.bin" << QByteArray("1 2\ncat \x00\x00\x80\x3f\x00\x00\x00\x40\n", 17)
                                   << true;
  QTest::newRow("GloVe") << "v.txt"
                         << "the" + numbers + "of" + numbers + "to" + numbers << true;
  QTest::newRow("GloVe with CRLF") << "v.txt"
                                   << QByteArray("the" + numbers + "of" + numbers).replace("\n", "\r\n")
                                   << true;
  QTest::newRow("a word of two words") << "v.txt"
                                       << "of" + numbers + "of the" + numbers << true;
  QTest::newRow("prose") << "t.txt" << QByteArray("Call me Ishmael.\nSome years ago\n") << false;
  QTest::newRow("prose after two numbers") << "t.txt" << QByteArray("1 2\nCall me Ishmael.\n") << false;
  QTest::newRow("a table") << "t.txt" << QByteArray("wheat 12 13 14\nrye 3 4 5\n") << false;
  QTest::newRow("one long line of numbers") << "t.txt"
                                            << "x" + numbers << false;
  QTest::newRow("empty") << "t.txt" << QByteArray() << false;
  QTest::newRow("a tsv without its words") << "x.tsv" << QByteArray("1\t2\n3\t4\n") << false;
  QTest::newRow("sentence pairs") << "fra.tsv" << QByteArray("Go.\tVa !\nRun!\tCours !\n") << false;
}

void FileVectorsTest::tellsVectorsFromTexts() {
  QFETCH(QString, name);
  QFETCH(QByteArray, content);
  QFETCH(bool, vectors);
  QCOMPARE(looksLikeVectors(put(name.toStdString(), content)), vectors);
}

QTEST_GUILESS_MAIN(FileVectorsTest)
#include "file_vectors_test.moc"
