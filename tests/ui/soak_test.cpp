// SPDX-License-Identifier: GPL-3.0-or-later
// A long day with the window: texts, runs, projects and views come and go again and again, and in the end the
// program holds no more memory, threads or open files than after its first hour. A few rounds in each test;
// LEXARIUM_SOAK_MINUTES=10 goes on for ten minutes.
#include <QDockWidget>
#include <QElapsedTimer>
#include <QPixmapCache>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include "core/base/memory.h"
#include "core/formats/vector_formats.h"
#include "ui/session/project_keeper.h"
#include "ui/session/session.h"
#include "ui/shell/main_window.h"
#include "ui/views/view.h"

using namespace lexarium;
using State = RunStatus::State;

namespace {

constexpr int kPatience = 60000;  // milliseconds; only ever used up when something is broken
constexpr int kWarmUpRounds = 3;  // until caches (fonts, pictures, pages of SQLite) are full
constexpr int kRounds = 8;
/// Of the heap, a round. From round to round it goes up and down by some 50 kB; a text, a run or a view that
/// stays takes several times as much.
constexpr double kToleratedBytes = 60'000;

/// All that was begun in the background is done, and what waits to be deleted is.
void settle() {
  for (int i = 0; i < 3; ++i) {
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCoreApplication::processEvents();
  }
  QThreadPool::globalInstance()->waitForDone();  // and no thread of it is left
}

QString someText() {
  QString text;
  for (int i = 0; i < 3000; ++i)
    text += QStringLiteral("The cat %1 sees the dog. The dog sees a bird %2. A bird sees no cat.\n")
                .arg(i % 11)
                .arg(i % 7);
  return text;
}

/// Bytes a round by which `held` grows, by least squares.
double slope(const std::vector<HeldResources>& held) {
  const double mean = static_cast<double>(held.size() - 1) / 2;
  double over = 0, under = 0;
  for (std::size_t i = 0; i < held.size(); ++i) {
    const double x = static_cast<double>(i) - mean;
    over += x * static_cast<double>(held[i].heapBytes);
    under += x * x;
  }
  return over / under;
}

}  // namespace

class SoakTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void aDayInOneWindow();
  void windowsComeAndGo();

 private:
  void day(Session& session, MainWindow& window);
  void train(Session& session);
  void lookAtEverything(Session& session, MainWindow& window);
  void scrub(Session& session);
  void keepAndOpen(Session& session);
  void repeat(const std::function<void()>& round);

  QTemporaryDir folder_;
};

void SoakTest::initTestCase() {
  if (heldResources().heapBytes == 0) QSKIP("This system does not tell what a program holds.");
  QPixmapCache::setCacheLimit(100);  // kB; the usual limit takes a long day to reach
  const auto corpus = *corpusFromText("Words", "the cat and the dog and a bird", {});
  const Matrix vectors = Matrix::Random(3, static_cast<Eigen::Index>(corpus->vocabulary().size()));
  QVERIFY(findVectorFormat("text")->write(folder_.filePath("vectors.txt").toStdString(), corpus->vocabulary(),
                                          vectors, {}));
}

void SoakTest::train(Session& session) {
  RunConfig config = session.runs().nextConfig();
  config.params.set("epochs", std::int64_t{2});
  session.runs().trainWith(config);
  QTRY_VERIFY_WITH_TIMEOUT(isOver(session.runs().status().state), kPatience);
  QCOMPARE(session.runs().status().state, State::Finished);
}

void SoakTest::lookAtEverything(Session& session, MainWindow& window) {
  TokenId word = 1;
  for (const ViewInfo& info : viewRegistry()) {
    QVERIFY(window.showView(info.id));
    session.selection().select(word++);
    settle();
    window.findChild<QDockWidget*>(info.id)->close();
  }
  for (const char* workspace : {"corpus", "explore", "inside", "compare", "embeddings"}) {
    QVERIFY(window.showWorkspace(workspace));
    settle();
  }
}

void SoakTest::scrub(Session& session) {
  Timeline& timeline = session.timeline();
  QVERIFY(!timeline.steps().empty());
  for (std::size_t i = timeline.steps().size(); i-- > 0;) {
    timeline.showIndex(i);
    QCoreApplication::processEvents();
  }
  timeline.setReplaying(true);
  QCoreApplication::processEvents();
  timeline.setReplaying(false);
  timeline.goLive();
}

