// SPDX-License-Identifier: GPL-3.0-or-later
// What every language model of the registry must hold, over characters, words and subwords: learning,
// stopping, saving, going on, and what views see of it.
#include <QTest>
#include <cmath>
#include <limits>
#include <set>

#include "core/models/sequence_model.h"
#include "core/train/history_frame.h"
#include "core/train/trainer.h"
#include "tests/support/model_variants.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;
using Mode = Execution::Mode;

namespace {

constexpr std::int64_t kEpochs = 3;

/// Ten sentences of which the next word can be known from two words before.
const char* const kTenSentences =
    "the cat sat on a mat\nmy dog ran to his bone\nshe saw five red birds fly\nwe eat warm soup at noon\n"
    "old ships sail over blue waves\nthey sing songs by night\nno rain fell in june\nan owl hunts mice\n"
    "two boys play chess\nwho knows why it snows\n";

std::shared_ptr<const Corpus> corpus() {
  static const auto text = circleCorpus(60, 1500, 3);
  return text;
}

ParamSet forToys(const ModelInfo& model, const std::string& tokens, std::int64_t epochs) {
  return with(ParamSet::defaultsOf(model.params), {{"tokens", tokens},
                                                   {"vocabulary", std::int64_t{40}},
                                                   {"dimensions", std::int64_t{12}},
                                                   {"units", std::int64_t{12}},
                                                   {"layers", std::int64_t{2}},
                                                   {"heads", std::int64_t{3}},
                                                   {"window", std::int64_t{3}},
                                                   {"context", std::int64_t{11}},
                                                   {"batch", std::int64_t{37}},
                                                   {"dropout", 0.1},
                                                   {"epochs", epochs},
                                                   {"validate_every", std::int64_t{4}}});
}

bool sameNumber(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool sameStep(const StepReport& a, const StepReport& b) {
  return a.step == b.step && a.lossSum == b.lossSum && a.examples == b.examples && a.tokens == b.tokens &&
         a.epoch == b.epoch && a.learningRate == b.learningRate && a.finished == b.finished &&
         sameNumber(a.validationLoss, b.validationLoss) && sameNumber(a.gradientNorm, b.gradientNorm);
}

std::vector<StepReport> stepsToEnd(Learner& learner, std::size_t most = 100'000) {
  std::vector<StepReport> steps;
  do steps.push_back(learner.step());
  while (!steps.back().finished && steps.size() < most);
  return steps;
}

}  // namespace

class SequenceContractTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void describesItself_data() { everyModel(); }
  void describesItself();
  void sameSeedSameNumbersOnAnyThreads_data() { everyVariant(); }
  void sameSeedSameNumbersOnAnyThreads();
  void countsStepsTokensAndEpochs_data() { everyVariant(); }
  void countsStepsTokensAndEpochs();
  void learnsTenSentencesByHeart_data() { everyModel(); }
  void learnsTenSentencesByHeart();
  void goesOnBitForBit_data() { everyVariant(); }
  void goesOnBitForBit();
  void otherParametersActFromThere_data() { everyModel(); }
  void otherParametersActFromThere();
  void refusesWhatIsNotWhole_data() { everyModel(); }
  void refusesWhatIsNotWhole();
  void mutatedStatesDoNoHarm_data() { everyModel(); }
  void mutatedStatesDoNoHarm();
  void refusesOtherTextsAndSizes_data() { everyVariant(); }
  void refusesOtherTextsAndSizes();
  void savedModelsSayTheSame_data() { everyVariant(); }
  void savedModelsSayTheSame();
  void momentsComeBackFromBytes_data() { everyModel(); }
  void momentsComeBackFromBytes();
  void watchedRunsKeepModelsAndSamples_data() { everyModel(); }
  void watchedRunsKeepModelsAndSamples();
  void sessionsTracesAndLossesAgree_data() { everyVariant(); }
  void sessionsTracesAndLossesAgree();
  void wordsAreThoseOfTheCorpus_data() { everyModel(); }
  void wordsAreThoseOfTheCorpus();
  void changesWhileItRuns_data() { everyModel(); }
  void changesWhileItRuns();
  void patienceEndsTheRun_data() { everyModel(); }
  void patienceEndsTheRun();
  void divergenceKeepsTheLastGoodModel_data() { everyModel(); }
  void divergenceKeepsTheLastGoodModel();
  void stopsWithinAStep_data() { everyModel(); }
  void stopsWithinAStep();
  void survivesExtremeParameters_data() { everyModel(); }
  void survivesExtremeParameters();
  void saysWhyATextIsNoUse_data() { everyVariant(); }
  void saysWhyATextIsNoUse();
  void cancelsWhilePreparing_data() { everyVariant(); }
  void cancelsWhilePreparing();

