// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QFrame>
#include <QTimer>

class QLabel;
class QProgressBar;
class QPushButton;

namespace lexarium {

/// A card over the window while something long is on: what is done, how far it is, Cancel. It comes up after
/// a second (before that the cursor says it), and says the time left once that is worth saying. What lies
/// below stays usable.
class BusyOverlay : public QFrame {
  Q_OBJECT

 public:
  explicit BusyOverlay(QWidget* parent);

  void begin(const QString& title);
  /// fraction 0 to 1, or negative: unknown.
  void setProgress(double fraction, const QString& phase);
  void end();
  bool isBusy() const { return busy_; }

  static constexpr int kCursorAfterMs = 100;
  static constexpr int kCardAfterMs = 1000;
  static constexpr int kTimeAfterMs = 10000;

 Q_SIGNALS:
  void cancelled();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void place();
  void showBusyCursor(bool on);

  QLabel* title_;
  QLabel* phase_;
  QProgressBar* bar_;
  QPushButton* cancel_;
  QTimer cursorTimer_, cardTimer_;
  QElapsedTimer elapsed_;
  bool busy_ = false;
  bool cursor_ = false;
};

/// "12 s", "3 min", "1 h 5 min": rounded as a person would say it.
QString spokenDuration(double seconds);

}  // namespace lexarium
