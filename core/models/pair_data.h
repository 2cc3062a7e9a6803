// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/param_spec.h"
#include "core/base/progress.h"
#include "core/base/rng.h"
#include "core/tasks/splits.h"
#include "core/text/tokenizer.h"

namespace lexarium {

/// Both languages' tokens. Targets have two more: one that begins a sentence and one that ends it.
struct PairTokens {
  std::shared_ptr<const Tokenizer> source, target;

  TokenId begin() const { return static_cast<TokenId>(target->size()); }
  TokenId end() const { return begin() + 1; }
  std::size_t targetVocabulary() const { return target->size() + 2; }
  /// What is read of a source; never empty: a source without a known token is one token.
  std::vector<TokenId> readSource(std::string_view utf8) const;
  /// For people; what ends a sentence is a small square.
  std::string targetLabel(TokenId id) const { return id < begin() ? target->label(id) : "\u25A0"; }
  std::vector<TokenId> readTarget(std::string_view utf8) const { return target->encode(utf8).ids; }
};

/// How pairs are learned from.
struct PairOptions {
  std::string tokens = "characters";  ///< or "words", "subwords", "sentencepiece"
  std::size_t vocabulary = 4000;      ///< of each side at most
  std::size_t longest = 100;          ///< tokens of a side; longer pairs are not learned from
  SplitOptions split;
};

/// Pairs as numbers.
struct PairData {
  std::shared_ptr<const TaskData> task;
  PairTokens tokens;
  std::vector<std::vector<TokenId>> sources, targets;  ///< of all examples; empty: too long
  Splits splits;
  std::size_t tooLong = 0;

  /// Tokenizers are learned from the pairs of the training split alone. Errors: nothing to learn from,
  /// cancelled.
  static Expected<PairData> create(std::shared_ptr<const TaskData> task, const PairOptions& options,
                                   const TaskContext& context = {});
};

/// Some examples side by side. Their sources are equally long; targets end in kIgnore where they are shorter
/// than the longest. All time-major: step t of example b is [t * examples.size() + b].
struct PairBatch {
  std::vector<std::uint32_t> examples;
  std::vector<TokenId> source;
  std::vector<TokenId> said;      ///< what the decoder is given: begins with PairTokens::begin()
  std::vector<TokenId> expected;  ///< what it should say: ends with PairTokens::end()
  std::size_t tokens = 0;         ///< of `expected` that count
};
PairBatch makeBatch(const PairData& data, std::vector<std::uint32_t> examples);

/// The batches of a round over some examples, in an order that depends on seed and round only.
std::vector<std::vector<std::uint32_t>> batchesOf(const PairData& data,
                                                  const std::vector<std::uint32_t>& examples,
                                                  std::size_t size, std::uint64_t seed, std::uint64_t round);

}  // namespace lexarium
