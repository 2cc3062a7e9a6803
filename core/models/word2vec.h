// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/thread_pool.h"
#include "core/models/alias_table.h"
#include "core/models/hogwild.h"
#include "core/models/huffman.h"
#include "core/models/learner.h"
#include "core/models/rate_schedule.h"
#include "core/models/row_table.h"
#include "core/models/training_text.h"

namespace lexarium {

/// Values of the parameter "objective".
inline constexpr const char* kNegativeSampling = "negative-sampling";
inline constexpr const char* kHierarchicalSoftmax = "hierarchical-softmax";

/// What skip-gram and CBOW share; the two differ in how they use a word's context.
struct Word2VecTables {
  RowTable input;             ///< [words x dimensions]: v, the word vectors
  RowTable output;            ///< [words or inner nodes x dimensions]: v'
  AliasTable noise;           ///< negative sampling: words by count^0.75
  HuffmanTree tree;           ///< hierarchical softmax
  std::size_t negatives = 0;  ///< 0: hierarchical softmax
  std::size_t window = 0;     ///< words to each side, at most

  /// What predicting `word` trains: the word and `negatives` noise words (without those that happen to be the
  /// word itself, as in word2vec.c), or the inner nodes on its path. `space` holds kMaximumTargets; the
  /// result lies in it.
  std::span<const Target> drawTargets(TokenId word, Rng& rng, Target* space) const;
};

/// The word and those noise words that are not the word itself, as in word2vec.c. `space` as above.
std::span<const Target> negativeTargets(TokenId word, std::span<const TokenId> noise, Target* space);

/// Work is counted in numbers touched and what costs as much, about a tenth of a nanosecond each: steps are
/// cut by this count and never by a clock, so that they are the same in every run.
inline std::uint64_t costOfRows(const RowTable& table, std::size_t rows) {
  return rows * (table.stride() + 48) + 100;
}

/// The same for learnShared(): the rows, and a third of the products of pairs done one by one.
inline std::uint64_t costOfShared(const Word2VecTables& tables, std::size_t inputs, std::size_t targets) {
  return costOfRows(tables.input, inputs) + costOfRows(tables.output, targets) +
         inputs * targets * (tables.input.stride() + 48) / 3;
}

/// Sums of one lane over one step, and its scratch memory: nothing here is shared.
struct Word2VecTally {
  explicit Word2VecTally(std::size_t stride)
      : hidden(makeAlignedReals(stride)), change(makeAlignedReals(stride)), targets(2 * kMaximumTargets) {}

  LossSum loss;
  std::uint64_t examples = 0;   ///< positive pairs
  std::uint64_t cost = 0;       ///< costOfRows() of all work done
  AlignedReals hidden;          ///< [stride]
  AlignedReals change;          ///< [stride]
  std::vector<Target> targets;  ///< two times kMaximumTargets
  std::vector<TokenId> context;
  std::vector<TokenId> noise;  ///< drawn for the window to come, and on their way to the cache
};

/// A word and its neighbours in the text; both spans lie in one array, around the word. Not both are empty.
struct ContextWindow {
  TokenId centre;
  std::span<const TokenId> left;
  std::span<const TokenId> right;
  std::span<const TokenId> ahead{};  ///< all that follows the word in its piece: the next centres
};

/// One update: all predictions of one window. Bounded work.
using WindowUpdate = void (*)(Word2VecTables& tables, const ContextWindow& window, Real rate, Rng& rng,
                              Word2VecTally& tally);

/// ParamSpecs of both models; only the default of the rate differs.
std::vector<ParamSpec> word2VecParams(double learningRate);

std::unique_ptr<Learner> createWord2Vec(std::shared_ptr<const Corpus> corpus, const ParamSet& params,
                                        const Execution& execution, WindowUpdate update);

}  // namespace lexarium
