// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/base/thread_pool.h"
#include "core/formats/vectors.h"
#include "core/models/learner.h"
#include "core/models/text_classifier_data.h"
#include "core/models/text_classifier_model.h"
#include "core/nn/optimizer.h"
#include "core/nn/shards.h"
#include "core/tasks/classification.h"

namespace lexarium {

/// How a classifier of texts learns: with Adam.
struct ClassifierConfig {
  ClassifierShape shape;  ///< vocabulary, classes and `longest` are found out
  LabelOptions data;
  std::size_t batch = 32;
  std::size_t epochs = 5;
  double learningRate = 2e-3;
  double clip = 1;
  /// Vectors to begin with, of any size, which becomes that of the shape: tokens of the same name take them,
  /// others begin by chance with numbers as large. frozen: they stay as they are, all of them.
  std::shared_ptr<const NamedVectors> start;
  bool frozen = false;
  Execution execution;
};

/// What a model makes of examples.
struct ClassifierScores {
  double loss = 0;                ///< mean of -ln p of the right class
  Eigen::MatrixXf probabilities;  ///< [classes x examples]
  ClassificationScores classes;
};

/// Learns labelled texts batch by batch. One thread at a time uses it; it has threads of its own inside a
/// step. The same seed gives the same numbers on any number of threads.
class ClassifierLearner {
 public:
  explicit ClassifierLearner(ClassifierConfig config) : config_(std::move(config)) {}

  /// Called once. Errors: nothing to learn from, a size that no network has, vectors that fit no token,
  /// cancelled.
  Expected<void> prepare(std::shared_ptr<const TaskData> task, const TaskContext& context = {});
  /// One batch; its loss is lossSum / examples. Stopped: nothing was learned.
  StepReport step();

  const ClassifierShape& shape() const { return config_.shape; }
  const LabelData& data() const { return data_; }
  std::uint64_t totalSteps() const { return config_.epochs * stepsPerRound_; }
  /// Tokens that began with a vector of config.start.
  std::size_t started() const { return started_; }
  const Parameters& parameters() const { return parameters_; }
  std::shared_ptr<const ClassifierModel> model() const;
  /// Over some examples, in their order. Stopped: the rest has no probabilities.
  ClassifierScores scores(const std::vector<std::uint32_t>& examples) const;

 private:
  Expected<void> takeStart();
  Shards& shardsFor(std::size_t count);
  double learn(const LabelBatch& batch, Shards& shards);

  ClassifierConfig config_;
  LabelData data_;
  Parameters parameters_;
  std::unique_ptr<ClassifierNet> net_;
  Optimizer optimizer_;
  std::unique_ptr<ThreadPool> pool_;
  std::vector<std::unique_ptr<Shards>> shards_;  // for batches of 1, 2, ... parts
  StopToken stop_;
  std::vector<std::vector<std::uint32_t>> round_;  // batches of this epoch
  std::size_t place_ = 0, started_ = 0;
  std::uint64_t rounds_ = 0, steps_ = 0, stepsPerRound_ = 0;
};

}  // namespace lexarium
