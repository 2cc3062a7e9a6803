// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/formats/tensor.h"
#include "core/models/sampling.h"
#include "core/models/trained_model.h"
#include "core/text/tokenizer.h"

namespace lexarium {

/// What a person is told of a language model beside its title.
struct SequenceFacts {
  std::string modelId;  ///< "lstm"
  std::size_t layers = 0;
  std::size_t units = 0;          ///< of a layer: length of the hidden state
  std::size_t heads = 0;          ///< of attention in a layer; 0: none
  std::size_t contextLength = 0;  ///< tokens that it can look back on; 0: no bound (it carries a state)
  std::uint64_t parameters = 0;   ///< numbers that are learned
  double charactersPerToken = 1;  ///< in the training text; bits per character = loss / ln 2 / this
};

/// One matrix of a trace: a column a token.
struct TraceMatrix {
  enum class Kind { Hidden, Cell, Gate, Attention, Input };
  Kind kind = Kind::Hidden;
  std::string name;       ///< as in the formulae: "h", "c", "i", "f", "o", "g", "r", "z", "n", "attention"
  std::size_t layer = 0;  ///< from 0
  std::size_t head = 0;   ///< attention only
  Eigen::MatrixXf
      values;  ///< [units x tokens]; attention [tokens looked at x tokens that look], columns sum to 1
};

/// What goes on inside a model while it reads a text.
struct SequenceTrace {
  std::string text;
  std::vector<TokenId> ids;
  std::vector<ByteRange> ranges;    ///< of each token in `text`
  std::vector<std::string> labels;  ///< Tokenizer::label() of each
  std::vector<float> surprise;      ///< [tokens] -ln p(token | those before); NaN for the first
  Eigen::MatrixXf probabilities;  ///< [vocabulary x tokens] of the token that comes next; empty if not wanted
  std::vector<TraceMatrix> matrices;

  /// nullptr if there is none.
  const TraceMatrix* find(std::string_view name, std::size_t layer, std::size_t head = 0) const;
};

/// A model reading on, token by token. Used by one thread at a time; outlives nothing: the model it came from
/// is kept alive.
class SequenceSession {
 public:
  virtual ~SequenceSession() = default;
  /// Reads one token; what it expects next, as [vocabulary] logits, valid until the next call.
  virtual std::span<const float> feed(TokenId token) = 0;
  /// Another one that stands at the same place.
  virtual std::unique_ptr<SequenceSession> clone() const = 0;
};

/// A language model at one moment of a run, or from a file. Immutable; any number of threads may use it at
/// once. All that a view needs (samples, traces, predictions) comes from here, on the view's own thread.
class SequenceModel : public TrainedModel, public std::enable_shared_from_this<SequenceModel> {
 public:
  virtual const std::shared_ptr<const Tokenizer>& tokenizer() const = 0;
  virtual const SequenceFacts& facts() const = 0;
  std::string modelId() const override { return facts().modelId; }
  /// Nothing read yet. Its first feed() gives what comes after that token.
  virtual std::unique_ptr<SequenceSession> start() const = 0;
  /// Reads the text from the beginning; at most `mostTokens` of it.
  virtual SequenceTrace trace(std::string_view utf8, bool withProbabilities = false,
                              std::size_t mostTokens = 2000) const = 0;
  /// Sum of -ln p over the tokens of a text but the first, each with as much context as the model can have.
  /// NaN if it was stopped.
  virtual double lossSum(std::span<const TokenId> ids, const StopToken& stop = {}) const = 0;
};

/// The same model if it is a language model; null otherwise.
inline std::shared_ptr<const SequenceModel> asLanguageModel(
    const std::shared_ptr<const TrainedModel>& model) {
  return std::dynamic_pointer_cast<const SequenceModel>(model);
}

/// lossSum() by their number, which `tokens` receives. 0 if there are none.
double meanLoss(const SequenceModel& model, std::span<const TokenId> ids, std::uint64_t* tokens = nullptr);

/// What somebody wants a model to say.
struct SampleRequest {
  std::string prompt;
  std::size_t tokens = 120;  ///< to be said after it
  SamplingSettings sampling;
  bool operator==(const SampleRequest&) const = default;
};

struct SampledToken {
  TokenId id = 0;
  float probability = 0;  ///< that the model itself gave it; its surprise is -ln of that
  bool isPrompt = false;  ///< read, not said; the first has probability 1
};

/// What it said. Immutable.
struct TextSample {
  std::uint64_t step = 0;
  SampleRequest request;
  std::vector<SampledToken> tokens;  ///< of the prompt and what follows
  std::string text;                  ///< all tokens as one text; what was said begins at promptBytes
  std::size_t promptBytes = 0;
};

/// Speaks. An empty prompt, or one without a known token, begins with a line end or the most frequent token.
TextSample speak(const SequenceModel& model, const SampleRequest& request, const StopToken& stop = {});

/// From SequenceModel::save(). Errors: it is none, something is missing, sizes do not fit.
Expected<std::shared_ptr<const SequenceModel>> loadSequenceModel(const TensorSet& saved);

}  // namespace lexarium
