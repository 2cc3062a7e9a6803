// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/linear.h"

#include "core/autodiff/kernels/kernels.h"
#include "core/autodiff/product.h"

namespace lexarium {
namespace {

Block valueOf(const Node& node) { return {node.value, node.rows, node.cols}; }
Block adjointOf(const Node& node) { return {node.adjoint, node.rows, node.cols}; }
Result resultAt(const Node& node, AdjointTarget target) {
  return {target.data, node.rows, node.cols, node.rows, target.add};
}

void matmulBackward(Tape& tape, const Node& node) {
  const auto targetA = tape.adjointOf(node.inputs[0]);
  const auto targetB = tape.adjointOf(node.inputs[1]);
  const Node& a = tape.nodeAt(node.inputs[0]);
  const Node& b = tape.nodeAt(node.inputs[1]);
  if (targetA) product(tape, Form::TransposeRight, adjointOf(node), valueOf(b), resultAt(a, targetA));
  if (targetB) product(tape, Form::TransposeLeft, valueOf(a), adjointOf(node), resultAt(b, targetB));
}

void matmulTransposedBackward(Tape& tape, const Node& node) {
  const auto targetA = tape.adjointOf(node.inputs[0]);
  const auto targetB = tape.adjointOf(node.inputs[1]);
  const Node& a = tape.nodeAt(node.inputs[0]);
  const Node& b = tape.nodeAt(node.inputs[1]);
  if (targetA) product(tape, Form::TransposeRight, valueOf(b), adjointOf(node), resultAt(a, targetA));
  if (targetB) product(tape, Form::Plain, valueOf(a), adjointOf(node), resultAt(b, targetB));
}

void affineBackward(Tape& tape, const Node& node) {
  matmulBackward(tape, node);
  if (const auto target = tape.adjointOf(node.inputs[2])) {
    kernels().sumColumns(node.adjoint, node.rows, node.cols, target.data, target.add);
  }
}

void transposedBackward(Tape& tape, const Node& node) {
  const auto target = tape.adjointOf(node.inputs[0]);
  MatrixMap to(target.data, node.cols, node.rows);
  const MatrixMap from(node.adjoint, node.rows, node.cols);
  if (target.add) {
    to += from.transpose();
  } else {
    to = from.transpose();
  }
}

}  // namespace

Var matmul(Var a, Var b) {
  assert(a.cols() == b.rows());
  Tape& tape = *a.tape;
  Node& node = tape.push("matmul", a.rows(), b.cols(), {a, b}, matmulBackward);
  productOf(tape, tape.node(a), valueOf(tape.node(b)), {node.value, node.rows, node.cols, node.rows});
  return tape.spareVarOf(node);
}

Var matmulTransposed(Var a, Var b) {
  assert(a.rows() == b.rows());
  Tape& tape = *a.tape;
  const Node& node = tape.push("matmulTransposed", a.cols(), b.cols(), {a, b}, matmulTransposedBackward);
  product(tape, Form::TransposeLeft, valueOf(tape.node(a)), valueOf(tape.node(b)),
          {node.value, node.rows, node.cols, node.rows});
  return tape.varOf(node);
}

Var affine(Var w, Var x, Var b) {
  assert(w.cols() == x.rows() && b.rows() == w.rows() && b.cols() == 1);
  Tape& tape = *w.tape;
  Node& node = tape.push("affine", w.rows(), x.cols(), {w, x, b}, affineBackward);
  productOf(tape, tape.node(w), valueOf(tape.node(x)),
            {node.value, node.rows, node.cols, node.rows, false, tape.node(b).value});
  return tape.spareVarOf(node);
}

Var transposed(Var a) {
  Tape& tape = *a.tape;
  const Node& node = tape.push("transposed", a.cols(), a.rows(), {a}, transposedBackward);
  MatrixMap(node.value, node.rows, node.cols) = a.value().transpose();
  return tape.varOf(node);
}

}  // namespace lexarium
