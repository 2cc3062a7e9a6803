// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace lexarium::cli {

/// Characters; ill-formed bytes become U+FFFD.
std::u32string toUtf32(std::string_view utf8);

/// Unicode case folding.
std::string foldCase(std::string_view utf8);

/// Columns the text takes in a terminal: two for East Asian wide characters, none for combining marks.
std::size_t columnsOf(std::string_view utf8);
/// The text, filled up with spaces to `columns`.
std::string padded(std::string_view utf8, std::size_t columns);

}  // namespace lexarium::cli
