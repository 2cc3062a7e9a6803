// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lexarium {

/// How a sentence is cut for BLEU: as mteval-v13a does it (sacrebleu's "13a"), or each character by itself,
/// as is usual for Chinese.
enum class BleuTokens { International13a, Characters };

std::vector<std::string> bleuTokens(std::string_view utf8, BleuTokens tokens);
/// Characters if most of the references' letters are Han, else 13a.
BleuTokens bleuTokensFor(std::span<const std::string> references);

/// BLEU of a whole test set (Papineni et al. 2002) as sacrebleu defines it (Post 2018, arXiv:1804.08771): up
/// to four words in a row, zero counts smoothed exponentially.
struct Bleu {
  double score = 0;                    ///< 0 to 100
  std::array<double, 4> precisions{};  ///< per cent, of 1 to 4 words in a row
  double brevityPenalty = 1;
  std::uint64_t said = 0, expected = 0;  ///< words
};

/// One translation, or several good ones, for each sentence: as many as were said.
Bleu bleuOf(std::span<const std::string> said, std::span<const std::vector<std::string>> references,
            BleuTokens tokens);

}  // namespace lexarium
