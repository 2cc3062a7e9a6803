// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/word2vec.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <new>

#include "core/base/memory.h"
#include "core/models/learner_state.h"
#include "core/models/word2vec_lane.h"

namespace lexarium {
namespace {

// About five milliseconds on the machine this was written on; four times that on an old laptop.
constexpr std::uint64_t kStepCost = 50'000'000;
// A run has at least this many steps, so that a single one can be watched on a small text.
constexpr std::uint64_t kLeastSteps = 400;
// Lanes for each thread in Fastest mode: whoever is done early takes another.
constexpr std::size_t kLanesPerThread = 4;
constexpr double kMostSteps = 0x1.0p62;  // whatever a saved state says

Expected<void> checkRate(const ParamValue& value) {
  const std::vector<ParamSpec> specs = word2VecParams(0.025);
  return validate(*findSpec(specs, "learning_rate"), value);
}

class Word2Vec final : public Learner {
 public:
  Word2Vec(std::shared_ptr<const Corpus> corpus, const ParamSet& params, const Execution& execution,
           WindowUpdate update)
      : corpus_(std::move(corpus)),
        params_(params),
        execution_(execution),
        update_(update),
        schedule_(params.getNumber("learning_rate"), params.getNumber("minimum_learning_rate")) {}

  Expected<void> prepare(const TaskContext& context) override;
  StepReport step() override;
  std::size_t words() const override { return tables_.input.rows(); }
  std::size_t dimensions() const override { return tables_.input.length(); }
  void copyEmbeddings(std::size_t count, Matrix& out) const override { copyRows(tables_.input, count, out); }
  void copyRows(const RowRequest& request, ModelRows& out) const override;
  std::uint64_t totalSteps() const override;
  Expected<void> setLive(std::string_view key, const ParamValue& value) override;
  bool isFinite() const override { return tables_.input.isFinite() && tables_.output.isFinite(); }
  TensorSet saveState() const override;
  Expected<void> restoreState(const TensorSet& state) override;

 private:
  Expected<void> makeTables(const TaskContext& context);
  void makeLanes();
  Expected<void> readState(const TensorSet& state);
  Expected<LinearDecay> scheduleIn(const TensorSet& state) const;
  Expected<void> restoreLanes(std::span<const Lane::State> saved);
  double progress() const { return static_cast<double>(tokensDone_) / static_cast<double>(tokensInAll_); }
  static void copyRows(const RowTable& table, std::size_t count, Matrix& out);

  std::shared_ptr<const Corpus> corpus_;
  ParamSet params_;
  Execution execution_;
  WindowUpdate update_;
  LinearDecay schedule_;

