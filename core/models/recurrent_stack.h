// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/models/recurrent_layer.h"

namespace lexarium {

/// Layers of cells that read a whole text, each what the one before says. Bidirectional (Schuster & Paliwal
/// 1997): half of a layer's units read forwards, half backwards, and stand over each other.
class RecurrentStack {
 public:
  struct Result {
    Var states;                   ///< of the last layer [units x T * batch], time-major
    std::vector<CellState> last;  ///< of each layer, when all is read: backwards at the first step
  };

  RecurrentStack() = default;
  /// Adds its matrices under "<name>.layer0.forwards" ...; `units` are even if it is bidirectional.
  RecurrentStack(CellKind kind, const std::string& name, Index inputs, Index units, Index layers,
                 bool bidirectional, Parameters& parameters);

  /// x [inputs x T * batch]. dropout acts on what enters a layer.
  Result run(Tape& tape, Var x, Index batch, Real dropout) const;

 private:
  std::vector<RecurrentLayer> forwards_, backwards_;
};

}  // namespace lexarium
