// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/text/samples.h"
#include "core/text/vocabulary.h"
#include "core/train/snapshot.h"

namespace lexarium {

enum class Similarity { Cosine, Euclidean };

struct Neighbour {
  TokenId id = kNoToken;
  double score = 0;  ///< cosine (larger is nearer), or distance (smaller is nearer)
};

/// 1 / length of each column (0 for a zero vector); made once per table and handed to the searches.
Vector inverseNorms(const Matrix& vectors);

/// The k nearest words to `query` [dimensions], exact, nearest first, without those in `exclude`. Ties:
/// smaller id first. norms may be empty (then it is computed). Vectors that are zero or not finite are never
/// neighbours.
std::vector<Neighbour> nearest(const Matrix& vectors, const Vector& norms, const Vector& query, std::size_t k,
                               std::span<const TokenId> exclude, Similarity similarity = Similarity::Cosine);

/// The k nearest words to the word `id`, itself left out.
std::vector<Neighbour> neighboursOf(const EmbeddingTable& table, const Vector& norms, TokenId id,
                                    std::size_t k, Similarity similarity = Similarity::Cosine);

/// a : b = c : ?  by 3CosAdd on unit vectors (Mikolov et al. 2013; Levy & Goldberg 2014): nearest to b - a +
/// c, without a, b, c.
std::vector<Neighbour> analogy(const EmbeddingTable& table, const Vector& norms, TokenId a, TokenId b,
                               TokenId c, std::size_t k);

struct AnalogyScore {
  std::string category;
  std::size_t asked = 0;    ///< questions whose four words all have vectors
  std::size_t skipped = 0;  ///< the others
  std::size_t correct = 0;
  double accuracy() const {
    return asked == 0 ? 0 : static_cast<double>(correct) / static_cast<double>(asked);
  }
};

/// One score a category, and the total as the last element (category "total"). Only the first maximumWords
/// ids are answers and known words (0: all), as in word2vec's compute-accuracy. A question's word is found as
/// written or folded (foldedForms()). Cancelled: no score at all.
std::vector<AnalogyScore> evaluateAnalogies(const EmbeddingTable& table, const Vocabulary& vocabulary,
                                            std::span<const AnalogyQuestion> questions,
                                            std::size_t maximumWords = 0, const TaskContext& context = {});

/// The sums of questions-words.txt that papers report: "semantic" and "syntactic" (categories named gram...).
/// None if the categories are not of both kinds. scores: of evaluateAnalogies(), whose total is left out.
std::vector<AnalogyScore> analogyKinds(std::span<const AnalogyScore> scores);

}  // namespace lexarium
