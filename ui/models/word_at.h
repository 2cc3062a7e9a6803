// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "core/text/corpus.h"

namespace lexarium {

/// The word of the vocabulary that a token of a text is, or is a part of (a letter, a subword): the longest
/// one around it, within what is written without a space. None if the token is white space, or in no such
/// word.
std::optional<TokenId> wordAt(const Vocabulary& vocabulary, std::string_view text, ByteRange token);

}  // namespace lexarium