 private:
  static void columns() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("tokens");
  }
  static void add(const ModelInfo& model, const std::string& tokens) {
    QTest::newRow((model.id + ' ' + tokens).c_str())
        << QString::fromStdString(model.id) << QString::fromStdString(tokens);
  }
  static void everyModel() {
    columns();
    for (const ModelInfo& model : models()) {
      if (model.kind == ModelInfo::Kind::Sequence) add(model, "characters");
    }
  }
  static void everyVariant() {
    columns();
    for (const ModelInfo& model : models()) {
      if (model.kind != ModelInfo::Kind::Sequence) continue;
      for (const auto& option : findSpec(model.params, "tokens")->options) add(model, option.value);
    }
  }
  static const ModelInfo& model() {
    return *findModel(static_cast<QString*>(QTest::qData("model", QMetaType::QString))->toStdString());
  }
  static std::string tokens() {
    return static_cast<QString*>(QTest::qData("tokens", QMetaType::QString))->toStdString();
  }
  static ParamSet params(std::int64_t epochs = kEpochs) { return forToys(model(), tokens(), epochs); }
  static bool isNeural() { return findSpec(model().params, "learning_rate") != nullptr; }
  static std::unique_ptr<Learner> prepared(const ParamSet& params,
                                           const Execution& execution = {.mode = Mode::Reproducible,
                                                                         .seed = 7},
                                           std::shared_ptr<const Corpus> text = corpus()) {
    auto learner = model().create(std::move(text), params, execution);
    if (const auto done = learner->prepare({}); !done) qFatal("%s", done.error().message().c_str());
    return learner;
  }
};

