// SPDX-License-Identifier: GPL-3.0-or-later
// What every model of word vectors in the registry must hold when it is stopped, saved, and goes on as
// another object; with each of its choices and switches.
#include <QTest>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/rng.h"
#include "tests/support/model_variants.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;
using Mode = Execution::Mode;

namespace {

constexpr std::int64_t kEpochs = 2;

std::shared_ptr<const Corpus> corpus() {
  static const auto text = circleCorpus(150, 6000, 3);
  return text;
}

bool sameStep(const StepReport& a, const StepReport& b) {
  return a.step == b.step && a.lossSum == b.lossSum && a.examples == b.examples && a.tokens == b.tokens &&
         a.epoch == b.epoch && a.learningRate == b.learningRate && a.finished == b.finished;
}

/// Cuts the last of the first index, numbers and all.
void dropRow(Tensor& tensor) {
  const std::size_t row = tensor.bytes.size() / tensor.shape[0];
  --tensor.shape[0];
  tensor.bytes.resize(tensor.bytes.size() - row);
}

template <class T>
void setNumber(Tensor& tensor, std::size_t index, T value) {
  std::memcpy(tensor.bytes.data() + index * sizeof(T), &value, sizeof(T));
}

}  // namespace

class ResumeContractTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void goesOnBitForBit_data() { everyVariant(); }
  void goesOnBitForBit();
  void liveRateIsPartOfTheState_data() { everyVariant(); }
  void liveRateIsPartOfTheState();
  void refusesWhatIsNotWhole_data() { everyVariant(); }
  void refusesWhatIsNotWhole();
  void refusesOtherTextsAndSizes_data() { everyVariant(); }
  void refusesOtherTextsAndSizes();
  void mutatedStatesDoNoHarm_data() { everyVariant(); }
  void mutatedStatesDoNoHarm();
  void goesOnInFastestMode_data() { everyVariant(); }
  void goesOnInFastestMode();
  void otherParametersActFromThere_data() { everyVariant(); }
  void otherParametersActFromThere();

 private:
  static const std::vector<Variant>& variants() {
    static const std::vector<Variant> all = allVariants(true);
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
  /// For a text of some thousand words; the variant's own switches stay.
  static ParamSet params() {
    ParamSet set = with(forToys(current().params, kEpochs), {{"subsample", 1e-2}});
    for (const ParamSpec& spec : current().model->params) {
      if (spec.type == ParamSpec::Type::Boolean) set.set(spec.key, current().params.value(spec.key));
    }
    return set;
  }
  static std::unique_ptr<Learner> prepared(const ParamSet& params,
                                           const Execution& execution = {.mode = Mode::Reproducible,
                                                                         .seed = 7},
                                           std::shared_ptr<const Corpus> text = corpus()) {
    auto learner = current().model->create(std::move(text), params, execution);
    if (const auto done = learner->prepare({}); !done) qFatal("%s", done.error().message().c_str());
    return learner;
  }
};

void ResumeContractTest::goesOnBitForBit() {
  const auto whole = prepared(params());
  const Course course = runToEnd(*whole);
  const std::size_t steps = course.steps.size();
  const TensorSet last = whole->saveState();
  Rng rng(steps);
  for (const std::size_t stop : {std::size_t{0}, std::size_t{1}, std::size_t{rng.below(100)},
                                 std::size_t{rng.below(static_cast<std::uint32_t>(steps))}, steps}) {
    const auto first = prepared(params());
    for (std::size_t i = 0; i < stop; ++i) first->step();
    const TensorSet state = first->saveState();
    QVERIFY(state == first->saveState());
    for (const std::size_t threads : {1, 2}) {
      const auto second = prepared(params(), {.mode = Mode::Reproducible, .threads = threads, .seed = 7});
      const auto restored = second->restoreState(state);
      QVERIFY2(restored.has_value(), restored ? "" : restored.error().message().c_str());
      QVERIFY(second->saveState() == state);
      QVERIFY(sameBits(vectorsOf(*second), vectorsOf(*first)));
      QCOMPARE(second->totalSteps(), first->totalSteps());
      for (std::size_t i = stop; i < steps; ++i) QVERIFY(sameStep(second->step(), course.steps[i]));
      QVERIFY(sameBits(vectorsOf(*second), course.vectors));
      QVERIFY(second->saveState() == last);
      QVERIFY(second->step().finished);
    }
    // Who was saved is not disturbed.
    for (std::size_t i = stop; i < steps; ++i) QVERIFY(sameStep(first->step(), course.steps[i]));
  }
}

