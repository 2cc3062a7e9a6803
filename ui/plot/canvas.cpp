// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/canvas.h"

#include <chrono>
#include <utility>

#include "ui/look/palettes.h"

namespace lexarium {

namespace {

double now() {
  using namespace std::chrono;
  return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Canvas::Canvas(QWidget* parent) : QCustomPlot(parent) {
  // Not phImmediateRefresh, its default: that repaints in the middle of whatever asked for the replot.
  setPlottingHints(QCP::phFastPolylines | QCP::phCacheLabels);
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFocusPolicy(Qt::NoFocus);
  setMinimumSize(0, 0);
  legend->setVisible(false);
  connect(this, &QCustomPlot::beforeReplot, this, [this] { replotStart_ = now(); });
  connect(this, &QCustomPlot::afterReplot, this, [this] { cost_ += now() - replotStart_; });
}

void Canvas::setTheme(const Theme& theme) {
  setBackground(QBrush(theme.surface));
  for (QCPAxis* axis : {xAxis, yAxis}) {
    axis->setBasePen(QPen(theme.line, 1));
    axis->setTickPen(QPen(theme.line, 1));
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelFont(theme.small);
    axis->setTickLabelColor(theme.secondary);
    axis->setLabelFont(theme.projector ? theme.plotLabel : theme.small);
    axis->setLabelColor(theme.secondary);
    axis->setTickLengthIn(0);
    axis->setTickLengthOut(Theme::kSpace);
    axis->setLabelPadding(Theme::kSpace);
    axis->grid()->setPen(QPen(theme.grid, 1));
    axis->grid()->setZeroLinePen(QPen(mixed(theme.grid, theme.line, 0.4), 1));
    axis->grid()->setSubGridVisible(false);
  }
}

void Canvas::redraw() {
  if (!size().isEmpty()) replot(rpQueuedReplot);
}

void Canvas::redrawLayer(const QString& name) {
  if (!size().isEmpty()) layer(name)->replot();
}

void Canvas::resizeEvent(QResizeEvent* event) {
  if (!size().isEmpty()) QCustomPlot::resizeEvent(event);
}

double Canvas::takeCost() { return std::exchange(cost_, 0.0); }

void Canvas::paintOn(QPaintDevice& device) {
  QCPPainter painter(&device);
  painter.setMode(QCPPainter::pmVectorized);
  painter.setMode(QCPPainter::pmNoCaching);
  painter.setMode(QCPPainter::pmNonCosmetic);
  toPainter(&painter, width(), height());
}

void Canvas::paintEvent(QPaintEvent* event) {
  const double start = now();
  QCustomPlot::paintEvent(event);
  cost_ += now() - start;
  Q_EMIT painted();
}

DrawnLayerable::DrawnLayerable(QCustomPlot* plot, const QString& layer, std::function<void(QCPPainter&)> draw)
    : QCPLayerable(plot, layer), draw_(std::move(draw)) {}

void drawHaloText(QPainter& painter, const QPointF& place, const QString& text, const QColor& color,
                  const QColor& halo) {
  painter.setPen(halo);
  for (int dx = -1; dx <= 1; ++dx)
    for (int dy = -1; dy <= 1; ++dy)
      if (dx != 0 || dy != 0) painter.drawText(place + QPointF(dx, dy), text);
  painter.setPen(color);
  painter.drawText(place, text);
}

void drawTooltip(QPainter& painter, const Theme& theme, const QPointF& place, const QRectF& bounds,
                 const QString& title, const QStringList& lines) {
  QFont bold = theme.body;
  bold.setBold(true);
  const QFontMetricsF titleMetrics(bold), lineMetrics(theme.small);
  double width = titleMetrics.horizontalAdvance(title);
  for (const QString& line : lines) width = std::max(width, lineMetrics.horizontalAdvance(line));
  const double height = titleMetrics.height() + lineMetrics.height() * static_cast<double>(lines.size());
  const double pad = 2 * Theme::kSpace, away = 3 * Theme::kSpace;
  QRectF box(place.x() + away, place.y() + away, width + 2 * pad, height + 2 * pad - 4);
  if (box.right() > bounds.right()) box.moveRight(place.x() - away);
  if (box.bottom() > bounds.bottom()) box.moveBottom(place.y() - away);
  box.moveLeft(std::max(bounds.left(), box.left()));
  box.moveTop(std::max(bounds.top(), box.top()));

  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme.line, 1));
  painter.setBrush(theme.surface);
  painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
  painter.setFont(bold);
  painter.setPen(theme.text);
  double base = box.top() + pad - 2 + titleMetrics.ascent();
  painter.drawText(QPointF(box.left() + pad, base), title);
  base += titleMetrics.descent() + lineMetrics.ascent();
  painter.setFont(theme.small);
  painter.setPen(theme.secondary);
  for (const QString& line : lines) {
    painter.drawText(QPointF(box.left() + pad, base), line);
    base += lineMetrics.height();
  }
}

}  // namespace lexarium
