// SPDX-License-Identifier: GPL-3.0-or-later
#include <benchmark/benchmark.h>

#include <cmath>

#include "core/analysis/kmeans.h"
#include "core/base/rng.h"
#include "core/projection/neighbour_table.h"
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

void Neighbours(benchmark::State& state) {
  const Matrix points = wordLike(100, state.range(0));
  ThreadPool pool(1);
  for (auto _ : state) benchmark::DoNotOptimize(findNeighbours(points, state.range(1), 1, pool, {}));
}
BENCHMARK(Neighbours)->Args({2000, 90})->Args({10000, 90})->Args({50000, 15})->Unit(benchmark::kMillisecond);

/// One iteration of a map that has found its form.
void Iterate(benchmark::State& state, const char* method) {
  const ProjectionInfo& info = *findProjection(method);
  ParamSet params = ParamSet::defaultsOf(info.params);
  params.set("iterations", std::int64_t{100'000});
  const auto projection = info.create(params, 1);
  benchmark::DoNotOptimize(projection->start(wordLike(100, state.range(0)), {}, {}));
  projection->advance(300);
  for (auto _ : state) projection->advance(1);
}
BENCHMARK_CAPTURE(Iterate, tsne, "tsne")->Arg(2000)->Arg(10000)->Arg(50000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Iterate, umap, "umap")->Arg(2000)->Arg(10000)->Arg(50000)->Unit(benchmark::kMillisecond);

void Clusters(benchmark::State& state) {
  const Matrix points = wordLike(100, state.range(0));
  ThreadPool pool(1);
  KMeansOptions options;
  options.clusters = 20;
  for (auto _ : state) benchmark::DoNotOptimize(kMeans(points, options, pool));
}
BENCHMARK(Clusters)->Arg(10000)->Arg(50000)->Unit(benchmark::kMillisecond);

}  // namespace
