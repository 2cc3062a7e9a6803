// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_answers.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/cli/console.h"
#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/models/sampling.h"
#include "core/models/sequence_model.h"

namespace lexarium::cli {
namespace {

constexpr std::size_t kNextTokens = 5;

nlohmann::ordered_json columnsOf(const Eigen::MatrixXf& matrix) {
  auto columns = nlohmann::ordered_json::array();
  for (Eigen::Index t = 0; t < matrix.cols(); ++t) {
    const Eigen::VectorXf column = matrix.col(t);
    columns.push_back(std::vector<float>(column.data(), column.data() + column.size()));
  }
  return columns;
}

}  // namespace

ModelAnswer answerOf(const PairModel& model, const Reading& reading, const TranslateOptions& options) {
  const auto found = model.translate(reading.input, options);
  auto ways = nlohmann::ordered_json::array();
  for (const Translation& way : found)
    ways.push_back({{"text", way.text},
                    {"score", way.score},
                    {"tokens", way.target},
                    {"probabilities", way.probabilities},
                    {"attention", columnsOf(way.attention)}});
  double probability = 1;  // of the whole text
  for (const float p : found.front().probabilities) probability *= static_cast<double>(p);
  nlohmann::ordered_json source = found.front().source;
  return {found.front().text,
          {{"output", found.front().text},
           {"probability", probability},
           {"source_tokens", std::move(source)},
           {"translations", std::move(ways)}}};
}

ModelAnswer answerOf(const ClassifierModel& model, const Reading& reading) {
  const Classification said = model.classify(reading.input);
  auto probabilities = nlohmann::ordered_json::object();
  for (std::size_t c = 0; c < said.probabilities.size(); ++c)
    probabilities[model.labels()[c]] = said.probabilities[c];
  nlohmann::ordered_json object = {{"output", model.labels()[said.label]},
                                   {"probability", said.probabilities[said.label]},
                                   {"probabilities", std::move(probabilities)},
                                   {"tokens", said.tokens},
                                   {"cut", said.cut}};
  if (!said.attention.empty()) object["attention"] = said.attention;
  return {model.labels()[said.label] + '\t' + fixedNumber(said.probabilities[said.label], 3) + '\t' +
              reading.input,
          std::move(object)};
}

ModelAnswer answerOf(const StoryModel& model, const Reading& reading) {
  const StoryAnswer answer = model.answer(reading.story, reading.input);
  auto attention = nlohmann::ordered_json::array(), others = nlohmann::ordered_json::array();
  const auto& story = reading.story;
  const std::size_t first =
      story.size() - std::min(story.size(), static_cast<std::size_t>(answer.attention.rows()));
  for (Index i = 0; i < answer.attention.rows() && first + static_cast<std::size_t>(i) < story.size(); ++i) {
    const Eigen::VectorXf row = answer.attention.row(i);
    attention.push_back({{"sentence", story[first + static_cast<std::size_t>(i)]},
                         {"hops", std::vector<float>(row.data(), row.data() + row.size())}});
  }
  for (const auto& [text, probability] : answer.others)
    others.push_back({{"answer", text}, {"probability", probability}});
  return {answer.text,
          {{"output", answer.text},
           {"probability", answer.probability},
           {"answers", std::move(others)},
           {"attention", std::move(attention)}}};
}

ModelAnswer answerOf(const SequenceModel& model, const Reading& reading) {
  const Tokenizer& tokenizer = *model.tokenizer();
  std::vector<TokenId> ids = tokenizer.encode(reading.input).ids;
  if (ids.empty()) {
    const TextSample beginning = speak(model, {"", 0, {}});
    for (const SampledToken& token : beginning.tokens) ids.push_back(token.id);
  }
  if (ids.empty()) ids.push_back(0);
  const auto session = model.start();
  std::span<const float> logits;
  for (const TokenId id : ids) logits = session->feed(id);
  const std::vector<float> p = softmaxOf(std::vector<float>(logits.begin(), logits.end()));
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::size_t most = std::min(kNextTokens, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most), order.end(),
                    [&](std::size_t a, std::size_t b) { return p[a] > p[b] || (p[a] == p[b] && a < b); });
  const auto labelOf = [&](std::size_t id) { return tokenizer.label(static_cast<TokenId>(id)); };
  auto next = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < most; ++i)
    next.push_back({{"token", labelOf(order[i])}, {"probability", p[order[i]]}});
  const std::string best(tokenizer.text(static_cast<TokenId>(order[0])));
  return {labelOf(order[0]) + '\t' + fixedNumber(static_cast<double>(p[order[0]]), 3) + '\t' + reading.input,
          {{"output", best}, {"probability", p[order[0]]}, {"next", std::move(next)}}};
}

ModelAnswer answerOf(const TrainedModel& model, const Reading& reading) {
  if (const auto* pairs = dynamic_cast<const PairModel*>(&model)) return answerOf(*pairs, reading, {});
  if (const auto* sorts = dynamic_cast<const ClassifierModel*>(&model)) return answerOf(*sorts, reading);
  if (const auto* stories = dynamic_cast<const StoryModel*>(&model)) return answerOf(*stories, reading);
  return answerOf(dynamic_cast<const SequenceModel&>(model), reading);
}

Expected<std::shared_ptr<const TrainedModel>> readTrainedModel(const std::string& path) {
  const auto set = readSafetensors(pathFromUtf8(path));
  if (!set) return tl::unexpected<Error>(set.error());
  auto model = loadTrainedModel(*set);
  if (model) return model;
  Error error = model.error();
  error.where = path + (error.where.empty() ? "" : ", " + error.where);
  if (error.advice.empty())
    error.advice = "Choose a file that one of the `train` commands of lexarium-cli has written";
  return tl::unexpected<Error>(error);
}

}  // namespace lexarium::cli
