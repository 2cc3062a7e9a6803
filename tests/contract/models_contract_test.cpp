// SPDX-License-Identifier: GPL-3.0-or-later
// What every model of word vectors in the registry must hold (language models: sequence_contract_test), with
// each of its choices (objectives).
#include <QTest>
#include <cmath>
#include <limits>
#include <set>

#include "tests/support/model_variants.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;
using Mode = Execution::Mode;

class ModelsContractTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void describesItself_data() { everyVariant(); }
  void describesItself();
  void presetsAreValid_data() { everyVariant(); }
  void presetsAreValid();
  void sameSeedSameBitsOnAnyThreads_data() { everyVariant(); }
  void sameSeedSameBitsOnAnyThreads();
  void countsStepsTokensAndEpochs_data() { everyVariant(); }
  void countsStepsTokensAndEpochs();
  void lossIsTheMeanSinceTheLastReport_data() { everyVariant(); }
  void lossIsTheMeanSinceTheLastReport();
  void overfitsAToyCorpus_data() { everyVariant(); }
  void overfitsAToyCorpus();
  void learnsOnSeveralThreads_data() { everyVariant(); }
  void learnsOnSeveralThreads();
  void rateChangesWhileItRuns_data() { everyVariant(); }
  void rateChangesWhileItRuns();
  void survivesExtremeParameters_data() { everyVariant(); }
  void survivesExtremeParameters();
  void saysWhyATextIsNoUse_data() { everyVariant(); }
  void saysWhyATextIsNoUse();
  void cancelsWhilePreparing_data() { everyVariant(); }
  void cancelsWhilePreparing();

 private:
  static const std::vector<Variant>& variants() {
    static const std::vector<Variant> all = allVariants();
    return all;
  }
  static void everyVariant() {
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < variants().size(); ++i) {
      QTest::newRow(variants()[i].name.c_str()) << static_cast<int>(i);
    }
  }
  static const Variant& current() {
    return variants()[static_cast<std::size_t>(*static_cast<int*>(QTest::qData("index", QMetaType::Int)))];
  }
  static std::unique_ptr<Learner> make(std::shared_ptr<const Corpus> corpus, const ParamSet& params,
                                       const Execution& execution = {.mode = Mode::Reproducible}) {
    return current().model->create(std::move(corpus), params, execution);
  }
};

void ModelsContractTest::describesItself() {
  const ModelInfo& model = *current().model;
  QVERIFY(!model.title.empty() && !model.summary.empty() && !model.citation.empty());
  QVERIFY(model.lossLabel.find("mean") != std::string::npos);
  QCOMPARE(findModel(model.id), &model);
  QVERIFY(findModel("no such model") == nullptr);
  std::set<std::string> keys;
  for (const ParamSpec& spec : model.params) {
    QVERIFY2(keys.insert(spec.key).second, spec.key.c_str());
    QVERIFY2(!spec.label.empty() && !spec.help.empty(), spec.key.c_str());
    const auto valid = validate(spec, spec.defaultValue);
    QVERIFY2(valid.has_value(), spec.key.c_str());
    if (spec.enabledBy.empty()) continue;
    const std::size_t equals = spec.enabledBy.find('=');
    QVERIFY(equals != std::string::npos);
    const ParamSpec* switched = findSpec(model.params, spec.enabledBy.substr(0, equals));
    QVERIFY(switched != nullptr);
    QVERIFY(parseParam(*switched, spec.enabledBy.substr(equals + 1)).has_value());
  }
  QVERIFY(validate(model.params, current().params).has_value());
}