  std::optional<TrainingText> text_;
  Word2VecTables tables_;
  std::vector<std::uint32_t> thresholds_;
  std::vector<Lane> lanes_;
  std::unique_ptr<ThreadPool> pool_;
  std::uint64_t tokensInAll_ = 0;
  std::uint64_t tokensDone_ = 0;
  std::uint64_t steps_ = 0;
};

Expected<void> Word2Vec::prepare(const TaskContext& context) {
  context.report(-1, "Choosing words");
  auto text = TrainingText::create(
      corpus_, {.minimumCount = static_cast<std::uint64_t>(params_.getInt("min_count")),
                .maximumWords = static_cast<std::size_t>(params_.getInt("max_vocabulary")),
                .crossSentences = params_.getBool("cross_sentences")});
  if (!text) return tl::unexpected(text.error());
  text_ = std::move(*text);
  tokensInAll_ = text_->keptTokens() * static_cast<std::uint64_t>(params_.getInt("epochs"));
  thresholds_ = subsamplingThresholds(text_->counts(), text_->keptTokens(), params_.getNumber("subsample"));
  if (auto made = makeTables(context); !made) return made;
  makeLanes();
  return {};
}

Expected<void> Word2Vec::makeTables(const TaskContext& context) {
  const std::size_t words = text_->words();
  tables_.window = static_cast<std::size_t>(params_.getInt("window"));
  const auto dimensions = static_cast<std::size_t>(params_.getInt("dimensions"));
  const std::uint64_t bytes = 2 * words * paddedLength(dimensions) * sizeof(Real);
  const auto tooLarge = [&] {
    return makeError(std::to_string(words) + " words of " + std::to_string(dimensions) + " dimensions need " +
                         formatBytes(bytes) + " of memory, which is not there",
                     corpus_->title(),
                     "Raise the minimum count, limit the vocabulary or take fewer dimensions");
  };
  if (bytes > availableMemoryBytes()) return tooLarge();
  try {
    context.report(-1, "Filling tables");
    tables_.input = RowTable(words, dimensions);
    tables_.input.fillUniform(execution_.seed, static_cast<double>(dimensions));
    if (context.stopRequested()) return cancelled();
    if (params_.getChoice("objective") == kHierarchicalSoftmax) {
      tables_.tree = HuffmanTree(text_->counts());
      assert(tables_.tree.longestPath() <= kMaximumTargets);
      tables_.output = RowTable(tables_.tree.innerNodes(), dimensions);
    } else {
      tables_.negatives = static_cast<std::size_t>(params_.getInt("negatives"));
      tables_.noise = AliasTable(noiseWeights(text_->counts()));
      tables_.output = RowTable(words, dimensions);
    }
  } catch (const std::bad_alloc&) {
    return tooLarge();
  }
  return {};
}

void Word2Vec::makeLanes() {
  const bool reproducible = execution_.mode == Execution::Mode::Reproducible;
  const std::size_t threads = reproducible ? 1 : std::max<std::size_t>(execution_.threads, 1);
  const TokenIndex tokens = text_->tokens().size();
  const std::size_t count = threads == 1 ? 1 : std::min<std::size_t>(threads * kLanesPerThread, tokens);
  const auto epochs = static_cast<std::uint32_t>(params_.getInt("epochs"));
  lanes_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const TokenRange part{tokens * i / count, tokens * (i + 1) / count};
    lanes_.emplace_back(*text_, thresholds_, part, epochs, Rng::forStream(execution_.seed, i + 1),
                        tables_.input.stride());
  }
  pool_ = std::make_unique<ThreadPool>(
      threads, execution_.lowPriority ? ThreadPool::Priority::Low : ThreadPool::Priority::Normal);
}

StepReport Word2Vec::step() {
  const auto rate = static_cast<Real>(schedule_.at(progress()));
  const std::uint64_t lanes = lanes_.size();
  const std::uint64_t threads = pool_->threads();
  const Lane::Quota quota{.cost = kStepCost * threads / lanes,
                          .tokens = std::max<std::uint64_t>(tokensInAll_ / kLeastSteps / lanes, 1)};
  pool_->parallelFor(lanes_.size(), [&](std::size_t i) { lanes_[i].run(tables_, update_, quota, rate); });

  StepReport report;
  report.finished = true;
  for (Lane& lane : lanes_) {
    const Lane::Report part = lane.takeReport();
    report.lossSum += part.loss;
    report.examples += part.examples;
    report.tokens += part.tokens;
    report.finished = report.finished && lane.finished();
  }
  tokensDone_ += report.tokens;
  report.step = ++steps_;
  report.epoch = static_cast<double>(tokensDone_) / static_cast<double>(text_->keptTokens());
  report.learningRate = schedule_.at(progress());
  return report;
}

std::uint64_t Word2Vec::totalSteps() const {
  if (tokensDone_ == 0) return 0;
  return static_cast<std::uint64_t>(std::min(static_cast<double>(steps_) / progress() + 0.5, kMostSteps));
}

Expected<void> Word2Vec::setLive(std::string_view key, const ParamValue& value) {
  if (key != "learning_rate") {
    return makeError("This parameter cannot change while training runs", std::string(key),
                     "Start a new run for it");
  }
  if (auto valid = checkRate(value); !valid) return valid;
  schedule_.restart(std::get<double>(value), progress());
  return {};
}

TensorSet Word2Vec::saveState() const {
  TensorSet state;
  state.metadata[kWordsKey] = wordsFingerprint(corpus_->vocabulary(), words());
  state.tensors["input"] = tensorOfRows(tables_.input, 0, dimensions());
  state.tensors["output"] = tensorOfRows(tables_.output, 0, dimensions());
  state.tensors["steps"] = tensorOfNumber(steps_);
  state.tensors["rate"] = tensorOfNumber(schedule_.startRate());
  state.tensors["rate_from"] = tensorOfNumber(schedule_.startProgress());
  saveLanes(lanes_, state);
  return state;
}

Expected<void> Word2Vec::restoreState(const TensorSet& state) {
  const auto restored = readState(state);
  return restored ? restored : stateDoesNotFit(restored.error());
}

/// Everything is checked before anything changes.
Expected<void> Word2Vec::readState(const TensorSet& state) {
  if (auto fits = checkWords(state, wordsFingerprint(corpus_->vocabulary(), words())); !fits) return fits;
  if (auto fits = checkRows(state, "input", tables_.input, dimensions()); !fits) return fits;
  if (auto fits = checkRows(state, "output", tables_.output, dimensions()); !fits) return fits;
  const auto steps = numberIn<std::uint64_t>(state, "steps");
  if (!steps) return tl::unexpected<Error>(steps.error());
  const auto schedule = scheduleIn(state);
  if (!schedule) return tl::unexpected<Error>(schedule.error());
  const auto lanes = lanesIn(state, *text_);
  if (!lanes) return tl::unexpected<Error>(lanes.error());
  if (auto restored = restoreLanes(*lanes); !restored) return restored;

  copyToRows(state.tensors.at("input"), tables_.input, 0);
  copyToRows(state.tensors.at("output"), tables_.output, 0);
  steps_ = *steps;
  schedule_ = *schedule;
  tokensDone_ = 0;
  for (const Lane& lane : lanes_) tokensDone_ += lane.tokensSoFar();
  return {};
}

Expected<LinearDecay> Word2Vec::scheduleIn(const TensorSet& state) const {
  const auto rate = numberIn<double>(state, "rate"), from = numberIn<double>(state, "rate_from");
  if (!rate) return tl::unexpected<Error>(rate.error());
  if (!from) return tl::unexpected<Error>(from.error());
  if (auto valid = checkRate(*rate); !valid) return tl::unexpected<Error>(valid.error());
  if (!(*from >= 0 && *from <= 1)) return makeError("A share of the run is not between 0 and 1", "rate_from");
  LinearDecay schedule(*rate, params_.getNumber("minimum_learning_rate"));
  schedule.restart(*rate, *from);
  return schedule;
}

/// If there are more or fewer lanes now (fastest mode on other threads), all go on where those were on
/// average.
Expected<void> Word2Vec::restoreLanes(std::span<const Lane::State> saved) {
  if (saved.size() != lanes_.size()) {
    const double rounds = std::min(roundsOf(saved), static_cast<double>(params_.getInt("epochs")));
    const double whole = std::floor(rounds);
    for (Lane& lane : lanes_) lane.moveTo(static_cast<std::uint64_t>(whole), rounds - whole);
    return {};
  }
  for (std::size_t i = 0; i < saved.size(); ++i) {
    if (!lanes_[i].accepts(saved[i])) return makeError("A place is none of this text's");
  }
  for (std::size_t i = 0; i < saved.size(); ++i) lanes_[i].restore(saved[i]);
  return {};
}

void Word2Vec::copyRows(const RowRequest& request, ModelRows& out) const {
  out.words = rowsWithin(tables_.input, request.words);
  out.outputs = rowsWithin(tables_.output, request.outputs);
  copyRowParts(tables_.input, out.words, 0, dimensions(), out.input);
  copyRowParts(tables_.output, out.outputs, 0, dimensions(), out.output);
}

void Word2Vec::copyRows(const RowTable& table, std::size_t count, Matrix& out) {
  assert(count <= table.rows());
  out.resize(static_cast<Eigen::Index>(table.length()), static_cast<Eigen::Index>(count));
  for (std::size_t i = 0; i < count; ++i) {
    std::copy_n(table.row(i), table.length(), out.col(static_cast<Eigen::Index>(i)).data());
  }
}

}  // namespace

