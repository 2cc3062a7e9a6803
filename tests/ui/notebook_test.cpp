// SPDX-License-Identifier: GPL-3.0-or-later
// What a person keeps: in memory, in the view, in the project and back; and the map as it was left.
#include "ui/session/notebook.h"

#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

#include "ui/plot/scatter_plot.h"
#include "ui/session/project_keeper.h"
#include "ui/views/map_controls.h"
#include "ui/views/map_view.h"
#include "ui/views/notebook_view.h"

using namespace lexarium;
using Kind = Notebook::Kind;

namespace {

constexpr int kPatience = 60000;

Notebook::Entry entryOf(Kind kind, const char* name) {
  Notebook::Entry entry;
  entry.kind = kind;
  entry.name = QString::fromLatin1(name);
  return entry;
}

/// A session that keeps its project in a folder, with a map and a notebook.
struct Lesson {
  explicit Lesson(const QTemporaryDir& folder) : session(folder.filePath("settings.json")) {
    session.keepProject();
    map = std::make_unique<MapView>(session);
    notebook = std::make_unique<NotebookView>(session);
    Probe probe = map->needs();
    probe.allWords = true;
    session.runs().setProbe(probe);
    for (QWidget* view : std::initializer_list<QWidget*>{map.get(), notebook.get()}) {
      view->resize(700, 500);
      view->show();
      (void)QTest::qWaitForWindowExposed(view);
    }
  }
  void end() {
    session.runs().stopAndWait(10);
    session.project()->close();
  }
  Session session;
  std::unique_ptr<MapView> map;
  std::unique_ptr<NotebookView> notebook;
};

void train(Lesson& lesson) {
  QString text;
  for (int i = 0; i < 4000; ++i) text += QStringLiteral("w%1 ").arg((i * i + i / 7) % 97);
  lesson.session.openText("Words", text);
  QTRY_VERIFY_WITH_TIMEOUT(lesson.session.corpus() != nullptr, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(!lesson.session.project()->path().isEmpty(), kPatience);
  RunConfig config = lesson.session.runs().nextConfig();
  config.params.set("min_count", std::int64_t{1});
  lesson.session.runs().setNextConfig(config);
  lesson.session.runs().train();
  QTRY_VERIFY_WITH_TIMEOUT(!lesson.session.runs().isActive(), kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(lesson.map->plot().scene().count() > 50, kPatience);
}

}  // namespace

class NotebookTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRemovalIsTakenBack() {
    Notebook notebook;
    QSignalSpy changed(&notebook, &Notebook::changed);
    const int first = notebook.add(entryOf(Kind::Note, "a"));
    const int second = notebook.add(entryOf(Kind::Selection, "b"));
    notebook.rename(first, "  c   d ");
    QCOMPARE(notebook.find(first)->name, QString("c d"));
    notebook.rename(first, "   ");
    QCOMPARE(notebook.find(first)->name, QString("c d"));
    notebook.remove(second);
    QVERIFY(!notebook.find(second));
    notebook.undoRemove();
    QCOMPARE(notebook.entries().back().name, QString("b"));
    notebook.undoRemove();  // once only
    QCOMPARE(notebook.entries().size(), std::size_t{2});
    QCOMPARE(changed.count(), 5);
    notebook.remove(77);
    Notebook::Entry bookmark = entryOf(Kind::Bookmark, "x");
    bookmark.run = 4;
    notebook.add(bookmark);
    notebook.forgetRun(4);
    QCOMPARE(notebook.entries().size(), std::size_t{2});
  }

  void theViewAddsRenamesAndRemoves() {
    QTemporaryDir folder;
    Session session(folder.filePath("settings.json"));
    NotebookView view(session);
    view.resize(300, 400);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    session.openText("Text", "one two three four");
    QTRY_VERIFY_WITH_TIMEOUT(session.corpus() != nullptr, kPatience);
    QVERIFY(!view.findChild<QToolButton*>("addSelection")->isEnabled());
    session.selection().select({0, 1});
    QTest::mouseClick(view.findChild<QToolButton*>("addSelection"), Qt::LeftButton);
    QCOMPARE(session.notebook().entries().size(), std::size_t{1});
    auto* tree = view.findChild<QTreeWidget*>("notebookTree");
    QTRY_VERIFY(QApplication::focusWidget() != nullptr);
    QTest::keyClicks(QApplication::focusWidget(), "numbers");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(session.notebook().entries()[0].name, QString("numbers"));
    session.selection().clear();
    session.notebook().open(session.notebook().entries()[0].id);
    QCOMPARE(session.selection().words(), (std::vector<TokenId>{0, 1}));
    // A note with its text.
    QTest::mouseClick(view.findChild<QToolButton*>("addNote"), Qt::LeftButton);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    auto* text = view.findChild<QPlainTextEdit*>("noteText");
    QVERIFY(text->isVisible());
    text->setPlainText("Look at the numbers");
    QTRY_COMPARE(session.notebook().entries()[1].text, QString("Look at the numbers"));
    QCOMPARE(tree->topLevelItemCount(), 2);
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Delete);
    QCOMPARE(session.notebook().entries().size(), std::size_t{1});
    QVERIFY(!text->isVisible());
  }

