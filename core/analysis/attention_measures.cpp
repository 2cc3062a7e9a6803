// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/attention_measures.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lexarium {
namespace {

using Index = Eigen::Index;

/// The weight within `reach` of the line key = from + slope * query, a column at a time.
double weightNear(const Eigen::MatrixXf& weights, double from, double slope, double reach) {
  double sum = 0;
  for (Index q = 0; q < weights.cols(); ++q) {
    const double middle = from + slope * static_cast<double>(q);
    const auto first = std::max<Index>(0, static_cast<Index>(std::ceil(middle - reach)));
    const auto last = std::min<Index>(weights.rows() - 1, static_cast<Index>(std::floor(middle + reach)));
    for (Index k = first; k <= last; ++k) sum += static_cast<double>(weights(k, q));
  }
  return sum;
}

}  // namespace

Eigen::MatrixXf headsTogether(std::span<const Eigen::MatrixXf* const> heads, HeadsTogether how) {
  if (heads.empty()) return {};
  Eigen::MatrixXf together = *heads.front();
  Index count = 1;
  for (const Eigen::MatrixXf* head : heads.subspan(1)) {
    if (head->rows() != together.rows() || head->cols() != together.cols()) continue;
    if (how == HeadsTogether::Mean) {
      together += *head;
    } else {
      together = together.cwiseMax(*head);
    }
    ++count;
  }
  if (how == HeadsTogether::Mean) together /= static_cast<float>(count);
  return together;
}

double attentionSpread(const Eigen::MatrixXf& weights) {
  double sum = 0;
  Index columns = 0;
  for (Index q = 0; q < weights.cols(); ++q) {
    double entropy = 0;
    Index seen = 0;
    for (Index k = 0; k < weights.rows(); ++k) {
      const auto a = static_cast<double>(weights(k, q));
      if (!(a > 0)) continue;
      entropy -= a * std::log(a);
      ++seen;
    }
    if (seen < 2) continue;
    sum += entropy / std::log(static_cast<double>(seen));
    ++columns;
  }
  return columns == 0 ? 0 : sum / static_cast<double>(columns);
}

double diagonalShare(const Eigen::MatrixXf& weights, double reach) {
  const double total = static_cast<double>(weights.sum());
  if (weights.size() == 0 || !(total > 0)) return 0;
  const auto rows = static_cast<double>(weights.rows());
  const double across = weights.cols() > 1 ? (rows - 1) / static_cast<double>(weights.cols() - 1) : 0;
  // Side by side from the first token (slope 1), or stretched over the whole of both; and the other way
  // round.
  double most = 0;
  for (const double slope : {1.0, across, -1.0, -across}) {
    const double fall = slope < 0 ? -slope * static_cast<double>(weights.cols() - 1) : 0;
    for (double from = -rows; from < rows + fall; from += 1)
      most = std::max(most, weightNear(weights, from, slope, reach));
  }
  return std::min(1.0, most / total);
}

std::optional<double> attentionChange(const Eigen::MatrixXf& a, const Eigen::MatrixXf& b) {
  if (a.rows() != b.rows() || a.cols() != b.cols() || a.size() == 0) return std::nullopt;
  return static_cast<double>((a - b).cwiseAbs().sum()) / 2 / static_cast<double>(a.cols());
}

std::vector<std::optional<std::size_t>> sameTokens(std::span<const std::string> a,
                                                   std::span<const std::string> b) {
  // longest[i][j]: of a from i on and b from j on.
  const std::size_t columns = b.size() + 1;
  std::vector<std::uint32_t> longest((a.size() + 1) * columns, 0);
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      longest[i * columns + j] = a[i] == b[j]
                                     ? longest[(i + 1) * columns + j + 1] + 1
                                     : std::max(longest[(i + 1) * columns + j], longest[i * columns + j + 1]);
    }
  }
  std::vector<std::optional<std::size_t>> places(a.size());
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      places[i++] = j++;
    } else if (longest[(i + 1) * columns + j] >= longest[i * columns + j + 1]) {
      ++i;
    } else {
      ++j;
    }
  }
  return places;
}

Eigen::MatrixXf attentionDifference(const Eigen::MatrixXf& before, const Eigen::MatrixXf& after,
                                    std::span<const std::optional<std::size_t>> keys,
                                    std::span<const std::optional<std::size_t>> queries) {
  Eigen::MatrixXf difference =
      Eigen::MatrixXf::Constant(after.rows(), after.cols(), std::numeric_limits<float>::quiet_NaN());
  const auto placeIn = [](std::span<const std::optional<std::size_t>> places, Index i, Index size) {
    const auto at = static_cast<std::size_t>(i);
    const bool known = at < places.size() && places[at] && static_cast<Index>(*places[at]) < size;
    return known ? static_cast<Index>(*places[at]) : Index{-1};
  };
  for (Index q = 0; q < after.cols(); ++q) {
    const Index query = placeIn(queries, q, before.cols());
    for (Index k = 0; query >= 0 && k < after.rows(); ++k) {
      const Index key = placeIn(keys, k, before.rows());
      if (key >= 0) difference(k, q) = after(k, q) - before(key, query);
    }
  }
  return difference;
}

}  // namespace lexarium
