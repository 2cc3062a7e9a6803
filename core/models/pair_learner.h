// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "core/base/thread_pool.h"
#include "core/models/learner.h"
#include "core/models/pair_model.h"
#include "core/nn/optimizer.h"
#include "core/nn/schedule.h"
#include "core/nn/shards.h"

namespace lexarium {

/// How an encoder-decoder learns.
struct PairConfig {
  PairShape shape;  ///< vocabularies are found out
  PairOptions data;
  std::size_t batch = 64;
  std::size_t epochs = 10;
  double learningRate = 2e-3;
  double clip = 1;
  /// Teacher forcing: with which probability the decoder is given the right token instead of its own, at the
  /// beginning and at the end of the run (Bengio et al. 2015, arXiv:1506.03099), going down in a line. Its
  /// own are those of a first pass with the right ones, so that all steps stay one product (Mihaylova &
  /// Martins 2019, arXiv:1906.07651).
  double teacherFirst = 1, teacherLast = 1;
  Execution execution;
};

/// What a model makes of examples that it has not learned from.
struct PairScores {
  double loss = 0;              ///< mean of -ln p per token, while the right ones are given
  double tokenAccuracy = 0;     ///< share of likeliest tokens that are right, likewise
  double sequenceAccuracy = 0;  ///< share of texts that are entirely right, without help
  double bleu = 0;
  std::size_t examples = 0;  ///< that were said for the last two
};

/// Learns pairs batch by batch. One thread at a time uses it; it has threads of its own inside a step. The
/// same seed gives the same numbers on any number of threads.
class PairLearner {
 public:
  explicit PairLearner(const PairConfig& config) : config_(config) {}

  /// Errors: nothing to learn from, a size that no network has, cancelled.
  Expected<void> prepare(std::shared_ptr<const TaskData> task, const TaskContext& context = {});
  StepReport step();
  const PairData& data() const { return data_; }
  std::uint64_t totalSteps() const { return config_.epochs * stepsPerRound_; }
  std::shared_ptr<const PairModel> model() const;
  const Parameters& parameters() const { return parameters_; }
  /// Over some examples; at most `mostSaid` of them are said without help (from the beginning).
  PairScores scores(const std::vector<std::uint32_t>& examples, std::size_t mostSaid,
                    const TranslateOptions& options = {}) const;

 private:
  double learn(const PairBatch& batch);
  void giveOwnWords(Tape& tape, const PairBatch& part, std::vector<TokenId>& said, Rng& rng) const;

  PairConfig config_;
  PairData data_;
  Parameters parameters_;
  std::unique_ptr<PairNet> net_;
  Optimizer optimizer_;
  std::unique_ptr<ThreadPool> pool_;
  std::vector<std::unique_ptr<Shards>> shards_;  // for batches of 1, 2, ... parts
  StopToken stop_;
  std::vector<std::vector<std::uint32_t>> round_;  // batches of this epoch
  std::size_t place_ = 0;
  std::uint64_t rounds_ = 0, steps_ = 0, stepsPerRound_ = 0;
};

/// Some columns of a batch, as a batch.
PairBatch partOf(const PairBatch& batch, ShardRange columns);

}  // namespace lexarium
