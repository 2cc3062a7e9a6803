// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recipe.h"

#include <unicode/uversion.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/models/corpus_vectors.h"
#include "core/text/corpus_image.h"
#include "core/train/run_config_json.h"

namespace lexarium {
namespace {

constexpr const char* kFormat = "lexarium-recipe";
constexpr std::uint64_t kVersion = 1;
constexpr const char* kKeys[] = {"format", "version",    "program",    "icu",        "model",
                                 "mode",   "parameters", "threads",    "seed",       "segmentation",
                                 "tokens", "words",      "words_hash", "fingerprint"};

Expected<void> checkKind(const Json& json) {
  if (!json.is_object()) return makeError("It is no recipe of a run");
  std::string format = kFormat;
  std::uint64_t version = kVersion;
  const auto read = MemberReader(json).readIfThere("format", format).readIfThere("version", version).result();
  if (!read) return read;
  if (format != kFormat) return makeError("It is another kind of file");
  if (version > kVersion) {
    return makeError("It was written by a newer version of Lexarium", {}, "Install that version");
  }
  for (const auto& [key, value] : json.items()) {
    if (std::find(std::begin(kKeys), std::end(kKeys), key) == std::end(kKeys)) {
      return makeError("\"" + key + "\" is no part of a recipe", {}, "Correct its spelling or leave it out");
    }
  }
  return {};
}

Expected<Recipe> recipeFrom(Json json) {
  if (auto right = checkKind(json); !right) return tl::unexpected<Error>(right.error());
  const Json usual = {
      {"parameters", Json::object()}, {"mode", "reproducible"}, {"threads", 1u}, {"seed", 1u}};
  for (const auto& [key, value] : usual.items()) {
    if (!json.contains(key)) json[key] = value;
  }
  auto run = runConfigFrom(json);
  if (!run) return tl::unexpected<Error>(run.error());
  if (auto whole = complete(*run); !whole) return tl::unexpected<Error>(whole.error());
  Recipe recipe;
  recipe.run = std::move(*run);
  Json segmentation = Json::object();
  const auto read = MemberReader(json)
                        .readIfThere("segmentation", segmentation)
                        .readIfThere("tokens", recipe.tokens)
                        .readIfThere("words", recipe.words)
                        .readIfThere("words_hash", recipe.wordsHash)
                        .readIfThere("fingerprint", recipe.fingerprint)
                        .result();
  if (!read) return tl::unexpected<Error>(read.error());
  if (!json.contains("segmentation")) return recipe;
  const auto options = segmentationFrom(segmentation);
  if (!options) return tl::unexpected<Error>(options.error());
  recipe.segmentation = *options;
  return recipe;
}

/// A recipe goes from one computer to another together with its file of vectors: if that is not where it was,
/// it is looked for beside the recipe.
void findVectorsBeside(const std::filesystem::path& recipe, ParamSet& params) {
  const std::string named = vectorsNamed(params);
  if (named.empty() || named.starts_with(kRunSource)) return;
  const auto path = pathFromUtf8(named), beside = recipe.parent_path() / path.filename();
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored) || !std::filesystem::exists(beside, ignored)) return;
  params.set(kVectorsKey, pathToUtf8(beside));
}

}  // namespace

std::string recipeToJson(const Recipe& recipe) {
  Json json;
  json["format"] = kFormat;
  json["version"] = kVersion;
  json["program"] = LEXARIUM_VERSION;
  json["icu"] = U_ICU_VERSION;
  json.update(toJson(recipe.run));
  if (recipe.segmentation) json["segmentation"] = toJson(toParamSet(*recipe.segmentation).values());
  if (recipe.tokens > 0) json["tokens"] = recipe.tokens;
  if (recipe.words > 0) json["words"] = recipe.words;
  if (!recipe.wordsHash.empty()) json["words_hash"] = recipe.wordsHash;
  if (!recipe.fingerprint.empty()) json["fingerprint"] = recipe.fingerprint;
  return formatJson(json);
}

Expected<Recipe> recipeFromJson(std::string_view text) {
  auto json = parseJson(text);
  if (!json) return tl::unexpected<Error>(json.error());
  return recipeFrom(std::move(*json));
}

Expected<Recipe> readRecipeFile(const std::filesystem::path& path) {
  const auto text = readFile(path, kLargestRecipe);
  if (!text) return tl::unexpected<Error>(text.error());
  auto recipe = recipeFromJson(*text);
  if (recipe) {
    findVectorsBeside(path, recipe->run.params);
    return recipe;
  }
  Error error = recipe.error();
  error.where = pathToUtf8(path.filename()) + (error.where.empty() ? "" : ", " + error.where);
  return tl::unexpected<Error>(error);
}

bool looksLikeRecipe(const std::filesystem::path& path) {
  if (path.extension() != ".json") return false;
  auto file = FileReader::open(path);
  if (!file) return false;
  std::string begin(4096, '\0');
  const auto size = file->read(begin);
  if (!size) return false;
  begin.resize(*size);
  const auto first = begin.find_first_not_of(" \t\r\n");
  return first != std::string::npos && begin[first] == '{' &&
         (begin.find(kFormat) != std::string::npos || begin.find("\"model\"") != std::string::npos);
}

Recipe recipeOf(const RunConfig& run, const Corpus& corpus) {
  Recipe recipe;
  recipe.run = run;
  recipe.segmentation = corpus.options();
  recipe.tokens = corpus.tokens().size();
  recipe.words = corpus.vocabulary().size();
  recipe.wordsHash = wordsHash(corpus);
  return recipe;
}

}  // namespace lexarium