void SequenceContractTest::describesItself() {
  const ModelInfo& info = model();
  QVERIFY(!info.title.empty() && !info.summary.empty() && !info.citation.empty());
  QVERIFY(info.lossLabel.find("mean") != std::string::npos);
  std::set<std::string> keys;
  for (const ParamSpec& spec : info.params) {
    QVERIFY2(keys.insert(spec.key).second, spec.key.c_str());
    QVERIFY2(!spec.label.empty() && !spec.help.empty(), spec.key.c_str());
    QVERIFY2(validate(spec, spec.defaultValue).has_value(), spec.key.c_str());
  }
  for (const std::size_t size : {10, 1000, 30'000, 150'000, 700'000}) {
    const ParamSet preset = presetFor(info, *circleCorpus(50, size));
    const auto valid = validate(info.params, preset);
    QVERIFY2(valid.has_value(), valid ? "" : valid.error().message().c_str());
  }
  QVERIFY(presetFor(info, *circleCorpus(50, 2'100'000)) == ParamSet::defaultsOf(info.params));
}

void SequenceContractTest::sameSeedSameNumbersOnAnyThreads() {
  const auto run = [&](Mode mode, std::size_t threads, std::uint64_t seed, TensorSet& state) {
    const auto learner = prepared(params(), {.mode = mode, .threads = threads, .seed = seed});
    auto steps = stepsToEnd(*learner);
    state = learner->saveState();
    return steps;
  };
  TensorSet one;
  const auto steps = run(Mode::Reproducible, 1, 7, one);
  for (const Mode mode : {Mode::Reproducible, Mode::Fastest}) {
    for (const std::size_t threads : {2, 8}) {
      TensorSet state;
      const auto again = run(mode, threads, 7, state);
      QCOMPARE(again.size(), steps.size());
      for (std::size_t i = 0; i < steps.size(); ++i) QVERIFY(sameStep(again[i], steps[i]));
      QVERIFY(state == one);
    }
  }
  TensorSet other;
  run(Mode::Reproducible, 1, 8, other);
  QCOMPARE(other == one, !isNeural());  // counting needs no random numbers
}

void SequenceContractTest::countsStepsTokensAndEpochs() {
  const auto learner = prepared(params());
  const std::uint64_t total = learner->totalSteps();
  const auto steps = stepsToEnd(*learner);
  QCOMPARE(steps.size(), total);
  QCOMPARE(learner->totalSteps(), total);
  double epoch = 0;
  std::uint64_t count = 0;
  for (const StepReport& step : steps) {
    QCOMPARE(step.step, ++count);
    QVERIFY(step.epoch > epoch);
    epoch = step.epoch;
    QVERIFY(step.examples > 0 && step.tokens == step.examples);
    QVERIFY(std::isfinite(step.lossSum) && step.lossSum >= 0);
    QCOMPARE(std::isnan(step.gradientNorm), !isNeural());
  }
  QVERIFY(std::abs(epoch - (isNeural() ? kEpochs : 1)) < 1e-9);
  QVERIFY(std::isfinite(steps.back().validationLoss));  // at the end always
  const TensorSet state = learner->saveState();
  const StepReport beyond = learner->step();
  QVERIFY(beyond.finished && beyond.examples == 0 && beyond.lossSum == 0 &&
          std::isnan(beyond.validationLoss));
}

void SequenceContractTest::learnsTenSentencesByHeart() {
  ParamSet set = with(params(isNeural() ? 200 : 1), {{"dropout", 0.0},
                                                     {"held_back", 0.0},
                                                     {"units", std::int64_t{48}},
                                                     {"window", std::int64_t{10}},
                                                     {"batch", std::int64_t{2}},
                                                     {"order", std::int64_t{8}},
                                                     {"learning_rate", 0.01}});
  if (model().id == "transformer")
    set = with(set, {{"learning_rate", 0.004}, {"context", std::int64_t{24}}, {"epochs", std::int64_t{400}}});
  const auto text = toyCorpus({kTenSentences});
  const auto learner = prepared(set, {.mode = Mode::Reproducible}, text);
  const auto steps = stepsToEnd(*learner);
  const auto shown = asLanguageModel(learner->copyModel());
  const auto ids = shown->tokenizer()->encode(kTenSentences).ids;
  const double loss = meanLoss(*shown, ids);
  QVERIFY2(loss < 0.25 * std::log(27.0), qPrintable(QString::number(loss)));
  QVERIFY(std::isnan(steps.back().validationLoss));  // nothing was held back
  const TextSample said = speak(*shown, {"my dog r", 14, {.greedy = true}});
  QCOMPARE(QString::fromStdString(said.text), QString("my dog ran to his bone"));
}

void SequenceContractTest::goesOnBitForBit() {
  const auto whole = prepared(params());
  const auto course = stepsToEnd(*whole);
  const TensorSet last = whole->saveState();
  Rng rng(course.size());
  for (const std::size_t stop :
       {std::size_t{0}, std::size_t{rng.below(static_cast<std::uint32_t>(course.size()))}, course.size()}) {
    const auto first = prepared(params());
    for (std::size_t i = 0; i < stop; ++i) first->step();
    const TensorSet state = first->saveState();
    const auto second = prepared(params(), {.mode = Mode::Reproducible, .threads = 2, .seed = 7});
    const auto restored = second->restoreState(state);
    QVERIFY2(restored.has_value(), restored ? "" : restored.error().message().c_str());
    QVERIFY(second->saveState() == state);
    for (std::size_t i = stop; i < course.size(); ++i) QVERIFY(sameStep(second->step(), course[i]));
    QVERIFY(second->saveState() == last);
  }
}

void SequenceContractTest::otherParametersActFromThere() {
  const auto source = prepared(params());
  while (source->step().epoch < (isNeural() ? 1.2 : 0.5)) {
  }
  const TensorSet state = source->saveState();
  const std::pair<const char*, ParamValue> changes[] = {
      {"epochs", std::int64_t{5}},  {"epochs", std::int64_t{1}}, {"batch", std::int64_t{5}},
      {"context", std::int64_t{7}}, {"weight_decay", 0.1},       {"schedule", std::string("cosine")}};
  for (const auto& [key, value] : changes) {
    const bool resizes = model().id == "transformer" && std::string(key) == "context";
    if (!findSpec(model().params, key) || resizes) continue;
    const ParamSet changed = with(params(), {{key, value}});
    const auto learner = prepared(changed);
    const auto restored = learner->restoreState(state);
    QVERIFY2(restored.has_value(), restored ? "" : restored.error().message().c_str());
    const auto steps = stepsToEnd(*learner);
    QVERIFY(learner->isFinite());
    const double end = static_cast<double>(changed.getInt("epochs"));
    QVERIFY(end == 1 ? steps.size() == 1 && steps[0].examples == 0
                     : std::abs(steps.back().epoch - end) < 1e-9);
  }
}

void SequenceContractTest::refusesWhatIsNotWhole() {
  const auto source = prepared(params());
  for (int i = 0; i < 10; ++i) source->step();
  const TensorSet good = source->saveState();
  const auto learner = prepared(params());
  const TensorSet before = learner->saveState();
  const auto refuses = [&](const TensorSet& state) {
    const auto restored = learner->restoreState(state);
    return !restored && restored.error().message().find("does not fit") != std::string::npos &&
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
    if (!name.starts_with("tokens.")) {
      changed.type = bytesPerElement(tensor.type) == 8 ? TensorType::I64 : TensorType::I32;
      QVERIFY2(refuses(state), name.c_str());
      changed = tensor;
      changed.shape.push_back(1);
      QVERIFY2(refuses(state), name.c_str());
      changed = tensor;
    }
    if (tensor.type != TensorType::F32 || tensor.bytes.empty()) continue;
    const float nan = std::numeric_limits<float>::quiet_NaN();
    std::memcpy(changed.bytes.data(), &nan, sizeof nan);
    QVERIFY2(refuses(state), name.c_str());
  }
  QVERIFY(learner->restoreState(good).has_value());
  QVERIFY(learner->saveState() == good);
}

void SequenceContractTest::mutatedStatesDoNoHarm() {
  const auto source = prepared(params());
  for (int i = 0; i < 10; ++i) source->step();
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
    if (learner->restoreState(state)) {
      for (int i = 0; i < 3; ++i) learner->step();
      (void)learner->totalSteps();
      (void)asLanguageModel(learner->copyModel())->trace("w1 w2", true);
    } else {
      ++refused;
    }
  }
  QVERIFY(refused > 0);
}

