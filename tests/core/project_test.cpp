// SPDX-License-Identifier: GPL-3.0-or-later
// core/project: what is kept comes back, changes are whole, copies are complete.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>

#include "core/base/file.h"
#include "core/project/metric_pack.h"
#include "core/project/project.h"
#include "core/project/record_tables.h"
#include "tests/support/some_project.h"

using namespace lexarium;
using namespace lexarium::test;
namespace fs = std::filesystem;

namespace {

template <class T>
QByteArray why(const Expected<T>& result) {
  return result ? QByteArray("(no error)") : QByteArray::fromStdString(result.error().message());
}

std::size_t filesIn(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

}  // namespace

class ProjectTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }
  void everythingComesBack();
  void recordsKeepEveryMember();
  void numbersKeepEveryBit();
  void corporaComeBackAndAreKeptOnce();
  void corpusInUseStays();
  void metricsAreInOrder();
  void metricPacksKeepWhatLanguageModelsMeasure();
  void metricPacksRefuseOtherBytes();
  void checkpointsAndFramesAreByStep();
  void largeContents();
  void removedRunsLeaveNothing();
  void togetherIsAllOrNothing();
  void wrongReferencesAreRefused();
  void duplicatesAreTheSame();
  void saveAsGoesOnThere();
  void copiesReplaceOnlyWhenComplete();
  void compactGivesSpaceBack();
  void createdOnlyWhereNothingIs();
  void remainsOfJournalsAreInTheWay();

 private:
  fs::path file(const char* name) const { return pathFromUtf8(folder_->filePath(name).toStdString()); }
  std::unique_ptr<QTemporaryDir> folder_;
};

void ProjectTest::everythingComesBack() {
  const auto path = file("课.lexarium");
  std::string before;
  {
    auto project = Project::create(path);
    QVERIFY2(project, why(project));
    fillProject(*project);
    before = describe(*project);
  }
  QVERIFY(before.find("missing") == std::string::npos);
  auto project = Project::open(path);
  QVERIFY2(project, why(project));
  QVERIFY(project->warnings().empty());
  QVERIFY(!project->isReadOnly());
  QCOMPARE(describe(*project), before);
  QVERIFY(project->verify()->empty());
  project = Project::open(file("missing.lexarium"));
  QVERIFY(why(project).contains("There is no such file"));
  QCOMPARE(filesIn(folder_->path().toStdString()), std::size_t{1});  // no journal stays
}

void ProjectTest::recordsKeepEveryMember() {
  auto project = Project::create(file("a.lexarium"));
  fillProject(*project);
  const auto check = [](const auto& records) {
    for (const auto& record : *records) {
      using Record = std::remove_cvref_t<decltype(record)>;
      const Row row = toRow(record);
      QVERIFY(toRow(*fromRow<Record>(row)).values == row.values);
    }
  };
  const auto runs = project->runs();
  check(runs);
  check(project->corpora());
  check(project->checkpoints((*runs)[0].id));
  check(project->frames((*runs)[0].id));
  check(project->layouts((*runs)[0].id));
  check(project->selections());
  check(project->bookmarks());
  check(project->notes());
  RunRecord run = (*runs)[1];
  QCOMPARE(run.parent, (*runs)[0].id);
  QCOMPARE(run.config.execution.seed, ~std::uint64_t{0});
  QCOMPARE(run.config.execution.threads, std::size_t{2});
  QVERIFY(run.config.execution.mode == Execution::Mode::Reproducible);
  QCOMPARE(run.config.params.getNumber("learning_rate"), 0.1 + 0.2);
  QCOMPARE(run.config.params.getInt("dimensions"), std::int64_t{100});
  QCOMPARE(run.config.params.getNumber("whole"), 5.0);  // still no whole number
  QCOMPARE(run.config.params.getBool("shrink"), true);
  QVERIFY(run.created > 1'700'000'000'000);
  run.name = "Renamed";
  run.visible = false;
  run.state = RunStatus::State::Diverged;
  QVERIFY(project->changeRun(run));
  const auto changed = project->runs()->at(1);
  QCOMPARE(changed.name, std::string("Renamed"));
  QVERIFY(!changed.visible && changed.state == RunStatus::State::Diverged);
  QVERIFY(toRow(changed).values == toRow(run).values);
  QCOMPARE(project->selections()->front().words, (std::vector<TokenId>{1, 3}));
  run.id = project->newId();
  QVERIFY(why(project->changeRun(run)).contains("deleted already"));
}

