// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <memory>

#include "ui/session/latest_job.h"
#include "ui/session/run_controller.h"

namespace lexarium {

/// The fingerprint (core/train/fingerprint.h) of what the run that is shown has learned. There is one when
/// the run is over and all views show its result; it is found off the GUI thread.
class ResultFingerprint : public QObject {
  Q_OBJECT

 public:
  explicit ResultFingerprint(RunController& runs, QObject* parent = nullptr);

  /// Eight digits; empty: none, or not known yet.
  const QString& shown() const { return shown_; }

 Q_SIGNALS:
  void changed();

 private:
  void look(const Frame& frame);
  void show(const QString& text);

  std::shared_ptr<const EmbeddingTable> table_;  // that known_ is of, or is being found for
  QString known_, shown_;
  LatestJob job_;
};

}  // namespace lexarium
