// SPDX-License-Identifier: GPL-3.0-or-later
// What every model of the registry that learns examples must hold.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/project/project.h"
#include "core/tasks/task_corpus.h"
#include "core/tasks/task_samples.h"
#include "core/train/checkpoint.h"
#include "core/train/history_frame.h"
#include "core/train/trainer.h"
#include "tests/support/model_variants.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;
using Mode = Execution::Mode;

namespace {

constexpr double kPatience = 120;

std::shared_ptr<const Corpus> corpusOf(const char* sample, std::size_t examples) {
  TaskData data = findTaskSample(sample)->generate(kTaskSampleSeed);
  data.examples.resize(std::min(data.examples.size(), examples));
  auto corpus = corpusFromTask(std::make_shared<const TaskData>(std::move(data)), {});
  if (!corpus) qFatal("%s", corpus.error().message().c_str());
  return *corpus;
}

/// Examples that a model of this kind learns from.
std::shared_ptr<const Corpus> corpusFor(ModelInfo::Kind kind, std::size_t examples = 300) {
  return corpusOf(kind == ModelInfo::Kind::Pairs    ? "reversed"
                  : kind == ModelInfo::Kind::Labels ? "reviews"
                                                    : "stories",
                  examples);
}

Reading readingOf(const Corpus& corpus, std::size_t example) {
  const TaskExample& one = corpus.task()->examples[example];
  return {one.input, {}, one.story};
}

bool sameSteps(const StepReport& a, const StepReport& b) {
  const auto same = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
  return a.step == b.step && same(a.lossSum, b.lossSum) && a.examples == b.examples && a.tokens == b.tokens &&
         same(a.epoch, b.epoch) && same(a.validationLoss, b.validationLoss) &&
         same(a.scores.accuracy, b.scores.accuracy) && same(a.scores.exact, b.scores.exact) &&
         a.finished == b.finished;
}

}  // namespace

class TasksContractTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void describesItself_data() { everyModel(); }
  void describesItself();
  void learnsOnlyItsTask_data() { everyModel(); }
  void learnsOnlyItsTask();
  void learnsAndMeasures_data() { everyNetwork(); }
  void learnsAndMeasures();
  void goesOnBitForBit_data() { everyNetwork(); }
  void goesOnBitForBit();
  void runsGoOnThroughCheckpoints_data() { everyModel(); }
  void runsGoOnThroughCheckpoints();
  void liveValuesAct_data() { everyModel(); }
  void liveValuesAct();
  void refusesWhatIsNotWhole_data() { everyModel(); }
  void refusesWhatIsNotWhole();
  void momentsComeBack_data() { everyNetwork(); }
  void momentsComeBack();
  void cancels_data() { everyModel(); }
  void cancels();
  void examplesComeBackFromAProject_data() { everyModel(); }
  void examplesComeBackFromAProject();
  void vectorsBeginAClassifier();

 private:
  static void everyModel() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("network");
    for (const ModelInfo& model : models())
      if (model.learnsExamples())
        QTest::newRow(model.id.c_str()) << QString::fromStdString(model.id) << QString();
  }
  static void everyNetwork() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("network");
    for (const ModelInfo& model : models()) {
      if (!model.learnsExamples()) continue;
      const ParamSpec* network = findSpec(model.params, "network");
      if (!network)
        QTest::newRow(model.id.c_str()) << QString::fromStdString(model.id) << QString();
      else
        for (const auto& option : network->options)
          QTest::newRow((model.id + ' ' + option.value).c_str())
              << QString::fromStdString(model.id) << QString::fromStdString(option.value);
    }
  }
  static const ModelInfo& info() {
    return *findModel(static_cast<QString*>(QTest::qData("model", QMetaType::QString))->toStdString());
  }
  static ParamSet params(std::int64_t epochs = 2) {
    const auto network = static_cast<QString*>(QTest::qData("network", QMetaType::QString))->toStdString();
    ParamSet set = with(ParamSet::defaultsOf(info().params), {{"dimensions", std::int64_t{16}},
                                                              {"units", std::int64_t{16}},
                                                              {"heads", std::int64_t{2}},
                                                              {"feed_forward", std::int64_t{32}},
                                                              {"longest", std::int64_t{30}},
                                                              {"batch", std::int64_t{40}},
                                                              {"epochs", epochs},
                                                              {"dropout", 0.1},
                                                              {"validate_every", std::int64_t{3}}});
    if (!network.empty()) set.set("network", network);
    return set;
  }
  static std::unique_ptr<Learner> prepared(const std::shared_ptr<const Corpus>& corpus, const ParamSet& set,
                                           std::size_t threads = 1) {
    auto learner = info().create(corpus, set, {.mode = Mode::Reproducible, .threads = threads, .seed = 5});
    if (const auto done = learner->prepare({}); !done) qFatal("%s", done.error().message().c_str());
    return learner;
  }
  static RunConfig config() { return {info().id, params(), {.mode = Mode::Reproducible, .seed = 5}}; }
};

