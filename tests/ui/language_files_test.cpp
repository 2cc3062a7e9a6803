// SPDX-License-Identifier: GPL-3.0-or-later
// What others have trained in the whole window: language models of files, by themselves and beside a text,
// and word vectors that a model begins with.
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/base/file.h"
#include "core/train/start_vectors.h"
#include "tests/support/llama_file.h"
#include "ui/session/language_run.h"
#include "ui/session/project_keeper.h"
#include "ui/session/session.h"
#include "ui/shell/main_window.h"
#include "ui/shell/workspaces.h"
#include "ui/views/parameters_view.h"
#include "ui/widgets/error_bar.h"
#include "ui/widgets/param_form.h"

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
  QString put(const char* name, const std::string& content) const {
    const QString path = folder.filePath(name);
    std::ofstream(pathFromUtf8(path.toStdString()), std::ios::binary) << content;
    return path;
  }
  QString model() const {
    put("tokenizer.bin", llamaTokens(kLlamaTokens));
    return put("small.bin", llamaFile());
  }
  bool openText() {
    QString text;
    for (int i = 0; i < 600; ++i) text += QStringLiteral("w%1 w%2.\n").arg(i * 7 % 23).arg(i * 5 % 19);
    session.openText("text", text);
    return QTest::qWaitFor([this] { return session.runs().canTrain(); }, kPatience);
  }
  bool hasRuns(std::size_t count) {
    return QTest::qWaitFor([&] { return session.runs().runs().size() == count; }, kPatience);
  }
  bool finishes() {
    return QTest::qWaitFor(
        [&] {
          return session.runs().current() && session.runs().status().state == RunStatus::State::Finished;
        },
        kPatience);
  }
  QComboBox* vectors() const { return window.findChild<QComboBox*>("param_vectors"); }
  ParametersView* parameters() const { return window.findChild<ParametersView*>(); }
  void choose(int index) const {
    vectors()->setCurrentIndex(index);
    Q_EMIT vectors()->activated(index);
  }
};

RunConfig quick(const char* model, const Corpus& corpus) {
  RunConfig config{model, presetFor(*findModel(model), corpus), {.mode = Execution::Mode::Reproducible}};
  config.params.set("epochs", std::int64_t{2});
  return config;
}

}  // namespace

class LanguageFilesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aModelAloneLivesInEveryView();
  void aModelStandsBesideTheRunsOfAText();
  void theProjectKeepsIt();
  void theModelsOfOthersOpen();
  void aBrokenModelLeavesWhatIsOpen();
  void vectorsOfARunBeginAModel();
  void vectorsOfAFileBeginAModel();
};

void LanguageFilesTest::aModelAloneLivesInEveryView() {
  Program program;
  program.session.openPaths({program.model()});
  QVERIFY(program.hasRuns(1));
  QVERIFY(!program.session.corpus()->hasText());
  QVERIFY(isLanguageRun(program.session.runs().current()));
  QVERIFY(program.window.view("samples")->isVisible());
  // Views that ask the model have it.
  for (const char* id : {"samples", "next_token", "states", "guess"}) {
    program.window.showView(id);
    QTRY_VERIFY2_WITH_TIMEOUT(!program.window.view(id)->textSummary().contains("Here "), id, kPatience);
  }
  for (const WorkspaceInfo& workspace : workspaceRegistry()) {
    QVERIFY(program.window.showWorkspace(workspace.id));
    for (const ViewInfo& info : viewRegistry()) {
      View* view = program.window.view(info.id);
      program.window.showView(info.id);
      program.session.selection().select({1, 4});
      QTRY_VERIFY2(view->isVisible(), info.id);
      QTRY_VERIFY2_WITH_TIMEOUT(!view->textSummary().isEmpty(), info.id, kPatience);
      QMenu menu;
      view->fillMenu(menu);
      view->restoreState(view->saveState());
      program.session.selection().clear();
    }
  }
  QVERIFY(program.session.settings().recentFiles().front().endsWith("small.bin"));
}

