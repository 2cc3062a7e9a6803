// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/base/matrix.h"
#include "core/base/param_spec.h"
#include "core/base/progress.h"
#include "core/formats/tensor.h"
#include "core/models/model_rows.h"
#include "core/models/sequence_model.h"
#include "core/models/task_metrics.h"
#include "core/text/corpus.h"

namespace lexarium {

/// What one step did.
struct StepReport {
  std::uint64_t step = 0;  ///< steps done, counted from 1
  double lossSum = 0;      ///< over the examples of this step, in double
  std::uint64_t examples =
      0;  ///< training pairs (Word2Vec) or non-zero cells (GloVe); the loss is lossSum / examples
  std::uint64_t tokens = 0;  ///< words of the corpus passed by in this step (kept words, before subsampling)
  double epoch = 0;          ///< epochs done, with a fraction: 1.25
  double learningRate = 0;   ///< at the end of the step
  bool finished = false;     ///< nothing is left to do
  // Not of word vectors; NaN: not measured in this step.
  double validationLoss = std::numeric_limits<double>::quiet_NaN();  ///< mean over the text held back
  double gradientNorm = std::numeric_limits<double>::quiet_NaN();    ///< before clipping
  TaskMetrics scores{};  ///< tasks only: on the examples held back, when the validation loss is measured
};

/// A model that learns, whatever its kind. Used by one thread at a time (the trainer's); it may use threads
/// of its own inside a call. Between calls nothing runs.
class Learner {
 public:
  virtual ~Learner() = default;

  /// Everything before the first step: vocabulary cut, tables, co-occurrence counts, initialisation. May take
  /// minutes; reports and stops. Called once. Errors say which parameter or text is the cause ("No word
  /// occurs at least 5 times ...").
  virtual Expected<void> prepare(const TaskContext& context) = 0;
  /// Before prepare(): restoreState() follows. What is only needed for a beginning, such as a file of word
  /// vectors, is not looked for.
  virtual void expectState() {}
  /// Before prepare(): the vectors that the parameters of a model name (kVectorsKey in corpus_vectors.h),
  /// [dimensions x words] by ids of the corpus vocabulary, when they are at hand; it need not read them then,
  /// and those of a run it could not. A column that is not finite is a word without one.
  virtual void setVectors(std::shared_ptr<const Matrix>) {}

  /// One batch: some milliseconds of work, so that stopping is quick. Reproducible mode: a fixed amount of
  /// work that depends on the parameters only.
  virtual StepReport step() = 0;

  /// Words that have a vector: ids [0, words()) of the corpus vocabulary.
  virtual std::size_t words() const = 0;
  virtual std::size_t dimensions() const = 0;
  /// Copies the vectors of ids [0, count) into out [dimensions x count], count <= words(); for GloVe the sum
  /// of both tables (Pennington et al. 2014, section 4.2).
  virtual void copyEmbeddings(std::size_t count, Matrix& out) const = 0;
  /// Single rows of both tables as they stand; nothing for a model that has no such tables.
  virtual void copyRows(const RowRequest&, ModelRows&) const {}
  /// The model as it stands, to be asked on other threads; null for word vectors, which have no other use.
  /// Costs one copy of the parameters.
  virtual std::shared_ptr<const TrainedModel> copyModel() const { return nullptr; }
  /// Steps that the whole run will take, as far as is known; 0 if unknown.
  virtual std::uint64_t totalSteps() const = 0;

  /// A live parameter changed ("learning_rate"); acts from the next step on. Errors: not live, out of range.
  virtual Expected<void> setLive(std::string_view key, const ParamValue& value) = 0;

  /// Do all parameters hold finite numbers? Cheap enough to ask once a second (a full pass over the tables).
  virtual bool isFinite() const = 0;

  /// All that another learner of the same model, made for the same text and parameters, needs to go on from
  /// here as if nothing had happened: parameters, sums of the optimiser, random numbers, place in the text,
  /// live values. Between two steps. Throws std::bad_alloc.
  virtual TensorSet saveState() const = 0;
  /// About how many bytes that are.
  virtual std::uint64_t stateBytes() const { return 2 * sizeof(Real) * words() * dimensions(); }
  /// Goes on from there; after prepare(), before the first step. With the same text, parameters and execution
  /// (in reproducible mode: whatever the number of threads) all that follows is the same bit for bit.
  /// Parameters on which no size depends may differ: they act from here on. Errors: the state is not of such
  /// a model or text, or not whole; then nothing has changed.
  virtual Expected<void> restoreState(const TensorSet& state) = 0;
};

/// How a run uses the machine; not part of the model.
struct Execution {
  enum class Mode { Reproducible, Fastest };

  Mode mode = Mode::Fastest;
  std::size_t threads = 1;
  std::uint64_t seed = 1;
  bool lowPriority = false;  ///< worker threads below interactive ones (the window)
};

/// What the registry knows of a model: all that form, command line, tests and documentation need.
struct ModelInfo {
  /// Embedding: vectors of words are what is learned. Sequence: what comes next. The others learn the
  /// examples of Corpus::task(), of that kind. All but Embedding: words() may be 0, and copyModel() gives the
  /// model.
  enum class Kind { Embedding, Sequence, Pairs, Labels, Stories };

  std::string id;         ///< "skip-gram"
  std::string title;      ///< "Skip-gram"
  std::string summary;    ///< one sentence for a person who never heard of it
  std::string citation;   ///< "Mikolov et al. 2013, arXiv:1301.3781 ..."
  std::string lossLabel;  ///< "Loss (mean per training pair)"
  std::vector<ParamSpec> params;
  std::unique_ptr<Learner> (*create)(std::shared_ptr<const Corpus> corpus, const ParamSet& params,
                                     const Execution& execution);
  Kind kind = Kind::Embedding;

  /// Does it learn the examples of Corpus::task(), not the text?
  bool learnsExamples() const { return kind >= Kind::Pairs; }
};

/// All models, in the order in which they are shown. To add one: a file core/models/x.cpp and a line in
/// registry.cpp.
std::span<const ModelInfo> models();
/// nullptr if there is none of that id.
const ModelInfo* findModel(std::string_view id);
/// Is there in the corpus what the model learns from: a text, or examples of its task?
bool canLearn(const ModelInfo& model, const Corpus& corpus);
/// Defaults of the model, scaled to the size of the corpus: a small text gets fewer dimensions, more epochs,
/// a lower minimum count and twice the learning rate, so that something is learned at all. Large texts (over
/// two million tokens) get the published defaults.
ParamSet presetFor(const ModelInfo& model, const Corpus& corpus);

}  // namespace lexarium
