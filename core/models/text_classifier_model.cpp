// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/text_classifier_model.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/models/text_tokens.h"

namespace lexarium {
namespace {

constexpr const char* kLabelsKey = "lexarium.labels";
constexpr const char* kTokensPrefix = "tokens.";
constexpr const char* kNetPrefix = "net.";
constexpr const char* kClassLabel = "[CLS]";  // as Devlin et al. 2019 write it

std::vector<float> columnOf(const Matrix& matrix) {
  std::vector<float> values(static_cast<std::size_t>(matrix.rows()));
  for (Index i = 0; i < matrix.rows(); ++i)
    values[static_cast<std::size_t>(i)] = static_cast<float>(matrix(i, 0));
  return values;
}

Expected<std::vector<std::string>> labelsOf(const TensorSet& saved, const ClassifierShape& shape) {
  const auto found = saved.metadata.find(kLabelsKey);
  if (found == saved.metadata.end()) return makeError("The names of its classes are missing", kLabelsKey);
  const auto json = nlohmann::json::parse(found->second, nullptr, false);
  const auto isText = [](const nlohmann::json& each) { return each.is_string(); };
  if (!json.is_array() || !std::all_of(json.begin(), json.end(), isText))
    return makeError("The names of its classes are no names", kLabelsKey);
  if (json.size() != static_cast<std::size_t>(shape.classes))
    return makeError("Its classes are not as many as its network has", kLabelsKey);
  return json.get<std::vector<std::string>>();
}

}  // namespace

ClassifierModel::ClassifierModel(const ClassifierShape& shape, std::shared_ptr<const Tokenizer> tokenizer,
                                 std::vector<std::string> labels, const Parameters& parameters)
    : shape_(shape), tokenizer_(std::move(tokenizer)), labels_(std::move(labels)) {
  assert(static_cast<std::size_t>(shape.classes) == labels_.size());
  auto copy = std::make_shared<Parameters>();
  net_ = std::make_unique<const ClassifierNet>(shape, *copy);
  std::copy(parameters.values().begin(), parameters.values().end(), copy->values().begin());
  parameters_ = std::move(copy);
}

Classification ClassifierModel::classify(std::string_view utf8) const {
  std::vector<TokenId> ids = readTokens(*tokenizer_, utf8);
  Classification said;
  const auto longest = static_cast<std::size_t>(shape_.longest);
  if (ids.size() > longest) {
    said.cut = ids.size() - longest;
    ids.resize(longest);
  }
  for (const TokenId id : ids) said.tokens.push_back(tokenizer_->label(id));
  Tape tape(*parameters_);
  const std::span<const TokenId> text(ids);
  const Var logits = net_->forward(tape, {&text, 1});
  said.probabilities = columnOf(softmax(logits).value());
  const auto best = std::max_element(said.probabilities.begin(), said.probabilities.end());
  said.label = static_cast<std::uint32_t>(best - said.probabilities.begin());
  if (shape_.poolsByAttention()) said.attention = columnOf(additiveWeights(tape.watched("pooling"), 0));
  return said;
}

AttentionTrace ClassifierModel::look(const Reading& reading) const {
  AttentionTrace trace;
  trace.input = readPlaced(*tokenizer_, reading.input, static_cast<std::size_t>(shape_.longest));
  std::vector<TokenId> ids = readTokens(*tokenizer_, reading.input);
  ids.resize(trace.input.size());
  Tape tape(*parameters_);
  const std::span<const TokenId> text(ids);
  trace.probabilities = columnOf(softmax(net_->forward(tape, {&text, 1})).value());
  if (shape_.hasClassToken())
    trace.input.push_back({kClassLabel, {reading.input.size(), reading.input.size()}});
  for (const std::string& label : labels_) trace.output.push_back({label, {}});
  const auto best = std::max_element(trace.probabilities.begin(), trace.probabilities.end());
  trace.outputText = labels_[static_cast<std::size_t>(best - trace.probabilities.begin())];
  const auto named = std::find(labels_.begin(), labels_.end(), reading.output);
  const float p =
      named == labels_.end() ? *best : trace.probabilities[static_cast<std::size_t>(named - labels_.begin())];
  trace.loss = -std::log(std::max(1e-30, static_cast<double>(p)));
  trace.heads = net_->headsOf(tape);
  return trace;
}

std::shared_ptr<const TrainedModel> ClassifierModel::without(std::span<const HeadPlace> heads) const {
  Parameters fewer;
  const ClassifierNet net(shape_, fewer);
  std::copy(parameters_->values().begin(), parameters_->values().end(), fewer.values().begin());
  bool any = false;
  for (const HeadPlace& head : heads) any |= net.silence(fewer, head);
  return any ? std::make_shared<const ClassifierModel>(shape_, tokenizer_, labels_, fewer) : nullptr;
}

TensorSet ClassifierModel::save() const {
  TensorSet set;
  set.metadata[kClassifierModelKey] = toJson(shape_);
  set.metadata[kLabelsKey] =
      nlohmann::json(labels_).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  saveTokens(*tokenizer_, set, kTokensPrefix);
  parameters_->save(set, kNetPrefix);
  return set;
}

Expected<std::shared_ptr<const ClassifierModel>> loadClassifier(const TensorSet& saved) {
  const auto described = saved.metadata.find(kClassifierModelKey);
  if (described == saved.metadata.end()) return makeError("It holds no model that tells texts apart");
  const auto shape = classifierShapeFrom(described->second);
  if (!shape) return tl::unexpected(shape.error());
  auto labels = labelsOf(saved, *shape);
  if (!labels) return tl::unexpected(labels.error());
  auto tokenizer = loadTokens(saved, kTokensPrefix);
  if (!tokenizer) return tl::unexpected(tokenizer.error());
  if ((*tokenizer)->size() != static_cast<std::size_t>(shape->vocabulary))
    return makeError("Its tokens are not as many as its network has");
  // What the file has must be there before memory is taken for it.
  if (parametersOf(*shape) > static_cast<double>(numbersIn(saved)))
    return makeError("It has fewer numbers than its network");
  Parameters parameters;
  const ClassifierNet net(*shape, parameters);
  if (auto read = parameters.load(saved, kNetPrefix); !read) return tl::unexpected(read.error());
  return std::make_shared<const ClassifierModel>(*shape, std::move(*tokenizer), std::move(*labels),
                                                 parameters);
}

}  // namespace lexarium
