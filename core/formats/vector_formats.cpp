// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/vector_formats.h"

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>

#include "core/base/file.h"
#include "core/formats/byte_source.h"

namespace lexarium {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kHeadBytes = std::size_t{1} << 16;

bool always(const fs::path&, std::string_view) { return true; }
bool never(const fs::path&, std::string_view) { return false; }

std::vector<fs::path> itself(const fs::path& path) { return {path}; }
std::vector<fs::path> projectorPair(const fs::path& path) {
  const ProjectorFiles files = projectorFilesToWrite(path);
  return {files.vectors, files.metadata};
}

std::string lowerExtension(const fs::path& path) {
  std::string extension = pathToUtf8(path.extension());
  for (char& byte : extension) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + ('a' - 'A'));
  }
  return extension;
}

Expected<NamedVectors> read(const fs::path& path, const TaskContext& context) {
  auto source = ByteSource::open(path);
  if (!source) return tl::unexpected<Error>(source.error());
  auto head = source->peek(kHeadBytes);
  if (!head) return tl::unexpected<Error>(head.error());
  const std::string start(*head);
  const auto formats = vectorFormats();
  const auto fits = [&](const VectorFormat& format) { return format.sniff(path, start); };
  return std::find_if(formats.begin(), formats.end(), fits)->read(path, context);
}

}  // namespace

std::span<const VectorFormat> vectorFormats() {
  // The last one that reads takes everything, and says what is wrong with it.
  static const std::array<VectorFormat, 4> kFormats = {
      {{"projector",
        "Embedding Projector (two files)",
        {".tsv"},
        looksLikeProjector,
        readProjector,
        writeProjector,
        projectorPair},
       {"binary", "word2vec binary", {".bin"}, never, readWord2VecFamily, writeWord2VecBinary, itself},
       {"glove", "GloVe text (no header)", {".glove"}, never, readWord2VecFamily, writeGloveText, itself},
       {"text", "word2vec text", {".txt", ".vec"}, always, readWord2VecFamily, writeWord2VecText, itself}}};
  return kFormats;
}

const VectorFormat* findVectorFormat(std::string_view id) {
  for (const VectorFormat& format : vectorFormats()) {
    if (format.id == id) return &format;
  }
  return nullptr;
}

const VectorFormat& vectorFormatFor(const fs::path& path) {
  const std::string extension = lowerExtension(path);
  for (const VectorFormat& format : vectorFormats()) {
    const auto& known = format.extensions;
    if (std::find(known.begin(), known.end(), extension) != known.end()) return format;
  }
  return *findVectorFormat("text");
}

Expected<NamedVectors> readVectors(const fs::path& path, const TaskContext& context) {
  try {
    return read(path, context);
  } catch (const std::bad_alloc&) {
    return makeError("There is not enough memory for these vectors", pathToUtf8(path.filename()));
  } catch (const std::length_error&) {
    return makeError("There is not enough memory for these vectors", pathToUtf8(path.filename()));
  }
}

Vocabulary vocabularyOf(const NamedVectors& vectors) {
  std::vector<Vocabulary::Entry> entries;
  entries.reserve(vectors.words.size());
  // Falling counts keep the order of the file, in which words usually stand by falling frequency.
  std::uint64_t count = vectors.words.size();
  for (const auto& word : vectors.words) entries.push_back({word, count--});
  return Vocabulary::fromCounts(entries);
}

}  // namespace lexarium
