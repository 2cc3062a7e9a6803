// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/expected.h"

namespace lexarium {

/// A number as word2vec, GloVe and fastText print it; independent of the locale. Values too small for a float
/// are 0; "nan", "inf" and values too large come back as not finite. nullopt: not a number.
std::optional<float> parseFloat(std::string_view text);

/// How many numbers a first line without a header holds after its word, 0 if none.
std::size_t countNumbers(std::string_view line);

/// Reads `line` into values (whose size is the number of dimensions) and returns the word. A word may hold
/// spaces, as some of GloVe's do, if none of its parts is a number. Errors (without `where`): too few or too
/// many numbers, not a number, not finite, no word.
Expected<std::string_view> parseVectorRow(std::string_view line, std::span<float> values);

/// A piece of a file as it can be shown to a person: at most 40 bytes, what is not printable UTF-8 as \xNN.
std::string inQuotes(std::string_view text);

}  // namespace lexarium
