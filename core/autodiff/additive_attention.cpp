// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/additive_attention.h"

#include "core/autodiff/kernels/kernels.h"
#include "core/autodiff/product.h"

namespace lexarium {
namespace {

struct Additive {
  Real* weights;  // [keys x queries] a sequence
  Index batch, keys, queries;

  Real* weightsOf(Index b) const { return weights + b * keys * queries; }
};
enum Operand : std::size_t { kQ, kK, kV, kValues };

const Additive& keptBy(const Node& node) { return *static_cast<const Additive*>(node.payload); }

/// The columns of one sequence in a matrix of all.
Block sequenceOf(const Real* data, Index rows, Index steps, Index batch, Index b) {
  return {data + b * rows, rows, steps, batch * rows};
}

/// tanh(q_t + k_s) for all s, [A x S].
void pairs(const Node& q, const Node& k, const Additive& a, Index t, Index b, Real* out) {
  const Real* query = q.value + (t * a.batch + b) * q.rows;
  for (Index s = 0; s < a.keys; ++s) {
    const Real* key = k.value + (s * a.batch + b) * q.rows;
    Eigen::Map<Eigen::Array<Real, Eigen::Dynamic, 1>>(out + s * q.rows, q.rows) =
        Eigen::Map<const Eigen::Array<Real, Eigen::Dynamic, 1>>(query, q.rows) +
        Eigen::Map<const Eigen::Array<Real, Eigen::Dynamic, 1>>(key, q.rows);
  }
  kernels().tanhForward(out, out, q.rows * a.keys);
}

void forwardSequence(Tape& tape, const Node& node, const Additive& a, Index b) {
  const Node &q = tape.nodeAt(node.inputs[kQ]), &k = tape.nodeAt(node.inputs[kK]);
  const Node &v = tape.nodeAt(node.inputs[kV]), &values = tape.nodeAt(node.inputs[kValues]);
  Real* hidden = tape.scratch(static_cast<std::size_t>(q.rows * a.keys), 1);
  Real* weights = a.weightsOf(b);
  Real total = 0;
  for (Index t = 0; t < a.queries; ++t) {
    pairs(q, k, a, t, b, hidden);
    Real* column = weights + t * a.keys;
    Eigen::Map<Eigen::Matrix<Real, Eigen::Dynamic, 1>>(column, a.keys).noalias() =
        ConstMatrixMap(hidden, q.rows, a.keys).transpose() * ConstMatrixMap(v.value, v.rows, 1);
    kernels().softmaxColumn(column, column, a.keys, Real{1}, &total);
  }
  product(tape, Form::Plain, sequenceOf(values.value, values.rows, a.keys, a.batch, b),
          {weights, a.keys, a.queries, a.keys},
          {node.value + b * node.rows, node.rows, a.queries, a.batch * node.rows});
}

void backwardSequence(Tape& tape, const Node& node, const Additive& a, Index b) {
  using Column = Eigen::Map<Eigen::Array<Real, Eigen::Dynamic, 1>>;
  const Node &q = tape.nodeAt(node.inputs[kQ]), &k = tape.nodeAt(node.inputs[kK]);
  const Node &v = tape.nodeAt(node.inputs[kV]), &values = tape.nodeAt(node.inputs[kValues]);
  Real* const dq = tape.addableAdjointOf(node.inputs[kQ]);
  Real* const dk = tape.addableAdjointOf(node.inputs[kK]);
  Real* const dv = tape.addableAdjointOf(node.inputs[kV]);
  Real* const dValues = tape.addableAdjointOf(node.inputs[kValues]);
  const Block out = sequenceOf(node.adjoint, node.rows, a.queries, a.batch, b);
  const Real* weights = a.weightsOf(b);
  if (dValues)
    product(tape, Form::TransposeRight, out, {weights, a.keys, a.queries, a.keys},
            {dValues + b * values.rows, values.rows, a.keys, a.batch * values.rows, true});
  if (!dq && !dk && !dv) return;
  Real* scores = tape.scratch(static_cast<std::size_t>(a.keys * a.queries), 2);
  product(tape, Form::TransposeLeft, sequenceOf(values.value, values.rows, a.keys, a.batch, b), out,
          {scores, a.keys, a.queries, a.keys});
  Real* hidden = tape.scratch(static_cast<std::size_t>(q.rows * a.keys), 1);
  const Column vector(v.value, v.rows);
  for (Index t = 0; t < a.queries; ++t) {
    Real* column = scores + t * a.keys;
    kernels().softmaxColumnBackward(weights + t * a.keys, column, column, a.keys, Real{1}, false);
    pairs(q, k, a, t, b, hidden);
    for (Index s = 0; s < a.keys; ++s) {
      Column pair(hidden + s * q.rows, q.rows);
      if (dv) Column(dv, v.rows) += column[s] * pair;
      pair = column[s] * vector * (1 - pair.square());
      if (dq) Column(dq + (t * a.batch + b) * q.rows, q.rows) += pair;
      if (dk) Column(dk + (s * a.batch + b) * q.rows, q.rows) += pair;
    }
  }
}

void additiveBackward(Tape& tape, const Node& node) {
  const Additive& a = keptBy(node);
  for (Index b = 0; b < a.batch; ++b) {
    tape.throwIfStopped();
    backwardSequence(tape, node, a, b);
  }
}

}  // namespace

Var additiveAttention(Var q, Var k, Var v, Var values, Index batch) {
  assert(q.rows() == k.rows() && v.rows() == q.rows() && v.cols() == 1 && values.cols() == k.cols());
  assert(q.cols() % batch == 0 && k.cols() % batch == 0);
  Tape& tape = *q.tape;
  const std::uint32_t index =
      tape.push("additiveAttention", values.rows(), q.cols(), {q, k, v, values}, additiveBackward).index;
  auto* kept = tape.arena().array<Additive>(1);
  *kept = {nullptr, batch, k.cols() / batch, q.cols() / batch};
  kept->weights = tape.arena().reals(static_cast<std::size_t>(kept->keys * kept->queries * batch));
  tape.nodeAt(index).payload = kept;
  for (Index b = 0; b < batch; ++b) {
    tape.throwIfStopped();
    forwardSequence(tape, tape.nodeAt(index), *kept, b);
  }
  return {&tape, index};
}

Matrix additiveWeights(Var attention, Index b) {
  const Additive& a = keptBy(attention.tape->node(attention));
  return ConstMatrixMap(a.weightsOf(b), a.keys, a.queries);
}

}  // namespace lexarium
