// SPDX-License-Identifier: GPL-3.0-or-later
// What a click costs: why two words are close on a text of 17 million words, and sums, axes and ranks on
// 100,000 vectors of 300 dimensions.
#include <benchmark/benchmark.h>

#include <cmath>

#include "core/analysis/closeness.h"
#include "core/analysis/why_close.h"
#include "core/analysis/word_axes.h"
#include "core/analysis/word_expression.h"
#include "core/base/rng.h"

namespace {

using namespace lexarium;
using Eigen::Index;

/// 17 million words of Zipf's frequencies, in sentences of 16.
const PositionIndex& largeText() {
  static const std::shared_ptr<const PositionIndex> index = [] {
    constexpr std::size_t kWords = 17'000'000;
    const double spread = std::log(200'000.0);
    Rng rng(1);
    std::string text;
    text.reserve(kWords * 7);
    for (std::size_t i = 1; i <= kWords; ++i) {
      text += 'w' + std::to_string(static_cast<int>(std::exp(rng.uniform() * spread)));
      text += i % 16 == 0 ? ". " : " ";
    }
    return PositionIndex::build(corpusFromText("Zipf", std::move(text), {}).value()).value();
  }();
  return *index;
}

void whyTwoWordsAreClose(benchmark::State& state, TokenId a, TokenId b) {
  const PositionIndex& index = largeText();
  WhyCloseRequest request;
  request.a = a;
  request.b = b;
  request.words = index.corpus().vocabulary().keptWords(5, 0);
  std::uint64_t places = 0;
  for (auto _ : state) {
    const auto why = whyClose(index, request);
    if (!why) return state.SkipWithError("no answer");
    places = why->lookedAt[0] + why->lookedAt[1];
  }
  state.counters["places"] = static_cast<double>(places);
}

const EmbeddingTable& vectors() {
  static const EmbeddingTable table = [] {
    Rng rng(2);
    EmbeddingTable made;
    made.vectors.resize(300, 100'000);
    for (Index i = 0; i < made.vectors.size(); ++i) made.vectors.data()[i] = static_cast<Real>(rng.normal());
    return made;
  }();
  return table;
}

const Vector& norms() {
  static const Vector made = inverseNorms(vectors().vectors);
  return made;
}

void sumOfThreeWords(benchmark::State& state, AnalogyMethod method) {
  const std::vector<ExpressionTerm> terms{{10, false}, {20, true}, {30, false}};
  norms();
  for (auto _ : state) {
    benchmark::DoNotOptimize(answerExpression(vectors(), norms(), terms, 10, method));
  }
}

void twoAxes(benchmark::State& state) {
  norms();
  for (auto _ : state) {
    const Vector x = axisDirection(vectors(), norms(), {{1}, {2}});
    const Vector y = axisDirection(vectors(), norms(), {{3}, {4}});
    benchmark::DoNotOptimize(cosinesWithAxes(vectors(), norms(), 50'000, x, y));
  }
}

void cosineAndBothRanks(benchmark::State& state) {
  norms();
  for (auto _ : state) benchmark::DoNotOptimize(closenessOf(vectors(), norms(), 100, 200));
}

BENCHMARK_CAPTURE(whyTwoWordsAreClose, common_words, 400, 500)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(whyTwoWordsAreClose, most_frequent_words, 0, 1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(sumOfThreeWords, cos_add, AnalogyMethod::Add)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(sumOfThreeWords, cos_mul, AnalogyMethod::Mul)->Unit(benchmark::kMillisecond);
BENCHMARK(twoAxes)->Unit(benchmark::kMillisecond);
BENCHMARK(cosineAndBothRanks)->Unit(benchmark::kMillisecond);

}  // namespace
