// SPDX-License-Identifier: GPL-3.0-or-later
// What is open is kept in a project: a lesson starts where the last one ended, and nothing is lost on the
// way.
#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/file.h"
#include "core/project/project.h"
#include "ui/session/project_keeper.h"
#include "ui/session/session.h"

using namespace lexarium;
using State = RunStatus::State;

namespace {

constexpr int kPatience = 60000;  // milliseconds; only ever used up when something is broken

QString someText() {
  QString text;
  for (int i = 0; i < 300; ++i)
    text += QStringLiteral("The cat sees the dog. The dog sees a bird %1. A bird sees no cat.\n").arg(i % 7);
  return text;
}

/// A session that keeps its project in a folder, as a window has it.
struct Lesson {
  explicit Lesson(const QTemporaryDir& folder) : session(folder.filePath("settings.json")) {
    session.keepProject();
    QObject::connect(&session, &Session::errorOccurred,
                     [this](const Error& error) { errors << QString::fromStdString(error.message()); });
  }
  ProjectKeeper& project() { return *session.project(); }
  RunController& runs() { return session.runs(); }
  Trainer& trainer() { return *runs().current()->trainer; }
  std::shared_ptr<const EmbeddingTable> vectors() { return trainer().snapshot()->all; }
  /// A run that gives the same numbers each time.
  void configure(std::int64_t epochs) {
    RunConfig config = runs().nextConfig();
    config.execution.mode = Execution::Mode::Reproducible;
    config.params.set("epochs", epochs);
    config.params.set("min_count", std::int64_t{1});
    runs().setNextConfig(config);
  }
  /// As the window does when it closes.
  void end() {
    runs().stopAndWait(10);
    project().close();
    runs().shutDown();
  }

  Session session;
  QStringList errors;
};

#define OPEN_TEXT(lesson)                                                    \
  (lesson).session.openText("Animals", someText());                          \
  QTRY_VERIFY_WITH_TIMEOUT((lesson).session.corpus() != nullptr, kPatience); \
  QTRY_VERIFY_WITH_TIMEOUT(!(lesson).project().path().isEmpty(), kPatience)

#define OPEN_PROJECT(lesson, path) \
  (lesson).project().open(path);   \
  QTRY_VERIFY_WITH_TIMEOUT((lesson).session.corpus() != nullptr, kPatience)

#define WAIT_FOR_STATE(lesson, wanted) \
  QTRY_COMPARE_WITH_TIMEOUT((lesson).runs().status().state, wanted, kPatience)

}  // namespace

class ProjectKeeperTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void aFinishedRunIsThereAgain();
  void aRunCutShortGoesOnBitForBit();
  void saveAsGivesTheProjectAName();
  void aRunThatIsRemovedIsGone();
  void runsStayWhenAnotherTextIsOpened();
  void aForkBeginsWhereItsParentStood();
  void aProjectInUseIsNotOpenedTwice();
  void aBrokenProjectIsRefusedWithASentence();

 private:
  std::unique_ptr<QTemporaryDir> folder_;
};

