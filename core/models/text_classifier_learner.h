// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include "core/formats/vectors.h"
#include "core/models/task_learner.h"
#include "core/models/text_classifier_data.h"
#include "core/models/text_classifier_model.h"
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
  std::size_t validateEvery = 0;  ///< steps
  /// Vectors to begin with, of any size, which becomes that of the shape: tokens of the same name take them,
  /// others begin by chance with numbers as large. frozen: they stay as they are, all of them.
  std::shared_ptr<const NamedVectors> start;
  /// Or how to find them when the run begins, from those that Learner::setVectors() was given or (null) from
  /// elsewhere; they must be as long as the shape's. Not asked if a saved state follows.
  std::function<Expected<std::shared_ptr<const NamedVectors>>(const Matrix* given, const TaskContext&)>
      findStart;
  bool frozen = false;
  Execution execution;
};

/// What a model makes of examples.
struct ClassifierScores {
  double loss = 0;                ///< mean of -ln p of the right class
  Eigen::MatrixXf probabilities;  ///< [classes x examples]
  ClassificationScores classes;
};

/// Learns labelled texts.
class ClassifierLearner final : public TaskLearner {
 public:
  explicit ClassifierLearner(ClassifierConfig config, std::shared_ptr<const TaskData> task = nullptr);

  const ClassifierShape& shape() const { return config_.shape; }
  const LabelData& data() const { return data_; }
  /// Tokens that began with a vector of config.start.
  std::size_t started() const { return started_; }
  std::shared_ptr<const ClassifierModel> model() const;
  std::shared_ptr<const TrainedModel> copyModel() const override { return model(); }
  void setVectors(std::shared_ptr<const Matrix> vectors) override { vectors_ = std::move(vectors); }
  /// Over some examples, in their order. Stopped: the rest has no probabilities.
  ClassifierScores scores(const std::vector<std::uint32_t>& examples) const;

 private:
  Expected<void> makeNetwork(const TaskContext& context) override;
  Expected<void> findStart(const TaskContext& context);
  Expected<void> takeStart();
  std::vector<Batch> batchesOfRound(std::uint64_t round) const override;
  BatchSize beginBatch(const Batch& batch) override;
  double learnPart(Tape& tape, ShardRange columns, std::uint64_t number) const override;
  double validate(TaskMetrics& scores) const override;
  void setDropout(double share) override { net_->setDropout(share); }
  Expected<std::span<const Real>> numbersOf(const TrainedModel& saved) const override;

  ClassifierConfig config_;
  LabelData data_;
  std::unique_ptr<ClassifierNet> net_;
  LabelBatch batch_;                       // of this step
  std::shared_ptr<const Matrix> vectors_;  // for config_.findStart; until then
  std::size_t started_ = 0;
};

}  // namespace lexarium