void SequenceContractTest::refusesOtherTextsAndSizes() {
  const auto source = prepared(params());
  const TensorSet state = source->saveState();
  const auto refused = [&](const ParamSet& changed, std::shared_ptr<const Corpus> text) {
    const auto learner = prepared(changed, {.mode = Mode::Reproducible, .seed = 7}, std::move(text));
    const auto restored = learner->restoreState(state);
    return !restored && !restored.error().advice.empty();
  };
  QVERIFY(!refused(params(), corpus()));
  QVERIFY(refused(params(), toyCorpus({kTenSentences})));
  for (const char* key : {"units", "layers", "order"}) {
    if (!findSpec(model().params, key)) continue;
    const std::int64_t other = params().getInt(key) * 3 / 2;
    QVERIFY2(refused(with(params(), {{key, other}}), corpus()), key);
  }
  for (const ModelInfo& other : models()) {
    if (other.kind != ModelInfo::Kind::Sequence) continue;
    const auto learner = other.create(corpus(), forToys(other, tokens(), 1), {});
    QVERIFY(learner->prepare({}).has_value());
    QCOMPARE(learner->restoreState(state).has_value(), other.id == model().id);
  }
}

void SequenceContractTest::savedModelsSayTheSame() {
  const auto learner = prepared(params());
  for (int i = 0; i < 10; ++i) learner->step();
  const auto shown = asLanguageModel(learner->copyModel());
  const auto again = loadSequenceModel(shown->save());
  QVERIFY2(again.has_value(), again ? "" : again.error().message().c_str());
  const auto fromState = loadSequenceModel(learner->saveState());
  QVERIFY(fromState.has_value());
  const SampleRequest request{"w1 w2 w", 40, {.temperature = 0.9, .topK = 20, .seed = 5}};
  const TextSample said = speak(*shown, request);
  QCOMPARE(speak(**again, request).text, said.text);
  QCOMPARE(speak(**fromState, request).text, said.text);
  QVERIFY((*again)->save() == shown->save());
  QCOMPARE((*again)->facts().parameters, shown->facts().parameters);
  QCOMPARE((*again)->facts().charactersPerToken, shown->facts().charactersPerToken);
  // Training goes on, what was handed out stays.
  stepsToEnd(*learner);
  QCOMPARE(speak(*shown, request).text, said.text);
  QVERIFY((*again)->save() == shown->save());
}

