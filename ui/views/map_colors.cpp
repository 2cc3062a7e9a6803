// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_colors.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/analysis/kmeans.h"
#include "ui/look/palettes.h"

namespace lexarium {

namespace {

// Most words are rare (Zipf 1949): an exponent below 1 gives them more of the scale.
constexpr double kRareSpread = 0.6;
// The part of cividis that stands out from a light and from a dark surface.
constexpr double kLightRange[] = {0.75, 0.0};
constexpr double kDarkRange[] = {0.35, 1.0};
// Share of one core that grouping may take while a model trains.
constexpr double kShare = 0.01;

}  // namespace

std::vector<QColor> scalePalette(const Theme& theme) {
  const auto& range = theme.dark ? kDarkRange : kLightRange;
  std::vector<QColor> palette;
  for (int bin = 0; bin < kScaleBins; ++bin)
    palette.push_back(cividis(range[0] + (range[1] - range[0]) * bin / (kScaleBins - 1)));
  return palette;
}

std::vector<std::uint8_t> frequencyBins(std::span<const std::uint64_t> counts) {
  std::vector<std::uint8_t> bins;
  if (counts.empty()) return bins;
  const double low = std::log(static_cast<double>(counts.back()) + 1);
  const double span = std::log(static_cast<double>(counts.front()) + 1) - low;
  for (const std::uint64_t count : counts) {
    const double t = span > 0 ? (std::log(static_cast<double>(count) + 1) - low) / span : 1;
    const double spread = std::pow(std::clamp(t, 0.0, 1.0), kRareSpread);
    bins.push_back(static_cast<std::uint8_t>(spread * (kScaleBins - 1) + 0.5));
  }
  return bins;
}

MapClusters::MapClusters(QObject* parent) : QObject(parent) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &MapClusters::wake);
}

void MapClusters::follow(std::shared_ptr<const EmbeddingTable> table, std::size_t words, bool training) {
  table_ = std::move(table);
  words_ = words;
  if (training_ && !training) timer_.stop();
  training_ = training;
  wake();
}

void MapClusters::reset() {
  suspend();
  table_ = groupedTable_ = nullptr;
  words_ = groupedWords_ = 0;
  centres_ = {};
  groups_.clear();
}

void MapClusters::suspend() {
  job_.cancel();
  timer_.stop();
  table_.reset();
}

void MapClusters::wake() {
  if (!table_ || job_.isRunning()) return;
  if (table_ == groupedTable_ && words_ == groupedWords_) return;
  if (timer_.isActive() && words_ == groupedWords_) return;
  job_.run(
      [table = table_, words = words_, centres = centres_](std::stop_token stop) {
        const auto begin = std::chrono::steady_clock::now();
        const Matrix& all = table->vectors;
        KMeansOptions options;
        options.clusters = static_cast<Eigen::Index>(kClusters);
        options.cosine = true;
        if (centres.rows() == all.rows() && centres.cols() == options.clusters)
          options.initialCentres = centres;
        TaskContext context;
        context.stop = std::move(stop);
        ThreadPool pool(1);
        const auto columns = std::min(static_cast<Eigen::Index>(words), all.cols());
        const auto found =
            kMeans(columns == all.cols() ? all : Matrix(all.leftCols(columns)), options, pool, context);
        Result result;
        if (!found) return result;  // cancelled
        result.groups.assign(found->cluster.begin(), found->cluster.end());
        result.centres = found->centres;
        result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        return result;
      },
      [this, table = table_, words = words_](Result result) {
        if (result.groups.empty()) return;
        groupedTable_ = table;
        groupedWords_ = words;
        groups_ = std::move(result.groups);
        centres_ = std::move(result.centres);
        if (training_) timer_.start(static_cast<int>(std::min(600.0, result.seconds / kShare) * 1000));
        Q_EMIT changed();
        wake();
      });
}

}  // namespace lexarium
