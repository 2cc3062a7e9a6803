// SPDX-License-Identifier: GPL-3.0-or-later
// A whole training step of language models (forward, backward, clipping, Adam) in tokens a second, beside the
// share of what this core can do at most: multiply-adds that never leave the registers.
// tests/bench/sequence_peer.py does the same with PyTorch.
#include <benchmark/benchmark.h>

#include <chrono>
#include <functional>

#include "core/autodiff/kernels/kernels.h"
#include "core/autodiff/ops.h"
#include "core/models/neural_model.h"
#include "core/models/sampling.h"
#include "core/nn/initialise.h"
#include "core/nn/optimizer.h"
#include "core/nn/shards.h"

using namespace lexarium;

namespace {

constexpr Index kVocabulary = 65;

struct Sizes {
  Index layers, units, heads, batch, steps;
};

enum class Cell { Rnn, Lstm, Gru };

std::vector<std::uint32_t> someIds(Index count, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<std::uint32_t> ids(static_cast<std::size_t>(count));
  for (auto& id : ids) id = rng.below(static_cast<std::uint32_t>(kVocabulary));
  return ids;
}

ParameterId matrix(Parameters& parameters, const std::string& name, Index rows, Index cols, Rng& rng) {
  const ParameterId id = parameters.add(name, rows, cols);
  initialiseXavier(parameters.value(id), rng);
  return id;
}

/// One-hot input: the product with the input matrix is a column of it.
class RecurrentModel {
 public:
  RecurrentModel(Parameters& p, Cell cell, const Sizes& sizes) : cell_(cell), sizes_(sizes) {
    Rng rng(1);
    const Index blocks = cell == Cell::Rnn ? 1 : cell == Cell::Lstm ? 4 : 3;
    for (Index layer = 0; layer < sizes.layers; ++layer) {
      const std::string name = std::to_string(layer);
      layers_.push_back(
          {matrix(p, "w_x" + name, blocks * sizes.units, layer ? sizes.units : kVocabulary, rng),
           matrix(p, "w_h" + name, blocks * sizes.units, sizes.units, rng),
           p.add("b" + name, blocks * sizes.units, 1), p.add("b_n" + name, sizes.units, 1)});
    }
    out_ = matrix(p, "w_o", kVocabulary, sizes.units, rng);
    outBias_ = p.add("b_o", kVocabulary, 1);
  }

  Var operator()(Tape& tape, std::span<const std::uint32_t> ids, Index batch) const {
    Var below;
    for (const Layer& layer : layers_) {
      const Var w = tape.parameter(layer.input), b = tape.parameter(layer.bias);
      const Var x = below.tape ? affine(w, below, b) : gather(addColumn(w, b), ids);
      const Var initial = tape.zeros(sizes_.units, batch), hidden = tape.parameter(layer.hidden);
      switch (cell_) {
        case Cell::Rnn:
          below = rnnLayer(x, hidden, initial);
          break;
        case Cell::Lstm:
          below = lstmLayer(x, hidden, initial, initial).hidden;
          break;
        case Cell::Gru:
          below = gruLayer(x, hidden, tape.parameter(layer.candidateBias), initial);
          break;
      }
    }
    return affine(tape.parameter(out_), below, tape.parameter(outBias_));
  }

 private:
  struct Layer {
    ParameterId input, hidden, bias, candidateBias;
  };
  Cell cell_;
  Sizes sizes_;
  std::vector<Layer> layers_;
  ParameterId out_, outBias_;
};

class TransformerModel {
 public:
  TransformerModel(Parameters& p, const Sizes& sizes) : sizes_(sizes) {
    Rng rng(1);
    const Index d = sizes.units;
    tokens_ = matrix(p, "tokens", d, kVocabulary, rng);
    places_ = matrix(p, "places", d, sizes.steps, rng);
    for (Index i = 0; i < sizes.layers; ++i) {
      const std::string n = std::to_string(i);
      layers_.push_back({norm(p, "norm_1 " + n), matrix(p, "qkv" + n, 3 * d, d, rng),
                         p.add("qkv_b" + n, 3 * d, 1), matrix(p, "out" + n, d, d, rng),
                         p.add("out_b" + n, d, 1), norm(p, "norm_2 " + n), matrix(p, "up" + n, 4 * d, d, rng),
                         p.add("up_b" + n, 4 * d, 1), matrix(p, "down" + n, d, 4 * d, rng),
                         p.add("down_b" + n, d, 1)});
    }
    last_ = norm(p, "norm_out");
    out_ = matrix(p, "head", kVocabulary, d, rng);
    outBias_ = p.add("head_b", kVocabulary, 1);
  }

