// SPDX-License-Identifier: GPL-3.0-or-later
// core/project/project_store: nothing is lost, order holds, nobody waits.
#include <QTemporaryDir>
#include <QTest>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/base/file.h"
#include "core/project/project_store.h"
#include "tests/support/some_project.h"

using namespace lexarium;
using namespace lexarium::test;

namespace {

/// Collects what the sink hears.
class Errors {
 public:
  ProjectStore::ErrorSink sink() {
    return [this](const Error& error) {
      const std::lock_guard lock(mutex_);
      messages_.push_back(error.message());
    };
  }
  std::vector<std::string> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(messages_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> messages_;
};

/// A job waits in it until it is opened.
class Gate {
 public:
  void open() {
    {
      const std::lock_guard lock(mutex_);
      open_ = true;
    }
    changed_.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

std::size_t metricRows(const std::filesystem::path& path) {
  auto database = Database::open(path, Database::Access::ReadOnly);
  return static_cast<std::size_t>(*database->integer("SELECT count(*) FROM metrics"));
}

}  // namespace

class ProjectStoreTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void changesKeepTheirOrder();
  void destructorWritesWhatWaits();
  void metricsAreBatched();
  void metricsComeBeforeLaterChanges();
  void questionsOvertake();
  void manyThreadsLoseNothing();
  void errorsGoToTheSink();
  void metricsAreTriedAgain();
  void metricsOfRemovedRunsAreDropped();
  void saveAsWithinAJob();

 private:
  std::filesystem::path path() const { return pathFromUtf8(folder_->filePath("a.lexarium").toStdString()); }
  Project project() {
    auto made = Project::create(path());
    fillProject(*made);
    run_ = made->runs()->front().id;
    return std::move(*made);
  }
  std::unique_ptr<QTemporaryDir> folder_;
  Errors errors_;
  RecordId run_ = 0;
};

void ProjectStoreTest::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  errors_.take();
}

void ProjectStoreTest::changesKeepTheirOrder() {
  ProjectStore store(project(), errors_.sink());
  for (int i = 0; i < 50; ++i) {
    store.change([i](Project& project) { return project.setState("last", std::to_string(i)); });
    store.appendMetrics(run_, somePoints(1000 + static_cast<std::uint64_t>(i), 1));
  }
  store.flush();
  const Project closed = store.close();
  QCOMPARE(closed.state("last")->value(), std::string("49"));
  const auto points = *closed.metrics(run_);
  QCOMPARE(points.size(), std::size_t{550});
  for (std::size_t i = 500; i < points.size(); ++i) QCOMPARE(points[i].step, std::uint64_t{500 + i});
  QVERIFY(errors_.take().empty());
}

void ProjectStoreTest::destructorWritesWhatWaits() {
  {
    ProjectStore store(project(), errors_.sink());
    for (int i = 0; i < 20; ++i) {
      store.change([i](Project& project) { return project.setState(std::to_string(i), "1"); });
    }
    store.appendMetrics(run_, somePoints(501, 7), {{501, "A flag"}});
  }
  const auto reopened = Project::open(path());
  QVERIFY(reopened->state("19")->has_value());
  QCOMPARE(reopened->metrics(run_)->size(), std::size_t{507});
  QCOMPARE(reopened->flags(run_)->back().text, std::string("A flag"));
}

void ProjectStoreTest::metricsAreBatched() {
  auto made = project();
  const auto other = made.runs()->back().id;
  {
    ProjectStore store(std::move(made), errors_.sink());
    Gate gate;
    store.change([&](Project&) -> Expected<void> {
      gate.pass();
      return {};
    });
    for (std::uint64_t i = 0; i < 100; ++i) {
      store.appendMetrics(run_, somePoints(501 + i, 1));
      store.appendMetrics(other, somePoints(501 + i, 1));
    }
    gate.open();
  }
  // Four rows stand there from before; a hundred calls are one row a run.
  QCOMPARE(metricRows(path()), std::size_t{6});
  QCOMPARE(Project::open(path())->metrics(other)->size(), std::size_t{600});
}

void ProjectStoreTest::metricsComeBeforeLaterChanges() {
  ProjectStore store(project(), errors_.sink());
  store.appendMetrics(run_, somePoints(501, 3));
  std::size_t seen = 0;
  store.change([&](Project& project) -> Expected<void> {
    seen = project.metrics(run_)->size();
    return {};
  });
  store.flush();
  QCOMPARE(seen, std::size_t{503});
}

void ProjectStoreTest::questionsOvertake() {
  ProjectStore store(project(), errors_.sink());
  Gate gate;
  std::vector<int> order;  // the store's thread's, until it is flushed
  const auto note = [&](int number) {
    return [&order, number](Project&) -> Expected<void> {
      order.push_back(number);
      return {};
    };
  };
  store.change([&](Project&) -> Expected<void> {
    gate.pass();
    return {};
  });
  store.change(note(1));
  store.change(note(2));
  store.ask(note(3));
  store.ask(note(4));
  gate.open();
  store.flush();
  QCOMPARE(order, (std::vector<int>{3, 4, 1, 2}));
}

void ProjectStoreTest::manyThreadsLoseNothing() {
  {
    ProjectStore store(project(), errors_.sink());
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < 25; ++i) {
          NoteRecord note;
          note.id = store.newId();
          note.title = std::to_string(thread);
          store.change([note](Project& project) -> Expected<void> {
            const auto added = project.addNote(note);
            return added ? Expected<void>() : tl::unexpected<Error>(added.error());
          });
          store.appendMetrics(run_, somePoints(0, 2));
          store.ask([](Project& project) -> Expected<void> {
            return project.runs() ? Expected<void>() : makeError("no runs");
          });
          if (i == 12) store.flush();
        }
      });
    }
  }
  QVERIFY(errors_.take().empty());
  const auto reopened = Project::open(path());
  QCOMPARE(reopened->notes()->size(), std::size_t{101});
  QCOMPARE(reopened->metrics(run_)->size(), std::size_t{700});
  QVERIFY(reopened->verify()->empty());
}

