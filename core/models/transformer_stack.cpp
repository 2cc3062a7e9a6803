// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/transformer_stack.h"

#include <cmath>

#include "core/nn/initialise.h"

namespace lexarium {
namespace {

constexpr Index kPositionsKept = 256;
constexpr const char* kCross = "cross";

/// The steps of `more` after those of `all`.
void append(Matrix& all, const Eigen::Ref<const Matrix>& more) {
  all.conservativeResize(more.rows(), all.cols() + more.cols());
  all.rightCols(more.cols()) = more;
}

Var viewed(Tape& tape, const Matrix& matrix) {
  return tape.view(matrix.data(), matrix.rows(), matrix.cols());
}

}  // namespace

Matrix sinePositions(Index units, Index steps, Index first) {
  Matrix positions(units, steps);
  for (Index i = 0; i < units; ++i) {
    const double slowness = std::pow(10000.0, static_cast<double>(i - i % 2) / static_cast<double>(units));
    for (Index t = 0; t < steps; ++t) {
      const double angle = static_cast<double>(first + t) / slowness;
      positions(i, t) = static_cast<Real>(i % 2 == 0 ? std::sin(angle) : std::cos(angle));
    }
  }
  return positions;
}

double countNumbers(const StackShape& shape) {
  const auto u = static_cast<double>(shape.units), inner = static_cast<double>(shape.feedForward);
  const double attention = 4 * u * (u + 1);
  const double norms = 2 * u * (shape.isDecoder ? 3 : 2);
  const double layer = attention * (shape.isDecoder ? 2 : 1) + norms + 2 * u * inner + inner + u;
  const double map = shape.inputs == shape.units ? 0 : u * (static_cast<double>(shape.inputs) + 1);
  return map + static_cast<double>(shape.layers) * layer + 2 * u;
}

TransformerStack::TransformerStack(const char* name, const StackShape& shape, Parameters& parameters)
    : name_(name), shape_(shape), positions_(sinePositions(shape.units, kPositionsKept, 0)) {
  const std::string prefix = std::string(name) + '.';
  const Index units = shape.units;
  if (shape.inputs != units) map_ = addLinear(prefix + "map", units, shape.inputs, parameters);
  for (Index i = 0; i < shape.layers; ++i) {
    const std::string at = prefix + "layer" + std::to_string(i) + '.';
    Layer layer;
    layer.selfNorm = addNorm(at + "self.norm", parameters);
    layer.in = addLinear(at + "self.in", 3 * units, units, parameters);
    layer.out = addLinear(at + "self.out", units, units, parameters);
    if (shape.isDecoder) {
      layer.crossNorm = addNorm(at + "cross.norm", parameters);
      layer.query = addLinear(at + "cross.query", units, units, parameters);
      layer.key = addLinear(at + "cross.key", units, units, parameters);
      layer.value = addLinear(at + "cross.value", units, units, parameters);
      layer.crossOut = addLinear(at + "cross.out", units, units, parameters);
    }
    layer.innerNorm = addNorm(at + "inner.norm", parameters);
    layer.up = addLinear(at + "inner.up", shape.feedForward, units, parameters);
    layer.down = addLinear(at + "inner.down", units, shape.feedForward, parameters);
    layers_.push_back(layer);
  }
  norm_ = addNorm(prefix + "norm", parameters);
}

TransformerStack::Linear TransformerStack::addLinear(const std::string& name, Index rows, Index cols,
                                                     Parameters& parameters) const {
  Linear linear;
  linear.weights = parameters.add(name + ".weight", rows, cols);
  linear.bias = parameters.add(name + ".bias", rows, 1, false);
  return linear;
}

TransformerStack::Norm TransformerStack::addNorm(const std::string& name, Parameters& parameters) const {
  Norm norm;
  norm.gain = parameters.add(name + ".gain", shape_.units, 1, false);
  norm.offset = parameters.add(name + ".offset", shape_.units, 1, false);
  return norm;
}

Var TransformerStack::enter(Tape& tape, Var vectors, Index batch, Index first, Real dropout) const {
  const Var x = map_ ? map_->of(tape, vectors) : vectors;
  const Index steps = x.cols() / batch;
  const bool isKept = first + steps <= kPositionsKept;
  const Matrix more = isKept ? Matrix() : sinePositions(shape_.units, steps, first);
  Matrix places(shape_.units, x.cols());
  for (Index t = 0; t < steps; ++t)
    places.middleCols(t * batch, batch).colwise() = isKept ? positions_.col(first + t) : more.col(t);
  return lexarium::dropout(add(x, tape.input(places)), dropout);
}

Var TransformerStack::feedForward(Tape& tape, const Layer& layer, Var x) const {
  return layer.down.of(tape, gelu(layer.up.of(tape, layer.innerNorm.of(tape, x))));
}

Var TransformerStack::run(Tape& tape, Var x, Index batch, Real dropout, Var memory) const {
  const auto dropped = [dropout](Var v) { return lexarium::dropout(v, dropout); };
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Layer& layer = layers_[i];
    const Var qkv = layer.in.of(tape, layer.selfNorm.of(tape, x));
    const Var seen = selfAttention(qkv, looking(batch, shape_.isDecoder));
    tape.watch(name_, seen, static_cast<Index>(i));
    x = add(x, dropped(layer.out.of(tape, seen)));
    if (shape_.isDecoder) {
      const Var found =
          attention(layer.query.of(tape, layer.crossNorm.of(tape, x)), layer.key.of(tape, memory),
                    layer.value.of(tape, memory), looking(batch, false));
      tape.watch(kCross, found, static_cast<Index>(i));
      x = add(x, dropped(layer.crossOut.of(tape, found)));
    }
    x = add(x, dropped(feedForward(tape, layer, x)));
  }
  return norm_.of(tape, x);
}