void SequenceContractTest::momentsComeBackFromBytes() {
  const auto learner = prepared(params());
  for (int i = 0; i < 10; ++i) learner->step();
  HistoryFrame frame;
  frame.step = 10;
  frame.epoch = 0.5;
  frame.sequence.model = asLanguageModel(learner->copyModel());
  const SampleRequest request{"w1 \"w2\" \n", 12, {.temperature = 0.5, .topK = 9, .topP = 0.75, .seed = 3}};
  frame.sequence.samples = {
      std::make_shared<const TextSample>(speak(*asLanguageModel(frame.sequence.model), request))};
  Matrix vectors;
  learner->copyEmbeddings(learner->words(), vectors);
  QVERIFY(frame.encode(vectors));
  const auto bytes = toBytes(frame);
  const auto again = historyFrameFrom(bytes);
  QVERIFY2(again.has_value(), again ? "" : again.error().message().c_str());
  const auto snapshot = snapshotOf(**again);
  QVERIFY(snapshot->languageModel() && snapshot->languageModel()->save() == frame.sequence.model->save());
  QCOMPARE(snapshot->samples.size(), std::size_t{1});
  const TextSample &sample = *snapshot->samples[0], &before = *frame.sequence.samples[0];
  QVERIFY(sample.request == request);
  QCOMPARE(sample.text, before.text);
  QCOMPARE(sample.promptBytes, before.promptBytes);
  QCOMPARE(sample.tokens.size(), before.tokens.size());
  for (std::size_t i = 0; i < sample.tokens.size(); ++i) {
    QVERIFY(sample.tokens[i].id == before.tokens[i].id &&
            sample.tokens[i].isPrompt == before.tokens[i].isPrompt);
    QCOMPARE(sample.tokens[i].probability, before.tokens[i].probability);
  }
  for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 50) {
    QVERIFY(!historyFrameFrom(std::span(bytes).first(size)).has_value());
  }
}

void SequenceContractTest::watchedRunsKeepModelsAndSamples() {
  auto trainer = Trainer::create(corpus(), {model().id, params(2), {.mode = Mode::Reproducible}});
  QVERIFY(trainer.has_value());
  const Probe probe{.model = true, .samples = {{"w1", 6, {}}, {"", 3, {.greedy = true}}}};
  (*trainer)->setProbe(probe);
  (*trainer)->keepHistory(std::make_shared<History>());
  (*trainer)->startPaused();
  for (int i = 0; i < 5; ++i) (*trainer)->stepOnce();
  QVERIFY((*trainer)->waitFor([](const RunStatus& status) { return status.step == 5; }, 60));
  const auto paused = (*trainer)->snapshot();
  QVERIFY(paused->trained && paused->samples.size() == 2 && paused->samples[1]->request == probe.samples[1]);
  (*trainer)->resume();
  QVERIFY((*trainer)->wait(60));
  QCOMPARE((*trainer)->status().state, RunStatus::State::Finished);
  const auto last = (*trainer)->snapshot();
  QVERIFY(last->trained && last->samples.size() == 2);
  const auto frames = (*trainer)->history()->frames();
  QVERIFY(frames.size() >= 7);
  for (const auto& frame : frames) QVERIFY(frame->sequence.model);
  QVERIFY(frames.back()->sequence.model->save() == last->trained->save());
  QCOMPARE(frames[5]->step, std::uint64_t{5});
  QVERIFY(frames[5]->sequence.model->save() == paused->trained->save());
}

