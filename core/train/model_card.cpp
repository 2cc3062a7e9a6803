// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/model_card.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/text_tokens.h"
#include "core/text/corpus_image.h"
#include "core/text/tokenizers.h"
#include "core/train/fingerprint.h"
#include "core/train/run_config_json.h"

namespace lexarium {
namespace {

constexpr std::size_t kMostListed = 50'000;  // tokens; a card is to be read

constexpr const char* kLicence =
    "The numbers may be used as the text they were learned from allows: a model can repeat what it has "
    "read.";

struct Kind {
  const char* metadata;  // key of its shape
  const char* id;
};
constexpr Kind kKinds[] = {{"lexarium.pair_network", "encoder-decoder"},
                           {"lexarium.text_classifier", "classifier"},
                           {"lexarium.story_network", "memory-network"},
                           {"lexarium.network", "language-model"}};

const std::string* shapeIn(const TensorSet& model) {
  for (const Kind& kind : kKinds)
    if (const auto found = model.metadata.find(kind.metadata); found != model.metadata.end())
      return &found->second;
  return nullptr;
}

Json tokensOf(const TensorSet& model, const std::string& prefix) {
  const auto tokenizer = loadTokens(model, prefix);
  if (!tokenizer) return nullptr;
  Json list = Json::array();
  for (std::size_t i = 0; i < std::min((*tokenizer)->size(), kMostListed); ++i)
    list.push_back((*tokenizer)->label(static_cast<TokenId>(i)));
  return {{"kind", tokenizerName((*tokenizer)->kind())}, {"count", (*tokenizer)->size()}, {"list", list}};
}

Json wordsOf(const TensorSet& model, const char* name) {
  const auto found = model.tensors.find(name);
  if (found == model.tensors.end() || found->second.type != TensorType::U8) return nullptr;
  const auto& bytes = found->second.bytes;
  const auto words = splitParts({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  Json list = Json::array();
  for (std::size_t i = 0; i < std::min(words.size(), kMostListed); ++i) list.push_back(words[i]);
  return {{"count", words.size()}, {"list", list}};
}

void addTokens(Json& json, const TensorSet& model) {
  for (const auto& [key, prefix] : {std::pair("tokens", "tokens."),
                                    {"source_tokens", "source_tokens."},
                                    {"target_tokens", "target_tokens."}})
    if (Json tokens = tokensOf(model, prefix); !tokens.is_null()) json[key] = std::move(tokens);
  for (const char* name : {"words", "answers"})
    if (Json words = wordsOf(model, name); !words.is_null()) json[name] = std::move(words);
  if (const auto labels = model.metadata.find("lexarium.labels"); labels != model.metadata.end())
    if (const auto list = parseJson(labels->second)) json["labels"] = *list;
}

Json tensorsOf(const TensorSet& model) {
  Json tensors = Json::object();
  for (const auto& [name, tensor] : model.tensors)
    tensors[name] = {{"type", std::string(nameOf(tensor.type))}, {"shape", tensor.shape}};
  return tensors;
}

/// Numbers that are learned lie under this prefix in every network.
std::uint64_t numbersOf(const TensorSet& model) {
  std::uint64_t numbers = 0;
  for (const auto& [name, tensor] : model.tensors)
    if (name.starts_with("net.")) numbers += tensor.bytes.size() / sizeof(Real);
  return numbers;
}

Json metricsOf(const ModelCard& card) {
  Json metrics = Json::object();
  for (const auto& [name, value] : card.metrics) metrics[name] = value;
  return metrics;
}

void addMetrics(ModelCard& card, const RunStatus& status, std::span<const MetricPoint> points,
                const Snapshot* snapshot) {
  if (status.step == 0 && points.empty()) return;
  card.metrics.emplace_back("loss", points.empty() ? status.loss : points.back().loss);
  double validation = NAN;
  for (const MetricPoint& point : points)
    if (point.hasValidation()) validation = point.validationLoss;
  if (std::isnan(validation)) return;
  card.metrics.emplace_back("validation_loss", validation);
  card.metrics.emplace_back("perplexity", std::exp(validation));
  const auto language = snapshot ? snapshot->languageModel() : nullptr;
  if (!language) return;
  const double characters = language->facts().charactersPerToken;
  card.metrics.emplace_back("bits_per_character", validation / std::log(2.0) / characters);
}

}  // namespace

ModelCard cardOf(std::string title, const RunConfig& run, const RunStatus& status,
                 std::span<const MetricPoint> points, const Corpus* corpus, const Snapshot* snapshot) {
  ModelCard card;
  card.title = std::move(title);
  card.run = run;
  if (corpus) {
    card.text = corpus->title();
    card.textTokens = corpus->tokens().size();
    card.textWords = corpus->vocabulary().size();
  }
  card.state = stateName(status.state);
  card.steps = status.step;
  card.epochs = status.epoch;
  card.seconds = status.seconds;
  addMetrics(card, status, points, snapshot);
  if (!snapshot) return card;
  if (isOver(status.state)) card.fingerprint = fingerprint(*snapshot, run.modelId);
  if (snapshot->trained)
    card.numbers = numbersOf(snapshot->trained->save());
  else if (snapshot->all)
    card.numbers = static_cast<std::uint64_t>(snapshot->all->vectors.size());
  return card;
}

void addTextHash(ModelCard& card, const Corpus* corpus) {
  if (corpus && corpus->hasText()) card.wordsHash = wordsHash(*corpus);
}

ModelCard cardOf(std::string title, const Trainer& trainer) {
  std::vector<MetricPoint> points;
  trainer.metrics().read(0, points);
  const auto snapshot = trainer.snapshot();
  ModelCard card = cardOf(std::move(title), trainer.config(), trainer.status(), points,
                          trainer.corpus().get(), snapshot.get());
  addTextHash(card, trainer.corpus().get());
  return card;
}

Expected<TensorSet> resultOf(const Snapshot* snapshot, const Corpus* corpus) {
  if (snapshot && snapshot->trained) return snapshot->trained->save();
  if (!snapshot || !snapshot->all)
    return makeError("There is nothing to save yet", {}, "Let the run learn for a moment, then pause it");
  const Matrix& vectors = snapshot->all->vectors;
  TensorSet set;
  set.tensors["vectors"] = makeTensor<Real>(
      {vectors.data(), static_cast<std::size_t>(vectors.size())},
      {static_cast<std::uint64_t>(vectors.cols()), static_cast<std::uint64_t>(vectors.rows())});
  std::string words;
  for (Eigen::Index i = 0; corpus && i < vectors.cols(); ++i) {
    words += corpus->vocabulary().word(static_cast<TokenId>(i));
    words += '\0';
  }
  set.tensors["words"] = makeTensor<std::uint8_t>(
      std::span(reinterpret_cast<const std::uint8_t*>(words.data()), words.size()), {words.size()});
  return set;
}

std::string commandFor(std::string_view modelId, const std::string& file) {
  const std::string name = '"' + file + '"', cli = "lexarium-cli ";
  const ModelInfo* info = findModel(modelId);
  switch (info ? info->kind : ModelInfo::Kind::Embedding) {
    case ModelInfo::Kind::Embedding:
      return {};
    case ModelInfo::Kind::Sequence:
      return cli + "generate " + name + " --prompt \"...\"";
    case ModelInfo::Kind::Pairs:
      return cli + "translate " + name + " \"...\"";
    case ModelInfo::Kind::Labels:
      return cli + "classify " + name + " \"...\"";
    case ModelInfo::Kind::Stories:
      return cli + "ask " + name + " \"...\" --story story.txt";
  }
  return {};
}

std::string kindOf(const TensorSet& model) {
  if (const auto kind = model.metadata.find("lexarium.sequence_model"); kind != model.metadata.end())
    return kind->second;
  for (const Kind& kind : kKinds)
    if (model.metadata.contains(kind.metadata)) return kind.id;
  return model.tensors.contains("vectors") && model.tensors.contains("words") ? "vectors" : "";
}

std::string cardToJson(const ModelCard& card, const TensorSet& model, const std::string& file) {
  const std::string kind = kindOf(model);
  const ModelInfo* info = findModel(card.run.modelId);
  const std::string id = card.run.modelId.empty() ? kind : card.run.modelId;
  Json json = {{"lexarium_model_card", 1}, {"title", card.title}, {"file", file}};
  json["model"] = {{"id", id}, {"kind", kind}};
  if (info)
    json["model"].update({{"title", info->title}, {"summary", info->summary}, {"paper", info->citation}});
  if (const std::string formula = formulaOf(id); !formula.empty()) json["model"]["formula"] = formula;
  if (!card.run.modelId.empty()) json["run"] = toJson(card.run);
  if (const std::string* shape = shapeIn(model))
    if (const auto parsed = parseJson(*shape)) json["network"] = *parsed;
  if (card.numbers > 0) json["numbers"] = card.numbers;
  if (!card.text.empty())
    json["text"] = {{"title", card.text},
                    {"tokens", card.textTokens},
                    {"words", card.textWords},
                    {"words_hash", card.wordsHash}};
  if (!card.state.empty())
    json["training"] = {
        {"state", card.state}, {"steps", card.steps}, {"epochs", card.epochs}, {"seconds", card.seconds}};
  json["metrics"] = metricsOf(card);
  if (!card.fingerprint.empty()) json["fingerprint"] = card.fingerprint;
  json["use"] = {{"command_line", commandFor(id, file)},
                 {"pytorch", "python3 load_lexarium.py \"" + file + "\" --text \"...\""}};
  json["licence"] = kLicence;
  json["program"] = std::string("Lexarium ") + LEXARIUM_VERSION;
  json["tensors"] = tensorsOf(model);
  addTokens(json, model);
  return formatJson(json);
}

std::filesystem::path cardPath(const std::filesystem::path& model) {
  std::filesystem::path path = model;
  return path.replace_extension(".json");
}

Expected<void> saveModelWithCard(const std::filesystem::path& path, const TensorSet& model,
                                 const ModelCard& card) {
  if (cardPath(path) == path)
    return makeError("A model cannot have the name of its card", pathToUtf8(path.filename()),
                     "Choose a name that ends in .safetensors");
  if (auto written = writeSafetensors(model, path); !written) return written;
  return writeFileAtomically(cardPath(path), cardToJson(card, model, pathToUtf8(path.filename())));
}

}  // namespace lexarium