void ProjectKeeperTest::aFinishedRunIsThereAgain() {
  QString path;
  Matrix vectors;
  std::size_t points = 0, moments = 0;
  {
    Lesson lesson(*folder_);
    OPEN_TEXT(lesson);
    lesson.configure(3);
    lesson.runs().train();
    WAIT_FOR_STATE(lesson, State::Finished);
    lesson.runs().renameRun(lesson.runs().current()->id, "My run");
    lesson.runs().setRunColor(lesson.runs().current()->id, QColor("#123456"));
    lesson.runs().setRunNotes(lesson.runs().current()->id, "As in the lesson");
    vectors = lesson.vectors()->vectors;
    points = lesson.trainer().metrics().size();
    moments = lesson.trainer().history()->size();
    path = lesson.project().path();
    lesson.end();
    QVERIFY2(lesson.errors.isEmpty(), qPrintable(lesson.errors.join('\n')));
  }
  QVERIFY(points > 10 && moments > 0);
  Lesson next(*folder_);
  OPEN_PROJECT(next, path);
  QCOMPARE(next.session.corpus()->title(), std::string("Animals"));
  QCOMPARE(next.runs().runs().size(), std::size_t{1});
  const Run& run = *next.runs().current();
  QCOMPARE(run.name, QString("My run"));
  QCOMPARE(run.color, QColor("#123456"));
  QCOMPARE(run.notes, QString("As in the lesson"));
  QCOMPARE(run.trainer->status().state, State::Finished);
  QCOMPARE(run.trainer->metrics().size(), points);
  QVERIFY(next.vectors()->vectors == vectors);
  QTRY_COMPARE_WITH_TIMEOUT(run.trainer->history()->size(), moments, kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(next.session.timeline().steps().size(), moments, kPatience);
  QVERIFY(!next.project().canResume(run.id));
  QVERIFY2(next.errors.isEmpty(), qPrintable(next.errors.join('\n')));
}

void ProjectKeeperTest::aRunCutShortGoesOnBitForBit() {
  Matrix whole;
  std::vector<MetricPoint> wholeLog;
  {
    QTemporaryDir other;
    Lesson lesson(other);
    OPEN_TEXT(lesson);
    lesson.configure(20);
    lesson.runs().train();
    WAIT_FOR_STATE(lesson, State::Finished);
    whole = lesson.vectors()->vectors;
    lesson.trainer().metrics().read(0, wholeLog);
    lesson.end();
  }
  QString path;
  std::uint64_t stoppedAt = 0;
  {
    Lesson lesson(*folder_);
    OPEN_TEXT(lesson);
    lesson.configure(20);
    for (int i = 0; i < 25; ++i) {
      lesson.runs().stepOnce();
      QTRY_COMPARE_WITH_TIMEOUT(lesson.runs().status().step, std::uint64_t(i + 1), kPatience);
    }
    path = lesson.project().path();
    lesson.end();
    stoppedAt = 25;
  }
  Lesson next(*folder_);
  OPEN_PROJECT(next, path);
  const int run = next.runs().current()->id;
  QCOMPARE(next.runs().status().step, stoppedAt);
  QVERIFY(next.project().canResume(run));
  next.project().resume(run);
  WAIT_FOR_STATE(next, State::Finished);
  QVERIFY(next.vectors()->vectors == whole);
  std::vector<MetricPoint> log;
  next.trainer().metrics().read(0, log);
  QCOMPARE(log.size(), wholeLog.size());
  for (std::size_t i = 0; i < log.size(); ++i) {
    QCOMPARE(log[i].step, wholeLog[i].step);
    QCOMPARE(log[i].loss, wholeLog[i].loss);
  }
  QVERIFY2(next.errors.isEmpty(), qPrintable(next.errors.join('\n')));
}

void ProjectKeeperTest::saveAsGivesTheProjectAName() {
  const QString named = folder_->filePath("lesson.lexarium");
  {
    Lesson lesson(*folder_);
    OPEN_TEXT(lesson);
    const QString unnamed = lesson.project().path();
    QVERIFY(!lesson.project().isNamed());
    QVERIFY(QFileInfo::exists(unnamed));
    lesson.project().saveAs(named);
    QTRY_VERIFY_WITH_TIMEOUT(lesson.project().isNamed(), kPatience);
    QCOMPARE(lesson.project().path(), named);
    QVERIFY(!QFileInfo::exists(unnamed));
    QCOMPARE(lesson.session.settings().recentFiles().front(), named);
    lesson.configure(1);
    lesson.runs().train();
    WAIT_FOR_STATE(lesson, State::Finished);
    lesson.end();
  }
  Lesson next(*folder_);
  next.session.openPaths({named});
  QTRY_VERIFY_WITH_TIMEOUT(next.session.corpus() != nullptr, kPatience);
  QVERIFY(next.project().isNamed());
  QCOMPARE(next.runs().runs().size(), std::size_t{1});
}

void ProjectKeeperTest::aRunThatIsRemovedIsGone() {
  QString path;
  {
    Lesson lesson(*folder_);
    OPEN_TEXT(lesson);
    lesson.configure(1);
    for (int i = 0; i < 2; ++i) {
      lesson.runs().train();
      QTRY_VERIFY_WITH_TIMEOUT(!lesson.runs().isActive(), kPatience);
    }
    QCOMPARE(lesson.runs().runs().size(), std::size_t{2});
    lesson.runs().removeRun(lesson.runs().runs().front()->id);
    path = lesson.project().path();
    lesson.end();
  }
  const auto project = Project::open(pathFromUtf8(path.toStdString()), Project::Mode::ReadOnly);
  QVERIFY(project);
  QCOMPARE(project->runs()->size(), std::size_t{1});
  QCOMPARE(project->runs()->front().name, std::string("Skip-gram 2"));
}

void ProjectKeeperTest::runsStayWhenAnotherTextIsOpened() {
  const QString named = folder_->filePath("two.lexarium");
  {
    Lesson lesson(*folder_);
    OPEN_TEXT(lesson);
    lesson.project().saveAs(named);
    QTRY_VERIFY_WITH_TIMEOUT(lesson.project().isNamed(), kPatience);
    lesson.configure(1);
    lesson.runs().train();
    WAIT_FOR_STATE(lesson, State::Finished);
    const auto first = lesson.session.corpus();
    lesson.session.openText("Other", someText() + "And now something else.");
    QTRY_VERIFY_WITH_TIMEOUT(lesson.session.corpus() != first, kPatience);
    QVERIFY(lesson.runs().runs().empty());
    QCOMPARE(lesson.project().path(), named);
    // A question overtakes what waits to be written: it is asked until the new text is there.
    auto texts = std::make_shared<std::vector<CorpusRecord>>();
    const auto known = [&] {
      lesson.project().listTexts([texts](std::vector<CorpusRecord> found) { *texts = std::move(found); });
      return texts->size();
    };
    QTRY_COMPARE_WITH_TIMEOUT(known(), std::size_t{2}, kPatience);
    // Back to the first one: its run is there.
    lesson.project().openText(texts->front().id);
    QTRY_COMPARE_WITH_TIMEOUT(lesson.runs().runs().size(), std::size_t{1}, kPatience);
    QCOMPARE(lesson.session.corpus()->title(), std::string("Animals"));
    lesson.end();
    QVERIFY2(lesson.errors.isEmpty(), qPrintable(lesson.errors.join('\n')));
  }
  const auto project = Project::open(pathFromUtf8(named.toStdString()), Project::Mode::ReadOnly);
  QVERIFY(project);
  QCOMPARE(project->runs()->size(), std::size_t{1});
  QCOMPARE(project->corpora()->size(), std::size_t{2});
}

void ProjectKeeperTest::aForkBeginsWhereItsParentStood() {
  Lesson lesson(*folder_);
  OPEN_TEXT(lesson);
  lesson.configure(5);
  lesson.runs().stepOnce();
  QTRY_COMPARE_WITH_TIMEOUT(lesson.runs().status().step, std::uint64_t{1}, kPatience);
  lesson.runs().stop();
  QTRY_VERIFY_WITH_TIMEOUT(!lesson.runs().isActive(), kPatience);
  const int parent = lesson.runs().current()->id;
  lesson.project().writeNow();
  const auto checkpoints = lesson.project().checkpointsOf(parent);
  QVERIFY(!checkpoints.empty());
  lesson.project().fork(parent, checkpoints.back().id);
  QTRY_VERIFY_WITH_TIMEOUT(lesson.runs().isForking(), kPatience);
  QCOMPARE(lesson.runs().forkStep(), checkpoints.back().step);
  RunConfig config = lesson.runs().nextConfig();
  config.params.set("learning_rate", 0.01);
  lesson.runs().setNextConfig(config);
  lesson.runs().train();
  QTRY_VERIFY_WITH_TIMEOUT(!lesson.runs().isActive(), kPatience);
  const Run& fork = *lesson.runs().current();
  QCOMPARE(fork.parent, parent);
  QCOMPARE(fork.parentStep, checkpoints.back().step);
  std::vector<MetricPoint> before, after;
  lesson.runs().runs().front()->trainer->metrics().read(0, before);
  fork.trainer->metrics().read(0, after);
  QVERIFY(after.size() > before.size());
  QCOMPARE(after.front().loss, before.front().loss);  // the common beginning
  QVERIFY(!lesson.runs().isForking());
  lesson.end();
}

void ProjectKeeperTest::aProjectInUseIsNotOpenedTwice() {
  Lesson lesson(*folder_);
  OPEN_TEXT(lesson);
  lesson.project().saveAs(folder_->filePath("one.lexarium"));
  QTRY_VERIFY_WITH_TIMEOUT(lesson.project().isNamed(), kPatience);
  QTemporaryDir other;
  Lesson second(other);
  second.project().open(lesson.project().path());
  QTRY_VERIFY_WITH_TIMEOUT(!second.errors.isEmpty(), kPatience);
  QVERIFY2(second.errors.front().contains("one.lexarium"), qPrintable(second.errors.front()));
  QVERIFY(second.session.corpus() == nullptr);
  lesson.end();
}

void ProjectKeeperTest::aBrokenProjectIsRefusedWithASentence() {
  const QString path = folder_->filePath("broken.lexarium");
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("This is not a project at all.");
  file.close();
  Lesson lesson(*folder_);
  OPEN_TEXT(lesson);
  const auto corpus = lesson.session.corpus();
  lesson.session.openPaths({path});
  QTRY_VERIFY_WITH_TIMEOUT(!lesson.errors.isEmpty(), kPatience);
  QCOMPARE(lesson.session.corpus(), corpus);  // what was open stays open, and is kept
  lesson.configure(1);
  lesson.runs().train();
  WAIT_FOR_STATE(lesson, State::Finished);
  QVERIFY(!lesson.project().path().isEmpty());
  lesson.end();
}

QTEST_MAIN(ProjectKeeperTest)
#include "project_keeper_test.moc"