void SequenceContractTest::sessionsTracesAndLossesAgree() {
  const auto learner = prepared(params());
  for (int i = 0; i < 15; ++i) learner->step();
  const auto shown = asLanguageModel(learner->copyModel());
  const SequenceTrace trace = shown->trace("w1 w2 w3 w5", true);
  const auto count = static_cast<Eigen::Index>(trace.ids.size());
  QVERIFY(count >= 4);
  QCOMPARE(trace.ranges.size(), trace.ids.size());
  QCOMPARE(trace.labels.size(), trace.ids.size());
  QCOMPARE(trace.surprise.size(), trace.ids.size());
  QVERIFY(std::isnan(trace.surprise[0]));
  const auto session = shown->start();
  double sum = 0;
  for (Eigen::Index t = 0; t < count; ++t) {
    const auto p = softmaxOf(session->feed(trace.ids[static_cast<std::size_t>(t)]));
    for (std::size_t i = 0; i < p.size(); ++i) {
      QVERIFY(std::abs(p[i] - trace.probabilities(static_cast<Eigen::Index>(i), t)) < 1e-4F);
    }
    if (t + 1 == count) break;
    const TokenId next = trace.ids[static_cast<std::size_t>(t) + 1];
    const auto surprise = static_cast<double>(trace.surprise[static_cast<std::size_t>(t) + 1]);
    QVERIFY(std::abs(-std::log(static_cast<double>(p[next])) - surprise) < 1e-3);
    sum += surprise;
  }
  QVERIFY(std::abs(shown->lossSum(trace.ids) - sum) < 1e-3 * static_cast<double>(count));
  // A clone goes its own way from where the other stands.
  const auto a = shown->start();
  a->feed(trace.ids[0]);
  const auto b = a->clone();
  const auto afterA = a->feed(trace.ids[1]);
  const std::vector<float> expected(afterA.begin(), afterA.end());
  a->feed(trace.ids[2]);
  const auto afterB = b->feed(trace.ids[1]);
  QVERIFY(std::equal(afterB.begin(), afterB.end(), expected.begin(), expected.end()));
  for (const TraceMatrix& matrix : trace.matrices) {
    QCOMPARE(matrix.values.cols(), count);
    QVERIFY(matrix.values.allFinite());
    if (matrix.kind != TraceMatrix::Kind::Attention) continue;
    QVERIFY(((matrix.values.colwise().sum().array() - 1).abs() < 1e-4F).all());
  }
  QVERIFY(shown->trace("", true).ids.empty());
  QVERIFY(!speak(*shown, {"", 5, {}}).text.empty());
}

void SequenceContractTest::wordsAreThoseOfTheCorpus() {
  const auto characters = prepared(params());
  Matrix vectors;
  characters->copyEmbeddings(characters->words(), vectors);
  QCOMPARE(characters->words(), std::size_t{0});
  QCOMPARE(vectors.cols(), Eigen::Index{0});
  const auto words = prepared(forToys(model(), "words", 1));
  words->copyEmbeddings(words->words(), vectors);
  QCOMPARE(vectors.cols(), static_cast<Eigen::Index>(isNeural() ? 40 : 0));
  QCOMPARE(vectors.rows(), static_cast<Eigen::Index>(words->dimensions()));
}

