// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/pair_net.h"

namespace lexarium {
namespace {

/// Some sentences' columns of each step.
Matrix columnsOf(const Matrix& all, Index sentences, std::span<const std::size_t> some) {
  const Index steps = all.cols() / sentences, count = static_cast<Index>(some.size());
  Matrix chosen(all.rows(), steps * count);
  for (Index t = 0; t < steps; ++t)
    for (Index i = 0; i < count; ++i)
      chosen.col(t * count + i) =
          all.col(t * sentences + static_cast<Index>(some[static_cast<std::size_t>(i)]));
  return chosen;
}

}  // namespace

DecoderState DecoderState::of(std::span<const std::size_t> some) const {
  DecoderState chosen;
  chosen.sentences = static_cast<Index>(some.size());
  for (const auto& [from, to] : {std::pair(&hidden, &chosen.hidden),
                                 {&cell, &chosen.cell},
                                 {&read.keys, &chosen.read.keys},
                                 {&read.values, &chosen.read.values}})
    for (const Matrix& all : *from) to->push_back(columnsOf(all, sentences, some));
  return chosen;
}

void PairNet::initialise(const PairShape& shape, Parameters& parameters, Rng& rng) {
  if (shape.kind == PairShape::Kind::Transformer)
    initialiseTransformer(parameters, rng);
  else
    initialiseLayers(parameters, shape.units, shape.cell, rng);
}

std::unique_ptr<PairNet> makePairNet(const PairShape& shape, Parameters& parameters) {
  return shape.kind == PairShape::Kind::Transformer ? makeTransformerPairNet(shape, parameters)
                                                    : makeRecurrentPairNet(shape, parameters);
}

}  // namespace lexarium