void ProjectTest::numbersKeepEveryBit() {
  auto project = Project::create(file("a.lexarium"));
  const auto corpus = project->addCorpus(*someCorpus());
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double number : {0.1, -0.0, 5e-324, 1e308, infinity, -infinity, std::nan(""), 3.0, 1e18}) {
    RunRecord run;
    run.corpus = *corpus;
    run.loss = number;
    run.step = std::numeric_limits<std::uint64_t>::max();
    const auto id = project->addRun(run);
    QVERIFY2(id, why(id));
    const auto runs = project->runs();
    QVERIFY2(runs, why(runs));
    QVERIFY(std::isnan(number) ? std::isnan(runs->back().loss) : runs->back().loss == number);
    QCOMPARE(runs->back().step, run.step);
    // A loss that is no number is just what a curve must show.
    const std::vector<MetricPoint> points = {{1, 0.5, 0.25, number, 0.025, number}};
    QVERIFY(project->appendMetrics(*id, points));
    const auto read = project->metrics(*id);
    QCOMPARE(std::bit_cast<std::uint64_t>(read->front().loss), std::bit_cast<std::uint64_t>(number));
  }
}

void ProjectTest::corporaComeBackAndAreKeptOnce() {
  auto project = Project::create(file("a.lexarium"));
  const auto corpus = someCorpus();
  const auto id = project->addCorpus(*corpus, "sample:x");
  QVERIFY2(id, why(id));
  QCOMPARE(*project->addCorpus(*corpus), *id);
  SegmentOptions other;
  other.method = SegmentOptions::Method::Characters;
  const auto cut = corpusFromText("Two texts", corpus->document(0).text, other);
  QVERIFY(*project->addCorpus(**cut) != *id);
  QCOMPARE(project->corpora()->size(), std::size_t{2});
  const auto record = project->corpora()->front();
  QCOMPARE(record.origin, std::string("sample:x"));
  QCOMPARE(record.tokens, std::uint64_t{corpus->tokens().size()});
  QCOMPARE(record.icuVersion, icuVersion());
  const auto read = project->readCorpus(*id);
  QVERIFY2(read, why(read));
  QVERIFY(std::ranges::equal((*read)->tokens(), corpus->tokens()));
  QCOMPARE((*read)->document(1).text, corpus->document(1).text);
  std::stop_source stop;
  stop.request_stop();
  QVERIFY(project->readCorpus(*id, {{}, stop.get_token()}).error().kind == Error::Kind::Cancelled);
}

void ProjectTest::corpusInUseStays() {
  auto project = Project::create(file("a.lexarium"));
  fillProject(*project);
  const auto corpus = project->corpora()->front().id;
  QVERIFY(why(project->removeCorpus(corpus)).contains("Runs still use this text"));
  const auto runs = *project->runs();
  for (const auto& run : runs) QVERIFY(project->removeRun(run.id));
  QVERIFY(project->removeCorpus(corpus));
  QVERIFY(project->corpora()->empty() && project->selections()->empty());
  QVERIFY(project->verify()->empty());
}

void ProjectTest::metricsAreInOrder() {
  auto project = Project::create(file("a.lexarium"));
  fillProject(*project);
  const auto run = project->runs()->front().id;
  QVERIFY(project->appendMetrics(run, {}));
  QVERIFY(project->appendMetrics(run, somePoints(501, 2 * kMostPointsAtOnce + 1)));
  const auto points = project->metrics(run);
  QVERIFY2(points, why(points));
  QCOMPARE(points->size(), 500 + 2 * kMostPointsAtOnce + 1);
  for (std::size_t i = 0; i < points->size(); ++i) QCOMPARE((*points)[i].step, std::uint64_t{i + 1});
  QCOMPARE(project->flags(run)->front().text, std::string("Learning rate 0.025 to 0.01"));
  QVERIFY(project->metrics(project->newId())->empty());
}

void ProjectTest::metricPacksKeepWhatLanguageModelsMeasure() {
  auto points = somePoints(0, 100);
  points[40].validationLoss = 1.5;
  points[41].gradientNorm = 0.25;
  const auto packed = packMetrics(points);
  const auto again = unpackMetrics(packed, 100);
  QVERIFY(again);
  QCOMPARE((*again)[40].validationLoss, 1.5);
  QVERIFY(!(*again)[40].hasGradientNorm() && !(*again)[41].hasValidation());
  QCOMPARE((*again)[41].gradientNorm, 0.25);
  QCOMPARE((*again)[99].tokensPerSecond, points[99].tokensPerSecond);
  QVERIFY(!unpackMetrics(packed, 99) && !unpackMetrics(packed, 101));
}

