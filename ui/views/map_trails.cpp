// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_trails.h"

#include <algorithm>
#include <utility>

namespace lexarium {

namespace {

constexpr std::size_t kAtATime = 8;  // moments laid out before they are shown

bool earlier(const MapMoment& a, const MapMoment& b) { return a.step < b.step; }

Layout layoutOf(const HistoryFrame& frame, std::size_t words, const TaskContext& context) {
  EmbeddingTable table;
  frame.decode(table);
  const auto columns = std::min(static_cast<Eigen::Index>(words), table.vectors.cols());
  const auto projection = findProjection("pca")->create({}, 0);
  const Matrix points = table.vectors.leftCols(columns);
  return projection->start(points, {}, context) ? projection->layout() : Layout(2, 0);
}

}  // namespace

std::vector<std::uint64_t> trailSteps(std::span<const std::uint64_t> steps, std::size_t most) {
  std::size_t stride = 1;
  while ((steps.size() + stride - 1) / stride > most) stride *= 2;
  std::vector<std::uint64_t> chosen;
  for (std::size_t i = 0; i < steps.size(); i += stride) chosen.push_back(steps[i]);
  return chosen;
}

std::vector<Trail> trailsThrough(std::span<const MapMoment> moments, std::span<const std::size_t> points,
                                 const Layout& shown, std::uint64_t step) {
  std::size_t past = 0, upToNow = 0;  // moments before the step, and with it
  while (past < moments.size() && moments[past].step < step) ++past;
  upToNow = past < moments.size() && moments[past].step == step ? past + 1 : past;
  if (past == 0 || shown.cols() == 0) return {};
  // The nearest moment decides how all of them are turned: alignTo() takes the columns behind the ones that
  // it compares along.
  const Layout& nearest = *moments[upToNow - 1].layout;
  const Eigen::Index common = std::min(nearest.cols(), shown.cols());
  std::vector<Trail> trails;
  Layout all(2, common + static_cast<Eigen::Index>(points.size() * past));
  all.leftCols(common) = nearest.leftCols(common);
  Eigen::Index end = common;
  for (const std::size_t point : points) {
    const auto column = static_cast<Eigen::Index>(point);
    Trail trail{point, Layout(2, 0)};
    Eigen::Index places = 0;
    for (std::size_t i = 0; i < past; ++i) {
      if (column >= moments[i].layout->cols()) continue;
      all.col(end++) = moments[i].layout->col(column);
      ++places;
    }
    trail.places.resize(2, places);
    trails.push_back(std::move(trail));
  }
  const Layout aligned = alignTo(all.leftCols(end), shown.leftCols(common));
  Eigen::Index next = common;
  for (Trail& trail : trails) {
    trail.places = aligned.middleCols(next, trail.places.cols());
    next += trail.places.cols();
  }
  std::erase_if(trails, [](const Trail& trail) { return trail.places.cols() == 0; });
  return trails;
}

MapTrails::MapTrails(FrameClock& clock, QObject* parent) : QObject(parent), job_(clock, [this] { work(); }) {}

void MapTrails::reset() {
  job_.cancel();
  history_.reset();
  version_ = 0;
  recorded_ = false;
  if (std::exchange(moments_, {}).empty()) return;
  Q_EMIT changed();
}

void MapTrails::follow(std::shared_ptr<const History> history, std::size_t words, bool training) {
  if (history != history_ || words != words_ || recorded_) reset();
  history_ = std::move(history);
  words_ = words;
  training_ = training;
  work();
}

/// Those of the wanted moments that have not been laid out, the oldest first.
MapTrails::Frames MapTrails::missing(std::span<const std::uint64_t> wanted) const {
  Frames frames;
  for (const std::uint64_t step : wanted) {
    if (frames.size() == (training_ ? 1 : kAtATime)) break;
    if (std::binary_search(moments_.begin(), moments_.end(), MapMoment{step, nullptr}, earlier)) continue;
    if (auto frame = history_->frameAt(step); frame && frame->step == step)
      frames.push_back(std::move(frame));
  }
  return frames;
}

void MapTrails::work() {
  if (!history_ || job_.isRunning() || history_->version() == version_) return;
  if (training_ && !job_.isDue()) return;
  const std::uint64_t version = history_->version();
  const auto wanted = trailSteps(history_->steps(), kMostMoments);
  Frames frames = missing(wanted);
  if (frames.empty()) {
    version_ = version;
    return;
  }
  auto kept = moments_;
  std::erase_if(kept, [&](const MapMoment& moment) {
    return !std::binary_search(wanted.begin(), wanted.end(), moment.step);
  });
  job_.run([kept = std::move(kept), frames = std::move(frames),
            words = words_](std::stop_token stop) { return layOut(kept, frames, words, stop); },
           [this](std::vector<MapMoment> moments) {
             moments_ = std::move(moments);
             Q_EMIT changed();
             work();
           });
}

std::vector<MapMoment> MapTrails::layOut(std::vector<MapMoment> moments, const Frames& frames,
                                         std::size_t words, const std::stop_token& stop) {
  TaskContext context;
  context.stop = stop;
  const auto most = std::min(words, static_cast<std::size_t>(kMostWords));
  for (const auto& frame : frames)
    moments.push_back({frame->step, std::make_shared<const Layout>(layoutOf(*frame, most, context))});
  std::sort(moments.begin(), moments.end(), earlier);
  for (std::size_t i = moments.size(); i-- > 1;)
    moments[i - 1].layout =
        std::make_shared<const Layout>(alignTo(*moments[i - 1].layout, *moments[i].layout));
  return moments;
}

void MapTrails::record(std::uint64_t step, const Layout& layout) {
  if (history_) reset();
  recorded_ = true;
  MapMoment moment{step,
                   std::make_shared<const Layout>(layout.leftCols(std::min(layout.cols(), kMostWords)))};
  const auto place = std::lower_bound(moments_.begin(), moments_.end(), moment, earlier);
  if (place != moments_.end() && place->step == step) {
    *place = std::move(moment);
  } else {
    moments_.insert(place, std::move(moment));
  }
  if (moments_.size() > kMostMoments) {
    // Every second goes; the newest stays.
    std::vector<MapMoment> fewer;
    for (std::size_t i = 0; i < moments_.size(); ++i)
      if (i % 2 == 0 || i + 1 == moments_.size()) fewer.push_back(std::move(moments_[i]));
    moments_ = std::move(fewer);
  }
  Q_EMIT changed();
}

}  // namespace lexarium
