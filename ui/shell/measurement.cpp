// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/measurement.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

#include "core/base/cpu_time.h"
#include "core/base/memory.h"
#include "core/base/thread_pool.h"
#include "ui/plot/scatter_plot.h"
#include "ui/session/session.h"
#include "ui/shell/main_window.h"

namespace lexarium {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kTurns = 12;  // watched and unwatched in turns, so that a slow minute hits both
constexpr int kWarmUpMs = 3000;
constexpr int kTurnMs = 4000;

const Clock::time_point programStart = Clock::now();

double secondsSinceStart() { return std::chrono::duration<double>(Clock::now() - programStart).count(); }

double percentile(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  const double place = share * static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(place)];
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return percentile(values, 0.5);
}

QJsonArray toJson(const std::vector<double>& values) {
  QJsonArray array;
  for (const double value : values) array.append(std::round(value));
  return array;
}

}  // namespace

struct LatencyProbe::State {
  std::atomic<bool> recording{false};
  std::vector<double> milliseconds;  // the GUI thread's alone
  std::jthread thread;
};

LatencyProbe::LatencyProbe() : state_(std::make_shared<State>()) {
  // The thread must not own the state that joins it.
  state_->thread = std::jthread([weak = std::weak_ptr<State>(state_)](std::stop_token stop) {
    setThreadName("latency probe");
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(kPeriodMs));
      const auto posted = Clock::now();
      QMetaObject::invokeMethod(
          QCoreApplication::instance(),
          [weak, posted] {
            const auto state = weak.lock();
            if (!state || !state->recording) return;
            state->milliseconds.push_back(
                std::chrono::duration<double, std::milli>(Clock::now() - posted).count());
          },
          Qt::QueuedConnection);
    }
  });
}

LatencyProbe::~LatencyProbe() {
  state_->thread.request_stop();
  state_->thread.join();
}

void LatencyProbe::setRecording(bool recording) { state_->recording = recording; }

std::vector<double> LatencyProbe::sorted() const {
  auto result = state_->milliseconds;
  std::sort(result.begin(), result.end());
  return result;
}

Measurement::Measurement(Session& session, MainWindow& window) : session_(session), window_(window) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &Measurement::nextPhase);
  watchFirstPicture();
  connect(&session, &Session::corpusChanged, this, &Measurement::onTextOpen);
  connect(&session, &Session::errorOccurred, this,
          [this](const Error& error) { Q_EMIT failed(QString::fromStdString(error.message())); });
  connect(&session.runs(), &RunController::frame, this, [this] {
    if (turn_ > 0) ++frames_;
  });
  connect(&session.runs(), &RunController::stateChanged, this, [this] {
    const auto state = session_.runs().status().state;
    if (state == RunStatus::State::Running && turn_ == 0 && !timer_.isActive()) timer_.start(kWarmUpMs);
    if (trains_ && isOver(state)) {
      Q_EMIT failed(tr("The training ended before the measurement did. Take a longer text."));
    }
  });
}

void Measurement::watchFirstPicture() {
  auto* map = window_.findChild<ScatterPlot*>("mapPlot");
  connect(map, &ScatterPlot::drawn, this, [this, map] {
    if (map->scene().points.cols() == 0 || firstPicture_ >= 0) return;
    firstPicture_ = secondsSinceStart();
    if (!std::exchange(waits_, false)) return;
    openMemory_ = heldResources().residentBytes;
    QMetaObject::invokeMethod(this, &Measurement::start, Qt::QueuedConnection);
  });
}

/// A project shows its runs first; only then may another one begin.
void Measurement::onTextOpen() {
  textOpen_ = secondsSinceStart();
  window_.showWorkspace("embeddings");
  waits_ = session_.runs().current() != nullptr;
  if (!waits_) start();
}

void Measurement::watchFirstMovement() {
  connect(&session_.runs(), &RunController::frame, this, [this](const Frame& frame) {
    if (curveMoves_ < 0 && frame.run && frame.run->trainer->metrics().size() > 1)
      curveMoves_ = secondsSinceStart();
  });
  auto* map = window_.findChild<ScatterPlot*>("mapPlot");
  connect(map, &ScatterPlot::drawn, this, [this, map] {
    const Layout& points = map->scene().points;
    if (mapMoves_ >= 0 || points.cols() == 0) return;
    if (firstMap_.cols() != points.cols()) {
      firstMap_ = points;
    } else if (firstMap_ != points) {
      mapMoves_ = secondsSinceStart();
    }
  });
}

