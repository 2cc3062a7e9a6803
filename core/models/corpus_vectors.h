// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "core/base/expected.h"
#include "core/base/matrix.h"
#include "core/base/param_spec.h"
#include "core/base/progress.h"
#include "core/text/corpus.h"

namespace lexarium {

/// Vectors of a file for the words of a text.
struct CorpusVectors {
  /// [dimensions x words]: column i is the word with TokenId i, not numbers if the file has none for it. It
  /// reaches to the rarest word with a vector.
  Matrix table;
  std::size_t wordsInFile = 0;
  std::size_t wordsFound = 0;  ///< of the file, in the text
};

/// A word that is not there as it is written is looked for in lower case. Errors: those of readVectors();
/// none of the words is there.
Expected<CorpusVectors> readCorpusVectors(const std::filesystem::path& path, const Corpus& corpus,
                                          const TaskContext& context = {});

/// Keys of the parameters that say which vectors the input layer of a model begins with (a file, or
/// kRunSource and the name of a run; empty: random numbers), what their fingerprint must be (empty: any will
/// do), and whether they stay as they are.
inline constexpr const char* kVectorsKey = "vectors";
inline constexpr const char* kVectorsFingerprintKey = "vectors_fingerprint";
inline constexpr const char* kFreezeVectorsKey = "freeze_vectors";
inline constexpr const char* kRunSource = "run:";

/// The three of them.
void addVectorParams(std::vector<ParamSpec>& specs);
/// Which vectors the parameters name; empty: none, or the model has no such parameter.
std::string vectorsNamed(const ParamSet& params);
/// Do they stay as they are? Without vectors nothing does.
bool areVectorsFrozen(const ParamSet& params);

/// Eight digits that tell files apart: the beginning of the SHA-256 of its bytes.
Expected<std::string> fileFingerprint(const std::filesystem::path& path, const TaskContext& context = {});

/// The vectors that the parameters name, read from their file. Errors, one sentence each: they are those of a
/// run, the file is not there or cannot be read, it is not the one whose fingerprint is known.
Expected<CorpusVectors> readNamedVectors(const ParamSet& params, const Corpus& corpus,
                                         const TaskContext& context = {});

/// Sets the first columns of `table` [dimensions x at least words] to the vectors of words [0, words), all
/// times one factor; where there is none, what stands there stays. Errors: another number of dimensions.
Expected<void> beginWith(const Matrix& vectors, std::size_t words, Eigen::Ref<Matrix> table);

}  // namespace lexarium
