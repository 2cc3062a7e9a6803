// SPDX-License-Identifier: GPL-3.0-or-later
// A whole training step of encoder-decoders (forward, backward, clipping, Adam) in target tokens a second:
// 128 units, 32 pairs of 30 tokens each; the Transformer has two layers on either side, 4 heads and 512 units
// inside. tests/bench/pair_peer.py does the same with PyTorch.
#include <benchmark/benchmark.h>

#include "core/models/pair_net.h"
#include "core/nn/optimizer.h"

using namespace lexarium;

namespace {

constexpr Index kVocabulary = 65, kBatch = 32, kSteps = 30;

PairShape recurrent(PairShape::Attention attention) {
  PairShape shape;
  shape.attention = attention;
  return shape;
}

PairShape transformer() {
  PairShape shape;
  shape.kind = PairShape::Kind::Transformer;
  shape.layers = 2;
  shape.heads = 4;
  shape.feedForward = 512;
  return shape;
}

void trainingStep(benchmark::State& state, PairShape shape) {
  shape.sourceVocabulary = shape.targetVocabulary = kVocabulary;
  shape.dimensions = shape.units = 128;
  Parameters parameters;
  const auto net = makePairNet(shape, parameters);
  Rng rng(1);
  PairNet::initialise(shape, parameters, rng);
  Gradients gradients(parameters);
  Tape tape(parameters, &gradients);
  tape.isTraining = true;
  Optimizer adam(parameters, {});
  std::vector<TokenId> source(kBatch * kSteps), said(source.size()), expected(source.size());
  for (auto* ids : {&source, &said, &expected})
    for (TokenId& id : *ids) id = rng.below(kVocabulary);
  for (auto _ : state) {
    tape.clear();
    const Var loss = softmaxCrossEntropy(net->forward(tape, source, said, kBatch), expected);
    tape.backward(loss);
    adam.step(parameters, gradients, 1e-3, clipScale(normOf(gradients), 1));
  }
  state.SetItemsProcessed(state.iterations() * kBatch * kSteps);
}

BENCHMARK_CAPTURE(trainingStep, none, recurrent(PairShape::Attention::None));
BENCHMARK_CAPTURE(trainingStep, additive, recurrent(PairShape::Attention::Additive));
BENCHMARK_CAPTURE(trainingStep, dot, recurrent(PairShape::Attention::Dot));
BENCHMARK_CAPTURE(trainingStep, general, recurrent(PairShape::Attention::General));
BENCHMARK_CAPTURE(trainingStep, transformer, transformer());

}  // namespace
