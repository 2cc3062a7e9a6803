// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes, read as a file of word vectors: an Error or vectors, never a crash. The first byte chooses the
// name's ending; behind a byte 0xFF stands the second file of the Embedding Projector's pair.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string_view>

#include "core/formats/vector_formats.h"

namespace {

namespace fs = std::filesystem;

const fs::path& folder() {
  static const fs::path path = [] {
    fs::path made = fs::temp_directory_path() / ("vectors_fuzz." + std::to_string(std::random_device{}()));
    fs::create_directory(made);
    return made;
  }();
  return path;
}

void put(const fs::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static constexpr const char* kNames[] = {"v.txt", "v.bin", "v.vec", "vectors.tsv"};
  const char* name = kNames[data[0] % 4];
  std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto cut = bytes.find('\xFF');
  put(folder() / name, bytes.substr(0, cut));
  put(folder() / "metadata.tsv", cut == std::string_view::npos ? "cat\ndog\n" : bytes.substr(cut + 1));
  (void)lexarium::looksLikeVectors(folder() / name);
  const auto read = lexarium::readVectors(folder() / name);
  if (!read) {
    if (read.error().what.empty()) std::abort();
    return 0;
  }
  if (read->words.size() != static_cast<std::size_t>(read->vectors.cols()) || !read->vectors.allFinite())
    std::abort();
  return 0;
}
