// SPDX-License-Identifier: GPL-3.0-or-later
// The parts around the views, each alone: fuzzy search, command line, message bar, busy card, drop paths.
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

#include "ui/shell/drop_target.h"
#include "ui/shell/fuzzy.h"
#include "ui/shell/options.h"
#include "ui/shell/transport_bar.h"
#include "ui/widgets/busy_overlay.h"
#include "ui/widgets/error_bar.h"

using namespace lexarium;

class ShellTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void fuzzyFindsLettersInOrder() {
    QVERIFY(fuzzyScore("ot", "Open text"));
    QVERIFY(fuzzyScore("OPEN T", "open text"));
    QVERIFY(fuzzyScore("", "anything"));
    QVERIFY(fuzzyScore("", ""));
    QVERIFY(!fuzzyScore("to", "st"));
    QVERIFY(!fuzzyScore("xq", "Open text"));
    QVERIFY(!fuzzyScore("a", ""));
    QVERIFY(!fuzzyScore("oo", "Open"));
    QVERIFY(fuzzyScore(QString::fromUtf8("词表"), QString::fromUtf8("打开词汇表")));
  }
  void fuzzyPrefersWordStartsAndRows() {
    QVERIFY(*fuzzyScore("ot", "Open text") > *fuzzyScore("ot", "Photos"));
    QVERIFY(*fuzzyScore("map", "Go to map") > *fuzzyScore("map", "More apples"));
    QVERIFY(*fuzzyScore("step", "Step") > *fuzzyScore("step", "Stop every picture"));
  }

  void optionsAreRead() {
    const auto options = parseOptions({"--sample", "small-world-en", "--train", "--workspace=corpus",
                                       "--look", "dark", "--size", "1024x768"});
    QVERIFY(options);
    QCOMPARE(options->sample, QString("small-world-en"));
    QVERIFY(options->train);
    QCOMPARE(options->workspace, QString("corpus"));
    QVERIFY(options->look->palette == LookOptions::Palette::Dark);
    QCOMPARE(options->size, QSize(1024, 768));
    const auto files = parseOptions({"a.txt", "b c.txt"});
    QCOMPARE(files->texts, (QStringList{"a.txt", "b c.txt"}));
    QVERIFY(!files->look);
    QCOMPARE(parseOptions({"--film", "x"})->sample, QString("small-world-en"));
    QVERIFY(parseOptions({"--film", "x", "a.txt"})->sample.isEmpty());
    QVERIFY(parseOptions({"--help", "--look", "pink"})->help);
  }
  void wrongOptionsAreASentence_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown") << QStringList{"--frobnicate"} << "frobnicate";
    QTest::newRow("sample") << QStringList{"--sample", "mars"} << "mars";
    QTest::newRow("empty sample") << QStringList{"--sample", ""} << "--sample";
    QTest::newRow("workspace") << QStringList{"--workspace", "moon"} << "moon";
    QTest::newRow("view") << QStringList{"--view", "moon"} << "moon";
    QTest::newRow("model") << QStringList{"--model", "moon"} << "moon";
    QTest::newRow("look") << QStringList{"--look", "pink"} << "pink";
    QTest::newRow("size") << QStringList{"--size", "12"} << "12";
    QTest::newRow("missing") << QStringList{"--size"} << "size";
    QTest::newRow("both") << QStringList{"--sample", "small-world-en", "a.txt"} << "--sample";
  }
  void wrongOptionsAreASentence() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const auto options = parseOptions(arguments);
    QVERIFY(!options);
    QVERIFY2(QString::fromStdString(options.error().message()).contains(named),
             options.error().message().c_str());
  }
  void helpNamesEveryOption() {
    for (const char* option : {"--sample", "--train", "--model", "--workspace", "--view", "--look", "--size", "--film",
                               "--measure", "--help", "--version", "TEXT"}) {
      QVERIFY2(optionsHelp().contains(option), option);
    }
  }

  void messagesStackAndClose() {
    ErrorBar bar;
    QVERIFY(!bar.isVisible());
    bar.show(Error{"The file is empty", "notes.txt", "Choose a file with text in it"});
    QVERIFY(bar.isVisible());
    QCOMPARE(bar.text(), QString("The file is empty. notes.txt. Choose a file with text in it."));
    int pressed = 0;
    bar.show(Error{"Second", {}, {}}, {{"Do it", [&] { ++pressed; }}});
    bar.show(
        Error{"The file is empty", "notes.txt", "Choose a file with text in it"});  // the same: on top, once
    bar.dismiss();
    QCOMPARE(bar.text(), QString("Second."));
    const auto buttons = bar.findChildren<QPushButton*>();
    QCOMPARE(buttons.size(), 1);
    buttons.front()->click();
    QCOMPARE(pressed, 1);
    QVERIFY(bar.isEmpty());
    QVERIFY(!bar.isVisible());
    bar.dismiss();
  }
  void messagesAreNotTakenForHtml() {
    ErrorBar bar;
    bar.show(Error{"<b>bold</b> & more", {}, {}});
    QVERIFY(bar.findChild<QLabel*>("errorText")->text().contains("&lt;b&gt;bold"));
  }

  void theBusyCardComesLateAndCancels() {
    QWidget window;
    window.resize(800, 600);
    window.show();
    BusyOverlay busy(&window);
    busy.begin("Opening");
    QVERIFY(!busy.isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(busy.isVisible(), 20 * BusyOverlay::kCardAfterMs);
    QVERIFY(QGuiApplication::overrideCursor() == nullptr);
    QVERIFY(window.rect().contains(busy.geometry()));
    busy.setProgress(0.5, "Reading");
    QCOMPARE(busy.findChild<QProgressBar*>()->value(), 500);
    busy.setProgress(-1, "Reading");
    QCOMPARE(busy.findChild<QProgressBar*>()->maximum(), 0);
    QSignalSpy cancelled(&busy, &BusyOverlay::cancelled);
    QTest::mouseClick(busy.findChild<QPushButton*>("cancelLoading"), Qt::LeftButton);
    QCOMPARE(cancelled.count(), 1);
    busy.end();
    QVERIFY(!busy.isVisible());
    busy.begin("Quick");
    QTRY_VERIFY(QGuiApplication::overrideCursor() != nullptr);
    busy.end();
    QVERIFY(QGuiApplication::overrideCursor() == nullptr);
  }

  void durationsAndCountsAsSpoken() {
    QCOMPARE(spokenDuration(0.2), QString("1 s"));
    QCOMPARE(spokenDuration(99), QString("99 s"));
    QCOMPARE(spokenDuration(150), QString("3 min"));
    QCOMPARE(spokenDuration(3600 * 3 + 120), QString("3 h 2 min"));
    QCOMPARE(spokenDuration(-5), QString("0 s"));
    QLocale::setDefault(QLocale::C);
    QCOMPARE(shortCount(812), QString("812"));
    QCOMPARE(shortCount(123456), QString("123k"));
    QCOMPARE(shortCount(1234567), QString("1.23M"));
    QCOMPARE(shortCount(12345678), QString("12.3M"));
  }

  void onlyLocalFilesCanBeDropped() {
    QMimeData data;
    QVERIFY(localPaths(&data).isEmpty());
    data.setText("hello");
    QVERIFY(localPaths(&data).isEmpty());
    data.setUrls({QUrl::fromLocalFile("/a b.txt"), QUrl::fromLocalFile("/c")});
    QCOMPARE(localPaths(&data), (QStringList{"/a b.txt", "/c"}));
    data.setUrls({QUrl::fromLocalFile("/a"), QUrl("https://example.org/b.txt")});
    QVERIFY(localPaths(&data).isEmpty());
  }
};

QTEST_MAIN(ShellTest)
#include "shell_test.moc"
