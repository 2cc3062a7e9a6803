// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/calibration_plot.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/widgets/helpers.h"

namespace lexarium {

CalibrationPlot::CalibrationPlot(QWidget* parent) : QWidget(parent) { setFocusPolicy(Qt::StrongFocus); }

void CalibrationPlot::setTheme(const Theme& theme) {
  theme_ = theme;
  update();
}

void CalibrationPlot::setScores(const ClassificationScores& scores) {
  bins_ = scores.bins;
  error_ = scores.calibrationError;
  setAccessibleDescription(textSummary());
  update();
}

/// A square that leaves room for the numbers and the titles.
QRectF CalibrationPlot::areaIn(const Theme& theme, const QSizeF& size) {
  const QFontMetricsF metrics(theme.small);
  const double left = 2 * metrics.height() + metrics.horizontalAdvance(QStringLiteral("100 %")),
               bottom = 2.6 * metrics.height(), top = 1.8 * metrics.height();
  const double side = std::max(20.0, std::min(size.width() - left - 16, size.height() - bottom - top));
  return {left, top, side, side};
}

void CalibrationPlot::paintOn(QPainter& painter, const QSizeF& size, const Theme& theme, const Bins& bins,
                              double error) {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(QRectF(QPointF(), size), theme.surface);
  painter.setFont(theme.small);
  const QRectF area = areaIn(theme, size);
  const double line = QFontMetricsF(theme.small).height();
  for (int i = 0; i <= 4; ++i) {
    const double share = i / 4.0, y = area.bottom() - share * area.height();
    painter.setPen(QPen(theme.grid, 1));
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    painter.setPen(theme.secondary);
    painter.drawText(QRectF(0, y - line / 2, area.left() - 4, line), Qt::AlignRight | Qt::AlignVCenter,
                     formatPercent(share));
    painter.drawText(QRectF(area.left() + share * area.width() - 40, area.bottom() + 2, 80, line),
                     Qt::AlignHCenter | Qt::AlignTop, formatPercent(share));
  }
  QColor fill = theme.accent;
  fill.setAlphaF(0.55F);
  for (std::size_t b = 0; b < bins.size(); ++b) {
    if (bins[b].count == 0) continue;
    const double width = area.width() / static_cast<double>(bins.size());
    const double height = bins[b].accuracy * area.height();
    const QRectF bar(area.left() + static_cast<double>(b) * width + 1, area.bottom() - height, width - 2,
                     height);
    painter.fillRect(bar, fill);
    painter.setPen(QPen(theme.text, theme.lineWidth));
    const double sure = area.left() + bins[b].confidence * area.width();
    painter.drawPoint(QPointF(sure, bar.top()));
    painter.setBrush(theme.accent);
    painter.drawEllipse(QPointF(sure, bar.top()), theme.markerSize / 2, theme.markerSize / 2);
  }
  painter.setPen(QPen(theme.selection, theme.lineWidth, Qt::DashLine));
  painter.drawLine(area.bottomLeft(), area.topRight());
  painter.setPen(theme.text);
  painter.drawText(QRectF(area.left(), area.bottom() + 1.2 * line, area.width(), line), Qt::AlignHCenter,
                   tr("how sure"));
  painter.drawText(QRectF(area.left(), 0, area.width() + 200, 1.4 * line), Qt::AlignLeft | Qt::AlignVCenter,
                   tr("calibration error %1").arg(formatPercent(error)));
  painter.save();
  painter.translate(line / 2, area.center().y());
  painter.rotate(-90);
  painter.drawText(QRectF(-area.height() / 2, -line / 2, area.height(), line), Qt::AlignCenter,
                   tr("how often right"));
  painter.restore();
}

void CalibrationPlot::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paintOn(painter, size(), theme_, bins_, error_);
}

QString CalibrationPlot::tipAt(const QPointF& place) const {
  const QRectF area = areaIn(theme_, size());
  if (!area.contains(place) || bins_.empty()) return {};
  const auto b =
      static_cast<std::size_t>((place.x() - area.left()) / area.width() * static_cast<double>(bins_.size()));
  const auto& bin = bins_[std::min(b, bins_.size() - 1)];
  if (bin.count == 0) return tr("No text");
  return tr("%1 texts; sure by %2, right in %3")
      .arg(formatCount(bin.count), formatPercent(bin.confidence), formatPercent(bin.accuracy));
}

bool CalibrationPlot::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), tipAt(help->pos()), this);
    return true;
  }
  return QWidget::event(event);
}

void CalibrationPlot::contextMenuEvent(QContextMenuEvent* event) { Q_EMIT menuRequested(event->globalPos()); }

PlotSource CalibrationPlot::exportSource(std::function<void(const Error&)> failed) const {
  PlotSource source;
  source.name = tr("calibration");
  source.size = size();
  source.paint = [size = size(), theme = theme_, bins = bins_, error = error_](QPaintDevice& device) {
    QPainter painter(&device);
    paintOn(painter, size, theme, bins, error);
  };
  source.csv = [bins = bins_] {
    std::string csv = "confidence,accuracy,texts\r\n";
    for (const auto& bin : bins)
      csv += csvNumber(bin.confidence) + ',' + csvNumber(bin.accuracy) + ',' + std::to_string(bin.count) +
             "\r\n";
    return csv;
  };
  source.failed = std::move(failed);
  source.summary = [text = textSummary()] { return text; };
  return source;
}

QString CalibrationPlot::textSummary() const {
  return tr("Confidence is off by %1 on average").arg(formatPercent(error_));
}

}  // namespace lexarium
