// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace lexarium {

class MainWindow;
class Session;

/// Trains on what is open and writes film-1.png, film-2.png and film-3.png, some seconds apart: the first
/// when the curve has begun. For machines without a display, and for pictures of the program.
class Screenshots : public QObject {
  Q_OBJECT

 public:
  Screenshots(Session& session, MainWindow& window, const QString& folder);

  static constexpr int kPictures = 3;
  static constexpr int kSecondsBetween = 3;

 Q_SIGNALS:
  /// exitCode 0: the pictures are there; otherwise `message` says why not.
  void finished(int exitCode, const QString& message);

 private:
  void takePicture();
  void fail(const QString& message);

  Session& session_;
  MainWindow& window_;
  QString folder_;
  QTimer timer_;
  int taken_ = 0;
};

}  // namespace lexarium