void LanguageFilesTest::aModelStandsBesideTheRunsOfAText() {
  Program program;
  QVERIFY(program.openText());
  program.session.runs().trainWith(quick("lstm", *program.session.corpus()));
  QVERIFY(program.finishes());
  const auto corpus = program.session.corpus();
  program.session.openPaths({program.model()});
  QVERIFY(program.hasRuns(2));
  QCOMPARE(program.session.corpus(), corpus);
  QCOMPARE(program.session.runs().current()->name, QString("small.bin"));
  for (const ViewInfo& info : viewRegistry()) {
    program.window.showView(info.id);
    QTRY_VERIFY2(program.window.view(info.id)->isVisible(), info.id);
  }
  for (const char* id : {"samples", "next_token", "states", "guess"}) {
    program.window.showView(id);
    QTRY_VERIFY2_WITH_TIMEOUT(!program.window.view(id)->textSummary().contains("Here "), id, kPatience);
  }
  program.session.runs().setCurrent(1);
  program.session.runs().setCurrent(2);
  program.session.runs().train();  // the next run is one of the text
  QVERIFY(program.hasRuns(3));
  program.session.runs().stop();
}

void LanguageFilesTest::theProjectKeepsIt() {
  TensorSet saved;
  const QTemporaryDir folder;
  const QString file = folder.filePath("lesson.lexarium");
  {
    Program program;
    QVERIFY(program.openText());
    program.session.openPaths({program.model()});
    QVERIFY(program.hasRuns(1));
    QVERIFY(ProjectKeeper::canKeepModel(*program.session.runs().current()));
    saved = program.session.runs().current()->trainer->snapshot()->languageModel()->save();
    program.session.keepProject().saveAs(file);
    QTRY_COMPARE_WITH_TIMEOUT(program.session.keepProject().path(), file, kPatience);
    program.window.close();
  }
  Program program;
  program.session.openPaths({file});
  QVERIFY(program.hasRuns(1));
  const Run* run = program.session.runs().current();
  QCOMPARE(run->name, QString("small.bin"));
  QVERIFY(run->isFromFile() && isLanguageRun(run));
  QVERIFY(run->trainer->snapshot()->languageModel()->save() == saved);
  QVERIFY(program.session.keepProject().checkpointsOf(run->id).empty());
  program.window.showView("states");
  QTRY_VERIFY_WITH_TIMEOUT(!program.window.view("states")->textSummary().contains("Here "), kPatience);
}

void LanguageFilesTest::theModelsOfOthersOpen() {
  const QString stories = QString(LEXARIUM_SHARED_DATA) + "/models/stories260K/stories260K.bin";
  if (!QFile::exists(stories)) QSKIP("no ../shared/data");
  Program program;
  program.session.openPaths({stories});
  QVERIFY(program.hasRuns(1));
  const auto snapshot = program.session.runs().current()->trainer->snapshot();
  QCOMPARE(snapshot->languageModel()->tokenizer()->size(), std::size_t{512});
}

void LanguageFilesTest::aBrokenModelLeavesWhatIsOpen() {
  Program program;
  QVERIFY(program.openText());
  const auto corpus = program.session.corpus();
  QStringList errors;
  connect(&program.session, &Session::errorOccurred, this,
          [&](const Error& error) { errors << QString::fromStdString(error.message()); });
  program.session.openPaths({program.put("alone.bin", llamaFile())});
  QTRY_COMPARE_WITH_TIMEOUT(errors.size(), qsizetype{1}, kPatience);
  QVERIFY2(errors.front().contains("tokenizer.bin"), qPrintable(errors.front()));
  program.model();
  program.session.openPaths({program.put("short.bin", llamaFile().substr(0, 500))});
  QTRY_COMPARE_WITH_TIMEOUT(errors.size(), qsizetype{2}, kPatience);
  QVERIFY2(errors.back().contains("short.bin"), qPrintable(errors.back()));
  QCOMPARE(program.session.corpus(), corpus);
  QVERIFY(program.session.runs().runs().empty());
}

