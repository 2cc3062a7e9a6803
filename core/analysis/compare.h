// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/neighbours.h"
#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/base/thread_pool.h"

namespace lexarium {

/// The embeddings of one run: column i of the vectors is word i of the vocabulary, which may have more.
struct ComparedEmbeddings {
  const Matrix& vectors;  ///< [dimensions x words]
  const Vocabulary& vocabulary;
};

struct ComparisonOptions {
  std::size_t neighbours = 10;
  std::size_t words = 20'000;  ///< of those that both have, the most frequent of the first; 0: all
  Similarity similarity = Similarity::Cosine;
};

/// How far two embeddings agree on each word that both have. The k nearest neighbours of a word are looked
/// for among these words alone; the two may have other dimensions, scales and rotations.
struct Comparison {
  struct Word {
    TokenId first;             ///< id in the first vocabulary
    TokenId second;            ///< in the second
    std::uint32_t common = 0;  ///< neighbours in both lists
  };

  std::size_t neighbours = 0;  ///< k: as asked for, or one less than words
  std::vector<Word> words;     ///< by rising id in the first vocabulary
  std::size_t onlyFirst = 0;   ///< words with a vector in the first alone
  std::size_t onlySecond = 0;
  std::size_t useless = 0;  ///< words that both have, but one vector is zero or not finite

  /// Jaccard index of two lists of k that have `common` words in common: common / (2 k - common), 0 to 1.
  double jaccard(std::uint32_t common) const;
  double meanJaccard() const;
  /// How many words have 0, 1 ... k neighbours in common.
  std::vector<std::size_t> histogram() const;
  /// Places in `words`, up to `count` of them: those that agree least (or most) first, of equal ones the more
  /// frequent.
  std::vector<std::size_t> mostChanged(std::size_t count) const;
  std::vector<std::size_t> leastChanged(std::size_t count) const;
};

/// Exact, in products of blocks. Errors: fewer than three words in common; cancelled.
Expected<Comparison> compareEmbeddings(const ComparedEmbeddings& first, const ComparedEmbeddings& second,
                                       const ComparisonOptions& options, ThreadPool& pool,
                                       const TaskContext& context = {});

}  // namespace lexarium
