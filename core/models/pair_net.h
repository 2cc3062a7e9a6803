// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/models/recurrent_stack.h"
#include "core/models/trained_model.h"
#include "core/text/corpus.h"

namespace lexarium {

/// Of what size an encoder-decoder is.
struct PairShape {
  enum class Attention { None, Additive, Dot, General };

  CellKind cell = CellKind::Lstm;
  Attention attention = Attention::Additive;
  Index sourceVocabulary = 0;  ///< tokens
  Index targetVocabulary = 0;  ///< tokens, with the two that begin and end a sentence
  Index dimensions = 0;        ///< of an input vector
  Index units = 0;             ///< of the decoder, and of both directions of the encoder together
  Index layers = 1;
  bool bidirectional = true;
  double dropout = 0;  ///< while it learns: on what enters a layer, and before the output
  bool operator==(const PairShape&) const = default;
};

/// "none", "additive", "dot", "general"; "rnn", "lstm", "gru".
const char* attentionName(PairShape::Attention attention);
const char* cellName(CellKind cell);
/// As text for a file; and back. Errors: something is missing, a size no network has.
std::string toJson(const PairShape& shape);
Expected<PairShape> pairShapeFrom(std::string_view json);

/// How many numbers such a network has, within some parts in a thousand and never too many; in double, for
/// sizes from files may be anything.
double countNumbers(const PairShape& shape);

/// What the decoder knows after some tokens, for one sentence or several side by side.
struct DecoderState {
  std::vector<Matrix> hidden, cell;  ///< of each layer [units x sentences]

  /// Of some sentences, in this order.
  DecoderState of(std::span<const std::size_t> sentences) const;
};

/// What the encoder has made of one source: what attention looks at.
struct Memory {
  Matrix states;  ///< H [units x S]
  Matrix keys;    ///< additive: U_a H + b_a [units x S]; else empty
};

/// An encoder-decoder (Sutskever, Vinyals & Le 2014, arXiv:1409.3215; Cho et al. 2014, arXiv:1406.1078) with
/// attention:
///   h_s       = what the encoder's last layer says at step s; bidirectional: half of the units read
///   forwards, half
///               backwards
///   s_t       = what the decoder's last layer says at step t; it begins with the encoder's last states
///   e_ts      = v_a' tanh(W_a s_t + U_a h_s + b_a)     additive: Bahdanau, Cho & Bengio 2015,
///   arXiv:1409.0473
///             = s_t' h_s                               dot: Luong, Pham & Manning 2015, arXiv:1508.04025
///             = s_t' W_a h_s                           general: the same
///   a_t       = softmax over s of e_t;  context_t = sum over s of a_ts h_s
///   s~_t      = tanh(W_c [context_t; s_t] + b_c)       Luong et al., equation 5
///   logits_t  = W_o s~_t + b_o                         without attention: of s_t
/// Attention follows the decoder's cell in all cases (Luong's place), so that all steps are one product.
/// Sources of a batch are equally long: nothing is padded, nothing masked.
class PairNet {
 public:
  /// Adds its matrices to `parameters`, which must outlive nothing: they are found by their order.
  PairNet(const PairShape& shape, Parameters& parameters);

  const PairShape& shape() const { return shape_; }
  void setDropout(double share) { shape_.dropout = share; }
  static void initialise(const PairShape& shape, Parameters& parameters, Rng& rng);

  /// Logits [targetVocabulary x T * batch] of the token after each of the target's, which begins with the
  /// token that begins a sentence. Both are time-major: step t of sequence b is ids[t * batch + b]. What was
  /// looked at is watched as "alignment".
  Var forward(Tape& tape, std::span<const TokenId> source, std::span<const TokenId> target,
              Index batch) const;

  /// Reads a source; the decoder's first state in `state`.
  Memory encode(Tape& tape, std::span<const TokenId> source, DecoderState& state) const;
  /// What forward() has left on the tape: what was looked at by sequence b, [S x T]; empty without attention.
  Matrix alignment(const Tape& tape, Index b) const;
  /// The same of the first sequence, head by head.
  std::vector<AttentionHead> headsOf(const Tape& tape) const;
  /// One step for as many sentences as `state` has: logits [targetVocabulary x sentences]; `weights` receives
  /// what was looked at, [S x sentences] (empty without attention).
  Matrix step(Tape& tape, const Memory& memory, std::span<const TokenId> tokens, DecoderState& state,
              Matrix* weights = nullptr) const;

 private:
  RecurrentStack::Result runEncoder(Tape& tape, std::span<const TokenId> source, Index batch) const;
  Var runDecoder(Tape& tape, std::span<const TokenId> target, std::vector<CellState>& states) const;
  /// s~; `keys`: U_a H + b_a.
  Var attend(Tape& tape, Var decoded, Var states, Var keys, Index batch) const;
  Var keysOf(Tape& tape, Var states) const;
  Var logitsOf(Tape& tape, Var decoded) const;
  Var dropped(Var x) const { return dropout(x, static_cast<Real>(shape_.dropout)); }

  PairShape shape_;
  ParameterId sourceTable_, targetTable_;
  RecurrentStack encoder_;
  std::vector<RecurrentLayer> decoder_;
  ParameterId queryWeights_, keyWeights_, keyBias_, scoreVector_, mixWeights_, mixBias_, outWeights_,
      outBias_;
};

}  // namespace lexarium
