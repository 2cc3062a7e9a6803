// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/norm.h"

#include <cmath>

namespace lexarium {
namespace {

// Both norms: y = gain * n + offset with n = (x - mean) * inverse; for the root mean square, mean is 0.
struct Moments {
  Real mean, inverse;
};

void normBackward(Tape& tape, const Node& node, bool centred) {
  const auto* moments = static_cast<const Moments*>(node.payload);
  const Node& x = tape.nodeAt(node.inputs[0]);
  const Real* gain = tape.nodeAt(node.inputs[1]).value;
  const auto target = tape.adjointOf(node.inputs[0]);
  Real* gainAdjoint = tape.addableAdjointOf(node.inputs[1]);
  Real* offsetAdjoint = centred ? tape.addableAdjointOf(node.inputs[2]) : nullptr;
  const auto rows = static_cast<Real>(node.rows);
  for (Index t = 0; t < node.cols; ++t) {
    const auto [mean, inverse] = moments[t];
    const Real* d = node.adjoint + t * node.rows;
    const Real* from = x.value + t * node.rows;
    Real sum = 0, inner = 0;
    for (Index i = 0; i < node.rows; ++i) {
      const Real n = (from[i] - mean) * inverse;
      const Real dn = d[i] * gain[i];
      sum += dn;
      inner += dn * n;
      if (gainAdjoint) gainAdjoint[i] += d[i] * n;
      if (offsetAdjoint) offsetAdjoint[i] += d[i];
    }
    if (!target) continue;
    sum = centred ? sum / rows : 0;
    inner /= rows;
    Real* to = target.data + t * node.rows;
    for (Index i = 0; i < node.rows; ++i) {
      const Real n = (from[i] - mean) * inverse;
      to[i] = (target.add ? to[i] : 0) + inverse * (d[i] * gain[i] - sum - n * inner);
    }
  }
}

void layerNormBackward(Tape& tape, const Node& node) { normBackward(tape, node, true); }
void rmsNormBackward(Tape& tape, const Node& node) { normBackward(tape, node, false); }

void normalise(Node& node, Tape& tape, const Real* x, const Real* gain, const Real* offset, double epsilon) {
  auto* moments = tape.arena().array<Moments>(static_cast<std::size_t>(node.cols));
  node.payload = moments;
  const auto rows = static_cast<Real>(node.rows);
  for (Index t = 0; t < node.cols; ++t) {
    const Real* from = x + t * node.rows;
    Real* to = node.value + t * node.rows;
    Real mean = 0, squares = 0;
    if (offset) {
      for (Index i = 0; i < node.rows; ++i) mean += from[i];
      mean /= rows;
    }
    for (Index i = 0; i < node.rows; ++i) squares += (from[i] - mean) * (from[i] - mean);
    const Real inverse = 1 / std::sqrt(squares / rows + static_cast<Real>(epsilon));
    moments[t] = {mean, inverse};
    for (Index i = 0; i < node.rows; ++i) {
      to[i] = gain[i] * ((from[i] - mean) * inverse) + (offset ? offset[i] : 0);
    }
  }
}

}  // namespace

Var layerNorm(Var x, Var gain, Var offset, double epsilon) {
  assert(gain.rows() == x.rows() && offset.rows() == x.rows() && gain.cols() == 1 && offset.cols() == 1);
  Tape& tape = *x.tape;
  Node& node = tape.push("layerNorm", x.rows(), x.cols(), {x, gain, offset}, layerNormBackward);
  normalise(node, tape, tape.node(x).value, tape.node(gain).value, tape.node(offset).value, epsilon);
  return tape.varOf(node);
}

Var rmsNorm(Var x, Var gain, double epsilon) {
  assert(gain.rows() == x.rows() && gain.cols() == 1);
  Tape& tape = *x.tape;
  Node& node = tape.push("rmsNorm", x.rows(), x.cols(), {x, gain}, rmsNormBackward);
  normalise(node, tape, tape.node(x).value, tape.node(gain).value, nullptr, epsilon);
  return tape.varOf(node);
}

}  // namespace lexarium
