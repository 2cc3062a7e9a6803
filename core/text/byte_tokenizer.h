// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/tokenizers.h"

namespace lexarium {

/// Byte-pair encoding over bytes, as GPT-2 has it (Radford et al. 2019): `encoder` is JSON of each token's id
/// (encoder.json, vocab.json), `merges` a line a merge in their order (vocab.bpe, merges.txt). In both a byte
/// that cannot be printed stands as another character. Errors: they are none, or do not belong together.
Expected<TokenizerPtr> readByteTokenizer(const std::string& encoder, const std::string& merges);

}  // namespace lexarium
