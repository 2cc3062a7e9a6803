// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/formats/tensor.h"
#include "core/text/corpus.h"

namespace lexarium {

struct Saliency;
struct SaliencyQuery;

/// What a model is given to read.
struct Reading {
  std::string input;                 ///< the text; the source; the question
  std::string output{};              ///< what it is made to say; empty: what it says by itself
  std::vector<std::string> story{};  ///< sentences before the question
  bool operator==(const Reading&) const = default;
};

/// A piece of a text, as a model reads or says it.
struct PlacedToken {
  std::string label;     ///< for people
  ByteRange range = {};  ///< in Reading::input (of a story: empty), or in AttentionTrace::outputText
};

/// What the rows or columns of weights stand for.
enum class AttentionAxis {
  Input,   ///< AttentionTrace::input
  Output,  ///< AttentionTrace::output
  Whole,   ///< one for all: what a classifier makes of the text
  Hops,    ///< each look of a memory network
};

/// One head of attention, by its place in a model.
struct HeadPlace {
  std::string part;  ///< "self" (a language model), "encoder", "decoder", "cross", "pooling", "memory"
  std::size_t layer = 0, head = 0;
  auto operator<=>(const HeadPlace&) const = default;
};

/// Where one head looked.
struct AttentionHead {
  HeadPlace place;
  AttentionAxis keys = AttentionAxis::Input;     ///< what is looked at
  AttentionAxis queries = AttentionAxis::Input;  ///< who looks
  Eigen::MatrixXf weights;                       ///< [keys x queries], columns sum to 1
};

/// What a model read, said and looked at.
struct AttentionTrace {
  std::vector<PlacedToken> input;   ///< tokens; of a story its sentences (those that the model remembers)
  std::vector<PlacedToken> output;  ///< what was said, token by token; of a classifier its classes
  std::string outputText;           ///< the output as a text; of a classifier the likeliest class
  /// Of each output token after those before it; of each class; of a language model (which has no output
  /// apart) of each input token, not a number for the first.
  std::vector<float> probabilities;
  double loss = 0;  ///< mean of -ln p over what was said; language models: over the tokens but the first
  std::vector<AttentionHead> heads;  ///< none: the model has no attention
};

/// A model at one moment of a run, or from a file, whatever it was trained for. Immutable; any number of
/// threads may use it at once.
class TrainedModel {
 public:
  virtual ~TrainedModel() = default;
  /// Everything that loadTrainedModel() needs.
  virtual TensorSet save() const = 0;
  virtual std::size_t memoryBytes() const = 0;
  /// Which model of the registry it is: "lstm", "encoder-decoder".
  virtual std::string modelId() const = 0;
  /// Reads, and remembers where it looked. Of long texts only the beginning, as far as the model reads.
  virtual AttentionTrace look(const Reading& reading) const;
  /// How much each input token counts for each output (core/models/saliency.h). Empty: it was stopped, or
  /// such a model cannot tell.
  virtual Saliency explain(const Reading& reading, const SaliencyQuery& query,
                           const StopToken& stop = {}) const;
  /// Heads that without() can switch off; none: it has no attention, or only one kind that is all it has.
  virtual std::vector<HeadPlace> heads() const { return {}; }
  /// The same model with some heads silent: what they would add is left out (Michel, Levy & Neubig 2019,
  /// arXiv:1905.10650). Null if it has none of them.
  virtual std::shared_ptr<const TrainedModel> without(std::span<const HeadPlace> heads) const;
};

/// Does the metadata of a file name a model that save() wrote?
bool namesTrainedModel(const std::map<std::string, std::string>& metadata);
/// Any model that save() wrote. Errors: it is none, something is missing, sizes do not fit.
Expected<std::shared_ptr<const TrainedModel>> loadTrainedModel(const TensorSet& saved);

}  // namespace lexarium
