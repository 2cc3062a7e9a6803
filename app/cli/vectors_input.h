// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "app/cli/console.h"
#include "core/analysis/neighbours.h"
#include "core/base/expected.h"
#include "core/base/param_spec.h"
#include "core/text/vocabulary.h"

namespace lexarium::cli {

/// Vectors read from a file, ready to be asked.
struct LoadedVectors {
  EmbeddingTable table;
  Vocabulary vocabulary;
  Vector norms;

  /// Errors: the word has no vector; names similar spellings that have one.
  Expected<TokenId> find(const std::string& word) const;
  std::string word(TokenId id) const { return std::string(vocabulary.word(id)); }
};

/// The argument VECTORS of all commands that read them.
void addVectorsArgument(CLI::App& command, std::string& file);
/// --max-words, for commands that score.
ParamSpec maximumWordsParam();

Expected<LoadedVectors> loadVectors(const std::string& path, ProgressLine& progress);

}  // namespace lexarium::cli
