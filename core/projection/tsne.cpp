// SPDX-License-Identifier: GPL-3.0-or-later
// t-distributed stochastic neighbour embedding: gradient descent with momentum and gains on the KL divergence
// (van der Maaten & Hinton 2008), affinities among nearest neighbours only (van der Maaten 2014), repulsion
// by a fast multipole method (repulsion.h), rate and schedule after Belkina et al. 2019.
#include "core/projection/tsne.h"

#include <cmath>

#include "core/projection/affinities.h"
#include "core/projection/initial_layout.h"
#include "core/projection/prepared_points.h"
#include "core/projection/tsne_forces.h"

namespace lexarium {
namespace {

using Eigen::Index;

constexpr double kInitialDeviation = 1e-4;
constexpr double kEarlyMomentum = 0.5, kMomentum = 0.8;
constexpr float kSmallestGain = 0.01f;
constexpr float kLongestStep = 5;  // keeps a rate that is too large from throwing points away
constexpr double kSmallestGradient = 1e-7;
constexpr std::int64_t kFollowing = 100;  // iterations at least after each new set of points
constexpr double kSameNeighbours = 0.25;  // with a smaller share of them the old arrangement is of no use

struct Options {
  double perplexity, rate, earlyExaggeration, exaggeration;
  std::int64_t earlyIterations, iterations;

  explicit Options(const ParamSet& params)
      : perplexity(params.getNumber("perplexity")),
        rate(params.getNumber("learning_rate")),
        earlyExaggeration(params.getNumber("early_exaggeration")),
        exaggeration(params.getNumber("exaggeration")),
        earlyIterations(params.getInt("early_iterations")),
        iterations(params.getInt("iterations")) {}
  bool operator==(const Options&) const = default;
};

class Tsne final : public Projection {
 public:
  Tsne(const ParamSet& params, std::uint64_t seed, std::size_t threads)
      : options_(params), metric_(metricOf(params)), seed_(seed), pool_(threads) {}

  Expected<void> start(const Matrix& points, const Layout& initial, const TaskContext& context) override {
    const bool goesOn = started_ && points.cols() == layout_.cols();
    Matrix prepared = preparedPoints(points, metric_);
    auto table = neighbours(prepared, options_.perplexity, context);
    if (!table) return tl::unexpected<Error>(table.error());
    if (goesOn) {
      const bool same = commonNeighbours(table_, *table) >= kSameNeighbours;
      adopt(std::move(prepared), std::move(*table));
      step_ = same ? std::min(step_, std::max<std::int64_t>(0, options_.iterations - kFollowing)) : 0;
      return {};
    }
    auto layout = initialLayout(prepared, initial, kInitialDeviation, seed_, context);
    if (!layout) return tl::unexpected<Error>(layout.error());
    adopt(std::move(prepared), std::move(*table));
    begin(std::move(*layout), 0);
    return {};
  }

  Expected<void> resume(const Matrix& points, const Layout& layout, const TaskContext& context) override {
    if (layout.cols() == 0) return start(points, layout, context);
    Matrix prepared = preparedPoints(points, metric_);
    auto table = neighbours(prepared, options_.perplexity, context);
    if (!table) return tl::unexpected<Error>(table.error());
    Layout extended = extendedLayout(layout, *table, seed_);
    adopt(std::move(prepared), std::move(*table));
    begin(std::move(extended), std::max(options_.earlyIterations, options_.iterations - kFollowing));
    return {};
  }

  Expected<void> setParams(const ParamSet& params, const TaskContext& context) override {
    const Options wanted(params);
    if (wanted.perplexity != options_.perplexity && started_) {
      const Index k = neighboursFor(usedPerplexity(wanted.perplexity, points_.cols()), points_.cols());
      if (k > table_.k()) {
        auto table = neighbours(points_, wanted.perplexity, context);
        if (!table) return tl::unexpected<Error>(table.error());
        table_ = std::move(*table);
      }
      makeAffinities(wanted.perplexity);
    }
    if (wanted != options_ && started_) {
      // A change shall be seen, even of a map that had come to rest.
      step_ = std::min(step_, std::max<std::int64_t>(0, wanted.iterations - kFollowing));
      resting_ = false;
    }
    options_ = wanted;
    return {};
  }

  bool advance(int iterations, const StopToken& stop) override {
    for (int i = 0; i < iterations && canAdvance() && !stop.stop_requested(); ++i) iterate();
    return canAdvance();
  }

  const Layout& layout() const override { return layout_; }
  std::uint64_t iteration() const override { return iteration_; }
  std::uint64_t lastIteration() const override {
    return canAdvance() ? iteration_ + static_cast<std::uint64_t>(options_.iterations - step_) : iteration_;
  }
  std::optional<double> objective() override {
    if (layout_.cols() < 2) return std::nullopt;
    Layout forces;
    Repulsion repulsion;
    return klDivergence(affinities_, layout_, repulsion.compute(layout_, pool_, forces), pool_);
  }

 private:
  Expected<NeighbourTable> neighbours(const Matrix& points, double perplexity, const TaskContext& context) {
    const Index n = points.cols();
    return findNeighbours(points, neighboursFor(usedPerplexity(perplexity, n), n), seed_, pool_, context);
  }

  void adopt(Matrix points, NeighbourTable table) {
    points_ = std::move(points);
    table_ = std::move(table);
    makeAffinities(options_.perplexity);
    resting_ = false;
  }