  Var operator()(Tape& tape, std::span<const std::uint32_t> ids, Index batch) const {
    std::vector<std::uint32_t> places(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i)
      places[i] = static_cast<std::uint32_t>(i / static_cast<std::size_t>(batch));
    const auto of = [&](ParameterId id) { return tape.parameter(id); };
    Var x = add(gather(of(tokens_), ids), gather(of(places_), places));
    for (const Layer& l : layers_) {
      const Var qkv = affine(of(l.qkv), normed(tape, l.first, x), of(l.qkvBias));
      const Var seen = selfAttention(qkv, {sizes_.heads, batch, true});
      x = add(x, affine(of(l.out), seen, of(l.outBias)));
      const Var up = gelu(affine(of(l.up), normed(tape, l.second, x), of(l.upBias)));
      x = add(x, affine(of(l.down), up, of(l.downBias)));
    }
    return affine(of(out_), normed(tape, last_, x), of(outBias_));
  }

 private:
  struct Norm {
    ParameterId gain, offset;
  };
  struct Layer {
    Norm first;
    ParameterId qkv, qkvBias, out, outBias;
    Norm second;
    ParameterId up, upBias, down, downBias;
  };
  Norm norm(Parameters& p, const std::string& name) const {
    const Norm made{p.add(name + " gain", sizes_.units, 1), p.add(name + " offset", sizes_.units, 1)};
    p.value(made.gain).setOnes();
    return made;
  }
  static Var normed(Tape& tape, const Norm& norm, Var x) {
    return layerNorm(x, tape.parameter(norm.gain), tape.parameter(norm.offset));
  }

