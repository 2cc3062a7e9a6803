// SPDX-License-Identifier: GPL-3.0-or-later
// What tests/golden/make_projection_golden.py wrote.
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/projection/neighbour_table.h"
#include "core/projection/projection.h"

namespace lexarium::testing {

inline nlohmann::json projectionGolden() {
  std::ifstream file(LEXARIUM_SOURCE_DIR "/tests/golden/projection_golden.json");
  return nlohmann::json::parse(file);
}

/// A list of points as a matrix with a column each.
template <class Result>
Result columnsOf(const nlohmann::json& rows) {
  Result result(rows.empty() ? 0 : static_cast<Eigen::Index>(rows[0].size()),
                static_cast<Eigen::Index>(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t d = 0; d < rows[i].size(); ++d) {
      result(static_cast<Eigen::Index>(d), static_cast<Eigen::Index>(i)) =
          rows[i][d].get<typename Result::Scalar>();
    }
  }
  return result;
}

/// Neighbours by sorting all distances in double.
inline NeighbourTable bruteForceNeighbours(const Matrix& points, Eigen::Index k) {
  NeighbourTable table;
  table.ids.resize(k, points.cols());
  table.squaredDistances.resize(k, points.cols());
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    std::vector<std::pair<double, Eigen::Index>> all;
    for (Eigen::Index j = 0; j < points.cols(); ++j) {
      if (j != i) all.emplace_back((points.col(i) - points.col(j)).template cast<double>().squaredNorm(), j);
    }
    std::sort(all.begin(), all.end());
    for (Eigen::Index s = 0; s < k; ++s) {
      table.ids(s, i) = static_cast<std::int32_t>(all[static_cast<std::size_t>(s)].second);
      table.squaredDistances(s, i) = static_cast<float>(all[static_cast<std::size_t>(s)].first);
    }
  }
  return table;
}

}  // namespace lexarium::testing
