// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "core/base/progress.h"
#include "core/base/thread_pool.h"
#include "core/formats/tensor.h"
#include "core/models/learner.h"
#include "core/models/story_net.h"
#include "core/models/trained_model.h"
#include "core/nn/optimizer.h"
#include "core/nn/shards.h"
#include "core/tasks/splits.h"

namespace lexarium {

/// Key of the metadata of a saved model that holds its shape.
inline constexpr const char* kStoryModelKey = "lexarium.story_network";

/// Words of stories by number. Lower case; punctuation is left out, as in Sukhbaatar et al. 2015.
class StoryWords {
 public:
  /// 0 stands for words that it does not know.
  std::vector<TokenId> read(std::string_view sentence) const;
  void learn(std::string_view sentence);
  std::size_t size() const { return words_.size(); }
  const std::vector<std::string>& words() const { return words_; }
  static StoryWords of(std::vector<std::string> words);

 private:
  std::vector<std::string> words_{""};
  std::map<std::string, TokenId, std::less<>> ids_;
};

/// An answer with what was looked at.
struct StoryAnswer {
  std::string text;
  float probability = 0;
  std::vector<std::pair<std::string, float>> others;  ///< the likeliest answers, best first
  Eigen::MatrixXf attention;  ///< [sentences of the story that it remembers (the last ones) x hops]
};

/// A memory network at one moment. Immutable; any number of threads may use it at once.
class StoryModel final : public TrainedModel {
 public:
  StoryModel(const StoryShape& shape, StoryWords words, std::vector<std::string> answers,
             const Parameters& parameters);

  const StoryShape& shape() const { return shape_; }
  const std::vector<std::string>& answers() const { return answers_; }
  std::uint64_t parameters() const { return parameters_->count(); }
  /// A story without a sentence is one empty one.
  StoryAnswer answer(const std::vector<std::string>& story, std::string_view question,
                     std::size_t mostOthers = 5) const;
  Saliency explain(const Reading& reading, const SaliencyQuery& query,
                   const StopToken& stop = {}) const override;
  TensorSet save() const override;
  std::size_t memoryBytes() const override { return parameters_->values().size_bytes(); }
  AttentionTrace look(const Reading& reading) const override;

 private:
  /// The sentences of a story that it remembers: all from this one on.
  std::size_t firstRemembered(std::size_t sentences) const;
  std::vector<float> read(Tape& tape, const std::vector<std::string>& story, std::string_view question) const;

  StoryShape shape_;
  StoryWords words_;
  std::vector<std::string> answers_;
  std::shared_ptr<const Parameters> parameters_;
  std::unique_ptr<const StoryNet> net_;
};
/// Errors: it is none, something is missing, sizes do not fit.
Expected<std::shared_ptr<const StoryModel>> loadStoryModel(const TensorSet& saved);

/// How a memory network learns.
struct StoryConfig {
  StoryShape shape;  ///< words and answers are found out
  std::size_t batch = 32;
  std::size_t epochs = 60;
  double learningRate = 5e-3;  ///< halved every quarter of the run
  double clip = 5;
  SplitOptions split;
  Execution execution;
};

/// Learns questions about stories. The same seed gives the same numbers on any number of threads.
class StoryLearner {
 public:
  explicit StoryLearner(const StoryConfig& config) : config_(config) {}

  /// Errors: nothing to learn from, a size that no network has, cancelled.
  Expected<void> prepare(std::shared_ptr<const TaskData> task, const TaskContext& context = {});
  StepReport step();
  std::uint64_t totalSteps() const { return config_.epochs * stepsPerRound_; }
  const Splits& splits() const { return splits_; }
  const Parameters& parameters() const { return parameters_; }
  std::shared_ptr<const StoryModel> model() const;
  /// Share of these questions that are answered rightly.
  double accuracy(const std::vector<std::uint32_t>& examples) const;
  /// The same of questions from elsewhere.
  static double accuracy(const StoryModel& model, const TaskData& task);

 private:
  std::vector<std::vector<std::uint32_t>> batches(std::uint64_t round) const;

  StoryConfig config_;
  std::shared_ptr<const TaskData> task_;
  Splits splits_;
  StoryWords words_;
  std::vector<std::string> answers_;
  std::vector<std::uint32_t> answerOf_;                     // of each example
  std::vector<std::vector<std::vector<TokenId>>> stories_;  // the last sentences of each
  std::vector<std::vector<TokenId>> questions_;
  Parameters parameters_;
  std::unique_ptr<StoryNet> net_;
  Optimizer optimizer_;
  std::unique_ptr<ThreadPool> pool_;
  std::vector<std::unique_ptr<Shards>> shards_;  // for batches of 1, 2, ... parts
  StopToken stop_;
  std::vector<std::vector<std::uint32_t>> round_;
  std::size_t place_ = 0;
  std::uint64_t rounds_ = 0, steps_ = 0, stepsPerRound_ = 0;
};

}  // namespace lexarium
