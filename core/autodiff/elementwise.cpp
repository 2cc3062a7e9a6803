// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/elementwise.h"

#include "core/autodiff/kernels/kernels.h"

namespace lexarium {
namespace {

using Values = Eigen::Map<Eigen::Array<Real, Eigen::Dynamic, 1>>;

Values valuesOf(const Node& node) { return {node.value, node.rows * node.cols}; }
Values adjointsOf(const Node& node) { return {node.adjoint, node.rows * node.cols}; }

/// The adjoint of input i gets `expression`.
template <class Expression>
void give(Tape& tape, const Node& node, std::size_t i, const Expression& expression) {
  const AdjointTarget target = tape.adjointOf(node.inputs[i]);
  if (!target) return;
  Values to(target.data, node.rows * node.cols);
  if (target.add) {
    to += expression;
  } else {
    to = expression;
  }
}

const Node& inputOf(Tape& tape, const Node& node, std::size_t i) { return tape.nodeAt(node.inputs[i]); }

void addBackward(Tape& tape, const Node& node) {
  give(tape, node, 0, adjointsOf(node));
  give(tape, node, 1, adjointsOf(node));
}

void subtractBackward(Tape& tape, const Node& node) {
  give(tape, node, 0, adjointsOf(node));
  give(tape, node, 1, -adjointsOf(node));
}

void hadamardBackward(Tape& tape, const Node& node) {
  give(tape, node, 0, adjointsOf(node) * valuesOf(inputOf(tape, node, 1)));
  give(tape, node, 1, adjointsOf(node) * valuesOf(inputOf(tape, node, 0)));
}

void scaleBackward(Tape& tape, const Node& node) {
  give(tape, node, 0, adjointsOf(node) * *static_cast<const Real*>(node.payload));
}

void addColumnBackward(Tape& tape, const Node& node) {
  give(tape, node, 0, adjointsOf(node));
  if (const AdjointTarget target = tape.adjointOf(node.inputs[1])) {
    kernels().sumColumns(node.adjoint, node.rows, node.cols, target.data, target.add);
  }
}

void tanhBackward(Tape& tape, const Node& node) {
  const AdjointTarget to = tape.adjointOf(node.inputs[0]);
  kernels().tanhBackward(node.value, node.adjoint, to.data, node.rows * node.cols, to.add);
}

void logisticBackward(Tape& tape, const Node& node) {
  const AdjointTarget to = tape.adjointOf(node.inputs[0]);
  kernels().logisticBackward(node.value, node.adjoint, to.data, node.rows * node.cols, to.add);
}

void reluBackward(Tape& tape, const Node& node) {
  give(tape, node, 0, (valuesOf(node) > 0).select(adjointsOf(node), Real{0}));
}

void geluBackward(Tape& tape, const Node& node) {
  const AdjointTarget to = tape.adjointOf(node.inputs[0]);
  kernels().geluBackward(inputOf(tape, node, 0).value, static_cast<const Real*>(node.payload), node.adjoint,
                         to.data, node.rows * node.cols, to.add);
}

void siluBackward(Tape& tape, const Node& node) {
  const AdjointTarget to = tape.adjointOf(node.inputs[0]);
  kernels().siluBackward(inputOf(tape, node, 0).value, static_cast<const Real*>(node.payload), node.adjoint,
                         to.data, node.rows * node.cols, to.add);
}

void expBackward(Tape& tape, const Node& node) { give(tape, node, 0, adjointsOf(node) * valuesOf(node)); }

void logBackward(Tape& tape, const Node& node) {
  give(tape, node, 0, adjointsOf(node) / valuesOf(inputOf(tape, node, 0)));
}

void dropoutBackward(Tape& tape, const Node& node) {
  give(tape, node, 0, adjointsOf(node) * Values(static_cast<Real*>(node.payload), node.rows * node.cols));
}

Node& like(Var a, const char* name, Node::Backward backward) {
  return a.tape->push(name, a.rows(), a.cols(), {a}, backward);
}

Node& like(Var a, Var b, const char* name, Node::Backward backward) {
  assert(a.rows() == b.rows() && a.cols() == b.cols());
  return a.tape->push(name, a.rows(), a.cols(), {a, b}, backward);
}

Values valuesOf(Var var) { return valuesOf(var.tape->node(var)); }

}  // namespace

Var add(Var a, Var b) {
  Node& node = like(a, b, "add", addBackward);
  valuesOf(node) = valuesOf(a) + valuesOf(b);
  return a.tape->spareVarOf(node);
}

Var subtract(Var a, Var b) {
  const Node& node = like(a, b, "subtract", subtractBackward);
  valuesOf(node) = valuesOf(a) - valuesOf(b);
  return a.tape->varOf(node);
}

Var hadamard(Var a, Var b) {
  const Node& node = like(a, b, "hadamard", hadamardBackward);
  valuesOf(node) = valuesOf(a) * valuesOf(b);
  return a.tape->varOf(node);
}

Var scale(Var a, Real factor) {
  Node& node = like(a, "scale", scaleBackward);
  node.payload = a.tape->arena().array<Real>(1);
  *static_cast<Real*>(node.payload) = factor;
  valuesOf(node) = factor * valuesOf(a);
  return a.tape->spareVarOf(node);
}

Var addColumn(Var a, Var b) {
  assert(b.rows() == a.rows() && b.cols() == 1);
  Node& node = a.tape->push("addColumn", a.rows(), a.cols(), {a, b}, addColumnBackward);
  MatrixMap(node.value, node.rows, node.cols) = a.value().colwise() + b.value().col(0);
  return a.tape->spareVarOf(node);
}

Var tanh(Var a) {
  const Node& node = like(a, "tanh", tanhBackward);
  kernels().tanhForward(a.value().data(), node.value, node.rows * node.cols);
  return a.tape->varOf(node);
}

Var logistic(Var a) {
  const Node& node = like(a, "logistic", logisticBackward);
  kernels().logisticForward(a.value().data(), node.value, node.rows * node.cols);
  return a.tape->varOf(node);
}

Var relu(Var a) {
  const Node& node = like(a, "relu", reluBackward);
  valuesOf(node) = valuesOf(a).cwiseMax(Real{0});
  return a.tape->varOf(node);
}

Var gelu(Var a) {
  Node& node = like(a, "gelu", geluBackward);
  auto* kept = a.tape->arena().array<Real>(node.size());
  node.payload = kept;
  kernels().geluForward(a.value().data(), kept, node.value, node.rows * node.cols);
  return a.tape->varOf(node);
}

Var silu(Var a) {
  Node& node = like(a, "silu", siluBackward);
  auto* kept = a.tape->arena().array<Real>(node.size());
  node.payload = kept;
  kernels().siluForward(a.value().data(), kept, node.value, node.rows * node.cols);
  return a.tape->varOf(node);
}

Var exp(Var a) {
  const Node& node = like(a, "exp", expBackward);
  kernels().expForward(a.value().data(), node.value, node.rows * node.cols);
  return a.tape->varOf(node);
}

Var log(Var a) {
  const Node& node = like(a, "log", logBackward);
  valuesOf(node) = valuesOf(a).log();
  return a.tape->varOf(node);
}

Var dropout(Var a, Real share) {
  assert(share >= 0 && share < 1);
  if (!a.tape->isTraining || share <= 0) return a;
  Node& node = like(a, "dropout", dropoutBackward);
  auto* mask = a.tape->arena().array<Real>(node.size());
  node.payload = mask;
  const Real kept = 1 / (1 - share);
  const auto bound = static_cast<std::uint64_t>(static_cast<double>(share) * 0x1.0p32);
  const Real* from = a.value().data();
  for (std::size_t i = 0; i < node.size(); ++i) {
    mask[i] = (a.tape->rng.next() >> 32) < bound ? 0 : kept;
    node.value[i] = from[i] * mask[i];
  }
  return a.tape->varOf(node);
}

}  // namespace lexarium
