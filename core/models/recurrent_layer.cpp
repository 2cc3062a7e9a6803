// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/recurrent_layer.h"

#include <cmath>

#include "core/nn/initialise.h"

namespace lexarium {

RecurrentLayer::RecurrentLayer(CellKind kind, const std::string& name, Index inputs, Index units,
                               Parameters& parameters)
    : kind_(kind), units_(units) {
  const Index rows = units * (kind == CellKind::Lstm ? 4 : kind == CellKind::Gru ? 3 : 1);
  inputWeights_ = parameters.add(name + ".input.weight", rows, inputs);
  inputBias_ = parameters.add(name + ".input.bias", rows, 1, false);
  recurrentWeights_ = parameters.add(name + ".recurrent.weight", rows, units);
  if (kind == CellKind::Gru) recurrentBias_ = parameters.add(name + ".recurrent.bias", units, 1, false);
}

Var RecurrentLayer::run(Tape& tape, Var x, CellState& state) const {
  const Index batch = state.h.cols();
  const Var inputs = affine(tape.parameter(inputWeights_), x, tape.parameter(inputBias_));
  const Var weights = tape.parameter(recurrentWeights_);
  Var hidden;
  if (kind_ == CellKind::Lstm) {
    const LstmResult result = lstmLayer(inputs, weights, state.h, state.c);
    hidden = result.hidden;
    state.c = sliceColumns(result.cell, result.cell.cols() - batch, batch);
  } else if (kind_ == CellKind::Gru) {
    hidden = gruLayer(inputs, weights, tape.parameter(recurrentBias_), state.h);
  } else {
    hidden = rnnLayer(inputs, weights, state.h);
  }
  state.h = sliceColumns(hidden, hidden.cols() - batch, batch);
  return hidden;
}

CellState RecurrentLayer::zeroState(Tape& tape, Index batch) const {
  CellState state{tape.zeros(units_, batch), {}};
  if (kind_ == CellKind::Lstm) state.c = tape.zeros(units_, batch);
  return state;
}

void initialiseLayers(Parameters& parameters, Index units, CellKind kind, Rng& rng) {
  const double bound = 1 / std::sqrt(static_cast<double>(units));
  for (std::uint32_t i = 0; i < parameters.size(); ++i) {
    const ParameterInfo& info = parameters.info({i});
    const bool isTable = info.name.find("embedding") != std::string::npos;
    if (isTable)
      initialiseNormal(parameters.value({i}), 1, rng);
    else
      initialiseUniform(parameters.value({i}), bound, rng);
    if (kind == CellKind::Lstm && info.name.ends_with(".input.bias"))
      parameters.value({i}).middleRows(info.rows / 4, info.rows / 4).array() += 1;
  }
}

}  // namespace lexarium
