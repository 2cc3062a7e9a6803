// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/text_classifier_net.h"

#include <cassert>

#include "core/nn/initialise.h"

namespace lexarium {
namespace {

using Texts = std::span<const std::span<const TokenId>>;

// Small, as Keras begins: what a token means at random should not drown what is learned.
constexpr double kTableDeviation = 0.1;

CellKind cellOf(ClassifierShape::Kind kind) {
  if (kind == ClassifierShape::Kind::Lstm) return CellKind::Lstm;
  return kind == ClassifierShape::Kind::Gru ? CellKind::Gru : CellKind::Rnn;
}

}  // namespace

ClassifierNet::ClassifierNet(const ClassifierShape& shape, Parameters& parameters) : shape_(shape) {
  const Index units = shape.units;
  const bool hasOneMore = shape.kind == ClassifierShape::Kind::Flatten || shape.hasClassToken();
  table_ = parameters.add("embedding", shape.dimensions, shape.vocabulary + (hasOneMore ? 1 : 0));
  if (shape.isTransformer())
    stack_ = TransformerStack("encoder", stackOf(shape), parameters);
  else if (shape.hasLayers())
    cells_ = RecurrentStack(cellOf(shape.kind), "cells", shape.dimensions, units, shape.layers,
                            shape.bidirectional, parameters);
  if (shape.poolsByAttention()) {
    attentionWeights_ = parameters.add("attention.weight", units, units);
    attentionBias_ = parameters.add("attention.bias", units, 1, false);
    attentionVector_ = parameters.add("attention.vector", units, 1);
  }
  outWeights_ = parameters.add("output.weight", shape.classes, shape.features());
  outBias_ = parameters.add("output.bias", shape.classes, 1, false);
}

void ClassifierNet::initialise(const ClassifierShape& shape, Parameters& parameters, Rng& rng) {
  if (shape.isTransformer()) return initialiseTransformer(parameters, rng);
  initialiseLayers(parameters, shape.features(), cellOf(shape.kind), rng);
  parameters.value(*parameters.find("embedding")) *= static_cast<Real>(kTableDeviation);
}

Var ClassifierNet::probed(Tape& tape, std::span<const TokenId> text) const {
  const Var read = tape.entering(gather(tape.parameter(table_), text));
  if (shape_.kind == ClassifierShape::Kind::Mean) return meanOfSteps(read, 1);
  const std::vector<TokenId> padding(static_cast<std::size_t>(shape_.longest) - text.size(),
                                     static_cast<TokenId>(shape_.vocabulary));
  const Var all = padding.empty() ? read : concatColumns(read, gather(tape.parameter(table_), padding));
  return reshape(all, shape_.features(), 1);
}

Var ClassifierNet::flattened(Tape& tape, Texts texts) const {
  if (tape.isProbed()) return probed(tape, texts[0]);
  std::vector<TokenId> ids;
  ids.reserve(texts.size() * static_cast<std::size_t>(shape_.longest));
  for (const auto& text : texts) {
    assert(static_cast<Index>(text.size()) <= shape_.longest);
    ids.insert(ids.end(), text.begin(), text.end());
    ids.insert(ids.end(), static_cast<std::size_t>(shape_.longest) - text.size(),
               static_cast<TokenId>(shape_.vocabulary));
  }
  // The vectors of a text stand one after the other already: a column is a text in another shape.
  return reshape(gather(tape.parameter(table_), ids), shape_.features(), static_cast<Index>(texts.size()));
}

Var ClassifierNet::averaged(Tape& tape, Texts texts) const {
  if (tape.isProbed()) return probed(tape, texts[0]);
  std::vector<TokenId> ids;
  std::vector<std::uint32_t> lengths;
  for (const auto& text : texts) {
    ids.insert(ids.end(), text.begin(), text.end());
    lengths.push_back(static_cast<std::uint32_t>(text.size()));
  }
  return gatherMean(tape.parameter(table_), ids, lengths);
}

/// All but the token for the class enter.
Var ClassifierNet::vectorsOf(Tape& tape, std::span<const TokenId> ids, Index batch) const {
  const Var table = tape.parameter(table_);
  if (!tape.isProbed() || !shape_.hasClassToken()) return tape.entering(gather(table, ids));
  const std::size_t read = ids.size() - static_cast<std::size_t>(batch);
  return concatColumns(tape.entering(gather(table, ids.first(read))), gather(table, ids.subspan(read)));
}

Var ClassifierNet::readByLayers(Tape& tape, Texts texts) const {
  const std::size_t count = texts.size(), steps = texts[0].size();
  std::vector<TokenId> ids(count * steps);
  for (std::size_t b = 0; b < count; ++b) {
    assert(texts[b].size() == steps);
    for (std::size_t t = 0; t < steps; ++t) ids[t * count + b] = texts[b][t];
  }
  if (shape_.hasClassToken()) ids.insert(ids.end(), count, static_cast<TokenId>(shape_.vocabulary));
  const auto batch = static_cast<Index>(count);
  const Var vectors = vectorsOf(tape, ids, batch);
  Var states, last;
  if (shape_.isTransformer()) {
    states = stack_.run(tape, stack_.enter(tape, vectors, batch, 0, share()), batch, share());
    last = sliceColumns(states, states.cols() - batch, batch);
  } else {
    const auto read = cells_.run(tape, vectors, batch, share());
    states = read.states;
    last = read.last.back().h;
  }
  if (shape_.pooling == ClassifierShape::Pooling::Last) return last;
  if (shape_.pooling == ClassifierShape::Pooling::Mean) return meanOfSteps(states, batch);
  // Additive attention whose only query says nothing.
  const Var keys = affine(tape.parameter(attentionWeights_), states, tape.parameter(attentionBias_));
  const Var pooled = additiveAttention(tape.zeros(shape_.units, batch), keys,
                                       tape.parameter(attentionVector_), states, batch);
  tape.watch("pooling", pooled);
  return pooled;
}

Var ClassifierNet::forward(Tape& tape, Texts texts) const {
  assert(!texts.empty() && (!tape.isProbed() || texts.size() == 1));
  const Var features = shape_.hasLayers()                           ? readByLayers(tape, texts)
                       : shape_.kind == ClassifierShape::Kind::Mean ? averaged(tape, texts)
                                                                    : flattened(tape, texts);
  return affine(tape.parameter(outWeights_), dropout(features, share()), tape.parameter(outBias_));
}

std::vector<AttentionHead> ClassifierNet::headsOf(const Tape& tape) const {
  std::vector<AttentionHead> heads;
  if (shape_.isTransformer()) stack_.addHeads(tape, 0, AttentionAxis::Input, heads);
  if (shape_.poolsByAttention())
    heads.push_back({{"pooling", 0, 0},
                     AttentionAxis::Input,
                     AttentionAxis::Whole,
                     additiveWeights(tape.watched("pooling"), 0).cast<float>()});
  return heads;
}

std::vector<HeadPlace> ClassifierNet::heads() const {
  return shape_.isTransformer() ? stack_.heads() : std::vector<HeadPlace>();
}

bool ClassifierNet::silence(Parameters& parameters, const HeadPlace& head) const {
  return shape_.isTransformer() && stack_.silence(parameters, head);
}

}  // namespace lexarium
