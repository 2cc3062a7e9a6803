// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <memory>
#include <optional>

#include "core/projection/projection.h"
#include "core/train/snapshot.h"
#include "ui/plot/motion.h"
#include "ui/session/latest_job.h"

namespace lexarium {

/// Where the words of a snapshot lie on the map.
struct MapLayout {
  std::uint64_t step = 0;
  FollowedLayout placed;
  std::vector<double> shares;  ///< of the variance, of PC 1, PC 2 ...
  double cpuMilliseconds = 0;  ///< that the layout took on its thread, for the frame clock
  // Of methods that iterate (MapIteration); null, 0 for PCA.
  const ProjectionInfo* method = nullptr;
  std::uint64_t iteration = 0, lastIteration = 0;
  std::optional<double> objective;
  bool converged = false;
  double seconds = 0;  ///< of processor time that the slice took, on every core
};

/// Lays out one table after the other by PCA, each on the one before, so that words drift.
class ComponentLayouts {
 public:
  ComponentLayouts();

  /// seconds: since the layout before; the map turns slowly until its axes are the components. Of no columns
  /// if it was stopped.
  /// The first one will lie as this one does.
  void begin(Layout layout) { layout_ = std::move(layout); }
  MapLayout next(const EmbeddingTable& table, std::size_t words, double seconds, const StopToken& stop);

 private:
  std::unique_ptr<Projection> projection_;
  Layout layout_;
};

/// Lays out tables of vectors on another thread, one after the other, each on the one before, so that words
/// drift. While it is busy, or while a training runs and another layout would cost that too much, only the
/// newest table waits.
class MapLayouter : public QObject {
  Q_OBJECT

 public:
  explicit MapLayouter(QObject* parent = nullptr);

  /// Share of the machine that layouts may take while a model trains.
  static constexpr double kShare = 0.005;

  /// The first `words` columns of the table.
  void follow(std::shared_ptr<const EmbeddingTable> table, std::size_t words, bool training = false);
  /// Forgets the layout before: other words. The next one will lie as `like` does.
  void reset(Layout like = Layout(2, 0));

 Q_SIGNALS:
  void ready(const lexarium::MapLayout& layout);

 private:
  /// Used by one job at a time.
  struct State {
    ComponentLayouts layouts;
    std::chrono::steady_clock::time_point time;
  };
  void start();

  std::shared_ptr<State> state_;
  std::shared_ptr<const EmbeddingTable> waiting_;
  std::size_t words_ = 0;
  bool training_ = false;
  QTimer pause_;  // after a layout while a model trains
  LatestJob job_;
};

}  // namespace lexarium
