// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/formats/vectors.h"

namespace lexarium {

/// A format of word vectors, both ways. A new one: its functions in a file of their own, and an entry in
/// vector_formats.cpp.
struct VectorFormat {
  std::string id;                       ///< "binary", as on the command line
  std::string title;                    ///< "word2vec binary"
  std::vector<std::string> extensions;  ///< lower case, ".bin" first choice; what a file's name says of it

  /// Could this file be read by `read`? head: its first bytes, enough for some lines.
  bool (*sniff)(const std::filesystem::path& path, std::string_view head) = nullptr;
  Expected<NamedVectors> (*read)(const std::filesystem::path& path, const TaskContext& context) = nullptr;
  Expected<void> (*write)(const std::filesystem::path& path, const Vocabulary& vocabulary,
                          const Matrix& vectors, const TaskContext& context) = nullptr;
  /// What write() leaves behind when given this path.
  std::vector<std::filesystem::path> (*files)(const std::filesystem::path& path) = nullptr;
};

/// All formats, in the order in which readVectors() asks them.
std::span<const VectorFormat> vectorFormats();
/// nullptr if there is none of that id.
const VectorFormat* findVectorFormat(std::string_view id);
/// The format that a name to write to asks for by its extension; word2vec text if it says nothing.
const VectorFormat& vectorFormatFor(const std::filesystem::path& path);

/// Is this, by its first lines, a file of vectors rather than a text to learn from? For files that a person
/// drops without saying which they are.
bool looksLikeVectors(const std::filesystem::path& path);

/// word2vec text and binary, GloVe text, fastText .vec: told apart by content.
Expected<NamedVectors> readWord2VecFamily(const std::filesystem::path& path, const TaskContext& context);

/// Where the two files of the Embedding Projector stand, whichever of them is named: "vectors.tsv" goes with
/// "metadata.tsv", "x_tensor.tsv" with "x_metadata.tsv", "x.tsv" with "x_metadata.tsv".
struct ProjectorFiles {
  std::filesystem::path vectors;
  std::filesystem::path metadata;
};
ProjectorFiles projectorFilesToWrite(const std::filesystem::path& path);
/// Of the possible pairs that whose two files are there; otherwise projectorFilesToWrite().
ProjectorFiles projectorFilesToRead(const std::filesystem::path& path);
bool looksLikeProjector(const std::filesystem::path& path, std::string_view head);
Expected<NamedVectors> readProjector(const std::filesystem::path& path, const TaskContext& context);

}  // namespace lexarium
