// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>

// Taylor expansions of the potential of many points in the plane, phi(y) = sum_j K(y - y_j) with
// K(r) = 1 / (1 + |r|^2), up to a fixed order: Greengard & Rokhlin's fast multipole method (1987) in
// Cartesian form. A term x^a y^b stands at index(a, b).
namespace lexarium::expansion {

inline constexpr int kOrder = 4;
inline constexpr int kTerms = (kOrder + 1) * (kOrder + 2) / 2;
inline constexpr std::size_t kLanes = 16;

/// Sixteen numbers that are worked on together.
struct alignas(64) Lanes {
  float v[kLanes];
};

constexpr int index(int a, int b) { return (a + b) * (a + b + 1) / 2 + b; }

/// Moments of a group of points about its centre: sum_j dx^a dy^b / (a! b!); or the derivatives
/// d^(a+b) phi / dx^a dy^b at a point. Padded to sixteen numbers, a cache line.
struct alignas(64) Terms {
  std::array<float, 16> at{};
  float& operator()(int a, int b) { return at[static_cast<std::size_t>(index(a, b))]; }
  float operator()(int a, int b) const { return at[static_cast<std::size_t>(index(a, b))]; }
};

/// x^a / a! y^b / b! of one offset.
Terms monomials(float x, float y);

/// Adds the moments of a group to those of a group whose centre lies at -(x, y) seen from the first one's.
void addMoved(const Terms& moments, float x, float y, Terms& sum);

/// The derivatives at a point (x, y) further on.
Terms derivativesAt(const Terms& derivatives, float x, float y);

/// Adds the moments of up to kLanes points with offsets (x, y) from their centre.
void addPoints(const Lanes& x, const Lanes& y, std::size_t count, Terms& moments);

/// The potential and its gradient at kLanes points with offsets (x, y) from where the derivatives were taken.
struct Values {
  Lanes potential, dx, dy;
};
Values valuesAt(const Terms& derivatives, const Lanes& x, const Lanes& y);

/// One group as the source of a potential.
struct Source {
  float x, y;  // centre, which must be the mean: the moments of order 1 are taken for 0
  const Terms* moments;
};

/// Adds to `derivatives`, taken at (x, y), the potential of up to kLanes sources.
void addPotential(float x, float y, const Source* sources, std::size_t count, Terms& derivatives);

}  // namespace lexarium::expansion
