// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/sequence_net.h"

#include <nlohmann/json.hpp>

#include "core/nn/initialise.h"

namespace lexarium {
namespace {

constexpr Index kMostTokens = 1'000'000, kMostUnits = 100'000, kMostLayers = 1000, kMostContext = 1'000'000;

using Make = std::shared_ptr<SequenceNet> (*)(const NetShape&);
constexpr std::pair<const char*, Make> kKinds[] = {{"mlp", makeMlp},
                                                   {"rnn", makeRnn},
                                                   {"lstm", makeLstm},
                                                   {"gru", makeGru},
                                                   {"transformer", makeTransformer}};

const char* nameOf(NetShape::Positions positions) {
  switch (positions) {
    case NetShape::Positions::Learned:
      return "learned";
    case NetShape::Positions::Sinusoidal:
      return "sinusoidal";
    case NetShape::Positions::Rotary:
      return "rotary";
  }
  return "learned";
}

Expected<void> check(const NetShape& shape) {
  const auto within = [](Index number, Index least, Index most) { return number >= least && number <= most; };
  const bool sizes = within(shape.vocabulary, 1, kMostTokens) && within(shape.dimensions, 1, kMostUnits) &&
                     within(shape.units, 1, kMostUnits) && within(shape.layers, 1, kMostLayers) &&
                     within(shape.context, 0, kMostContext) && within(shape.heads, 1, shape.units) &&
                     within(shape.keyHeads, 1, shape.heads) && within(shape.feedForward, 0, 16 * kMostUnits);
  if (!sizes || !(shape.dropout >= 0 && shape.dropout < 1))
    return makeError("A size of the network has no meaning");
  if (shape.tied && shape.dimensions != shape.units) {
    return makeError("An output layer tied to the input needs as many dimensions as units");
  }
  if (shape.kind == "transformer" &&
      (shape.units % shape.heads != 0 || shape.heads % shape.keyHeads != 0 || shape.feedForward == 0 ||
       shape.context == 0 || shape.dimensions != shape.units)) {
    return makeError("The units cannot be shared evenly among the heads");
  }
  if (shape.kind == "transformer" && shape.positions == NetShape::Positions::Rotary &&
      shape.units / shape.heads % 2 != 0) {
    return makeError("Rotary positions need heads with an even number of units");
  }
  if (shape.kind == "mlp" && shape.context == 0) return makeError("The network looks back on no token");
  return {};
}

}  // namespace

bool sameSizes(NetShape a, const NetShape& b) {
  a.dropout = b.dropout;
  return a == b;
}

std::string toJson(const NetShape& shape) {
  nlohmann::ordered_json json = {{"kind", shape.kind},
                                 {"vocabulary", shape.vocabulary},
                                 {"dimensions", shape.dimensions},
                                 {"units", shape.units},
                                 {"layers", shape.layers},
                                 {"context", shape.context},
                                 {"tied", shape.tied},
                                 {"dropout", shape.dropout},
                                 {"heads", shape.heads},
                                 {"key_heads", shape.keyHeads},
                                 {"feed_forward", shape.feedForward},
                                 {"positions", nameOf(shape.positions)},
                                 {"gated", shape.gated},
                                 {"rms", shape.rms}};
  return json.dump();
}

Expected<NetShape> netShapeFrom(std::string_view text) {
  NetShape shape;
  try {
    const auto json = nlohmann::json::parse(text);
    shape.kind = json.at("kind").get<std::string>();
    for (const auto& [key, number] : {std::pair<const char*, Index*>("vocabulary", &shape.vocabulary),
                                      {"dimensions", &shape.dimensions},
                                      {"units", &shape.units},
                                      {"layers", &shape.layers},
                                      {"context", &shape.context},
                                      {"heads", &shape.heads},
                                      {"key_heads", &shape.keyHeads},
                                      {"feed_forward", &shape.feedForward}}) {
      if (!json.at(key).is_number_integer())
        return makeError("A size of the network is no whole number", key);
      *number = json.at(key).get<Index>();
    }
    shape.tied = json.at("tied").get<bool>();
    shape.dropout = json.at("dropout").get<double>();
    shape.gated = json.at("gated").get<bool>();
    shape.rms = json.at("rms").get<bool>();
    bool known = false;
    for (const auto positions :
         {NetShape::Positions::Learned, NetShape::Positions::Sinusoidal, NetShape::Positions::Rotary}) {
      if (json.at("positions") != nameOf(positions)) continue;
      shape.positions = positions;
      known = true;
    }
    if (!known) return makeError("Its kind of positions is not known");
  } catch (const nlohmann::json::exception&) {
    return makeError("The description of the network is not whole");
  }
  if (auto good = check(shape); !good) return tl::unexpected<Error>(good.error());
  return shape;
}

ParameterId SequenceNet::plan(Plan plan) {
  plans_.push_back(std::move(plan));
  return {static_cast<std::uint32_t>(plans_.size() - 1)};
}

void SequenceNet::planTable(Index columns, double deviation) {
  table_ = plan({"embedding", shape_.dimensions, columns, Init::Normal, deviation});
}

void SequenceNet::planOutput(double bound) {
  if (!shape_.tied) {
    outputWeights_ = plan({"output.weight", shape_.vocabulary, shape_.units, Init::Uniform, bound});
  }
  outputBias_ = plan({"output.bias", shape_.vocabulary, 1, Init::Zeros, 0, 1, false});
}

Var SequenceNet::output(Tape& tape, Var hidden) const {
  const Var bias = tape.parameter(outputBias_);
  if (!shape_.tied) return affine(tape.parameter(outputWeights_), hidden, bias);
  // A table may have a column more than there are tokens: that before the beginning of a text.
  const Var tokens = sliceColumns(tape.parameter(table_), 0, shape_.vocabulary);
  return addColumn(matmulTransposed(tokens, hidden), bias);
}

void SequenceNet::declare(Parameters& parameters) const {
  for (const Plan& plan : plans_) parameters.add(plan.name, plan.rows, plan.cols, plan.decays);
}

std::uint64_t SequenceNet::countNumbers() const {
  std::uint64_t count = 0;
  for (const Plan& plan : plans_)
    count += static_cast<std::uint64_t>(plan.rows) * static_cast<std::uint64_t>(plan.cols);
  return count;
}

void SequenceNet::initialise(Parameters& parameters, Rng& rng) const {
  for (std::uint32_t i = 0; i < plans_.size(); ++i) {
    const Plan& plan = plans_[i];
    const MatrixMap matrix = parameters.value({i});
    switch (plan.init) {
      case Init::Zeros:
        break;
      case Init::Ones:
        parameters.value({i}).setOnes();
        break;
      case Init::Uniform:
        initialiseUniform(matrix, plan.scale, rng);
        break;
      case Init::Normal:
        initialiseNormal(matrix, plan.scale, rng);
        break;
      case Init::Xavier:
        initialiseXavier(matrix, rng);
        break;
      case Init::Orthogonal:
        initialiseOrthogonal(matrix, rng, 1, plan.blocks);
        break;
    }
  }
  adjustInitial(parameters);
}

std::shared_ptr<SequenceNet> makeSequenceNet(const NetShape& shape) {
  for (const auto& [kind, make] : kKinds) {
    if (shape.kind == kind) return make(shape);
  }
  return nullptr;
}

}  // namespace lexarium