void ResumeContractTest::liveRateIsPartOfTheState() {
  const auto first = prepared(params());
  for (int i = 0; i < 30; ++i) first->step();
  QVERIFY(first->setLive("learning_rate", 0.02).has_value());
  for (int i = 0; i < 3; ++i) first->step();
  const auto second = prepared(params());
  QVERIFY(second->restoreState(first->saveState()).has_value());
  const Course a = runToEnd(*first), b = runToEnd(*second);
  QCOMPARE(a.steps.size(), b.steps.size());
  for (std::size_t i = 0; i < a.steps.size(); ++i) QVERIFY(sameStep(a.steps[i], b.steps[i]));
  QVERIFY(sameBits(a.vectors, b.vectors));
}

void ResumeContractTest::refusesWhatIsNotWhole() {
  const auto source = prepared(params());
  for (int i = 0; i < 50; ++i) source->step();
  const TensorSet good = source->saveState();
  const auto learner = prepared(params());
  const TensorSet before = learner->saveState();
  const auto refuses = [&](const TensorSet& state) {
    const auto restored = learner->restoreState(state);
    return !restored && restored.error().message().find('\n') == std::string::npos &&
           restored.error().message().find("does not fit") != std::string::npos &&
           learner->saveState() == before;
  };
  QVERIFY(refuses({}));
  QVERIFY(refuses({good.tensors, {}}));
  QVERIFY(refuses({{}, good.metadata}));
  for (const auto& [name, tensor] : good.tensors) {
    TensorSet state = good;
    state.tensors.erase(name);
    QVERIFY2(refuses(state), name.c_str());
    state = good;
    Tensor& changed = state.tensors[name];
    changed.shape.push_back(1);
    QVERIFY2(refuses(state), name.c_str());
    changed = tensor;
    changed.type =
        tensor.type == TensorType::F64 || tensor.type == TensorType::U64 ? TensorType::I64 : TensorType::I32;
    QVERIFY2(refuses(state), name.c_str());
    changed = tensor;
    if (!tensor.shape.empty() && tensor.shape[0] > 0) {
      dropRow(changed);
      QVERIFY2(refuses(state), name.c_str());
      changed = tensor;
    }
    if (tensor.bytes.empty()) continue;
    const std::size_t numbers = tensor.bytes.size() / bytesPerElement(tensor.type);
    for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
      if (tensor.type == TensorType::F32) setNumber(changed, numbers - 1, static_cast<float>(bad));
      if (tensor.type == TensorType::F64) setNumber(changed, numbers - 1, bad);
      if (changed == tensor) continue;
      QVERIFY2(refuses(state), name.c_str());
    }
  }
  QVERIFY(learner->restoreState(good).has_value());
  QVERIFY(learner->saveState() == good);
}

void ResumeContractTest::refusesOtherTextsAndSizes() {
  const ParamSet set = with(params(), {{"max_vocabulary", std::int64_t{100}}});
  const auto source = prepared(set);
  for (int i = 0; i < 20; ++i) source->step();
  const TensorSet state = source->saveState();
  const auto refused = [&](const ParamSet& changed, std::shared_ptr<const Corpus> text) {
    const auto learner = prepared(changed, {.mode = Mode::Reproducible, .seed = 7}, std::move(text));
    const auto restored = learner->restoreState(state);
    return !restored && !restored.error().advice.empty();
  };
  QVERIFY(!refused(set, corpus()));
  QVERIFY(refused(with(set, {{"dimensions", std::int64_t{13}}}), corpus()));
  QVERIFY(refused(with(set, {{"max_vocabulary", std::int64_t{99}}}), corpus()));
  QVERIFY(refused(set, circleCorpus(150, 6000, 3, 2)));  // as many words, but others
  for (const ModelInfo& model : models()) {
    if (model.kind != ModelInfo::Kind::Embedding) continue;
    for (const char* objective : {"negative-sampling", "hierarchical-softmax"}) {
      ParamSet other = with(forToys(ParamSet::defaultsOf(model.params), 1),
                            {{"objective", std::string(objective)}, {"max_vocabulary", std::int64_t{100}}});
      const auto learner = model.create(corpus(), other, {});
      QVERIFY(learner->prepare({}).has_value());
      // Skip-gram and CBOW have the same tables.
      const auto kind = [](const ParamSet& of) {
        return of.contains("objective") ? of.getChoice("objective") : std::string();
      };
      QCOMPARE(learner->restoreState(state).has_value(), kind(other) == kind(set));
    }
  }
}

