// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/gpt2.h"

#include <bit>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/neural_model.h"
#include "core/text/byte_tokenizer.h"

namespace lexarium {
namespace {

constexpr std::uint64_t kMostText = std::uint64_t{1} << 28;
constexpr Index kUnitsOfAHead = 64;
constexpr double kCharactersPerToken = 4;  // not known of a model from a file; about that of English

std::string prefixOf(const TensorSet& set) {
  return set.tensors.contains("transformer.wte.weight") ? "transformer." : "";
}

float halfToFloat(std::uint16_t half) {
  const std::uint32_t sign = std::uint32_t{half & 0x8000u} << 16, exponent = half >> 10 & 0x1Fu,
                      mantissa = half & 0x3FFu;
  if (exponent == 31) return std::bit_cast<float>(sign | 0x7F800000u | mantissa << 13);
  if (exponent > 0) return std::bit_cast<float>(sign | (exponent + 112) << 23 | mantissa << 13);
  const float small = static_cast<float>(mantissa) * 0x1p-24F;
  return sign ? -small : small;
}

/// Numbers of one of the three types in which such models come.
Expected<void> copyNumbers(const TensorSet& set, const std::string& name, MatrixMap matrix) {
  const auto found = set.tensors.find(name);
  if (found == set.tensors.end()) return makeError("A tensor is missing", name);
  const Tensor& tensor = found->second;
  const bool isWide = tensor.type == TensorType::F32, isHalf = tensor.type == TensorType::F16;
  if (!isWide && !isHalf && tensor.type != TensorType::BF16)
    return makeError("A tensor is of another type", name);
  // The last index runs fastest: [in, out] and [tokens, units] lie as our [out x in] and [units x tokens].
  const bool fits = tensor.shape.size() == 1
                        ? tensor.shape[0] == static_cast<std::uint64_t>(matrix.rows()) && matrix.cols() == 1
                        : tensor.shape.size() == 2 &&
                              tensor.shape[0] == static_cast<std::uint64_t>(matrix.cols()) &&
                              tensor.shape[1] == static_cast<std::uint64_t>(matrix.rows());
  if (!fits) return makeError("A tensor has another shape than this model's", name);
  for (Index i = 0; i < matrix.size(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    float number = 0;
    if (isWide) {
      copyFromLittleEndian(std::span(tensor.bytes).subspan(4 * at, 4), 4, &number);
    } else {
      std::uint16_t half = 0;
      copyFromLittleEndian(std::span(tensor.bytes).subspan(2 * at, 2), 2, &half);
      number = isHalf ? halfToFloat(half) : std::bit_cast<float>(std::uint32_t{half} << 16);
    }
    matrix.data()[i] = number;
  }
  return {};
}

Expected<NetShape> shapeIn(const TensorSet& set, std::int64_t heads) {
  const std::string prefix = prefixOf(set);
  const auto size = [&](const std::string& name, std::size_t index) -> Index {
    const auto found = set.tensors.find(prefix + name);
    if (found == set.tensors.end() || found->second.shape.size() != 2) return 0;
    return static_cast<Index>(std::min<std::uint64_t>(found->second.shape[index], 1u << 30));
  };
  NetShape shape;
  shape.kind = "transformer";
  shape.vocabulary = size("wte.weight", 0);
  shape.units = shape.dimensions = size("wte.weight", 1);
  shape.context = size("wpe.weight", 0);
  shape.feedForward = size("h.0.mlp.c_fc.weight", 1);
  // A layer is there if anything of it is: what it lacks is missed by name.
  const auto hasLayer = [&](Index layer) {
    const std::string begin = prefix + "h." + std::to_string(layer) + ".";
    const auto found = set.tensors.lower_bound(begin);
    return found != set.tensors.end() && found->first.compare(0, begin.size(), begin) == 0;
  };
  shape.layers = 0;
  while (hasLayer(shape.layers)) ++shape.layers;
  shape.heads = shape.keyHeads = heads > 0 ? heads : std::max<Index>(shape.units / kUnitsOfAHead, 1);
  shape.tied = true;
  return netShapeFrom(toJson(shape));
}

std::int64_t headsIn(const std::filesystem::path& config) {
  const auto text = readFile(config, kMostText);
  if (!text) return 0;
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (!json.is_object() || !json.contains("n_head") || !json["n_head"].is_number_integer()) return 0;
  return json["n_head"].get<std::int64_t>();
}

Expected<TokenizerPtr> tokenizerIn(const std::filesystem::path& folder) {
  constexpr std::pair<const char*, const char*> kNames[] = {{"encoder.json", "vocab.bpe"},
                                                            {"vocab.json", "merges.txt"}};
  for (const auto& [encoder, merges] : kNames) {
    std::error_code ignored;
    if (!std::filesystem::exists(folder / encoder, ignored)) continue;
    const auto ids = readFile(folder / encoder, kMostText), lines = readFile(folder / merges, kMostText);
    if (!ids) return tl::unexpected<Error>(ids.error());
    if (!lines) return tl::unexpected<Error>(lines.error());
    return readByteTokenizer(*ids, *lines);
  }
  return makeError("There are no tokens of GPT-2 in this folder", pathToUtf8(folder),
                   "Choose the folder that holds encoder.json and vocab.bpe, or vocab.json and merges.txt");
}

Expected<void> readAll(const TensorSet& set, const NetShape& shape, Parameters& parameters) {
  const std::string prefix = prefixOf(set);
  Expected<void> result;
  const auto read = [&](const std::string& theirs, const std::string& ours) {
    if (result) result = copyNumbers(set, prefix + theirs, parameters.value(*parameters.find(ours)));
  };
  const auto norm = [&](const std::string& theirs, const std::string& ours) {
    read(theirs + ".weight", ours + ".gain");
    read(theirs + ".bias", ours + ".offset");
  };
  const auto linear = [&](const std::string& theirs, const std::string& ours) {
    read(theirs + ".weight", ours + ".weight");
    read(theirs + ".bias", ours + ".bias");
  };
  read("wte.weight", "embedding");
  read("wpe.weight", "positions");
  for (Index i = 0; i < shape.layers; ++i) {
    const std::string theirs = "h." + std::to_string(i) + '.', ours = "block" + std::to_string(i) + '.';
    norm(theirs + "ln_1", ours + "attention.norm");
    linear(theirs + "attn.c_attn", ours + "attention.in");
    linear(theirs + "attn.c_proj", ours + "attention.out");
    norm(theirs + "ln_2", ours + "inner.norm");
    linear(theirs + "mlp.c_fc", ours + "inner.up");
    linear(theirs + "mlp.c_proj", ours + "inner.down");
  }
  norm("ln_f", "norm");
  return result;
}

}  // namespace

bool isTokenTableOfGpt2(std::string_view tensor) {
  return tensor == "wte.weight" || tensor == "transformer.wte.weight";
}

bool looksLikeGpt2(const TensorSet& set) { return set.tensors.contains(prefixOf(set) + "wte.weight"); }

Expected<std::shared_ptr<const SequenceModel>> readGpt2(const std::filesystem::path& path,
                                                        const std::filesystem::path& tokenizerFolder) {
  auto tokenizer = tokenizerIn(tokenizerFolder);
  if (!tokenizer) return tl::unexpected<Error>(tokenizer.error());
  const auto set = readSafetensors(path);
  if (!set) return tl::unexpected<Error>(set.error());
  const std::string where = pathToUtf8(path.filename());
  const auto wrong = [&](const Error& reason) {
    return makeError("This is no model as GPT-2 is: " + reason.what,
                     where + (reason.where.empty() ? "" : ", ") + reason.where,
                     "Choose a file with GPT-2's names of tensors");
  };
  const auto shape = shapeIn(*set, headsIn(path.parent_path() / "config.json"));
  if (!shape) return wrong(shape.error());
  if (static_cast<std::size_t>(shape->vocabulary) != (*tokenizer)->size()) {
    return wrong({"The model has more or fewer tokens than are in " + pathToUtf8(tokenizerFolder), {}, {}});
  }
  const auto net = makeSequenceNet(*shape);
  Parameters parameters;
  net->declare(parameters);
  if (auto read = readAll(*set, *shape, parameters); !read) return wrong(read.error());
  if (!parameters.isFinite()) return wrong({"A number in it is not finite", {}, {}});
  return std::make_shared<const NeuralModel>(net, std::move(*tokenizer), kCharactersPerToken, parameters);
}

}  // namespace lexarium
