// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flow_layout.h"

#include <QEvent>

#include <algorithm>

namespace lexarium {

namespace {

/// Empty for what is hidden.
QSize sizeOf(const QLayoutItem& item, int width) {
  if (item.isEmpty()) return {};
  QSize size = item.sizeHint().expandedTo(item.minimumSize());
  size.setWidth(std::min(size.width(), std::max(width, item.minimumSize().width())));
  return size;
}

}  // namespace

FlowLayout::FlowLayout(int spacing) {
  setContentsMargins(0, 0, 0, 0);
  setSpacing(spacing);
}

FlowLayout::~FlowLayout() {
  for (QLayoutItem* item : items_) delete item;
}

void FlowLayout::addItem(QLayoutItem* item) { items_.push_back(item); }

int FlowLayout::count() const { return static_cast<int>(items_.size()); }

QLayoutItem* FlowLayout::itemAt(int index) const {
  return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
  QLayoutItem* item = itemAt(index);
  if (item) items_.erase(items_.begin() + index);
  return item;
}

int FlowLayout::heightForWidth(int width) const { return arrange(QRect(0, 0, width, 0), false); }

QSize FlowLayout::minimumSize() const {
  QSize size;
  for (const QLayoutItem* item : items_) {
    if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
  }
  return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  arrange(rect, true);
}

int FlowLayout::arrange(const QRect& rect, bool move) const {
  const QRect inside = rect.marginsRemoved(contentsMargins());
  int y = inside.y();
  std::size_t begin = 0;
  while (begin < items_.size()) {
    // A line: as many as fit, at least one.
    std::size_t end = begin;
    int right = inside.x(), height = 0;
    for (; end < items_.size(); ++end) {
      const QSize size = sizeOf(*items_[end], inside.width());
      if (size.isEmpty()) continue;
      if (right > inside.x() && right + size.width() > inside.right() + 1) break;
      right += size.width() + spacing();
      height = std::max(height, size.height());
    }
    int x = inside.x();
    for (std::size_t i = begin; move && i < end; ++i) {
      const QSize size = sizeOf(*items_[i], inside.width());
      if (size.isEmpty()) continue;
      items_[i]->setGeometry(QRect(QPoint(x, y + (height - size.height()) / 2), size));
      x += size.width() + spacing();
    }
    begin = end;
    y += height + (height > 0 && end < items_.size() ? spacing() : 0);
  }
  return y - rect.y() + contentsMargins().bottom();
}

FlowBar::FlowBar(int spacing) : flow_(new FlowLayout(spacing)) { setLayout(flow_); }

bool FlowBar::event(QEvent* event) {
  const bool handled = QWidget::event(event);
  if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
    setMinimumHeight(flow_->heightForWidth(width()));
  return handled;
}

}  // namespace lexarium
