// SPDX-License-Identifier: GPL-3.0-or-later
// The encoder-decoder of Vaswani et al. 2017 (arXiv:1706.03762), its layers as in transformer_stack.h:
//   m        = encoder(source)
//   logits_t = W_o decoder(target_1 ... target_t; m) + b_o
#include "core/models/pair_net.h"

namespace lexarium {
namespace {

class TransformerPairNet final : public PairNet {
 public:
  TransformerPairNet(const PairShape& shape, Parameters& parameters) : PairNet(shape) {
    sourceTable_ = parameters.add("encoder.embedding", shape.dimensions, shape.sourceVocabulary);
    targetTable_ = parameters.add("decoder.embedding", shape.dimensions, shape.targetVocabulary);
    encoder_ = TransformerStack("encoder", stackOf(shape, false), parameters);
    decoder_ = TransformerStack("decoder", stackOf(shape, true), parameters);
    outWeights_ = parameters.add("output.weight", shape.targetVocabulary, shape.units);
    outBias_ = parameters.add("output.bias", shape.targetVocabulary, 1, false);
  }

  Var forward(Tape& tape, std::span<const TokenId> source, std::span<const TokenId> target,
              Index batch) const override {
    const Var memory = runEncoder(tape, source, batch);
    const Var x =
        decoder_.enter(tape, gather(tape.parameter(targetTable_), target), batch, 0, dropoutShare());
    return logitsOf(tape, decoder_.run(tape, x, batch, dropoutShare(), memory));
  }

  Matrix alignment(const Tape& tape, Index b) const override {
    const Var looked = tape.watched("cross", shape_.layers - 1);
    Matrix mean = attentionWeights(looked, 0, b);
    for (Index head = 1; head < shape_.heads; ++head) mean += attentionWeights(looked, head, b);
    return mean / static_cast<Real>(shape_.heads);
  }

  std::vector<AttentionHead> headsOf(const Tape& tape) const override {
    std::vector<AttentionHead> heads;
    encoder_.addHeads(tape, 0, AttentionAxis::Input, heads);
    decoder_.addHeads(tape, 0, AttentionAxis::Output, heads);
    for (AttentionHead& head : heads) {
      if (head.place.part != "decoder") continue;
      // It was given the beginning and all tokens but the last: each moves up to its own place.
      const Index last = head.weights.rows() - 1;
      const Eigen::MatrixXf given = head.weights;
      head.weights.topRows(last) = given.bottomRows(last);
      head.weights.row(last) = given.row(0);
    }
    return heads;
  }

  Memory encode(Tape& tape, std::span<const TokenId> source, DecoderState& state) const override {
    tape.clear();
    state = {};
    Memory memory;
    memory.looked = decoder_.sourceOf(tape, runEncoder(tape, source, 1));
    return memory;
  }

  Matrix step(Tape& tape, const Memory& memory, std::span<const TokenId> tokens, DecoderState& state,
              Matrix* weights) const override {
    tape.clear();
    const Index before = state.read.keys.empty() ? 0 : state.read.keys[0].cols() / state.sentences;
    const Var x = decoder_.enter(tape, gather(tape.parameter(targetTable_), tokens), state.sentences, before,
                                 dropoutShare());
    const Matrix logits = logitsOf(tape, decoder_.step(tape, x, state.read, memory.looked)).value();
    if (weights) *weights = alignment(tape, 0);
    return logits;
  }

  std::vector<HeadPlace> heads() const override {
    std::vector<HeadPlace> heads = encoder_.heads();
    for (HeadPlace& place : decoder_.heads()) heads.push_back(std::move(place));
    return heads;
  }

  bool silence(Parameters& parameters, const HeadPlace& head) const override {
    return encoder_.silence(parameters, head) || decoder_.silence(parameters, head);
  }

 private:
  Real dropoutShare() const { return static_cast<Real>(shape_.dropout); }

  Var runEncoder(Tape& tape, std::span<const TokenId> source, Index batch) const {
    const Var x = encoder_.enter(tape, tape.entering(gather(tape.parameter(sourceTable_), source)), batch, 0,
                                 dropoutShare());
    return encoder_.run(tape, x, batch, dropoutShare());
  }

  Var logitsOf(Tape& tape, Var decoded) const {
    return affine(tape.parameter(outWeights_), decoded, tape.parameter(outBias_));
  }

  ParameterId sourceTable_, targetTable_;
  TransformerStack encoder_, decoder_;
  ParameterId outWeights_, outBias_;
};

}  // namespace

std::unique_ptr<PairNet> makeTransformerPairNet(const PairShape& shape, Parameters& parameters) {
  return std::make_unique<TransformerPairNet>(shape, parameters);
}

}  // namespace lexarium
