// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/screenshots.h"

#include <QDir>
#include <QPixmap>

#include "ui/session/session.h"
#include "ui/shell/main_window.h"

namespace lexarium {
namespace {

/// The curve needs some points, the map a layout.
constexpr int kFirstAfterMs = 700;
constexpr std::uint64_t kFirstAfterSteps = 5;

}  // namespace

Screenshots::Screenshots(Session& session, MainWindow& window, const QString& folder)
    : session_(session), window_(window), folder_(folder) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &Screenshots::takePicture);
  connect(&session, &Session::corpusChanged, this, [this] {
    window_.showWorkspace("embeddings");
    session_.runs().train();
  });
  connect(&session, &Session::errorOccurred, this,
          [this](const Error& error) { fail(QString::fromStdString(error.message())); });
  connect(&session.runs(), &RunController::frame, this, [this](const Frame& frame) {
    const bool begun = frame.snapshot && frame.status.step >= kFirstAfterSteps;
    if (begun && taken_ == 0 && !timer_.isActive()) timer_.start(kFirstAfterMs);
  });
}

void Screenshots::takePicture() {
  ++taken_;
  const QString file = QDir(folder_).filePath(QStringLiteral("film-%1.png").arg(taken_));
  if (!QDir().mkpath(folder_) || !window_.grab().save(file)) {
    fail(tr("%1 could not be written. Choose a folder that can be written to.").arg(file));
    return;
  }
  if (taken_ == kPictures) {
    Q_EMIT finished(0, {});
  } else {
    timer_.start(kSecondsBetween * 1000);
  }
}

void Screenshots::fail(const QString& message) {
  timer_.stop();
  Q_EMIT finished(1, message);
}

}  // namespace lexarium
