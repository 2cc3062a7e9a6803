// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/real.h"

// The inner loops of the tape, compiled once for each level of x86-64 and chosen when the program starts, so
// that a package for any machine is as fast as one that was built on it. Code of a level may include nothing
// that has inline functions with a name outside of it: the linker keeps one copy of each, and that might be
// one for a newer machine.

namespace lexarium {

using Index = std::ptrdiff_t;

/// The left side of a product: element (i, p) at data[i * row + p * col], one of the strides is 1.
struct LeftSide {
  const Real* data;
  Index row, col;
};
/// result [m x n] = left [m x k] * right [k x n]; element (p, j) of the right side at right[p * row + j *
/// col].
struct ProductTask {
  LeftSide left;       ///< unless it was packed before
  const Real* packed;  ///< what packLeft() wrote, or nullptr
  const Real* right;
  Index rightRow, rightCol;
  Real* result;
  Index resultStride;
  Index m, n, k;
  bool add;            ///< to what is there
  const Real* offset;  ///< [m] is added to each column, or nullptr
  Real* scratch;       ///< productScratch() numbers
};

struct LstmForward {
  Real* gates;         ///< [4 units x batch] pre-activations i, f, g, o; become gates
  const Real* before;  ///< c_{t-1} [units x batch], as all below
  Real* cell;
  Real* hidden;
  Index units, batch;
};
struct LstmBackward {
  const Real* gates;
  const Real* before;
  const Real* cell;
  const Real* dh;
  Real* dc;                 ///< of this step from all that is later; becomes that of the step before
  const Real* cellAdjoint;  ///< is added to dc first, or nullptr
  Real* gateAdjoints;       ///< of the pre-activations
  Index units, batch;
};
struct GruForward {
  Real* gates;        ///< [3 units x batch] the input side of r, z, n; becomes gates
  const Real* inner;  ///< W h_{t-1}
  const Real* bias;   ///< [units]
  const Real* before;
  Real* candidate;  ///< W_n h_{t-1} + b, kept for backward
  Real* hidden;
  Index units, batch;
};
struct GruBackward {
  const Real* gates;
  const Real* candidate;
  const Real* before;
  const Real* dh;
  Real* carried;        ///< becomes dh z
  Real* gateAdjoints;   ///< of the input side
  Real* innerAdjoints;  ///< of W h_{t-1}
  Index units, batch;
};
struct NormForward {
  const Real* x;  ///< [rows x cols]
  const Real* gain;
  const Real* offset;  ///< nullptr: root mean square, not centred
  Real* y;
  Real* moments;  ///< [2 x cols]: mean, 1 / deviation
  Index rows, cols;
  Real epsilon;
};
struct NormBackward {
  const Real* x;
  const Real* gain;
  const Real* moments;
  const Real* dy;
  Real* dx;             ///< or nullptr
  Real* gainAdjoint;    ///< is added to, or nullptr
  Real* offsetAdjoint;  ///< is added to, or nullptr
  Index rows, cols;
  bool centred, add;  ///< add: to dx
};
struct AdamTask {
  Real* w;
  Real* g;
  Real* m;
  Real* v;
  std::size_t count;
  Real rate;     ///< over 1 - beta1^t
  Real inverse;  ///< 1 / sqrt(1 - beta2^t)
  Real beta1, beta2, epsilon, scale;
  Real decay;   ///< is added to g, times w
  Real shrink;  ///< w is multiplied by it
};

/// Functions on flat arrays of `size` numbers work one by one; out may be in, `add` means: to what is in out.
struct Kernels {
  const char* level;

  Index (*packedSize)(Index m, Index k);
  Index (*productScratch)(Index m, Index n, Index k, bool rightIsTransposed);
  void (*packLeft)(const LeftSide& left, Index m, Index k, Real* packed);
  void (*product)(const ProductTask& task);
  /// out [rows] (+)= the sum of all columns
  void (*sumColumns)(const Real* x, Index rows, Index cols, Real* out, bool add);

  void (*tanhForward)(const Real* x, Real* y, Index size);
  void (*tanhBackward)(const Real* y, const Real* dy, Real* dx, Index size, bool add);
  void (*logisticForward)(const Real* x, Real* y, Index size);
  void (*logisticBackward)(const Real* y, const Real* dy, Real* dx, Index size, bool add);
  void (*expForward)(const Real* x, Real* y, Index size);
  void (*geluForward)(const Real* x, Real* tangent, Real* y, Index size);
  void (*geluBackward)(const Real* x, const Real* tangent, const Real* dy, Real* dx, Index size, bool add);
  void (*siluForward)(const Real* x, Real* gate, Real* y, Index size);
  void (*siluBackward)(const Real* x, const Real* gate, const Real* dy, Real* dx, Index size, bool add);

  void (*lstmForward)(const LstmForward& step);
  void (*lstmBackward)(const LstmBackward& step);
  void (*gruForward)(const GruForward& step);
  void (*gruBackward)(const GruBackward& step);

  /// y = softmax(scale x); returns max(scale x), and the sum of exp(scale x - max) in total. y may be x.
  Real (*softmaxColumn)(const Real* x, Real* y, Index size, Real scale, Real* total);
  /// dx (+)= scale p (dp - sum(p dp)); dx may be dp.
  void (*softmaxColumnBackward)(const Real* p, const Real* dp, Real* dx, Index size, Real scale, bool add);
  /// y (+)= factor x
  void (*scaled)(const Real* x, Real* y, Index size, Real factor, bool add);

  void (*normForward)(const NormForward& task);
  void (*normBackward)(const NormBackward& task);

  void (*adam)(const AdamTask& task);
  double (*sumOfSquares)(const Real* x, std::size_t size);
};

/// The fastest for this machine. The same table each time.
const Kernels& kernels();
/// All that this machine can run, the slowest first: for tests. nullptr ends the list.
const Kernels* const* allKernels();

}  // namespace lexarium