void SoakTest::keepAndOpen(Session& session) {
  ProjectKeeper& project = *session.project();
  QTRY_VERIFY_WITH_TIMEOUT(!project.path().isEmpty(), kPatience);
  project.saveAs(folder_.filePath("day.lexarium"));
  QTRY_VERIFY_WITH_TIMEOUT(project.isNamed(), kPatience);
  const auto before = session.corpus();
  project.open(folder_.filePath("day.lexarium"));
  QTRY_VERIFY_WITH_TIMEOUT(session.corpus() != before, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(!session.timeline().steps().empty(), kPatience);
  QCOMPARE(session.runs().runs().size(), std::size_t{2});
}

void SoakTest::day(Session& session, MainWindow& window) {
  // Vectors of a file, so that the project before is left.
  session.openVectors(folder_.filePath("vectors.txt"));
  QTRY_VERIFY_WITH_TIMEOUT(session.runs().current() && session.runs().isFromFile(), kPatience);
  session.openText("Animals", someText());
  QTRY_VERIFY_WITH_TIMEOUT(session.runs().canTrain(), kPatience);
  train(session);
  train(session);
  session.runs().removeRun(session.runs().current()->id);
  session.runs().undoRemove();
  lookAtEverything(session, window);
  scrub(session);
  keepAndOpen(session);
  scrub(session);
}

/// Compares what is held after each round once nothing new should come.
void SoakTest::repeat(const std::function<void()>& round) {
  const int minutes = qEnvironmentVariableIntValue("LEXARIUM_SOAK_MINUTES");
  QElapsedTimer timer;
  timer.start();
  std::vector<HeldResources> held;
  std::size_t threads = 0, files = 0;
  for (int i = 0; i < kWarmUpRounds + kRounds || timer.elapsed() < 60'000LL * minutes; ++i) {
    round();
    if (QTest::currentTestFailed()) return;
    settle();
    returnFreeMemory();
    const HeldResources now = heldResources();
    if (i < kWarmUpRounds) {
      threads = std::max(threads, now.threads);
      files = std::max(files, now.files);
      continue;
    }
    held.push_back(now);
    // A thread that has ended is in the system's list for a moment yet.
    QTRY_VERIFY2_WITH_TIMEOUT(heldResources().threads <= threads, qPrintable(QString::number(now.threads)),
                              kPatience);
    QVERIFY2(now.files <= files, qPrintable(QString::number(now.files)));
  }
  const auto mb = [](std::uint64_t bytes) { return static_cast<double>(bytes) / 1e6; };
  const double grown = slope(held);
  qInfo(
      "%zu rounds: heap %.2f to %.2f MB (%.0f bytes a round), resident %.1f to %.1f MB, %zu threads, %zu "
      "files",
      held.size(), mb(held.front().heapBytes), mb(held.back().heapBytes), grown,
      mb(held.front().residentBytes), mb(held.back().residentBytes), held.back().threads, held.back().files);
  QVERIFY2(grown < kToleratedBytes, qPrintable(QStringLiteral("%1 bytes a round").arg(grown)));
}

void SoakTest::aDayInOneWindow() {
  Session session(folder_.filePath("settings.json"));
  MainWindow window(session);
  window.resize(1366, 768);
  window.show();
  repeat([&] { day(session, window); });
  window.close();
}

void SoakTest::windowsComeAndGo() {
  repeat([this] {
    Session session(folder_.filePath("settings.json"));
    MainWindow window(session);
    window.resize(1366, 768);
    window.show();
    session.openText("Animals", someText());
    QTRY_VERIFY_WITH_TIMEOUT(session.runs().canTrain(), kPatience);
    train(session);
    window.close();
  });
}

int main(int argc, char** argv) {
  const int minutes = qEnvironmentVariableIntValue("LEXARIUM_SOAK_MINUTES");
  if (minutes > 0)  // Qt ends a test after five, and counts both functions together
    qputenv("QTEST_FUNCTION_TIMEOUT", QByteArray::number(60'000 * (2 * minutes + 5)));
  QApplication app(argc, argv);
  SoakTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "soak_test.moc"
