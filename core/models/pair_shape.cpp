// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/pair_net.h"

#include <array>
#include <cassert>
#include <cmath>
#include <nlohmann/json.hpp>

namespace lexarium {
namespace {

using Attention = PairShape::Attention;

constexpr std::array kAttentions{"none", "additive", "dot", "general"};
constexpr std::array kCells{"rnn", "lstm", "gru"};
constexpr std::array kKinds{"recurrent", "transformer"};
constexpr Index kMostSize = 1 << 20, kMostLayers = 24;

Expected<void> check(const PairShape& shape) {
  for (const auto& [name, size] : {std::pair<const char*, Index>("source_vocabulary", shape.sourceVocabulary),
                                   {"target_vocabulary", shape.targetVocabulary},
                                   {"dimensions", shape.dimensions},
                                   {"units", shape.units}}) {
    if (size < 1 || size > kMostSize) return makeError("No network has such a size", name);
  }
  if (shape.layers < 1 || shape.layers > kMostLayers)
    return makeError("No network has so many layers", "layers");
  if (shape.targetVocabulary < 3) return makeError("There is no token to say", "target_vocabulary");
  if (shape.kind == PairShape::Kind::Transformer) {
    if (shape.feedForward < 1 || shape.feedForward > kMostSize)
      return makeError("No network has such a size", "feed_forward");
    if (shape.heads < 1 || shape.units % shape.heads != 0)
      return makeError("Units must be a multiple of the heads", "heads");
  } else if (shape.bidirectional && shape.units % 2 != 0)
    return makeError("Units that read in both directions must be an even number", "units");
  if (!(shape.dropout >= 0 && shape.dropout < 1)) return makeError("No share of the units", "dropout");
  return {};
}

}  // namespace

const char* attentionName(Attention attention) { return kAttentions[static_cast<std::size_t>(attention)]; }
const char* pairKindName(PairShape::Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
const char* cellName(CellKind cell) { return kCells[static_cast<std::size_t>(cell)]; }

std::string toJson(const PairShape& shape) {
  const nlohmann::ordered_json json = {{"kind", pairKindName(shape.kind)},
                                       {"cell", cellName(shape.cell)},
                                       {"attention", attentionName(shape.attention)},
                                       {"source_vocabulary", shape.sourceVocabulary},
                                       {"target_vocabulary", shape.targetVocabulary},
                                       {"dimensions", shape.dimensions},
                                       {"units", shape.units},
                                       {"layers", shape.layers},
                                       {"bidirectional", shape.bidirectional},
                                       {"heads", shape.heads},
                                       {"feed_forward", shape.feedForward},
                                       {"dropout", shape.dropout}};
  return json.dump();
}

StackShape stackOf(const PairShape& shape, bool isDecoder) {
  return {shape.dimensions, shape.units, shape.heads, shape.layers, shape.feedForward, isDecoder};
}

double countNumbers(const PairShape& shape) {
  const auto d = static_cast<double>(shape.dimensions), u = static_cast<double>(shape.units);
  const auto target = static_cast<double>(shape.targetVocabulary);
  const double ends = d * (static_cast<double>(shape.sourceVocabulary) + target) + target * (u + 1);
  if (shape.kind == PairShape::Kind::Transformer)
    return ends + countNumbers(stackOf(shape, false)) + countNumbers(stackOf(shape, true));
  const double gates = shape.cell == CellKind::Lstm ? 4 : shape.cell == CellKind::Gru ? 3 : 1;
  const double each = shape.bidirectional ? u / 2 : u;
  double count = ends;
  for (Index i = 0; i < shape.layers; ++i) count += gates * u * (2 * ((i == 0 ? d : u) + 1) + each + u);
  if (shape.attention != Attention::None) count += 2 * u * u;
  if (shape.attention == Attention::Additive) count += 2 * u * u;
  if (shape.attention == Attention::General) count += u * u;
  return count;
}

Expected<PairShape> pairShapeFrom(std::string_view text) {
  PairShape shape;
  try {
    const auto json = nlohmann::json::parse(text);
    const auto indexOf = [](const auto& names, const std::string& name) {
      for (std::size_t i = 0; i < names.size(); ++i)
        if (name == names[i]) return i;
      return names.size();
    };
    const std::size_t cell = indexOf(kCells, json.at("cell").get<std::string>());
    const std::size_t attention = indexOf(kAttentions, json.at("attention").get<std::string>());
    // What was saved before there were others is recurrent.
    const bool isOld = !json.contains("kind");
    const std::size_t kind = isOld ? 0 : indexOf(kKinds, json.at("kind").get<std::string>());
    if (kind == kKinds.size()) return makeError("Its kind of network is not known");
    shape.kind = static_cast<PairShape::Kind>(kind);
    if (cell == kCells.size() || attention == kAttentions.size())
      return makeError("Its kind of cells or attention is not known");
    shape.cell = static_cast<CellKind>(cell);
    shape.attention = static_cast<Attention>(attention);
    for (const auto& [key, number] :
         {std::pair<const char*, Index*>("source_vocabulary", &shape.sourceVocabulary),
          {"target_vocabulary", &shape.targetVocabulary},
          {"dimensions", &shape.dimensions},
          {"units", &shape.units},
          {"layers", &shape.layers},
          {"heads", &shape.heads},
          {"feed_forward", &shape.feedForward}}) {
      if (isOld && !json.contains(key)) continue;
      if (!json.at(key).is_number_integer())
        return makeError("A size of the network is no whole number", key);
      *number = json.at(key).get<Index>();
    }
    shape.bidirectional = json.at("bidirectional").get<bool>();
    shape.dropout = json.at("dropout").get<double>();
  } catch (const nlohmann::json::exception&) {
    return makeError("The description of the network is not whole");
  }
  if (auto good = check(shape); !good) return tl::unexpected<Error>(good.error());
  return shape;
}

}  // namespace lexarium
