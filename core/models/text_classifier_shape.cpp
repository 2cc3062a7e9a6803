// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <nlohmann/json.hpp>

#include "core/models/text_classifier_net.h"

namespace lexarium {
namespace {

using Kind = ClassifierShape::Kind;
using Pooling = ClassifierShape::Pooling;

constexpr std::array kKinds{"flatten", "mean", "rnn", "lstm", "gru", "transformer"};
constexpr std::array kPoolings{"last", "mean", "attention"};
constexpr Index kMostSize = 1 << 20, kMostLayers = 12;
constexpr double kMostNumbers = 4e9;

template <class Names>
std::size_t placeOf(const Names& names, const std::string& name) {
  std::size_t i = 0;
  while (i < names.size() && name != names[i]) ++i;
  return i;
}

}  // namespace

const char* classifierKindName(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
const char* poolingName(Pooling pooling) { return kPoolings[static_cast<std::size_t>(pooling)]; }

Index ClassifierShape::features() const {
  return hasLayers() ? units : kind == Kind::Mean ? dimensions : dimensions * longest;
}

Expected<void> checkShape(const ClassifierShape& shape) {
  for (const auto& [name, size] : {std::pair<const char*, Index>("vocabulary", shape.vocabulary),
                                   {"classes", shape.classes},
                                   {"longest", shape.longest},
                                   {"dimensions", shape.dimensions},
                                   {"units", shape.units}}) {
    if (size < 1 || size > kMostSize) return makeError("No network has such a size", name);
  }
  if (shape.classes < 2) return makeError("There is nothing to tell apart", "classes");
  if (shape.layers < 1 || shape.layers > kMostLayers)
    return makeError("No network has so many layers", "layers", "Take one to twelve");
  if (shape.isTransformer()) {
    if (shape.feedForward < 1 || shape.feedForward > kMostSize)
      return makeError("No network has such a size", "feed_forward");
    if (shape.heads < 1 || shape.units % shape.heads != 0)
      return makeError("Units must be a multiple of the heads", "heads");
  } else if (shape.hasLayers() && shape.bidirectional && shape.units % 2 != 0)
    return makeError("Units that read in both directions must be an even number", "units");
  if (!(shape.dropout >= 0 && shape.dropout < 1)) return makeError("No share of the units", "dropout");
  if (parametersOf(shape) > kMostNumbers)
    return makeError("The network is too large", "", "Take fewer dimensions, units or tokens");
  return {};
}

StackShape stackOf(const ClassifierShape& shape) {
  return {shape.dimensions, shape.units, shape.heads, shape.layers, shape.feedForward, false};
}

double parametersOf(const ClassifierShape& shape) {
  const auto d = static_cast<double>(shape.dimensions), u = static_cast<double>(shape.units);
  double count = d * static_cast<double>(shape.vocabulary) +
                 static_cast<double>(shape.classes) * static_cast<double>(shape.features());
  if (!shape.hasLayers()) return count;
  const double pooling = shape.poolsByAttention() ? u * u : 0;
  if (shape.isTransformer()) return count + pooling + countNumbers(stackOf(shape));
  const double gates = shape.kind == Kind::Lstm ? 4 : shape.kind == Kind::Gru ? 3 : 1;
  const double each = shape.bidirectional ? u / 2 : u;
  for (Index i = 0; i < shape.layers; ++i) count += gates * u * ((i == 0 ? d : u) + each + 1);
  return count + pooling;
}

std::string toJson(const ClassifierShape& shape) {
  const nlohmann::ordered_json json = {{"kind", classifierKindName(shape.kind)},
                                       {"pooling", poolingName(shape.pooling)},
                                       {"vocabulary", shape.vocabulary},
                                       {"classes", shape.classes},
                                       {"longest", shape.longest},
                                       {"dimensions", shape.dimensions},
                                       {"units", shape.units},
                                       {"layers", shape.layers},
                                       {"bidirectional", shape.bidirectional},
                                       {"heads", shape.heads},
                                       {"feed_forward", shape.feedForward},
                                       {"dropout", shape.dropout}};
  return json.dump();
}

Expected<ClassifierShape> classifierShapeFrom(std::string_view text) {
  ClassifierShape shape;
  try {
    const auto json = nlohmann::json::parse(text);
    const std::size_t kind = placeOf(kKinds, json.at("kind").get<std::string>());
    const std::size_t pooling = placeOf(kPoolings, json.at("pooling").get<std::string>());
    if (kind == kKinds.size() || pooling == kPoolings.size())
      return makeError("Its kind of network is not known");
    shape.kind = static_cast<Kind>(kind);
    shape.pooling = static_cast<Pooling>(pooling);
    for (const auto& [key, number] : {std::pair<const char*, Index*>("vocabulary", &shape.vocabulary),
                                      {"classes", &shape.classes},
                                      {"longest", &shape.longest},
                                      {"dimensions", &shape.dimensions},
                                      {"units", &shape.units},
                                      {"layers", &shape.layers},
                                      {"heads", &shape.heads},
                                      {"feed_forward", &shape.feedForward}}) {
      // What was saved before there were Transformers says nothing of them.
      if (!shape.isTransformer() && !json.contains(key) &&
          (number == &shape.heads || number == &shape.feedForward))
        continue;
      if (!json.at(key).is_number_integer())
        return makeError("A size of the network is no whole number", key);
      *number = json.at(key).get<Index>();
    }
    shape.bidirectional = json.at("bidirectional").get<bool>();
    shape.dropout = json.at("dropout").get<double>();
  } catch (const nlohmann::json::exception&) {
    return makeError("The description of the network is not whole");
  }
  if (auto good = checkShape(shape); !good) return tl::unexpected<Error>(good.error());
  return shape;
}

}  // namespace lexarium
