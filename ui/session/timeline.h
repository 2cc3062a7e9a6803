// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <cstdint>
#include <vector>

#include "ui/session/run_controller.h"

namespace lexarium {

/// Which moment of the run that is shown all views show: the newest, or one of its history. A view cannot
/// tell them apart: it draws the snapshot that it is given.
class Timeline : public QObject {
  Q_OBJECT

 public:
  explicit Timeline(RunController& runs, QObject* parent = nullptr);

  static constexpr int kIntervalMs = 33;  ///< between two moments of a replay
  static constexpr int kShortestReplayMs = 4000;
  static constexpr int kLongestReplayMs = 15000;  ///< longer histories skip moments

  /// Steps of all moments of the run that is shown, rising.
  const std::vector<std::uint64_t>& steps() const { return steps_; }
  bool isLive() const { return live_; }
  /// The step that is shown; of a live run its newest.
  std::uint64_t shownStep() const;
  double shownEpoch() const;
  /// The moment that is shown, counted from 0; steps().size() is live.
  std::size_t shownIndex() const;
  /// Bytes that the moments take, and may take.
  std::uint64_t memoryBytes() const;
  std::uint64_t budgetBytes() const;

  void showIndex(std::size_t index);  ///< beyond the last moment: live
  void showStep(std::uint64_t step);  ///< the moment nearest to it
  void goLive();
  /// Moments may have come from elsewhere.
  void refresh() { readMoments(); }
  /// All moments from the first to the last as a film, then live again; the run goes on meanwhile.
  void setReplaying(bool on);
  bool isReplaying() const { return replayTimer_.isActive(); }

 Q_SIGNALS:
  void momentsChanged();
  void shownChanged();
  void replayingChanged();

 private:
  void readMoments();
  void advanceReplay();
  void show(std::shared_ptr<const HistoryFrame> moment);

  RunController& runs_;
  std::shared_ptr<History> history_;
  std::uint64_t version_ = 0;
  int runId_ = 0;
  std::vector<std::uint64_t> steps_;
  bool live_ = true;
  std::uint64_t step_ = 0;
  double epoch_ = 0;
  QTimer replayTimer_;
  QElapsedTimer replayTime_;
  std::size_t replayFrom_ = 0;  // the moment at which the replay began
};

}  // namespace lexarium
