// SPDX-License-Identifier: GPL-3.0-or-later
// Tasks in the whole window: files with examples are shown before they are opened, a model learns them, views
// look into it, and a project keeps both.
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/tasks/task_samples.h"
#include "ui/session/language_run.h"
#include "ui/session/project_keeper.h"
#include "ui/session/session.h"
#include "ui/shell/import_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/workspaces.h"
#include "ui/views/view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/error_bar.h"

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
  ImportDialog* dialog() const { return window.findChild<ImportDialog*>(); }
  template <class T>
  T* part(const char* name) const {
    return dialog()->findChild<T*>(name);
  }
  bool previewed() const {
    return QTest::qWaitFor([&] { return dialog() && part<QPushButton>("openExamples")->isEnabled(); },
                           kPatience);
  }
  QString counts() const { return part<QLabel>("importCounts")->text(); }
  bool hasTask() const {
    return QTest::qWaitFor([&] { return session.corpus() && session.corpus()->task(); }, kPatience);
  }
  /// A small model of the task to its end.
  bool train(std::int64_t epochs = 2) {
    RunConfig config = session.runs().nextConfig();
    for (const auto& [key, value] : std::map<std::string, std::int64_t>{
             {"units", 16}, {"dimensions", 16}, {"epochs", epochs}, {"validate_every", 5}})
      if (config.params.contains(key)) config.params.set(key, value);
    session.runs().trainWith(config);
    return QTest::qWaitFor([&] { return session.runs().status().state == RunStatus::State::Finished; },
                           kPatience);
  }
};

std::string pairsTable(std::size_t rows) {
  std::string table = "id,english,french\n";
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string number = std::to_string(i);
    table += number + ",\"number " + number + ", please\",nombre " + number + "\n";
  }
  return table + "99999,alone,\n";
}

}  // namespace

class TaskWindowTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void tablesAreShownBeforeTheyAreOpened();
  void tablesCanBeReadAsText();
  void textsAreNotOffered();
  void brokenTablesSayWhy();
  void samplesLearnAndAreLookedInto_data();
  void samplesLearnAndAreLookedInto();
  void emptyViewsTrainTheModelOfTheTask();
  void projectsKeepTaskAndModel();
  void modelsOfFilesOpen();
  void otherTextsTakeTheTaskAway();
};

void TaskWindowTest::tablesAreShownBeforeTheyAreOpened() {
  Program program;
  program.session.openPaths({program.put("pairs.csv", pairsTable(60))});
  QVERIFY(program.previewed());
  QVERIFY2(program.counts().contains("60 pairs"), qPrintable(program.counts()));
  QVERIFY(program.part<QPlainTextEdit>("importSkipped")->toPlainText().contains("62"));  // its line
  auto* rows = program.part<QTableWidget>("importRows");
  QCOMPARE(rows->columnCount(), 3);
  QVERIFY(rows->horizontalHeaderItem(1)->text().contains("source"));
  QVERIFY(rows->horizontalHeaderItem(2)->text().contains("target"));
  QCOMPARE(rows->item(3, 1)->text(), QString("number 3, please"));
  // Another column as the target.
  program.part<QComboBox>("importOutput")->setCurrentIndex(0);
  QVERIFY(program.previewed());
  QVERIFY(rows->horizontalHeaderItem(0)->text().contains("target"));
  program.part<QComboBox>("importOutput")->setCurrentIndex(2);
  QVERIFY(program.previewed());
  // As classes each target is one.
  auto* kind = program.part<QComboBox>("importKind");
  kind->setCurrentIndex(kind->findData(static_cast<int>(TaskKind::Labels)));
  QVERIFY(program.previewed());
  QVERIFY2(program.counts().contains("classes"), qPrintable(program.counts()));
  kind->setCurrentIndex(kind->findData(static_cast<int>(TaskKind::Pairs)));
  QVERIFY(program.previewed());
  QTest::mouseClick(program.part<QPushButton>("openExamples"), Qt::LeftButton);
  QVERIFY(program.hasTask());
  const auto& task = *program.session.corpus()->task();
  QCOMPARE(task.examples.size(), std::size_t{60});
  QCOMPARE(task.examples[3].input, std::string("number 3, please"));
  QCOMPARE(task.examples[3].output, std::string("nombre 3"));
  QCOMPARE(program.session.corpus()->documentCount(), std::size_t{2});
  QCOMPARE(program.session.runs().nextConfig().modelId, std::string("encoder-decoder"));
}

