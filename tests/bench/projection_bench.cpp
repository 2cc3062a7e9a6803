// SPDX-License-Identifier: GPL-3.0-or-later
#include <benchmark/benchmark.h>

#include <cmath>

#include "core/base/rng.h"
#include "core/projection/projection.h"

namespace {

using namespace lexarium;

/// Points with a spectrum like that of word vectors: variance falls slowly, as 1 / sqrt(1 + axis).
Matrix wordLike(Eigen::Index dimensions, Eigen::Index points) {
  Rng rng(1);
  Matrix result(dimensions, points);
  for (Eigen::Index i = 0; i < points; ++i) {
    for (Eigen::Index d = 0; d < dimensions; ++d) {
      result(d, i) = static_cast<Real>(rng.normal() * std::pow(1.0 + static_cast<double>(d), -0.25));
    }
  }
  return result;
}

std::unique_ptr<Projection> pca() { return findProjection("pca")->create({}, 1); }

void PcaFirst(benchmark::State& state) {
  const Matrix points = wordLike(state.range(0), state.range(1));
  for (auto _ : state) {
    auto projection = pca();
    benchmark::DoNotOptimize(projection->start(points, {}, {}));
  }
}
BENCHMARK(PcaFirst)->Args({100, 2000})->Args({100, 50000})->Args({300, 50000})->Unit(benchmark::kMillisecond);

/// Training as a map sees it: every frame each number moves by a hundredth of its deviation.
void PcaFollowing(benchmark::State& state) {
  Matrix points = wordLike(state.range(0), state.range(1));
  const Matrix drift = wordLike(state.range(0), state.range(1)).rowwise().reverse() * Real(0.01);
  auto projection = pca();
  benchmark::DoNotOptimize(projection->start(points, {}, {}));
  const auto before = projection->iteration();
  for (auto _ : state) {
    state.PauseTiming();
    points += drift;
    state.ResumeTiming();
    benchmark::DoNotOptimize(projection->start(points, {}, {}));
  }
  state.counters["passes"] =
      static_cast<double>(projection->iteration() - before) / static_cast<double>(state.iterations());
}
BENCHMARK(PcaFollowing)
    ->Args({100, 2000})
    ->Args({100, 50000})
    ->Args({300, 50000})
    ->Unit(benchmark::kMillisecond);

void Align(benchmark::State& state) {
  const Layout layout = wordLike(2, state.range(0)).cast<float>();
  const Layout reference = layout.rowwise().reverse();
  for (auto _ : state) benchmark::DoNotOptimize(alignTo(layout, reference));
}
BENCHMARK(Align)->Arg(2000)->Arg(50000)->Unit(benchmark::kMillisecond);

}  // namespace
