// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/expansion.h"

namespace lexarium::expansion {
namespace {

/// Calls use(a, b) for all terms of an order between the two given, both included.
template <class Use>
constexpr void forEachTerm(int lowest, int highest, Use&& use) {
  for (int order = lowest; order <= highest; ++order) {
    for (int b = 0; b <= order; ++b) use(order - b, b);
  }
}

/// All derivatives of K at (x, y). With u = K and f_m the m-th derivative of 1 / (1 + s) by s = x^2 + y^2,
/// f_m = (-1)^m m! u^(m+1), the chain rule gives for instance K_xx = 2 f_1 + 4 x^2 f_2.
void kernelDerivatives(const Lanes& xs, const Lanes& ys, Lanes* k) {
  for (std::size_t i = 0; i < kLanes; ++i) {
    const float x = xs.v[i], y = ys.v[i], xx = x * x, yy = y * y, xy = x * y;
    const float u = 1 / (1 + xx + yy);
    // f_m times 2^m, since each derivative by s comes with a 2.
    const float f1 = -2 * u * u, f2 = -4 * u * f1, f3 = -6 * u * f2, f4 = -8 * u * f3;
    k[index(0, 0)].v[i] = u;
    k[index(1, 0)].v[i] = x * f1;
    k[index(0, 1)].v[i] = y * f1;
    k[index(2, 0)].v[i] = f1 + xx * f2;
    k[index(1, 1)].v[i] = xy * f2;
    k[index(0, 2)].v[i] = f1 + yy * f2;
    k[index(3, 0)].v[i] = x * (3 * f2 + xx * f3);
    k[index(2, 1)].v[i] = y * (f2 + xx * f3);
    k[index(1, 2)].v[i] = x * (f2 + yy * f3);
    k[index(0, 3)].v[i] = y * (3 * f2 + yy * f3);
    k[index(4, 0)].v[i] = 3 * f2 + xx * (6 * f3 + xx * f4);
    k[index(3, 1)].v[i] = xy * (3 * f3 + xx * f4);
    k[index(2, 2)].v[i] = f2 + (xx + yy) * f3 + xx * yy * f4;
    k[index(1, 3)].v[i] = xy * (3 * f3 + yy * f4);
    k[index(0, 4)].v[i] = 3 * f2 + yy * (6 * f3 + yy * f4);
  }
}

float total(const Lanes& lanes) {
  Lanes half = lanes;
  for (std::size_t width = kLanes / 2; width > 0; width /= 2) {
    for (std::size_t i = 0; i < width; ++i) half.v[i] += half.v[i + width];
  }
  return half.v[0];
}

/// x^a / a! y^b / b! for each lane.
void monomialLanes(const Lanes& x, const Lanes& y, Lanes* terms) {
  for (std::size_t i = 0; i < kLanes; ++i) terms[0].v[i] = 1;
  forEachTerm(1, kOrder, [&](int a, int b) {
    const Lanes& lower = terms[a > 0 ? index(a - 1, b) : index(a, b - 1)];
    const Lanes& factor = a > 0 ? x : y;
    const float inverse = 1 / static_cast<float>(a > 0 ? a : b);
    for (std::size_t i = 0; i < kLanes; ++i) terms[index(a, b)].v[i] = lower.v[i] * factor.v[i] * inverse;
  });
}

}  // namespace

Terms monomials(float x, float y) {
  float px[kOrder + 1] = {1}, py[kOrder + 1] = {1};
  for (int a = 1; a <= kOrder; ++a) {
    px[a] = px[a - 1] * x / static_cast<float>(a);
    py[a] = py[a - 1] * y / static_cast<float>(a);
  }
  Terms terms;
  forEachTerm(0, kOrder, [&](int a, int b) { terms(a, b) = px[a] * py[b]; });
  return terms;
}

void addMoved(const Terms& moments, float x, float y, Terms& sum) {
  const Terms step = monomials(x, y);
  forEachTerm(0, kOrder, [&](int a, int b) {
    for (int i = 0; i <= a; ++i) {
      for (int j = 0; j <= b; ++j) sum(a, b) += moments(i, j) * step(a - i, b - j);
    }
  });
}

Terms derivativesAt(const Terms& derivatives, float x, float y) {
  const Terms step = monomials(x, y);
  Terms moved;
  forEachTerm(0, kOrder, [&](int a, int b) {
    forEachTerm(0, kOrder - a - b,
                [&](int i, int j) { moved(a, b) += derivatives(a + i, b + j) * step(i, j); });
  });
  return moved;
}

void addPoints(const Lanes& x, const Lanes& y, std::size_t count, Terms& moments) {
  Lanes terms[kTerms];
  monomialLanes(x, y, terms);
  for (std::size_t t = 0; t < kTerms; ++t) {
    for (std::size_t i = count; i < kLanes; ++i) terms[t].v[i] = 0;
    moments.at[t] += total(terms[t]);
  }
}

Values valuesAt(const Terms& derivatives, const Lanes& x, const Lanes& y) {
  Lanes terms[kTerms];
  monomialLanes(x, y, terms);
  Values values{};
  forEachTerm(0, kOrder, [&](int a, int b) {
    const Lanes& term = terms[index(a, b)];
    const bool inner = a + b < kOrder;
    const float l = derivatives(a, b);
    const float lx = inner ? derivatives(a + 1, b) : 0, ly = inner ? derivatives(a, b + 1) : 0;
    for (std::size_t i = 0; i < kLanes; ++i) {
      values.potential.v[i] += l * term.v[i];
      values.dx.v[i] += lx * term.v[i];
      values.dy.v[i] += ly * term.v[i];
    }
  });
  return values;
}

void addPotential(float x, float y, const Source* sources, std::size_t count, Terms& derivatives) {
  Lanes dx{}, dy{};
  Lanes m[kTerms] = {}, k[kTerms], l[kTerms] = {};  // lanes without a source keep moments of 0
  for (std::size_t i = 0; i < count; ++i) {
    dx.v[i] = x - sources[i].x;
    dy.v[i] = y - sources[i].y;
    const auto& moments = sources[i].moments->at;
    for (std::size_t t = 0; t < kTerms; ++t) m[t].v[i] = moments[t];
  }
  kernelDerivatives(dx, dy, k);
  // d^b phi = sum_a (-1)^|a| M_a d^(a+b) K, for |a| + |b| up to the order; |a| = 1 is absent.
  forEachTerm(0, kOrder, [&](int a, int b) {
    Lanes& sum = l[index(a, b)];
    forEachTerm(0, kOrder - a - b, [&](int i, int j) {
      if (i + j == 1) return;
      const Lanes& moment = m[index(i, j)];
      const Lanes& derivative = k[index(a + i, b + j)];
      const float sign = (i + j) % 2 == 0 ? 1.0f : -1.0f;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        sum.v[lane] += sign * moment.v[lane] * derivative.v[lane];
      }
    });
  });
  for (std::size_t t = 0; t < kTerms; ++t) derivatives.at[t] += total(l[t]);
}

}  // namespace lexarium::expansion