void TasksContractTest::describesItself() {
  const ModelInfo& model = info();
  QVERIFY(!model.title.empty() && !model.summary.empty() && !model.citation.empty());
  QVERIFY(model.lossLabel.find("mean") != std::string::npos);
  for (const ParamSpec& spec : model.params) {
    QVERIFY2(!spec.label.empty() && !spec.help.empty(), spec.key.c_str());
    QVERIFY2(validate(spec, spec.defaultValue).has_value(), spec.key.c_str());
    if (spec.enabledBy.empty()) continue;
    const ParamSpec* switched = findSpec(model.params, spec.enabledBy.substr(0, spec.enabledBy.find('=')));
    QVERIFY2(switched, spec.key.c_str());
    QVERIFY(parseParam(*switched, spec.enabledBy.substr(spec.enabledBy.find('=') + 1)).has_value() ||
            spec.key.find("vectors") != std::string::npos);
  }
  for (const std::size_t examples : {20, 300, 4000}) {
    const ParamSet preset = presetFor(model, *corpusFor(model.kind, examples));
    QVERIFY(validate(model.params, preset).has_value());
  }
}

void TasksContractTest::learnsOnlyItsTask() {
  QVERIFY(!canLearn(info(), *toyCorpus({"a b c"})));
  const auto none = Trainer::create(toyCorpus({"a b c"}), config());
  QVERIFY(none.has_value());
  (*none)->start();
  QVERIFY((*none)->wait(kPatience));
  QVERIFY((*none)->status().state == RunStatus::State::Failed);
  QVERIFY(!(*none)->status().message.empty());
  for (const char* sample : {"dates", "reviews", "stories"}) {
    const auto corpus = corpusOf(sample, 50);
    const bool fits = canLearn(info(), *corpus);
    // Stories with their questions are pairs of texts, too.
    const bool asks = info().kind == ModelInfo::Kind::Pairs && corpus->task()->kind == TaskKind::Stories;
    QCOMPARE(fits,
             asks || info().kind == (corpus->task()->kind == TaskKind::Pairs    ? ModelInfo::Kind::Pairs
                                     : corpus->task()->kind == TaskKind::Labels ? ModelInfo::Kind::Labels
                                                                                : ModelInfo::Kind::Stories));
  }
}

