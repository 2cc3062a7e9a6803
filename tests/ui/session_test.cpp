// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace lexarium;

class SessionTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  QString write(const QString& name, const QByteArray& content) const {
    const QString path = folder_.filePath(name);
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write %s", qPrintable(path));
    file.write(content);
    return path;
  }
  QString settings() const { return folder_.filePath("settings.json"); }

 private Q_SLOTS:
  void init() { QFile::remove(settings()); }

  void opensASampleAndItsIndex() {
    Session session(settings());
    QSignalSpy changed(&session, &Session::corpusChanged);
    QSignalSpy indexed(&session, &Session::indexReady);
    session.openSample("small-world-en");
    QVERIFY(session.isLoading());
    QTRY_COMPARE(changed.count(), 1);
    QVERIFY(!session.isLoading());
    QVERIFY(session.sample() == findSample("small-world-en"));
    QVERIFY(session.runs().corpus() == session.corpus());
    QTRY_COMPARE(indexed.count(), 1);
    const TokenId word = 3;
    QCOMPARE(session.index()->count(word), session.corpus()->vocabulary().count(word));
    QVERIFY(session.settings().recentFiles().isEmpty());
  }

  void opensFilesAndRemembersThem() {
    Session session(settings());
    QSignalSpy changed(&session, &Session::corpusChanged);
    const QString a = write("a.txt", "one two three one");
    const QString b = write("b.txt", "four");
    session.openPaths({a, b});
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(session.corpus()->documentCount(), std::size_t{2});
    QCOMPARE(session.paths(), (QStringList{a, b}));
    QVERIFY(session.settings().recentFiles().contains(a));
    QVERIFY(session.sample() == nullptr);
    session.openPaths({folder_.path()});  // the folder of both
    QTRY_COMPARE(changed.count(), 2);
    QCOMPARE(session.corpus()->documentCount(), std::size_t{2});
  }

  void badFilesAreASentenceAndTheOpenTextStays_data() {
    QTest::addColumn<QString>("path");
    QTest::newRow("missing") << folder_.filePath("missing.txt");
    QTest::newRow("empty") << write("bad/empty.txt", "");
    QTest::newRow("no words") << write("bad/blank.txt", "  \n \n");
    QTest::newRow("device") << QString("/dev/null");
  }
  void badFilesAreASentenceAndTheOpenTextStays() {
    QFETCH(QString, path);
    Session session(settings());
    QSignalSpy changed(&session, &Session::corpusChanged);
    session.openPaths({write("good.txt", "a good text")});
    QTRY_COMPARE(changed.count(), 1);
    const auto before = session.corpus();
    QString message;
    connect(&session, &Session::errorOccurred, this,
            [&](const Error& error) { message = QString::fromStdString(error.message()); });
    session.openPaths({path});
    QTRY_VERIFY(!message.isEmpty());
    QVERIFY2(message.contains(QFileInfo(path).fileName()), qPrintable(message));
    QVERIFY(session.corpus() == before);
    QVERIFY(!session.isLoading());
    QVERIFY(!session.settings().recentFiles().contains(path));
  }

  void anUnknownSampleIsASentence() {
    Session session(settings());
    QSignalSpy errors(&session, &Session::errorOccurred);
    session.openSample("mars");
    QCOMPARE(errors.count(), 1);
    QVERIFY(!session.isLoading());
  }

  void cancellingLeavesTheLastGoodState() {
    Session session(settings());
    QSignalSpy changed(&session, &Session::corpusChanged);
    QSignalSpy errors(&session, &Session::errorOccurred);
    session.openSample("small-world-en");
    session.cancelLoading();
    QVERIFY(!session.isLoading());
    session.openPaths({write("after.txt", "after that")});
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(session.corpus()->tokens().size(), std::size_t{2});
    QCOMPARE(errors.count(), 0);
  }

  void theNewestRequestWins() {
    Session session(settings());
    QSignalSpy changed(&session, &Session::corpusChanged);
    session.openSample("small-world-en");
    session.openSample("small-world-zh");
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(session.sample()->id, std::string("small-world-zh"));
  }

  void readsAgainWithOtherOptions() {
    Session session(settings());
    QSignalSpy changed(&session, &Session::corpusChanged);
    session.openPaths({write("case.txt", "Sun sun, SUN")});
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(session.corpus()->vocabulary().size(), std::size_t{1});
    SegmentOptions options = session.corpus()->options();
    options.lowerCase = false;
    session.reload(options, {});
    QTRY_COMPARE(changed.count(), 2);
    QCOMPARE(session.corpus()->vocabulary().size(), std::size_t{3});
    QVERIFY(!session.settings().segmentOptions().lowerCase);  // for the next text too

    session.openSample("small-world-en");
    QTRY_COMPARE(changed.count(), 3);
    options = session.corpus()->options();
    options.method = SegmentOptions::Method::Characters;
    session.reload(options, {});
    QTRY_COMPARE(changed.count(), 4);
    QVERIFY(session.sample() != nullptr);
    QVERIFY(session.corpus()->vocabulary().size() < 100);
  }

  void readsAgainInAnotherEncoding() {
    Session session(settings());
    QSignalSpy changed(&session, &Session::corpusChanged);
    session.openPaths({write("latin.txt", "caf\xe9 caf\xe9 na\xefve")});
    QTRY_COMPARE(changed.count(), 1);
    session.reload(session.corpus()->options(), "ISO-8859-1");
    QTRY_COMPARE(changed.count(), 2);
    QCOMPARE(session.encoding(), QString("ISO-8859-1"));
    QVERIFY(session.corpus()->vocabulary().find("caf\xc3\xa9"));
  }

  void opensAPastedText() {
    Session session(settings());
    QSignalSpy changed(&session, &Session::corpusChanged);
    session.openText("Pasted", QString::fromUtf8("one Ünö one"));
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(session.corpus()->title(), std::string("Pasted"));
    SegmentOptions options;
    options.lowerCase = false;
    session.reload(options, {});
    QTRY_COMPARE(changed.count(), 2);
    QVERIFY(session.corpus()->vocabulary().find("\xc3\x9cn\xc3\xb6"));
  }

  void anotherTextForgetsTheSelection() {
    Session session(settings());
    QSignalSpy changed(&session, &Session::corpusChanged);
    session.openSample("small-world-en");
    QTRY_COMPARE(changed.count(), 1);
    session.selection().select(200);
    session.runs().train();
    QTRY_VERIFY(session.runs().status().step > 0);
    session.openPaths({write("tiny.txt", "a b")});
    QTRY_COMPARE(changed.count(), 2);
    QVERIFY(session.selection().isEmpty());
    QVERIFY(!session.selection().canGoBack());
    QVERIFY(session.runs().runs().empty());
    QVERIFY(session.index() == nullptr || &session.index()->corpus() == session.corpus().get());
  }

  void endsInTheMiddleOfEverything() {
    for (int i = 0; i < 5; ++i) {
      Session session(settings());
      QSignalSpy changed(&session, &Session::corpusChanged);
      session.openSample("small-world-en");
      if (i == 0) continue;  // while loading
      QTRY_COMPARE(changed.count(), 1);
      session.runs().train();
      if (i == 1) continue;  // while preparing and indexing
      QTRY_VERIFY(session.runs().status().step > 0);
      if (i == 2) continue;  // while training
      session.runs().pause();
      if (i == 3) session.openSample("small-world-zh");
    }
  }
};

QTEST_MAIN(SessionTest)
#include "session_test.moc"
