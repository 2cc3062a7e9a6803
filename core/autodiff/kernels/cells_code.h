// SPDX-License-Identifier: GPL-3.0-or-later
// Only for the code of a level (kernels.h). The formulae stand in core/autodiff/recurrent.h.
#pragma once

#include "core/autodiff/kernels/vectors.h"

namespace lexarium {
namespace {

void lstmForward(const LstmForward& s) {
  for (Index b = 0; b < s.batch; ++b) {
    Real* in = s.gates + b * 4 * s.units;
    Real* forget = in + s.units;
    Real* candidate = forget + s.units;
    Real* out = candidate + s.units;
    for (Index i = 0; i < s.units; i += kWidth) {
      const Index n = s.units - i, at = b * s.units + i;
      const V iGate = logisticOf(load(in + i, n));
      const V fGate = logisticOf(load(forget + i, n));
      const V g = tanhOf(load(candidate + i, n));
      const V oGate = logisticOf(load(out + i, n));
      const V cell = fGate * load(s.before + at, n) + iGate * g;
      store(in + i, iGate, n);
      store(forget + i, fGate, n);
      store(candidate + i, g, n);
      store(out + i, oGate, n);
      store(s.cell + at, cell, n);
      store(s.hidden + at, oGate * tanhOf(cell), n);
    }
  }
}

void lstmBackward(const LstmBackward& s) {
  for (Index b = 0; b < s.batch; ++b) {
    const Real* gates = s.gates + b * 4 * s.units;
    Real* adjoints = s.gateAdjoints + b * 4 * s.units;
    for (Index i = 0; i < s.units; i += kWidth) {
      const Index n = s.units - i, at = b * s.units + i;
      const V in = load(gates + i, n), forget = load(gates + s.units + i, n);
      const V candidate = load(gates + 2 * s.units + i, n), out = load(gates + 3 * s.units + i, n);
      const V dh = load(s.dh + at, n), t = tanhOf(load(s.cell + at, n));
      V dc = load(s.dc + at, n);
      if (s.cellAdjoint) dc += load(s.cellAdjoint + at, n);
      dc += dh * out * (1 - t * t);
      store(adjoints + i, dc * candidate * in * (1 - in), n);
      store(adjoints + s.units + i, dc * load(s.before + at, n) * forget * (1 - forget), n);
      store(adjoints + 2 * s.units + i, dc * in * (1 - candidate * candidate), n);
      store(adjoints + 3 * s.units + i, dh * t * out * (1 - out), n);
      store(s.dc + at, dc * forget, n);
    }
  }
}

void gruForward(const GruForward& s) {
  for (Index b = 0; b < s.batch; ++b) {
    Real* gates = s.gates + b * 3 * s.units;
    const Real* inner = s.inner + b * 3 * s.units;
    for (Index i = 0; i < s.units; i += kWidth) {
      const Index n = s.units - i, at = b * s.units + i;
      const Index update = s.units + i, candidate = 2 * s.units + i;
      const V r = logisticOf(load(gates + i, n) + load(inner + i, n));
      const V z = logisticOf(load(gates + update, n) + load(inner + update, n));
      const V q = load(inner + candidate, n) + load(s.bias + i, n);
      const V c = tanhOf(load(gates + candidate, n) + r * q);
      store(gates + i, r, n);
      store(gates + update, z, n);
      store(gates + candidate, c, n);
      store(s.candidate + at, q, n);
      store(s.hidden + at, c + z * (load(s.before + at, n) - c), n);
    }
  }
}

void gruBackward(const GruBackward& s) {
  for (Index b = 0; b < s.batch; ++b) {
    const Real* gates = s.gates + b * 3 * s.units;
    Real* adjoints = s.gateAdjoints + b * 3 * s.units;
    Real* inner = s.innerAdjoints + b * 3 * s.units;
    for (Index i = 0; i < s.units; i += kWidth) {
      const Index n = s.units - i, at = b * s.units + i;
      const V r = load(gates + i, n), z = load(gates + s.units + i, n), c = load(gates + 2 * s.units + i, n);
      const V dh = load(s.dh + at, n);
      const V dn = dh * (1 - z) * (1 - c * c);
      const V dz = dh * (load(s.before + at, n) - c) * z * (1 - z);
      const V dr = dn * load(s.candidate + at, n) * r * (1 - r);
      store(adjoints + i, dr, n);
      store(inner + i, dr, n);
      store(adjoints + s.units + i, dz, n);
      store(inner + s.units + i, dz, n);
      store(adjoints + 2 * s.units + i, dn, n);
      store(inner + 2 * s.units + i, dn * r, n);
      store(s.carried + at, dh * z, n);
    }
  }
}

}  // namespace
}  // namespace lexarium
