// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QLocale>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include "tests/support/core_texts.h"

namespace {

const QString kSource = QStringLiteral(LEXARIUM_SOURCE_DIR);

struct Message {
  QString source;
  QStringList translations;  // one, or the plural forms
  bool unfinished = false;
};

std::vector<Message> messagesOf(const QString& fileName) {
  QFile file(fileName);
  std::vector<Message> messages;
  if (!file.open(QIODevice::ReadOnly)) return messages;
  QXmlStreamReader xml(&file);
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    if (xml.name() == u"message") messages.emplace_back();
    if (xml.name() == u"source") messages.back().source = xml.readElementText();
    if (xml.name() == u"translation") {
      messages.back().unfinished = xml.attributes().value("type") == u"unfinished";
      const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
      messages.back().translations << text;
    }
  }
  return messages;
}

/// %1, %L2, %n: what a translation must not lose.
QStringList placeholders(const QString& text) {
  static const QRegularExpression pattern("%L?[0-9n]+");
  QStringList found;
  for (auto it = pattern.globalMatch(text); it.hasNext();) found << it.next().captured();
  found.sort();
  return found;
}

}  // namespace

class TranslationTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void chineseIsComplete() {
    const auto messages = messagesOf(kSource + "/resources/i18n/lexarium_zh_CN.ts");
    QVERIFY(messages.size() > 300);
    for (const Message& message : messages) {
      QVERIFY2(!message.unfinished, qPrintable(message.source));
      for (const QString& text : message.translations) {
        QVERIFY2(!text.trimmed().isEmpty(), qPrintable(message.source));
        QVERIFY2(placeholders(text) == placeholders(message.source), qPrintable(message.source));
      }
    }
  }

  void coreSpeaksChineseToo() {
    QTranslator translator;
    QVERIFY(translator.load(":/i18n/lexarium_zh_CN.qm"));
    for (const std::string& text : lexarium::test::coreTexts(LEXARIUM_SOURCE_DIR))
      QVERIFY2(!translator.translate("Core", text.c_str()).isEmpty(), text.c_str());
  }

  /// Whoever adds a text to the window runs resources/i18n/update.
  void nothingIsMissing() {
    const QTemporaryDir folder;
    const QString copy = folder.filePath("lexarium_zh_CN.ts");
    QVERIFY(QFile::copy(kSource + "/resources/i18n/lexarium_zh_CN.ts", copy));
    QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
    QProcess lupdate;
    lupdate.setWorkingDirectory(kSource);
    lupdate.start(LEXARIUM_LUPDATE, {"-silent", "-I", ".", "-locations", "none", "ui", "app", "-ts", copy});
    QVERIFY(lupdate.waitForFinished());
    QCOMPARE(lupdate.exitCode(), 0);
    for (const Message& message : messagesOf(copy))
      QVERIFY2(!message.unfinished, qPrintable("not translated: " + message.source));
  }
};

QTEST_GUILESS_MAIN(TranslationTest)
#include "translation_test.moc"
