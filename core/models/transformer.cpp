// SPDX-License-Identifier: GPL-3.0-or-later
// A decoder as in Vaswani et al. 2017, with norms before the layers (Radford et al. 2019, GPT-2):
//   x_t = E[token_t] + P[t]
//   in each block:  x = x + W_o attention(W_q n, W_k n, W_v n) + b_o   with n = norm(x)
//                   x = x + W_2 gelu(W_1 n + b_1) + b_2                with n = norm(x)
//   logits_t = E^T norm(x_t) + b        (tied), or W_o norm(x_t) + b
// Positions are learned, sines and cosines (Vaswani et al., section 3.5), or turn queries and keys (Su et al.
// 2021; then there is no P). With `rms` norms have neither means nor offsets and nothing but E and W has
// biases; with `gated` the feed-forward layer is W_2 (silu(W_1 n) W_3 n): Touvron et al. 2023, LLaMA.
#include <cmath>

#include "core/models/sequence_net.h"
#include "core/models/transformer_session.h"
#include "core/models/transformer_stack.h"

namespace lexarium {
namespace {

using Positions = NetShape::Positions;

class Transformer final : public TransformerNet {
 public:
  explicit Transformer(const NetShape& shape) : TransformerNet(shape) {
    constexpr double kDeviation = 0.02;  // Radford et al. 2019; layers that add to x less, the more there are
    const double last = kDeviation / std::sqrt(2.0 * static_cast<double>(shape_.layers));
    const Index units = shape_.units, inner = shape_.feedForward;
    planTable(shape_.vocabulary, kDeviation);
    if (shape_.positions == Positions::Learned) {
      names_.positions = plan({"positions", units, shape_.context, Init::Normal, kDeviation, 1, false});
    } else if (shape_.positions == Positions::Sinusoidal) {
      sines_ = sinePositions(units, shape_.context, 0);
    }
    for (Index i = 0; i < shape_.layers; ++i) {
      const std::string name = "block" + std::to_string(i) + '.';
      TransformerBlock block;
      block.attentionNorm = planNorm(name + "attention.norm");
      block.in = planLinear(name + "attention.in", units + 2 * keyRows(), units, kDeviation);
      block.out = planLinear(name + "attention.out", units, units, last);
      block.innerNorm = planNorm(name + "inner.norm");
      block.up = planLinear(name + "inner.up", inner, units, kDeviation);
      if (shape_.gated) block.gate = planLinear(name + "inner.gate", inner, units, kDeviation);
      block.down = planLinear(name + "inner.down", units, inner, last);
      names_.blocks.push_back(block);
    }
    names_.norm = planNorm("norm");
    planOutput(1 / std::sqrt(static_cast<double>(units)));
  }

  bool carriesState() const override { return false; }
  NetState zeroState(Index) const override { return {}; }

  Var forward(Tape& tape, std::span<const TokenId> ids, Index batch, NetState&) const override {
    const auto share = static_cast<Real>(shape_.dropout);
    Var x = dropout(embed(tape, ids, batch, 0), share);
    tape.watch("x", x);
    for (std::size_t i = 0; i < names_.blocks.size(); ++i) {
      const TransformerBlock& block = names_.blocks[i];
      const Var qkv = linear(tape, block.in, norm(tape, block.attentionNorm, x));
      const Var seen = attend(qkv, batch);
      tape.watch("attention", seen, static_cast<Index>(i));
      x = add(x, dropout(linear(tape, block.out, seen), share));
      x = add(x, dropout(feedForward(tape, block, x), share));
      tape.watch("h", x, static_cast<Index>(i));
    }
    return output(tape, norm(tape, names_.norm, x));
  }

  std::unique_ptr<SequenceSession> start(std::shared_ptr<const Parameters> parameters) const override {
    return startTransformer(std::static_pointer_cast<const TransformerNet>(shared_from_this()),
                            std::move(parameters));
  }

