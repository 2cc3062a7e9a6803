// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/film_file.h"

#include <QDir>
#include <QFile>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include "core/base/file.h"

using namespace lexarium;

namespace {

QImage picture(int number) {
  QImage image(60, 40, QImage::Format_RGB32);
  image.fill(QColor(240, 240, 255));
  QPainter painter(&image);
  painter.fillRect(5 + number, 8, 10, 6, Qt::red);
  return image;
}

struct Chunk {
  QByteArray type, content;
};

std::vector<Chunk> chunksOf(const QByteArray& file) {
  std::vector<Chunk> chunks;
  for (qsizetype place = 8; place + 12 <= file.size();) {
    const auto size = static_cast<qsizetype>(qFromBigEndian<quint32>(file.constData() + place));
    chunks.push_back({file.mid(place + 4, 4), file.mid(place + 8, size)});
    place += size + 12;
  }
  return chunks;
}

QByteArray number(quint32 value) {
  QByteArray bytes(4, '\0');
  qToBigEndian(value, bytes.data());
  return bytes;
}

quint32 numberAt(const QByteArray& bytes, int place) {
  return qFromBigEndian<quint32>(bytes.constData() + place);
}

/// A PNG without checksums that are right would not be read: they are taken from a bitwise CRC here, not from
/// the writer's table.
QByteArray asChunk(const QByteArray& type, const QByteArray& content) {
  quint32 sum = 0xffffffffu;
  for (const char byte : type + content) {
    sum ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1) ^ (sum & 1 ? 0xedb88320u : 0u);
  }
  return number(static_cast<quint32>(content.size())) + type + content + number(~sum);
}

/// Plays the file: each picture as a viewer would show it.
std::vector<QImage> play(const QByteArray& file) {
  std::vector<QImage> pictures;
  QByteArray header;
  QImage canvas;
  QRect part;
  quint32 sequence = 0;
  for (const Chunk& chunk : chunksOf(file)) {
    if (chunk.type == "IHDR") header = chunk.content;
    if (chunk.type == "fcTL" || chunk.type == "fdAT")
      if (numberAt(chunk.content, 0) != sequence++) return {};
    if (chunk.type == "fcTL")
      part =
          QRect(static_cast<int>(numberAt(chunk.content, 12)), static_cast<int>(numberAt(chunk.content, 16)),
                static_cast<int>(numberAt(chunk.content, 4)), static_cast<int>(numberAt(chunk.content, 8)));
    if (chunk.type != "IDAT" && chunk.type != "fdAT") continue;
    QByteArray own = header;
    own.replace(0, 4, number(static_cast<quint32>(part.width())));
    own.replace(4, 4, number(static_cast<quint32>(part.height())));
    const QByteArray data = chunk.type == "IDAT" ? chunk.content : chunk.content.mid(4);
    QImage piece;
    if (!piece.loadFromData(file.left(8) + asChunk("IHDR", own) + asChunk("IDAT", data) +
                            asChunk("IEND", {})))
      return {};
    if (canvas.isNull()) canvas = QImage(piece.size(), QImage::Format_RGB32);
    QPainter(&canvas).drawImage(part.topLeft(), piece);
    pictures.push_back(canvas);
  }
  return pictures;
}

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class FilmFileTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  QString pathOf(const char* name) { return folder_.filePath(QString::fromLatin1(name)); }
  static std::filesystem::path native(const QString& path) { return pathFromUtf8(path.toStdString()); }

 private Q_SLOTS:
  void anAnimatedPngPlaysWhatWasAdded() {
    const QString path = pathOf("film.png");
    auto file = createAnimatedPng(native(path), 12, 25);
    QVERIFY(file.has_value());
    std::vector<QImage> added;
    for (int i = 0; i < 12; ++i) {
      added.push_back(picture(i == 7 ? 6 : i));  // two that are the same
      QVERIFY((*file)->add(added.back()).has_value());
    }
    QVERIFY(!QFile::exists(path));
    QVERIFY((*file)->finish().has_value());
    const QByteArray bytes = bytesOf(path);
    const auto played = play(bytes);
    QCOMPARE(played.size(), std::size_t{12});
    for (std::size_t i = 0; i < played.size(); ++i) QCOMPARE(played[i], added[i]);
    // Its own checksums are right, or Qt would not read it: it shows the first picture.
    QCOMPARE(QImage(path).convertToFormat(QImage::Format_RGB32), added[0]);
    const auto chunks = chunksOf(bytes);
    QCOMPARE(chunks.at(1).type, QByteArray("acTL"));
    QCOMPARE(numberAt(chunks[1].content, 0), 12u);
    QCOMPARE(chunks.at(2).content.mid(20, 4), QByteArray("\0\1\0\x19", 4));  // 1/25 s
    for (const Chunk& chunk : chunks) QVERIFY(bytes.contains(asChunk(chunk.type, chunk.content)));
    QCOMPARE(chunks.back().type, QByteArray("IEND"));
    // Only what has changed is stored.
    QVERIFY(numberAt(chunks.at(4).content, 4) < 20);
  }

  void aFilmThatIsNotFinishedLeavesNothing() {
    {
      auto file = createAnimatedPng(native(pathOf("part.png")), 3, 10);
      QVERIFY((*file)->add(picture(0)).has_value());
      QVERIFY(!(*file)->add(picture(0).copy(0, 0, 20, 20)).has_value());
      QVERIFY(!(*file)->finish().has_value());
      auto pictures = createNumberedPngs(native(pathOf("parts")));
      QVERIFY((*pictures)->add(picture(0)).has_value());
    }
    QVERIFY(QDir(folder_.path()).entryList({"part*"}, QDir::AllEntries).isEmpty());
  }

  void numberedPngsAreAllThere() {
    {
      auto file = createNumberedPngs(native(pathOf("pictures")));
      QVERIFY(file.has_value());
      for (int i = 0; i < 3; ++i) QVERIFY((*file)->add(picture(i)).has_value());
      QVERIFY(!QFile::exists(pathOf("pictures")));
      QVERIFY((*file)->finish().has_value());
    }
    QCOMPARE(QDir(pathOf("pictures")).entryList(QDir::Files),
             QStringList({"film-0001.png", "film-0002.png", "film-0003.png"}));
    QCOMPARE(QImage(pathOf("pictures/film-0002.png")).convertToFormat(QImage::Format_RGB32), picture(1));
    // What is there is never replaced.
    QVERIFY(!createNumberedPngs(native(pathOf("pictures"))).has_value());
    QVERIFY(!createNumberedPngs(native(pathOf("nowhere/pictures"))).has_value());
    QVERIFY(!createAnimatedPng(native(pathOf("nowhere/film.png")), 1, 10).has_value());
  }
};

QTEST_GUILESS_MAIN(FilmFileTest)
#include "film_file_test.moc"