void ProjectStoreTest::errorsGoToTheSink() {
  ProjectStore store(project(), errors_.sink());
  store.change([](Project&) -> Expected<void> { return makeError("The first"); });
  store.ask([](Project&) -> Expected<void> { return makeError("A question"); });
  store.change([](Project&) -> Expected<void> { throw std::bad_alloc(); });
  store.change([](Project& project) { return project.setState("after", "1"); });
  store.flush();
  auto messages = errors_.take();
  QCOMPARE(messages.size(), std::size_t{3});
  QVERIFY(std::ranges::find(messages, "A question.") != messages.end());
  QVERIFY(messages.back().find("not enough memory") != std::string::npos);
  QVERIFY(store.close().state("after")->has_value());
}

void ProjectStoreTest::metricsAreTriedAgain() {
  ProjectStore store(project(), errors_.sink());
  const auto away = pathFromUtf8(folder_->filePath("away").toStdString());
  store.change([&](Project&) -> Expected<void> {
    std::filesystem::rename(path(), away);
    return {};
  });
  for (int i = 0; i < 3; ++i) {
    store.appendMetrics(run_, somePoints(501 + static_cast<std::uint64_t>(i), 1));
    store.flush();
  }
  auto messages = errors_.take();
  QCOMPARE(messages.size(), std::size_t{1});  // one sentence, not three
  QVERIFY2(messages[0].find("moved or deleted") != std::string::npos, messages[0].c_str());
  store.change([&](Project&) -> Expected<void> {
    std::filesystem::rename(away, path());
    return {};
  });
  store.appendMetrics(run_, somePoints(504, 1));
  const auto points = *store.close().metrics(run_);
  QCOMPARE(points.size(), std::size_t{504});
  for (std::size_t i = 0; i < points.size(); ++i) QCOMPARE(points[i].step, std::uint64_t{i + 1});
  QVERIFY(errors_.take().empty());
}

void ProjectStoreTest::metricsOfRemovedRunsAreDropped() {
  ProjectStore store(project(), errors_.sink());
  store.change([&](Project& project) { return project.removeRun(run_); });
  store.appendMetrics(run_, somePoints(501, 3));
  store.flush();
  QVERIFY(errors_.take().empty());
  QVERIFY(store.close().verify()->empty());
}

void ProjectStoreTest::saveAsWithinAJob() {
  ProjectStore store(project(), errors_.sink());
  const auto target = pathFromUtf8(folder_->filePath("b.lexarium").toStdString());
  const auto id = store.newId();
  store.change([&](Project& project) { return project.saveAs(target); });
  store.appendMetrics(run_, somePoints(501, 3));
  QVERIFY(store.newId() > id);
  const Project closed = store.close();
  QCOMPARE(closed.path(), target);
  QCOMPARE(closed.metrics(run_)->size(), std::size_t{503});
  QCOMPARE(Project::open(path())->metrics(run_)->size(), std::size_t{500});
}

QTEST_GUILESS_MAIN(ProjectStoreTest)
#include "project_store_test.moc"