void TasksContractTest::learnsAndMeasures() {
  const auto corpus = corpusFor(info().kind, 400);
  const auto learner = prepared(corpus, with(params(8), {{"learning_rate", 0.01}, {"dropout", 0.0}}));
  const auto total = learner->totalSteps();
  double first = 0, last = 0;
  std::uint64_t steps = 0, measured = 0;
  for (StepReport report; !report.finished;) {
    report = learner->step();
    QCOMPARE(report.step, ++steps);
    QVERIFY(std::isfinite(report.lossSum) && report.examples > 0 && report.gradientNorm > 0);
    const double loss = report.lossSum / static_cast<double>(report.examples);
    if (steps <= total / 8) first += loss;
    if (steps > total - total / 8) last += loss;
    if (std::isnan(report.validationLoss)) continue;
    ++measured;
    QVERIFY(report.scores.accuracy >= 0 && report.scores.accuracy <= 1);
    QCOMPARE(std::isnan(report.scores.exact), info().kind != ModelInfo::Kind::Pairs);
    QCOMPARE(std::isnan(report.scores.macroF1), info().kind != ModelInfo::Kind::Labels);
  }
  QCOMPARE(steps, total);
  QCOMPARE(measured, total / 3 + (total % 3 ? 1 : 0));
  QVERIFY2(last < 0.95 * first, qPrintable(QStringLiteral("%1 -> %2").arg(first).arg(last)));
  QVERIFY(learner->step().finished);
  // What it looks at is whole: weights of every column sum to 1.
  const auto model = learner->copyModel();
  const AttentionTrace trace = model->look(readingOf(*corpus, 0));
  QVERIFY(!trace.input.empty() && !trace.output.empty());
  for (const AttentionHead& head : trace.heads)
    for (Eigen::Index i = 0; i < head.weights.cols(); ++i)
      QVERIFY(std::abs(head.weights.col(i).sum() - 1) < 1e-3F);
  // As vectors of words it has none, and says so.
  Matrix none;
  learner->copyEmbeddings(learner->words(), none);
  QCOMPARE(none.cols(), Eigen::Index{0});
}

void TasksContractTest::goesOnBitForBit() {
  const auto corpus = corpusFor(info().kind);
  const auto whole = prepared(corpus, params());
  const Course course = runToEnd(*whole);
  const TensorSet last = whole->saveState();
  for (const std::size_t stop :
       {std::size_t{0}, std::size_t{1}, course.steps.size() / 2, course.steps.size()}) {
    const auto first = prepared(corpus, params());
    for (std::size_t i = 0; i < stop; ++i) first->step();
    const TensorSet state = first->saveState();
    for (const std::size_t threads : {1, 2}) {
      const auto second = prepared(corpus, params(), threads);
      const auto restored = second->restoreState(state);
      QVERIFY2(restored, restored ? "" : restored.error().message().c_str());
      QVERIFY(second->saveState() == state);
      for (std::size_t i = stop; i < course.steps.size(); ++i)
        QVERIFY(sameSteps(second->step(), course.steps[i]));
      QVERIFY(second->saveState() == last);
    }
  }
}

void TasksContractTest::runsGoOnThroughCheckpoints() {
  const auto corpus = corpusFor(info().kind);
  auto trainer = *Trainer::create(corpus, config());
  trainer->keepCheckpoints(true);
  trainer->setProbe({.model = true});
  trainer->startPaused();
  for (int i = 0; i < 4; ++i) trainer->stepOnce();
  QVERIFY(trainer->waitFor([](const RunStatus& status) { return status.step >= 4; }, kPatience));
  trainer->stop();
  QVERIFY(trainer->wait(kPatience));
  const auto checkpoint = trainer->takeCheckpoint();
  QVERIFY(checkpoint);
  const auto read = checkpointFrom(toTensors(*checkpoint));
  QVERIFY(read.has_value());
  auto resumed = Trainer::resumed(corpus, std::make_shared<const Checkpoint>(*read));
  QVERIFY(resumed.has_value());
  (*resumed)->setProbe({.model = true});
  (*resumed)->start();
  QVERIFY((*resumed)->wait(kPatience));
  QVERIFY((*resumed)->status().state == RunStatus::State::Finished);
  auto whole = *Trainer::create(corpus, config());
  whole->setProbe({.model = true});
  whole->start();
  QVERIFY(whole->wait(kPatience));
  QVERIFY(whole->snapshot()->trained && (*resumed)->snapshot()->trained);
  QVERIFY(whole->snapshot()->trained->save() == (*resumed)->snapshot()->trained->save());
  QVERIFY(!whole->snapshot()->languageModel());
  std::vector<MetricPoint> points;
  whole->metrics().read(0, points);
  QVERIFY(std::any_of(points.begin(), points.end(), [](const MetricPoint& p) { return p.scores.any(); }));
}

