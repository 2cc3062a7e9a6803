// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <vector>

#include "ui/session/run_controller.h"

namespace lexarium {

/// How the runs of a ladder are made comparable.
struct LadderPlan {
  double seconds = 20;           ///< of training for each
  std::uint64_t parameters = 0;  ///< numbers that each may have, by its units; 0: its preset
};

/// Trains all language models on the open text one after the other, each for the same time: n-gram, MLP, RNN,
/// LSTM, GRU, Transformer.
class Ladder : public QObject {
  Q_OBJECT

 public:
  explicit Ladder(RunController& runs, QObject* parent = nullptr);

  /// Does nothing while a run is active.
  void start(const LadderPlan& plan);
  void cancel();  ///< the run that is active goes on
  bool isRunning() const { return !waiting_.empty() || runId_ != 0; }
  std::size_t left() const { return waiting_.size(); }

 Q_SIGNALS:
  void changed();

 private:
  void next();
  void look();

  RunController& runs_;
  LadderPlan plan_;
  std::vector<RunConfig> waiting_;  // the next one last
  int runId_ = 0;
  bool stopping_ = false;
};

/// The models' presets for the text; with `parameters` > 0 as many units as come nearest to that size.
std::vector<RunConfig> ladderConfigs(const Corpus& corpus, const Execution& execution,
                                     const LadderPlan& plan);

}  // namespace lexarium
