// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/base/thread_pool.h"
#include "core/models/learner.h"
#include "core/nn/optimizer.h"
#include "core/nn/schedule.h"
#include "core/nn/shards.h"
#include "core/text/task_data.h"

namespace lexarium {

/// How examples of a task are learned, whatever the task: with Adam, batch by batch.
struct TaskTraining {
  std::size_t batch = 32;
  std::size_t epochs = 10;
  double learningRate = 2e-3;
  Schedule::Kind schedule = Schedule::Kind::Constant;  ///< of the learning rate, down to a tenth
  std::size_t warmup = 0;                              ///< steps over which it rises first
  double dropout = 0;
  double clip = 1;
  std::size_t validateEvery = 0;  ///< steps between two looks at the examples held back; 0: only at the end
  Execution execution;
};

/// Learns the examples of a task. What all tasks have in common: rounds of batches, shards, optimiser, live
/// values, states that go on bit for bit. The same seed gives the same numbers on any number of threads.
class TaskLearner : public Learner {
 public:
  using Batch = std::vector<std::uint32_t>;  ///< indices of examples
  static constexpr std::size_t kMostShards = 8;

  /// For a task other than that of the constructor; otherwise like prepare().
  Expected<void> prepare(std::shared_ptr<const TaskData> task, const TaskContext& context = {});
  Expected<void> prepare(const TaskContext& context) final;
  StepReport step() final;
  std::size_t words() const override { return 0; }
  std::size_t dimensions() const override { return 1; }
  void copyEmbeddings(std::size_t, Matrix& out) const override { out.resize(1, 0); }
  std::uint64_t totalSteps() const override { return training_.epochs * stepsPerRound_; }
  Expected<void> setLive(std::string_view key, const ParamValue& value) override;
  bool isFinite() const override { return parameters_.isFinite(); }
  TensorSet saveState() const override;
  std::uint64_t stateBytes() const override { return 3 * parameters_.values().size_bytes(); }
  Expected<void> restoreState(const TensorSet& state) override;

  const Parameters& parameters() const { return parameters_; }
  const TaskTraining& training() const { return training_; }

 protected:
  TaskLearner(std::shared_ptr<const TaskData> task, const TaskTraining& training)
      : task_(std::move(task)), training_(training) {}

  /// Examples become numbers, and the network's matrices are declared and drawn.
  virtual Expected<void> makeNetwork(const TaskContext& context) = 0;
  /// Of a round over what is learned from, in an order that depends on seed and round only.
  virtual std::vector<Batch> batchesOfRound(std::uint64_t round) const = 0;
  struct BatchSize {
    std::size_t examples = 0;  ///< the loss is a mean over these
    std::size_t tokens = 0;    ///< that were read or said
  };
  /// The next calls of learnPart() are about parts of this batch.
  virtual BatchSize beginBatch(const Batch& batch) = 0;
  /// Forward and backward over some columns of the batch; the sum of their losses. `number` is another one
  /// for each part of each step: for random numbers. On several threads at once.
  virtual double learnPart(Tape& tape, ShardRange columns, std::uint64_t number) const = 0;
  /// Mean loss on examples held back, and how well the task is done; not a number: there are none, or it was
  /// stopped.
  virtual double validate(TaskMetrics& scores) const = 0;
  virtual double rateAt(std::uint64_t step) const;
  virtual void setDropout(double) {}
  /// The numbers of a model, in the order of parameters(). Errors: its network or its tokens are others.
  virtual Expected<std::span<const Real>> numbersOf(const TrainedModel& saved) const = 0;

  const StopToken& stopToken() const { return stop_; }
  std::uint64_t stepsDone() const { return steps_; }
  /// Neither file nor state is looked for.
  void expectState() override { expectsState_ = true; }
  bool expectsState() const { return expectsState_; }

  std::shared_ptr<const TaskData> task_;
  TaskTraining training_;
  Parameters parameters_;

 private:
  bool isOver() const { return rounds_ >= training_.epochs; }
  Shards& shardsFor(std::size_t examples);
  double learn(const Batch& batch, Shards& shards);
  void validateIfDue(StepReport& report);
  double epochsDone() const;
  Expected<void> readState(const TensorSet& state);

  Optimizer optimizer_;
  std::unique_ptr<ThreadPool> pool_;
  std::vector<std::unique_ptr<Shards>> shards_;  // for batches of 1, 2, ... parts
  StopToken stop_;
  bool expectsState_ = false;
  std::vector<Batch> round_;  // of this epoch
  std::size_t place_ = 0;
  std::uint64_t rounds_ = 0, steps_ = 0, stepsPerRound_ = 0;
  bool validationDue_ = false;  // it was stopped
};

/// At most so many of them, evenly spread: files are often sorted.
std::vector<std::uint32_t> spreadOver(const std::vector<std::uint32_t>& examples, std::size_t most);

}  // namespace lexarium
