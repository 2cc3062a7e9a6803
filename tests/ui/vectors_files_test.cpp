// SPDX-License-Identifier: GPL-3.0-or-later
// Files of vectors in the whole window: by themselves, beside a text, and saved.
#include <QAbstractItemModel>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <set>

#include "core/base/file.h"
#include "core/formats/vector_formats.h"
#include "ui/plot/scatter_plot.h"
#include "ui/session/session.h"
#include "ui/shell/actions.h"
#include "ui/shell/main_window.h"
#include "ui/shell/vectors_files.h"
#include "ui/shell/workspaces.h"
#include "ui/views/map_view.h"
#include "ui/views/view.h"
#include "ui/widgets/error_bar.h"
#include "ui/widgets/linked_table.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;  // milliseconds; only ever used up when something is broken

struct Program {
  QTemporaryDir folder;
  Session session{folder.filePath("settings.json")};
  MainWindow window{session};

  Program() {
    window.resize(1366, 768);
    window.show();
  }
  QString put(const char* name, const std::string& content) {
    const QString path = folder.filePath(name);
    std::ofstream(pathFromUtf8(path.toStdString()), std::ios::binary) << content;
    return path;
  }
  /// Words on a circle: neighbours stand beside each other.
  QString circle(const char* name, const QStringList& words) {
    std::string text = std::to_string(words.size()) + " 8\n";
    for (qsizetype i = 0; i < words.size(); ++i) {
      text += words[i].toStdString();
      const double angle = 6.28 * static_cast<double>(i) / static_cast<double>(words.size());
      for (int d = 0; d < 8; ++d)
        text += ' ' + std::to_string(d == 0 ? std::cos(angle) : d == 1 ? std::sin(angle) : 0.01 * d);
      text += '\n';
    }
    return put(name, text);
  }
  TokenId id(const char* word) const { return session.corpus()->vocabulary().find(word).value_or(kNoToken); }
  QString firstNeighbour() const {
    const auto* table = window.findChild<LinkedTable*>("neighbourTable");
    return table->model()->index(0, 0).data().toString();
  }
};

const QStringList kWords{"zebra", "horse", "pony", "boat", "ship", "ferry", "red", "blue", "green", "grey"};

}  // namespace

class VectorsFilesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void vectorsAloneFillTheViewsThatNeedNoText();
  void everyViewLivesWithoutAText();
  void aTextComesAfterVectors();
  void ofATextTheyStandBesideItsRuns();
  void savedVectorsAreThoseShown();
  void aBrokenFileLeavesWhatIsOpen();
  void noTwoActionsShareAShortcut();
};

void VectorsFilesTest::vectorsAloneFillTheViewsThatNeedNoText() {
  Program program;
  program.session.openPaths({program.circle("animals.txt", kWords)});  // told apart from a text
  QTRY_VERIFY_WITH_TIMEOUT(program.session.corpus() != nullptr, kPatience);
  QVERIFY(!program.session.corpus()->hasText());
  QCOMPARE(program.session.runs().runs().size(), std::size_t{1});
  auto* map = dynamic_cast<MapView*>(program.window.view("map"));
  QVERIFY(map->isVisible());
  QTRY_COMPARE_WITH_TIMEOUT(map->plot().scene().points.cols(), Eigen::Index{10}, kPatience);
  program.session.selection().select(program.id("horse"));
  QTRY_VERIFY_WITH_TIMEOUT(program.firstNeighbour() == "zebra" || program.firstNeighbour() == "pony",
                           kPatience);
  QVERIFY(!program.window.actions().get("train")->isEnabled());
  QVERIFY(!program.window.actions().get("textOptions")->isEnabled());
  QVERIFY(program.session.settings().recentFiles().front().endsWith("animals.txt"));
  program.session.runs().train();
  QVERIFY(!program.session.runs().isActive());
}

void VectorsFilesTest::everyViewLivesWithoutAText() {
  Program program;
  program.session.openVectors(program.circle("v.txt", kWords));
  QTRY_VERIFY_WITH_TIMEOUT(program.session.corpus() != nullptr, kPatience);
  for (const WorkspaceInfo& workspace : workspaceRegistry()) {
    QVERIFY(program.window.showWorkspace(workspace.id));
    for (const ViewInfo& info : viewRegistry()) {
      View* view = program.window.view(info.id);
      program.window.showView(info.id);
      program.session.selection().select({1, 4});
      program.session.selection().hover(2);
      QTRY_VERIFY2(view->isVisible(), info.id);
      QVERIFY2(!view->textSummary().isEmpty(), info.id);
      QMenu menu;
      view->fillMenu(menu);
      view->restoreState(view->saveState());
      program.session.selection().clear();
    }
  }
}

void VectorsFilesTest::aTextComesAfterVectors() {
  Program program;
  program.session.openVectors(program.circle("v.txt", kWords));
  QTRY_VERIFY_WITH_TIMEOUT(program.session.corpus() != nullptr, kPatience);
  program.session.openText("text", "A horse is no pony. The pony is red.");
  QTRY_VERIFY_WITH_TIMEOUT(program.session.corpus()->hasText(), kPatience);
  QVERIFY(program.session.runs().runs().empty());
  QVERIFY(program.window.actions().get("train")->isEnabled());
  QVERIFY(program.session.vectorsPath().isEmpty());
}

