// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/huffman.h"

#include <algorithm>
#include <cassert>
#include <functional>

namespace lexarium {
namespace {

struct Parents {
  std::vector<std::uint32_t> parent;  // of leaves [0, n) and inner nodes [n, 2n - 1)
  std::vector<std::uint8_t> turn;     // 1 for the first of two children
};

// The classic linear-time merge with two queues (van Leeuwen 1976): leaves from the rarest on, and inner
// nodes in the order of their making, which is rising too.
Parents mergeAll(std::span<const std::uint64_t> counts) {
  const std::size_t n = counts.size();
  std::vector<std::uint64_t> weight(counts.begin(), counts.end());
  weight.reserve(2 * n);
  Parents tree{std::vector<std::uint32_t>(2 * n - 1), std::vector<std::uint8_t>(2 * n - 1)};
  std::size_t leavesLeft = n;
  std::size_t nextInner = n;
  const auto takeLightest = [&]() -> std::size_t {
    if (leavesLeft > 0 && (nextInner == weight.size() || weight[leavesLeft - 1] <= weight[nextInner])) {
      return --leavesLeft;
    }
    return nextInner++;
  };
  while (weight.size() < 2 * n - 1) {
    const std::size_t first = takeLightest();
    const std::size_t second = takeLightest();
    const auto inner = static_cast<std::uint32_t>(weight.size());
    weight.push_back(weight[first] + weight[second]);
    tree.parent[first] = tree.parent[second] = inner;
    tree.turn[first] = 1;
  }
  return tree;
}

}  // namespace

HuffmanTree::HuffmanTree(std::span<const std::uint64_t> sortedCounts) {
  const std::size_t n = sortedCounts.size();
  assert(std::is_sorted(sortedCounts.begin(), sortedCounts.end(), std::greater<>()));
  if (n == 0) return;
  const Parents tree = mergeAll(sortedCounts);
  const std::size_t root = 2 * n - 2;
  offsets_.assign(1, 0);
  offsets_.reserve(n + 1);
  std::vector<TreeStep> upward;
  for (std::size_t word = 0; word < n; ++word) {
    upward.clear();
    for (std::size_t node = word; node != root; node = tree.parent[node]) {
      upward.push_back({static_cast<std::uint32_t>(tree.parent[node] - n), tree.turn[node]});
    }
    steps_.insert(steps_.end(), upward.rbegin(), upward.rend());
    offsets_.push_back(steps_.size());
    longestPath_ = std::max(longestPath_, upward.size());
  }
}

}  // namespace lexarium
