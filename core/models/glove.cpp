// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/glove.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <new>
#include <optional>

#include "core/base/memory.h"
#include "core/base/thread_pool.h"
#include "core/models/cooccurrence.h"
#include "core/models/hogwild.h"
#include "core/models/learner_state.h"
#include "core/models/logistic.h"
#include "core/models/training_text.h"

namespace lexarium {
namespace {

constexpr double kAlpha = 0.75;  // exponent of the weighting function, Pennington et al. 2014, equation 9
// About five milliseconds of updates: a cell costs two inner products and four AdaGrad steps.
constexpr std::uint64_t kStepCost = 50'000'000;
constexpr std::uint64_t kLeastSteps = 400;
constexpr std::size_t kShardsPerThread = 4;
constexpr std::uint64_t kMostRounds = 1'000'000;  // whatever a saved state says

std::vector<ParamSpec> gloveParams() {
  std::vector<ParamSpec> specs;
  specs.push_back(dimensionsParam());
  specs.push_back(integerParam("window", "Window", "words",
                               "How many words to each side count as context; near ones count more.", 15, 1,
                               50));
  specs.push_back(integerParam("epochs", "Iterations", "",
                               "How many times all counted pairs are gone through.", 25, 1, 10'000));
  specs.push_back(
      numberParam("learning_rate", "Learning rate", "",
                  "How far the vectors move at each example; it adapts for each number by itself.", 0.05,
                  1e-6, 1000, ParamSpec::Scale::Logarithmic));
  specs.back().live = true;
  specs.push_back(minimumCountParam());
  specs.push_back(
      numberParam("x_max", "Full weight from", "",
                  "Pairs that were counted more often than this all weigh the same; rarer ones weigh less.",
                  10, 1, 10'000, ParamSpec::Scale::Logarithmic));
  specs.push_back(maximumVocabularyParam());
  specs.push_back(crossSentencesParam());
  return specs;
}

Expected<void> checkRate(const ParamValue& value) {
  const std::vector<ParamSpec> specs = gloveParams();
  return validate(*findSpec(specs, "learning_rate"), value);
}

class Glove final : public Learner {
 public:
  Glove(std::shared_ptr<const Corpus> corpus, const ParamSet& params, const Execution& execution)
      : corpus_(std::move(corpus)),
        params_(params),
        execution_(execution),
        rate_(params.getNumber("learning_rate")),
        logMaximum_(static_cast<Real>(std::log(params.getNumber("x_max")))) {}

  Expected<void> prepare(const TaskContext& context) override;
  StepReport step() override;
  std::size_t words() const override { return tables_.words.rows(); }
  std::size_t dimensions() const override { return tables_.dimensions; }
  void copyEmbeddings(std::size_t count, Matrix& out) const override;
  void copyRows(const RowRequest& request, ModelRows& out) const override;
  std::uint64_t totalSteps() const override;
  Expected<void> setLive(std::string_view key, const ParamValue& value) override;
  bool isFinite() const override { return tables_.words.isFinite() && tables_.contexts.isFinite(); }
  TensorSet saveState() const override;
  Expected<void> restoreState(const TensorSet& state) override;

 private:
  struct Sums {
    double loss = 0;
    std::uint64_t examples = 0;
  };

  Expected<void> shuffle(const TaskContext& context);
  Sums learn(std::size_t first, std::size_t last);
  Expected<void> readState(const TensorSet& state);
  std::uint64_t cellsInAll() const {
    return cells_.size() * static_cast<std::uint64_t>(params_.getInt("epochs"));
  }

  std::shared_ptr<const Corpus> corpus_;
  ParamSet params_;
  Execution execution_;
  double rate_;
  Real logMaximum_;

  std::uint64_t keptTokens_ = 0;
  std::vector<CooccurrenceCell> cells_;  // shuffled; `count` holds log X, which is all that training needs
  GloveTables tables_;
  std::unique_ptr<ThreadPool> pool_;
  std::size_t cellsPerStep_ = 1;
  std::uint64_t cellsDone_ = 0;
  std::uint64_t steps_ = 0;
};

Expected<void> Glove::prepare(const TaskContext& context) {
  auto text = TrainingText::create(
      corpus_, {.minimumCount = static_cast<std::uint64_t>(params_.getInt("min_count")),
                .maximumWords = static_cast<std::size_t>(params_.getInt("max_vocabulary")),
                .crossSentences = params_.getBool("cross_sentences")});
  if (!text) return tl::unexpected(text.error());
  keptTokens_ = text->keptTokens();
  pool_ = std::make_unique<ThreadPool>(
      std::max<std::size_t>(execution_.threads, 1),
      execution_.lowPriority ? ThreadPool::Priority::Low : ThreadPool::Priority::Normal);
  try {
    // The tables come after the counts: leave room for them.
    const std::uint64_t available = availableMemoryBytes();
    const auto dimensions = static_cast<std::size_t>(params_.getInt("dimensions"));
    const std::uint64_t tableBytes = 4 * text->words() * paddedLength(dimensions + 2) * sizeof(Real);
    if (tableBytes > available / 2) throw std::bad_alloc();
    auto cells = countCooccurrences(*text, static_cast<std::uint32_t>(params_.getInt("window")), *pool_,
                                    available / 2, context);
    if (!cells) return tl::unexpected(cells.error());
    cells_ = std::move(*cells);
    if (auto shuffled = shuffle(context); !shuffled) return shuffled;
    tables_ = GloveTables(text->words(), dimensions, execution_.seed);
  } catch (const std::bad_alloc&) {
    return makeError(
        "The tables of " + std::to_string(text->words()) + " words need more memory than there is",
        corpus_->title(), "Raise the minimum count, limit the vocabulary or take fewer dimensions");
  }
  const std::uint64_t cellCost = 16 * tables_.half + 400;
  cellsPerStep_ = std::clamp<std::size_t>(cellsInAll() / kLeastSteps, 1, kStepCost / cellCost);
  if (execution_.mode == Execution::Mode::Fastest) cellsPerStep_ *= pool_->threads();
  return {};
}

/// Fisher-Yates; the order stays the same in all epochs, as in Stanford's program.
Expected<void> Glove::shuffle(const TaskContext& context) {
  Rng rng = Rng::forStream(execution_.seed, 1);
  for (std::size_t left = cells_.size(); left > 0; --left) {
    if (left % (1 << 18) == 0) {
      context.report(1 - static_cast<double>(left) / static_cast<double>(cells_.size()), "Shuffling cells");
      if (context.stopRequested()) return cancelled();
    }
    CooccurrenceCell& cell = cells_[left - 1];
    std::swap(cell, cells_[static_cast<std::size_t>(rng.uniform() * static_cast<double>(left))]);
    cell.count = std::log(cell.count);
  }
  return {};
}

/// Cells [first, last), each in both directions: X_ij = X_ji.
Glove::Sums Glove::learn(std::size_t first, std::size_t last) {
  constexpr std::size_t kAhead = 4;
  Sums sums;
  const auto rate = static_cast<Real>(rate_);
  for (std::size_t i = first; i < last; ++i) {
    if (i + kAhead < last) prefetchCell(tables_, cells_[i + kAhead].row, cells_[i + kAhead].column);
    const CooccurrenceCell& cell = cells_[i];
    // f(X) = min(1, (X / x_max)^alpha), equation 9
    const Real missing = logMaximum_ - static_cast<Real>(cell.count);
    const Real weight = missing > 0 ? expOfMinus(static_cast<Real>(kAlpha) * missing) : Real{1};
    sums.loss += learnCell(tables_, cell.row, cell.column, cell.count, weight, rate);
    ++sums.examples;
    if (cell.row != cell.column) {
      sums.loss += learnCell(tables_, cell.column, cell.row, cell.count, weight, rate);
      ++sums.examples;
    }
  }
  return sums;
}

StepReport Glove::step() {
  StepReport report;
  const std::size_t place = cellsDone_ % cells_.size();
  const std::size_t end = cellsDone_ < cellsInAll() ? std::min(place + cellsPerStep_, cells_.size()) : place;
  const std::size_t cells = end - place;
  const std::size_t shards = execution_.mode == Execution::Mode::Reproducible || pool_->threads() == 1
                                 ? 1
                                 : pool_->threads() * kShardsPerThread;
  std::vector<Sums> sums(shards);
  if (shards == 1) {
    sums[0] = learn(place, end);
  } else {
    pool_->parallelFor(shards, [&](std::size_t s) {
      sums[s] = learn(place + cells * s / shards, place + cells * (s + 1) / shards);
    });
  }
  for (const Sums& part : sums) {
    report.lossSum += part.loss;
    report.examples += part.examples;
  }
  const auto tokensAt = [&](std::uint64_t done) {
    return static_cast<std::uint64_t>(static_cast<double>(done) / static_cast<double>(cells_.size()) *
                                      static_cast<double>(keptTokens_));
  };
  report.tokens = tokensAt(cellsDone_ + cells) - tokensAt(cellsDone_);
  cellsDone_ += cells;
  report.step = ++steps_;
  report.epoch = static_cast<double>(cellsDone_) / static_cast<double>(cells_.size());
  report.learningRate = rate_;
  report.finished = cellsDone_ >= cellsInAll();
  return report;
}

void Glove::copyEmbeddings(std::size_t count, Matrix& out) const {
  assert(count <= words());
  out.resize(static_cast<Eigen::Index>(dimensions()), static_cast<Eigen::Index>(count));
  for (std::size_t i = 0; i < count; ++i) {
    const Real* word = tables_.words.row(i);
    const Real* context = tables_.contexts.row(i);
    Real* column = out.col(static_cast<Eigen::Index>(i)).data();
    for (std::size_t k = 0; k < dimensions(); ++k) column[k] = word[k] + context[k];
  }
}

/// A row is w_1 ... w_d  b  1 | sums in one table and w~_1 ... w~_d  1  b~ | sums in the other.
void Glove::copyRows(const RowRequest& request, ModelRows& out) const {
  const auto copy = [&](const RowTable& table, std::span<const std::uint32_t> rows, std::size_t bias,
                        Matrix& vectors, Vector& biases, Matrix& squares) {
    Matrix part;
    copyRowParts(table, rows, 0, dimensions(), vectors);
    copyRowParts(table, rows, bias, 1, part);
    biases = part.row(0).transpose();
    copyRowParts(table, rows, tables_.half, dimensions() + 1, squares);
    copyRowParts(table, rows, tables_.half + bias, 1, part);
    squares.bottomRows(1) = part;
  };
  out.words = rowsWithin(tables_.words, request.words);
  out.outputs = rowsWithin(tables_.contexts, request.outputs);
  copy(tables_.words, out.words, dimensions(), out.input, out.inputBias, out.inputSquares);
  copy(tables_.contexts, out.outputs, dimensions() + 1, out.output, out.outputBias, out.outputSquares);
}

/// Of each row the numbers and AdaGrad's sums, biases and ones included; see GloveTables.
TensorSet Glove::saveState() const {
  const std::size_t length = dimensions() + 2;
  TensorSet state;
  state.metadata[kWordsKey] = wordsFingerprint(corpus_->vocabulary(), words());
  state.tensors["words"] = tensorOfRows(tables_.words, 0, length);
  state.tensors["words.squares"] = tensorOfRows(tables_.words, tables_.half, length);
  state.tensors["contexts"] = tensorOfRows(tables_.contexts, 0, length);
  state.tensors["contexts.squares"] = tensorOfRows(tables_.contexts, tables_.half, length);
  state.tensors["steps"] = tensorOfNumber(steps_);
  state.tensors["cells"] = tensorOfNumber(std::uint64_t{cells_.size()});
  state.tensors["cells_done"] = tensorOfNumber(cellsDone_);
  state.tensors["rate"] = tensorOfNumber(rate_);
  return state;
}

Expected<void> Glove::restoreState(const TensorSet& state) {
  const auto restored = readState(state);
  return restored ? restored : stateDoesNotFit(restored.error());
}

/// Everything is checked before anything changes.
Expected<void> Glove::readState(const TensorSet& state) {
  if (auto fits = checkWords(state, wordsFingerprint(corpus_->vocabulary(), words())); !fits) return fits;
  const std::size_t length = dimensions() + 2;
  for (const auto& [name, table] : {std::pair<std::string, const RowTable*>("words", &tables_.words),
                                    std::pair<std::string, const RowTable*>("contexts", &tables_.contexts)}) {
    if (auto fits = checkRows(state, name, *table, length); !fits) return fits;
    // The sums begin at 1.
    if (auto fits = checkRows(state, name + ".squares", *table, length, Real{1}); !fits) return fits;
  }
  const auto steps = numberIn<std::uint64_t>(state, "steps");
  if (!steps) return tl::unexpected<Error>(steps.error());
  const auto cells = numberIn<std::uint64_t>(state, "cells");
  if (!cells) return tl::unexpected<Error>(cells.error());
  const auto cellsDone = numberIn<std::uint64_t>(state, "cells_done");
  if (!cellsDone) return tl::unexpected<Error>(cellsDone.error());
  const auto rate = numberIn<double>(state, "rate");
  if (!rate) return tl::unexpected<Error>(rate.error());
  if (auto valid = checkRate(*rate); !valid) return valid;
  if (*cells == 0 || *cellsDone / *cells > kMostRounds)
    return makeError("A place is in no round", "cells_done");

  copyToRows(state.tensors.at("words"), tables_.words, 0);
  copyToRows(state.tensors.at("words.squares"), tables_.words, tables_.half);
  copyToRows(state.tensors.at("contexts"), tables_.contexts, 0);
  copyToRows(state.tensors.at("contexts.squares"), tables_.contexts, tables_.half);
  steps_ = *steps;
  rate_ = *rate;
  // With another window there are more or fewer cells: then about the same share of a round is done.
  const double share = static_cast<double>(*cellsDone) / static_cast<double>(*cells);
  cellsDone_ = *cells == cells_.size()
                   ? *cellsDone
                   : static_cast<std::uint64_t>(share * static_cast<double>(cells_.size()));
  return {};
}

std::uint64_t Glove::totalSteps() const {
  const std::uint64_t perEpoch = (cells_.size() + cellsPerStep_ - 1) / cellsPerStep_;
  return perEpoch * static_cast<std::uint64_t>(params_.getInt("epochs"));
}

Expected<void> Glove::setLive(std::string_view key, const ParamValue& value) {
  if (key != "learning_rate") {
    return makeError("This parameter cannot change while training runs", std::string(key),
                     "Start a new run for it");
  }
  if (auto valid = checkRate(value); !valid) return valid;
  rate_ = std::get<double>(value);
  return {};
}

}  // namespace

ModelInfo gloveModel() {
  ModelInfo info;
  info.id = "glove";
  info.title = "GloVe";
  info.summary = "Counts which words stand near each other, then finds vectors that explain the counts.";
  info.citation = "Pennington, Socher & Manning 2014, EMNLP, doi:10.3115/v1/D14-1162";
  info.lossLabel = "Loss (mean per non-zero cell)";
  info.params = gloveParams();
  info.create = [](std::shared_ptr<const Corpus> corpus, const ParamSet& params,
                   const Execution& execution) -> std::unique_ptr<Learner> {
    return std::make_unique<Glove>(std::move(corpus), params, execution);
  };
  return info;
}

}  // namespace lexarium
