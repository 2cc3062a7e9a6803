// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/shape.h"

#include <algorithm>

namespace lexarium {
namespace {

MatrixMap adjointOf(const Node& node) { return {node.adjoint, node.rows, node.cols}; }

template <class To, class From>
void put(To to, const From& from, bool add) {
  if (add) {
    to += from;
  } else {
    to = from;
  }
}

void concatRowsBackward(Tape& tape, const Node& node) {
  Index first = 0;
  for (std::size_t i = 0; i < 2; ++i) {
    const Node& input = tape.nodeAt(node.inputs[i]);
    if (const auto target = tape.adjointOf(node.inputs[i])) {
      put(MatrixMap(target.data, input.rows, input.cols), adjointOf(node).middleRows(first, input.rows),
          target.add);
    }
    first += input.rows;
  }
}

void concatColumnsBackward(Tape& tape, const Node& node) {
  Index first = 0;
  for (std::size_t i = 0; i < 2; ++i) {
    const Node& input = tape.nodeAt(node.inputs[i]);
    if (const auto target = tape.adjointOf(node.inputs[i])) {
      put(MatrixMap(target.data, input.rows, input.cols), adjointOf(node).middleCols(first, input.cols),
          target.add);
    }
    first += input.cols;
  }
}

Index firstOf(const Node& node) { return *static_cast<const Index*>(node.payload); }

void sliceRowsBackward(Tape& tape, const Node& node) {
  Real* adjoint = tape.addableAdjointOf(node.inputs[0]);
  if (!adjoint) return;
  const Node& input = tape.nodeAt(node.inputs[0]);
  MatrixMap(adjoint, input.rows, input.cols).middleRows(firstOf(node), node.rows) += adjointOf(node);
}

void sliceColumnsBackward(Tape& tape, const Node& node) {
  Real* adjoint = tape.addableAdjointOf(node.inputs[0]);
  if (!adjoint) return;
  const Node& input = tape.nodeAt(node.inputs[0]);
  MatrixMap(adjoint, input.rows, input.cols).middleCols(firstOf(node), node.cols) += adjointOf(node);
}

void putReversed(const Real* from, MatrixMap to, Index batch, bool add) {
  const ConstMatrixMap source(from, to.rows(), to.cols());
  const Index steps = to.cols() / batch;
  for (Index t = 0; t < steps; ++t)
    put(to.middleCols(t * batch, batch), source.middleCols((steps - 1 - t) * batch, batch), add);
}

void reverseStepsBackward(Tape& tape, const Node& node) {
  if (const auto target = tape.adjointOf(node.inputs[0]))
    putReversed(node.adjoint, MatrixMap(target.data, node.rows, node.cols), firstOf(node), target.add);
}

void sumSegmentsBackward(Tape& tape, const Node& node) {
  Real* adjoint = tape.addableAdjointOf(node.inputs[0]);
  if (!adjoint) return;
  const Node& input = tape.nodeAt(node.inputs[0]);
  const auto* segments = static_cast<const std::uint32_t*>(node.payload);
  MatrixMap target(adjoint, input.rows, input.cols);
  for (Index i = 0; i < input.cols; ++i) target.col(i) += adjointOf(node).col(segments[i]);
}

void meanOfStepsBackward(Tape& tape, const Node& node) {
  const auto target = tape.adjointOf(node.inputs[0]);
  const Node& input = tape.nodeAt(node.inputs[0]);
  const Index steps = input.cols / node.cols;
  MatrixMap to(target.data, input.rows, input.cols);
  for (Index t = 0; t < steps; ++t)
    put(to.middleCols(t * node.cols, node.cols), adjointOf(node) / static_cast<Real>(steps), target.add);
}

void reshapeBackward(Tape& tape, const Node& node) {
  const auto target = tape.adjointOf(node.inputs[0]);
  put(MatrixMap(target.data, node.rows, node.cols), adjointOf(node), target.add);
}

void sumBackward(Tape& tape, const Node& node) {
  const auto target = tape.adjointOf(node.inputs[0]);
  const Node& input = tape.nodeAt(node.inputs[0]);
  put(MatrixMap(target.data, input.rows, input.cols),
      Matrix::Constant(input.rows, input.cols, *node.adjoint * *static_cast<const Real*>(node.payload)),
      target.add);
}

Var weightedSum(Var a, const char* name, Real weight) {
  Tape& tape = *a.tape;
  Node& node = tape.push(name, 1, 1, {a}, sumBackward);
  node.payload = tape.arena().array<Real>(1);
  *static_cast<Real*>(node.payload) = weight;
  *node.value = weight * a.value().sum();
  return tape.varOf(node);
}

void keepFirst(Node& node, Tape& tape, Index first) {
  node.payload = tape.arena().array<Index>(1);
  *static_cast<Index*>(node.payload) = first;
}

}  // namespace

Var concatRows(Var a, Var b) {
  assert(a.cols() == b.cols());
  const Node& node = a.tape->push("concatRows", a.rows() + b.rows(), a.cols(), {a, b}, concatRowsBackward);
  MatrixMap out(node.value, node.rows, node.cols);
  out.topRows(a.rows()) = a.value();
  out.bottomRows(b.rows()) = b.value();
  return a.tape->varOf(node);
}

Var concatColumns(Var a, Var b) {
  assert(a.rows() == b.rows());
  const Node& node =
      a.tape->push("concatColumns", a.rows(), a.cols() + b.cols(), {a, b}, concatColumnsBackward);
  MatrixMap out(node.value, node.rows, node.cols);
  out.leftCols(a.cols()) = a.value();
  out.rightCols(b.cols()) = b.value();
  return a.tape->varOf(node);
}

Var sliceRows(Var a, Index first, Index count) {
  assert(first >= 0 && count > 0 && first + count <= a.rows());
  Node& node = a.tape->push("sliceRows", count, a.cols(), {a}, sliceRowsBackward);
  keepFirst(node, *a.tape, first);
  MatrixMap(node.value, count, node.cols) = a.value().middleRows(first, count);
  return a.tape->varOf(node);
}

Var sliceColumns(Var a, Index first, Index count) {
  assert(first >= 0 && count > 0 && first + count <= a.cols());
  Real* value = a.value().data() + first * a.rows();
  Node& node = a.tape->pushAt(value, "sliceColumns", a.rows(), count, {a}, sliceColumnsBackward);
  keepFirst(node, *a.tape, first);
  return a.tape->varOf(node);
}

Var reshape(Var a, Index rows, Index cols) {
  assert(rows * cols == a.rows() * a.cols());
  return a.tape->varOf(a.tape->pushAt(a.value().data(), "reshape", rows, cols, {a}, reshapeBackward));
}

Var sumSegments(Var a, std::span<const std::uint32_t> segments, Index count) {
  assert(static_cast<Index>(segments.size()) == a.cols());
  Tape& tape = *a.tape;
  Node& node = tape.push("sumSegments", a.rows(), count, {a}, sumSegmentsBackward);
  auto* kept = tape.arena().array<std::uint32_t>(segments.size());
  std::copy(segments.begin(), segments.end(), kept);
  node.payload = kept;
  MatrixMap out(node.value, node.rows, node.cols);
  out.setZero();
  for (Index i = 0; i < a.cols(); ++i) out.col(kept[i]) += a.value().col(i);
  return tape.varOf(node);
}

Var reverseSteps(Var a, Index batch) {
  assert(a.cols() % batch == 0);
  Tape& tape = *a.tape;
  Node& node = tape.push("reverseSteps", a.rows(), a.cols(), {a}, reverseStepsBackward);
  keepFirst(node, tape, batch);
  putReversed(a.value().data(), MatrixMap(node.value, node.rows, node.cols), batch, false);
  return tape.varOf(node);
}

Var meanOfSteps(Var a, Index batch) {
  assert(batch > 0 && a.cols() > 0 && a.cols() % batch == 0);
  Tape& tape = *a.tape;
  const Node& node = tape.push("meanOfSteps", a.rows(), batch, {a}, meanOfStepsBackward);
  const Index steps = a.cols() / batch;
  MatrixMap out(node.value, node.rows, batch);
  out = a.value().leftCols(batch);
  for (Index t = 1; t < steps; ++t) out += a.value().middleCols(t * batch, batch);
  out /= static_cast<Real>(steps);
  return tape.varOf(node);
}

Var sum(Var a) { return weightedSum(a, "sum", 1); }

Var mean(Var a) { return weightedSum(a, "mean", 1 / static_cast<Real>(a.rows() * a.cols())); }

}  // namespace lexarium
