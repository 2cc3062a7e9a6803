// SPDX-License-Identifier: GPL-3.0-or-later
// What it costs to keep the moments of a run and to show them again. How much slower training gets:
//   history_bench --benchmark_filter=Train --benchmark_repetitions=9
//   --benchmark_enable_random_interleaving=true
//       --benchmark_report_aggregates_only=true
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>

#include "core/analysis/compare.h"
#include "core/analysis/stability.h"
#include "core/base/rng.h"
#include "core/train/checkpoint.h"
#include "core/train/fingerprint.h"
#include "core/train/history.h"
#include "core/train/trainer.h"

namespace {

using namespace lexarium;

Matrix randomVectors(Eigen::Index dimensions, Eigen::Index words) {
  Rng rng(1);
  Matrix vectors(dimensions, words);
  for (Eigen::Index i = 0; i < vectors.size(); ++i) vectors.data()[i] = static_cast<Real>(rng.normal());
  return vectors;
}

/// range(0) words of range(1) dimensions.
void Encode(benchmark::State& state) {
  const Matrix vectors = randomVectors(state.range(1), state.range(0));
  for (auto _ : state) {
    HistoryFrame frame;
    benchmark::DoNotOptimize(frame.encode(vectors));
  }
}
BENCHMARK(Encode)->Args({2000, 100})->Args({2000, 300})->Unit(benchmark::kMicrosecond);

void Decode(benchmark::State& state) {
  HistoryFrame frame;
  frame.encode(randomVectors(state.range(1), state.range(0)));
  EmbeddingTable table;
  for (auto _ : state) {
    frame.decode(table);
    benchmark::DoNotOptimize(table.vectors.data());
  }
}
BENCHMARK(Decode)->Args({2000, 100})->Args({2000, 300})->Unit(benchmark::kMicrosecond);

void FindAndDecode(benchmark::State& state) {
  History history;
  const Matrix vectors = randomVectors(100, 2000);
  for (std::uint64_t step = 0; step < 1000; ++step) {
    auto frame = std::make_shared<HistoryFrame>();
    frame->step = step;
    frame->encode(vectors);
    history.add(std::move(frame));
  }
  Rng rng(2);
  EmbeddingTable table;
  for (auto _ : state) {
    history.frameAt(rng.below(1000))->decode(table);
    benchmark::DoNotOptimize(table.vectors.data());
  }
}
BENCHMARK(FindAndDecode)->Unit(benchmark::kMicrosecond);

/// Ten neighbours of a word in twenty moments.
void Stability(benchmark::State& state) {
  const Matrix vectors = randomVectors(100, 2000);
  std::vector<std::shared_ptr<const HistoryFrame>> moments;
  for (int i = 0; i < 20; ++i) {
    auto moment = std::make_shared<HistoryFrame>();
    moment->encode(vectors);
    moments.push_back(std::move(moment));
  }
  const std::vector<TokenId> neighbours{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  for (auto _ : state) benchmark::DoNotOptimize(neighbourStability(0, neighbours, moments));
}
BENCHMARK(Stability)->Unit(benchmark::kMillisecond);

/// Two runs with range(0) words in common, on one thread.
void CompareRuns(benchmark::State& state) {
  const Matrix first = randomVectors(100, state.range(0)), second = first.colwise().reverse() * 2;
  std::vector<std::string> words;
  std::vector<Vocabulary::Entry> entries;
  for (int i = 0; i < state.range(0); ++i) words.push_back("w" + std::to_string(i));
  for (const std::string& word : words) entries.push_back({word, words.size() - entries.size()});
  const Vocabulary vocabulary = Vocabulary::fromCounts(entries);
  ThreadPool pool(1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(compareEmbeddings({first, vocabulary}, {second, vocabulary}, {}, pool));
  }
}
BENCHMARK(CompareRuns)->Arg(2000)->Arg(20'000)->Unit(benchmark::kMillisecond);

void Fingerprint(benchmark::State& state) {
  const Matrix vectors = randomVectors(100, 70'000);
  for (auto _ : state) benchmark::DoNotOptimize(fingerprint(vectors));
}
BENCHMARK(Fingerprint)->Unit(benchmark::kMillisecond);

/// Words by a law of Zipf; or the file LEXARIUM_BENCH_TEXT.
std::shared_ptr<const Corpus> text() {
  static const auto corpus = [] {
    if (const char* path = std::getenv("LEXARIUM_BENCH_TEXT")) {
      CorpusRequest request;
      request.paths = {path};
      return *loadCorpus(request);
    }
    Rng rng(1);
    std::string words;
    for (int i = 0; i < 2'000'000; ++i) {
      words += "w" + std::to_string(static_cast<int>(std::exp(rng.uniform() * std::log(50'000)))) + ' ';
    }
    return *corpusFromText("Zipf", words, {.method = SegmentOptions::Method::Whitespace});
  }();
  return corpus;
}

/// Two seconds and more of skip-gram on one thread; range(0): with a history?
void Train(benchmark::State& state) {
  const auto corpus = text();
  RunConfig config;
  config.modelId = "skip-gram";
  config.params = ParamSet::defaultsOf(findModel("skip-gram")->params);
  config.execution.threads = 1;
  double words = 0, frames = 0;
  for (auto _ : state) {
    const auto history = state.range(0) ? std::make_shared<History>() : nullptr;
    const auto trainer = *Trainer::create(corpus, config);
    if (history) trainer->keepHistory(history);
    trainer->start();
    trainer->wait();
    words += trainer->status().epoch * static_cast<double>(corpus->tokens().size());
    if (history) frames += static_cast<double>(history->size());
  }
  state.counters["words/CPU s"] = benchmark::Counter(words, benchmark::Counter::kIsRate);
  state.counters["frames"] = benchmark::Counter(frames, benchmark::Counter::kAvgIterations);
}
BENCHMARK(Train)->Arg(0)->Arg(1)->Iterations(1)->MeasureProcessCPUTime()->Unit(benchmark::kSecond);

/// What a checkpoint copies while training waits; 70,000 words of 100 dimensions.
void SaveState(benchmark::State& state) {
  std::string words;
  for (int i = 0; i < 70'000; ++i) words += "w" + std::to_string(i) + ' ';
  const auto corpus = *corpusFromText("words", words, {.method = SegmentOptions::Method::Whitespace});
  ParamSet params = ParamSet::defaultsOf(findModel("skip-gram")->params);
  params.set("min_count", std::int64_t{1});
  const auto learner = findModel("skip-gram")->create(corpus, params, {});
  if (!learner->prepare({})) std::abort();
  for (auto _ : state) benchmark::DoNotOptimize(learner->saveState());
}
BENCHMARK(SaveState)->Unit(benchmark::kMillisecond);

}  // namespace
