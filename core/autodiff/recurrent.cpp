// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/recurrent.h"

#include "core/autodiff/kernels/kernels.h"
#include "core/autodiff/product.h"

namespace lexarium {
namespace {

struct Recurrence {
  Real* gates;  // [blocks * H x columns], activated
  Real* cells;  // [H x columns]: c_t of an LSTM, W_n h_{t-1} + b of a GRU
  Index units, batch, steps, blocks;

  Index stepSize() const { return units * batch; }
};

const Recurrence& keptBy(const Node& node) { return *static_cast<const Recurrence*>(node.payload); }

Recurrence* keep(Tape& tape, Var x, Var h0, Index blocks, Real* gates) {
  auto* r = tape.arena().array<Recurrence>(1);
  *r = {gates, nullptr, h0.rows(), h0.cols(), x.cols() / h0.cols(), blocks};
  assert(x.rows() == blocks * r->units && x.cols() == r->steps * r->batch);
  return r;
}

/// The matrix of a recurrent product: laid out for it once, unless a single step would not pay for that.
class Weights {
 public:
  Weights(Tape& tape, const Node& node, bool transpose, Index steps)
      : tape_(tape), matrix_(node.value, node.rows, node.cols), transpose_(transpose), isPacked_(steps > 1) {
    if (const Real* packed = transpose ? nullptr : tape.packedOf(node)) {
      packed_ = {packed, node.rows, node.cols};
      isPacked_ = true;
    } else if (isPacked_) {
      packed_ = pack(tape, matrix_, transpose);
    }
  }
  void product(const Block& right, const Result& result) const {
    if (isPacked_) {
      lexarium::product(tape_, packed_, right, result);
    } else {
      lexarium::product(tape_, transpose_ ? Form::TransposeLeft : Form::Plain, matrix_, right, result);
    }
  }

 private:
  Tape& tape_;
  Block matrix_;
  PackedLeft packed_;
  bool transpose_, isPacked_;
};

/// Backward's gradient of all pre-activations: in x's adjoint itself, if nobody wrote there before.
struct GateAdjoints {
  Real* data;
  AdjointTarget target;
  std::size_t size;

