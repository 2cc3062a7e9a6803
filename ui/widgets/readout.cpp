// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/readout.h"

#include <QEvent>
#include <QPainter>

namespace lexarium {

Readout::Readout(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
}

bool Readout::setText(const QString& text) {
  if (text == text_) return false;
  text_ = text;
  setAccessibleName(text);
  update();
  const int width = fontMetrics().horizontalAdvance(text_);
  if (width <= widest_) return false;
  widest_ = width;
  updateGeometry();
  return true;
}

void Readout::shrink() {
  widest_ = fontMetrics().horizontalAdvance(text_);
  updateGeometry();
}

QSize Readout::sizeHint() const { return {widest_, fontMetrics().height()}; }

void Readout::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(palette().color(QPalette::WindowText));
  painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, text_);
}

void Readout::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange) shrink();
}

}  // namespace lexarium