  std::vector<TraceMatrix> traceOf(const Tape& tape) const override {
    std::vector<TraceMatrix> matrices;
    for (Index i = 0; i < shape_.layers; ++i) {
      const auto layer = static_cast<std::size_t>(i);
      matrices.push_back(
          {TraceMatrix::Kind::Hidden, "h", layer, 0, tape.watched("h", i).value().cast<float>()});
      for (Index head = 0; head < shape_.heads; ++head) {
        matrices.push_back({TraceMatrix::Kind::Attention, "attention", layer, static_cast<std::size_t>(head),
                            attentionWeights(tape.watched("attention", i), head, 0).cast<float>()});
      }
    }
    return matrices;
  }

 private:
  TransformerNorm planNorm(const std::string& name) {
    TransformerNorm norm;
    norm.gain = plan({name + ".gain", shape_.units, 1, Init::Ones, 0, 1, false});
    if (!shape_.rms) norm.offset = plan({name + ".offset", shape_.units, 1, Init::Zeros, 0, 1, false});
    return norm;
  }

  TransformerLinear planLinear(const std::string& name, Index rows, Index cols, double deviation) {
    TransformerLinear linear;
    linear.weights = plan({name + ".weight", rows, cols, Init::Normal, deviation});
    if (!shape_.rms) linear.bias = plan({name + ".bias", rows, 1, Init::Zeros, 0, 1, false});
    return linear;
  }

  Var attend(Var qkv, Index batch) const {
    const AttentionShape shape{shape_.heads, batch, true};
    if (shape_.positions != Positions::Rotary) return selfAttention(qkv, shape, shape_.keyHeads);
    const Index units = shape_.units, keys = keyRows();
    return attention(rotary(sliceRows(qkv, 0, units), shape_.heads, batch),
                     rotary(sliceRows(qkv, units, keys), shape_.keyHeads, batch),
                     sliceRows(qkv, units + keys, keys), shape);
  }
};

}  // namespace

Var TransformerNet::embed(Tape& tape, std::span<const TokenId> ids, Index batch, Index first) const {
  const Var tokens = tape.entering(gather(tape.parameter(table()), ids));
  if (shape_.positions == Positions::Rotary) return tokens;
  const auto size = static_cast<Index>(ids.size());
  if (shape_.positions == Positions::Learned) {
    std::vector<TokenId> steps(ids.size());
    for (Index i = 0; i < size; ++i)
      steps[static_cast<std::size_t>(i)] = static_cast<TokenId>(first + i / batch);
    return add(tokens, gather(tape.parameter(*names_.positions), steps));
  }
  Matrix all(shape_.units, size);
  for (Index i = 0; i < size; ++i) all.col(i) = sines_.col(first + i / batch);
  return add(tokens, tape.input(all));
}

Var TransformerNet::norm(Tape& tape, const TransformerNorm& norm, Var x) const {
  if (!norm.offset) return rmsNorm(x, tape.parameter(norm.gain));
  return layerNorm(x, tape.parameter(norm.gain), tape.parameter(*norm.offset));
}

Var TransformerNet::linear(Tape& tape, const TransformerLinear& linear, Var x) const {
  if (!linear.bias) return matmul(tape.parameter(linear.weights), x);
  return affine(tape.parameter(linear.weights), x, tape.parameter(*linear.bias));
}

Var TransformerNet::feedForward(Tape& tape, const TransformerBlock& block, Var x) const {
  const Var n = norm(tape, block.innerNorm, x);
  const Var inner = shape_.gated ? hadamard(silu(linear(tape, block.gate, n)), linear(tape, block.up, n))
                                 : gelu(linear(tape, block.up, n));
  return linear(tape, block.down, inner);
}

std::shared_ptr<SequenceNet> makeTransformer(const NetShape& shape) {
  return std::make_shared<Transformer>(shape);
}

}  // namespace lexarium
