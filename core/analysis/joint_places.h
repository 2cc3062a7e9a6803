// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/analysis/cooccurrence_matrix.h"

namespace lexarium {

/// Two words that stand together in the text, in reading order.
struct JointPlace {
  TokenIndex first = 0;
  TokenIndex second = 0;
  std::uint32_t distance = 0;  ///< in kept words: 1 means side by side; the place counts 1/distance
};

/// What one cell of the co-occurrence matrix consists of.
struct JointPlaces {
  std::uint64_t count = 0;         ///< all of them
  std::size_t documents = 0;       ///< that have one
  double weight = 0;               ///< sum of 1/distance; of a word with itself twice that: X_ij
  std::vector<JointPlace> places;  ///< the nearest first, then in reading order; at most `limit`
};

/// All places where `a` and `b` stand together by the rule. Errors: the rule leaves no words; cancelled.
Expected<JointPlaces> jointPlaces(const std::shared_ptr<const Corpus>& corpus, const CooccurrenceRule& rule,
                                  TokenId a, TokenId b, std::size_t limit, const TaskContext& context = {});

/// Such a place as a line to read: the text as written, cut into five.
struct JointLine {
  JointPlace place;
  std::size_t document = 0;
  std::string left, first, between, second, right;
};

/// `contextTokens` words to each side, within the document.
JointLine jointLine(const Corpus& corpus, const JointPlace& place, std::size_t contextTokens);

}  // namespace lexarium
