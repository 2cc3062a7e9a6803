// SPDX-License-Identifier: GPL-3.0-or-later
// The Embedding Projector's pair of files: as other programs write them, and broken.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

#include "core/base/file.h"
#include "core/formats/vector_formats.h"

using namespace lexarium;
namespace fs = std::filesystem;

class ProjectorTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void namesBelongTogether_data();
  void namesBelongTogether();
  void readsWhatPeopleHave_data();
  void readsWhatPeopleHave();
  void refusesWithFileAndLine_data();
  void refusesWithFileAndLine();
  void wordsKeepTheirSpaces();
  void otherFilesOfTabsAreNoPair();

 private:
  fs::path path(const std::string& name) const { return fs::path(folder_->path().toStdString()) / name; }
  fs::path put(const std::string& name, const QByteArray& content) const {
    std::ofstream(path(name), std::ios::binary).write(content.data(), content.size());
    return path(name);
  }

  std::unique_ptr<QTemporaryDir> folder_;
};

void ProjectorTest::namesBelongTogether_data() {
  QTest::addColumn<QString>("vectors");
  QTest::addColumn<QString>("metadata");
  const auto row = [](const char* vectors, const char* metadata) {
    QTest::newRow(vectors) << vectors << metadata;
  };
  row("vectors.tsv", "metadata.tsv");
  row("world_vectors.tsv", "world_metadata.tsv");
  row("w2v_tensor.tsv", "w2v_metadata.tsv");
  row("tensors.tsv", "metadata.tsv");
  row("vecs.tsv", "meta.tsv");
  row("world.tsv", "world_metadata.tsv");
}

void ProjectorTest::namesBelongTogether() {
  QFETCH(QString, vectors);
  QFETCH(QString, metadata);
  const fs::path first = path(vectors.toStdString()), second = path(metadata.toStdString());
  QCOMPARE(projectorFilesToWrite(first).vectors, first);
  QCOMPARE(projectorFilesToWrite(first).metadata, second);
  put(vectors.toStdString(), "1\t2\n3\t4\n");
  put(metadata.toStdString(), "cat\ndog\n");
  for (const fs::path& opened : {first, second}) {
    QCOMPARE(projectorFilesToRead(opened).vectors, first);
    QCOMPARE(projectorFilesToRead(opened).metadata, second);
    const auto read = readVectors(opened);
    QVERIFY2(read, read ? "" : read.error().message().c_str());
    QVERIFY(read->words == (std::vector<std::string>{"cat", "dog"}));
  }
}

void ProjectorTest::readsWhatPeopleHave_data() {
  QTest::addColumn<QByteArray>("vectors");
  QTest::addColumn<QByteArray>("metadata");
  QTest::addColumn<QString>("words");
  const auto row = [](const char* name, const char* vectors, const char* metadata, const char* words) {
    QTest::newRow(name) << QByteArray(vectors) << QByteArray(metadata) << QString(words);
  };
  row("plain", "1\t2\n3\t4\n", "cat\ndog\n", "cat|dog");
  row("no last line end", "1\t2\n3\t4", "cat\ndog", "cat|dog");
  row("windows line ends", "1\t2\r\n3\t4\r\n", "cat\r\ndog\r\n", "cat|dog");
  row("blank lines at the end", "1\t2\n3\t4\n\n\n", "cat\ndog\n\n\n", "cat|dog");
  row("byte order marks",
      "\xEF\xBB\xBF"
      "1\t2\n3\t4\n",
      "\xEF\xBB\xBF"
      "cat\ndog\n",
      "cat|dog");
  row("heading", "1\t2\n3\t4\n", "word\tcount\ncat\t7\ndog\t5\n", "cat|dog");
  row("heading in another order", "1\t2\n3\t4\n", "Count\tLabel\n7\tcat\n5\tdog\n", "cat|dog");
  row("heading of one column", "1\t2\n3\t4\n", "word\ncat\ndog\n", "cat|dog");
  row("columns without a heading", "1\t2\n3\t4\n", "cat\t7\ndog\t5\n", "cat|dog");
  row("one dimension", "1\n-2.5e-3\n", "cat\ndog\n", "cat|dog");
  row("one word", "1\t2\t3\n", "cat\n", "cat");
  row("words of several words", "1\t2\n3\t4\n", "New York\n世界\n", "New York|世界");
}