void SequenceContractTest::changesWhileItRuns() {
  const auto learner = prepared(params()), same = prepared(params());
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::pair<const char*, ParamValue> refused[] = {{"learning_rate", 0.0},
                                                        {"learning_rate", nan},
                                                        {"learning_rate", std::string("fast")},
                                                        {"dropout", 1.5},
                                                        {"units", std::int64_t{5}},
                                                        {"epochs", std::int64_t{5}},
                                                        {"", 1.0},
                                                        {"no such parameter", 1.0}};
  for (const auto& [key, value] : refused) QVERIFY2(!learner->setLive(key, value).has_value(), key);
  QVERIFY(sameStep(learner->step(), same->step()));
  if (!isNeural()) return;
  QVERIFY(learner->setLive("dropout", 0.5).has_value());
  QVERIFY(learner->setLive("clip", 0.01).has_value());
  const StepReport dropped = learner->step(), plain = same->step();
  QVERIFY(dropped.lossSum != plain.lossSum);
  QVERIFY(learner->setLive("learning_rate", 1e-6).has_value());
  QCOMPARE(learner->step().learningRate, 1e-6);
  const auto again = prepared(params());
  QVERIFY(again->restoreState(learner->saveState()).has_value());
  for (int i = 0; i < 3; ++i) QVERIFY(sameStep(again->step(), learner->step()));
}

