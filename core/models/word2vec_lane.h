// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/formats/tensor.h"
#include "core/models/training_text.h"
#include "core/models/word2vec.h"

namespace lexarium {

/// One reader of one part of the text with everything it writes, but for the tables.
class Lane {
 public:
  /// How much is done at a time: until one of them is reached.
  struct Quota {
    std::uint64_t cost = 0;    ///< Word2VecTally::cost
    std::uint64_t tokens = 0;  ///< passed by in the text
  };
  /// What was done since the last call of takeReport().
  struct Report {
    double loss = 0;
    std::uint64_t examples = 0;
    std::uint64_t tokens = 0;
  };
  /// All that a lane knows between two steps.
  struct State {
    TokenRange part;
    Rng rng;
    PieceReader::Position reader;
    std::size_t centre = 0;      ///< next centre in the piece
    std::vector<TokenId> noise;  ///< Word2VecTally::noise
  };

  Lane(const TrainingText& text, std::span<const std::uint32_t> thresholds, TokenRange part,
       std::uint32_t epochs, Rng random, std::size_t stride)
      : rng_(random), reader_(text, thresholds, part, epochs), tally_(stride) {}

  void run(Word2VecTables& tables, WindowUpdate update, const Quota& quota, Real rate);
  Report takeReport();
  bool finished() const { return finished_; }

  TokenRange part() const { return reader_.part(); }
  State state() const { return {part(), rng_, reader_.position(), centre_, tally_.noise}; }
  /// Is the state one of this part of the text?
  bool accepts(const State& state) const;
  /// Goes on from there.
  void restore(const State& state);
  /// Goes on at about this share of its part, after so many whole rounds.
  void moveTo(std::uint64_t rounds, double share) { reader_.moveTo(rounds, share); }
  /// Kept tokens passed by, all rounds counted. Goes through the part.
  std::uint64_t tokensSoFar() const { return reader_.keptSoFar() - (reader_.passedInAll() - passed_); }

 private:
  Rng rng_;
  PieceReader reader_;
  Word2VecTally tally_;
  std::size_t centre_ = 0;    // next centre in reader_.words()
  std::uint32_t passed_ = 0;  // of the piece, already reported
  std::uint64_t tokens_ = 0;  // passed by in this step
  bool finished_ = false;
};

/// The lanes' states as tensors "lanes. ...".
void saveLanes(std::span<const Lane> lanes, TensorSet& state);
/// And back. Errors: something is missing, has the wrong size, or is none of this text.
Expected<std::vector<Lane::State>> lanesIn(const TensorSet& state, const TrainingText& text);
/// Whole and partial rounds through the text that the lanes have made together, on average.
double roundsOf(std::span<const Lane::State> lanes);

}  // namespace lexarium
