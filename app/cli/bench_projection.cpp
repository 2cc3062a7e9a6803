// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_projection.h"

#include <chrono>
#include <cmath>

#include "app/cli/bench_machine.h"
#include "app/cli/bench_peer.h"
#include "app/cli/bench_python.h"
#include "app/cli/bench_rows.h"
#include "app/cli/interrupt.h"
#include "app/cli/param_flags.h"
#include "app/cli/vectors_input.h"
#include "core/analysis/kmeans.h"
#include "core/analysis/trustworthiness.h"
#include "core/base/rng.h"
#include "core/projection/affinities.h"
#include "core/projection/prepared_points.h"
#include "core/projection/tsne_forces.h"

namespace lexarium::cli {
namespace {

constexpr Eigen::Index kTrustworthyNeighbours = 12;
constexpr double kPerplexity = 30;

struct ProjectionBenchOptions {
  std::string vectors;
  ParamFlags flags;
  bool withoutPeers = false;
  bool json = false;
};

/// Clusters of clusters in 100 dimensions, where no vectors are given.
Matrix madeUpVectors(Eigen::Index count) {
  Rng rng(1);
  const auto normal = [&](Eigen::Index columns) {
    Matrix result(100, columns);
    for (Eigen::Index i = 0; i < result.size(); ++i) result.data()[i] = static_cast<Real>(rng.normal());
    return result;
  };
  const Matrix whole = normal(20), parts = normal(400);
  Matrix points = normal(count) * Real(0.8);
  for (Eigen::Index i = 0; i < count; ++i) {
    const Eigen::Index part = rng.below(400);
    points.col(i) += whole.col(part % 20) + Real(0.7) * parts.col(part);
  }
  return points;
}

/// What was measured of one map.
struct MapFigures {
  double seconds = 0;
  double iteration = 0;  // seconds
  Layout layout;
};

class ProjectionBench {
 public:
  ProjectionBench(Matrix points, std::size_t repetitions, std::optional<PythonPeers> peers,
                  const BenchProgress& onProgress, const BenchRowSink& onRow)
      : points_(std::move(points)),
        repetitions_(repetitions),
        peers_(std::move(peers)),
        onProgress_(onProgress),
        onRow_(onRow) {}

  Expected<std::vector<BenchRow>> run() {
    for (auto part : {&ProjectionBench::neighbours, &ProjectionBench::clusters, &ProjectionBench::tsne,
                      &ProjectionBench::umap}) {
      if (auto done = (this->*part)(); !done) return tl::unexpected<Error>(done.error());
    }
    return std::move(rows_);
  }

 private:
  using Contest = std::vector<std::pair<MapFigures, std::optional<PythonPeers::Result>>>;

  /// Ours and theirs in turn, so that a machine that slows down slows both.
  Expected<Contest> contest(const std::string& task, const std::function<Expected<MapFigures>()>& ours) {
    const bool withPeer = peers_ && (task != "umap" || peers_->hasUmap());
    Contest contest;
    for (std::size_t i = 0; i < repetitions_; ++i) {
      onProgress_("Measuring " + task);
      auto own = ours();
      if (!own) return tl::unexpected<Error>(own.error());
      if (interrupted()) return cancelled();
      contest.push_back({std::move(*own), std::nullopt});
      if (!withPeer) continue;
      onProgress_("Measuring " + task + " of python3");
      auto theirs = peers_->run(task);
      if (!theirs) return tl::unexpected<Error>(theirs.error());
      contest.back().second = std::move(*theirs);
    }
    return contest;
  }

  void add(const std::string& name, const std::string& unit, const std::string& peer, bool lessIsMore,
           const Contest& contest, const std::function<double(const MapFigures&)>& own,
           const std::function<double(const PythonPeers::Result&)>& other) {
    BenchRow row;
    row.name = name;
    row.unit = unit;
    row.lessIsMore = lessIsMore;
    std::vector<double> ours, theirs;
    for (const auto& [first, second] : contest) {
      ours.push_back(own(first));
      if (second) theirs.push_back(other(*second));
    }
    row.value = median(ours);
    if (!theirs.empty()) {
      row.peer = peer;
      row.peerValue = median(theirs);
    }
    onRow_(row);
    rows_.push_back(row);
  }

  void addSeconds(const std::string& name, const std::string& peer, const Contest& contest) {
    add(
        name, "s", peer, true, contest, [](const MapFigures& own) { return own.seconds; },
        [](const PythonPeers::Result& other) { return other.figures.at("seconds"); });
  }

  Expected<void> neighbours() {
    const auto found = contest("neighbours", [&]() -> Expected<MapFigures> {
      const auto start = std::chrono::steady_clock::now();
      InterruptibleTask task;
      if (auto table = exactNeighbours(points_, 90, pool_, task.context()); !table) {
        return tl::unexpected<Error>(table.error());
      }
      return MapFigures{secondsSince(start), 0, {}};
    });
    if (!found) return tl::unexpected<Error>(found.error());
    addSeconds("90 nearest neighbours, exact", "scikit-learn", *found);
    return {};
  }

  Expected<void> clusters() {
    const auto found = contest("kmeans", [&]() -> Expected<MapFigures> {
      const auto start = std::chrono::steady_clock::now();
      KMeansOptions options;
      options.clusters = 20;
      InterruptibleTask task;
      auto result = kMeans(points_, options, pool_, task.context());
      if (!result) return tl::unexpected<Error>(result.error());
      return MapFigures{secondsSince(start), result->inertia, {}};
    });
    if (!found) return tl::unexpected<Error>(found.error());
    addSeconds("k-means, 20 clusters", "scikit-learn", *found);
    add(
        "k-means, inertia", "", "scikit-learn", true, *found,
        [](const MapFigures& own) { return own.iteration; },
        [](const PythonPeers::Result& other) { return other.figures.at("inertia"); });
    return {};
  }

