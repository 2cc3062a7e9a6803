// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/models/trained_model.h"
#include "core/tasks/bleu.h"
#include "core/tasks/classification.h"
#include "core/tasks/splits.h"

// What a model makes of examples that it has not learned from: one by one, in sums, and where it errs.

namespace lexarium {

/// What a model made of one example.
struct ExampleResult {
  std::uint32_t example = 0;  ///< index in TaskData::examples
  std::string said;           ///< by itself; of labels the likeliest class
  std::string wanted;         ///< as the model would say it: characters that it does not know are left out
  bool right = false;         ///< said is wanted
  double loss = 0;            ///< mean of -ln p of what was wanted, per token; no number: it cannot say that
  double probability = 0;     ///< of what it said; of pairs per token
  std::size_t length = 0;     ///< tokens of the input that were read; of a story its sentences
  std::vector<float> classes{};  ///< Labels: probability of each
};

struct TaskScores {
  std::size_t examples = 0;
  double loss = 0;             ///< mean, of those whose loss is a number
  double accuracy = 0;         ///< share that is entirely right
  double tokenAccuracy = 0;    ///< Pairs: share of tokens that stand where they should, of the longer text
  std::optional<Bleu> bleu{};  ///< Pairs
  std::optional<ClassificationScores> classes{};  ///< Labels
};

/// Asks a model for examples, some at a time. One thread at a time.
class TaskEvaluation {
 public:
  /// Errors: such a model has nothing to do with such a task; its classes are others.
  static Expected<TaskEvaluation> create(std::shared_ptr<const TrainedModel> model,
                                         std::shared_ptr<const TaskData> task,
                                         std::vector<std::uint32_t> examples);

  /// Asks for some more; at least one, unless all are done or it was stopped.
  void advance(std::size_t count, const StopToken& stop = {});
  /// Asks for all; false: it was stopped.
  bool finish(const TaskContext& context);
  bool isFinished() const { return results_.size() == examples_.size(); }
  std::size_t total() const { return examples_.size(); }
  const std::vector<ExampleResult>& results() const { return results_; }
  /// Of those that were asked for so far.
  TaskScores scores() const;
  const std::shared_ptr<const TaskData>& task() const { return task_; }

 private:
  ExampleResult resultOf(std::uint32_t example) const;

  std::shared_ptr<const TrainedModel> model_;
  std::shared_ptr<const TaskData> task_;
  std::vector<std::uint32_t> examples_;
  std::vector<ExampleResult> results_;
};

/// Places in the results, largest loss first; those that cannot be said before all, ties by example.
std::vector<std::size_t> byLoss(std::span<const ExampleResult> results);

/// Results whose inputs are about equally long.
struct LengthBin {
  std::size_t shortest = 0, longest = 0;  ///< both are in it
  std::size_t examples = 0;
  double loss = 0, accuracy = 0;
};
/// About as many examples in each of at most `bins`; equal lengths stay together. Shortest first.
std::vector<LengthBin> errorsByLength(std::span<const ExampleResult> results, std::size_t bins = 6);

/// A word of the inputs, and how the examples with it fare.
struct WordErrors {
  std::string word;
  std::vector<std::size_t> with;  ///< places in the results
  double loss = 0, accuracy = 0;  ///< of these
  double otherLoss = 0;           ///< of the others
  /// Welch's t of the two means: above 0, examples with the word have more loss.
  double t = 0;
  /// Two-sided, by the normal distribution, times the number of words that were looked at (Bonferroni), at
  /// most 1.
  double p = 1;
};
struct WordErrorOptions {
  std::size_t leastExamples = 5;  ///< with the word, and without it
  std::size_t most = 100;         ///< words
};
/// Largest t first. Words as the segmenter cuts the inputs (of stories also the stories), in lower case.
/// Errors: cancelled.
Expected<std::vector<WordErrors>> errorsByWord(const TaskData& task, std::span<const ExampleResult> results,
                                               const WordErrorOptions& options = {},
                                               const TaskContext& context = {});

/// Places in the results of the examples in one cell of a confusion matrix.
std::vector<std::size_t> resultsInCell(const TaskData& task, std::span<const ExampleResult> results,
                                       std::uint32_t truth, std::uint32_t said);

}  // namespace lexarium
