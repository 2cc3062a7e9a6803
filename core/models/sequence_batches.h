// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/matrix.h"
#include "core/nn/shards.h"

namespace lexarium {

/// Which tokens a step learns from: row b and step t of the batch predict token target[t, b] from token
/// input[t, b]. A network that carries its state reads `rows` parts of the text side by side, from their
/// beginning to their end; another one reads pieces from anywhere.
class SequenceBatches {
 public:
  struct Plan {
    std::size_t rows = 1;    ///< of a batch
    std::size_t length = 1;  ///< tokens of a row
    bool inOrder = true;     ///< rows go on where they were
  };
  SequenceBatches() = default;
  /// `ids` (at least two) outlive it. Of a short text there are fewer and shorter rows.
  SequenceBatches(std::span<const TokenId> ids, Plan plan, std::uint64_t seed);

  const Plan& plan() const { return plan_; }
  /// Tokens of a row until the text has been read once.
  std::size_t rowTokens() const { return rowTokens_; }
  std::uint64_t stepsPerRound() const { return (rowTokens_ + plan_.length - 1) / plan_.length; }

  /// Where it stands.
  std::uint64_t rounds() const { return rounds_; }
  std::size_t place() const { return place_; }  ///< in a row, tokens
  double roundsDone() const {
    return static_cast<double>(rounds_) + static_cast<double>(place_) / static_cast<double>(rowTokens_);
  }
  void moveTo(std::uint64_t rounds, std::size_t place);

  /// Steps of the batch that is next: plan().length, or what is left of the rows.
  std::size_t steps() const { return std::min(plan_.length, rowTokens_ - place_); }
  /// Tokens and targets of some of the rows, time-major. `number` of the step tells pieces from anywhere
  /// apart.
  void fill(ShardRange rows, std::uint64_t number, std::vector<TokenId>& inputs,
            std::vector<TokenId>& targets) const;
  /// The next batch is wanted; true: a new round has begun, so that carried states begin anew.
  bool advance();

 private:
  std::size_t startOf(std::size_t row, std::uint64_t number) const;

  std::span<const TokenId> ids_;
  Plan plan_;
  std::uint64_t seed_ = 0;
  std::size_t rowTokens_ = 1;
  std::size_t place_ = 0;
  std::uint64_t rounds_ = 0;
};

}  // namespace lexarium
