// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/text/bpe.h"

namespace lexarium {

/// Tokens: the characters, then one a merge in their order, then if wanted one for unknown characters.
std::shared_ptr<const Tokenizer> makeSubwordTokenizer(std::vector<char32_t> characters, bool withUnknown,
                                                      std::vector<BpeMerge> merges);

}  // namespace lexarium
