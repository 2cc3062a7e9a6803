// SPDX-License-Identifier: GPL-3.0-or-later
// Where a language model looks, and what is left of it when some of its heads are silent.
#include <algorithm>
#include <cmath>

#include "core/models/neural_model.h"
#include "core/models/transformer_session.h"

namespace lexarium {
namespace {

constexpr const char* kSelfPart = "self";

}  // namespace

AttentionTrace NeuralModel::look(const Reading& reading) const {
  SequenceTrace read = trace(reading.input, false, kMostLooked);
  AttentionTrace seen;
  double sum = 0;
  for (std::size_t t = 0; t < read.ids.size(); ++t) {
    seen.input.push_back({read.labels[t], read.ranges[t]});
    seen.probabilities.push_back(std::exp(-read.surprise[t]));  // not a number stays one
    if (t > 0) sum += static_cast<double>(read.surprise[t]);
  }
  if (read.ids.size() > 1) seen.loss = sum / static_cast<double>(read.ids.size() - 1);
  for (TraceMatrix& matrix : read.matrices) {
    if (matrix.kind != TraceMatrix::Kind::Attention) continue;
    seen.heads.push_back({{kSelfPart, matrix.layer, matrix.head},
                          AttentionAxis::Input,
                          AttentionAxis::Input,
                          std::move(matrix.values)});
  }
  return seen;
}

std::vector<HeadPlace> NeuralModel::heads() const {
  std::vector<HeadPlace> places;
  for (std::size_t layer = 0; facts_.heads > 0 && layer < facts_.layers; ++layer)
    for (std::size_t head = 0; head < facts_.heads; ++head) places.push_back({kSelfPart, layer, head});
  return places;
}

/// What a head adds to x is W_o times its rows of what was seen: without its columns of W_o it adds nothing,
/// and nothing else is another one.
std::shared_ptr<const TrainedModel> NeuralModel::without(std::span<const HeadPlace> silent) const {
  const std::vector<HeadPlace> own = heads();
  const auto* net = dynamic_cast<const TransformerNet*>(net_.get());
  if (!net) return nullptr;
  Parameters changed;
  net_->declare(changed);
  std::copy(parameters_->values().begin(), parameters_->values().end(), changed.values().begin());
  const Index size = net->shape().units / net->shape().heads;
  bool any = false;
  for (const HeadPlace& place : silent) {
    if (std::find(own.begin(), own.end(), place) == own.end()) continue;
    changed.value(net->names().blocks[place.layer].out.weights)
        .middleCols(static_cast<Index>(place.head) * size, size)
        .setZero();
    any = true;
  }
  if (!any) return nullptr;
  return std::make_shared<const NeuralModel>(net_, tokenizer_, facts_.charactersPerToken, changed);
}

}  // namespace lexarium