  Expected<MapFigures> map(const std::string& id) {
    const ProjectionInfo& method = *findProjection(id);
    const auto projection = method.create(ParamSet::defaultsOf(method.params), 1);
    InterruptibleTask task;
    const auto start = std::chrono::steady_clock::now();
    if (auto started = projection->start(points_, {}, task.context()); !started) {
      return tl::unexpected<Error>(started.error());
    }
    const auto descent = std::chrono::steady_clock::now();
    while (projection->advance(10) && !interrupted()) {
    }
    if (interrupted()) return cancelled();
    const double iterations = static_cast<double>(projection->iteration());
    return MapFigures{secondsSince(start), secondsSince(descent) / std::max(1.0, iterations),
                      projection->layout()};
  }

  double trust(const Layout& layout) {
    const auto value = trustworthiness(points_, layout, kTrustworthyNeighbours, pool_);
    return value ? *value : 0;
  }

  void addTrust(const std::string& name, const std::string& peer, const Contest& contest) {
    add(
        name, "", peer, false, contest, [&](const MapFigures& own) { return trust(own.layout); },
        [&](const PythonPeers::Result& other) { return trust(other.layout); });
  }

  Expected<void> tsne() {
    const auto found = contest("tsne", [&] { return map("tsne"); });
    if (!found) return tl::unexpected<Error>(found.error());
    add(
        "t-SNE, one iteration", "ms", "scikit-learn", true, *found,
        [](const MapFigures& own) { return 1000 * own.iteration; },
        [](const PythonPeers::Result& other) { return 1000 * other.figures.at("iteration"); });
    addSeconds("t-SNE, 1,000 iterations", "scikit-learn", *found);
    // Both by the same affinities.
    const double perplexity = usedPerplexity(kPerplexity, points_.cols());
    auto table = findNeighbours(preparedPoints(points_, Metric::Euclidean),
                                neighboursFor(perplexity, points_.cols()), 1, pool_, {});
    if (!table) return tl::unexpected<Error>(table.error());
    const SparseGraph affinities = jointAffinities(*table, perplexity, pool_);
    const auto divergence = [&](const Layout& layout) {
      Layout forces;
      return klDivergence(affinities, layout, Repulsion().compute(layout, pool_, forces), pool_);
    };
    add(
        "t-SNE, KL divergence", "", "scikit-learn", true, *found,
        [&](const MapFigures& own) { return divergence(own.layout); },
        [&](const PythonPeers::Result& other) { return divergence(other.layout); });
    addTrust("t-SNE, trustworthiness", "scikit-learn", *found);
    return {};
  }

  Expected<void> umap() {
    const auto found = contest("umap", [&] { return map("umap"); });
    if (!found) return tl::unexpected<Error>(found.error());
    addSeconds("UMAP", "umap-learn", *found);
    addTrust("UMAP, trustworthiness", "umap-learn", *found);
    return {};
  }

  Matrix points_;
  std::size_t repetitions_;
  std::optional<PythonPeers> peers_;
  const BenchProgress& onProgress_;
  const BenchRowSink& onRow_;
  ThreadPool pool_{1};
  std::vector<BenchRow> rows_;
};

Expected<Matrix> benchPoints(const ProjectionBenchOptions& options) {
  const auto count = std::get<std::int64_t>(options.flags.value("count"));
  if (options.vectors.empty()) return madeUpVectors(count);
  ProgressLine progress(false);
  auto vectors = loadVectors(options.vectors, progress);
  if (!vectors) return tl::unexpected<Error>(vectors.error());
  return Matrix(
      vectors->table.vectors.leftCols(std::min<Eigen::Index>(count, vectors->table.vectors.cols())));
}

ExitCode benchProjection(const ProjectionBenchOptions& options) {
  auto points = benchPoints(options);
  if (!points) return fail(points.error());
  auto folder = ScratchFolder::create();
  if (!folder) return fail(folder.error());
  const auto repetitions =
      static_cast<std::size_t>(std::get<std::int64_t>(options.flags.value("repetitions")));
  return runBenchmark(
      [&](const BenchProgress& onProgress, const BenchRowSink& onRow) {
        auto peers = options.withoutPeers ? std::nullopt : PythonPeers::find(*points, folder->path());
        return ProjectionBench(std::move(*points), repetitions, std::move(peers), onProgress, onRow).run();
      },
      options.json);
}

}  // namespace

void addProjectionBench(CLI::App& bench, Action& action) {
  auto options = std::make_shared<ProjectionBenchOptions>();
  CLI::App* command = bench.add_subcommand(
      "projection",
      "Lay words out by t-SNE and UMAP, in turn with scikit-learn and umap-learn if a python3 has them.");
  command->allow_extras();
  command->add_option("--vectors", options->vectors, "Vectors to lay out; made-up ones if not given.")
      ->type_name("FILE");
  options->flags.add(*command,
                     integerParam("count", "Count", "words", "Only so many from the top of the file.", 10'000,
                                  100, 1'000'000),
                     "Options");
  options->flags.add(
      *command,
      integerParam("repetitions", "Repetitions", "", "Each figure is the median of so many.", 1, 1, 99),
      "Options");
  command->add_flag("--no-peers", options->withoutPeers, "Measure Lexarium alone.");
  command->add_flag(
      "--json", options->json,
      "Print an array of {name, value, unit, threads, peer, peer_value, ratio}; above 1 the ratio is in "
      "our favour.");
  command->footer(
      "All on one thread.\n\nExample:\n  taskset -c 0 lexarium-cli bench projection --vectors vectors.bin");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      return benchProjection(*options);
    };
  });
}

}  // namespace lexarium::cli
