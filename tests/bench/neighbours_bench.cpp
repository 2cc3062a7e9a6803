// SPDX-License-Identifier: GPL-3.0-or-later
// The exact twenty nearest of 100,000 words in 300 dimensions. Beside it one sum over the same table: what
// reading it costs, below which no exact search can stay.
#include <benchmark/benchmark.h>

#include "core/analysis/neighbours.h"
#include "core/base/rng.h"

namespace {

using namespace lexarium;

constexpr Eigen::Index kWords = 100'000;
constexpr Eigen::Index kDimensions = 300;

const Matrix& table() {
  static const Matrix vectors = [] {
    Matrix made(kDimensions, kWords);
    Rng rng(5);
    for (Eigen::Index i = 0; i < made.size(); ++i) made.data()[i] = static_cast<Real>(rng.uniform() - 0.5);
    return made;
  }();
  return vectors;
}

void twentyNearest(benchmark::State& state, Similarity similarity) {
  const Matrix& vectors = table();
  const Vector norms = inverseNorms(vectors);
  Eigen::Index word = 0;
  for (auto _ : state) {
    word = (word + 7919) % kWords;
    const Vector query = vectors.col(word);
    auto found = nearest(vectors, norms, query, 20, {}, similarity);
    benchmark::DoNotOptimize(found);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * vectors.size() *
                          static_cast<std::int64_t>(sizeof(Real)));
}

void readTable(benchmark::State& state) {
  const Matrix& vectors = table();
  for (auto _ : state) benchmark::DoNotOptimize(vectors.sum());
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * vectors.size() *
                          static_cast<std::int64_t>(sizeof(Real)));
}

BENCHMARK_CAPTURE(twentyNearest, cosine, Similarity::Cosine)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(twentyNearest, euclidean, Similarity::Euclidean)->Unit(benchmark::kMillisecond);
BENCHMARK(readTable)->Unit(benchmark::kMillisecond);

}  // namespace
