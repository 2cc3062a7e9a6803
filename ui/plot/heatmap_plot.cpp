// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/heatmap_plot.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <cmath>
#include <utility>

#include "ui/look/fingerprint_mark.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr double kWheelStep = 1.25;
constexpr double kExportCell = 24;

}  // namespace

HeatmapPlot::HeatmapPlot(QWidget* parent) : QAbstractScrollArea(parent) {
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  viewport()->setMouseTracking(true);
  viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
}

void HeatmapPlot::setTheme(const Theme& theme) {
  painter_.setTheme(theme);
  updateGeometryOfCells();
}

void HeatmapPlot::setData(HeatmapData data) {
  const bool sameSize = data.rowCount() == geometry_.rows && data.columnCount() == geometry_.columns;
  painter_.setData(std::move(data));
  if (!sameSize) {
    cell_.reset();
    whole_ = false;
    geometry_.scroll = {};
    current_.reset();
  }
  updateGeometryOfCells();
  describe();
}

void HeatmapPlot::setFingerprint(const QString& text) {
  if (text == fingerprint()) return;
  painter_.setFingerprint(text);
  updateGeometryOfCells();
}

/// Lays everything out anew: theme, data, size or zoom have changed.
void HeatmapPlot::updateGeometryOfCells() {
  geometry_.rows = data().rowCount();
  geometry_.columns = data().columnCount();
  geometry_.area = painter_.areaIn(viewport()->size());
  geometry_.cell = cell_    ? *cell_
                   : whole_ ? wholeCell(geometry_.area.size(), geometry_.rows, geometry_.columns)
                            : readableCell(geometry_.area.size(), geometry_.rows, geometry_.columns);
  applyScroll();
}

/// The scroll bars follow the geometry.
void HeatmapPlot::applyScroll() {
  const QPointF most = geometry_.maximumScroll();
  geometry_.scroll = {std::clamp(geometry_.scroll.x(), 0.0, most.x()),
                      std::clamp(geometry_.scroll.y(), 0.0, most.y())};
  applying_ = true;
  const auto apply = [&](QScrollBar* bar, double value, double maximum, double page) {
    bar->setRange(0, static_cast<int>(std::ceil(maximum)));
    bar->setPageStep(static_cast<int>(page));
    bar->setSingleStep(static_cast<int>(std::max(1.0, geometry_.cell)));
    bar->setValue(static_cast<int>(std::lround(value)));
  };
  apply(horizontalScrollBar(), geometry_.scroll.x(), most.x(), geometry_.area.width());
  apply(verticalScrollBar(), geometry_.scroll.y(), most.y(), geometry_.area.height());
  applying_ = false;
  viewport()->update();
}

void HeatmapPlot::scrollContentsBy(int, int) {
  if (applying_) return;
  const QPointF most = geometry_.maximumScroll();
  geometry_.scroll = {std::min<double>(horizontalScrollBar()->value(), most.x()),
                      std::min<double>(verticalScrollBar()->value(), most.y())};
  viewport()->update();
  Q_EMIT viewMoved();
}

void HeatmapPlot::zoom(const QPointF& place, double factor) {
  if (data().isEmpty()) return;
  geometry_ = zoomedHeatmap(geometry_, place, factor);
  cell_ = geometry_.cell;
  applyScroll();
  Q_EMIT viewMoved();
}

void HeatmapPlot::fit(bool readable) {
  cell_.reset();
  whole_ = !readable;
  geometry_.scroll = {};
  updateGeometryOfCells();
  Q_EMIT viewMoved();
}

void HeatmapPlot::showLike(const HeatmapPlot& other) {
  if (geometry_.rows != other.geometry_.rows || geometry_.columns != other.geometry_.columns) return;
  cell_ = other.cell_;
  whole_ = other.whole_;
  geometry_.scroll = other.geometry_.scroll;
  updateGeometryOfCells();
}

