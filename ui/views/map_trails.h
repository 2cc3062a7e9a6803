// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/train/history.h"
#include "ui/plot/scatter_trails.h"
#include "ui/session/paced_job.h"

namespace lexarium {

/// Where words were on the map at one step.
struct MapMoment {
  std::uint64_t step = 0;
  std::shared_ptr<const Layout> layout;
};

/// Which of `steps` (rising) a trail leads through: the first, and from there every one, every second, every
/// fourth ... so that there are at most `most`, and the choice stays when steps are added at the end.
std::vector<std::uint64_t> trailSteps(std::span<const std::uint64_t> steps, std::size_t most);

/// The trails of points up to `shown`, the layout at `step`, through moments (by rising step) each of which
/// lies aligned with the next: all are turned as a whole so that the nearest one lies as `shown` does. Points
/// that a moment does not have are not in it.
std::vector<Trail> trailsThrough(std::span<const MapMoment> moments, std::span<const std::size_t> points,
                                 const Layout& shown, std::uint64_t step);

/// The layouts of past moments that trails lead through. For PCA they are those that the slider would show:
/// made from the run's history off the GUI thread, each aligned with the next. For methods that iterate,
/// whose layouts depend on what came before, they are those that were shown.
class MapTrails : public QObject {
  Q_OBJECT

 public:
  explicit MapTrails(FrameClock& clock, QObject* parent = nullptr);

  static constexpr std::size_t kMostMoments = 32;
  static constexpr Eigen::Index kMostWords = 5000;  ///< of a layout that is kept

  /// Lays out what is new in the history (null: there is none), over its first `words` words; while a model
  /// trains at a pace that costs it little.
  void follow(std::shared_ptr<const History> history, std::size_t words, bool training);
  /// A layout of a method that iterates, as it is shown.
  void record(std::uint64_t step, const Layout& layout);
  /// Another run, text or method.
  void reset();

  const std::vector<MapMoment>& moments() const { return moments_; }

 Q_SIGNALS:
  void changed();

 private:
  using Frames = std::vector<std::shared_ptr<const HistoryFrame>>;
  static std::vector<MapMoment> layOut(std::vector<MapMoment> moments, const Frames& frames,
                                       std::size_t words, const std::stop_token& stop);
  Frames missing(std::span<const std::uint64_t> wanted) const;
  void work();

  std::shared_ptr<const History> history_;
  std::uint64_t version_ = 0;
  std::size_t words_ = 0;
  bool training_ = false, recorded_ = false;
  std::vector<MapMoment> moments_;
  PacedJob job_;
};

}  // namespace lexarium
