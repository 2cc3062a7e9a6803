// SPDX-License-Identifier: GPL-3.0-or-later
// A row of the result is the union of the arrows that leave a point and those that reach it: two lists that
// are sorted by the other point, merged.
#include "core/projection/sparse_graph.h"

namespace lexarium {
namespace {

using Eigen::Index;

struct Arrow {
  std::int32_t to;
  float weight;
};

/// The arrows of all points, reversed: those that reach a point lie together, in the order of where they
/// begin.
struct Reversed {
  std::vector<std::size_t> offsets;
  std::vector<Arrow> arrows;
};

Reversed reversed(const NeighbourTable& table, const Eigen::MatrixXf& weights) {
  const auto n = static_cast<std::size_t>(table.points());
  Reversed result;
  result.offsets.assign(n + 1, 0);
  for (Index e = 0; e < table.ids.size(); ++e)
    ++result.offsets[static_cast<std::size_t>(table.ids.data()[e]) + 1];
  for (std::size_t i = 0; i < n; ++i) result.offsets[i + 1] += result.offsets[i];
  auto next = result.offsets;
  result.arrows.resize(static_cast<std::size_t>(table.ids.size()));
  for (Index from = 0; from < table.points(); ++from) {
    for (Index s = 0; s < table.k(); ++s) {
      const auto to = static_cast<std::size_t>(table.ids(s, from));
      result.arrows[next[to]++] = {static_cast<std::int32_t>(from), weights(s, from)};
    }
  }
  return result;
}

}  // namespace

SparseGraph symmetricGraph(const NeighbourTable& table, const Eigen::MatrixXf& weights,
                           float (*combine)(float, float), std::size_t padding) {
  const Reversed in = reversed(table, weights);
  SparseGraph graph;
  graph.offsets.push_back(0);
  graph.columns.reserve(static_cast<std::size_t>(2 * table.ids.size()));
  graph.values.reserve(static_cast<std::size_t>(2 * table.ids.size()));
  std::vector<Arrow> out(static_cast<std::size_t>(table.k()));
  for (Index i = 0; i < table.points(); ++i) {
    for (Index s = 0; s < table.k(); ++s) out[static_cast<std::size_t>(s)] = {table.ids(s, i), weights(s, i)};
    std::sort(out.begin(), out.end(), [](const Arrow& a, const Arrow& b) { return a.to < b.to; });
    std::size_t a = 0, b = in.offsets[static_cast<std::size_t>(i)];
    const std::size_t bEnd = in.offsets[static_cast<std::size_t>(i) + 1];
    while (a < out.size() || b < bEnd) {
      const bool leaves = a < out.size() && (b == bEnd || out[a].to <= in.arrows[b].to);
      const bool reaches = b < bEnd && (a == out.size() || in.arrows[b].to <= out[a].to);
      graph.columns.push_back(leaves ? out[a].to : in.arrows[b].to);
      graph.values.push_back(combine(leaves ? out[a].weight : 0, reaches ? in.arrows[b].weight : 0));
      a += leaves ? 1 : 0;
      b += reaches ? 1 : 0;
    }
    while (graph.columns.size() % padding != 0) {
      graph.columns.push_back(static_cast<std::int32_t>(i));
      graph.values.push_back(0);
    }
    graph.offsets.push_back(graph.columns.size());
  }
  return graph;
}

}  // namespace lexarium
