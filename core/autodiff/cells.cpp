// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/cells.h"

#include <cmath>

namespace lexarium::cells {
namespace {

Real logistic(Real x) { return 1 / (1 + std::exp(-x)); }

}  // namespace

void rnnForward(Real* hidden, Index size) {
  for (Index i = 0; i < size; ++i) hidden[i] = std::tanh(hidden[i]);
}

void rnnBackward(const Real* hidden, const Real* dh, Real* gateAdjoints, Index size) {
  for (Index i = 0; i < size; ++i) gateAdjoints[i] = dh[i] * (1 - hidden[i] * hidden[i]);
}

void lstmForward(const LstmForward& s) {
  for (Index b = 0; b < s.batch; ++b) {
    Real* g = s.gates + b * 4 * s.units;
    for (Index i = 0; i < s.units; ++i) {
      const Index at = b * s.units + i;
      Real &in = g[i], &forget = g[i + s.units], &candidate = g[i + 2 * s.units], &out = g[i + 3 * s.units];
      in = logistic(in);
      forget = logistic(forget);
      candidate = std::tanh(candidate);
      out = logistic(out);
      s.cell[at] = forget * s.before[at] + in * candidate;
      s.hidden[at] = out * std::tanh(s.cell[at]);
    }
  }
}

void lstmBackward(const LstmBackward& s) {
  for (Index b = 0; b < s.batch; ++b) {
    const Real* g = s.gates + b * 4 * s.units;
    Real* d = s.gateAdjoints + b * 4 * s.units;
    for (Index i = 0; i < s.units; ++i) {
      const Index at = b * s.units + i;
      const Real in = g[i], forget = g[i + s.units], candidate = g[i + 2 * s.units], out = g[i + 3 * s.units];
      const Real t = std::tanh(s.cell[at]);
      const Real dc = s.dc[at] + s.dh[at] * out * (1 - t * t);
      d[i] = dc * candidate * in * (1 - in);
      d[i + s.units] = dc * s.before[at] * forget * (1 - forget);
      d[i + 2 * s.units] = dc * in * (1 - candidate * candidate);
      d[i + 3 * s.units] = s.dh[at] * t * out * (1 - out);
      s.dc[at] = dc * forget;
    }
  }
}

void gruForward(const GruForward& s) {
  for (Index b = 0; b < s.batch; ++b) {
    Real* g = s.gates + b * 3 * s.units;
    const Real* inner = s.inner + b * 3 * s.units;
    for (Index i = 0; i < s.units; ++i) {
      const Index at = b * s.units + i;
      const Real reset = logistic(g[i] + inner[i]);
      const Real update = logistic(g[i + s.units] + inner[i + s.units]);
      const Real q = inner[i + 2 * s.units] + s.bias[i];
      const Real candidate = std::tanh(g[i + 2 * s.units] + reset * q);
      g[i] = reset;
      g[i + s.units] = update;
      g[i + 2 * s.units] = candidate;
      s.candidate[at] = q;
      s.hidden[at] = candidate + update * (s.before[at] - candidate);
    }
  }
}

void gruBackward(const GruBackward& s) {
  for (Index b = 0; b < s.batch; ++b) {
    const Real* g = s.gates + b * 3 * s.units;
    Real* d = s.gateAdjoints + b * 3 * s.units;
    Real* inner = s.innerAdjoints + b * 3 * s.units;
    for (Index i = 0; i < s.units; ++i) {
      const Index at = b * s.units + i;
      const Real reset = g[i], update = g[i + s.units], candidate = g[i + 2 * s.units];
      const Real dh = s.dh[at];
      const Real dn = dh * (1 - update) * (1 - candidate * candidate);
      const Real dz = dh * (s.before[at] - candidate) * update * (1 - update);
      const Real dr = dn * s.candidate[at] * reset * (1 - reset);
      d[i] = inner[i] = dr;
      d[i + s.units] = inner[i + s.units] = dz;
      d[i + 2 * s.units] = dn;
      inner[i + 2 * s.units] = dn * reset;
      s.carried[at] = dh * update;
    }
  }
}

}  // namespace lexarium::cells
