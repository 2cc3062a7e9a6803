// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/autodiff/parameters.h"

namespace lexarium::cells {

// One step of a recurrent cell for a batch: what is done number by number, the products done before. The
// formulae stand in recurrent.h; gates [blocks * units x batch], all others [units x batch].

void rnnForward(Real* hidden, Index size);
/// d pre-activation = dh (1 - h^2)
void rnnBackward(const Real* hidden, const Real* dh, Real* gateAdjoints, Index size);

struct LstmForward {
  Real* gates;  ///< pre-activations, become gates
  const Real* before;
  Real* cell;
  Real* hidden;
  Index units, batch;
};
void lstmForward(const LstmForward& step);

struct LstmBackward {
  const Real* gates;
  const Real* before;
  const Real* cell;
  const Real* dh;
  Real* dc;            ///< of this step from all that is later; becomes that of the step before
  Real* gateAdjoints;  ///< of the pre-activations
  Index units, batch;
};
void lstmBackward(const LstmBackward& step);

struct GruForward {
  Real* gates;        ///< the input side, becomes gates
  const Real* inner;  ///< W h_{t-1}
  const Real* bias;   ///< [units]
  const Real* before;
  Real* candidate;  ///< W_n h_{t-1} + b, kept for backward
  Real* hidden;
  Index units, batch;
};
void gruForward(const GruForward& step);

struct GruBackward {
  const Real* gates;
  const Real* candidate;
  const Real* before;
  const Real* dh;
  Real* carried;  ///< becomes dh z
  Real* gateAdjoints;
  Real* innerAdjoints;
  Index units, batch;
};
void gruBackward(const GruBackward& step);

}  // namespace lexarium::cells
