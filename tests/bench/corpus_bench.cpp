// SPDX-License-Identifier: GPL-3.0-or-later
// From bytes to token ids: bytes a second for each kind of text and method. Beside it what word2vec.c does
// for its vocabulary (words at spaces, a hash table of counts), as a measure of what the machine can do.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <unordered_map>

#include "core/base/rng.h"
#include "core/text/corpus.h"
#include "core/text/decode.h"

namespace {

using namespace lexarium;
using Method = SegmentOptions::Method;

/// Words of Zipf-like frequency, some with capitals and marks; deterministic.
std::string makeText(std::size_t bytes, bool chinese) {
  Rng rng(1);
  std::string text;
  text.reserve(bytes + 64);
  while (text.size() < bytes) {
    const double u = rng.uniform();
    auto rank = static_cast<std::uint32_t>(u * u * u * u * 200'000.0);
    if (chinese) {
      const char32_t codePoint = 0x4E00 + rank % 4000;
      text += static_cast<char>(static_cast<unsigned char>(0xE0 | codePoint >> 12));
      text += static_cast<char>(static_cast<unsigned char>(0x80 | (codePoint >> 6 & 0x3F)));
      text += static_cast<char>(static_cast<unsigned char>(0x80 | (codePoint & 0x3F)));
      if (rng.below(12) == 0) text += "，";
      if (rng.below(40) == 0) text += "。\n";
      continue;
    }
    const bool capital = rng.below(12) == 0;
    do {
      text += static_cast<char>((capital ? 'A' : 'a') + static_cast<char>(rank % 26));
      rank /= 26;
    } while (rank > 0);
    text += rng.below(14) == 0 ? ". " : rng.below(10) == 0 ? ", " : " ";
  }
  return text;
}

void cutText(benchmark::State& state, Method method, bool chinese) {
  const std::string text = makeText(chinese ? 4'000'000 : 20'000'000, chinese);
  SegmentOptions options;
  options.method = method;
  for (auto _ : state) {
    auto corpus = corpusFromText("Text", text, options);
    if (!corpus) state.SkipWithError("no corpus");
    benchmark::DoNotOptimize(corpus);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

void loadFile(benchmark::State& state) {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "lexarium_corpus_bench.txt";
  const std::string text = makeText(20'000'000, false);
  std::ofstream(path, std::ios::binary) << text;
  for (auto _ : state) {
    auto corpus = loadCorpus({{path}, {}, {}, {}});
    if (!corpus) state.SkipWithError("no corpus");
    benchmark::DoNotOptimize(corpus);
  }
  std::filesystem::remove(path);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

void countOnly(benchmark::State& state) {
  const std::string text = makeText(20'000'000, false);
  for (auto _ : state) {
    std::unordered_map<std::string, std::uint64_t> counts;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      ++counts[text.substr(at, end - at)];
      at = end + 1;
    }
    benchmark::DoNotOptimize(counts);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

void decodeBytes(benchmark::State& state, const char* encoding) {
  const std::string text = makeText(8'000'000, false);
  for (auto _ : state) {
    auto decoder = Decoder::create({encoding});
    std::string utf8;
    utf8.reserve(2 * text.size());
    if (decoder) decoder->decode(text, true, utf8);
    benchmark::DoNotOptimize(utf8);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

BENCHMARK_CAPTURE(cutText, english_words, Method::Words, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(cutText, english_whitespace, Method::Whitespace, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(cutText, english_characters, Method::Characters, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(cutText, chinese_words, Method::Words, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(cutText, chinese_characters, Method::Characters, true)->Unit(benchmark::kMillisecond);
BENCHMARK(loadFile)->Unit(benchmark::kMillisecond);
BENCHMARK(countOnly)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decodeBytes, utf8, "UTF-8")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decodeBytes, windows_1252, "windows-1252")->Unit(benchmark::kMillisecond);

}  // namespace
