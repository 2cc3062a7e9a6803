// SPDX-License-Identifier: GPL-3.0-or-later
// Uniform manifold approximation and projection (McInnes, Healy & Melville 2018): a fuzzy graph of nearest
// neighbours (umap_graph.h), laid out by sampled descent (umap_descent.h). It begins from the principal axes,
// which keeps what is far apart where it is as well as a spectral layout does (Kobak & Linderman 2021).
#include "core/projection/umap.h"

#include "core/projection/initial_layout.h"
#include "core/projection/prepared_points.h"
#include "core/projection/umap_descent.h"

namespace lexarium {
namespace {

using Eigen::Index;

constexpr double kInitialDeviation = 4;  // the whole is then about 20 wide, as umap-learn has it
constexpr Index kManyPoints = 10'000;    // above them, fewer epochs do
constexpr std::int64_t kEpochs = 500, kEpochsOfMany = 200;
constexpr double kFollowing = 0.1;        // share of the epochs that follow each new set of points
constexpr double kSameNeighbours = 0.25;  // with a smaller share of them the old arrangement is of no use

struct Options {
  Index neighbours;  // the point itself counted
  double minDist, spread, rate;
  std::int64_t epochs;
  int negatives;
  double repulsion;

  explicit Options(const ParamSet& params)
      : neighbours(params.getInt("n_neighbors")),
        minDist(params.getNumber("min_dist")),
        spread(params.getNumber("spread")),
        rate(params.getNumber("learning_rate")),
        epochs(params.getInt("iterations")),
        negatives(static_cast<int>(params.getInt("negative_samples"))),
        repulsion(params.getNumber("repulsion")) {}
  bool operator==(const Options&) const = default;

  UmapForces forces() const {
    return {fitUmapCurve(std::min(minDist, spread), spread), negatives, static_cast<float>(repulsion)};
  }
};

class Umap final : public Projection {
 public:
  Umap(const ParamSet& params, std::uint64_t seed, std::size_t threads)
      : options_(params),
        forces_(options_.forces()),
        metric_(metricOf(params)),
        seed_(seed),
        pool_(threads) {}

  Expected<void> start(const Matrix& points, const Layout& initial, const TaskContext& context) override {
    const bool goesOn = started_ && points.cols() == layout_.cols();
    Matrix prepared = preparedPoints(points, metric_);
    auto table = findNeighbours(prepared, options_.neighbours - 1, seed_, pool_, context);
    if (!table) return tl::unexpected<Error>(table.error());
    if (goesOn) {
      const bool same = commonNeighbours(table_, *table) >= kSameNeighbours;
      adopt(std::move(prepared), std::move(*table));
      epoch_ = same ? std::min(epoch_, followingFrom()) : 0;
      return {};
    }
    auto layout = initialLayout(prepared, initial, kInitialDeviation * options_.spread, seed_, context);
    if (!layout) return tl::unexpected<Error>(layout.error());
    adopt(std::move(prepared), std::move(*table));
    begin(std::move(*layout));
    return {};
  }

  Expected<void> resume(const Matrix& points, const Layout& layout, const TaskContext& context) override {
    if (layout.cols() == 0) return start(points, layout, context);
    Matrix prepared = preparedPoints(points, metric_);
    auto table = findNeighbours(prepared, options_.neighbours - 1, seed_, pool_, context);
    if (!table) return tl::unexpected<Error>(table.error());
    Layout extended = extendedLayout(layout, *table, seed_);
    adopt(std::move(prepared), std::move(*table));
    begin(std::move(extended));
    epoch_ = followingFrom();
    return {};
  }

  Expected<void> setParams(const ParamSet& params, const TaskContext& context) override {
    const Options wanted(params);
    if (started_ && wanted.neighbours - 1 > table_.k() && table_.k() < points_.cols() - 1) {
      auto table = findNeighbours(points_, wanted.neighbours - 1, seed_, pool_, context);
      if (!table) return tl::unexpected<Error>(table.error());
      table_ = std::move(*table);
    }
    const bool otherGraph = wanted.neighbours != options_.neighbours;
    const bool changed = wanted != options_;
    options_ = wanted;
    forces_ = options_.forces();
    if (started_ && otherGraph) makeGraph();
    if (started_ && changed) epoch_ = std::min(epoch_, followingFrom());  // a change shall be seen
    return {};
  }

