// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/progress.h"
#include "core/models/training_text.h"

namespace lexarium {

/// The kept words of a piece of the text that no context window crosses, with their places.
struct Piece {
  std::vector<TokenId> words;
  std::vector<TokenIndex> places;  ///< of the words in the corpus
};

/// The kept words of tokens [begin, end).
inline void readPiece(const TrainingText& text, TokenRange range, Piece& piece) {
  piece.words.clear();
  piece.places.clear();
  for (TokenIndex token = range.begin; token < range.end; ++token) {
    const TokenId id = text.tokens()[token];
    if (!text.keeps(id)) continue;
    piece.words.push_back(id);
    piece.places.push_back(token);
  }
}

/// Calls visit(piece) for all pieces in reading order; false if it was asked to stop.
template <class Visit>
bool forEachPiece(const TrainingText& text, const TaskContext& context, Visit visit) {
  constexpr std::size_t kReportEvery = 1024;
  const auto bounds = text.bounds();
  Piece piece;
  for (std::size_t b = 0; b + 1 < bounds.size(); ++b) {
    if (b % kReportEvery == 0) {
      if (context.stopRequested()) return false;
      context.report(static_cast<double>(b) / static_cast<double>(bounds.size()), "Counting co-occurrences");
    }
    readPiece(text, {bounds[b], bounds[b + 1]}, piece);
    visit(piece);
  }
  return !context.stopRequested();
}

}  // namespace lexarium
