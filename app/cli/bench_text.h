// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/expected.h"
#include "core/text/corpus.h"

namespace lexarium::cli {

/// The first megabytes (0: all) of the file, cut between two words, or so much of a built-in sample, written
/// again and again with other random numbers. Uses `folder` for files of its own.
Expected<std::shared_ptr<const Corpus>> loadBenchText(const std::string& file, std::uint64_t megabytes,
                                                      const std::filesystem::path& folder);

/// The very tokens that our models see, a sentence a line, as a file for other programs.
Expected<std::filesystem::path> writeTokens(const Corpus& corpus, const std::filesystem::path& folder);

}  // namespace lexarium::cli
