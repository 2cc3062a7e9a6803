// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QTimer>
#include <memory>
#include <string>
#include <vector>

#include "core/projection/projection.h"
#include "ui/session/run_controller.h"

namespace lexarium {

class MainWindow;
class Session;

/// How long the event loop lets an event wait: a thread posts one every kPeriodMs, whatever the loop does,
/// and the loop notes when it comes to it.
class LatencyProbe {
 public:
  LatencyProbe();
  ~LatencyProbe();

  static constexpr int kPeriodMs = 20;

  void setRecording(bool recording);
  /// Milliseconds, sorted.
  std::vector<double> sorted() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// Trains while all views of the embeddings workspace are watched and while they are not, in turns, and
/// compares. Also: seconds from the start to the first movement, milliseconds until a pause and a stop are
/// done.
class Measurement : public QObject {
  Q_OBJECT

 public:
  Measurement(Session& session, MainWindow& window);

 Q_SIGNALS:
  void finished(const QJsonObject& figures);
  void failed(const QString& message);

 private:
  struct Phase {
    double words = 0;
    double seconds = 0;
  };

  void watchFirstPicture();
  void onTextOpen();
  void start();
  void watchFirstMovement();
  void endRun();
  void nextPhase();
  void finish();
  Phase now() const;

  Session& session_;
  MainWindow& window_;
  LatencyProbe latency_;
  QTimer timer_;
  double textOpen_ = -1, firstPicture_ = -1, curveMoves_ = -1, mapMoves_ = -1;  // seconds; negative: not yet
  Layout firstMap_;
  bool waits_ = false;   // for the first picture of a project's run
  bool trains_ = false;  // its own run
  std::uint64_t openMemory_ = 0;
  double pauseMs_ = -1, stopMs_ = -1;
  double cpuAtTurn_ = 0, watchedCpu_ = 0;    // of the GUI thread, seconds
  double helpAtTurn_ = 0, watchedHelp_ = 0;  // of threads that work for pictures: milliseconds, seconds
  std::size_t turn_ = 0;
  Phase began_;
  std::vector<double> watched_, unwatched_;  // words/s of each turn
  std::uint64_t frames_ = 0;
  double watchedSeconds_ = 0;
};

}  // namespace lexarium