void ProjectTest::metricPacksRefuseOtherBytes() {
  const auto packed = packMetrics(somePoints(0, 100));
  QVERIFY(unpackMetrics(packed, 100));
  QVERIFY(!unpackMetrics(packed, 99) && !unpackMetrics(packed, 101) && !unpackMetrics(packed, 0));
  QVERIFY(!unpackMetrics(packed, ~std::uint64_t{0}));
  QVERIFY(!unpackMetrics({}, 100));
  for (std::size_t size = 0; size < packed.size(); ++size)
    QVERIFY(!unpackMetrics(std::span(packed).first(size), 100));
}

void ProjectTest::checkpointsAndFramesAreByStep() {
  auto project = Project::create(file("a.lexarium"));
  fillProject(*project);
  const auto run = project->runs()->front().id;
  CheckpointRecord early;
  early.run = run;
  early.step = 7;
  const auto id = project->addCheckpoint(early, someState(7));
  QCOMPARE(project->checkpoints(run)->front().id, *id);
  QVERIFY(*project->readCheckpoint(*id) == someState(7));
  FrameRecord again;
  again.run = run;
  again.step = 300;
  const auto frame = project->addFrame(again, someBytes(10, 1));
  QCOMPARE(project->frames(run)->size(), std::size_t{4});  // the old one of step 300 is gone
  QVERIFY(*project->readFrame(*frame) == someBytes(10, 1));
  QVERIFY(project->removeFrame(*frame));
  QCOMPARE(project->frames(run)->size(), std::size_t{3});
  QVERIFY(why(project->readFrame(*frame)).contains("deleted already"));
  QVERIFY(why(project->removeFrame(*frame)).contains("deleted already"));
  QVERIFY(project->verify()->empty());
}

void ProjectTest::largeContents() {
  auto project = Project::create(file("a.lexarium"));
  fillProject(*project);
  FrameRecord frame;
  frame.run = project->runs()->front().id;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{1} << 20,
                                 (std::size_t{1} << 20) + 1, (std::size_t{5} << 20) - 1}) {
    frame.step = 10'000 + size;
    const auto id = project->addFrame(frame, someBytes(size, size));
    QVERIFY2(id, why(id));
    QVERIFY(*project->readFrame(*id) == someBytes(size, size));
  }
  QVERIFY(project->verify()->empty());
}

void ProjectTest::removedRunsLeaveNothing() {
  const auto path = file("a.lexarium");
  auto project = Project::create(path);
  fillProject(*project);
  const auto runs = *project->runs();
  QVERIFY(project->removeRun(runs[0].id));
  QCOMPARE(project->runs()->size(), std::size_t{1});
  QCOMPARE(project->runs()->front().parent, RecordId{0});
  QVERIFY(project->checkpoints(runs[0].id)->empty() && project->metrics(runs[0].id)->empty());
  QVERIFY(project->removeRun(runs[1].id));
  QVERIFY(project->bookmarks()->empty());
  const auto problems = project->verify();
  QVERIFY2(problems && problems->empty(), problems->empty() ? "" : problems->front().c_str());
  QVERIFY(why(project->removeRun(runs[0].id)).contains("deleted already"));
}

void ProjectTest::togetherIsAllOrNothing() {
  auto project = Project::create(file("a.lexarium"));
  fillProject(*project);
  const auto before = describe(*project);
  const auto run = project->runs()->front();
  auto result = project->together([&]() -> Expected<void> {
    if (auto removed = project->removeRun(run.id); !removed) return removed;
    return makeError("No");
  });
  QCOMPARE(why(result), QByteArray("No."));
  QCOMPARE(describe(*project), before);
  // Not even if the error of a part is overlooked.
  result = project->together([&]() -> Expected<void> {
    (void)project->removeRun(run.id);
    (void)project->removeRun(run.id);
    return {};
  });
  QVERIFY(why(result).contains("nothing was changed"));
  QCOMPARE(describe(*project), before);
  QVERIFY(project->together([&] { return project->removeRun(run.id); }));
  QVERIFY(describe(*project) != before);
}

