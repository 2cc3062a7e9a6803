// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/text/sentencepiece_model.h"
#include "core/text/tokenizers.h"

namespace lexarium {

/// Characters that sentencepiece cannot have in a piece; they are tokens of their own here, which stand after
/// its pieces.
bool isForeignToPieces(char32_t character);

/// A stretch of text that is cut by itself: a space and what follows up to the next one, or one foreign
/// character.
std::size_t pieceUnitEnd(std::string_view utf8, std::size_t at);

/// Tokens: the pieces, of which the first is the unknown one, then the foreign characters.
Expected<TokenizerPtr> makeSentencePieceTokenizer(const std::vector<SentencePiece>& pieces,
                                                  std::vector<char32_t> foreign);

}  // namespace lexarium
