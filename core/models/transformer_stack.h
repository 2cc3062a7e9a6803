// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/autodiff/ops.h"
#include "core/models/trained_model.h"

namespace lexarium {

/// P [units x steps] of steps t from `first` on: sin(t / 10000^(2i / units)) at 2i, cos at 2i + 1 (Vaswani et
/// al. 2017, section 3.5).
Matrix sinePositions(Index units, Index steps, Index first);

/// Of what size the layers of a Transformer are.
struct StackShape {
  Index inputs = 0;  ///< numbers of a token's vector; it is mapped to `units` if there are as many of neither
  Index units = 0;
  Index heads = 1;
  Index layers = 1;
  Index feedForward = 0;   ///< units inside a feed-forward layer
  bool isDecoder = false;  ///< looks at earlier steps only, and at what an encoder says
};
/// How many numbers its matrices take, within some parts in a thousand and never too many.
double countNumbers(const StackShape& shape);

/// Keys and values of the steps that were read, of each layer: [units x T * batch], time-major.
struct StackCache {
  std::vector<Matrix> keys, values;
};

/// The layers of an encoder or a decoder (Vaswani et al. 2017, arXiv:1706.03762), with norms before the
/// layers (Xiong et al. 2020, arXiv:2002.04745):
///   x_t = W_e E[token_t] + P[t]     P: sines and cosines, so that no text is too long
///   in each layer:  x = x + W_o attention(W_q n, W_k n, W_v n) + b_o    with n = norm(x)
///       a decoder:  x = x + W_o attention(W_q n, W_k m, W_v m) + b_o    with m: what the encoder says
///                   x = x + W_2 gelu(W_1 n + b_1) + b_2
///   norm(x) at the end
/// Attention is watched under the stack's name, that of a decoder to its encoder as "cross", both numbered by
/// layer. One stack of a name is on a tape at a time.
class TransformerStack {
 public:
  TransformerStack() = default;
  /// Adds its matrices as "<name>.layer0.self.in.weight" ... `name` is a literal.
  TransformerStack(const char* name, const StackShape& shape, Parameters& parameters);

  const StackShape& shape() const { return shape_; }
  /// What enters the first layer: vectors of the tokens with their places, the first of which is `first`.
  Var enter(Tape& tape, Var vectors, Index batch, Index first, Real dropout) const;
  /// All layers and the last norm. x [units x T * batch], time-major; memory [units x S * batch] of a
  /// decoder.
  Var run(Tape& tape, Var x, Index batch, Real dropout, Var memory = {}) const;
  /// The next step of `batch` sentences, which all look at one source: x [units x batch]. The cache is that
  /// of the steps before and becomes that after this one.
  Var step(Tape& tape, Var x, StackCache& cache, const StackCache& source) const;
  /// A decoder's keys and values of what an encoder says.
  StackCache sourceOf(Tape& tape, Var memory) const;

  /// What the layers on the tape looked at, in sequence b.
  void addHeads(const Tape& tape, Index b, AttentionAxis axis, std::vector<AttentionHead>& heads) const;
  std::vector<HeadPlace> heads() const;
  /// Leaves out what a head adds; false: it has no such head.
  bool silence(Parameters& parameters, const HeadPlace& head) const;

 private:
  struct Linear {
    ParameterId weights, bias;
    Var of(Tape& tape, Var x) const { return affine(tape.parameter(weights), x, tape.parameter(bias)); }
  };
  struct Norm {
    ParameterId gain, offset;
    Var of(Tape& tape, Var x) const { return layerNorm(x, tape.parameter(gain), tape.parameter(offset)); }
  };
  struct Layer {
    Norm selfNorm, crossNorm, innerNorm;
    Linear in, out;  // W_q over W_k over W_v; W_o
    Linear query, key, value, crossOut;
    Linear up, down;
  };

  Linear addLinear(const std::string& name, Index rows, Index cols, Parameters& parameters) const;
  Norm addNorm(const std::string& name, Parameters& parameters) const;
  Var feedForward(Tape& tape, const Layer& layer, Var x) const;
  AttentionShape looking(Index batch, bool causal) const { return {shape_.heads, batch, causal}; }

  const char* name_ = "";
  StackShape shape_;
  std::optional<Linear> map_;
  std::vector<Layer> layers_;
  Norm norm_;
  Matrix positions_;  // the first ones
};

/// Draws the numbers of a network that has such layers: tables as N(0, 1), maps by Glorot & Bengio 2010,
/// gains are 1, biases and offsets 0.
void initialiseTransformer(Parameters& parameters, Rng& rng);

}  // namespace lexarium