std::span<const Target> Word2VecTables::drawTargets(TokenId word, Rng& rng, Target* space) const {
  std::size_t count = 0;
  if (negatives == 0) {
    for (const TreeStep& step : tree.path(word))
      space[count++] = {step.node, step.turn == 1 ? Real{1} : Real{-1}};
  } else {
    space[count++] = {word, 1};
    for (std::size_t n = 0; n < negatives; ++n) {
      const std::uint32_t noiseWord = noise.draw(rng);
      if (noiseWord != word) space[count++] = {noiseWord, -1};
    }
  }
  return {space, count};
}

std::span<const Target> negativeTargets(TokenId word, std::span<const TokenId> noise, Target* space) {
  std::size_t count = 0;
  space[count++] = {word, 1};
  for (const TokenId noiseWord : noise) {
    if (noiseWord != word) space[count++] = {noiseWord, -1};
  }
  return {space, count};
}

std::vector<ParamSpec> word2VecParams(double learningRate) {
  std::vector<ParamSpec> specs;
  specs.push_back(dimensionsParam());
  specs.push_back(integerParam("window", "Window", "words",
                               "How many words to each side count as a word's context, at most.", 5, 1, 50));
  specs.push_back(
      integerParam("epochs", "Epochs", "", "How many times the whole text is read.", 5, 1, 10'000));
  specs.push_back(
      numberParam("learning_rate", "Learning rate", "",
                  "How far the vectors move at each example at the start; it falls steadily from there.",
                  learningRate, 1e-6, 1000, ParamSpec::Scale::Logarithmic));
  specs.back().live = true;
  specs.push_back(minimumCountParam());
  specs.push_back(choiceParam(
      "objective", "Objective",
      "How a guess is scored: against a few random words, or by way of a tree over all words.",
      kNegativeSampling,
      {{kNegativeSampling, "Negative sampling"}, {kHierarchicalSoftmax, "Hierarchical softmax"}}));
  specs.push_back(integerParam("negatives", "Negatives", "words",
                               "How many random words each guess is compared with.", 5, 1, 100));
  specs.back().enabledBy = "objective=negative-sampling";
  specs.push_back(numberParam(
      "subsample", "Subsampling", "",
      "Words more frequent than this share of the text are often skipped; 0 skips none.", 1e-3, 0, 1));
  specs.back().advanced = true;
  specs.push_back(numberParam("minimum_learning_rate", "Final learning rate", "",
                              "Where the learning rate ends up at the end of the run.", 1e-4, 0, 1000));
  specs.back().advanced = true;
  specs.push_back(maximumVocabularyParam());
  specs.push_back(crossSentencesParam());
  return specs;
}

std::unique_ptr<Learner> createWord2Vec(std::shared_ptr<const Corpus> corpus, const ParamSet& params,
                                        const Execution& execution, WindowUpdate update) {
  return std::make_unique<Word2Vec>(std::move(corpus), params, execution, update);
}

}  // namespace lexarium
