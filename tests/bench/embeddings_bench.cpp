// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels of word-vector training on tables of the size that 100 MB of text bring, rows at random.
#include <benchmark/benchmark.h>

#include "core/base/rng.h"
#include "core/models/alias_table.h"
#include "core/models/hogwild.h"

namespace {

using namespace lexarium;

constexpr std::uint32_t kWords = 70'000;

RowTable randomTable(std::size_t dimensions) {
  RowTable table(kWords, dimensions);
  table.fillUniform(1, static_cast<double>(dimensions));
  return table;
}

/// One window: range(0) context words against range(1) targets of range(2) dimensions.
void LearnShared(benchmark::State& state) {
  const auto dimensions = static_cast<std::size_t>(state.range(2));
  RowTable input = randomTable(dimensions), output = randomTable(dimensions);
  std::vector<std::uint32_t> inputs(static_cast<std::size_t>(state.range(0)));
  std::vector<Target> targets(static_cast<std::size_t>(state.range(1)), Target{0, -1});
  targets.front().sign = 1;
  Rng rng(1);
  LossSum loss;
  for (auto _ : state) {
    for (auto& word : inputs) word = rng.below(kWords);
    for (auto& target : targets) target.row = rng.below(kWords);
    learnShared(input, inputs, output, targets, Real{0.025F}, loss);
  }
  benchmark::DoNotOptimize(loss.take());
  state.counters["pairs"] = benchmark::Counter(static_cast<double>(state.range(0) * state.range(1)),
                                               benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(LearnShared)->Args({6, 6, 100})->Args({10, 6, 300})->Args({6, 16, 100})->Args({20, 21, 100});

/// One pair: range(0) targets of range(1) dimensions.
void LearnTargets(benchmark::State& state) {
  const auto dimensions = static_cast<std::size_t>(state.range(1));
  RowTable input = randomTable(dimensions), output = randomTable(dimensions);
  std::vector<Target> targets(static_cast<std::size_t>(state.range(0)), Target{0, -1});
  Rng rng(1);
  LossSum loss;
  for (auto _ : state) {
    for (auto& target : targets) target.row = rng.below(kWords);
    Real* row = input.row(rng.below(kWords));
    learnTargets(row, row, output, targets, Real{0.025F}, loss);
  }
  benchmark::DoNotOptimize(loss.take());
  state.counters["pairs"] =
      benchmark::Counter(static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(LearnTargets)->Args({6, 100})->Args({16, 100})->Args({6, 300});

void LearnCell(benchmark::State& state) {
  GloveTables tables(kWords, static_cast<std::size_t>(state.range(0)), 1);
  Rng rng(1);
  Real loss = 0;
  for (auto _ : state) {
    loss += learnCell(tables, rng.below(kWords), rng.below(kWords), Real{1}, Real{0.5F}, Real{0.05F});
  }
  benchmark::DoNotOptimize(loss);
}
BENCHMARK(LearnCell)->Arg(100)->Arg(300);

void DrawNoise(benchmark::State& state) {
  std::vector<double> weights(kWords);
  for (std::size_t i = 0; i < kWords; ++i) weights[i] = 1 / static_cast<double>(i + 10);
  const AliasTable table(weights);
  Rng rng(1);
  std::uint32_t sum = 0;
  for (auto _ : state) sum += table.draw(rng);
  benchmark::DoNotOptimize(sum);
}
BENCHMARK(DrawNoise);

}  // namespace
