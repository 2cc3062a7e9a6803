// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/formats/tensor.h"
#include "core/models/trained_model.h"
#include "core/text/tokenizers.h"

namespace lexarium {

// What all models of tasks have in common: texts as tokens.

/// A tokenizer learned from the texts. tokens: "characters", "words", "subwords" or
/// "sentencepiece"; at most `vocabulary` of
/// them. Errors: there is nothing to learn from, cancelled.
Expected<TokenizerPtr> learnTokenizer(const std::vector<std::string>& texts, std::string_view tokens,
                                      std::size_t vocabulary, const TaskContext& context = {});
/// What a model reads of a text; never empty: a text without a known token is one token.
std::vector<TokenId> readTokens(const Tokenizer& tokenizer, std::string_view utf8);

/// The same tokens, the first `most` of them, with their places in the text.
std::vector<PlacedToken> readPlaced(const Tokenizer& tokenizer, std::string_view utf8, std::size_t most);
/// Tokens with their places in decode(ids); spaces between words belong to none.
std::vector<PlacedToken> placeDecoded(const Tokenizer& tokenizer, std::span<const TokenId> ids);

/// All of a tokenizer as tensors of bytes, "prefix" before each name; and back. Errors: a part is missing or
/// has no meaning.
void saveTokens(const Tokenizer& tokenizer, TensorSet& set, const std::string& prefix);
Expected<TokenizerPtr> loadTokens(const TensorSet& set, const std::string& prefix);

/// Numbers that a set may hold at most, by its bytes: what a network asks for is compared with it before
/// memory is taken.
std::uint64_t numbersIn(const TensorSet& set);

}  // namespace lexarium
