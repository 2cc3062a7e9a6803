// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/text/vocabulary.h"

namespace lexarium {

/// Words and their vectors as they stand in a file: column i belongs to words[i].
struct NamedVectors {
  std::vector<std::string> words;
  Matrix vectors;  ///< [dimensions x words]
};

/// Formats as published with word2vec.c: a header line "words dimensions", then a line a word, as text or
/// with the numbers as little-endian 32-bit floats. A word with a space or line end (possible when characters
/// are the tokens) is written with U+2581 in its place, since neither format can hold it.
Expected<void> writeWord2VecText(const std::filesystem::path& path, const Vocabulary& vocabulary,
                                 const Matrix& vectors, const TaskContext& context = {});
Expected<void> writeWord2VecBinary(const std::filesystem::path& path, const Vocabulary& vocabulary,
                                   const Matrix& vectors, const TaskContext& context = {});

/// word2vec text without the header line, as GloVe writes it.
Expected<void> writeGloveText(const std::filesystem::path& path, const Vocabulary& vocabulary,
                              const Matrix& vectors, const TaskContext& context = {});
/// The Embedding Projector's pair (projector.tensorflow.org): numbers parted by tabs, a line a word, and the
/// words in a second file beside it (projectorFilesToWrite()).
Expected<void> writeProjector(const std::filesystem::path& path, const Vocabulary& vocabulary,
                              const Matrix& vectors, const TaskContext& context = {});

/// Reads any format of vectorFormats(); tells them apart by the first bytes. Errors
/// name line or byte: declared sizes that the file cannot hold, truncation, bad numbers, words that are not
/// UTF-8, duplicate words. fastText's .vec is word2vec text. A text may lack its last line end, so one that
/// is cut inside its very last number cannot be known to be.
Expected<NamedVectors> readVectors(const std::filesystem::path& path, const TaskContext& context = {});

/// A vocabulary in which column i is the word with TokenId i. A file holds no counts: these only fall in its
/// order.
Vocabulary vocabularyOf(const NamedVectors& vectors);

}  // namespace lexarium