void ModelsContractTest::presetsAreValid() {
  const ModelInfo& model = *current().model;
  for (const std::size_t tokens : {10, 1000, 30'000, 150'000, 700'000}) {
    const ParamSet preset = presetFor(model, *circleCorpus(50, tokens));
    const auto valid = validate(model.params, preset);
    QVERIFY2(valid.has_value(), valid ? "" : valid.error().message().c_str());
  }
  // Nothing is scaled down for a text that is large enough.
  const ParamSet large = presetFor(model, *circleCorpus(50, 2'100'000));
  QVERIFY(large == ParamSet::defaultsOf(model.params));
}

void ModelsContractTest::sameSeedSameBitsOnAnyThreads() {
  const auto corpus = circleCorpus(150, 6000, 3);
  const ParamSet params = with(forToys(current().params, 2), {{"subsample", 1e-2}});
  const auto run = [&](std::size_t threads, std::uint64_t seed) {
    const auto learner = make(corpus, params, {.mode = Mode::Reproducible, .threads = threads, .seed = seed});
    if (!learner->prepare({})) return Course{};
    return runToEnd(*learner);
  };
  const Course one = run(1, 7);
  QVERIFY(one.vectors.size() > 0);
  for (const std::size_t threads : {1, 2, 8}) {
    const Course again = run(threads, 7);
    QVERIFY(sameBits(one.vectors, again.vectors));
    QCOMPARE(again.steps.size(), one.steps.size());
    for (std::size_t i = 0; i < one.steps.size(); ++i) {
      QCOMPARE(again.steps[i].lossSum, one.steps[i].lossSum);
      QCOMPARE(again.steps[i].examples, one.steps[i].examples);
    }
  }
  QVERIFY(!sameBits(one.vectors, run(1, 8).vectors));
}

void ModelsContractTest::countsStepsTokensAndEpochs() {
  const auto corpus = circleCorpus(150, 6000, 3);
  constexpr std::int64_t kEpochs = 3;
  for (const Mode mode : {Mode::Reproducible, Mode::Fastest}) {
    const auto learner = make(corpus, forToys(current().params, kEpochs), {.mode = mode, .threads = 2});
    QVERIFY(learner->prepare({}).has_value());
    QCOMPARE(learner->words(), corpus->vocabulary().size());
    QCOMPARE(learner->dimensions(), std::size_t{12});
    std::uint64_t steps = 0, tokens = 0;
    std::vector<std::uint64_t> estimates;
    double epoch = 0;
    for (bool finished = false; !finished;) {
      const StepReport report = learner->step();
      QCOMPARE(report.step, ++steps);
      tokens += report.tokens;
      QVERIFY(report.epoch >= epoch && report.epoch <= kEpochs + 1e-9);
      epoch = report.epoch;
      finished = report.finished;
      estimates.push_back(learner->totalSteps());
      QVERIFY(steps < 100'000);
    }
    QVERIFY(std::abs(epoch - kEpochs) < 1e-9);
    // GloVe counts in cells and rounds.
    QVERIFY(tokens + 1 >= corpus->tokens().size() * kEpochs &&
            tokens <= corpus->tokens().size() * kEpochs + 1);
    // Enough of them to be watched one by one, and foreseen.
    QVERIFY(steps >= 100);
    QCOMPARE(estimates.back(), steps);
    for (std::size_t i = estimates.size() / 10; i < estimates.size(); ++i) {
      QVERIFY(std::abs(static_cast<double>(estimates[i]) / static_cast<double>(steps) - 1) < 0.2);
    }
    // Beyond the end nothing happens.
    const Matrix vectors = vectorsOf(*learner);
    const StepReport beyond = learner->step();
    QVERIFY(beyond.finished);
    QCOMPARE(beyond.examples, std::uint64_t{0});
    QCOMPARE(beyond.lossSum, 0.0);
    QVERIFY(sameBits(vectors, vectorsOf(*learner)));
    Matrix some;
    learner->copyEmbeddings(5, some);
    QVERIFY(sameBits(some, vectors.leftCols(5)));
  }
}

void ModelsContractTest::lossIsTheMeanSinceTheLastReport() {
  // At the least rate nothing is learned, so the loss of every step must be that of the first, but for the
  // examples that happen to be drawn. A cumulative loss would grow, one of a shared counter would not fit its
  // examples.
  const auto corpus = circleCorpus(40, 40'000);
  const ParamSet params =
      with(forToys(current().params, 4), {{"learning_rate", 1e-6}, {"minimum_learning_rate", 0.0}});
  const auto idle = make(corpus, params, {.mode = Mode::Fastest, .threads = 2});
  QVERIFY(idle->prepare({}).has_value());
  const Course flat = runToEnd(*idle);
  const double mean = flat.meanLoss(0, 5);
  QVERIFY(mean > 0 && std::isfinite(mean));
  for (const double from : {0.0, 1.0, 2.0, 3.0}) {
    QVERIFY(std::abs(flat.meanLoss(from, from + 1) / mean - 1) < 0.02);
  }
  const auto learner = make(corpus, with(forToys(current().params, 4), {{"learning_rate", 0.05}}));
  QVERIFY(learner->prepare({}).has_value());
  const Course falling = runToEnd(*learner);
  for (const StepReport& step : falling.steps) {
    QVERIFY(std::isfinite(step.lossSum) && step.lossSum >= 0);
    QVERIFY(step.examples > 0 || (step.finished && step.lossSum == 0));
  }
  QVERIFY(falling.meanLoss(3, 5) < 0.95 * mean);
  QVERIFY(falling.meanLoss(0, 0.5) < 1.02 * mean);
}

void ModelsContractTest::overfitsAToyCorpus() {
  const auto learner = make(pairsCorpus(8), with(forToys(current().params, 400), {{"learning_rate", 0.2}}));
  QVERIFY(learner->prepare({}).has_value());
  const Course course = runToEnd(*learner);
  const double first = course.meanLoss(0, 2), last = course.meanLoss(390, 401);
  QVERIFY2(last < 0.01 * first, qPrintable(QString("%1 after %2").arg(last).arg(first)));
  QVERIFY(learner->isFinite());
}

void ModelsContractTest::learnsOnSeveralThreads() {
  const auto corpus = circleCorpus(60, 20'000, 2);
  for (const std::size_t threads : {2, 8}) {
    const auto learner =
        make(corpus, forToys(current().params, 6), {.mode = Mode::Fastest, .threads = threads});
    QVERIFY(learner->prepare({}).has_value());
    const Course course = runToEnd(*learner);
    QVERIFY(learner->isFinite());
    QVERIFY(course.vectors.allFinite());
    const double first = course.meanLoss(0, 1), last = course.meanLoss(5, 7);
    QVERIFY2(last < 0.95 * first, qPrintable(QString("%1 after %2").arg(last).arg(first)));
  }
}

void ModelsContractTest::rateChangesWhileItRuns() {
  const auto corpus = circleCorpus(40, 4000);
  const ParamSet params = forToys(current().params, 4);
  const auto learner = make(corpus, params), same = make(corpus, params);
  QVERIFY(learner->prepare({}).has_value() && same->prepare({}).has_value());
  for (int i = 0; i < 20; ++i) {
    learner->step();
    same->step();
  }
  QVERIFY(sameBits(vectorsOf(*learner), vectorsOf(*same)));

  // What is refused changes nothing.
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::pair<const char*, ParamValue> refused[] = {
      {"learning_rate", 0.0},          {"learning_rate", -1.0},
      {"learning_rate", 1e9},          {"learning_rate", nan},
      {"learning_rate", true},         {"learning_rate", std::string("fast")},
      {"dimensions", std::int64_t{5}}, {"epochs", std::int64_t{5}},
      {"no such parameter", 1.0},      {"", 1.0}};
  for (const auto& [key, value] : refused) {
    const auto set = learner->setLive(key, value);
    QVERIFY2(!set.has_value(), key);
    QVERIFY(!set.error().what.empty());
  }
  learner->step();
  same->step();
  QVERIFY(sameBits(vectorsOf(*learner), vectorsOf(*same)));

  const double before = same->step().learningRate;
  const Matrix start = vectorsOf(*learner);
  QVERIFY(learner->setLive("learning_rate", before / 1000).has_value());
  const StepReport slow = learner->step();
  QVERIFY(slow.learningRate > 0.5 * before / 1000 && slow.learningRate <= before / 1000);
  const Real slowMove = (vectorsOf(*learner) - start).norm(), fastMove = (vectorsOf(*same) - start).norm();
  QVERIFY(slowMove > 0 && slowMove < 0.1F * fastMove);
  QVERIFY(learner->setLive("learning_rate", 2 * before).has_value());
  QVERIFY(learner->step().learningRate > 1.9 * before);
}

void ModelsContractTest::survivesExtremeParameters() {
  const auto corpus = circleCorpus(200, 3000, 2);
  const ParamSet base = forToys(current().params, 1);
  std::vector<std::pair<std::string, ParamSet>> sets{{"all at once", base}};
  for (const ParamSpec& spec : current().model->params) {
    const auto add = [&](ParamValue value) {
      QVERIFY(validate(spec, value).has_value());
      sets.emplace_back(spec.key + "=" + formatParam(value), with(base, {{spec.key, value}}));
    };
    if (spec.type == ParamSpec::Type::Integer) {
      add(static_cast<std::int64_t>(spec.minimum));
      add(static_cast<std::int64_t>(spec.maximum));
    } else if (spec.type == ParamSpec::Type::Number) {
      add(spec.minimum);
      add(spec.maximum);
    } else if (spec.type == ParamSpec::Type::Boolean) {
      add(true);
      add(false);
    }
  }
  sets.front().second = with(base, {{"dimensions", std::int64_t{1000}},
                                    {"window", std::int64_t{50}},
                                    {"negatives", std::int64_t{100}},
                                    {"learning_rate", 1000.0}});
  for (const auto& [name, params] : sets) {
    const auto learner = make(corpus, params);
    if (const auto prepared = learner->prepare({}); !prepared) {
      QVERIFY2(!prepared.error().what.empty() && !prepared.error().advice.empty(), name.c_str());
      continue;
    }
    const Course course = runToEnd(*learner, 25);
    // Numbers may run away at such rates, but never unseen.
    QVERIFY2(learner->isFinite() == course.vectors.allFinite() || !learner->isFinite(), name.c_str());
    const bool rateIsSane = params.getNumber("learning_rate") < 1 && name.find("rate=") == std::string::npos;
    if (rateIsSane) {
      QVERIFY2(learner->isFinite(), name.c_str());
      for (const StepReport& step : course.steps) QVERIFY2(std::isfinite(step.lossSum), name.c_str());
    }
  }
}

void ModelsContractTest::saysWhyATextIsNoUse() {
  const auto errorOf = [](std::shared_ptr<const Corpus> corpus, const ParamSet& params) {
    const auto prepared = make(std::move(corpus), params)->prepare({});
    return prepared ? Error{} : prepared.error();
  };
  const ParamSet params = forToys(current().params, 1);
  const std::pair<std::shared_ptr<const Corpus>, ParamSet> cases[] = {
      {std::make_shared<Corpus>(), params},
      {toyCorpus({"alone"}), params},
      {toyCorpus({"alone alone alone"}), params},
      {toyCorpus({"one\ntwo\nthree"}), params},
      {toyCorpus({"one", "two", "three"}), with(params, {{"cross_sentences", true}})},
      {toyCorpus({"rare words only"}), with(params, {{"min_count", std::int64_t{5}}})}};
  for (const auto& [corpus, set] : cases) {
    const Error error = errorOf(corpus, set);
    QVERIFY(!error.what.empty() && !error.advice.empty());
    QVERIFY(error.kind == Error::Kind::Failed);
    QVERIFY(error.message().find('\n') == std::string::npos);
  }
  // Two words are enough.
  QVERIFY(errorOf(toyCorpus({"two words"}), params).what.empty());
}

void ModelsContractTest::cancelsWhilePreparing() {
  const auto corpus = circleCorpus(100, 5000);
  const ParamSet params = forToys(current().params, 1);
  const auto cancelledAt = [&](int wanted) {  // at the wanted report of progress; 0: before
    std::stop_source stop;
    int reports = 0;
    TaskContext context{[&](double, const std::string& phase) {
                          if (phase.empty()) std::abort();
                          if (++reports == wanted) stop.request_stop();
                        },
                        stop.get_token()};
    if (wanted == 0) stop.request_stop();
    const auto prepared = make(corpus, params)->prepare(context);
    if (prepared) return false;
    return prepared.error().kind == Error::Kind::Cancelled;
  };
  QVERIFY(cancelledAt(0));
  QVERIFY(cancelledAt(1));
  QVERIFY(cancelledAt(2));
  QVERIFY(!cancelledAt(1'000'000));
}

QTEST_GUILESS_MAIN(ModelsContractTest)
#include "models_contract_test.moc"
