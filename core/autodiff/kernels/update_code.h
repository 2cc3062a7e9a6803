// SPDX-License-Identifier: GPL-3.0-or-later
// Only for the code of a level (kernels.h).
#pragma once

#include "core/autodiff/kernels/vectors.h"

namespace lexarium {
namespace {

// y = gain n + offset with n = (x - mean) inverse; of the root mean square the mean is 0.

void normForward(const NormForward& s) {
  const auto rows = static_cast<Real>(s.rows);
  for (Index c = 0; c < s.cols; ++c) {
    const Real* x = s.x + c * s.rows;
    Real* y = s.y + c * s.rows;
    Real mean = 0;
    if (s.offset) {
      V sum{};
      for (Index i = 0; i < s.rows; i += kWidth) sum += load(x + i, s.rows - i);
      mean = total(sum) / rows;
    }
    V squares{};
    for (Index i = 0; i < s.rows; i += kWidth) {
      const V distance = load(x + i, s.rows - i, mean) - mean;
      squares += distance * distance;
    }
    const Real inverse = 1 / rootOf(total(squares) / rows + s.epsilon);
    s.moments[2 * c] = mean;
    s.moments[2 * c + 1] = inverse;
    for (Index i = 0; i < s.rows; i += kWidth) {
      const Index n = s.rows - i;
      V value = load(s.gain + i, n) * ((load(x + i, n) - mean) * inverse);
      if (s.offset) value += load(s.offset + i, n);
      store(y + i, value, n);
    }
  }
}

void normBackward(const NormBackward& s) {
  const auto rows = static_cast<Real>(s.rows);
  for (Index c = 0; c < s.cols; ++c) {
    const Real mean = s.moments[2 * c], inverse = s.moments[2 * c + 1];
    const Real* x = s.x + c * s.rows;
    const Real* dy = s.dy + c * s.rows;
    V sums{}, inners{};
    for (Index i = 0; i < s.rows; i += kWidth) {
      const Index count = s.rows - i;
      const V d = load(dy + i, count), n = (load(x + i, count) - mean) * inverse;
      const V dn = d * load(s.gain + i, count);
      sums += dn;
      inners += dn * n;
      if (s.gainAdjoint) store(s.gainAdjoint + i, load(s.gainAdjoint + i, count) + d * n, count);
      if (s.offsetAdjoint) store(s.offsetAdjoint + i, load(s.offsetAdjoint + i, count) + d, count);
    }
    if (!s.dx) continue;
    const Real sum = s.centred ? total(sums) / rows : 0, inner = total(inners) / rows;
    Real* dx = s.dx + c * s.rows;
    for (Index i = 0; i < s.rows; i += kWidth) {
      const Index count = s.rows - i;
      const V n = (load(x + i, count) - mean) * inverse;
      V value = inverse * (load(dy + i, count) * load(s.gain + i, count) - sum - n * inner);
      if (s.add) value += load(dx + i, count);
      store(dx + i, value, count);
    }
  }
}

void adam(const AdamTask& s) {
  const auto size = static_cast<Index>(s.count);
  for (Index i = 0; i < size; i += kWidth) {
    const Index n = size - i;
    const V w = load(s.w + i, n);
    const V g = s.scale * load(s.g + i, n) + s.decay * w;
    const V m = s.beta1 * load(s.m + i, n) + (1 - s.beta1) * g;
    const V v = s.beta2 * load(s.v + i, n) + (1 - s.beta2) * g * g;
    store(s.m + i, m, n);
    store(s.v + i, v, n);
    store(s.w + i, s.shrink * w - s.rate * m / (rootOf(v) * s.inverse + s.epsilon), n);
    store(s.g + i, V{}, n);
  }
}

/// Parts are summed in Real, and the parts in double.
double sumOfSquares(const Real* x, std::size_t size) {
  constexpr Index kPart = 4096;
  double sum = 0;
  for (Index first = 0; first < static_cast<Index>(size); first += kPart) {
    const Index left = static_cast<Index>(size) - first, count = left < kPart ? left : kPart;
    V even{}, odd{};
    Index i = 0;
    for (; i + 2 * kWidth <= count; i += 2 * kWidth) {
      const V a = load(x + first + i), b = load(x + first + i + kWidth);
      even += a * a;
      odd += b * b;
    }
    for (; i < count; i += kWidth) {
      const V a = load(x + first + i, count - i);
      even += a * a;
    }
    sum += static_cast<double>(total(even + odd));
  }
  return sum;
}

}  // namespace
}  // namespace lexarium
