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
  if (shape.bidirectional && shape.units % 2 != 0)
    return makeError("Units that read in both directions must be an even number", "units");
  if (!(shape.dropout >= 0 && shape.dropout < 1)) return makeError("No share of the units", "dropout");
  return {};
}

}  // namespace

const char* attentionName(Attention attention) { return kAttentions[static_cast<std::size_t>(attention)]; }
const char* cellName(CellKind cell) { return kCells[static_cast<std::size_t>(cell)]; }

std::string toJson(const PairShape& shape) {
  const nlohmann::ordered_json json = {{"cell", cellName(shape.cell)},
                                       {"attention", attentionName(shape.attention)},
                                       {"source_vocabulary", shape.sourceVocabulary},
                                       {"target_vocabulary", shape.targetVocabulary},
                                       {"dimensions", shape.dimensions},
                                       {"units", shape.units},
                                       {"layers", shape.layers},
                                       {"bidirectional", shape.bidirectional},
                                       {"dropout", shape.dropout}};
  return json.dump();
}

double countNumbers(const PairShape& shape) {
  const auto d = static_cast<double>(shape.dimensions), u = static_cast<double>(shape.units);
  const auto target = static_cast<double>(shape.targetVocabulary);
  const double gates = shape.cell == CellKind::Lstm ? 4 : shape.cell == CellKind::Gru ? 3 : 1;
  const double each = shape.bidirectional ? u / 2 : u;
  double count = d * (static_cast<double>(shape.sourceVocabulary) + target) + target * (u + 1);
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
    if (cell == kCells.size() || attention == kAttentions.size())
      return makeError("Its kind of cells or attention is not known");
    shape.cell = static_cast<CellKind>(cell);
    shape.attention = static_cast<Attention>(attention);
    for (const auto& [key, number] :
         {std::pair<const char*, Index*>("source_vocabulary", &shape.sourceVocabulary),
          {"target_vocabulary", &shape.targetVocabulary},
          {"dimensions", &shape.dimensions},
          {"units", &shape.units},
          {"layers", &shape.layers}}) {
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

PairNet::PairNet(const PairShape& shape, Parameters& parameters) : shape_(shape) {
  const Index units = shape.units;
  sourceTable_ = parameters.add("encoder.embedding", shape.dimensions, shape.sourceVocabulary);
  targetTable_ = parameters.add("decoder.embedding", shape.dimensions, shape.targetVocabulary);
  encoder_ = RecurrentStack(shape.cell, "encoder", shape.dimensions, units, shape.layers, shape.bidirectional,
                            parameters);
  for (Index i = 0; i < shape.layers; ++i)
    decoder_.emplace_back(shape.cell, "decoder.layer" + std::to_string(i), i == 0 ? shape.dimensions : units,
                          units, parameters);
  if (shape.attention == Attention::Additive || shape.attention == Attention::General)
    queryWeights_ = parameters.add("attention.query.weight", units, units);
  if (shape.attention == Attention::Additive) {
    keyWeights_ = parameters.add("attention.key.weight", units, units);
    keyBias_ = parameters.add("attention.key.bias", units, 1, false);
    scoreVector_ = parameters.add("attention.score", units, 1);
  }
  if (shape.attention != Attention::None) {
    mixWeights_ = parameters.add("attention.mix.weight", units, 2 * units);
    mixBias_ = parameters.add("attention.mix.bias", units, 1, false);
  }
  outWeights_ = parameters.add("output.weight", shape.targetVocabulary, units);
  outBias_ = parameters.add("output.bias", shape.targetVocabulary, 1, false);
}

void PairNet::initialise(const PairShape& shape, Parameters& parameters, Rng& rng) {
  initialiseLayers(parameters, shape.units, shape.cell, rng);
}

RecurrentStack::Result PairNet::runEncoder(Tape& tape, std::span<const TokenId> source, Index batch) const {
  return encoder_.run(tape, gather(tape.parameter(sourceTable_), source), batch,
                      static_cast<Real>(shape_.dropout));
}

Var PairNet::runDecoder(Tape& tape, std::span<const TokenId> target, std::vector<CellState>& states) const {
  Var x = gather(tape.parameter(targetTable_), target);
  for (std::size_t i = 0; i < decoder_.size(); ++i) x = decoder_[i].run(tape, dropped(x), states[i]);
  return x;
}

Var PairNet::keysOf(Tape& tape, Var states) const {
  if (shape_.attention != Attention::Additive) return {};
  return affine(tape.parameter(keyWeights_), states, tape.parameter(keyBias_));
}

Var PairNet::attend(Tape& tape, Var decoded, Var states, Var keys, Index batch) const {
  if (shape_.attention == Attention::None) return decoded;
  Var query = decoded, context;
  if (shape_.attention != Attention::Dot) query = matmul(tape.parameter(queryWeights_), decoded);
  if (shape_.attention == Attention::Additive) {
    context = additiveAttention(query, keys, tape.parameter(scoreVector_), states, batch);
  } else {
    // The fused operation divides by sqrt(units), as Vaswani et al. 2017 do; Luong et al. do not.
    query = scale(query, static_cast<Real>(std::sqrt(static_cast<double>(shape_.units))));
    context = attention(query, states, states, {1, batch, false});
  }
  tape.watch("alignment", context);
  return tanh(affine(tape.parameter(mixWeights_), concatRows(context, decoded), tape.parameter(mixBias_)));
}

Var PairNet::logitsOf(Tape& tape, Var decoded) const {
  return affine(tape.parameter(outWeights_), dropped(decoded), tape.parameter(outBias_));
}

Var PairNet::forward(Tape& tape, std::span<const TokenId> source, std::span<const TokenId> target,
                     Index batch) const {
  RecurrentStack::Result encoded = runEncoder(tape, source, batch);
  const Var keys = keysOf(tape, encoded.states);
  const Var decoded = runDecoder(tape, target, encoded.last);
  return logitsOf(tape, attend(tape, decoded, encoded.states, keys, batch));
}

Memory PairNet::encode(Tape& tape, std::span<const TokenId> source, DecoderState& state) const {
  tape.clear();
  const RecurrentStack::Result encoded = runEncoder(tape, source, 1);
  Memory memory;
  memory.states = encoded.states.value();
  if (shape_.attention == Attention::Additive) memory.keys = keysOf(tape, encoded.states).value();
  state = {};
  for (const CellState& last : encoded.last) {
    state.hidden.emplace_back(last.h.value());
    if (last.c.tape) state.cell.emplace_back(last.c.value());
  }
  return memory;
}

Matrix PairNet::step(Tape& tape, const Memory& memory, std::span<const TokenId> tokens, DecoderState& state,
                     Matrix* weights) const {
  tape.clear();
  std::vector<CellState> states;
  for (std::size_t i = 0; i < decoder_.size(); ++i)
    states.push_back({tape.input(state.hidden[i]), state.cell.empty() ? Var() : tape.input(state.cell[i])});
  const Var decoded = runDecoder(tape, tokens, states);
  for (std::size_t i = 0; i < decoder_.size(); ++i) {
    state.hidden[i] = states[i].h.value();
    if (!state.cell.empty()) state.cell[i] = states[i].c.value();
  }
  // Sentences side by side look at one source: as if each were one more step of it.
  const auto view = [&](const Matrix& m) { return tape.view(m.data(), m.rows(), m.cols()); };
  const Var keys = shape_.attention == Attention::Additive ? view(memory.keys) : Var();
  const Var mixed = attend(tape, decoded, view(memory.states), keys, 1);
  if (weights && shape_.attention != Attention::None) *weights = alignment(tape, 0);
  return logitsOf(tape, mixed).value();
}

Matrix PairNet::alignment(const Tape& tape, Index b) const {
  if (shape_.attention == Attention::None) return {};
  const Var looked = tape.watched("alignment");
  return shape_.attention == Attention::Additive ? additiveWeights(looked, b)
                                                 : attentionWeights(looked, 0, b);
}

std::vector<AttentionHead> PairNet::headsOf(const Tape& tape) const {
  if (shape_.attention == Attention::None) return {};
  return {{{"cross", 0, 0}, AttentionAxis::Input, AttentionAxis::Output, alignment(tape, 0).cast<float>()}};
}

DecoderState DecoderState::of(std::span<const std::size_t> sentences) const {
  DecoderState some = *this;
  for (auto* part : {&some.hidden, &some.cell})
    for (Matrix& numbers : *part) {
      const Matrix all = std::move(numbers);
      numbers.resize(all.rows(), static_cast<Index>(sentences.size()));
      for (std::size_t i = 0; i < sentences.size(); ++i)
        numbers.col(static_cast<Index>(i)) = all.col(static_cast<Index>(sentences[i]));
    }
  return some;
}

}  // namespace lexarium
