// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lexarium {

/// A step on the way from the root to a word: which inner node, and whether the way goes on to its left (1)
/// or right (0) child. In hierarchical softmax the node's classifier is to answer `turn`.
struct TreeStep {
  std::uint32_t node;
  std::uint32_t turn;
};

/// The Huffman tree over the words' counts (Huffman 1952), as paths: frequent words have short ones, so that
/// the sum of count * length is the least possible.
class HuffmanTree {
 public:
  HuffmanTree() = default;
  /// Counts sorted by falling count; any number of words. One word alone has an empty path.
  explicit HuffmanTree(std::span<const std::uint64_t> sortedCounts);

  std::size_t words() const { return offsets_.empty() ? 0 : offsets_.size() - 1; }
  /// Inner nodes are numbered from 0; there is one less than words.
  std::size_t innerNodes() const { return words() > 0 ? words() - 1 : 0; }
  /// From the root down.
  std::span<const TreeStep> path(std::size_t word) const {
    return std::span<const TreeStep>(steps_).subspan(offsets_[word], offsets_[word + 1] - offsets_[word]);
  }
  std::size_t longestPath() const { return longestPath_; }

 private:
  std::vector<std::uint64_t> offsets_;
  std::vector<TreeStep> steps_;
  std::size_t longestPath_ = 0;
};

}  // namespace lexarium
