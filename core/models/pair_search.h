// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/models/pair_net.h"

namespace lexarium {

/// A beginning of what is said, or all of it.
struct Hypothesis {
  std::vector<TokenId> tokens;             ///< the last is the end, if it came
  std::vector<float> probabilities;        ///< of each, after those before it
  std::vector<Eigen::VectorXf> attention;  ///< of each: what was looked at; none without attention
  double logProbability = 0;

  /// Mean of ln p per token, so that short ones have no advantage.
  double score() const { return tokens.empty() ? 0 : logProbability / static_cast<double>(tokens.size()); }
};

/// ln p, of none that is impossible for a float.
double lnOf(float probability);

/// Beam search: keeps the `beams` likeliest beginnings at each step. begin: the token that begins a sentence;
/// the one after it ends one. The best first, as many as there are beams; the empty sentence is never
/// nothing: it holds the end.
std::vector<Hypothesis> searchBeams(const PairNet& net, const Parameters& parameters,
                                    std::span<const TokenId> source, TokenId begin, std::size_t beams,
                                    std::size_t longest);

}  // namespace lexarium
