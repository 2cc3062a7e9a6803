// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/recurrent_stack.h"

namespace lexarium {
namespace {

/// Each over the other.
CellState joined(const CellState& a, const CellState& b) {
  CellState both{concatRows(a.h, b.h), {}};
  if (a.c.tape) both.c = concatRows(a.c, b.c);
  return both;
}

}  // namespace

RecurrentStack::RecurrentStack(CellKind kind, const std::string& name, Index inputs, Index units,
                               Index layers, bool bidirectional, Parameters& parameters) {
  const Index each = bidirectional ? units / 2 : units;
  for (Index i = 0; i < layers; ++i) {
    const std::string layer = name + ".layer" + std::to_string(i);
    forwards_.emplace_back(kind, layer + ".forwards", i == 0 ? inputs : units, each, parameters);
    if (bidirectional)
      backwards_.emplace_back(kind, layer + ".backwards", i == 0 ? inputs : units, each, parameters);
  }
}

RecurrentStack::Result RecurrentStack::run(Tape& tape, Var x, Index batch, Real share) const {
  Result result;
  for (std::size_t i = 0; i < forwards_.size(); ++i) {
    x = dropout(x, share);
    CellState state = forwards_[i].zeroState(tape, batch);
    Var hidden = forwards_[i].run(tape, x, state);
    if (!backwards_.empty()) {
      CellState back = backwards_[i].zeroState(tape, batch);
      const Var read = backwards_[i].run(tape, reverseSteps(x, batch), back);
      hidden = concatRows(hidden, reverseSteps(read, batch));
      state = joined(state, back);
    }
    result.last.push_back(state);
    x = hidden;
  }
  result.states = x;
  return result;
}

}  // namespace lexarium
