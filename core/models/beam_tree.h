// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/text/corpus.h"

namespace lexarium {

/// What a beam search went through: each node is a token said after those on the way to it.
struct BeamTree {
  struct Node {
    std::size_t parent = 0;  ///< an earlier node
    std::size_t step = 0;    ///< of its token, from 0
    TokenId token = 0;
    std::string label;      ///< for people
    float probability = 1;  ///< of the token, after those before it
    double score = 0;       ///< mean of ln p over all tokens up to here
    /// The step at which nothing that begins like this was followed any more: its own, if it never was; none:
    /// it is among what is said in the end.
    std::optional<std::size_t> prunedAt{};
    bool isForced = false;  ///< somebody has chosen it
    bool isEnd = false;     ///< it ends the sentence
    bool operator==(const Node&) const = default;
  };
  /// What is said in the end.
  struct Saying {
    std::size_t node = 0;  ///< its last token
    std::string text;
    double score = 0;
    bool operator==(const Saying&) const = default;
  };

  std::vector<Node> nodes;   ///< parents first; node 0 is the beginning, which has no token. Children of one
                             ///< node: the likeliest first
  std::vector<Saying> said;  ///< the best first
  bool operator==(const BeamTree&) const = default;

  /// The tokens on the way to a node, itself last: what to force, to go on from there.
  std::vector<TokenId> pathTo(std::size_t node) const;
};

}  // namespace lexarium
