// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/view.h"

#include <QShowEvent>
#include <utility>

namespace lexarium {

View::View(Session& session, QWidget* parent) : QWidget(parent), session_(session) {
  connect(&session, &Session::corpusChanged, this, [this] {
    frame_ = {};
    markDirty(kCorpus | kSelection | kFocus);
  });
  connect(&session, &Session::themeChanged, this, [this] { markDirty(kTheme); });
  connect(&session.runs(), &RunController::runsChanged, this, [this] { markDirty(kRuns); });
  connect(&session.runs(), &RunController::frame, this, [this](const Frame& frame) {
    frame_ = frame;
    markDirty(kFrame);
  });
  connect(&session.selection(), &Selection::changed, this, [this] { markDirty(kSelection); });
  connect(&session.selection(), &Selection::focusChanged, this, [this] { markDirty(kFocus); });
  connect(&session.selection(), &Selection::hoverChanged, this, [this](TokenId id) {
    if (isVisible()) showHover(id);
  });
}

void View::markDirty(unsigned dirty) {
  dirty_ |= dirty;
  if (isVisible()) refresh(std::exchange(dirty_, 0u));
}

void View::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  Q_EMIT needsChanged();
  if (dirty_ != 0) refresh(std::exchange(dirty_, 0u));
}

void View::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  Q_EMIT needsChanged();
}

}  // namespace lexarium
