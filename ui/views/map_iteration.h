// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

#include "core/base/param_spec.h"
#include "ui/session/latest_job.h"
#include "ui/views/map_layout.h"

namespace lexarium {

/// Works on the layout of a method that iterates (t-SNE, UMAP), in slices on another thread, each of which
/// ends in a layout to be drawn. While a model trains, slices are short and rare, and take up the newest
/// vectors; otherwise one follows the other until the layout has converged.
class MapIteration : public QObject {
  Q_OBJECT

 public:
  explicit MapIteration(QObject* parent = nullptr);

  static constexpr std::uint64_t kSeed = 1;
  /// Share of the machine that slices may take while a model trains.
  static constexpr double kShare = 0.01;

  /// Another method, from a layout of the same words (its scale is kept on the screen), or from PCA if that
  /// is empty. Nothing is done before follow().
  void begin(const ProjectionInfo& info, Layout initial);
  /// Takes over a layout that was made before of the first columns of the table; goes on with it if it has
  /// not converged, or when vectors or parameters change.
  void adopt(const ProjectionInfo& info, Layout layout, const ParamSet& params, bool converged,
             std::shared_ptr<const EmbeddingTable> table);
  const ParamSet& params() const { return params_; }
  /// Forgets everything: another text, another method.
  void reset();
  /// The first `words` columns of the table, from the next slice on.
  void follow(std::shared_ptr<const EmbeddingTable> table, std::size_t words);
  void setTraining(bool training);
  void setPaused(bool paused);
  bool isPaused() const { return paused_; }
  /// Acts at once where the method has a parameter of this name.
  void setParam(const std::string& key, const ParamValue& value);
  /// Nobody looks: stops a slice that runs, and begins none before resume().
  void suspend();
  void resume();
  /// A slice is being worked on or will be.
  bool isActive() const { return job_.isRunning() || timer_.isActive(); }

 Q_SIGNALS:
  void ready(const lexarium::MapLayout& layout);

 private:
  struct State;
  /// What a slice has to do.
  struct Order {
    std::shared_ptr<const EmbeddingTable> table;
    std::size_t words = 0;
    ParamSet params;
    double seconds = 0;  // for iterations
  };
  static MapLayout work(State& state, const Order& order, const std::stop_token& stop);
  static bool takeUp(State& state, const Order& order, const TaskContext& context);
  bool hasWork() const;
  void wake();
  void start();
  void finish(MapLayout layout, const Order& order);

  std::shared_ptr<State> state_;
  std::shared_ptr<const EmbeddingTable> table_, placedTable_;
  std::size_t words_ = 0, placedWords_ = 0;
  ParamSet params_, placedParams_;
  bool training_ = false, paused_ = false, suspended_ = false, converged_ = false;
  QTimer timer_;  // the pause after a slice while a model trains
  LatestJob job_;
};

}  // namespace lexarium
