// SPDX-License-Identifier: GPL-3.0-or-later
// Encoder-decoders of cells (Sutskever, Vinyals & Le 2014, arXiv:1409.3215; Cho et al. 2014, arXiv:1406.1078)
// with attention:
//   h_s       = what the encoder's last layer says at step s; bidirectional: half of the units read forwards,
//               half backwards
//   s_t       = what the decoder's last layer says at step t; it begins with the encoder's last states
//   e_ts      = v_a' tanh(W_a s_t + U_a h_s + b_a)     additive: Bahdanau, Cho & Bengio 2015,
//               arXiv:1409.0473
//             = s_t' h_s                               dot: Luong, Pham & Manning 2015, arXiv:1508.04025
//             = s_t' W_a h_s                           general: the same
//   a_t       = softmax over s of e_t;  context_t = sum over s of a_ts h_s
//   s~_t      = tanh(W_c [context_t; s_t] + b_c)       Luong et al., equation 5
//   logits_t  = W_o s~_t + b_o                         without attention: of s_t
// Attention follows the decoder's cell in all cases (Luong's place), so that all steps are one product. It is
// watched as "alignment".
#include <cmath>

#include "core/models/pair_net.h"

namespace lexarium {
namespace {

using Attention = PairShape::Attention;

class RecurrentPairNet final : public PairNet {
 public:
  RecurrentPairNet(const PairShape& shape, Parameters& parameters);

  Var forward(Tape& tape, std::span<const TokenId> source, std::span<const TokenId> target,
              Index batch) const override;
  Matrix alignment(const Tape& tape, Index b) const override;
  std::vector<AttentionHead> headsOf(const Tape& tape) const override;
  Memory encode(Tape& tape, std::span<const TokenId> source, DecoderState& state) const override;
  Matrix step(Tape& tape, const Memory& memory, std::span<const TokenId> tokens, DecoderState& state,
              Matrix* weights) const override;

 private:
  RecurrentStack::Result runEncoder(Tape& tape, std::span<const TokenId> source, Index batch) const;
  Var runDecoder(Tape& tape, std::span<const TokenId> target, std::vector<CellState>& states) const;
  /// s~; `keys`: U_a H + b_a.
  Var attend(Tape& tape, Var decoded, Var states, Var keys, Index batch) const;
  Var keysOf(Tape& tape, Var states) const;
  Var logitsOf(Tape& tape, Var decoded) const;
  Var dropped(Var x) const { return dropout(x, static_cast<Real>(shape_.dropout)); }

