// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/analysis/neighbours.h"
#include "core/base/expected.h"

namespace lexarium {

/// Two words and how alike people find them (WordSim-353, SimLex-999, MEN ...).
struct SimilarityPair {
  std::string first, second;
  double rating = 0;
};

struct SimilarityScore {
  std::size_t asked = 0;    ///< pairs whose two words have vectors
  std::size_t skipped = 0;  ///< the others
  double spearman = 0;      ///< rank correlation of cosine and rating, -1 to 1; 0 if it is not defined
};

/// How well the cosine of the vectors orders the pairs as people do (Spearman's rank correlation, ties by
/// mean rank).
SimilarityScore evaluateSimilarity(const EmbeddingTable& table, const Vocabulary& vocabulary,
                                   std::span<const SimilarityPair> pairs);

/// Spearman's rank correlation; equal values share their mean rank. 0 for fewer than two pairs or a constant
/// side.
double spearman(std::span<const double> a, std::span<const double> b);

/// Questions as word2vec's questions-words.txt has them: ": category" lines, then four words a line. Errors
/// name the line.
Expected<std::vector<AnalogyQuestion>> readAnalogyQuestions(const std::filesystem::path& path);

/// A pair and its rating a line, parted by tabs, spaces, commas or semicolons; the first line may be a
/// heading, lines that begin with # are comments. Errors name the line.
Expected<std::vector<SimilarityPair>> readSimilarityPairs(const std::filesystem::path& path);

}  // namespace lexarium
