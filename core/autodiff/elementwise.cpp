// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/elementwise.h"

#include <cmath>

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
    const MatrixMap out(node.adjoint, node.rows, node.cols);
    Eigen::Map<Vector> to(target.data, node.rows);
    if (target.add) {
      to += out.rowwise().sum();
    } else {
      to = out.rowwise().sum();
    }
  }
}

void tanhBackward(Tape& tape, const Node& node) {
  give(tape, node, 0, adjointsOf(node) * (1 - valuesOf(node).square()));
}

void logisticBackward(Tape& tape, const Node& node) {
  give(tape, node, 0, adjointsOf(node) * valuesOf(node) * (1 - valuesOf(node)));
}

void reluBackward(Tape& tape, const Node& node) {
  give(tape, node, 0, (valuesOf(node) > 0).select(adjointsOf(node), Real{0}));
}

constexpr Real kGeluRoot = static_cast<Real>(0.7978845608028654);  // sqrt(2 / pi)
constexpr Real kGeluCube = static_cast<Real>(0.044715);

void geluBackward(Tape& tape, const Node& node) {
  const AdjointTarget target = tape.adjointOf(node.inputs[0]);
  if (!target) return;
  const Real* x = inputOf(tape, node, 0).value;
  const auto* tangent = static_cast<const Real*>(node.payload);
  for (std::size_t i = 0; i < node.size(); ++i) {
    const Real t = tangent[i];
    const Real inner = kGeluRoot * (1 + 3 * kGeluCube * x[i] * x[i]);
    const Real slope = Real{0.5} * (1 + t) + Real{0.5} * x[i] * (1 - t * t) * inner;
    target.data[i] = (target.add ? target.data[i] : 0) + node.adjoint[i] * slope;
  }
}

void siluBackward(Tape& tape, const Node& node) {
  const Values x = valuesOf(inputOf(tape, node, 0));
  const Values gate(static_cast<Real*>(node.payload), node.rows * node.cols);
  give(tape, node, 0, adjointsOf(node) * gate * (1 + x * (1 - gate)));
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
  const Node& node = like(a, b, "add", addBackward);
  valuesOf(node) = valuesOf(a) + valuesOf(b);
  return a.tape->varOf(node);
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
  return a.tape->varOf(node);
}

Var addColumn(Var a, Var b) {
  assert(b.rows() == a.rows() && b.cols() == 1);
  const Node& node = a.tape->push("addColumn", a.rows(), a.cols(), {a, b}, addColumnBackward);
  MatrixMap(node.value, node.rows, node.cols) = a.value().colwise() + b.value().col(0);
  return a.tape->varOf(node);
}

Var tanh(Var a) {
  const Node& node = like(a, "tanh", tanhBackward);
  valuesOf(node) = valuesOf(a).tanh();
  return a.tape->varOf(node);
}

Var logistic(Var a) {
  const Node& node = like(a, "logistic", logisticBackward);
  valuesOf(node) = (1 + (-valuesOf(a)).exp()).inverse();
  return a.tape->varOf(node);
}

Var relu(Var a) {
  const Node& node = like(a, "relu", reluBackward);
  valuesOf(node) = valuesOf(a).cwiseMax(Real{0});
  return a.tape->varOf(node);
}

Var gelu(Var a) {
  Node& node = like(a, "gelu", geluBackward);
  auto* tangent = a.tape->arena().array<Real>(node.size());
  node.payload = tangent;
  const Values x = valuesOf(a);
  Values t(tangent, x.size());
  t = (kGeluRoot * (x + kGeluCube * x.cube())).tanh();
  valuesOf(node) = Real{0.5} * x * (1 + t);
  return a.tape->varOf(node);
}

Var silu(Var a) {
  Node& node = like(a, "silu", siluBackward);
  auto* gate = a.tape->arena().array<Real>(node.size());
  node.payload = gate;
  Values g(gate, node.rows * node.cols);
  g = (1 + (-valuesOf(a)).exp()).inverse();
  valuesOf(node) = valuesOf(a) * g;
  return a.tape->varOf(node);
}

Var exp(Var a) {
  const Node& node = like(a, "exp", expBackward);
  valuesOf(node) = valuesOf(a).exp();
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
