// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/norm.h"

#include "core/autodiff/kernels/kernels.h"

namespace lexarium {
namespace {

void normBackward(Tape& tape, const Node& node, bool centred) {
  const Node& x = tape.nodeAt(node.inputs[0]);
  const AdjointTarget target = tape.adjointOf(node.inputs[0]);
  kernels().normBackward({.x = x.value,
                          .gain = tape.nodeAt(node.inputs[1]).value,
                          .moments = static_cast<const Real*>(node.payload),
                          .dy = node.adjoint,
                          .dx = target.data,
                          .gainAdjoint = tape.addableAdjointOf(node.inputs[1]),
                          .offsetAdjoint = centred ? tape.addableAdjointOf(node.inputs[2]) : nullptr,
                          .rows = node.rows,
                          .cols = node.cols,
                          .centred = centred,
                          .add = target.add});
}

void layerNormBackward(Tape& tape, const Node& node) { normBackward(tape, node, true); }
void rmsNormBackward(Tape& tape, const Node& node) { normBackward(tape, node, false); }

void normalise(Tape& tape, Node& node, const Real* offset, double epsilon) {
  auto* moments = tape.arena().array<Real>(static_cast<std::size_t>(2 * node.cols));
  node.payload = moments;
  kernels().normForward({.x = tape.nodeAt(node.inputs[0]).value,
                         .gain = tape.nodeAt(node.inputs[1]).value,
                         .offset = offset,
                         .y = node.value,
                         .moments = moments,
                         .rows = node.rows,
                         .cols = node.cols,
                         .epsilon = static_cast<Real>(epsilon)});
}

}  // namespace

Var layerNorm(Var x, Var gain, Var offset, double epsilon) {
  assert(gain.rows() == x.rows() && offset.rows() == x.rows() && gain.cols() == 1 && offset.cols() == 1);
  Tape& tape = *x.tape;
  Node& node = tape.push("layerNorm", x.rows(), x.cols(), {x, gain, offset}, layerNormBackward);
  normalise(tape, node, tape.node(offset).value, epsilon);
  return tape.varOf(node);
}

Var rmsNorm(Var x, Var gain, double epsilon) {
  assert(gain.rows() == x.rows() && gain.cols() == 1);
  Tape& tape = *x.tape;
  Node& node = tape.push("rmsNorm", x.rows(), x.cols(), {x, gain}, rmsNormBackward);
  normalise(tape, node, nullptr, epsilon);
  return tape.varOf(node);
}

}  // namespace lexarium