void ProjectorTest::readsWhatPeopleHave() {
  QFETCH(QByteArray, vectors);
  QFETCH(QByteArray, metadata);
  QFETCH(QString, words);
  put("metadata.tsv", metadata);
  const auto read = readVectors(put("vectors.tsv", vectors));
  QVERIFY2(read, read ? "" : read.error().message().c_str());
  QStringList found;
  for (const std::string& word : read->words) found << QString::fromStdString(word);
  QCOMPARE(found.join('|'), words);
  QCOMPARE(static_cast<double>(read->vectors(0, 0)), 1.0);
}

void ProjectorTest::refusesWithFileAndLine_data() {
  QTest::addColumn<QByteArray>("vectors");
  QTest::addColumn<QByteArray>("metadata");
  QTest::addColumn<QString>("part");
  const auto row = [](const char* name, const char* vectors, const char* metadata, const char* part) {
    QTest::newRow(name) << QByteArray(vectors) << QByteArray(metadata) << QString(part);
  };
  row("bad number", "1\t2\n3\tfour\n", "cat\ndog\n", "vectors.tsv, line 2");
  row("nan", "1\t2\nnan\t4\n", "cat\ndog\n", "vectors.tsv, line 2");
  row("too large", "1\t2\n3\t1e99\n", "cat\ndog\n", "vectors.tsv, line 2");
  row("too few numbers", "1\t2\n3\n", "cat\ndog\n", "vectors.tsv, line 2");
  row("too many numbers", "1\t2\n3\t4\t5\n", "cat\ndog\n", "vectors.tsv, line 2");
  row("empty number", "1\t2\n3\t\n", "cat\ndog\n", "vectors.tsv, line 2");
  row("blank line", "1\t2\n\n3\t4\n", "cat\ndog\n", "line");
  row("more words", "1\t2\n3\t4\n", "a\nb\nc\nd\n", "4 words");
  row("fewer words", "1\t2\n3\t4\n5\t6\n", "cat\n", "1 words");
  row("same word twice", "1\t2\n3\t4\n", "cat\ncat\n", "metadata.tsv, line 2");
  row("cut in mid-character", "1\t2\n3\t4\n", "cat\ncaf\xC3\n", "metadata.tsv, line 2");
  row("no word", "1\t2\n3\t4\n", "\ndog\n", "metadata.tsv, line 1");
  row("no words at all", "1\t2\n", "", "metadata.tsv");
  row("no column of words", "1\t2\n3\t4\n", "count\tword\n7\n5\n", "metadata.tsv, line 2");
}

void ProjectorTest::refusesWithFileAndLine() {
  QFETCH(QByteArray, vectors);
  QFETCH(QByteArray, metadata);
  QFETCH(QString, part);
  put("metadata.tsv", metadata);
  const auto read = readVectors(put("vectors.tsv", vectors));
  QVERIFY(!read);
  const auto message = QString::fromStdString(read.error().message());
  QVERIFY2(message.contains(part), qPrintable(message));
}

void ProjectorTest::wordsKeepTheirSpaces() {
  NamedVectors named{{"New York", "a\tb", "x\ny"}, Matrix::Ones(2, 3)};
  QVERIFY(writeProjector(path("vectors.tsv"), vocabularyOf(named), named.vectors));
  QCOMPARE(*readFile(path("metadata.tsv"), 1000), std::string("New York\na\u2581b\nx\u2581y\n"));
  QCOMPARE(*readFile(path("vectors.tsv"), 1000), std::string("1\t1\n1\t1\n1\t1\n"));
}

void ProjectorTest::otherFilesOfTabsAreNoPair() {
  // One file with the words in it, even where a pair's other file stands beside.
  put("metadata.tsv", "cat\ndog\n");
  const auto read = readVectors(put("glove.tsv", "cow\t1\t2\npig\t3\t4\n"));
  QVERIFY2(read, read ? "" : read.error().message().c_str());
  QVERIFY(read->words == (std::vector<std::string>{"cow", "pig"}));
  const auto headed = readVectors(put("headed.tsv", "2\t2\ncow\t1\t2\npig\t3\t4\n"));
  QVERIFY2(headed, headed ? "" : headed.error().message().c_str());
  QCOMPARE(headed->words.size(), std::size_t{2});
  fs::remove(path("metadata.tsv"));
  const auto alone = readVectors(put("vectors.tsv", "1\t2\n3\t4\n"));
  QVERIFY(!alone);
  QVERIFY2(alone.error().message().find("metadata.tsv") != std::string::npos,
           alone.error().message().c_str());
}

QTEST_GUILESS_MAIN(ProjectorTest)
#include "projector_test.moc"