void ProjectTest::wrongReferencesAreRefused() {
  auto project = Project::create(file("a.lexarium"));
  fillProject(*project);
  RunRecord run;
  run.corpus = 999'999;
  QVERIFY(!project->addRun(run));
  QVERIFY(!project->appendFlag(999'999, {1, "x"}));
  QVERIFY(!project->appendMetrics(999'999, somePoints(0, 1)));
  CheckpointRecord checkpoint;
  checkpoint.run = 999'999;
  QVERIFY(!project->addCheckpoint(checkpoint, someState(1)));
  NoteRecord note;
  note.text = std::string(kMaximumFieldBytes + 1, 'x');
  QVERIFY(why(project->addNote(note)).contains("too long"));
  QVERIFY(project->verify()->empty());
}

void ProjectTest::duplicatesAreTheSame() {
  auto project = Project::create(file("a.lexarium"));
  fillProject(*project);
  const auto before = describe(*project);
  double progress = 0;
  const TaskContext context{[&](double fraction, const std::string&) { progress = fraction; }, {}};
  QVERIFY(project->duplicate(file("b.lexarium"), context));
  QCOMPARE(progress, 1.0);
  auto copy = Project::open(file("b.lexarium"));
  QVERIFY2(copy, why(copy));
  QCOMPARE(describe(*copy), before);
  QVERIFY(copy->verify()->empty());
  QCOMPARE(filesIn(folder_->path().toStdString()), std::size_t{3});  // two files, and the journal of one
  // Not over what is open, itself least of all.
  QVERIFY(why(project->duplicate(file("b.lexarium"))).contains("open already"));
  QVERIFY(why(project->duplicate(file("a.lexarium"))).contains("open already"));
  QCOMPARE(describe(*project), before);
}

void ProjectTest::saveAsGoesOnThere() {
  auto project = Project::create(file("a.lexarium"));
  fillProject(*project);
  const auto promised = project->newId();
  QVERIFY(project->saveAs(file("b.lexarium")));
  QCOMPARE(project->path(), file("b.lexarium"));
  QVERIFY(project->newId() > promised);
  NoteRecord note;
  note.title = "Only there";
  QVERIFY(project->addNote(note));
  const auto old = Project::open(file("a.lexarium"));
  QVERIFY2(old, why(old));
  QCOMPARE(old->notes()->size(), std::size_t{1});
  QCOMPARE(project->notes()->size(), std::size_t{2});
}

void ProjectTest::copiesReplaceOnlyWhenComplete() {
  auto project = Project::create(file("a.lexarium"));
  fillProject(*project);
  writeAll(file("b.lexarium"), "something else");
  std::stop_source stop;
  stop.request_stop();
  const auto cancelledCopy = project->duplicate(file("b.lexarium"), {{}, stop.get_token()});
  QVERIFY(cancelledCopy.error().kind == Error::Kind::Cancelled);
  QCOMPARE(readAll(file("b.lexarium")), std::string("something else"));
  QVERIFY(!project->duplicate(file("none/b.lexarium")));
  QVERIFY(!project->saveAs(file("none/b.lexarium")));
  QCOMPARE(project->path(), file("a.lexarium"));
  QVERIFY(project->duplicate(file("b.lexarium")));
  QVERIFY(Project::open(file("b.lexarium")));
  QCOMPARE(filesIn(folder_->path().toStdString()), std::size_t{3});
}

void ProjectTest::compactGivesSpaceBack() {
  auto project = Project::create(file("a.lexarium"));
  fillProject(*project);
  FrameRecord frame;
  frame.run = project->runs()->front().id;
  frame.step = 10'000;
  const auto id = project->addFrame(frame, someBytes(3 << 20, 1));
  const auto before = *project->bytes();
  QVERIFY(before > 3 << 20);
  QVERIFY(project->removeFrame(*id));
  QVERIFY(*project->freeBytes() > 2 << 20);
  const auto text = describe(*project);
  const auto compacted = project->compact();
  QVERIFY2(compacted, why(compacted));
  QVERIFY(*project->bytes() < before - (2 << 20));
  QCOMPARE(*project->freeBytes(), std::uint64_t{0});
  QCOMPARE(describe(*project), text);
  QVERIFY(project->verify()->empty());
}

void ProjectTest::createdOnlyWhereNothingIs() {
  writeAll(file("a.lexarium"), "precious");
  QVERIFY(why(Project::create(file("a.lexarium"))).contains("There is a file of this name already"));
  QCOMPARE(readAll(file("a.lexarium")), std::string("precious"));
  QVERIFY(!Project::create(file("none/a.lexarium")));
  QCOMPARE(filesIn(folder_->path().toStdString()), std::size_t{1});
}

void ProjectTest::remainsOfJournalsAreInTheWay() {
  // SQLite would play another file's journal back into a new one of that name.
  writeAll(file("a.lexarium-journal"), std::string(512, 'x'));
  QVERIFY(why(Project::create(file("a.lexarium"))).contains("Remains of another file"));
  auto project = Project::create(file("b.lexarium"));
  QVERIFY(why(project->duplicate(file("a.lexarium"))).contains("Remains of another file"));
  writeAll(file("a.lexarium-journal"), "");
  QVERIFY(Project::create(file("a.lexarium")));
}

QTEST_GUILESS_MAIN(ProjectTest)
#include "project_test.moc"