  void allOfItIsThereAgainWithTheProject() {
    QTemporaryDir folder;
    QString path;
    Layout places;
    double perplexity = 0;
    std::uint64_t past = 0;
    {
      Lesson lesson(folder);
      train(lesson);
      path = lesson.session.project()->path();
      Notebook& notebook = lesson.session.notebook();
      Notebook::Entry selection = entryOf(Kind::Selection, "Some words");
      selection.words = {3, 5, 8};
      notebook.add(selection);
      Notebook::Entry note = entryOf(Kind::Note, "Plan");
      note.text = "First look, then ask.";
      notebook.rename(notebook.add(note), "Plan of the lesson");
      notebook.remove(notebook.add(entryOf(Kind::Note, "Gone")));
      // A bookmark of the past.
      past = lesson.session.timeline().steps().at(1);
      lesson.session.timeline().showStep(past);
      QTRY_COMPARE_WITH_TIMEOUT(lesson.map->layoutShown().step, past, kPatience);
      lesson.map->plot().setView(0.5, -0.25, 0.01);
      QTest::mouseClick(lesson.notebook->findChild<QToolButton*>("addBookmark"), Qt::LeftButton);
      QCOMPARE(notebook.entries().size(), std::size_t{3});
      lesson.session.timeline().goLive();
      // A map of a method that iterates, to its end.
      lesson.map->controls().setPerplexity(10);
      perplexity = lesson.map->controls().perplexity();
      lesson.map->controls().setMethod("tsne");
      QTRY_VERIFY_WITH_TIMEOUT(lesson.map->layoutShown().converged, kPatience);
      places = lesson.map->layoutShown().placed.layout;
      lesson.end();
    }
    Lesson next(folder);
    next.session.project()->open(path);
    QTRY_VERIFY_WITH_TIMEOUT(next.session.corpus() != nullptr, kPatience);
    // The map is what it was, at once: nothing is laid out anew.
    QTRY_VERIFY_WITH_TIMEOUT(next.map->plot().scene().count() > 50, kPatience);
    QCOMPARE(QString::fromStdString(next.map->controls().method()), QString("tsne"));
    QCOMPARE(next.map->controls().perplexity(), perplexity);
    QVERIFY(next.map->layoutShown().placed.layout == places);
    QVERIFY(next.map->layoutShown().converged && !next.map->isIterating());
    const auto& entries = next.session.notebook().entries();
    QCOMPARE(entries.size(), std::size_t{3});
    QVERIFY(entries[0].kind == Kind::Bookmark && entries[0].step == past);
    QCOMPARE(entries[1].words, (std::vector<TokenId>{3, 5, 8}));
    QCOMPARE(entries[2].name, QString("Plan of the lesson"));
    QCOMPARE(entries[2].text, QString("First look, then ask."));
    // The bookmark shows its moment, method and view again.
    QTRY_VERIFY_WITH_TIMEOUT(next.session.timeline().steps().size() > 1, kPatience);
    next.session.notebook().open(entries[0].id);
    QCOMPARE(next.session.timeline().shownStep(), past);
    QCOMPARE(QString::fromStdString(next.map->controls().method()), QString("pca"));
    QCOMPARE(next.map->plot().scene().view.centerX, 0.5);
    QCOMPARE(next.map->plot().scene().view.unitsPerPixel, 0.01);
    // Edited in the opened project, and once more there.
    next.session.notebook().rename(entries[1].id, "Three words");
    next.session.notebook().remove(entries[0].id);
    next.end();
    next.notebook.reset();
    next.map.reset();
    Session last(folder.filePath("settings.json"));
    last.keepProject().open(path);
    QTRY_VERIFY_WITH_TIMEOUT(last.corpus() != nullptr, kPatience);
    QCOMPARE(last.notebook().entries().size(), std::size_t{2});
    QCOMPARE(last.notebook().entries()[0].name, QString("Three words"));
  }

  void notesStayWithTheProjectSelectionsWithTheText() {
    QTemporaryDir folder;
    Session session(folder.filePath("settings.json"));
    ProjectKeeper& project = session.keepProject();
    session.openText("One", "one two three four");
    QTRY_VERIFY_WITH_TIMEOUT(!project.path().isEmpty(), kPatience);
    project.saveAs(folder.filePath("lesson.lexarium"));
    QTRY_VERIFY_WITH_TIMEOUT(project.isNamed(), kPatience);
    Notebook::Entry selection = entryOf(Kind::Selection, "two");
    selection.words = {1};
    session.notebook().add(selection);
    session.notebook().add(entryOf(Kind::Note, "note"));
    session.openText("Two", "five six seven");
    QTRY_COMPARE_WITH_TIMEOUT(session.corpus()->title(), std::string("Two"), kPatience);
    QCOMPARE(session.notebook().entries().size(), std::size_t{1});
    QCOMPARE(session.notebook().entries()[0].name, QString("note"));
    session.notebook().rename(session.notebook().entries()[0].id, "still the note");
    // Back at the first text everything is there.
    std::vector<CorpusRecord> texts;
    const auto listed = [&] {  // the second text is on its way into the file
      project.listTexts([&](std::vector<CorpusRecord> found) { texts = std::move(found); });
      return texts.size();
    };
    QTRY_COMPARE_WITH_TIMEOUT(listed(), std::size_t{2}, kPatience);
    project.openText(texts[0].id);
    QTRY_COMPARE_WITH_TIMEOUT(session.corpus()->title(), std::string("One"), kPatience);
    QCOMPARE(session.notebook().entries().size(), std::size_t{2});
    QCOMPARE(session.notebook().entries()[1].name, QString("still the note"));
    // Another project begins empty.
    project.close();
  }
};

QTEST_MAIN(NotebookTest)
#include "notebook_test.moc"
