// SPDX-License-Identifier: GPL-3.0-or-later
// Learning subwords and cutting a text into them, on one thread. LEXARIUM_BENCH_TEXT: a text to read instead
// of a made one. Beside it, on the same text in lines of 4,000 bytes at most:
//   spm_train --model_type=bpe --vocab_size=8000 --num_threads=1 --character_coverage=1
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "core/base/rng.h"
#include "core/text/bpe.h"

namespace {

using namespace lexarium;

constexpr std::size_t kVocabulary = 8000;
constexpr std::size_t kCharacters = 1000;
constexpr std::size_t kMadeBytes = 20'000'000;

/// Words of Zipf-like frequency, made of syllables.
std::string makeText() {
  Rng rng(1);
  std::string text;
  while (text.size() < kMadeBytes) {
    const double u = rng.uniform();
    auto rank = static_cast<std::uint32_t>(u * u * u * u * 200'000.0);
    do {
      text += "bcdfghklmnprstvw"[rank % 16];
      text += "aeiou"[rank / 16 % 5];
      rank /= 80;
    } while (rank > 0);
    text += rng.below(14) == 0 ? ".\n" : " ";
  }
  return text;
}

const std::string& text() {
  static const std::string made = [] {
    const char* path = std::getenv("LEXARIUM_BENCH_TEXT");
    if (!path) return makeText();
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  return made;
}

void countPieces(benchmark::State& state) {
  const std::string_view texts[] = {text()};
  for (auto _ : state) {
    auto trainer = BpeTrainer::create(texts, kCharacters);
    if (!trainer) state.SkipWithError("no trainer");
    benchmark::DoNotOptimize(trainer);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text().size()));
}

void learn(benchmark::State& state) {
  const std::string_view texts[] = {text()};
  for (auto _ : state) {
    auto tokenizer = trainBpe(texts, kVocabulary, kCharacters);
    if (!tokenizer) state.SkipWithError("no tokenizer");
    benchmark::DoNotOptimize(tokenizer);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text().size()));
}

void encode(benchmark::State& state) {
  const std::string_view texts[] = {text()};
  const auto tokenizer = trainBpe(texts, kVocabulary, kCharacters);
  if (!tokenizer) return state.SkipWithError("no tokenizer");
  for (auto _ : state) {
    auto ids = encodeTexts(**tokenizer, texts);
    if (!ids) state.SkipWithError("no ids");
    benchmark::DoNotOptimize(ids);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text().size()));
}

BENCHMARK(countPieces)->Unit(benchmark::kMillisecond);
BENCHMARK(learn)->Unit(benchmark::kMillisecond);
BENCHMARK(encode)->Unit(benchmark::kMillisecond);

}  // namespace
