// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <memory>
#include <string>

#include "core/base/progress.h"

class QLabel;
class QProgressBar;

namespace lexarium {

/// A slim bar with what a job does, how far it is, and Cancel; it comes up when that takes a while.
class WorkBar : public QWidget {
  Q_OBJECT

 public:
  explicit WorkBar(QWidget* parent = nullptr);

  /// A job begins: what it is to report to, from any thread.
  ProgressSink begin();
  void end();

 Q_SIGNALS:
  void cancelled();

 private:
  struct Progress;
  void showProgress();

  QLabel* label_;
  QProgressBar* bar_;
  QTimer timer_;
  int ticks_ = 0;
  std::shared_ptr<Progress> progress_;
};

}  // namespace lexarium
