// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/selection.h"

#include <QSignalSpy>
#include <QTest>

using lexarium::kNoToken;
using lexarium::Selection;
using lexarium::TokenId;
using Ids = std::vector<TokenId>;

class SelectionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void oneActionIsOneNotification() {
    Selection selection;
    QSignalSpy changed(&selection, &Selection::changed);
    selection.select(7);
    QCOMPARE(changed.count(), 1);
    selection.select(7);
    selection.select(Ids{7, 7});
    QCOMPARE(changed.count(), 1);
    selection.clear();
    selection.clear();
    QCOMPARE(changed.count(), 2);
    selection.select(kNoToken);
    QCOMPARE(changed.count(), 2);
  }

  void togglesAndAdds() {
    Selection selection;
    selection.select(Ids{3, 1, 3, kNoToken, 2});
    QCOMPARE(selection.words(), (Ids{3, 1, 2}));
    QCOMPARE(selection.primary(), TokenId{2});
    selection.toggle(1);
    QCOMPARE(selection.words(), (Ids{3, 2}));
    selection.toggle(9);
    QCOMPARE(selection.primary(), TokenId{9});
    selection.add({2, 5});
    QCOMPARE(selection.words(), (Ids{3, 2, 9, 5}));
    QVERIFY(selection.contains(9));
    QVERIFY(!selection.contains(1));
  }

  void goesBackAndForward() {
    Selection selection;
    QVERIFY(!selection.canGoBack());
    selection.select(1);
    selection.select(2);
    selection.clear();
    QVERIFY(selection.canGoBack());
    selection.goBack();
    QCOMPARE(selection.words(), Ids{2});
    selection.goBack();
    selection.goBack();
    QVERIFY(selection.isEmpty());
    QVERIFY(!selection.canGoBack());
    selection.goBack();
    selection.goForward();
    QCOMPARE(selection.words(), Ids{1});
    selection.select(5);  // what was ahead is no longer
    QVERIFY(!selection.canGoForward());
    selection.goBack();
    QCOMPARE(selection.words(), Ids{1});
  }

  void historyIsLimited() {
    Selection selection;
    for (TokenId id = 0; id < 5000; ++id) selection.select(id);
    int steps = 0;
    while (selection.canGoBack()) {
      selection.goBack();
      ++steps;
    }
    QVERIFY(steps > 50);
    QVERIFY(steps < 1000);
    QCOMPARE(selection.words().front(), static_cast<TokenId>(4999 - steps));
  }

  void hoverAndFocusAreApart() {
    Selection selection;
    QSignalSpy changed(&selection, &Selection::changed);
    QSignalSpy hovered(&selection, &Selection::hoverChanged);
    QSignalSpy focused(&selection, &Selection::focusChanged);
    selection.hover(4);
    selection.hover(4);
    selection.setFocus(11);
    selection.setFocus(11);
    QCOMPARE(hovered.count(), 1);
    QCOMPARE(focused.count(), 1);
    QCOMPARE(changed.count(), 0);
  }

  void resetForgetsAll() {
    Selection selection;
    selection.select(4);
    selection.hover(4);
    selection.setFocus(2);
    selection.reset();
    QVERIFY(selection.isEmpty());
    QCOMPARE(selection.hovered(), kNoToken);
    QVERIFY(!selection.focus());
    QVERIFY(!selection.canGoBack());
    QVERIFY(!selection.canGoForward());
  }
};

QTEST_GUILESS_MAIN(SelectionTest)
#include "selection_test.moc"
