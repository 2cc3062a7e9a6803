// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "app/cli/vectors_input.h"
#include "core/projection/projection.h"

namespace lexarium::cli {

enum class LayoutFormat { Tsv, Csv, Json };

/// The words of a map with their places: a heading and a line a word (word, x, y, and its cluster if there
/// are any), or a JSON array of objects. Words with separators or quotes are quoted as RFC 4180 has it (CSV);
/// tabs and line ends become spaces (TSV).
std::string layoutText(const LoadedVectors& vectors, const Layout& layout,
                       std::span<const std::int32_t> clusters, LayoutFormat format);

}  // namespace lexarium::cli
