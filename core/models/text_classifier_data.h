// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/tasks/splits.h"
#include "core/text/tokenizer.h"

namespace lexarium {

/// How labelled texts are learned from.
struct LabelOptions {
  std::string tokens = "words";    ///< or "characters", "subwords", "sentencepiece"
  std::size_t vocabulary = 20000;  ///< tokens at most
  std::size_t longest = 200;       ///< tokens; longer texts are cut at their end
  SplitOptions split;
};

/// Labelled texts as numbers.
struct LabelData {
  std::shared_ptr<const TaskData> task;
  std::shared_ptr<const Tokenizer> tokenizer;
  std::vector<std::vector<TokenId>> texts;  ///< of all examples; none is empty
  Splits splits;
  std::size_t cut = 0;  ///< texts that were longer

  /// The tokenizer is learned from the training split alone. Errors: the examples have no labels, or one
  /// only; nothing to learn from; cancelled.
  static Expected<LabelData> create(std::shared_ptr<const TaskData> task, const LabelOptions& options,
                                    const TaskContext& context = {});
};

/// Some examples side by side, with what a network wants of each.
struct LabelBatch {
  std::vector<std::span<const TokenId>> texts;  ///< into LabelData
  std::vector<std::uint32_t> labels;
};
LabelBatch makeBatch(const LabelData& data, std::span<const std::uint32_t> examples);

/// The batches of a round over some examples, in an order that depends on seed and round only. equalLengths:
/// the texts of a batch are equally long, so that nothing is padded.
std::vector<std::vector<std::uint32_t>> batchesOf(const LabelData& data,
                                                  const std::vector<std::uint32_t>& examples,
                                                  std::size_t size, bool equalLengths, std::uint64_t seed,
                                                  std::uint64_t round);

}  // namespace lexarium
