// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/analysis/neighbours.h"
#include "core/train/history.h"

namespace lexarium {

/// Counts in how many tables each of a word's neighbours has been among its nearest. A table may hold only
/// the first words of the vocabulary: of k neighbours it then has some, say j, and these must be among the j
/// nearest of its own words, so that the table from which the neighbours come agrees with itself.
class StabilityCounter {
 public:
  StabilityCounter(TokenId word, std::span<const TokenId> neighbours,
                   Similarity similarity = Similarity::Cosine);

  /// Tables that do not have the word count for nothing.
  void add(const EmbeddingTable& table);
  /// For each neighbour the share of the tables that have it, 0 to 1; none if there was no such table.
  std::vector<std::optional<double>> shares() const;

 private:
  TokenId word_;
  std::vector<TokenId> neighbours_;
  Similarity similarity_;
  std::vector<std::uint32_t> present_;  // of each neighbour: tables that have it
  std::vector<std::uint32_t> near_;     // and those in which it was near
};

/// The same for moments of a run.
std::vector<std::optional<double>> neighbourStability(
    TokenId word, std::span<const TokenId> neighbours,
    std::span<const std::shared_ptr<const HistoryFrame>> moments, Similarity similarity = Similarity::Cosine);

/// Moments by which to judge: up to `count` of them, lying evenly over the second half of the run up to
/// `step`, that one included.
std::vector<std::shared_ptr<const HistoryFrame>> momentsToJudge(const History& history, std::uint64_t step,
                                                                std::size_t count);

}  // namespace lexarium
