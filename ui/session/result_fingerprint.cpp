// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/result_fingerprint.h"

#include <string>

#include "core/train/fingerprint.h"

namespace lexarium {

ResultFingerprint::ResultFingerprint(RunController& runs, QObject* parent) : QObject(parent) {
  connect(&runs, &RunController::frame, this, &ResultFingerprint::look);
}

void ResultFingerprint::look(const Frame& frame) {
  const bool isResult = frame.run && frame.live && isOver(frame.status.state) && frame.snapshot &&
                        frame.snapshot->all && frame.snapshot->all->step == frame.status.step;
  if (!isResult) return show({});
  const auto& table = frame.snapshot->all;
  if (table == table_) return show(known_);
  table_ = table;
  known_.clear();
  show({});
  job_.run([result = frame.snapshot,
            id = frame.run->trainer->config().modelId](std::stop_token) { return fingerprint(*result, id); },
           [this](const std::string& found) {
             known_ = QString::fromStdString(found);
             show(known_);
           });
}

void ResultFingerprint::show(const QString& text) {
  if (text == shown_) return;
  shown_ = text;
  Q_EMIT changed();
}

}  // namespace lexarium
