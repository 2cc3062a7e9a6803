// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/session/run_controller.h"
#include "ui/session/timeline.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace lexarium {

class Actions;
class NumberBox;
class TimelineSlider;
class Readout;
struct Theme;

/// The bottom of the window, always there: Train / Pause / Resume, Step, Stop, Reset, the learning rate, and
/// how far the run is. What does not fit goes, the least important first.
class TransportBar : public QWidget {
  Q_OBJECT

 public:
  TransportBar(RunController& runs, Timeline& timeline, Actions& actions, QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void focusPlay();
  QSize minimumSizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void buildReadings();
  void updateState();
  void updateNumbers();
  void updateTimeline();
  bool readsTokens() const;
  void updateLearningRate();
  void fit();

  RunController& runs_;
  Timeline& timeline_;
  Actions& actions_;
  QPushButton* play_;
  QToolButton *step_, *stop_, *reset_, *replay_;
  Readout *state_, *epoch_, *stepCount_, *speed_, *timeLeft_;
  QLabel* rateLabel_;
  TimelineSlider* progress_;
  NumberBox* rate_;
  QTimer numbersTimer_;  // people read ten numbers a second at most
};

/// What a run does, for people: "Training", "Paused", "Diverged".
QString stateLabel(RunStatus::State state);
/// "1,234,567" with the locale's separators; "123k" or "1.2M" for speeds.
QString shortCount(double value);

}  // namespace lexarium