void VectorsFilesTest::ofATextTheyStandBesideItsRuns() {
  Program program;
  program.session.openText("text", "A horse is no pony. The pony is red, the zebra is not. A horse!");
  QTRY_VERIFY_WITH_TIMEOUT(program.session.corpus() != nullptr, kPatience);
  program.window.showWorkspace("embeddings");
  const auto corpus = program.session.corpus();
  program.session.addVectors(program.circle("v.txt", kWords));
  QTRY_COMPARE_WITH_TIMEOUT(program.session.runs().runs().size(), std::size_t{1}, kPatience);
  QCOMPARE(program.session.corpus(), corpus);
  QVERIFY2(program.window.errors().text().contains("4 of the 10"),
           qPrintable(program.window.errors().text()));
  program.session.selection().select(program.id("horse"));
  QTRY_VERIFY_WITH_TIMEOUT(program.firstNeighbour() == "zebra" || program.firstNeighbour() == "pony",
                           kPatience);
  auto* lines = program.window.findChild<LinkedTable*>("concordanceList");
  QTRY_COMPARE_WITH_TIMEOUT(lines->model()->rowCount(), 2, kPatience);
  const auto& scene = dynamic_cast<MapView*>(program.window.view("map"))->plot().scene();
  QTRY_VERIFY_WITH_TIMEOUT(scene.count() > program.id("the"), kPatience);
  QVERIFY(isShown(scene, program.id("pony")));
  QVERIFY(!isShown(scene, program.id("the")));
  // A word of the text that the file does not know.
  program.session.selection().select(program.id("the"));
  QTRY_VERIFY_WITH_TIMEOUT(!program.window.findChild<LinkedTable*>("neighbourTable")->isVisible(), kPatience);
  QVERIFY(program.window.actions().get("train")->isEnabled());
}

void VectorsFilesTest::savedVectorsAreThoseShown() {
  Program program;
  program.session.openText("text", "A horse is no pony. The pony is red, the zebra is not. A horse!");
  QTRY_VERIFY_WITH_TIMEOUT(program.session.corpus() != nullptr, kPatience);
  program.session.addVectors(program.circle("v.txt", kWords));
  QTRY_COMPARE_WITH_TIMEOUT(program.session.runs().runs().size(), std::size_t{1}, kPatience);
  auto* files = program.window.findChild<VectorsFiles*>();
  for (const VectorFormat& format : vectorFormats()) {
    const auto path =
        pathFromUtf8(program.folder.filePath("saved").toStdString() + format.extensions.front());
    files->save(path, format);
    QTRY_VERIFY_WITH_TIMEOUT(!files->isSaving(), kPatience);
    const auto read = readVectors(path);
    QVERIFY2(read, format.id.c_str());
    // Only the words that the file had, and with their numbers.
    QCOMPARE(std::set<std::string>(read->words.begin(), read->words.end()),
             (std::set<std::string>{"horse", "pony", "red", "zebra"}));
    const auto& table = *program.session.runs().vectors();
    for (std::size_t i = 0; i < read->words.size(); ++i) {
      const TokenId id = program.id(read->words[i].c_str());
      const auto error = (read->vectors.col(static_cast<Eigen::Index>(i)) - table.vectors.col(id)).norm();
      QVERIFY2(error < 1e-5, read->words[i].c_str());
    }
  }
  files->save(pathFromUtf8(program.folder.filePath("no/such/folder.txt").toStdString()),
              *findVectorFormat("text"));
  QTRY_VERIFY_WITH_TIMEOUT(!files->isSaving(), kPatience);
  QVERIFY(program.window.errors().text().contains("folder.txt"));
}

void VectorsFilesTest::aBrokenFileLeavesWhatIsOpen() {
  Program program;
  program.session.openText("text", "A horse is no pony.");
  QTRY_VERIFY_WITH_TIMEOUT(program.session.corpus() != nullptr, kPatience);
  const auto corpus = program.session.corpus();
  program.session.openVectors(program.put("v.txt", "2 2\na 1 2\nb 1 x\n"));
  QTRY_VERIFY_WITH_TIMEOUT(!program.window.errors().isEmpty(), kPatience);
  QVERIFY2(program.window.errors().text().contains("line 3"), qPrintable(program.window.errors().text()));
  QCOMPARE(program.session.corpus(), corpus);
}

void VectorsFilesTest::noTwoActionsShareAShortcut() {
  Program program;
  std::map<QString, QString> owners;
  for (const QAction* action : program.window.actions().all()) {
    for (const QKeySequence& keys : action->shortcuts()) {
      const auto [owner, isNew] = owners.emplace(keys.toString(), action->objectName());
      QVERIFY2(isNew, qPrintable(keys.toString() + ": " + owner->second + ", " + action->objectName()));
    }
  }
}

QTEST_MAIN(VectorsFilesTest)
#include "vectors_files_test.moc"
