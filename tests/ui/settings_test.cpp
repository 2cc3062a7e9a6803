// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/settings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace lexarium;

class SettingsTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  QString file(const char* name) const { return folder_.filePath(name); }

 private Q_SLOTS:
  void remembersAll() {
    SegmentOptions options;
    options.method = SegmentOptions::Method::Characters;
    options.lowerCase = false;
    options.keepPunctuation = true;
    options.lineEnds = SegmentOptions::LineEnds::EndSentence;
    const LookOptions look{LookOptions::Palette::HighContrast, true, true, 1.5};
    {
      Settings settings(file("sub/folder/all.json"));
      settings.setLook(look);
      settings.addRecentFile("/texts/a.txt");
      settings.addRecentFile(QString::fromUtf8("/texts/三国演义.txt"));
      settings.setSegmentOptions(options);
      settings.setWindowState("geometry", QByteArray("\0\1\2\xff", 4));
      settings.setViewState("map", {{"labels", 12}});
    }
    Settings settings(file("sub/folder/all.json"));
    QVERIFY(settings.look() == look);
    QCOMPARE(settings.recentFiles(), (QStringList{QString::fromUtf8("/texts/三国演义.txt"), "/texts/a.txt"}));
    QVERIFY(settings.segmentOptions() == options);
    QCOMPARE(settings.windowState("geometry"), QByteArray("\0\1\2\xff", 4));
    QCOMPARE(settings.viewState("map")["labels"].toInt(), 12);
    QCOMPARE(settings.windowState("unknown"), QByteArray());
  }

  void comparesBeforeItEmits() {
    Settings settings(file("emits.json"));
    QSignalSpy look(&settings, &Settings::lookChanged);
    QSignalSpy recent(&settings, &Settings::recentFilesChanged);
    settings.setLook(settings.look());
    QCOMPARE(look.count(), 0);
    settings.setLook({LookOptions::Palette::Dark, false, false, 1});
    settings.setLook({LookOptions::Palette::Dark, false, false, 1});
    QCOMPARE(look.count(), 1);
    settings.addRecentFile("a");
    settings.addRecentFile("a");
    QCOMPARE(recent.count(), 1);
    settings.clearRecentFiles();
    settings.clearRecentFiles();
    QCOMPARE(recent.count(), 2);
  }

  void keepsTheNewestTen() {
    Settings settings(file("recent.json"));
    for (int i = 0; i < 25; ++i) settings.addRecentFile(QString::number(i));
    settings.addRecentFile("20");
    QCOMPARE(settings.recentFiles().size(), 10);
    QCOMPARE(settings.recentFiles().front(), QString("20"));
    QCOMPARE(settings.recentFiles().count("20"), 1);
  }

  void scaleStaysWithinItsLimits() {
    Settings settings(file("scale.json"));
    settings.setLook({LookOptions::Palette::Light, false, false, 1000});
    QCOMPARE(settings.look().scale, kLargestScale);
    settings.setLook({LookOptions::Palette::Light, false, false, 0});
    QCOMPARE(settings.look().scale, kSmallestScale);
  }

  void anOverrideIsNotRemembered() {
    {
      Settings settings(file("override.json"));
      settings.setWindowState("x", "y");
      settings.overrideLook({LookOptions::Palette::Dark, true, false, 2});
      QCOMPARE(settings.look().scale, 2.0);
    }
    QVERIFY(Settings(file("override.json")).look() == LookOptions{});
  }

  void brokenFilesGiveDefaults_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("\xff\xfe{{{");
    QTest::newRow("other types") << QByteArray(
        R"({"look": 3, "recentFiles": {}, "segmentation": [], "windows": 1})");
    QTest::newRow("other values") << QByteArray(
        R"({"look": {"palette": "pink", "scale": "big"}, "segmentation": {"method": "guess", "lower_case": "maybe"}})");
  }
  void brokenFilesGiveDefaults() {
    QFETCH(QByteArray, content);
    QFile broken(file("broken.json"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write(content);
    broken.close();
    Settings settings(broken.fileName());
    QVERIFY(settings.look() == LookOptions{});
    QVERIFY(settings.segmentOptions() == SegmentOptions{});
    QVERIFY(settings.recentFiles().isEmpty());
    QCOMPARE(settings.windowState("geometry"), QByteArray());
  }
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "settings_test.moc"