  Sizes sizes_;
  ParameterId tokens_, places_, out_, outBias_;
  std::vector<Layer> layers_;
  Norm last_;
};

/// Steps on random characters. shardLeast: sequences a shard at least.
template <class Model>
void train(benchmark::State& state, Parameters& parameters, const Model& model, const Sizes& sizes,
           std::size_t shardLeast, std::size_t threads) {
  const auto batch = static_cast<std::size_t>(sizes.batch);
  Shards shards(parameters, shardCount(batch, shardLeast));
  ThreadPool pool(threads);
  Optimizer optimizer(parameters, {});
  std::vector<std::vector<std::uint32_t>> ids(shards.count()), targets(shards.count());
  std::vector<Index> batches;
  for (std::size_t s = 0; s < shards.count(); ++s) {
    batches.push_back(static_cast<Index>(shardRange(batch, shards.count(), s).count));
    ids[s] = someIds(batches[s] * sizes.steps, s);
    targets[s] = someIds(batches[s] * sizes.steps, 99 + s);
  }
  const auto tokens = static_cast<double>(sizes.batch * sizes.steps);
  for (auto _ : state) {
    shards.run(pool, [&](std::size_t s, Tape& tape) {
      tape.backward(softmaxCrossEntropy(model(tape, ids[s], batches[s]), targets[s], tokens));
    });
    optimizer.step(parameters, shards.gradients(), 1e-3, clipScale(normOf(shards.gradients()), 1.0));
  }
  state.counters["tokens/s"] = benchmark::Counter(tokens, benchmark::Counter::kIsIterationInvariantRate);
}

void recurrent(benchmark::State& state, Cell cell, const Sizes& sizes, std::size_t shardLeast,
               std::size_t threads) {
  Parameters parameters;
  const RecurrentModel model(parameters, cell, sizes);
  train(state, parameters, model, sizes, shardLeast, threads);
}

void transformer(benchmark::State& state, const Sizes& sizes, std::size_t shardLeast, std::size_t threads) {
  Parameters parameters;
  const TransformerModel model(parameters, sizes);
  train(state, parameters, model, sizes, shardLeast, threads);
}

/// Token by token from a session as `lexarium-cli generate` and the window use it, drawn at a temperature of
/// 0.8.
void generate(benchmark::State& state, const NetShape& shape) {
  const auto net = makeSequenceNet(shape);
  auto parameters = std::make_shared<Parameters>();
  net->declare(*parameters);
  Rng rng(1);
  net->initialise(*parameters, rng);
  const NeuralModel model(net, nullptr, 1, *parameters);
  const auto session = model.start();
  SamplingSettings settings;
  settings.temperature = 0.8;
  TokenId token = 0;
  for (auto _ : state) token = sampleToken(session->feed(token), settings, rng);
  state.counters["tokens/s"] = benchmark::Counter(1, benchmark::Counter::kIsIterationInvariantRate);
}

NetShape lstmShape() {
  NetShape shape;
  shape.kind = "lstm";
  shape.vocabulary = kVocabulary;
  shape.dimensions = shape.units = 128;
  return shape;
}

NetShape transformerShape() {
  NetShape shape = lstmShape();
  shape.kind = "transformer";
  shape.layers = shape.heads = shape.keyHeads = 4;
  shape.context = 64;
  shape.feedForward = 512;
  return shape;
}

/// Multiply-adds that never leave the registers: what a core can do at most.
double multiplyAdds(std::int64_t rounds) {
  using Wide = float __attribute__((vector_size(64)));
  Wide sums[12];
  for (int i = 0; i < 12; ++i) sums[i] = Wide{} + static_cast<float>(i);
  Wide factor = Wide{} + 0.999F, summand = Wide{} + 1.0F;
  for (std::int64_t round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
    for (int i = 0; i < 12; ++i) {
      Wide sum = sums[i] * factor + summand;
      asm volatile("" : "+v"(sum));
      sums[i] = sum;
    }
  }
  return static_cast<double>(sums[0][0]);
}
constexpr double kOperationsARound = 12 * 16 * 2;

void peak(benchmark::State& state) {
  constexpr std::int64_t kRounds = 100000;
  for (auto _ : state) benchmark::DoNotOptimize(multiplyAdds(kRounds));
  state.counters["FLOP/s"] =
      benchmark::Counter(kOperationsARound * kRounds, benchmark::Counter::kIsIterationInvariantRate);
}

double secondsOf(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// The gain of a second thread, of a training step and of the loop above, taken in turns: the best of each.
void secondThread(benchmark::State& state) {
  const Sizes sizes{1, 128, 0, 32, 64};
  Parameters parameters;
  const RecurrentModel model(parameters, Cell::Lstm, sizes);
  Shards shards(parameters, 2);
  Optimizer optimizer(parameters, {});
  const auto ids = someIds(sizes.batch / 2 * sizes.steps, 1),
             targets = someIds(sizes.batch / 2 * sizes.steps, 2);
  const auto step = [&](ThreadPool& pool) {
    shards.run(pool, [&](std::size_t, Tape& tape) {
      tape.backward(softmaxCrossEntropy(model(tape, ids, sizes.batch / 2), targets, 2048));
    });
    optimizer.step(parameters, shards.gradients(), 1e-3, clipScale(normOf(shards.gradients()), 1.0));
  };
  const std::function<void(std::size_t)> loop = [](std::size_t) {
    benchmark::DoNotOptimize(multiplyAdds(200000));
  };
  ThreadPool one(1), two(2);
  double best[4] = {1e9, 1e9, 1e9, 1e9};
  for (auto _ : state) {
    best[0] = std::min(best[0], secondsOf([&] { step(one); }));
    best[1] = std::min(best[1], secondsOf([&] { step(two); }));
    best[2] = std::min(best[2], secondsOf([&] { one.parallelFor(2, loop); }));
    best[3] = std::min(best[3], secondsOf([&] { two.parallelFor(2, loop); }));
  }
  state.counters["gain"] = best[0] / best[1];
  state.counters["gain of registers"] = best[2] / best[3];
}

void registerAll(std::size_t threads) {
  const std::string end = threads == 1 ? "" : " threads " + std::to_string(threads);
  const auto name = [&](const char* text) { return text + end; };
  const auto add = [&](const std::string& title, auto work) {
    auto* made = benchmark::RegisterBenchmark(title.c_str(), work);
    made->Unit(benchmark::kMillisecond);
    if (threads > 1) made->UseRealTime();
  };
  add(name("RNN 128"), [=](auto& s) { recurrent(s, Cell::Rnn, {1, 128, 0, 32, 64}, 16, threads); });
  add(name("GRU 128"), [=](auto& s) { recurrent(s, Cell::Gru, {1, 128, 0, 32, 64}, 16, threads); });
  add(name("LSTM 128"), [=](auto& s) { recurrent(s, Cell::Lstm, {1, 128, 0, 32, 64}, 16, threads); });
  add(name("LSTM 512 x 2"), [=](auto& s) { recurrent(s, Cell::Lstm, {2, 512, 0, 64, 128}, 16, threads); });
  add(name("Transformer 128"), [=](auto& s) { transformer(s, {4, 128, 4, 12, 64}, 3, threads); });
  add(name("Transformer 384"), [=](auto& s) { transformer(s, {6, 384, 6, 16, 256}, 2, threads); });
}

[[maybe_unused]] const bool kRegistered = [] {
  benchmark::RegisterBenchmark("multiply-adds in registers", peak);
  benchmark::RegisterBenchmark("second thread", secondThread)->Iterations(200)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("LSTM 128, a token", generate, lstmShape());
  benchmark::RegisterBenchmark("Transformer 128, a token", generate, transformerShape());
  registerAll(1);
  registerAll(2);
  return true;
}();

}  // namespace
