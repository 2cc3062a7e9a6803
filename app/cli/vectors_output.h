// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/cli/console.h"
#include "app/cli/param_flags.h"
#include "core/formats/vector_formats.h"

namespace lexarium::cli {

/// --format: the formats of the registry.
ParamSpec vectorFormatParam();

/// The format that was asked for by --format, or else by the name of the file.
const VectorFormat& chosenFormat(const ParamFlags& flags, const std::string& path);

/// The files written, as UTF-8 paths: "vectors.tsv and metadata.tsv".
std::string writtenFiles(const VectorFormat& format, const std::string& path);

/// Writes the vectors; Ctrl+C leaves nothing behind.
Expected<void> writeVectors(const VectorFormat& format, const std::string& path, const Vocabulary& vocabulary,
                            const Matrix& vectors, ProgressLine& progress);

}  // namespace lexarium::cli
