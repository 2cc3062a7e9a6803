// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bar_chart.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/look/fingerprint_mark.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

BarChart::BarChart(QWidget* parent) : QWidget(parent) { setFocusPolicy(Qt::StrongFocus); }

void BarChart::setTheme(const Theme& theme) {
  theme_ = theme;
  updateGeometry();
  update();
}

void BarChart::setBars(std::vector<std::size_t> bars, const QString& axisTitle) {
  const bool same = bars.size() == bars_.size();
  bars_ = std::move(bars);
  title_ = axisTitle;
  if (!same) setRange(std::nullopt);
  update();
}

void BarChart::setRange(std::optional<Range> range) {
  if (range == range_) return;
  range_ = range;
  update();
  Q_EMIT rangeChanged();
}

void BarChart::setFingerprint(const QString& text) {
  fingerprint_ = text;
  update();
}

QSize BarChart::sizeHint() const {
  const int line = QFontMetrics(theme_.small).height();
  return {30 * line, 7 * line};
}

QRectF BarChart::area() const {
  const double line = QFontMetricsF(theme_.small).height();
  return QRectF(rect()).adjusted(2 * Theme::kSpace, line + Theme::kSpace, -2 * Theme::kSpace,
                                 -2 * line - Theme::kSpace);
}

QRectF BarChart::barRect(int index) const {
  const QRectF box = area();
  const double width = box.width() / static_cast<double>(std::max<std::size_t>(1, bars_.size()));
  const std::size_t most =
      bars_.empty() ? 1 : std::max<std::size_t>(1, *std::max_element(bars_.begin(), bars_.end()));
  const double height =
      box.height() * static_cast<double>(bars_[static_cast<std::size_t>(index)]) / static_cast<double>(most);
  return {box.left() + width * index + 1, box.bottom() - height, width - 2, height};
}

int BarChart::indexAt(double x) const {
  const QRectF box = area();
  const double share = (x - box.left()) / std::max(1.0, box.width());
  const int count = static_cast<int>(bars_.size());
  return std::clamp(static_cast<int>(share * count), 0, std::max(0, count - 1));
}

void BarChart::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const QRectF box = area();
  const QFontMetricsF metrics(theme_.small);
  painter.setFont(theme_.small);
  for (int i = 0; i < static_cast<int>(bars_.size()); ++i) {
    const QRectF bar = barRect(i);
    const bool chosen = range_ && i >= range_->first && i <= range_->second;
    painter.fillRect(bar, chosen ? theme_.selection : range_ ? theme_.muted : theme_.accent);
    painter.setPen(theme_.secondary);
    const QString number = QString::number(i);
    if (bar.width() + 2 >= metrics.horizontalAdvance(number))
      painter.drawText(QRectF(bar.left() - 4, box.bottom() + 2, bar.width() + 8, metrics.height()),
                       Qt::AlignHCenter, number);
    const QString count = formatCount(bars_[static_cast<std::size_t>(i)]);
    if (bar.width() >= metrics.horizontalAdvance(count))
      painter.drawText(QRectF(bar.left(), bar.top() - metrics.height(), bar.width(), metrics.height()),
                       Qt::AlignHCenter, count);
  }
  painter.setPen(theme_.line);
  painter.drawLine(box.bottomLeft(), box.bottomRight());
  painter.setPen(theme_.secondary);
  painter.drawText(QRectF(box.left(), box.bottom() + metrics.height() + 2, box.width(), metrics.height()),
                   Qt::AlignHCenter, title_);
  drawFingerprint(painter, rect(), theme_, fingerprint_);
  if (hasFocus()) {
    painter.setPen(QPen(theme_.accent, 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
  }
}

void BarChart::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || bars_.empty()) return;
  anchor_ = indexAt(event->position().x());
  const Range one{anchor_, anchor_};
  setRange(range_ == one ? std::optional<Range>() : one);  // a second click lets go
}

void BarChart::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton) || bars_.empty()) return;
  const int to = indexAt(event->position().x());
  if (to != anchor_ || range_) setRange(Range{std::min(anchor_, to), std::max(anchor_, to)});
}

void BarChart::keyPressEvent(QKeyEvent* event) {
  const int count = static_cast<int>(bars_.size());
  const bool left = event->key() == Qt::Key_Left, right = event->key() == Qt::Key_Right;
  if (event->key() == Qt::Key_Escape && range_) return setRange(std::nullopt);
  if (count == 0 || !(left || right)) return QWidget::keyPressEvent(event);
  if (!range_) return setRange(Range{left ? count - 1 : 0, left ? count - 1 : 0});
  Range next = *range_;
  const int step = left ? -1 : 1;
  if (event->modifiers().testFlag(Qt::ShiftModifier)) {
    next.second = std::clamp(next.second + step, next.first, count - 1);
  } else {
    next.first = next.second = std::clamp(next.first + step, 0, count - 1);
  }
  setRange(next);
}

bool BarChart::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip && !bars_.empty()) {
    const auto* help = static_cast<QHelpEvent*>(event);
    if (fingerprintBox(rect(), theme_, fingerprint_).contains(help->pos())) {
      QToolTip::showText(help->globalPos(), fingerprintHelp(), this);
      return true;
    }
    const int index = indexAt(help->pos().x());
    QToolTip::showText(help->globalPos(),
                       tr("%1: %2 words").arg(index).arg(formatCount(bars_[static_cast<std::size_t>(index)])),
                       this);
    return true;
  }
  return QWidget::event(event);
}

}  // namespace lexarium
