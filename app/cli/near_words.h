// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/matrix.h"
#include "core/text/vocabulary.h"

namespace lexarium::cli {

/// Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other, by
/// characters (optimal string alignment; Damerau 1964); `limit` + 1 if there are more than `limit`.
int editDistance(std::u32string_view a, std::u32string_view b, int limit);

/// Words spelled like `word`: equal but for case first, then at one or two edits, frequent ones first.
std::vector<TokenId> nearSpellings(const Vocabulary& vocabulary, std::string_view word, std::size_t limit);

/// The candidate at most two edits away that is nearest to `text`; empty if there is none.
std::string nearestOf(std::string_view text, std::span<const std::string> candidates);

}  // namespace lexarium::cli
