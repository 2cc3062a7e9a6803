// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/models/recurrent_stack.h"
#include "core/models/trained_model.h"
#include "core/models/transformer_stack.h"
#include "core/text/corpus.h"

namespace lexarium {

/// Of what kind and size an encoder-decoder is.
struct PairShape {
  enum class Kind { Recurrent, Transformer };
  enum class Attention { None, Additive, Dot, General };

  Kind kind = Kind::Recurrent;
  // Recurrent only: cell, attention, bidirectional.
  CellKind cell = CellKind::Lstm;
  Attention attention = Attention::Additive;
  Index sourceVocabulary = 0;  ///< tokens
  Index targetVocabulary = 0;  ///< tokens, with the two that begin and end a sentence
  Index dimensions = 0;        ///< of an input vector
  Index units = 0;             ///< of a layer; of the decoder, and of both directions of the encoder together
  Index layers = 1;
  bool bidirectional = true;
  // Transformer only.
  Index heads = 4;
  Index feedForward = 256;  ///< units inside a feed-forward layer
  double dropout = 0;       ///< while it learns: on what enters a layer or leaves it, and before the output
  bool operator==(const PairShape&) const = default;
};

/// "recurrent", "transformer"; "none", "additive", "dot", "general"; "rnn", "lstm", "gru".
const char* pairKindName(PairShape::Kind kind);
const char* attentionName(PairShape::Attention attention);
const char* cellName(CellKind cell);
/// As text for a file; and back. Errors: something is missing, a size no network has.
std::string toJson(const PairShape& shape);
Expected<PairShape> pairShapeFrom(std::string_view json);

/// How many numbers such a network has, within some parts in a thousand and never too many; in double, for
/// sizes from files may be anything.
double countNumbers(const PairShape& shape);
/// Of a Transformer's encoder or decoder.
StackShape stackOf(const PairShape& shape, bool isDecoder);

/// What the decoder knows after some tokens, for one sentence or several side by side. Column
/// t * sentences + b belongs to sentence b.
struct DecoderState {
  Index sentences = 1;
  std::vector<Matrix> hidden, cell;  ///< recurrent: of each layer [units x sentences]
  StackCache read;                   ///< Transformer: of the tokens before

  /// Of some sentences, in this order.
  DecoderState of(std::span<const std::size_t> some) const;
};

/// What the encoder has made of one source: what attention looks at.
struct Memory {
  Matrix states;      ///< recurrent: H [units x S]
  StackCache looked;  ///< keys: additive attention's U_a H + b_a [units x S]; a Transformer's of each layer
};

/// An encoder-decoder. Its numbers lie in Parameters; used by any number of threads at once, each with its
/// own tape. Sources of a batch are equally long: nothing is padded, and nothing masked but what a decoder
/// has yet to say.
class PairNet {
 public:
  virtual ~PairNet() = default;

  const PairShape& shape() const { return shape_; }
  void setDropout(double share) { shape_.dropout = share; }
  static void initialise(const PairShape& shape, Parameters& parameters, Rng& rng);

  /// Logits [targetVocabulary x T * batch] of the token after each of the target's, which begins with the
  /// token that begins a sentence. Both are time-major: step t of sequence b is ids[t * batch + b].
  virtual Var forward(Tape& tape, std::span<const TokenId> source, std::span<const TokenId> target,
                      Index batch) const = 0;
  /// What forward() has left on the tape: where sequence b looked in its source, [S x T]; empty without
  /// attention. Of a Transformer the mean over the heads of the last layer.
  virtual Matrix alignment(const Tape& tape, Index b) const = 0;
  /// The same of the first sequence, head by head, and all others. A decoder's look at what it has said has
  /// the keys of AttentionTrace::output, the last of which stands for the beginning.
  virtual std::vector<AttentionHead> headsOf(const Tape& tape) const = 0;

  /// Reads a source; the decoder's first state in `state`.
  virtual Memory encode(Tape& tape, std::span<const TokenId> source, DecoderState& state) const = 0;
  /// One step for as many sentences as `state` has: logits [targetVocabulary x sentences]; `weights` receives
  /// what was looked at, [S x sentences] (empty without attention).
  virtual Matrix step(Tape& tape, const Memory& memory, std::span<const TokenId> tokens, DecoderState& state,
                      Matrix* weights = nullptr) const = 0;

  /// Heads that silence() knows.
  virtual std::vector<HeadPlace> heads() const { return {}; }
  /// Leaves out what a head adds; false: there is no such head.
  virtual bool silence(Parameters&, const HeadPlace&) const { return false; }

 protected:
  explicit PairNet(const PairShape& shape) : shape_(shape) {}
  PairShape shape_;
};

/// Adds its matrices to `parameters`, which must outlive nothing: they are found by their order.
std::unique_ptr<PairNet> makePairNet(const PairShape& shape, Parameters& parameters);

// Each in its own file.
std::unique_ptr<PairNet> makeRecurrentPairNet(const PairShape& shape, Parameters& parameters);
std::unique_ptr<PairNet> makeTransformerPairNet(const PairShape& shape, Parameters& parameters);

}  // namespace lexarium
