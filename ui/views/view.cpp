// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/view.h"

#include <QShowEvent>
#include <utility>

namespace lexarium {

View::View(Session& session, QWidget* parent) : QWidget(parent), session_(session) {
  constexpr int kSummaryMs = 1000;
  summaryTimer_.setSingleShot(true);
  summaryTimer_.setInterval(kSummaryMs);
  connect(&summaryTimer_, &QTimer::timeout, this, [this] { setAccessibleDescription(textSummary()); });
  connect(&session, &Session::corpusChanged, this, [this] {
    frame_ = {};
    markDirty(kCorpus | kSelection | kFocus);
  });
  connect(&session, &Session::themeChanged, this, [this] { markDirty(kTheme | kFingerprint); });
  connect(&session.runs(), &RunController::runsChanged, this, [this] { markDirty(kRuns); });
  connect(&session.runs(), &RunController::frame, this, [this](const Frame& frame) { receiveFrame(frame); });
  connect(&session.fingerprint(), &ResultFingerprint::changed, this, [this] { markDirty(kFingerprint); });
  frameTimer_.setSingleShot(true);
  connect(&frameTimer_, &QTimer::timeout, this, [this] {
    if (dirty_ & kFrame) markDirty(kFrame);
  });
  connect(&session.selection(), &Selection::changed, this, [this] { markDirty(kSelection); });
  connect(&session.selection(), &Selection::focusChanged, this, [this] { markDirty(kFocus); });
  connect(&session.selection(), &Selection::hoverChanged, this, [this](TokenId id) {
    if (isVisible()) showHover(id);
  });
}

QString View::fingerprint() const {
  return session_.theme().fingerprints ? session_.fingerprint().shown() : QString();
}

/// A frame that comes too early waits; a newer one takes its place. The last one of a training never waits.
void View::receiveFrame(const Frame& frame) {
  const bool running = frame.run && frame.status.state == RunStatus::State::Running;
  const bool sameRun = frame.run == frame_.run && frame.status.state == frame_.status.state;
  frame_ = frame;
  if (running && sameRun && frameTimer_.isActive()) {
    dirty_ |= kFrame;
    return;
  }
  markDirty(kFrame);
}

void View::markDirty(unsigned dirty) {
  dirty_ |= dirty;
  if (isVisible()) draw();
}

void View::draw() {
  if ((dirty_ & kFrame) && frameIntervalMs() > 0) frameTimer_.start(frameIntervalMs());
  refresh(std::exchange(dirty_, 0u));
  if (!summaryTimer_.isActive()) summaryTimer_.start();
}

void View::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  Q_EMIT needsChanged();
  if (dirty_ != 0) draw();
}

void View::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  Q_EMIT needsChanged();
}

}  // namespace lexarium
