// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/autodiff/ops.h"

namespace lexarium {

enum class CellKind { Rnn, Lstm, Gru };

/// State of a layer of cells, on a tape: c is without a tape where the cell has none.
struct CellState {
  Var h, c;
};

/// One layer of cells with the input side before it, as building block of larger networks; the formulae stand
/// in rnn.cpp, lstm.cpp and gru.cpp. Its numbers lie in Parameters under "<name>.input.weight",
/// ".input.bias",
/// ".recurrent.weight" and, of a GRU, ".recurrent.bias".
class RecurrentLayer {
 public:
  RecurrentLayer() = default;
  /// Adds its matrices.
  RecurrentLayer(CellKind kind, const std::string& name, Index inputs, Index units, Parameters& parameters);

  Index units() const { return units_; }
  CellKind kind() const { return kind_; }
  /// All steps: x [inputs x T * batch] -> h [units x T * batch]; `state` becomes that after the last step.
  Var run(Tape& tape, Var x, CellState& state) const;
  CellState zeroState(Tape& tape, Index batch) const;

 private:
  CellKind kind_ = CellKind::Rnn;
  Index units_ = 0;
  ParameterId inputWeights_, inputBias_, recurrentWeights_, recurrentBias_;
};

/// As PyTorch begins: uniform within 1 / sqrt(units), tables ("embedding" in the name) normal; LSTMs begin by
/// remembering (Jozefowicz, Zaremba & Sutskever 2015).
void initialiseLayers(Parameters& parameters, Index units, CellKind kind, Rng& rng);

}  // namespace lexarium