  void makeAffinities(double perplexity) {
    if (points_.cols() < 2) return;
    affinities_ = jointAffinities(table_, usedPerplexity(perplexity, points_.cols()), pool_);
  }

  void begin(Layout layout, std::int64_t step) {
    layout_ = std::move(layout);
    velocity_ = Layout::Zero(2, layout_.cols());
    gains_ = Layout::Ones(2, layout_.cols());
    repulsion_ = Repulsion();
    step_ = step;
    started_ = true;
  }

  bool canAdvance() const { return layout_.cols() >= 2 && !resting_ && step_ < options_.iterations; }

  double rate(double exaggeration) const {
    if (options_.rate > 0) return options_.rate;
    return std::max(static_cast<double>(layout_.cols()) / (4 * exaggeration), 50.0);
  }

  void iterate() {
    const bool early = step_ < options_.earlyIterations;
    const double exaggeration = early ? options_.earlyExaggeration : options_.exaggeration;
    tsneGradient(affinities_, layout_, static_cast<float>(exaggeration), repulsion_, pool_, gradient_);
    const auto momentum = static_cast<float>(early ? kEarlyMomentum : kMomentum);
    const auto rate = static_cast<float>(this->rate(exaggeration));
    double gradientSquares = 0;
    Eigen::Vector2d sum = Eigen::Vector2d::Zero();
    for (Index i = 0; i < layout_.cols(); ++i) {
      for (Index axis = 0; axis < 2; ++axis) {
        const float slope = gradient_(axis, i);
        float& gain = gains_(axis, i);
        // A gain grows while the point keeps its direction (Jacobs 1988).
        gain = slope * velocity_(axis, i) < 0 ? gain + 0.2f : std::max(gain * 0.8f, kSmallestGain);
        velocity_(axis, i) = momentum * velocity_(axis, i) - rate * gain * slope;
      }
      const float length = velocity_.col(i).norm();
      if (length > kLongestStep) velocity_.col(i) *= kLongestStep / length;
      gradientSquares += static_cast<double>(gradient_.col(i).squaredNorm());
      layout_.col(i) += velocity_.col(i);
      sum += layout_.col(i).cast<double>();
    }
    const Eigen::Vector2f mean = (sum / static_cast<double>(layout_.cols())).cast<float>();
    layout_.colwise() -= mean;
    if (early) keepFromVanishing();
    ++step_;
    ++iteration_;
    // Of a layout that is still tiny the forces are tiny too, and it has all its growing before it.
    const double size = std::min(1.0, static_cast<double>(layout_.norm()));
    resting_ = !early && std::sqrt(gradientSquares) <= kSmallestGradient * size;
  }

  /// Where points have no clusters, the early exaggeration draws them together, a millionfold in fifty
  /// iterations, until float has no number for them. While a layout is small, forces are proportional to its
  /// size: made larger it goes the same way.
  void keepFromVanishing() {
    const double size = static_cast<double>(layout_.norm()) / std::sqrt(static_cast<double>(layout_.cols()));
    if (!(size > 0 && size < kInitialDeviation / 10)) return;
    const auto growth = static_cast<float>(kInitialDeviation / size);
    layout_ *= growth;
    velocity_ *= growth;
  }

  Options options_;
  Metric metric_;
  std::uint64_t seed_;
  ThreadPool pool_;
  Matrix points_;  // prepared
  NeighbourTable table_;
  SparseGraph affinities_;
  Repulsion repulsion_;
  Layout layout_ = Layout(2, 0);
  Layout velocity_, gains_, gradient_;
  std::int64_t step_ = 0;  // in the schedule
  std::uint64_t iteration_ = 0;
  bool started_ = false;
  bool resting_ = false;
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
      live(numberParam("perplexity", "Perplexity", "words",
                       "About how many neighbours each word tries to keep; at most a third of the words.", 30,
                       2, 100, Scale::Logarithmic)),
      live(
          numberParam("exaggeration", "Exaggeration", "",
                      "How much more than in truth neighbours attract: larger values draw clusters together.",
                      1, 1, 20, Scale::Logarithmic)),
      live(integerParam("iterations", "Iterations", "", "How long the map is worked on from its start.", 1000,
                        50, 100'000)),
      metricParam(),
      advanced(live(numberParam("learning_rate", "Learning rate", "",
                                "How far points go in one iteration; 0 chooses by the number of words.", 0, 0,
                                100'000))),
      advanced(live(
          numberParam("early_exaggeration", "Early exaggeration", "",
                      "How much more neighbours attract at the beginning, so that clusters find their place.",
                      12, 1, 50))),
      advanced(live(integerParam("early_iterations", "Early iterations", "",
                                 "How long the early exaggeration lasts.", 250, 0, 10'000))),
  };
}

}  // namespace

ProjectionInfo tsneInfo() {
  return {
      "tsne",
      "t-SNE",
      "Keeps neighbours together: words that are near in the real space are near on the map; distances "
      "between "
      "clusters say little.",
      "van der Maaten & Hinton 2008, Journal of Machine Learning Research 9; van der Maaten 2014, Journal of "
      "Machine Learning Research 15",
      params(),
      "KL divergence",
      [](const ParamSet& params, std::uint64_t seed, std::size_t threads) -> std::unique_ptr<Projection> {
        return std::make_unique<Tsne>(params, seed, threads);
      }};
}

}  // namespace lexarium
