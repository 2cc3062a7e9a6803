// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/models/sequence_net.h"

namespace lexarium {

struct TransformerNorm {
  ParameterId gain;
  std::optional<ParameterId> offset;  ///< none: RMS norm
};
struct TransformerLinear {
  ParameterId weights;
  std::optional<ParameterId> bias;
};
struct TransformerBlock {
  TransformerNorm attentionNorm;
  TransformerLinear in;  ///< W_q over W_k over W_v
  TransformerLinear out;
  TransformerNorm innerNorm;
  TransformerLinear up, gate, down;  ///< gate: only where the shape is gated
};
/// Where a Transformer's matrices are among its parameters.
struct TransformerNames {
  std::optional<ParameterId> positions;  ///< learned ones
  std::vector<TransformerBlock> blocks;
  TransformerNorm norm;
};

/// Parts of the forward pass that reading token by token has in common with reading a whole window.
class TransformerNet : public SequenceNet {
 public:
  const TransformerNames& names() const { return names_; }
  /// Numbers of all keys of a token, and of all values.
  Index keyRows() const { return shape_.units / shape_.heads * shape_.keyHeads; }
  /// E[ids], with P from `first` on where there is one.
  Var embed(Tape& tape, std::span<const TokenId> ids, Index batch, Index first) const;
  Var norm(Tape& tape, const TransformerNorm& norm, Var x) const;
  Var linear(Tape& tape, const TransformerLinear& linear, Var x) const;
  Var feedForward(Tape& tape, const TransformerBlock& block, Var x) const;
  using SequenceNet::output;

 protected:
  using SequenceNet::SequenceNet;
  TransformerNames names_;
  Matrix sines_;  ///< P of sines and cosines [units x context]
};

/// Keeps keys and values of all tokens read, so that each token is read once. When the context is full, the
/// half of it that is older is forgotten and the newer is read again.
std::unique_ptr<SequenceSession> startTransformer(std::shared_ptr<const TransformerNet> net,
                                                  std::shared_ptr<const Parameters> parameters);

}  // namespace lexarium
