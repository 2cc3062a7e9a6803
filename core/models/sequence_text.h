// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/base/expected.h"
#include "core/base/param_spec.h"
#include "core/models/learner.h"
#include "core/text/tokenizer.h"

namespace lexarium {

/// ParamSpecs that all language models have in common: what a token is, and how much of the text is held
/// back.
void addTextParams(std::vector<ParamSpec>& specs);

/// A corpus as a language model reads it: a row of tokens, whose last part is held back to measure what the
/// model makes of a text that it has not learned.
struct SequenceText {
  std::shared_ptr<const Tokenizer> tokenizer;
  std::vector<TokenId> ids;
  std::size_t trained = 0;  ///< ids [0, trained) are learned from, the others held back
  std::size_t words = 0;    ///< ids [0, words) are those of the corpus' vocabulary; 0: they are no words
  double charactersPerToken = 1;

  std::span<const TokenId> training() const { return std::span(ids).first(trained); }
  /// With the token before it, so that each of its tokens is predicted; empty: nothing is held back.
  std::span<const TokenId> validation() const {
    return trained < ids.size() ? std::span(ids).subspan(trained - 1) : std::span<const TokenId>();
  }

  /// Errors: no text, too few tokens, cancelled.
  static Expected<SequenceText> create(const Corpus& corpus, const ParamSet& params,
                                       const TaskContext& context);
};

/// What a saved state must have been learned with: its tokens, whatever they are.
std::string tokensFingerprint(const Tokenizer& tokenizer);

}  // namespace lexarium
