// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/model_file.h"

#include <algorithm>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/formats/safetensors_header.h"
#include "core/models/gpt2.h"
#include "core/models/llama2c.h"
#include "core/models/neural_model.h"
#include "core/text/piece_tokenizer.h"

namespace lexarium {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = 64;
constexpr std::uint64_t kMostTokenizerBytes = std::uint64_t{1} << 26;

/// The header of safetensors, if the file can be such at all.
Expected<SafetensorsHeader> headerOf(FileReader& file, std::span<const std::byte> head) {
  std::uint64_t size = 0;
  if (head.size() < sizeof size) return makeError("It is too short");
  copyFromLittleEndian(head.first(sizeof size), sizeof size, &size);
  const bool begins = head.size() > sizeof size && head[sizeof size] == std::byte{'{'};
  if (!begins || size > kMaximumSafetensorsHeader || size > file.size() - sizeof size) {
    return makeError("It has no header");
  }
  std::string json(static_cast<std::size_t>(size), '\0');
  if (auto sought = file.seek(sizeof size); !sought) return tl::unexpected<Error>(sought.error());
  const auto read = file.read(json);
  if (!read) return tl::unexpected<Error>(read.error());
  return parseSafetensorsJson(json, {});
}

bool isLanguageModel(const SafetensorsHeader& header) {
  if (header.metadata.contains(kSequenceModelKey)) return true;
  return std::any_of(header.tensors.begin(), header.tensors.end(),
                     [](const TensorPlace& tensor) { return isTokenTableOfGpt2(tensor.name); });
}

/// Files beside the model that may hold its pieces, the likeliest first.
std::vector<fs::path> tokenizersBeside(const fs::path& model, std::size_t vocabulary) {
  const fs::path folder = model.has_parent_path() ? model.parent_path() : fs::path(".");
  std::vector<fs::path> found{folder / "tokenizer.bin",
                              folder / ("tok" + std::to_string(vocabulary) + ".bin")};
  std::vector<fs::path> others;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = pathToUtf8(entry.path().filename());
    if (name.starts_with("tok") && entry.path().extension() == ".bin") others.push_back(entry.path());
  }
  std::sort(others.begin(), others.end());
  found.insert(found.end(), others.begin(), others.end());
  return found;
}

Expected<std::shared_ptr<const SequenceModel>> readLlama2cAlone(const fs::path& path,
                                                                std::size_t vocabulary) {
  for (const fs::path& candidate : tokenizersBeside(path, vocabulary)) {
    std::error_code ignored;
    if (!fs::is_regular_file(candidate, ignored)) continue;
    const auto bytes = readFile(candidate, kMostTokenizerBytes);
    if (!bytes) continue;
    const auto tokenizer = readPieceTokenizer(std::as_bytes(std::span(bytes->data(), bytes->size())));
    if (tokenizer && (*tokenizer)->size() == vocabulary) return readLlama2c(path, candidate);
  }
  return makeError("The tokens of this model are missing: there is no tokenizer.bin or tok*.bin with " +
                       std::to_string(vocabulary) + " of them beside it",
                   pathToUtf8(path.filename()),
                   "Put the tokenizer into the folder of the model, then open it again");
}

Expected<std::shared_ptr<const TrainedModel>> readSaved(const TensorSet& set, const fs::path& path) {
  auto model = loadTrainedModel(set);
  if (model) return model;
  Error error = model.error();
  error.where = pathToUtf8(path.filename()) + (error.where.empty() ? "" : ", " + error.where);
  if (error.advice.empty()) error.advice = "Choose another file";
  return tl::unexpected<Error>(error);
}

/// The vocabulary that a checkpoint of llama2.c names; 0: it is none.
std::size_t vocabularyIn(const fs::path& path) {
  auto file = FileReader::open(path);
  if (!file) return 0;
  std::string head(kHead, '\0');
  const auto size = file->read(head);
  return size ? vocabularyOfLlama2c(std::as_bytes(std::span(head.data(), *size))) : 0;
}

Expected<std::shared_ptr<const TrainedModel>> readAny(const fs::path& path, const fs::path& tokenizer) {
  std::error_code ignored;
  if (fs::is_directory(tokenizer, ignored)) return readGpt2(path, tokenizer);
  if (!tokenizer.empty()) return readLlama2c(path, tokenizer);
  if (const std::size_t vocabulary = vocabularyIn(path); vocabulary > 0)
    return readLlama2cAlone(path, vocabulary);
  const auto set = readSafetensors(path);
  if (!set) return tl::unexpected<Error>(set.error());
  if (looksLikeGpt2(*set)) return readGpt2(path, path.has_parent_path() ? path.parent_path() : ".");
  return readSaved(*set, path);
}

/// The header of a file of tensors; nothing if it has none.
std::optional<SafetensorsHeader> tensorsIn(const fs::path& path) {
  auto file = FileReader::open(path);
  if (!file) return std::nullopt;
  std::string head(kHead, '\0');
  const auto size = file->read(head);
  if (!size) return std::nullopt;
  auto header = headerOf(*file, std::as_bytes(std::span(head.data(), *size)));
  if (!header) return std::nullopt;
  return std::move(*header);
}

}  // namespace

bool looksLikeLanguageModel(const fs::path& path) {
  if (vocabularyIn(path) > 0) return true;
  const auto header = tensorsIn(path);
  return header && isLanguageModel(*header);
}

bool looksLikeModel(const fs::path& path) {
  if (vocabularyIn(path) > 0) return true;
  const auto header = tensorsIn(path);
  return header && (isLanguageModel(*header) || namesTrainedModel(header->metadata));
}

Expected<std::shared_ptr<const TrainedModel>> readModelFile(const fs::path& path, const fs::path& tokenizer) {
  try {
    return readAny(path, tokenizer);
  } catch (const std::bad_alloc&) {
    return makeError("There is not enough memory for this model", pathToUtf8(path.filename()),
                     "Close other programs, or choose a smaller one");
  }
}

Expected<std::shared_ptr<const SequenceModel>> readLanguageModelFile(const fs::path& path,
                                                                     const fs::path& tokenizer) {
  const auto model = readModelFile(path, tokenizer);
  if (!model) return tl::unexpected<Error>(model.error());
  auto language = asLanguageModel(*model);
  if (language) return language;
  return makeError("This is no language model", pathToUtf8(path.filename()),
                   "Choose the file of a run of such a model");
}

}  // namespace lexarium
