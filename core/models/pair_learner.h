// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/models/pair_model.h"
#include "core/models/task_learner.h"

namespace lexarium {

/// How an encoder-decoder learns.
struct PairConfig {
  PairShape shape;  ///< vocabularies are found out
  PairOptions data;
  std::size_t batch = 64;
  std::size_t epochs = 10;
  double learningRate = 2e-3;
  Schedule::Kind schedule = Schedule::Kind::Constant;
  std::size_t warmup = 0;  ///< steps
  double clip = 1;
  std::size_t validateEvery = 0;  ///< steps
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

/// Learns pairs, or to answer questions about stories as pairs of texts.
class PairLearner final : public TaskLearner {
 public:
  explicit PairLearner(const PairConfig& config, std::shared_ptr<const TaskData> task = nullptr);

  const PairData& data() const { return data_; }
  std::shared_ptr<const PairModel> model() const;
  std::shared_ptr<const TrainedModel> copyModel() const override { return model(); }
  /// Over some examples; at most `mostSaid` of them, evenly spread, are said without help.
  PairScores scores(const std::vector<std::uint32_t>& examples, std::size_t mostSaid,
                    const TranslateOptions& options = {}) const;

 private:
  Expected<void> makeNetwork(const TaskContext& context) override;
  std::vector<Batch> batchesOfRound(std::uint64_t round) const override;
  BatchSize beginBatch(const Batch& batch) override;
  double learnPart(Tape& tape, ShardRange columns, std::uint64_t number) const override;
  double validate(TaskMetrics& scores) const override;
  void setDropout(double share) override { net_->setDropout(share); }
  Expected<std::span<const Real>> numbersOf(const TrainedModel& saved) const override;
  void giveOwnWords(Tape& tape, const PairBatch& part, std::vector<TokenId>& said, Rng& rng) const;
  void scoreWithHelp(const std::vector<std::uint32_t>& examples, PairScores& scores) const;

  PairConfig config_;
  PairData data_;
  std::unique_ptr<PairNet> net_;
  PairBatch batch_;  // of this step
};

/// Some columns of a batch, as a batch.
PairBatch partOf(const PairBatch& batch, ShardRange columns);

}  // namespace lexarium
