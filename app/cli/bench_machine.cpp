// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_machine.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "core/base/cpu_time.h"

namespace lexarium::cli {
namespace {

constexpr double kSeconds = 0.15;
#ifdef __AVX512F__
constexpr int kWideLanes = 16;
#elif defined(__AVX__)
constexpr int kWideLanes = 8;
#else
constexpr int kWideLanes = 4;
#endif
constexpr int kWideSums = 8 * kWideLanes;

// Rounds done until the time is over. Each is a thousand steps of independent sums, which stay bounded.
double roundsPerSecond(std::atomic<float>& sink) {
  constexpr int kSums = 64;
  float sums[kSums] = {};
  double rounds = 0;
  const auto start = std::chrono::steady_clock::now();
  while (true) {
    for (int i = 0; i < 1000; ++i) {
      for (float& sum : sums) sum = sum * 0.999F + 0.001F;
    }
    ++rounds;
    const double passed = secondsSince(start);
    if (passed < kSeconds) continue;
    float total = 0;
    for (const float sum : sums) total += sum;
    sink = total;  // so that the loop is not left out
    return rounds / passed;
  }
}

// As many sums as hide the time that one takes.
double wideRoundsPerSecond(std::atomic<float>& sink) {
  constexpr int kSums = kWideSums / kWideLanes;
  using Wide = float __attribute__((vector_size(kWideLanes * sizeof(float))));
  Wide sums[kSums] = {};
  double rounds = 0;
  const double start = threadCpuSeconds();
  while (true) {
    for (int i = 0; i < 10'000; ++i) {
#pragma GCC unroll 16
      for (int k = 0; k < kSums; ++k) sums[k] = sums[k] * 0.999F + 0.001F;
    }
    ++rounds;
    const double passed = threadCpuSeconds() - start;
    if (passed < kSeconds) continue;
    float total = 0;
    for (const Wide& sum : sums) total += sum[0];
    sink = total;
    return rounds / passed;
  }
}

}  // namespace

double registerLoopSpeed() {
  std::atomic<float> sink = 0;
  double best = 0;
  for (int i = 0; i < 3; ++i) best = std::max(best, wideRoundsPerSecond(sink));
  return best * 10'000 * kWideSums * 2;
}

double registerLoopGain(std::size_t threads) {
  std::atomic<float> sink = 0;
  const double alone = roundsPerSecond(sink);
  std::vector<double> rounds(threads);
  std::vector<std::thread> others;
  for (std::size_t i = 0; i < threads; ++i) {
    others.emplace_back([&rounds, &sink, i] { rounds[i] = roundsPerSecond(sink); });
  }
  for (auto& other : others) other.join();
  double together = 0;
  for (const double each : rounds) together += each;
  return together / alone;
}

double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

}  // namespace lexarium::cli