void Measurement::start() {
  watchFirstMovement();
  // Neighbours and contexts of a word that is in every text are watched too.
  session_.selection().select(
      std::min<TokenId>(50, static_cast<TokenId>(session_.corpus()->vocabulary().size()) - 1));
  RunConfig config = session_.runs().nextConfig();
  const auto& specs = findModel(config.modelId)->params;
  if (const ParamSpec* epochs = findSpec(specs, "epochs")) {  // longer than the measurement
    config.params.set("epochs", ParamValue(static_cast<std::int64_t>(epochs->maximum)));
  }
  session_.runs().setNextConfig(config);
  session_.runs().train();
  trains_ = true;
}

Measurement::Phase Measurement::now() const {
  const RunStatus status = session_.runs().current()->trainer->status();
  return {status.epoch * static_cast<double>(session_.corpus()->tokens().size()), status.seconds};
}

void Measurement::nextPhase() {
  const Phase end = now();
  if (turn_ > 0) {
    const double speed = (end.words - began_.words) / (end.seconds - began_.seconds);
    const bool watching = turn_ % 2 == 1;
    (watching ? watched_ : unwatched_).push_back(speed);
    if (watching) {
      watchedSeconds_ += end.seconds - began_.seconds;
      watchedCpu_ += threadCpuSeconds() - cpuAtTurn_;
      watchedHelp_ += (session_.clock().reportedCost() - helpAtTurn_) / 1000;
    }
  }
  if (turn_++ == kTurns) {
    finish();
    return;
  }
  const bool watch = turn_ % 2 == 1;
  window_.setViewsShown(watch);
  latency_.setRecording(watch);
  session_.clock().setHeld(!watch);
  began_ = now();
  cpuAtTurn_ = threadCpuSeconds();
  helpAtTurn_ = session_.clock().reportedCost();
  timer_.start(kTurnMs);
}

/// The GUI thread waits here, so that nothing but the trainer is measured.
void Measurement::endRun() {
  Trainer& trainer = *session_.runs().current()->trainer;
  QElapsedTimer timer;
  const auto milliseconds = [&timer] { return static_cast<double>(timer.nsecsElapsed()) / 1e6; };
  timer.start();
  trainer.pause();
  trainer.waitFor([](const RunStatus& status) { return status.state == RunStatus::State::Paused; }, 10);
  pauseMs_ = milliseconds();
  const std::uint64_t step = trainer.status().step;
  trainer.resume();
  trainer.waitFor([step](const RunStatus& status) { return status.step > step; }, 10);
  std::this_thread::sleep_for(std::chrono::milliseconds(7));  // into the middle of some step
  timer.start();
  trainer.stop();
  trainer.wait(10);
  stopMs_ = milliseconds();
}

void Measurement::finish() {
  latency_.setRecording(false);
  endRun();
  const auto latency = latency_.sorted();
  const double with = median(watched_);
  const double without = median(unwatched_);
  Q_EMIT finished(QJsonObject{
      {"text", QString::fromStdString(session_.corpus()->title())},
      {"cores", static_cast<int>(hardwareThreads())},
      {"latency_ms_median", percentile(latency, 0.5)},
      {"latency_ms_p99", percentile(latency, 0.99)},
      {"latency_ms_max", latency.empty() ? 0.0 : latency.back()},
      {"latency_samples", static_cast<int>(latency.size())},
      {"words_per_second_watched", std::round(with)},
      {"words_per_second_unwatched", std::round(without)},
      {"cost_of_watching_percent", without > 0 ? 100 * (1 - with / without) : 0.0},
      {"frames_per_second", watchedSeconds_ > 0 ? static_cast<double>(frames_) / watchedSeconds_ : 0.0},
      {"window_cpu_percent_of_a_core", watchedSeconds_ > 0 ? 100 * watchedCpu_ / watchedSeconds_ : 0.0},
      {"watching_cpu_percent_of_all_cores",
       watchedSeconds_ > 0
           ? 100 * (watchedCpu_ + watchedHelp_) / (watchedSeconds_ * static_cast<double>(hardwareThreads()))
           : 0.0},
      {"seconds_to_open_text", textOpen_},
      {"seconds_to_first_picture", firstPicture_},
      {"megabytes_at_first_picture", static_cast<double>(openMemory_) / 1e6},
      {"seconds_to_moving_curve", curveMoves_},
      {"seconds_to_moving_map", mapMoves_},
      {"pause_ms", pauseMs_},
      {"stop_ms", stopMs_},
      {"watched", toJson(watched_)},
      {"unwatched", toJson(unwatched_)}});
}

}  // namespace lexarium
