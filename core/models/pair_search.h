// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/models/beam_tree.h"
#include "core/models/pair_net.h"

namespace lexarium {

/// A beginning of what is said, or all of it.
struct Hypothesis {
  std::vector<TokenId> tokens;             ///< the last is the end, if it came
  std::vector<float> probabilities;        ///< of each, after those before it
  std::vector<Eigen::VectorXf> attention;  ///< of each: what was looked at; none without attention
  double logProbability = 0;
  std::size_t node = 0;  ///< in a tree, if there is one

  /// Mean of ln p per token, so that short ones have no advantage.
  double score() const { return tokens.empty() ? 0 : logProbability / static_cast<double>(tokens.size()); }
};

/// ln p; of what is impossible for a float, too.
double lnOf(float probability);

struct SearchOptions {
  TokenId begin = 0;                  ///< begins a sentence; the token after it ends one
  std::size_t beams = 1;              ///< 1: always the likeliest token
  std::size_t longest = 200;          ///< tokens
  std::span<const TokenId> forced{};  ///< what is said first, whatever it is worth
  BeamTree* tree = nullptr;           ///< receives all that was weighed, without labels and texts
};

/// Beam search: the `beams` likeliest beginnings go on at each step, until as many have ended. The best
/// first, at most as many as there are beams.
std::vector<Hypothesis> searchBeams(const PairNet& net, const Parameters& parameters,
                                    std::span<const TokenId> source, const SearchOptions& options);

}  // namespace lexarium