  bool advance(int iterations, const StopToken& stop) override {
    for (int i = 0; i < iterations && canAdvance() && !stop.stop_requested(); ++i) {
      const double left = 1 - static_cast<double>(epoch_) / static_cast<double>(epochs());
      descent_.runEpoch(seed_, iteration_, static_cast<float>(options_.rate * left), forces_, layout_);
      ++epoch_;
      ++iteration_;
    }
    return canAdvance();
  }

  const Layout& layout() const override { return layout_; }
  std::uint64_t iteration() const override { return iteration_; }
  std::uint64_t lastIteration() const override {
    return canAdvance() ? iteration_ + static_cast<std::uint64_t>(epochs() - epoch_) : iteration_;
  }
  std::optional<double> objective() override {
    if (layout_.cols() < 2) return std::nullopt;
    return descent_.objective(forces_, layout_);
  }

 private:
  std::int64_t epochs() const {
    if (options_.epochs > 0) return options_.epochs;
    return layout_.cols() > kManyPoints ? kEpochsOfMany : kEpochs;
  }
  std::int64_t followingFrom() const {
    return epochs() -
           std::max<std::int64_t>(1, static_cast<std::int64_t>(kFollowing * static_cast<double>(epochs())));
  }
  bool canAdvance() const { return layout_.cols() >= 2 && epoch_ < epochs(); }

  void adopt(Matrix points, NeighbourTable table) {
    points_ = std::move(points);
    table_ = std::move(table);
    makeGraph();
  }
  void makeGraph() {
    if (points_.cols() < 2) return;
    descent_ = UmapDescent(umapGraph(table_, std::min(table_.k(), options_.neighbours - 1), pool_));
  }
  void begin(Layout layout) {
    layout_ = std::move(layout);
    epoch_ = 0;
    started_ = true;
  }

  Options options_;
  UmapForces forces_;
  Metric metric_;
  std::uint64_t seed_;
  ThreadPool pool_;
  Matrix points_;  // prepared
  NeighbourTable table_;
  UmapDescent descent_;
  Layout layout_ = Layout(2, 0);
  std::int64_t epoch_ = 0;  // in the schedule
  std::uint64_t iteration_ = 0;
  bool started_ = false;
};

ParamSpec live(ParamSpec spec) {
  spec.live = true;
  return spec;
}

ParamSpec advanced(ParamSpec spec) {
  spec.advanced = true;
  return spec;
}

std::vector<ParamSpec> params() {
  using Scale = ParamSpec::Scale;
  return {
      live(integerParam("n_neighbors", "Neighbours", "words",
                        "How many nearest words hold each word in its place, itself counted: few show "
                        "detail, many the whole.",
                        15, 2, 200)),
      live(numberParam("min_dist", "Least distance", "", "How close together words may lie on the map.", 0.1,
                       0, 0.99)),
      live(integerParam(
          "iterations", "Iterations", "",
          "How long the map is worked on from its start; 0 chooses 500, or 200 for more than 10,000 words.",
          0, 0, 100'000)),
      metricParam(),
      advanced(live(numberParam("spread", "Spread", "", "The size of clusters on the map.", 1, 0.1, 10,
                                Scale::Logarithmic))),
      advanced(
          live(numberParam("learning_rate", "Learning rate", "", "How far words go in the first iteration.",
                           1, 0.01, 10, Scale::Logarithmic))),
      advanced(live(integerParam("negative_samples", "Negatives", "words",
                                 "How many random words push a word away for each neighbour that pulls it.",
                                 5, 1, kMostNegatives))),
      advanced(live(numberParam("repulsion", "Repulsion", "", "How strongly they push.", 1, 0, 10))),
  };
}

}  // namespace

ProjectionInfo umapInfo() {
  return {"umap",
          "UMAP",
          "Draws a graph of each word's nearest neighbours: faster than t-SNE, with tighter clusters and "
          "more of the "
          "whole.",
          "McInnes, Healy & Melville 2018, arXiv:1802.03426",
          params(),
          "Cross-entropy",
          [](const ParamSet& params, std::uint64_t seed, std::size_t threads) -> std::unique_ptr<Projection> {
            return std::make_unique<Umap>(params, seed, threads);
          }};
}

}  // namespace lexarium
