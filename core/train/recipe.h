// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/expected.h"
#include "core/text/corpus.h"
#include "core/text/segment.h"
#include "core/train/run_config.h"

namespace lexarium {

/// A run as a small file of JSON that repeats it elsewhere, on the same text.
struct Recipe {
  RunConfig run;
  std::optional<SegmentOptions> segmentation;  ///< how the text was cut; none: as usual
  std::uint64_t tokens = 0;                    ///< of the text; 0: not said
  std::uint64_t words = 0;                     ///< different ones; 0: not said
  std::string wordsHash;                       ///< wordsHash() of the text; empty: not said
  std::string fingerprint;                     ///< fingerprint() of the result; empty: not said
};

/// With the versions of Lexarium and ICU that wrote it, for people.
std::string recipeToJson(const Recipe& recipe);
/// Written by a person, a recipe needs no more than the model: what is missing has its default, the seed 1,
/// one thread and reproducible mode. Errors, one clear sentence each: it is no recipe, it is from a newer
/// version, it has a key that recipes do not have, what complete() says.
Expected<Recipe> recipeFromJson(std::string_view text);

/// Files are small; larger ones are refused unread.
inline constexpr std::uint64_t kLargestRecipe = 1 << 20;

/// Errors: those of reading and of recipeFromJson(), with the file's name.
Expected<Recipe> readRecipeFile(const std::filesystem::path& path);
/// Is this a recipe rather than a text, by its name and its beginning? Reads at most a few kilobytes.
bool looksLikeRecipe(const std::filesystem::path& path);

/// The recipe of a run on this text, of which the fingerprint() is not known yet.
Recipe recipeOf(const RunConfig& run, const Corpus& corpus);

}  // namespace lexarium
