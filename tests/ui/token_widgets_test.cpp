// SPDX-License-Identifier: GPL-3.0-or-later
// The widgets that show a text token by token, and what could come next.
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/plot_theme.h"
#include "ui/look/palettes.h"
#include "ui/widgets/choice_bars.h"
#include "ui/widgets/token_text.h"

using namespace lexarium;

class TokenWidgetsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void tokensWrapAtTheWidthAndAtLineFeeds();
  void aPlaceLeadsToItsToken();
  void aClickChoosesAndADragTakesAPhrase();
  void keysWalkThroughTheTokens();
  void coloursBehindTextStayReadable();
  void aChosenBarNamesItsToken();
};

namespace {

std::vector<TokenMark> words(const QStringList& texts) {
  std::vector<TokenMark> marks;
  for (const QString& text : texts) marks.push_back({text, {}, false});
  return marks;
}

}  // namespace

void TokenWidgetsTest::tokensWrapAtTheWidthAndAtLineFeeds() {
  TokenText text;
  text.setTheme(plotTheme());
  text.resize(400, 300);
  text.show();
  text.setTokens(words({"one", " two", "\n", "three"}));
  QCOMPARE(text.tokenRect(0).top(), text.tokenRect(1).top());
  QVERIFY(text.tokenRect(1).left() >= text.tokenRect(0).right() - 0.5);
  QVERIFY(!text.tokenRect(2).isEmpty());  // a line feed can be seen and hovered
  QVERIFY(text.tokenRect(3).top() > text.tokenRect(0).top());
  QCOMPARE(text.plainText(), QString("one two\nthree"));

  QStringList many;
  for (int i = 0; i < 500; ++i) many << QString(" word%1").arg(i);
  text.setTokens(words(many));
  QVERIFY(text.verticalScrollBar()->maximum() > 0);
  QVERIFY(text.tokenRect(499).isEmpty());  // out of sight
  text.scrollToEnd();
  const QRectF last = text.tokenRect(499);
  QVERIFY(!last.isEmpty() && last.right() <= text.viewport()->width());
}

void TokenWidgetsTest::aPlaceLeadsToItsToken() {
  TokenText text;
  text.setTheme(plotTheme());
  text.resize(300, 200);
  text.show();
  QStringList many;
  for (int i = 0; i < 60; ++i) many << QString("t%1 ").arg(i);
  text.setTokens(words(many));
  for (int token = 0; token < 60; ++token) {
    const QRectF rect = text.tokenRect(token);
    if (!rect.isEmpty()) QCOMPARE(text.tokenAt(rect.center()), token);
  }
  QCOMPARE(text.tokenAt({-5, -5}), -1);
  text.setTokens({});
  QCOMPARE(text.tokenAt({20, 20}), -1);
}

void TokenWidgetsTest::aClickChoosesAndADragTakesAPhrase() {
  TokenText text;
  text.setTheme(plotTheme());
  text.resize(400, 200);
  text.show();
  text.setTokens(words({"a ", "b ", "c ", "d "}));
  QSignalSpy clicked(&text, &TokenText::clicked);
  QSignalSpy changed(&text, &TokenText::rangeChanged);
  const auto place = [&](int token) { return text.tokenRect(token).center().toPoint(); };
  QTest::mouseClick(text.viewport(), Qt::LeftButton, {}, place(1));
  QCOMPARE(clicked.size(), 1);
  QCOMPARE(text.range(), (TokenText::Range{1, 1}));
  QTest::mousePress(text.viewport(), Qt::LeftButton, {}, place(3));
  QMouseEvent move(QEvent::MouseMove, place(1), text.viewport()->mapToGlobal(place(1)), Qt::NoButton,
                   Qt::LeftButton, {});
  QCoreApplication::sendEvent(text.viewport(), &move);
  QTest::mouseRelease(text.viewport(), Qt::LeftButton, {}, place(1));
  QCOMPARE(text.range(), (TokenText::Range{1, 3}));
  QCOMPARE(clicked.size(), 1);  // a drag is no click
  QCOMPARE(changed.size(), 2);
  text.setTokens(words({"a"}));
  QVERIFY(!text.range());
}

void TokenWidgetsTest::keysWalkThroughTheTokens() {
  TokenText text;
  text.setTheme(plotTheme());
  text.resize(400, 200);
  text.show();
  text.setTokens(words({"a ", "b ", "c "}));
  QSignalSpy current(&text, &TokenText::currentChanged);
  QTest::keyClick(&text, Qt::Key_Right);
  QTest::keyClick(&text, Qt::Key_Right);
  QCOMPARE(text.current(), 1);
  QTest::keyClick(&text, Qt::Key_Right, Qt::ShiftModifier);
  QCOMPARE(text.range(), (TokenText::Range{1, 2}));
  QTest::keyClick(&text, Qt::Key_Escape);
  QVERIFY(!text.range());
  QCOMPARE(current.size(), 3);
}

void TokenWidgetsTest::coloursBehindTextStayReadable() {
  for (const auto palette : {LookOptions::Palette::Light, LookOptions::Palette::Dark}) {
    LookOptions options;
    options.palette = palette;
    const Theme theme = makeTheme(options, QApplication::font(), QApplication::palette());
    QCOMPARE(surpriseColor(theme, 0), theme.surface);
    QCOMPARE(activationColor(theme, 0), theme.surface);
    for (const double value : {-1.0, -0.5, 0.5, 1.0})
      QVERIFY2(contrastRatio(theme.text, activationColor(theme, value)) >= 4.5,
               qPrintable(QString::number(value)));
    for (const double bits : {2.0, 8.0, 30.0, std::numeric_limits<double>::infinity()})
      QVERIFY2(contrastRatio(theme.text, surpriseColor(theme, bits)) >= 4.5,
               qPrintable(QString::number(bits)));
  }
}

void TokenWidgetsTest::aChosenBarNamesItsToken() {
  ChoiceBars bars;
  bars.setTheme(plotTheme());
  bars.resize(500, 120);
  bars.show();
  std::vector<Choice> choices;
  for (std::uint32_t i = 0; i < 40; ++i)
    choices.push_back(
        {100 + i, visibleToken(QString(" t%1\n").arg(i)), 1.0, 0.1, 0.1, i < 5 ? 0.2 : 0.0, i == 2});
  bars.setChoices(choices);
  QCOMPARE(choices[0].text, QString::fromUtf8("␣t0↵"));
  QSignalSpy chosen(&bars, &ChoiceBars::chosen);
  QTest::mouseClick(bars.viewport(), Qt::LeftButton, {}, bars.rowRect(1).center().toPoint());
  QTest::mouseClick(bars.viewport(), Qt::LeftButton, {}, QPoint(10, 2));  // the header
  QCOMPARE(chosen.size(), 1);
  QCOMPARE(chosen[0][0].toUInt(), 101U);
  for (int i = 0; i < 30; ++i) QTest::keyClick(&bars, Qt::Key_Down);
  QTest::keyClick(&bars, Qt::Key_Return);
  QCOMPARE(chosen.size(), 2);
  QVERIFY(bars.verticalScrollBar()->value() > 0);  // the row is in sight
}

QTEST_MAIN(TokenWidgetsTest)
#include "token_widgets_test.moc"
