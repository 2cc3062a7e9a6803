// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"

namespace lexarium {

/// A piece of a unigram model: a word or a part of one, spaces written as U+2581, and the logarithm of how
/// likely it is.
struct SentencePiece {
  std::string text;
  float score = 0;
};

/// U+2581, which stands for a space in pieces.
inline constexpr std::string_view kPieceSpace = "\xE2\x96\x81";

/// The pieces in a model of sentencepiece (its file format: a protocol buffer, of which nothing else is read,
/// so that no damaged file reaches the library). The first is the one for what is unknown. Errors: it ends
/// early, there are pieces that no unigram model has.
Expected<std::vector<SentencePiece>> readSentencePieces(std::string_view model);
/// A model of these pieces which leaves a text as it is: nothing normalised, no space added.
std::string writeSentencePieces(const std::vector<SentencePiece>& pieces);

}  // namespace lexarium