void TasksContractTest::liveValuesAct() {
  const auto corpus = corpusFor(info().kind);
  const auto a = prepared(corpus, params()), b = prepared(corpus, params());
  a->step();
  b->step();
  QVERIFY(a->saveState() == b->saveState());
  QVERIFY(b->setLive("learning_rate", 0.0).has_value());
  const TensorSet before = b->copyModel()->save();
  QCOMPARE(b->step().learningRate, 0.0);
  QVERIFY(b->copyModel()->save() == before);
  QVERIFY(!b->setLive("epochs", std::int64_t{3}).has_value());
  QVERIFY(!b->setLive("learning_rate", std::nan("")).has_value());
  for (const ParamSpec& spec : info().params)
    if (spec.live) QVERIFY2(b->setLive(spec.key, spec.defaultValue).has_value(), spec.key.c_str());
}

void TasksContractTest::refusesWhatIsNotWhole() {
  const auto corpus = corpusFor(info().kind);
  const auto source = prepared(corpus, params());
  for (int i = 0; i < 3; ++i) source->step();
  const TensorSet good = source->saveState();
  const auto learner = prepared(corpus, params());
  const TensorSet before = learner->saveState();
  const auto refuses = [&](const TensorSet& state) {
    const auto restored = learner->restoreState(state);
    return !restored && restored.error().message().find("does not fit") != std::string::npos &&
           learner->saveState() == before;
  };
  QVERIFY(refuses({}));
  for (const auto& [name, tensor] : good.tensors) {
    TensorSet state = good;
    state.tensors.erase(name);
    QVERIFY2(refuses(state), name.c_str());
    state = good;
    state.tensors[name].shape.push_back(1);
    // Texts are lists of bytes, whatever their shape.
    QVERIFY2(tensor.type == TensorType::U8 || refuses(state), name.c_str());
    state = good;
    if (tensor.type != TensorType::F32 || tensor.bytes.empty()) continue;
    const float bad = std::nanf("");
    std::memcpy(state.tensors[name].bytes.data(), &bad, sizeof bad);
    QVERIFY2(refuses(state), name.c_str());
  }
  for (const auto& [key, text] : good.metadata) {
    TensorSet state = good;
    state.metadata.erase(key);
    QVERIFY2(refuses(state), key.c_str());
  }
  // Of other examples, or of another size.
  const auto other = prepared(corpusFor(info().kind, 60), params());
  QVERIFY(!other->restoreState(good).has_value() ||
          info().kind == ModelInfo::Kind::Pairs);  // the same digits
  const auto larger = prepared(corpus, with(params(), {{"units", std::int64_t{18}}}));
  QVERIFY(!larger->restoreState(good).has_value() || !findSpec(info().params, "units"));
  QVERIFY(learner->restoreState(good).has_value());
}

void TasksContractTest::momentsComeBack() {
  const auto corpus = corpusFor(info().kind);
  const auto learner = prepared(corpus, params());
  for (int i = 0; i < 5; ++i) learner->step();
  HistoryFrame frame;
  frame.step = 5;
  frame.sequence.model = learner->copyModel();
  const auto read = historyFrameFrom(toBytes(frame));
  QVERIFY2(read, read ? "" : read.error().message().c_str());
  QVERIFY((*read)->sequence.model);
  QVERIFY((*read)->sequence.model->save() == frame.sequence.model->save());
  const auto snapshot = snapshotOf(**read);
  QVERIFY(snapshot->trained);
  const Reading reading = readingOf(*corpus, 1);
  const AttentionTrace a = snapshot->trained->look(reading), b = frame.sequence.model->look(reading);
  QCOMPARE(a.outputText, b.outputText);
  QVERIFY(a.probabilities == b.probabilities);
}

