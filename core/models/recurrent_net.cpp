// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/recurrent_net.h"

#include <cmath>

namespace lexarium {

RecurrentNet::RecurrentNet(const NetShape& shape, std::vector<std::string> gates, bool hasCell,
                           bool hasExtraBias)
    : SequenceNet(shape), gates_(std::move(gates)), hasCell_(hasCell) {
  const auto count = static_cast<Index>(gates_.size());
  const Index units = shape_.units;
  // As PyTorch begins: tables normal, all else uniform within 1 / sqrt(units).
  const double bound = 1 / std::sqrt(static_cast<double>(units));
  planTable(shape_.vocabulary, shape_.tied ? bound : 1);
  for (Index i = 0; i < shape_.layers; ++i) {
    const std::string name = "layer" + std::to_string(i) + '.';
    const Index inputs = i == 0 ? shape_.dimensions : units;
    Layer layer;
    layer.inputWeights = plan({name + "input.weight", count * units, inputs, Init::Uniform, bound});
    layer.inputBias = plan({name + "input.bias", count * units, 1, Init::Uniform, bound, 1, false});
    layer.recurrentWeights = plan({name + "recurrent.weight", count * units, units, Init::Uniform, bound});
    if (hasExtraBias) {
      layer.extraBias = plan({name + "recurrent.bias", units, 1, Init::Uniform, bound, 1, false});
    }
    layers_.push_back(layer);
  }
  planOutput(bound);
}

NetState RecurrentNet::zeroState(Index batch) const {
  const auto count = static_cast<std::size_t>(shape_.layers) * (hasCell_ ? 2 : 1);
  return NetState(count, Matrix::Zero(shape_.units, batch));
}

Var RecurrentNet::forward(Tape& tape, std::span<const TokenId> ids, Index batch, NetState& state) const {
  Var hidden;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Layer& layer = layers_[i];
    const Var weights = tape.parameter(layer.inputWeights), bias = tape.parameter(layer.inputBias);
    const Var x = i == 0 ? embeddedAffine(weights, tape.parameter(table()), ids, bias)
                         : affine(weights, dropout(hidden, static_cast<Real>(shape_.dropout)), bias);
    Matrix* const cell = hasCell_ ? &state[layers_.size() + i] : nullptr;
    hidden = run(tape, layer, static_cast<Index>(i), x, state[i], cell);
    tape.watch("h", hidden, static_cast<Index>(i));
  }
  (void)batch;
  return output(tape, dropout(hidden, static_cast<Real>(shape_.dropout)));
}

std::vector<TraceMatrix> RecurrentNet::traceOf(const Tape& tape) const {
  std::vector<TraceMatrix> matrices;
  for (Index i = 0; i < shape_.layers; ++i) {
    const auto add = [&](TraceMatrix::Kind kind, const std::string& name, const auto& values) {
      matrices.push_back({kind, name, static_cast<std::size_t>(i), 0, values.template cast<float>()});
    };
    const Var hidden = tape.watched("h", i);
    add(TraceMatrix::Kind::Hidden, "h", hidden.value());
    if (hasCell_) add(TraceMatrix::Kind::Cell, "c", tape.watched("c", i).value());
    if (gates_.size() == 1) continue;
    const ConstMatrixMap gates = gatesOf(hidden);
    for (std::size_t g = 0; g < gates_.size(); ++g) {
      add(TraceMatrix::Kind::Gate, gates_[g],
          gates.middleRows(static_cast<Index>(g) * shape_.units, shape_.units));
    }
  }
  return matrices;
}

Matrix lastColumns(Var sequence, Index batch) { return sequence.value().rightCols(batch); }

}  // namespace lexarium
