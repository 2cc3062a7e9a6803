// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/sequence_net.h"

namespace lexarium {

/// What RNN, LSTM and GRU share: the token's vector x_t = E[token], layers of cells over each other, and
///   logits_t = W_o h_t + b_o
/// where h is that of the last layer. Of a layer's input side, W_x x_t + b_x, all steps are one product (of
/// the first layer a gather from W_x E).
class RecurrentNet : public SequenceNet {
 public:
  struct Layer {
    ParameterId inputWeights;      ///< W_x [gates * units x inputs]
    ParameterId inputBias;         ///< b_x [gates * units x 1]
    ParameterId recurrentWeights;  ///< W_h [gates * units x units]
    ParameterId extraBias;         ///< GRU: b_n [units x 1]
  };

  Var forward(Tape& tape, std::span<const TokenId> ids, Index batch, NetState& state) const override;
  NetState zeroState(Index batch) const override;
  bool carriesState() const override { return true; }
  std::vector<TraceMatrix> traceOf(const Tape& tape) const override;

  const Layer& layer(std::size_t number) const { return layers_[number]; }
  /// Names of the blocks of rows, as in the formulae: "i", "f", "g", "o"; "h" for a cell without gates.
  const std::vector<std::string>& gates() const { return gates_; }
  bool hasCell() const { return hasCell_; }

 protected:
  /// `gates`: names of the blocks of rows, as in the formulae; one for a cell without gates.
  RecurrentNet(const NetShape& shape, std::vector<std::string> gates, bool hasCell, bool hasExtraBias);
  /// The layer over all steps; x is its input side. state: h, and c for those that have one; both become
  /// those after the last step.
  virtual Var run(Tape& tape, const Layer& layer, Index number, Var x, Matrix& hidden,
                  Matrix* cell) const = 0;

  std::vector<Layer> layers_;

 private:
  std::vector<std::string> gates_;
  bool hasCell_;
};

/// Columns [cols - batch, cols): the state after the last step.
Matrix lastColumns(Var sequence, Index batch);

}  // namespace lexarium