void TaskWindowTest::tablesCanBeReadAsText() {
  Program program;
  program.session.openPaths({program.put("pairs.csv", pairsTable(60))});
  QVERIFY(program.previewed());
  QTest::mouseClick(program.part<QPushButton>("openAsText"), Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(program.session.runs().canTrain(), kPatience);
  QVERIFY(!program.session.corpus()->task());
}

void TaskWindowTest::textsAreNotOffered() {
  Program program;
  program.session.openPaths({program.put("novel.txt", "It was a dark night.\nNobody\tslept.\nRain fell.\n")});
  QTRY_VERIFY_WITH_TIMEOUT(program.session.runs().canTrain(), kPatience);
  QVERIFY(!program.dialog() && !program.session.corpus()->task());
}

void TaskWindowTest::brokenTablesSayWhy() {
  Program program;
  program.session.openPaths({program.put("none.tsv", "only\none\ncolumn\n")});
  QTRY_VERIFY_WITH_TIMEOUT(program.dialog(), kPatience);
  QTRY_VERIFY2_WITH_TIMEOUT(program.counts().contains("none.tsv"), qPrintable(program.counts()), kPatience);
  QVERIFY(!program.part<QPushButton>("openExamples")->isEnabled());
  program.dialog()->reject();
  QVERIFY(!program.session.corpus());
}

void TaskWindowTest::samplesLearnAndAreLookedInto_data() {
  QTest::addColumn<QString>("sample");
  for (const TaskSample& sample : taskSamples()) {
    if (sample.id == "sorted") continue;  // as reversed
    QTest::newRow(sample.id.c_str()) << QString::fromStdString(sample.id);
  }
}

void TaskWindowTest::samplesLearnAndAreLookedInto() {
  QFETCH(QString, sample);
  Program program;
  auto* button = program.window.findChild<QPushButton*>("task_" + sample);
  QVERIFY(button && button->isVisible());
  QTest::mouseClick(button, Qt::LeftButton);
  QVERIFY(program.hasTask());
  QTRY_VERIFY(program.window.view("attention")->isVisible());
  QVERIFY(program.train(1));
  const Run* run = program.session.runs().current();
  QVERIFY(isModelRun(run) && !isLanguageRun(run));
  std::vector<MetricPoint> points;
  run->trainer->metrics().read(0, points);
  QVERIFY(std::any_of(points.begin(), points.end(), [](const MetricPoint& p) { return p.scores.any(); }));
  QTRY_VERIFY_WITH_TIMEOUT(newestTrainedOf(*run), kPatience);
  // Every view stands it.
  for (const ViewInfo& info : viewRegistry()) {
    program.window.showView(info.id);
    QTRY_VERIFY2(program.window.view(info.id)->isVisible(), info.id);
    QCoreApplication::processEvents();
  }
}

void TaskWindowTest::emptyViewsTrainTheModelOfTheTask() {
  Program program;
  program.session.openTaskSample("stories");
  QVERIFY(program.hasTask());
  QCOMPARE(program.session.runs().nextConfig().modelId, std::string("memory-network"));
  RunConfig other{"skip-gram", ParamSet::defaultsOf(findModel("skip-gram")->params), {}};
  program.session.runs().setNextConfig(other);
  program.window.showView("attention");
  View* view = program.window.view("attention");
  QTRY_VERIFY(view->isVisible());
  EmptyState* empty = view->findChild<EmptyState*>();
  QVERIFY(empty);
  Q_EMIT empty->activated();
  QTRY_VERIFY_WITH_TIMEOUT(program.session.runs().current(), kPatience);
  QCOMPARE(program.session.runs().current()->trainer->config().modelId, std::string("memory-network"));
}

void TaskWindowTest::projectsKeepTaskAndModel() {
  QTemporaryDir folder;
  const QString file = folder.filePath("task.lexarium");
  TensorSet saved;
  {
    Program program;
    program.session.openTaskSample("reviews");
    QVERIFY(program.hasTask());
    QVERIFY(program.train());
    QTRY_VERIFY_WITH_TIMEOUT(newestTrainedOf(*program.session.runs().current()), kPatience);
    saved = newestTrainedOf(*program.session.runs().current())->save();
    program.session.keepProject().saveAs(file);
    QTRY_COMPARE_WITH_TIMEOUT(program.session.keepProject().path(), file, kPatience);
    program.window.close();
  }
  Program program;
  program.session.openPaths({file});
  QVERIFY(program.hasTask());
  QTRY_COMPARE_WITH_TIMEOUT(program.session.runs().runs().size(), std::size_t{1}, kPatience);
  const Run* run = program.session.runs().current();
  QCOMPARE(run->trainer->config().modelId, std::string("classifier"));
  QTRY_VERIFY_WITH_TIMEOUT(newestTrainedOf(*run), kPatience);
  QVERIFY(newestTrainedOf(*run)->save() == saved);
  std::vector<MetricPoint> points;
  run->trainer->metrics().read(0, points);
  QVERIFY(std::any_of(points.begin(), points.end(), [](const MetricPoint& p) { return p.scores.any(); }));
}

void TaskWindowTest::modelsOfFilesOpen() {
  Program program;
  program.session.openTaskSample("stories");
  QVERIFY(program.hasTask());
  QVERIFY(program.train());
  const auto model = newestTrainedOf(*program.session.runs().current());
  QVERIFY(model);
  const QString path = program.folder.filePath("stories.safetensors");
  QVERIFY(writeSafetensors(model->save(), pathFromUtf8(path.toStdString())).has_value());
  program.session.openPaths({path});  // beside what is open
  QTRY_COMPARE_WITH_TIMEOUT(program.session.runs().runs().size(), std::size_t{2}, kPatience);
  QVERIFY(program.session.runs().current()->trainer->snapshot()->trained->save() == model->save());
  Program alone;
  alone.session.openPaths({path});
  QTRY_VERIFY_WITH_TIMEOUT(alone.session.corpus(), kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(alone.session.runs().runs().size(), std::size_t{1}, kPatience);
  QVERIFY(isModelRun(alone.session.runs().current()));
  for (const ViewInfo& info : viewRegistry()) {
    alone.window.showView(info.id);
    QTRY_VERIFY2(alone.window.view(info.id)->isVisible(), info.id);
  }
}

void TaskWindowTest::otherTextsTakeTheTaskAway() {
  Program program;
  program.session.openTaskSample("dates");
  QVERIFY(program.hasTask());
  auto* choice = program.window.findChild<QComboBox*>("modelChooser");
  QVERIFY(choice);
  QTRY_VERIFY(choice->findData("encoder-decoder") >= 0);
  QVERIFY(choice->findData("classifier") < 0);
  QString text;
  for (int i = 0; i < 300; ++i) text += QStringLiteral("w%1 w%2.\n").arg(i * 7 % 23).arg(i * 5 % 19);
  program.session.openText("text", text);
  QTRY_VERIFY_WITH_TIMEOUT(program.session.corpus() && !program.session.corpus()->task(), kPatience);
  QTRY_VERIFY(choice->findData("encoder-decoder") < 0);
  QVERIFY(!findModel(program.session.runs().nextConfig().modelId)->learnsExamples());
}

QTEST_MAIN(TaskWindowTest)
#include "task_window_test.moc"
