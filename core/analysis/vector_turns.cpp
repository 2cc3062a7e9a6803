// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/vector_turns.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lexarium {
namespace {

constexpr std::size_t kStopEvery = 1024;  // columns

/// By the chord between the two unit vectors: the cosine of a small angle is 1 in float.
template <class Column>
float degreesBetween(const Column& a, const Column& b) {
  const Real lengthA = a.norm(), lengthB = b.norm();
  if (!(lengthA > 0 && lengthB > 0 && std::isfinite(lengthA) && std::isfinite(lengthB))) return 0;
  const auto chord = static_cast<double>((a / lengthA - b / lengthB).norm());
  return static_cast<float>(2 * std::asin(std::min(1.0, chord / 2)) * 180 / std::numbers::pi);
}

}  // namespace

std::vector<float> turnsBetween(const Matrix& now, const Matrix& before, std::size_t words,
                                const StopToken& stop) {
  const auto common = static_cast<std::size_t>(std::min(now.cols(), before.cols()));
  std::vector<float> degrees(std::min(words, common), 0.f);
  if (now.rows() != before.rows()) return degrees;
  for (std::size_t i = 0; i < degrees.size(); ++i) {
    if (i % kStopEvery == 0 && stop.stop_requested()) break;
    const auto column = static_cast<Eigen::Index>(i);
    degrees[i] = degreesBetween(now.col(column), before.col(column));
  }
  return degrees;
}

}  // namespace lexarium
