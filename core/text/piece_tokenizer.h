// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/text/tokenizers.h"

namespace lexarium {

/// Pieces of sentencepiece with their scores, as llama2.c stores them (tokenizer.bin): the longest token's
/// length, then of each token its score (float), its length and its bytes; little-endian. Ids 0 to 2 are
/// <unk>, <s> and </s>, 3 to 258 the bytes. Errors: it is none, it ends early.
Expected<TokenizerPtr> readPieceTokenizer(std::span<const std::byte> bytes);

}  // namespace lexarium
