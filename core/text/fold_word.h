// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/vocabulary.h"

namespace lexarium {

/// The forms under which a corpus may hold a word that a person typed, the most literal first, each once: as
/// typed, and normalForm() in NFC, in NFC and lower case, in lower case. Ill-formed UTF-8 is left as it is.
std::vector<std::string> foldedForms(std::string_view word);

/// The word's id under the first of its forms that the vocabulary has.
std::optional<TokenId> findFolded(const Vocabulary& vocabulary, std::string_view word);

}  // namespace lexarium