  GateAdjoints(Tape& tape, const Node& node) : target(tape.adjointOf(node.inputs[0])) {
    const Node& x = tape.nodeAt(node.inputs[0]);
    size = x.size();
    data = target && !target.add ? target.data : tape.arena().reals(size);
  }
  void finish() const {
    if (!target.add) return;
    for (std::size_t i = 0; i < size; ++i) target.data[i] += data[i];
  }
};

/// dW += sum over t of dA_t h_{t-1}^T, as one product over all steps but the first.
void weightAdjoint(Tape& tape, const Recurrence& r, const Real* gateAdjoints, const Node& w,
                   const Real* hidden, const Real* initial, AdjointTarget target) {
  if (!target) return;
  const Index rows = r.blocks * r.units, later = (r.steps - 1) * r.batch;
  product(tape, Form::TransposeRight, {gateAdjoints, rows, r.batch}, {initial, r.units, r.batch},
          {target.data, w.rows, w.cols, w.rows, target.add});
  if (later == 0) return;
  product(tape, Form::TransposeRight, {gateAdjoints + rows * r.batch, rows, later}, {hidden, r.units, later},
          {target.data, w.rows, w.cols, w.rows, true});
}

void rnnBackward(Tape& tape, const Node& node) {
  const Recurrence& r = keptBy(node);
  const Node& w = tape.nodeAt(node.inputs[1]);
  const GateAdjoints gates(tape, node);
  const Weights weights(tape, w, true, r.steps);
  const Index size = r.stepSize();
  for (Index t = r.steps - 1; t >= 0; --t) {
    tape.throwIfStopped();
    Real* dh = node.adjoint + t * size;
    if (t + 1 < r.steps) {
      weights.product({gates.data + (t + 1) * size, r.units, r.batch}, {dh, r.units, r.batch, r.units, true});
    }
    kernels().tanhBackward(node.value + t * size, dh, gates.data + t * size, size, false);
  }
  if (const auto initial = tape.adjointOf(node.inputs[2])) {
    weights.product({gates.data, r.units, r.batch}, {initial.data, r.units, r.batch, r.units, initial.add});
  }
  weightAdjoint(tape, r, gates.data, w, node.value, tape.nodeAt(node.inputs[2]).value,
                tape.adjointOf(node.inputs[1]));
  gates.finish();
}

void lstmBackward(Tape& tape, const Node& node) {
  const Recurrence& r = keptBy(node);
  const Node& w = tape.nodeAt(node.inputs[1]);
  const Node& c0 = tape.nodeAt(node.inputs[3]);
  const Real* cellAdjoint = tape.nodeAt(node.index + 1).adjoint;
  const GateAdjoints gates(tape, node);
  const Weights weights(tape, w, true, r.steps);
  const Index size = r.stepSize();
  Real* dc = tape.arena().reals(static_cast<std::size_t>(size));
  std::fill_n(dc, size, Real{0});
  for (Index t = r.steps - 1; t >= 0; --t) {
    tape.throwIfStopped();
    Real* dh = node.adjoint + t * size;
    if (t + 1 < r.steps) {
      weights.product({gates.data + (t + 1) * 4 * size, 4 * r.units, r.batch},
                      {dh, r.units, r.batch, r.units, true});
    }
    kernels().lstmBackward({r.gates + t * 4 * size, t == 0 ? c0.value : r.cells + (t - 1) * size,
                            r.cells + t * size, dh, dc, cellAdjoint ? cellAdjoint + t * size : nullptr,
                            gates.data + t * 4 * size, r.units, r.batch});
  }
  if (const auto initial = tape.adjointOf(node.inputs[2])) {
    weights.product({gates.data, 4 * r.units, r.batch},
                    {initial.data, r.units, r.batch, r.units, initial.add});
  }
  if (const auto initial = tape.adjointOf(node.inputs[3])) {
    for (Index i = 0; i < size; ++i) initial.data[i] = dc[i] + (initial.add ? initial.data[i] : 0);
  }
  weightAdjoint(tape, r, gates.data, w, node.value, tape.nodeAt(node.inputs[2]).value,
                tape.adjointOf(node.inputs[1]));
  gates.finish();
}

/// The second result of an LSTM: what is asked of it goes back through the first.
void cellBackward(Tape& tape, const Node& node) { tape.addableAdjointOf(node.index - 1); }

void gruBackward(Tape& tape, const Node& node) {
  const Recurrence& r = keptBy(node);
  const Node& w = tape.nodeAt(node.inputs[1]);
  const Node& h0 = tape.nodeAt(node.inputs[3]);
  const GateAdjoints gates(tape, node);
  const Weights weights(tape, w, true, r.steps);
  const Index size = r.stepSize();
  // The same as gates, but for the candidate's block: of W_n h + b instead of x_n.
  Real* inner = tape.arena().reals(static_cast<std::size_t>(3 * size * r.steps));
  Real* carried = tape.arena().reals(static_cast<std::size_t>(size));  // dh z, to the step before
  for (Index t = r.steps - 1; t >= 0; --t) {
    tape.throwIfStopped();
    Real* dh = node.adjoint + t * size;
    if (t + 1 < r.steps) {
      for (Index i = 0; i < size; ++i) dh[i] += carried[i];
      weights.product({inner + (t + 1) * 3 * size, 3 * r.units, r.batch},
                      {dh, r.units, r.batch, r.units, true});
    }
    kernels().gruBackward({r.gates + t * 3 * size, r.cells + t * size,
                           t == 0 ? h0.value : node.value + (t - 1) * size, dh, carried,
                           gates.data + t * 3 * size, inner + t * 3 * size, r.units, r.batch});
  }
  if (const auto initial = tape.adjointOf(node.inputs[3])) {
    for (Index i = 0; i < size; ++i) initial.data[i] = carried[i] + (initial.add ? initial.data[i] : 0);
    weights.product({inner, 3 * r.units, r.batch}, {initial.data, r.units, r.batch, r.units, true});
  }
  if (const auto bias = tape.addableAdjointOf(node.inputs[2])) {
    Eigen::Map<Vector>(bias, r.units) +=
        ConstMatrixMap(inner, 3 * r.units, r.steps * r.batch).bottomRows(r.units).rowwise().sum();
  }
  weightAdjoint(tape, r, inner, w, node.value, h0.value, tape.adjointOf(node.inputs[1]));
  gates.finish();
}

}  // namespace

Var rnnLayer(Var x, Var w, Var h0) {
  Tape& tape = *x.tape;
  assert(w.rows() == h0.rows() && w.cols() == h0.rows());
  Node& node = tape.pushAt(nullptr, "rnn", x.rows(), x.cols(), {x, w, h0}, rnnBackward);
  const std::uint32_t index = node.index;
  Real* hidden = tape.consume(x);
  const Recurrence* r = keep(tape, x, h0, 1, hidden);
  tape.nodeAt(index).value = hidden;
  tape.nodeAt(index).payload = const_cast<Recurrence*>(r);
  const Weights weights(tape, tape.node(w), false, r->steps);
  const Index size = r->stepSize();
  for (Index t = 0; t < r->steps; ++t) {
    tape.throwIfStopped();
    const Real* before = t == 0 ? h0.value().data() : hidden + (t - 1) * size;
    weights.product({before, r->units, r->batch}, {hidden + t * size, r->units, r->batch, r->units, true});
    kernels().tanhForward(hidden + t * size, hidden + t * size, size);
  }
  return {&tape, index};
}

LstmResult lstmLayer(Var x, Var w, Var h0, Var c0) {
  Tape& tape = *x.tape;
  assert(w.rows() == 4 * h0.rows() && w.cols() == h0.rows() && c0.rows() == h0.rows() &&
         c0.cols() == h0.cols());
  Node& node = tape.push("lstm", h0.rows(), x.cols(), {x, w, h0, c0}, lstmBackward);
  const std::uint32_t index = node.index;
  Real* hidden = node.value;
  Recurrence* r = keep(tape, x, h0, 4, tape.consume(x));
  tape.nodeAt(index).payload = r;
  const Var result{&tape, index};
  const Node& cell = tape.push("cell", h0.rows(), x.cols(), {result}, cellBackward);
  r->cells = cell.value;
  const Var cells{&tape, cell.index};
  const Weights weights(tape, tape.node(w), false, r->steps);
  const Index size = r->stepSize();
  for (Index t = 0; t < r->steps; ++t) {
    tape.throwIfStopped();
    Real* gates = r->gates + t * 4 * size;
    weights.product({t == 0 ? h0.value().data() : hidden + (t - 1) * size, r->units, r->batch},
                    {gates, 4 * r->units, r->batch, 4 * r->units, true});
    kernels().lstmForward({gates, t == 0 ? c0.value().data() : r->cells + (t - 1) * size, r->cells + t * size,
                           hidden + t * size, r->units, r->batch});
  }
  return {result, cells};
}

Var gruLayer(Var x, Var w, Var b, Var h0) {
  Tape& tape = *x.tape;
  assert(w.rows() == 3 * h0.rows() && w.cols() == h0.rows() && b.rows() == h0.rows() && b.cols() == 1);
  Node& node = tape.push("gru", h0.rows(), x.cols(), {x, w, b, h0}, gruBackward);
  const std::uint32_t index = node.index;
  Real* hidden = node.value;
  Recurrence* r = keep(tape, x, h0, 3, tape.consume(x));
  tape.nodeAt(index).payload = r;
  const Index size = r->stepSize();
  r->cells = tape.arena().reals(static_cast<std::size_t>(size * r->steps));
  const Weights weights(tape, tape.node(w), false, r->steps);
  Real* inner = tape.scratch(static_cast<std::size_t>(3 * size), 1);
  for (Index t = 0; t < r->steps; ++t) {
    tape.throwIfStopped();
    const Real* before = t == 0 ? h0.value().data() : hidden + (t - 1) * size;
    weights.product({before, r->units, r->batch}, {inner, 3 * r->units, r->batch, 3 * r->units});
    kernels().gruForward({r->gates + t * 3 * size, inner, b.value().data(), before, r->cells + t * size,
                          hidden + t * size, r->units, r->batch});
  }
  return {&tape, index};
}

ConstMatrixMap gatesOf(Var layer) {
  const Recurrence& r = keptBy(layer.tape->node(layer));
  return {r.gates, r.blocks * r.units, r.batch * r.steps};
}

}  // namespace lexarium
