// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>

#include "core/models/story_net.h"
#include "core/models/task_learner.h"
#include "core/models/trained_model.h"
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
  const StoryWords& words() const { return words_; }
  const std::vector<std::string>& answers() const { return answers_; }
  std::uint64_t parameters() const { return parameters_->count(); }
  const Parameters& numbers() const { return *parameters_; }
  /// A story without a sentence is one empty one.
  StoryAnswer answer(const std::vector<std::string>& story, std::string_view question,
                     std::size_t mostOthers = 5) const;
  Saliency explain(const Reading& reading, const SaliencyQuery& query,
                   const StopToken& stop = {}) const override;
  std::string modelId() const override { return "memory-network"; }
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
  std::size_t validateEvery = 0;  ///< steps
  SplitOptions split;
  Execution execution;
};

/// Learns questions about stories.
class StoryLearner final : public TaskLearner {
 public:
  explicit StoryLearner(const StoryConfig& config, std::shared_ptr<const TaskData> task = nullptr);

  const Splits& splits() const { return splits_; }
  std::shared_ptr<const StoryModel> model() const;
  std::shared_ptr<const TrainedModel> copyModel() const override { return model(); }
  /// Share of these questions that are answered rightly; `loss` receives the mean of -ln p of the right
  /// answers that are known.
  double accuracy(const std::vector<std::uint32_t>& examples, double* loss = nullptr) const;
  /// The same of questions from elsewhere.
  static double accuracy(const StoryModel& model, const TaskData& task);

 private:
  Expected<void> makeNetwork(const TaskContext& context) override;
  Expected<void> readExamples(const TaskContext& context);
  std::vector<Batch> batchesOfRound(std::uint64_t round) const override;
  BatchSize beginBatch(const Batch& batch) override;
  double learnPart(Tape& tape, ShardRange columns, std::uint64_t number) const override;
  double validate(TaskMetrics& scores) const override;
  double rateAt(std::uint64_t step) const override;
  Expected<std::span<const Real>> numbersOf(const TrainedModel& saved) const override;
  /// In batches whose stories have equally many sentences.
  std::vector<Batch> batchesOf(const std::vector<std::uint32_t>& examples, std::uint64_t round) const;
  /// The logits of some examples with equally many sentences; `answers` receives the right ones.
  Var forward(Tape& tape, std::span<const std::uint32_t> examples, std::vector<std::uint32_t>& answers) const;

  StoryConfig config_;
  Splits splits_;
  StoryWords words_;
  std::vector<std::string> answers_;
  std::vector<std::uint32_t> answerOf_;                     // of each example
  std::vector<std::vector<std::vector<TokenId>>> stories_;  // the last sentences of each
  std::vector<std::vector<TokenId>> questions_;
  std::unique_ptr<StoryNet> net_;
  Batch batch_;  // of this step
};

}  // namespace lexarium