void HeatmapPlot::reveal(const HeatmapCell& cell) {
  const QRectF place = geometry_.cellRect(cell);
  const QRectF& area = geometry_.area;
  const auto shift = [](double low, double high, double from, double to) {
    return low < from ? low - from : high > to ? std::min(high - to, low - from) : 0.0;
  };
  geometry_.scroll += {shift(place.left(), place.right(), area.left(), area.right()),
                       shift(place.top(), place.bottom(), area.top(), area.bottom())};
  applyScroll();
}

void HeatmapPlot::setCurrent(std::optional<HeatmapCell> cell) {
  if (cell && !data().contains(*cell)) cell.reset();
  pointed_ = false;
  if (std::exchange(current_, cell) != cell) viewport()->update();
}

void HeatmapPlot::point(std::optional<HeatmapCell> cell) {
  pointed_ = true;
  if (std::exchange(current_, cell) == cell) return;
  viewport()->update();
  Q_EMIT currentChanged(current_);
}

void HeatmapPlot::moveCurrent(int rows, int columns) {
  if (data().isEmpty()) return;
  HeatmapCell cell = current_.value_or(HeatmapCell{});
  if (current_) {
    cell.row = std::clamp<Eigen::Index>(cell.row + rows, 0, geometry_.rows - 1);
    cell.column = std::clamp<Eigen::Index>(cell.column + columns, 0, geometry_.columns - 1);
  }
  reveal(cell);
  point(cell);
  describe();
}

/// For screen readers: the cell that the keyboard is on, or the whole.
void HeatmapPlot::describe() {
  const QString text = current_ && pointed_ ? painter_.cellTitle(*current_) + QStringLiteral(": ") +
                                                  painter_.valueText(*current_)
                                            : textSummary();
  setAccessibleDescription(text);
}

QString HeatmapPlot::textSummary() const {
  if (data().isEmpty()) return tr("Nothing to show yet");
  double low = INFINITY, high = -INFINITY;
  HeatmapCell largest;
  for (Eigen::Index c = 0; c < data().columnCount(); ++c) {
    for (Eigen::Index r = 0; r < data().rowCount(); ++r) {
      const double value = (*data().values)(r, c);
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      if (value > high) {
        high = value;
        largest = {r, c};
      }
    }
  }
  QString text = tr("%1 rows, %2 columns").arg(data().rowCount()).arg(data().columnCount());
  if (!data().title.isEmpty()) text = data().title + QStringLiteral(": ") + text;
  if (low > high) return text + QStringLiteral(", ") + tr("no values");
  return text + QStringLiteral(", ") +
         tr("%1 to %2; largest: %3").arg(formatValue(low), formatValue(high), painter_.cellTitle(largest));
}

PlotSource HeatmapPlot::exportSource(const QString& name, std::function<void(const Error&)> failed) {
  double cell = kExportCell;
  const QSizeF full = painter_.sizeFor(cell);
  const double excess = std::max(full.width(), full.height()) / kLargestPicture;
  if (excess > 1) cell /= excess;
  QSizeF size = painter_.sizeFor(cell);
  size = QSizeF(std::ceil(std::max(200.0, size.width())), std::ceil(std::max(120.0, size.height())));
  const auto paint = [painter = painter_, cell, size](QPaintDevice& device) {
    HeatmapGeometry geometry;
    geometry.rows = painter.data().rowCount();
    geometry.columns = painter.data().columnCount();
    geometry.cell = cell;
    geometry.area = QRectF(painter.areaIn(size).topLeft(), geometry.whole());
    QPainter on(&device);
    painter.draw(on, geometry, size);
  };
  return {name,
          size.toSize(),
          paint,
          [data = data()] { return heatmapCsv(data); },
          std::move(failed),
          [text = textSummary()] { return text; }};
}

