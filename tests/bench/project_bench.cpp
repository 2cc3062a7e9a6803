// SPDX-License-Identifier: GPL-3.0-or-later
// A project of half a gigabyte: how long until its lists are there, its first frame, its text. Files are in
// the system's cache.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>

#include "core/base/rng.h"
#include "core/project/project.h"

namespace {

using namespace lexarium;
namespace fs = std::filesystem;

template <class T>
T must(Expected<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().message().c_str());
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

Bytes noise(std::size_t size, std::uint64_t seed) {
  Bytes bytes(size);
  Rng rng(seed);
  for (auto& byte : bytes) byte = static_cast<std::byte>(rng.next());
  return bytes;
}

std::string makeText(std::size_t bytes) {
  Rng rng(1);
  std::string text;
  while (text.size() < bytes) {
    const double u = rng.uniform();
    auto rank = static_cast<std::uint32_t>(u * u * u * u * 200'000.0);
    do {
      text += static_cast<char>('a' + rank % 26);
      rank /= 26;
    } while (rank > 0);
    text += rng.below(14) == 0 ? ". " : " ";
  }
  return text;
}

TensorSet state(std::size_t numbers) {
  TensorSet set;
  set.tensors["table_in"] = Tensor{TensorType::F32, {numbers}, noise(numbers * 4, 1)};
  return set;
}

/// A text of 100 MB, a run with 100,000 losses, 1,000 frames of 200 kB and checkpoints of 50 MB.
const fs::path& largeProject() {
  static const fs::path path = [] {
    const fs::path made = fs::temp_directory_path() / "lexarium_bench.lexarium";
    fs::remove(made);
    Project project = must(Project::create(made));
    RunRecord run;
    run.corpus = must(project.addCorpus(*must(corpusFromText("Text", makeText(100'000'000), {}))));
    run.id = must(project.addRun(run));
    for (std::uint64_t step = 0; step < 1000; ++step) {
      must(project.together([&]() -> Expected<void> {
        FrameRecord frame;
        frame.run = run.id;
        frame.step = step;
        must(project.addFrame(frame, noise(200'000, step)));
        std::vector<MetricPoint> points(100);
        for (auto& point : points) point = {step, 0.1 * static_cast<double>(step), 1, 3, 0.025, 1e5};
        return project.appendMetrics(run.id, points);
      }));
    }
    for (std::uint64_t step = 0; step < 5; ++step) {
      CheckpointRecord checkpoint;
      checkpoint.run = run.id;
      checkpoint.step = step;
      must(project.addCheckpoint(checkpoint, state(12'500'000)));
    }
    return made;
  }();
  return path;
}

void openProject(benchmark::State& benchmark) {
  const auto& path = largeProject();
  for (auto _ : benchmark) {
    const auto project = must(Project::open(path));
    benchmark::DoNotOptimize(must(project.frames(must(project.runs()).front().id)));
  }
  benchmark.counters["MB"] = static_cast<double>(fs::file_size(path)) / 1e6;
}

void openAndFirstFrame(benchmark::State& benchmark) {
  const auto& path = largeProject();
  for (auto _ : benchmark) {
    const auto project = must(Project::open(path));
    const auto frames = must(project.frames(must(project.runs()).front().id));
    benchmark::DoNotOptimize(must(project.readFrame(frames.back().id)));
  }
}

void withProject(benchmark::State& benchmark, const std::function<void(Project&, RecordId run)>& work) {
  Project project = must(Project::open(largeProject()));
  const RecordId run = must(project.runs()).front().id;
  for (auto _ : benchmark) work(project, run);
}

void readCorpus(benchmark::State& benchmark) {
  withProject(benchmark, [](Project& project, RecordId) {
    benchmark::DoNotOptimize(must(project.readCorpus(must(project.corpora()).front().id)));
  });
}

void readMetrics(benchmark::State& benchmark) {
  withProject(benchmark,
              [](Project& project, RecordId run) { benchmark::DoNotOptimize(must(project.metrics(run))); });
}

void readOneFrame(benchmark::State& benchmark) {
  withProject(benchmark, [frames = std::vector<FrameRecord>(), at = std::size_t{0}](Project& project,
                                                                                    RecordId run) mutable {
    if (frames.empty()) frames = must(project.frames(run));
    benchmark::DoNotOptimize(must(project.readFrame(frames[at++ % frames.size()].id)));
  });
}

void readCheckpoint(benchmark::State& benchmark) {
  withProject(benchmark, [](Project& project, RecordId run) {
    benchmark::DoNotOptimize(must(project.readCheckpoint(must(project.checkpoints(run)).front().id)));
  });
}

void firstChange(benchmark::State& benchmark) {
  for (auto _ : benchmark) {
    benchmark.PauseTiming();
    Project project = must(Project::open(largeProject()));
    benchmark.ResumeTiming();
    must(project.setState("window", "{}"));
  }
}

void laterChange(benchmark::State& benchmark) {
  withProject(benchmark, [](Project& project, RecordId) { must(project.setState("window", "{}")); });
}

void verifyProject(benchmark::State& benchmark) {
  withProject(benchmark,
              [](Project& project, RecordId) { benchmark::DoNotOptimize(must(project.verify())); });
}

BENCHMARK(openProject)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(openAndFirstFrame)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(readCorpus)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(readMetrics)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(readOneFrame)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(readCheckpoint)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(firstChange)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);
BENCHMARK(laterChange)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(20);
BENCHMARK(verifyProject)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

}  // namespace