void ResumeContractTest::mutatedStatesDoNoHarm() {
  const auto source = prepared(params());
  for (int i = 0; i < 50; ++i) source->step();
  const TensorSet good = source->saveState();
  Rng rng(3);
  int refused = 0;
  for (int round = 0; round < 300; ++round) {
    TensorSet state = good;
    auto tensor =
        std::next(state.tensors.begin(),
                  static_cast<std::ptrdiff_t>(rng.below(static_cast<std::uint32_t>(state.tensors.size()))));
    auto& bytes = tensor->second.bytes;
    for (std::uint32_t flips = rng.below(3); flips > 0 && !bytes.empty(); --flips) {
      bytes[rng.below(static_cast<std::uint32_t>(bytes.size()))] ^=
          static_cast<std::byte>(1u << rng.below(8));
    }
    const auto learner = prepared(params());
    const TensorSet before = learner->saveState();
    if (learner->restoreState(state)) {
      for (int i = 0; i < 20; ++i) learner->step();
      (void)learner->totalSteps();
    } else {
      ++refused;
      QVERIFY(learner->saveState() == before);
    }
  }
  QVERIFY(refused > 0);
}

void ResumeContractTest::goesOnInFastestMode() {
  const auto source = prepared(params(), {.mode = Mode::Fastest, .threads = 2, .seed = 7});
  Course before;
  std::uint64_t tokens = 0;
  do {
    before.steps.push_back(source->step());
    tokens += before.steps.back().tokens;
  } while (before.steps.back().epoch < 0.6 * kEpochs);
  const TensorSet state = source->saveState();
  const Execution others[] = {{.mode = Mode::Fastest, .threads = 2, .seed = 7},
                              {.mode = Mode::Fastest, .threads = 3, .seed = 7},
                              {.mode = Mode::Fastest, .threads = 1, .seed = 8},
                              {.mode = Mode::Reproducible, .threads = 2, .seed = 7}};
  for (const Execution& execution : others) {
    const auto learner = prepared(params(), execution);
    const auto restored = learner->restoreState(state);
    QVERIFY2(restored.has_value(), restored ? "" : restored.error().message().c_str());
    QVERIFY(sameBits(vectorsOf(*learner), vectorsOf(*source)));
    const Course after = runToEnd(*learner);
    QCOMPARE(after.steps.front().step, before.steps.back().step + 1);
    QVERIFY(std::abs(after.steps.back().epoch - kEpochs) < 1e-9);
    QVERIFY(after.steps.front().epoch >= 0.55 * kEpochs && after.steps.front().epoch <= 0.7 * kEpochs);
    std::uint64_t rest = 0;
    for (const StepReport& step : after.steps) rest += step.tokens;
    const double inAll = static_cast<double>(corpus()->tokens().size()) * kEpochs;
    QVERIFY(std::abs(static_cast<double>(tokens + rest) / inAll - 1) < 0.02);
    QVERIFY(after.meanLoss(0, 1e9) < before.meanLoss(0, 0.3 * kEpochs));
    QVERIFY(learner->isFinite());
  }
}

void ResumeContractTest::otherParametersActFromThere() {
  const auto source = prepared(params());
  while (source->step().epoch < 1.2) {
  }
  const TensorSet state = source->saveState();
  const std::vector<std::pair<std::string, ParamValue>> changes = {{"epochs", std::int64_t{5}},
                                                                   {"epochs", std::int64_t{1}},
                                                                   {"window", std::int64_t{7}},
                                                                   {"negatives", std::int64_t{9}},
                                                                   {"minimum_learning_rate", 0.01},
                                                                   {"subsample", 0.0},
                                                                   {"x_max", 100.0}};
  for (const auto& [key, value] : changes) {
    if (!current().params.contains(key)) continue;
    const ParamSet changed = with(params(), {{key, value}});
    const auto learner = prepared(changed);
    const auto restored = learner->restoreState(state);
    QVERIFY2(restored.has_value(), restored ? "" : restored.error().message().c_str());
    QVERIFY(sameBits(vectorsOf(*learner), vectorsOf(*source)));
    const Course course = runToEnd(*learner);
    QVERIFY(learner->isFinite());
    const double end = course.steps.back().epoch;
    if (changed.getInt("epochs") == 1) {
      QVERIFY(end < 1.5);  // only what it has read already: at most a thousand words
    } else {
      QVERIFY2(std::abs(end - static_cast<double>(changed.getInt("epochs"))) < 1e-9, key.c_str());
      QVERIFY(!sameBits(course.vectors, vectorsOf(*source)));
    }
  }
}

QTEST_GUILESS_MAIN(ResumeContractTest)
#include "resume_contract_test.moc"