void HeatmapPlot::paintEvent(QPaintEvent*) {
  QPainter on(viewport());
  const QSizeF size = viewport()->size();
  painter_.draw(on, geometry_, size);
  if (!current_ || !data().contains(*current_)) return;
  QStringList lines;
  if (pointed_) {
    lines << painter_.valueText(*current_);
    if (tooltip_) lines << tooltip_(*current_);
  }
  painter_.drawCursor(on, geometry_, size, *current_, lines);
}

void HeatmapPlot::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  updateGeometryOfCells();
}

void HeatmapPlot::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
  press_ = last_ = event->position();
  panning_ = event->button() == Qt::MiddleButton;
}

void HeatmapPlot::mouseMoveEvent(QMouseEvent* event) {
  const QPointF place = event->position();
  if (press_) {
    if (!panning_ && (place - *press_).manhattanLength() >= QApplication::startDragDistance())
      panning_ = true;
    if (panning_) {
      viewport()->setCursor(Qt::ClosedHandCursor);
      geometry_.scroll -= place - last_;
      last_ = place;
      applyScroll();
      Q_EMIT viewMoved();
    }
    return;
  }
  point(geometry_.cellAt(place));
}

void HeatmapPlot::mouseReleaseEvent(QMouseEvent* event) {
  viewport()->unsetCursor();
  const bool click = press_ && !panning_ && event->button() == Qt::LeftButton;
  press_.reset();
  panning_ = false;
  if (!click) return;
  if (const auto cell = geometry_.cellAt(event->position())) Q_EMIT cellClicked(*cell, event->modifiers());
}

void HeatmapPlot::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) fit(whole_);
}

void HeatmapPlot::wheelEvent(QWheelEvent* event) {
  const QPoint turn = event->angleDelta();
  const QPointF place = event->position();
  // Over the names, with Shift, or sideways the wheel scrolls; over the cells it zooms.
  const bool overNames = place.x() < geometry_.area.left() || place.y() < geometry_.area.top();
  if (turn.x() != 0 || overNames || event->modifiers().testFlag(Qt::ShiftModifier)) {
    const bool sideways =
        turn.x() != 0 || place.y() < geometry_.area.top() || event->modifiers().testFlag(Qt::ShiftModifier);
    const double delta = turn.x() != 0 ? turn.x() : turn.y();
    geometry_.scroll -= sideways ? QPointF(delta / 2, 0) : QPointF(0, delta / 2);
    applyScroll();
    Q_EMIT viewMoved();
  } else if (turn.y() != 0) {
    zoom(place, std::pow(kWheelStep, turn.y() / 120.0));
  }
  event->accept();
}

void HeatmapPlot::keyPressEvent(QKeyEvent* event) {
  const bool plain = !event->modifiers().testFlag(Qt::ControlModifier);
  switch (event->key()) {
    case Qt::Key_Left:
      return moveCurrent(0, -1);
    case Qt::Key_Right:
      return moveCurrent(0, 1);
    case Qt::Key_Up:
      return moveCurrent(-1, 0);
    case Qt::Key_Down:
      return moveCurrent(1, 0);
    case Qt::Key_Home:
      return fit(false);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      if (current_) Q_EMIT cellClicked(*current_, event->modifiers() & ~Qt::KeypadModifier);
      return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      if (plain) return zoom(geometry_.area.center(), kWheelStep);
      break;
    case Qt::Key_Minus:
      if (plain) return zoom(geometry_.area.center(), 1 / kWheelStep);
      break;
    default:
      break;
  }
  QWidget::keyPressEvent(event);
}

bool HeatmapPlot::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Leave && !press_) point(std::nullopt);
  if (event->type() == QEvent::ToolTip && !data().isEmpty()) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const bool there =
        fingerprintBox(viewport()->rect(), painter_.theme(), fingerprint()).contains(help->pos());
    QToolTip::showText(help->globalPos(), there ? fingerprintHelp() : QString(), this);
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void HeatmapPlot::contextMenuEvent(QContextMenuEvent* event) { Q_EMIT menuRequested(event->globalPos()); }

}  // namespace lexarium
