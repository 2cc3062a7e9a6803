// SPDX-License-Identifier: GPL-3.0-or-later
// The window shows an opened project as it was left.
#include <QDockWidget>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include "ui/session/project_keeper.h"
#include "ui/shell/main_window.h"
#include "ui/views/map_controls.h"
#include "ui/views/map_view.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

struct Program {
  explicit Program(const QString& settings) : session(settings), window(session) {
    window.resize(1366, 768);
    window.show();
  }
  QDockWidget* dock(const char* id) { return window.findChild<QDockWidget*>(id); }
  MapView& map() { return static_cast<MapView&>(*window.view("map")); }
  Session session;
  MainWindow window;
};

}  // namespace

class WindowStateTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aProjectIsShownAsItWasLeft() {
    QTemporaryDir folder;
    QString path;
    {
      Program program(folder.filePath("one.json"));
      program.session.openText("Text", QStringLiteral("one two three four five six seven. ").repeated(40));
      QTRY_VERIFY_WITH_TIMEOUT(!program.session.project()->path().isEmpty(), kPatience);
      path = program.session.project()->path();
      program.window.showWorkspace("embeddings");
      program.window.showView("why");
      program.dock("loss")->hide();
      program.map().setWordsWanted(5000);
      program.map().controls().setColorName("cluster");
      program.window.close();
    }
    // Somebody else, who has seen nothing of it.
    Program program(folder.filePath("two.json"));
    QCOMPARE(program.map().controls().colorName(), QString("frequency"));
    program.session.openPaths({path});
    QTRY_VERIFY_WITH_TIMEOUT(program.session.corpus() != nullptr, kPatience);
    QTRY_VERIFY(program.dock("why")->isVisible());
    QVERIFY(program.dock("loss")->isHidden());
    QVERIFY(!program.dock("map")->isHidden());
    QCOMPARE(program.map().controls().colorName(), QString("cluster"));
    QCOMPARE(program.map().wordsWanted(), std::size_t{5000});
  }

  void whatIsNoStateChangesNothing() {
    QTemporaryDir folder;
    Program program(folder.filePath("one.json"));
    program.session.openText("Text", QStringLiteral("one two three four five six seven. ").repeated(40));
    QTRY_VERIFY_WITH_TIMEOUT(program.session.corpus() != nullptr, kPatience);
    program.window.showWorkspace("embeddings");
    const bool loss = program.dock("loss")->isVisible();
    for (const char* json :
         {"", "[]", "{", "{\"workspace\":7,\"open\":[\"nothing\"],\"views\":[1]}",
          "{\"workspace\":\"none\",\"open\":[\"why\"],\"views\":{\"map\":{\"words\":-1e300}}}"})
      Q_EMIT program.session.project()->windowOpened(json);
    QCOMPARE(program.dock("loss")->isVisible(), loss);
    QVERIFY(!program.dock("why")->isVisible());
    program.window.close();
  }
};

QTEST_MAIN(WindowStateTest)
#include "window_state_test.moc"
