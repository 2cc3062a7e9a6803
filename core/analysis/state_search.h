// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/models/sequence_model.h"
#include "core/text/corpus.h"

// Where in a text the units of a sequence model are on. After LSTMVis (Strobelt, Gehrmann, Pfister & Rush
// 2018, IEEE TVCG 24(1), arXiv:1606.07461), but for a model that may still be learning.

namespace lexarium {

/// Which matrix of a trace is looked at.
struct StateSource {
  std::string name = "h";  ///< TraceMatrix::name
  std::size_t layer = 0;
  bool operator==(const StateSource&) const = default;
};

/// Tokens of the text at which something was found.
struct StatePlace {
  std::size_t document = 0;
  ByteRange range;   ///< in the document's text
  double value = 0;  ///< of the unit there; for phrases how well it fits, 0 to 1
};

struct StateSearch {
  StateSource source;
  std::size_t places = 30;           ///< as many are wanted
  std::size_t mostTokens = 200'000;  ///< of the text, in pieces spread evenly over it
};

/// Where one unit is strongest (`positive`) or most negative, strongest first; places less than ten tokens
/// apart count once, as the strongest of them. Errors: the model has no such unit; cancelled.
Expected<std::vector<StatePlace>> strongestPlaces(const SequenceModel& model, const Corpus& corpus,
                                                  const StateSearch& search, std::size_t unit, bool positive,
                                                  const TaskContext& context = {});

/// Units that are on (|value| >= threshold) at all tokens [first, last] of the matrix [units x tokens], and
/// not at the tokens just before and after: what is special to the phrase.
std::vector<std::size_t> unitsOnIn(const Eigen::MatrixXf& values, std::size_t first, std::size_t last,
                                   double threshold);

/// Stretches of the text of at least `length` tokens over which these units are on together, those where
/// most of them are on first; a stretch counts from half of the units on. Errors: no such unit; cancelled.
Expected<std::vector<StatePlace>> similarPlaces(const SequenceModel& model, const Corpus& corpus,
                                                const StateSearch& search,
                                                const std::vector<std::size_t>& units, double threshold,
                                                std::size_t length, const TaskContext& context = {});

}  // namespace lexarium
