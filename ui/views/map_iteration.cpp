// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_iteration.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <utility>

#include "core/base/cpu_time.h"
#include "core/base/thread_pool.h"

namespace lexarium {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double kSlice = 0.1;        // seconds of iterations
constexpr double kShortSlice = 0.04;  // while a model trains
constexpr double kFirstSlice = 0.5;   // so that a layout that was just asked for has a shape, even then

double secondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Root mean square distance of the points from their mean.
double extent(const Layout& layout) {
  if (layout.cols() == 0) return 0;
  const Eigen::Vector2f mean = layout.rowwise().mean();
  return std::sqrt(static_cast<double>((layout.colwise() - mean).colwise().squaredNorm().mean()));
}

}  // namespace

/// What one slice hands on to the next. A slice that was asked to stop may still run when the next begins.
struct MapIteration::State {
  std::mutex mutex;
  const ProjectionInfo* info = nullptr;
  std::unique_ptr<Projection> projection;
  Layout initial;
  bool resumes = false;  // initial is of this method
  double shownExtent = 1;
  std::shared_ptr<const EmbeddingTable> table;
  std::size_t words = 0;
  ParamSet params;
};

MapIteration::MapIteration(QObject* parent) : QObject(parent) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &MapIteration::wake);
}

void MapIteration::reset() {
  job_.cancel();
  timer_.stop();
  state_.reset();
  table_ = placedTable_ = nullptr;
  words_ = placedWords_ = 0;
  paused_ = converged_ = false;
}

void MapIteration::begin(const ProjectionInfo& info, Layout initial) {
  reset();
  state_ = std::make_shared<State>();
  state_->info = &info;
  const double size = extent(initial);
  if (size > 0 && std::isfinite(size)) state_->shownExtent = size;
  state_->initial = std::move(initial);
  params_ = ParamSet::defaultsOf(info.params);
  // As the list of neighbours measures it.
  if (params_.contains("metric")) params_.set("metric", std::string("cosine"));
}

void MapIteration::adopt(const ProjectionInfo& info, Layout layout, const ParamSet& params, bool converged,
                         std::shared_ptr<const EmbeddingTable> table) {
  const auto words = static_cast<std::size_t>(layout.cols());
  begin(info, std::move(layout));
  state_->resumes = true;
  for (const ParamSpec& spec : info.params)
    if (params.contains(spec.key) && validate(spec, params.value(spec.key)))  // a file may hold anything
      params_.set(spec.key, params.value(spec.key));
  table_ = placedTable_ = std::move(table);
  words_ = placedWords_ = words;
  placedParams_ = params_;
  converged_ = converged;
  wake();
}

void MapIteration::follow(std::shared_ptr<const EmbeddingTable> table, std::size_t words) {
  table_ = std::move(table);
  words_ = words;
  wake();
}

void MapIteration::setTraining(bool training) {
  if (training == training_) return;
  training_ = training;
  timer_.stop();
  wake();
}

void MapIteration::setPaused(bool paused) {
  paused_ = paused;
  if (paused) timer_.stop();
  wake();
}

void MapIteration::setParam(const std::string& key, const ParamValue& value) {
  if (!state_ || !params_.contains(key) || params_.value(key) == value) return;
  params_.set(key, value);
  wake();
}

void MapIteration::suspend() {
  suspended_ = true;
  timer_.stop();
  job_.cancel();
}

void MapIteration::resume() {
  suspended_ = false;
  wake();
}

bool MapIteration::hasWork() const {
  if (!state_ || !table_ || suspended_) return false;
  if (words_ != placedWords_) return true;
  if (paused_) return false;
  return !converged_ || table_ != placedTable_ || params_ != placedParams_;
}

void MapIteration::wake() {
  if (!hasWork() || job_.isRunning()) return;
  const bool newWords = words_ != placedWords_;
  if (timer_.isActive() && !newWords) return;
  timer_.stop();
  start();
}

void MapIteration::start() {
  Order order{table_, words_, params_, kSlice};
  if (training_) order.seconds = placedWords_ == 0 ? kFirstSlice : kShortSlice;
  if (paused_) order.seconds = 0;
  job_.run([state = state_, order](std::stop_token stop) { return work(*state, order, stop); },
           [this, order](MapLayout layout) { finish(std::move(layout), order); });
}

void MapIteration::finish(MapLayout layout, const Order& order) {
  if (layout.placed.layout.cols() == 0) return;  // cancelled
  // The one first slice is what was asked for; what comes after it must not wait for it.
  if (placedWords_ == 0) layout.seconds = std::min(layout.seconds, kShortSlice);
  placedTable_ = order.table;
  placedWords_ = order.words;
  placedParams_ = order.params;
  converged_ = layout.converged;
  if (training_) timer_.start(static_cast<int>(std::min(600.0, layout.seconds / kShare) * 1000));
  Q_EMIT ready(layout);
  wake();
}

/// Hands new vectors and parameters to the projection. False if it was stopped.
bool MapIteration::takeUp(State& state, const Order& order, const TaskContext& context) {
  if (order.table != state.table || order.words != state.words) {
    const Matrix& all = order.table->vectors;
    const auto columns = std::min(static_cast<Eigen::Index>(order.words), all.cols());
    const Matrix part = columns == all.cols() ? Matrix() : Matrix(all.leftCols(columns));
    const Matrix& points = columns == all.cols() ? all : part;
    if (state.projection && state.projection->layout().cols() == columns) {
      if (!state.projection->start(points, {}, context)) return false;
    } else {
      auto projection = state.info->create(order.params, kSeed, hardwareThreads());
      const Layout before = state.projection ? state.projection->layout() : Layout(2, 0);
      const Layout kept = before.leftCols(std::min(before.cols(), columns));
      const bool resumes = state.resumes && state.initial.cols() == columns;
      const auto done = resumes           ? projection->resume(points, state.initial, context)
                        : kept.cols() > 0 ? projection->resume(points, kept, context)
                                          : projection->start(points, state.initial, context);
      if (!done) return false;
      state.projection = std::move(projection);
      state.params = order.params;
    }
    state.table = order.table;
    state.words = order.words;
  }
  if (state.params == order.params) return true;
  if (!state.projection->setParams(order.params, context)) return false;
  state.params = order.params;
  return true;
}

MapLayout MapIteration::work(State& state, const Order& order, const std::stop_token& stop) {
  const std::lock_guard lock(state.mutex);
  const double cpu = threadCpuSeconds();
  MapLayout result;
  result.step = order.table->step;
  TaskContext context;
  context.stop = stop;
  if (!takeUp(state, order, context)) return result;
  const auto iterating = Clock::now();
  bool goesOn = true;
  while (goesOn && secondsSince(iterating) < order.seconds && !stop.stop_requested())
    goesOn = state.projection->advance(1, stop);
  if (stop.stop_requested()) return result;
  result.method = state.info;
  result.iteration = state.projection->iteration();
  result.lastIteration = state.projection->lastIteration();
  result.objective = state.projection->objective();
  result.converged = !goesOn;
  // t-SNE swells from a ten-thousandth to a hundred: the scale of a layout says nothing, so on the screen it
  // stays.
  const double size = extent(state.projection->layout());
  const double scale = size > 0 ? state.shownExtent / size : 1;
  result.placed.layout = state.projection->layout() * static_cast<float>(scale);
  // This thread does its share of all the work, so the other cores were as busy. Not by the clock: where
  // training takes the cores, that would count its time.
  result.seconds = threadCpuSeconds() - cpu;
  return result;
}

}  // namespace lexarium
