// SPDX-License-Identifier: GPL-3.0-or-later
// Only for the code of a level (kernels.h).
#pragma once

#include "core/autodiff/kernels/vectors.h"

namespace lexarium {
namespace {

/// to (+)= value(i, n) for vectors at i with n numbers left.
template <class Value>
LEXARIUM_INLINE void fill(Real* to, Index size, bool add, Value value) {
  for (Index i = 0; i < size; i += kWidth) {
    const Index n = size - i;
    V result = value(i, n);
    if (add) result += load(to + i, n);
    store(to + i, result, n);
  }
}

void tanhForward(const Real* x, Real* y, Index size) {
  fill(y, size, false, [=](Index i, Index n) { return tanhOf(load(x + i, n)); });
}
void tanhBackward(const Real* y, const Real* dy, Real* dx, Index size, bool add) {
  fill(dx, size, add, [=](Index i, Index n) {
    const V t = load(y + i, n);
    return load(dy + i, n) * (1 - t * t);
  });
}

void logisticForward(const Real* x, Real* y, Index size) {
  fill(y, size, false, [=](Index i, Index n) { return logisticOf(load(x + i, n)); });
}
void logisticBackward(const Real* y, const Real* dy, Real* dx, Index size, bool add) {
  fill(dx, size, add, [=](Index i, Index n) {
    const V s = load(y + i, n);
    return load(dy + i, n) * s * (1 - s);
  });
}

void expForward(const Real* x, Real* y, Index size) {
  fill(y, size, false, [=](Index i, Index n) { return expOf(load(x + i, n)); });
}

// gelu(x) = x (1 + t) / 2 with t = tanh(sqrt(2 / pi) (x + 0.044715 x^3))
constexpr auto kGeluRoot = static_cast<Real>(0.7978845608028654);
constexpr auto kGeluCube = static_cast<Real>(0.044715);
constexpr auto kHalf = static_cast<Real>(0.5);

void geluForward(const Real* from, Real* tangent, Real* y, Index size) {
  fill(y, size, false, [=](Index i, Index n) {
    const V x = load(from + i, n);
    const V t = tanhOf(kGeluRoot * (x + kGeluCube * x * x * x));
    store(tangent + i, t, n);
    return kHalf * x * (1 + t);
  });
}
void geluBackward(const Real* from, const Real* tangent, const Real* dy, Real* dx, Index size, bool add) {
  fill(dx, size, add, [=](Index i, Index n) {
    const V x = load(from + i, n), t = load(tangent + i, n);
    const V inner = kGeluRoot * (1 + 3 * kGeluCube * x * x);
    return load(dy + i, n) * (kHalf * (1 + t) + kHalf * x * (1 - t * t) * inner);
  });
}

void siluForward(const Real* from, Real* gate, Real* y, Index size) {
  fill(y, size, false, [=](Index i, Index n) {
    const V x = load(from + i, n), g = logisticOf(x);
    store(gate + i, g, n);
    return x * g;
  });
}
void siluBackward(const Real* from, const Real* gate, const Real* dy, Real* dx, Index size, bool add) {
  fill(dx, size, add, [=](Index i, Index n) {
    const V x = load(from + i, n), g = load(gate + i, n);
    return load(dy + i, n) * g * (1 + x * (1 - g));
  });
}

void scaled(const Real* x, Real* y, Index size, Real factor, bool add) {
  fill(y, size, add, [=](Index i, Index n) { return factor * load(x + i, n); });
}

Real softmaxColumn(const Real* x, Real* y, Index size, Real scale, Real* total_) {
  constexpr auto kLowest = static_cast<Real>(-3e38);
  V most = all(kLowest);
  for (Index i = 0; i < size; i += kWidth) most = larger(most, scale * load(x + i, size - i, kLowest / 4));
  const Real top = largest(most);
  V sum{};
  for (Index i = 0; i < size; i += kWidth) {
    const Index n = size - i;
    V e = expOf(scale * load(x + i, n) - top);
    store(y + i, e, n);
    if (n < kWidth) e = load(y + i, n);
    sum += e;
  }
  *total_ = total(sum);
  const Real inverse = 1 / *total_;
  for (Index i = 0; i < size; i += kWidth) store(y + i, load(y + i, size - i) * inverse, size - i);
  return top;
}

void softmaxColumnBackward(const Real* p, const Real* dp, Real* dx, Index size, Real scale, bool add) {
  V sum{};
  for (Index i = 0; i < size; i += kWidth) sum += load(p + i, size - i) * load(dp + i, size - i);
  const Real inner = total(sum);
  fill(dx, size, add, [=](Index i, Index n) { return scale * load(p + i, n) * (load(dp + i, n) - inner); });
}

}  // namespace
}  // namespace lexarium