void LanguageFilesTest::vectorsOfARunBeginAModel() {
  Program program;
  QVERIFY(program.openText());
  RunController& runs = program.session.runs();
  RunConfig config = quick("skip-gram", *program.session.corpus());
  config.params.set("dimensions", std::int64_t{24});
  runs.trainWith(config);
  QVERIFY(program.finishes());
  const auto table = runs.current()->trainer->snapshot()->all;
  runs.setNextConfig(quick("lstm", *program.session.corpus()));
  program.window.showView("parameters");
  QTRY_VERIFY(program.vectors() != nullptr);
  QVERIFY(!program.vectors()->isEnabled());  // the tokens are no words
  config = runs.nextConfig();
  config.params.set("tokens", std::string("words"));
  runs.setNextConfig(config);
  QTRY_VERIFY(program.vectors()->isEnabled());
  QCOMPARE(program.vectors()->count(), 3);
  program.choose(1);
  QCOMPARE(vectorsNamed(runs.nextConfig().params), std::string("run:Skip-gram 1"));
  QCOMPARE(runs.nextConfig().params.getInt("dimensions"), std::int64_t{24});
  config = runs.nextConfig();
  config.params.set(kFreezeVectorsKey, true);
  runs.setNextConfig(config);
  runs.train();
  QCOMPARE(runs.current()->name, QString("LSTM 1 (pretrained, frozen)"));
  QVERIFY(program.finishes());
  const Matrix& learned = runs.current()->trainer->snapshot()->all->vectors;
  QVERIFY((learned.col(2) / learned.col(2).norm())
              .isApprox(table->vectors.col(2) / table->vectors.col(2).norm(), 1e-4F));
  // From its settings alone, without the vectors at hand: they are found by their fingerprint.
  runs.renameRun(1, "Renamed");
  runs.trainWith(runs.current()->trainer->config());
  QVERIFY(program.finishes());
  QCOMPARE(runs.current()->name, QString("LSTM 2 (pretrained, frozen)"));
  // From scratch: both curves are there to be compared.
  program.window.showView("parameters");
  program.choose(0);
  QVERIFY(vectorsNamed(runs.nextConfig().params).empty() && !runs.nextConfig().vectors);
  runs.train();
  QCOMPARE(runs.current()->name, QString("LSTM 3"));
  QVERIFY(program.finishes());
}

void LanguageFilesTest::vectorsOfAFileBeginAModel() {
  Program program;
  QVERIFY(program.openText());
  RunController& runs = program.session.runs();
  runs.setNextConfig(quick("transformer", *program.session.corpus()));
  program.window.showView("parameters");
  program.parameters()->useVectorsFile(
      program.put("v.txt", "3 8\nW1 1 2 3 4 5 6 7 8\nw2 2 2 3 4 5 6 7 8\nno 1 1 1 1 1 1 1 1\n"));
  auto* note = program.window.findChild<QLabel*>("vectorsNote");
  QTRY_VERIFY_WITH_TIMEOUT(note->text().contains("2 of the 3"), kPatience);
  QCOMPARE(runs.nextConfig().params.getInt("units"), std::int64_t{8});
  QCOMPARE(runs.nextConfig().params.getChoice("tokens"), std::string("words"));
  QCOMPARE(program.vectors()->currentText(), QString("v.txt"));
  runs.train();
  QCOMPARE(runs.current()->name, QString("Transformer 1 (pretrained)"));
  QVERIFY(program.finishes());
  // Other tokens, no vectors.
  auto* tokens = program.window.findChild<QComboBox*>("param_tokens");
  tokens->setCurrentIndex(tokens->findData("characters"));
  QVERIFY(vectorsNamed(runs.nextConfig().params).empty());
  // A file that is none.
  program.parameters()->useVectorsFile(program.put("broken.txt", "3 8\nx 1\n"));
  QTRY_VERIFY_WITH_TIMEOUT(!note->isVisible(), kPatience);
  QVERIFY(vectorsNamed(runs.nextConfig().params).empty());
}

QTEST_MAIN(LanguageFilesTest)
#include "language_files_test.moc"
