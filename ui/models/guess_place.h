// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/base/rng.h"
#include "core/models/sequence_model.h"
#include "core/text/corpus.h"

namespace lexarium {

/// A place in the text at which somebody guesses what comes next.
struct GuessPlace {
  std::vector<TokenId> context;  ///< the tokens before it, at least one
  TokenId answer = 0;            ///< what stands there
  std::vector<float> logits;     ///< [vocabulary] what the model expects there
};

/// Anywhere in the last tenth of the text, which models do not learn from, with up to `mostContext` tokens
/// before it; without a text, in one that the model says. None if there is no text of two tokens.
std::optional<GuessPlace> drawGuessPlace(const Corpus& corpus, const SequenceModel& model, Rng& rng,
                                         std::size_t mostContext, const StopToken& stop = {});

/// Who was right how often.
struct GuessScore {
  int places = 0, person = 0, model = 0;
};

/// Does the guess begin with the answer? White space at its ends does not count unless it is all there is.
bool isRightGuess(const Tokenizer& tokenizer, TokenId answer, const std::string& guess);

}  // namespace lexarium