  ParameterId sourceTable_, targetTable_;
  RecurrentStack encoder_;
  std::vector<RecurrentLayer> decoder_;
  ParameterId queryWeights_, keyWeights_, keyBias_, scoreVector_, mixWeights_, mixBias_, outWeights_,
      outBias_;
};

RecurrentPairNet::RecurrentPairNet(const PairShape& shape, Parameters& parameters) : PairNet(shape) {
  const Index units = shape.units;
  sourceTable_ = parameters.add("encoder.embedding", shape.dimensions, shape.sourceVocabulary);
  targetTable_ = parameters.add("decoder.embedding", shape.dimensions, shape.targetVocabulary);
  encoder_ = RecurrentStack(shape.cell, "encoder", shape.dimensions, units, shape.layers, shape.bidirectional,
                            parameters);
  for (Index i = 0; i < shape.layers; ++i)
    decoder_.emplace_back(shape.cell, "decoder.layer" + std::to_string(i), i == 0 ? shape.dimensions : units,
                          units, parameters);
  if (shape.attention == Attention::Additive || shape.attention == Attention::General)
    queryWeights_ = parameters.add("attention.query.weight", units, units);
  if (shape.attention == Attention::Additive) {
    keyWeights_ = parameters.add("attention.key.weight", units, units);
    keyBias_ = parameters.add("attention.key.bias", units, 1, false);
    scoreVector_ = parameters.add("attention.score", units, 1);
  }
  if (shape.attention != Attention::None) {
    mixWeights_ = parameters.add("attention.mix.weight", units, 2 * units);
    mixBias_ = parameters.add("attention.mix.bias", units, 1, false);
  }
  outWeights_ = parameters.add("output.weight", shape.targetVocabulary, units);
  outBias_ = parameters.add("output.bias", shape.targetVocabulary, 1, false);
}

RecurrentStack::Result RecurrentPairNet::runEncoder(Tape& tape, std::span<const TokenId> source,
                                                    Index batch) const {
  return encoder_.run(tape, tape.entering(gather(tape.parameter(sourceTable_), source)), batch,
                      static_cast<Real>(shape_.dropout));
}

Var RecurrentPairNet::runDecoder(Tape& tape, std::span<const TokenId> target,
                                 std::vector<CellState>& states) const {
  Var x = gather(tape.parameter(targetTable_), target);
  for (std::size_t i = 0; i < decoder_.size(); ++i) x = decoder_[i].run(tape, dropped(x), states[i]);
  return x;
}

Var RecurrentPairNet::keysOf(Tape& tape, Var states) const {
  if (shape_.attention != Attention::Additive) return {};
  return affine(tape.parameter(keyWeights_), states, tape.parameter(keyBias_));
}

Var RecurrentPairNet::attend(Tape& tape, Var decoded, Var states, Var keys, Index batch) const {
  if (shape_.attention == Attention::None) return decoded;
  Var query = decoded, context;
  if (shape_.attention != Attention::Dot) query = matmul(tape.parameter(queryWeights_), decoded);
  if (shape_.attention == Attention::Additive) {
    context = additiveAttention(query, keys, tape.parameter(scoreVector_), states, batch);
  } else {
    // The fused operation divides by sqrt(units), as Vaswani et al. 2017 do; Luong et al. do not.
    query = scale(query, static_cast<Real>(std::sqrt(static_cast<double>(shape_.units))));
    context = attention(query, states, states, {1, batch, false});
  }
  tape.watch("alignment", context);
  return tanh(affine(tape.parameter(mixWeights_), concatRows(context, decoded), tape.parameter(mixBias_)));
}

Var RecurrentPairNet::logitsOf(Tape& tape, Var decoded) const {
  return affine(tape.parameter(outWeights_), dropped(decoded), tape.parameter(outBias_));
}

Var RecurrentPairNet::forward(Tape& tape, std::span<const TokenId> source, std::span<const TokenId> target,
                              Index batch) const {
  RecurrentStack::Result encoded = runEncoder(tape, source, batch);
  const Var keys = keysOf(tape, encoded.states);
  const Var decoded = runDecoder(tape, target, encoded.last);
  return logitsOf(tape, attend(tape, decoded, encoded.states, keys, batch));
}

Memory RecurrentPairNet::encode(Tape& tape, std::span<const TokenId> source, DecoderState& state) const {
  tape.clear();
  const RecurrentStack::Result encoded = runEncoder(tape, source, 1);
  Memory memory;
  memory.states = encoded.states.value();
  if (shape_.attention == Attention::Additive)
    memory.looked.keys.emplace_back(keysOf(tape, encoded.states).value());
  state = {};
  for (const CellState& last : encoded.last) {
    state.hidden.emplace_back(last.h.value());
    if (last.c.tape) state.cell.emplace_back(last.c.value());
  }
  return memory;
}

Matrix RecurrentPairNet::step(Tape& tape, const Memory& memory, std::span<const TokenId> tokens,
                              DecoderState& state, Matrix* weights) const {
  tape.clear();
  std::vector<CellState> states;
  for (std::size_t i = 0; i < decoder_.size(); ++i)
    states.push_back({tape.input(state.hidden[i]), state.cell.empty() ? Var() : tape.input(state.cell[i])});
  const Var decoded = runDecoder(tape, tokens, states);
  for (std::size_t i = 0; i < decoder_.size(); ++i) {
    state.hidden[i] = states[i].h.value();
    if (!state.cell.empty()) state.cell[i] = states[i].c.value();
  }
  // Sentences side by side look at one source: as if each were one more step of it.
  const auto view = [&](const Matrix& m) { return tape.view(m.data(), m.rows(), m.cols()); };
  const Var keys = shape_.attention == Attention::Additive ? view(memory.looked.keys[0]) : Var();
  const Var mixed = attend(tape, decoded, view(memory.states), keys, 1);
  if (weights && shape_.attention != Attention::None) *weights = alignment(tape, 0);
  return logitsOf(tape, mixed).value();
}

Matrix RecurrentPairNet::alignment(const Tape& tape, Index b) const {
  if (shape_.attention == Attention::None) return {};
  const Var looked = tape.watched("alignment");
  return shape_.attention == Attention::Additive ? additiveWeights(looked, b)
                                                 : attentionWeights(looked, 0, b);
}

std::vector<AttentionHead> RecurrentPairNet::headsOf(const Tape& tape) const {
  if (shape_.attention == Attention::None) return {};
  return {{{"cross", 0, 0}, AttentionAxis::Input, AttentionAxis::Output, alignment(tape, 0).cast<float>()}};
}

}  // namespace

std::unique_ptr<PairNet> makeRecurrentPairNet(const PairShape& shape, Parameters& parameters) {
  return std::make_unique<RecurrentPairNet>(shape, parameters);
}

}  // namespace lexarium
