// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_layout.h"

#include <algorithm>
#include <numbers>
#include <utility>

#include "core/base/cpu_time.h"
#include "core/base/thread_pool.h"

namespace lexarium {

namespace {

// How quickly the map turns until its axes are the components: slowly enough that it is seen as drifting.
constexpr double kTurnPerSecond = 6 * std::numbers::pi / 180;
constexpr double kLongestPause = 0.25;  // seconds between layouts that count as one
constexpr int kShortestPauseMs = 80, kLongestPauseMs = 5000;

}  // namespace

MapLayouter::MapLayouter(QObject* parent) : QObject(parent) {
  pause_.setSingleShot(true);
  pause_.setTimerType(Qt::PreciseTimer);
  connect(&pause_, &QTimer::timeout, this, &MapLayouter::start);
  reset();
}

void MapLayouter::reset(Layout like) {
  job_.cancel();
  pause_.stop();
  waiting_.reset();
  state_ = std::make_shared<State>();
  state_->layouts.begin(std::move(like));
}

void MapLayouter::follow(std::shared_ptr<const EmbeddingTable> table, std::size_t words, bool training) {
  // What a person has asked for does not wait.
  if (!training || words != words_) pause_.stop();
  waiting_ = std::move(table);
  words_ = words;
  training_ = training;
  start();
}

void MapLayouter::start() {
  if (!waiting_ || job_.isRunning() || pause_.isActive()) return;
  job_.run(
      [state = state_, table = std::exchange(waiting_, nullptr), words = words_](std::stop_token stop) {
        const auto now = std::chrono::steady_clock::now();
        const double seconds = std::chrono::duration<double>(now - state->time).count();
        state->time = now;
        return state->layouts.next(*table, words, seconds, stop);
      },
      [this](const MapLayout& layout) {
        const double earned = kShare * static_cast<double>(hardwareThreads());
        if (training_)
          pause_.start(std::clamp(static_cast<int>(layout.cpuMilliseconds / earned), kShortestPauseMs,
                                  kLongestPauseMs));
        if (layout.placed.layout.cols() > 0) Q_EMIT ready(layout);
        start();
      });
}

ComponentLayouts::ComponentLayouts() : projection_(findProjection("pca")->create({}, 0)) {}

MapLayout ComponentLayouts::next(const EmbeddingTable& table, std::size_t words, double seconds,
                                 const StopToken& stop) {
  const double cpu = threadCpuSeconds();
  MapLayout result;
  result.step = table.step;
  const auto columns = std::min(static_cast<Eigen::Index>(words), table.vectors.cols());
  TaskContext context;
  context.stop = stop;
  // The table itself where it fits: a frame of the map is copied only once, by the trainer.
  const auto done = columns == table.vectors.cols()
                        ? projection_->start(table.vectors, layout_, context)
                        : projection_->start(table.vectors.leftCols(columns), layout_, context);
  if (!done) return result;  // cancelled
  result.shares = projection_->varianceShares();
  result.placed = followComponents(projection_->layout(), result.shares, layout_,
                                   kTurnPerSecond * std::min(seconds, kLongestPause));
  layout_ = result.placed.layout;
  result.cpuMilliseconds = (threadCpuSeconds() - cpu) * 1000;
  return result;
}

}  // namespace lexarium
