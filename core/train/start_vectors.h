// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/models/corpus_vectors.h"
#include "core/text/corpus.h"
#include "core/train/run_config.h"
#include "core/train/snapshot.h"

namespace lexarium {

/// Word vectors that a language model may begin with, instead of random numbers.
struct StartVectors {
  std::string named;        ///< as kVectorsKey names them
  std::string fingerprint;  ///< of the file, or of a run's vectors
  std::shared_ptr<const Matrix> table;
  std::size_t wordsInFile = 0;
  std::size_t wordsFound = 0;
};

/// Errors: those of readCorpusVectors().
Expected<StartVectors> startVectorsOfFile(const std::filesystem::path& path, const Corpus& corpus,
                                          const TaskContext& context = {});
/// Of a run on the same text.
StartVectors startVectorsOfRun(const std::string& name, std::shared_ptr<const EmbeddingTable> table);

/// Sets the run up so that it begins with them: tokens are words, and the input layer is as large as the
/// vectors. Does nothing to a model that has no such layer.
void useVectors(RunConfig& config, const StartVectors& vectors);
/// Back to random numbers.
void useNoVectors(RunConfig& config);
/// The parameter that must equal the length of the vectors: "dimensions", of a Transformer "units".
const char* sizeKey(const ParamSet& params);

}  // namespace lexarium
