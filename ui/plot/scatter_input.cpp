// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse and keyboard do to a map of points.
#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <cmath>
#include <utility>

#include "ui/look/fingerprint_mark.h"
#include "ui/plot/scatter_plot.h"

namespace lexarium {

namespace {

constexpr double kWheelStep = 1.25;  // zoom of one notch
constexpr double kKeyPan = 60;       // pixels of an arrow key
constexpr double kLassoSpacing = 3;  // pixels between corners

}  // namespace

bool ScatterPlot::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const bool there = fingerprintBox(rect(), theme_, fingerprint_).contains(help->pos());
    QToolTip::showText(help->globalPos(), there ? fingerprintHelp() : QString(), this);
    return true;
  }
  return QWidget::event(event);
}

void ScatterPlot::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || drag_ != Drag::None) return;
  press_ = last_ = event->position();
  drag_ = Drag::Pressed;
  if (event->modifiers().testFlag(Qt::ShiftModifier)) {
    drag_ = Drag::Lasso;
    lasso_ = QPolygonF({press_});
  }
}

void ScatterPlot::mouseMoveEvent(QMouseEvent* event) {
  const QPointF place = event->position();
  pointer_ = place;
  if (drag_ == Drag::Pressed && (place - press_).manhattanLength() >= QApplication::startDragDistance()) {
    drag_ = Drag::Pan;
    setCursor(Qt::ClosedHandCursor);
  }
  if (drag_ == Drag::Pan) {
    setUserView(pannedView(scene_.view, place - last_));
    last_ = place;
  } else if (drag_ == Drag::Lasso) {
    if (QLineF(lasso_.last(), place).length() < kLassoSpacing) return;
    lasso_.append(place);
    update();
  } else if (drag_ == Drag::None) {
    hoverUnderPointer();
  }
}

void ScatterPlot::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  const bool control = event->modifiers().testFlag(Qt::ControlModifier);
  const Drag drag = std::exchange(drag_, Drag::None);
  unsetCursor();
  if (drag == Drag::Lasso) return endLasso(control);
  if (drag == Drag::Pressed && plotArea().contains(event->position()))
    Q_EMIT clicked(pointAt(event->position()), control);
}

void ScatterPlot::endLasso(bool additive) {
  std::vector<QPointF> polygon;
  for (const QPointF& corner : std::as_const(lasso_)) polygon.push_back(scene_.view.toData(inArea(corner)));
  lasso_.clear();
  update();
  if (polygon.size() >= 3) Q_EMIT lassoed(pointsInside(scene_.points, polygon, scene_.hidden), additive);
}

void ScatterPlot::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  drag_ = Drag::None;
  fit();
}

void ScatterPlot::wheelEvent(QWheelEvent* event) {
  const double notches = event->angleDelta().y() / 120.0;
  if (notches != 0 && scene_.count() > 0)
    setUserView(zoomedView(scene_.view, inArea(event->position()), std::pow(kWheelStep, notches)));
  event->accept();
}

void ScatterPlot::keyPressEvent(QKeyEvent* event) {
  const QPointF middle(scene_.view.size.width() / 2, scene_.view.size.height() / 2);
  const auto pan = [&](double dx, double dy) {
    setUserView(pannedView(scene_.view, QPointF(dx, dy) * kKeyPan));
  };
  switch (event->key()) {
    case Qt::Key_Left:
      return pan(1, 0);
    case Qt::Key_Right:
      return pan(-1, 0);
    case Qt::Key_Up:
      return pan(0, 1);
    case Qt::Key_Down:
      return pan(0, -1);
    case Qt::Key_Home:
      return fit();
    case Qt::Key_Escape:
      if (drag_ == Drag::Lasso) {
        drag_ = Drag::None;
        lasso_.clear();
        return update();
      }
      Q_EMIT escapePressed();
      return;
    default:
      break;
  }
  // Ctrl+Plus and Ctrl+Minus scale the fonts of the window.
  const bool plain = !event->modifiers().testFlag(Qt::ControlModifier);
  if (plain && (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal))
    return setUserView(zoomedView(scene_.view, middle, kWheelStep));
  if (plain && event->key() == Qt::Key_Minus)
    return setUserView(zoomedView(scene_.view, middle, 1 / kWheelStep));
  QWidget::keyPressEvent(event);
}

void ScatterPlot::leaveEvent(QEvent*) {
  pointer_.reset();
  hoverUnderPointer();
}

void ScatterPlot::contextMenuEvent(QContextMenuEvent* event) { Q_EMIT menuRequested(event->globalPos()); }

void ScatterPlot::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  update();
}

void ScatterPlot::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  update();
}

}  // namespace lexarium