void TasksContractTest::cancels() {
  const auto corpus = corpusFor(info().kind);
  std::stop_source stop;
  stop.request_stop();
  TaskContext context;
  context.stop = stop.get_token();
  const auto learner = info().create(corpus, params(), {.mode = Mode::Reproducible});
  const auto done = learner->prepare(context);
  QVERIFY(!done && done.error().kind == Error::Kind::Cancelled);
}

void TasksContractTest::examplesComeBackFromAProject() {
  QTemporaryDir folder;
  const auto path = std::filesystem::path(folder.filePath("task.lexarium").toStdString());
  const auto corpus = corpusFor(info().kind);
  {
    auto project = Project::create(path);
    QVERIFY(project.has_value());
    QVERIFY(project->addCorpus(*corpus).has_value());
  }
  auto project = Project::open(path);
  QVERIFY(project.has_value());
  const auto records = project->corpora();
  QVERIFY(records && records->size() == 1);
  const auto read = project->readCorpus(records->front().id);
  QVERIFY2(read, read ? "" : read.error().message().c_str());
  const auto& before = *corpus->task();
  QVERIFY((*read)->task());
  const auto& after = *(*read)->task();
  QVERIFY(after.kind == before.kind && after.title == before.title && after.labels == before.labels);
  QCOMPARE(after.examples.size(), before.examples.size());
  for (std::size_t i = 0; i < before.examples.size(); ++i) {
    const TaskExample &a = after.examples[i], &b = before.examples[i];
    QVERIFY(a.input == b.input && a.output == b.output && a.label == b.label && a.story == b.story &&
            a.support == b.support);
  }
}

void TasksContractTest::vectorsBeginAClassifier() {
  const auto corpus = corpusOf("reviews", 300);
  auto vectors =
      std::make_shared<Matrix>(Matrix::Random(16, static_cast<Eigen::Index>(corpus->vocabulary().size())));
  const ModelInfo& model = *findModel("classifier");
  ParamSet set = with(ParamSet::defaultsOf(model.params), {{"dimensions", std::int64_t{16}},
                                                           {"units", std::int64_t{16}},
                                                           {"epochs", std::int64_t{1}},
                                                           {"vectors", std::string("run:Skip-gram 1")},
                                                           {"freeze_vectors", true}});
  const auto learner = model.create(corpus, set, {.mode = Mode::Reproducible});
  learner->setVectors(vectors);
  const auto ready = learner->prepare({});
  QVERIFY2(ready, ready ? "" : ready.error().message().c_str());
  runToEnd(*learner);
  // Frozen: as many columns of the table as words are still those of the vectors.
  const auto state = learner->saveState();
  const auto reference = model.create(corpus, set, {.mode = Mode::Reproducible});
  reference->setVectors(vectors);
  QVERIFY(reference->prepare({}).has_value());
  std::size_t same = 0, all = 0;
  const TensorSet fresh = reference->saveState();
  for (const auto& [name, tensor] : fresh.tensors) {
    if (tensor.shape.size() != 2 || name.starts_with("optimizer")) continue;
    ++all;
    same += state.tensors.at(name) == tensor ? 1 : 0;
  }
  QCOMPARE(same, std::size_t{1});
  QVERIFY(all > 3);
  // Of another size: one sentence.
  const auto wrong = model.create(corpus, with(set, {{"dimensions", std::int64_t{20}}}), {});
  wrong->setVectors(vectors);
  const auto refused = wrong->prepare({});
  QVERIFY(!refused && refused.error().message().find("dimensions") != std::string::npos);
}

QTEST_GUILESS_MAIN(TasksContractTest)
#include "tasks_contract_test.moc"
