// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/story_net.h"

#include <cassert>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/nn/initialise.h"

namespace lexarium {
namespace {

constexpr double kDeviation = 0.1;  // of all numbers at first: section 4.2
constexpr Index kMostSize = 1 << 20, kMostHops = 16, kMostSentences = 10'000;

}  // namespace

std::string toJson(const StoryShape& shape) {
  const nlohmann::ordered_json json = {{"words", shape.words},
                                       {"answers", shape.answers},
                                       {"units", shape.units},
                                       {"hops", shape.hops},
                                       {"sentences", shape.sentences}};
  return json.dump();
}

double countNumbers(const StoryShape& shape) {
  const auto memories =
      static_cast<double>(shape.words + shape.sentences) * static_cast<double>(shape.hops + 1);
  return (memories + static_cast<double>(shape.answers)) * static_cast<double>(shape.units);
}

Expected<StoryShape> storyShapeFrom(std::string_view text) {
  StoryShape shape;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  for (const auto& [key, number, most] :
       {std::tuple<const char*, Index*, Index>("words", &shape.words, kMostSize),
        {"answers", &shape.answers, kMostSize},
        {"units", &shape.units, kMostSize},
        {"hops", &shape.hops, kMostHops},
        {"sentences", &shape.sentences, kMostSentences}}) {
    if (!json.is_object() || !json.contains(key) || !json[key].is_number_integer())
      return makeError("The description of the network is not whole", key);
    *number = json[key].get<Index>();
    if (*number < 1 || *number > most) return makeError("No network has such a size", key);
  }
  return shape;
}

void Sentences::add(std::span<const TokenId> some) {
  for (std::size_t j = 0; j < some.size(); ++j) {
    words.push_back(some[j]);
    sentence.push_back(static_cast<std::uint32_t>(count));
    position.push_back(static_cast<Real>(j + 1) / static_cast<Real>(some.size()));
  }
  ++count;
}

StoryNet::StoryNet(const StoryShape& shape, Parameters& parameters) : shape_(shape) {
  for (Index hop = 0; hop <= shape.hops; ++hop) {
    const std::string name = "memory" + std::to_string(hop);
    tables_.push_back(parameters.add(name + ".words", shape.units, shape.words));
    times_.push_back(parameters.add(name + ".times", shape.units, shape.sentences));
  }
  outWeights_ = parameters.add("output.weight", shape.answers, shape.units);
}

void StoryNet::initialise(Parameters& parameters, Rng& rng) {
  for (std::uint32_t i = 0; i < parameters.size(); ++i)
    initialiseNormal(parameters.value({i}), kDeviation, rng);
}

Var StoryNet::encoded(Tape& tape, ParameterId table, const Sentences& sentences, bool isStory) const {
  const Index d = shape_.units, count = static_cast<Index>(sentences.words.size());
  if (count == 0) return tape.zeros(d, sentences.count);
  Matrix weights(d, count);
  for (Index j = 0; j < count; ++j) {
    const Real place = sentences.position[static_cast<std::size_t>(j)];
    for (Index k = 0; k < d; ++k) {
      const Real share = static_cast<Real>(k + 1) / static_cast<Real>(d);
      weights(k, j) = (1 - place) - share * (1 - 2 * place);
    }
  }
  const Var words = gather(tape.parameter(table), sentences.words);
  const Var weighted = hadamard(isStory ? tape.entering(words) : words, tape.input(weights));
  return sumSegments(weighted, sentences.sentence, sentences.count);
}

Var StoryNet::forward(Tape& tape, const Sentences& stories, const Sentences& questions, Index batch) const {
  assert(stories.count % batch == 0 && questions.count == batch && stories.count > 0);
  const Index count = stories.count / batch;
  assert(count <= shape_.sentences);
  std::vector<std::uint32_t> back;  // how many sentences before the question
  for (Index i = 0; i < count; ++i)
    back.insert(back.end(), static_cast<std::size_t>(batch), static_cast<std::uint32_t>(count - 1 - i));
  Var u = encoded(tape, tables_[0], questions, false);
  Var memory = add(encoded(tape, tables_[0], stories, true), gather(tape.parameter(times_[0]), back));
  // The fused operation divides by sqrt(d); the paper does not.
  const Real undo = static_cast<Real>(std::sqrt(static_cast<double>(shape_.units)));
  for (Index hop = 0; hop < shape_.hops; ++hop) {
    const auto next = static_cast<std::size_t>(hop + 1);
    const Var output =
        add(encoded(tape, tables_[next], stories, true), gather(tape.parameter(times_[next]), back));
    const Var seen = lexarium::attention(scale(u, undo), memory, output, {1, batch, false});
    tape.watch("hop", seen, hop);
    u = add(u, seen);
    memory = output;
  }
  return matmul(tape.parameter(outWeights_), u);
}

Eigen::MatrixXf StoryNet::attention(const Tape& tape, Index b) const {
  Eigen::MatrixXf looked;
  for (Index hop = 0; hop < shape_.hops; ++hop) {
    const Matrix weights = attentionWeights(tape.watched("hop", hop), 0, b);
    if (hop == 0) looked.resize(weights.rows(), shape_.hops);
    looked.col(hop) = weights.col(0).cast<float>();
  }
  return looked;
}

}  // namespace lexarium
