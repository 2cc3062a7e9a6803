// SPDX-License-Identifier: GPL-3.0-or-later
// What a frame of the map costs, from the change of the view to the pixels of the window: the real widget, on
// the display that there is (offscreen where there is none). Arguments: points, width, height.
#include <benchmark/benchmark.h>

#include <QApplication>
#include <cmath>
#include <memory>
#include <numeric>

#include "core/base/rng.h"
#include "tests/support/plot_theme.h"
#include "ui/plot/scatter_plot.h"

namespace {

using namespace lexarium;

/// Some clusters of points, as words lie.
Layout words(Eigen::Index count) {
  Rng rng(1);
  Layout centres(2, 20), points(2, count);
  for (Eigen::Index i = 0; i < centres.size(); ++i) centres.data()[i] = static_cast<float>(3 * rng.normal());
  for (Eigen::Index i = 0; i < count; ++i)
    for (Eigen::Index k = 0; k < 2; ++k)
      points(k, i) = centres(k, i % centres.cols()) + static_cast<float>(rng.normal());
  return points;
}

struct Bench {
  std::unique_ptr<ScatterPlot> plot = std::make_unique<ScatterPlot>();
  Layout points;

  explicit Bench(const benchmark::State& state) : points(words(state.range(0))) {
    plot->setTheme(plotTheme());
    plot->resize(static_cast<int>(state.range(1)), static_cast<int>(state.range(2)));
    plot->setWords([](std::size_t i) { return QStringLiteral("word%1").arg(i); });
    std::vector<QColor> palette;
    for (int i = 0; i < 32; ++i) palette.push_back(cividis(0.75 - i / 42.0));
    std::vector<std::uint8_t> colors(static_cast<std::size_t>(state.range(0)));
    for (std::size_t i = 0; i < colors.size(); ++i) colors[i] = static_cast<std::uint8_t>(i % 32);
    plot->setColors(std::move(palette), std::move(colors));
    plot->setLegend("Occurrences in the text", "5", "100,000");
    plot->setPoints(points, 0);
    plot->show();
    for (int i = 0; i < 10; ++i) QCoreApplication::processEvents();
  }

  void paint() const {
    QCoreApplication::processEvents();  // the plot has asked for it: one painting, and its way to the screen
  }
};

void pan(benchmark::State& state) {
  const Bench bench(state);
  const PlaneView view = bench.plot->scene().view;
  double pixels = 0;
  for (auto _ : state) {
    pixels = std::fmod(pixels + 3, 300);
    bench.plot->setView(view.centerX + pixels * view.unitsPerPixel, view.centerY, view.unitsPerPixel);
    bench.paint();
  }
}

void zoom(benchmark::State& state) {
  const Bench bench(state);
  const PlaneView view = bench.plot->scene().view;
  double time = 0;
  for (auto _ : state) {
    time += 0.02;  // in to 10 times and out again
    const double factor = std::exp(1.15 * (std::cos(time) - 1));
    bench.plot->setView(view.centerX, view.centerY, view.unitsPerPixel * factor);
    bench.paint();
  }
}

/// What a frame costs while a model trains: the points drift, the view follows.
void drift(benchmark::State& state) {
  Bench bench(state);
  double time = 0;
  for (auto _ : state) {
    time += 0.05;
    bench.plot->setPoints(bench.points * static_cast<float>(1 + 0.02 * std::sin(time)), 0.033);
    bench.paint();
  }
}

void panWithSelection(benchmark::State& state) {
  const Bench bench(state);
  std::vector<std::size_t> selected(200), matched(1000);
  std::iota(selected.begin(), selected.end(), std::size_t{100});
  std::iota(matched.begin(), matched.end(), std::size_t{300});
  bench.plot->setSelected(std::move(selected));
  bench.plot->setMatched(std::move(matched));
  const PlaneView view = bench.plot->scene().view;
  double pixels = 0;
  for (auto _ : state) {
    pixels = std::fmod(pixels + 3, 300);
    bench.plot->setView(view.centerX + pixels * view.unitsPerPixel, view.centerY, view.unitsPerPixel);
    bench.paint();
  }
}

void hover(benchmark::State& state) {
  const Bench bench(state);
  std::size_t index = 0;
  for (auto _ : state) {
    bench.plot->setHovered(index = (index + 1) % 1000, "word", {"Occurs 7 times", "Rank 1,000"});
    bench.paint();
  }
}

void hitTest(benchmark::State& state) {
  Bench bench(state);
  for (auto _ : state) {
    bench.plot->setPoints(bench.points, 0.033);  // the grid is made anew
    benchmark::DoNotOptimize(bench.plot->pointAt(bench.plot->plotArea().center()));
  }
}

void sizes(benchmark::internal::Benchmark* bench) {
  for (const auto& [width, height] : {std::pair(1366, 768), std::pair(1920, 1080)})
    for (const int points : {2000, 10000, 50000}) bench->Args({points, width, height});
  bench->Unit(benchmark::kMillisecond);
}

BENCHMARK(pan)->Apply(sizes);
BENCHMARK(zoom)->Apply(sizes);
BENCHMARK(drift)->Apply(sizes);
BENCHMARK(panWithSelection)->Apply(sizes);
BENCHMARK(hover)->Apply(sizes);
BENCHMARK(hitTest)->Args({50000, 1366, 768})->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
      qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
    qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication app(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