StackCache TransformerStack::sourceOf(Tape& tape, Var memory) const {
  StackCache source;
  for (const Layer& layer : layers_) {
    source.keys.emplace_back(layer.key.of(tape, memory).value());
    source.values.emplace_back(layer.value.of(tape, memory).value());
  }
  return source;
}

Var TransformerStack::step(Tape& tape, Var x, StackCache& cache, const StackCache& source) const {
  const Index units = shape_.units, batch = x.cols();
  cache.keys.resize(layers_.size());
  cache.values.resize(layers_.size());
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Layer& layer = layers_[i];
    const Var qkv = layer.in.of(tape, layer.selfNorm.of(tape, x));
    append(cache.keys[i], qkv.value().middleRows(units, units));
    append(cache.values[i], qkv.value().bottomRows(units));
    const Var seen = attention(sliceRows(qkv, 0, units), viewed(tape, cache.keys[i]),
                               viewed(tape, cache.values[i]), looking(batch, true));
    x = add(x, layer.out.of(tape, seen));
    // All sentences look at one source: as if each were one more step of it.
    const Var found =
        attention(layer.query.of(tape, layer.crossNorm.of(tape, x)), viewed(tape, source.keys[i]),
                  viewed(tape, source.values[i]), looking(1, false));
    tape.watch(kCross, found, static_cast<Index>(i));
    x = add(x, layer.crossOut.of(tape, found));
    x = add(x, feedForward(tape, layer, x));
  }
  return norm_.of(tape, x);
}

void TransformerStack::addHeads(const Tape& tape, Index b, AttentionAxis axis,
                                std::vector<AttentionHead>& heads) const {
  for (const HeadPlace& place : this->heads()) {
    const bool isCross = place.part == kCross;
    const Var node = tape.watched(place.part, static_cast<Index>(place.layer));
    heads.push_back({place, isCross ? AttentionAxis::Input : axis, axis,
                     attentionWeights(node, static_cast<Index>(place.head), b).cast<float>()});
  }
}

std::vector<HeadPlace> TransformerStack::heads() const {
  std::vector<HeadPlace> heads;
  const auto add = [&](const char* part) {
    for (std::size_t layer = 0; layer < layers_.size(); ++layer)
      for (Index head = 0; head < shape_.heads; ++head)
        heads.push_back({part, layer, static_cast<std::size_t>(head)});
  };
  add(name_);
  if (shape_.isDecoder) add(kCross);
  return heads;
}

bool TransformerStack::silence(Parameters& parameters, const HeadPlace& head) const {
  const bool isCross = shape_.isDecoder && head.part == kCross;
  if (!isCross && head.part != name_) return false;
  if (head.layer >= layers_.size() || head.head >= static_cast<std::size_t>(shape_.heads)) return false;
  const Layer& layer = layers_[head.layer];
  const Index size = shape_.units / shape_.heads;
  parameters.value((isCross ? layer.crossOut : layer.out).weights)
      .middleCols(static_cast<Index>(head.head) * size, size)
      .setZero();
  return true;
}

void initialiseTransformer(Parameters& parameters, Rng& rng) {
  for (std::uint32_t i = 0; i < parameters.size(); ++i) {
    const std::string& name = parameters.info({i}).name;
    const MatrixMap matrix = parameters.value({i});
    if (name.ends_with("embedding"))
      initialiseNormal(matrix, 1, rng);
    else if (name.ends_with(".gain"))
      MatrixMap(matrix).setOnes();
    else if (name.ends_with(".offset") || name.ends_with(".bias"))
      MatrixMap(matrix).setZero();
    else
      initialiseXavier(matrix, rng);
  }
}

}  // namespace lexarium
