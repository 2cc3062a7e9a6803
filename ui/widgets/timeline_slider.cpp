// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeline_slider.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace lexarium {
namespace {

constexpr double kThickness = 6;
constexpr double kHandle = 7;    // radius
constexpr double kLiveZone = 6;  // pixels before the end within which one lets go at "live"
constexpr double kUnknownShare = 0.2;

}  // namespace

TimelineSlider::TimelineSlider(QWidget* parent) : QAbstractSlider(parent) {
  setOrientation(Qt::Horizontal);
  setFocusPolicy(Qt::StrongFocus);
  setRange(0, 0);
}

void TimelineSlider::setTheme(const Theme& theme) {
  theme_ = theme;
  update();
}

void TimelineSlider::setProgress(double done) {
  done = std::min(done, 1.0);
  // Less than half a pixel is not worth a repaint.
  if (std::abs(done - done_) * width() < 0.5 && done != 0 && done != 1) return;
  if (done == done_) return;
  done_ = done;
  update();
}

void TimelineSlider::setMoments(const std::vector<std::uint64_t>& steps, std::uint64_t newest) {
  const bool live = value() == maximum();
  const bool handle = steps_.size() > 1;
  steps_ = steps;
  newest_ = newest;
  const QSignalBlocker quiet(this);
  setRange(0, static_cast<int>(steps.size()));
  if (live) setValue(maximum());
  if (!live || handle != (steps_.size() > 1)) update();
}

void TimelineSlider::showIndex(int index) {
  if (index == value()) return;
  const QSignalBlocker quiet(this);
  setValue(index);
  update();
}

QSize TimelineSlider::sizeHint() const { return {240, static_cast<int>(2 * kHandle) + 6}; }
QSize TimelineSlider::minimumSizeHint() const { return {64, sizeHint().height()}; }

QRectF TimelineSlider::groove() const {
  return {kHandle + 1, (height() - kThickness) / 2, std::max(1.0, width() - 2 * kHandle - 2), kThickness};
}

double TimelineSlider::filledWidth() const { return groove().width() * std::max(0.0, done_); }

/// Moments lie where their steps lie between the beginning of the run and now.
double TimelineSlider::placeOf(int index) const {
  const QRectF bar = groove();
  if (index >= static_cast<int>(steps_.size()) || newest_ == 0) return bar.left() + filledWidth();
  const double share = static_cast<double>(steps_[static_cast<std::size_t>(std::max(0, index))]) /
                       static_cast<double>(newest_);
  return bar.left() + filledWidth() * std::min(1.0, share);
}

int TimelineSlider::indexAt(double x) const {
  const QRectF bar = groove();
  const double filled = filledWidth();
  if (steps_.empty() || x >= bar.left() + filled - kLiveZone || filled <= 0) return maximum();
  const double step = std::max(0.0, x - bar.left()) / filled * static_cast<double>(newest_);
  const auto after = std::lower_bound(steps_.begin(), steps_.end(), static_cast<std::uint64_t>(step));
  if (after == steps_.end()) return static_cast<int>(steps_.size()) - 1;
  if (after == steps_.begin()) return 0;
  const bool before = step - static_cast<double>(*(after - 1)) < static_cast<double>(*after) - step;
  return static_cast<int>(after - steps_.begin()) - (before ? 1 : 0);
}

void TimelineSlider::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  QRectF bar = groove();
  const double round = bar.height() / 2;
  painter.setBrush(theme_.line);
  painter.drawRoundedRect(bar, round, round);
  if (done_ < 0) {  // unknown: a piece in the middle
    bar.adjust(bar.width() * (1 - kUnknownShare) / 2, 0, -bar.width() * (1 - kUnknownShare) / 2, 0);
    painter.setBrush(theme_.accent);
    painter.drawRoundedRect(bar, round, round);
    return;
  }
  const bool live = value() >= maximum();
  bar.setWidth(filledWidth());
  painter.setBrush(live ? theme_.accent : theme_.muted);
  if (bar.width() > 0) painter.drawRoundedRect(bar, round, round);
  if (steps_.size() < 2) return;
  const double place = placeOf(value());
  if (!live) {
    bar.setRight(place);
    painter.setBrush(theme_.accent);
    painter.drawRoundedRect(bar, round, round);
  }
  painter.setBrush(live ? theme_.surface : theme_.selection);
  painter.setPen(QPen(hasFocus() ? theme_.text : theme_.accent, 2));
  painter.drawEllipse(QPointF(place, height() / 2.0), kHandle - 1, kHandle - 1);
}

void TimelineSlider::go(int index) {
  if (steps_.size() < 2) return;
  index = std::clamp(index, 0, maximum());
  if (index != value()) {
    showIndex(index);
    Q_EMIT moved(index);
  }
}

void TimelineSlider::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return QAbstractSlider::mousePressEvent(event);
  setSliderDown(true);
  go(indexAt(event->position().x()));
}

void TimelineSlider::mouseMoveEvent(QMouseEvent* event) {
  if (isSliderDown()) go(indexAt(event->position().x()));
}

void TimelineSlider::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) setSliderDown(false);
}

void TimelineSlider::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
      return go(value() - 1);
    case Qt::Key_Right:
    case Qt::Key_Up:
      return go(value() + 1);
    case Qt::Key_PageDown:
      return go(value() - std::max(1, maximum() / 10));
    case Qt::Key_PageUp:
      return go(value() + std::max(1, maximum() / 10));
    case Qt::Key_Home:
      return go(0);
    case Qt::Key_End:
      return go(maximum());
    default:
      QAbstractSlider::keyPressEvent(event);
  }
}

void TimelineSlider::wheelEvent(QWheelEvent* event) {
  const int notches = event->angleDelta().y() + event->angleDelta().x();
  if (notches != 0) go(value() + (notches > 0 ? -1 : 1));
  event->accept();
}

}  // namespace lexarium