void SequenceContractTest::patienceEndsTheRun() {
  if (!isNeural()) return;
  // At this rate nothing is learned for long.
  const ParamSet set = with(params(10'000), {{"patience", std::int64_t{3}}, {"learning_rate", 0.5}});
  const auto learner = prepared(set);
  const auto steps = stepsToEnd(*learner, 5000);
  QVERIFY(steps.back().finished);
  std::vector<double> looks;
  for (const StepReport& step : steps) {
    if (!std::isnan(step.validationLoss)) looks.push_back(step.validationLoss);
  }
  QVERIFY(looks.size() >= 4);
  const double best = *std::min_element(looks.begin(), looks.end());
  for (std::size_t i = looks.size() - 3; i < looks.size(); ++i) QVERIFY(!(looks[i] < best));
  QCOMPARE(looks[looks.size() - 4], best);
}

void SequenceContractTest::divergenceKeepsTheLastGoodModel() {
  if (!isNeural()) return;
  RunConfig config{
      model().id,
      with(params(1000),
           {{"optimizer", std::string("sgd")}, {"learning_rate", 1000.0}, {"clip", 0.0}, {"dropout", 0.0}}),
      {.mode = Mode::Reproducible}};
  auto trainer = Trainer::create(corpus(), config);
  QVERIFY2(trainer.has_value(), trainer ? "" : trainer.error().message().c_str());
  (*trainer)->setProbe({.model = true, .samples = {{"w1", 5, {}}}});
  (*trainer)->keepGoodStates();
  (*trainer)->keepCheckpoints(true);
  (*trainer)->start();
  QVERIFY((*trainer)->wait(60));
  QCOMPARE((*trainer)->status().state, RunStatus::State::Diverged);
  // From the last good state it goes on with a lower rate.
  const auto good = (*trainer)->lastGood();
  QVERIFY(good && good->step < (*trainer)->status().step);
  QCOMPARE((*trainer)->takeCheckpoint(), good);
  RunConfig calmer = config;
  calmer.params = with(calmer.params, {{"learning_rate", 0.01}, {"epochs", std::int64_t{3}}});
  auto fork = Trainer::resumed(corpus(), good, {}, calmer);
  QVERIFY(fork.has_value());
  (*fork)->keepGoodStates();
  (*fork)->start();
  QVERIFY((*fork)->wait(60));
  QCOMPARE((*fork)->status().state, RunStatus::State::Finished);
  QVERIFY(std::isfinite((*fork)->status().loss) && !(*fork)->lastGood());
  const auto snapshot = (*trainer)->snapshot();
  QVERIFY(snapshot && snapshot->languageModel());
  QVERIFY(std::isfinite(
      snapshot->languageModel()->lossSum(snapshot->languageModel()->tokenizer()->encode("w1 w2").ids)));
}

void SequenceContractTest::stopsWithinAStep() {
  if (!isNeural()) return;
  std::stop_source stop;
  const auto learner = model().create(corpus(), params(), {.mode = Mode::Reproducible, .seed = 7});
  QVERIFY(learner->prepare({{}, stop.get_token()}).has_value());
  for (int i = 0; i < 5; ++i) learner->step();
  const TensorSet state = learner->saveState();
  stop.request_stop();
  const StepReport stopped = learner->step();
  QVERIFY(stopped.examples == 0 && stopped.step == 5 && !stopped.finished);
  QVERIFY(learner->saveState() == state);  // as if the step had not begun
  const auto again = prepared(params());
  QVERIFY(again->restoreState(state).has_value());
  const auto whole = prepared(params());
  for (int i = 0; i < 5; ++i) whole->step();
  for (int i = 0; i < 5; ++i) QVERIFY(sameStep(again->step(), whole->step()));
}

void SequenceContractTest::survivesExtremeParameters() {
  const ParamSet base = params(1);
  for (const ParamSpec& spec : model().params) {
    std::vector<ParamValue> values;
    if (spec.type == ParamSpec::Type::Integer) {
      // The largest networks would take the machine's memory for nothing.
      const double most = spec.key == "units" || spec.key == "dimensions" ? 100 : spec.maximum;
      values = {static_cast<std::int64_t>(spec.minimum), static_cast<std::int64_t>(most)};
    } else if (spec.type == ParamSpec::Type::Number) {
      values = {spec.minimum, spec.maximum};
    } else if (spec.type == ParamSpec::Type::Boolean) {
      values = {true, false};
    }
    for (const auto& option : spec.options) values.push_back(option.value);
    for (const ParamValue& value : values) {
      const std::string name = spec.key + "=" + formatParam(value);
      auto learner = model().create(toyCorpus({kTenSentences}), with(base, {{spec.key, value}}), {});
      if (const auto ready = learner->prepare({}); !ready) {
        QVERIFY2(!ready.error().what.empty() && !ready.error().advice.empty(), name.c_str());
        continue;
      }
      const auto steps = stepsToEnd(*learner, 3);
      if (spec.key == "learning_rate") continue;  // numbers may run away
      QVERIFY2(learner->isFinite(), name.c_str());
      for (const StepReport& step : steps) QVERIFY2(std::isfinite(step.lossSum), name.c_str());
    }
  }
}

void SequenceContractTest::saysWhyATextIsNoUse() {
  const auto errorOf = [&](std::shared_ptr<const Corpus> text) {
    const auto ready = model().create(std::move(text), params(), {})->prepare({});
    return ready ? Error{} : ready.error();
  };
  for (const auto& text : {std::shared_ptr<const Corpus>(std::make_shared<Corpus>()), toyCorpus({"a"})}) {
    const Error error = errorOf(text);
    QVERIFY(!error.what.empty() && !error.advice.empty());
    QVERIFY(error.message().find('\n') == std::string::npos);
  }
  QVERIFY(errorOf(toyCorpus({"two words"})).what.empty());
}

void SequenceContractTest::cancelsWhilePreparing() {
  const auto cancelledAt = [&](int wanted) {
    std::stop_source stop;
    int reports = 0;
    TaskContext context{[&](double, const std::string& phase) {
                          if (phase.empty()) std::abort();
                          if (++reports == wanted) stop.request_stop();
                        },
                        stop.get_token()};
    if (wanted == 0) stop.request_stop();
    const auto ready = model().create(corpus(), params(), {})->prepare(context);
    return !ready && ready.error().kind == Error::Kind::Cancelled;
  };
  QVERIFY(cancelledAt(0));
  QVERIFY(cancelledAt(1));
  QVERIFY(cancelledAt(2));
  QVERIFY(!cancelledAt(1'000'000));
}

QTEST_GUILESS_MAIN(SequenceContractTest)
#include "sequence_contract_test.moc"
