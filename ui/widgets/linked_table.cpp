// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/linked_table.h"

#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollBar>

#include "ui/models/roles.h"

namespace lexarium {
namespace {

constexpr int kRowPadding = 2 * Theme::kSpace;
constexpr int kCellPadding = Theme::kSpace;

}  // namespace

void LinkedDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
  QStyleOptionViewItem cell = option;
  initStyleOption(&cell, index);
  cell.state &= ~QStyle::State_HasFocus;  // the whole row is marked instead
  const QVariant bar = index.data(kBarRole);
  if (cell.state & QStyle::State_Selected) {
    painter->fillRect(option.rect, cell.palette.highlight());
  } else if (bar.isValid()) {
    paintBar(painter, option.rect, bar.toDouble());
  }
  cell.rect.adjust(kCellPadding, 0, -kCellPadding, 0);
  const QStyle* style = cell.widget ? cell.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
  if (hovered_ != kNoToken && index.data(kTokenRole).toUInt() == hovered_) paintRing(painter, option, index);
}

QSize LinkedDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  return QStyledItemDelegate::sizeHint(option, index) + QSize(2 * kCellPadding, 0);
}

void LinkedDelegate::paintBar(QPainter* painter, const QRect& cell, double length) const {
  QRectF bar = QRectF(cell).adjusted(Theme::kSpace, 3, -Theme::kSpace, -3);
  bar.setLeft(bar.right() - bar.width() * length);
  QColor color = theme_.accent;
  color.setAlphaF(0.28f);
  painter->fillRect(bar, color);
}

void LinkedDelegate::paintRing(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const {
  painter->save();
  painter->setPen(QPen(theme_.text, 1));
  const QRect cell = option.rect.adjusted(0, 0, -1, -1);
  painter->drawLine(cell.topLeft(), cell.topRight());
  painter->drawLine(cell.bottomLeft(), cell.bottomRight());
  if (index.column() == 0) painter->drawLine(cell.topLeft(), cell.bottomLeft());
  if (index.column() + 1 == index.model()->columnCount())
    painter->drawLine(cell.topRight(), cell.bottomRight());
  painter->restore();
}

LinkedTable::LinkedTable(QWidget* parent) : QTableView(parent) {
  setLinkedDelegate(new LinkedDelegate(this));
  setShowGrid(false);
  setWordWrap(false);
  setMouseTracking(true);
  setFrameShape(QFrame::NoFrame);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  setTabKeyNavigation(false);
  setCornerButtonEnabled(false);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setMinimumSectionSize(2 * Theme::kSpace);
  // The style sheet of sections leaves no room for the arrow beside the title.
  horizontalHeader()->setStyleSheet(
      QStringLiteral("QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-origin: border; "
                     "subcontrol-position: top center; "
                     "width: 9px; height: 6px; }"));
  connect(verticalScrollBar(), &QScrollBar::actionTriggered, this,
          [this] { revealed_ = QPersistentModelIndex(); });
  connect(this, &QTableView::entered, this, [this](const QModelIndex& index) {
    const QVariant token = index.data(kTokenRole);
    Q_EMIT hovered(token.isValid() ? token.toUInt() : kNoToken);
  });
  connect(this, &QTableView::clicked, this,
          [this](const QModelIndex& index) { Q_EMIT chosen(index, QApplication::keyboardModifiers()); });
  connect(this, &QTableView::viewportEntered, this, [this] { Q_EMIT hovered(kNoToken); });
}

void LinkedTable::setLinkedDelegate(LinkedDelegate* delegate) {
  delete delegate_;
  delegate_ = delegate;
  setItemDelegate(delegate);
}

void LinkedTable::setTheme(const Theme& theme) {
  delegate_->setTheme(theme);
  setFont(theme.numbers);
  horizontalHeader()->setFont(theme.body);
  const int height = QFontMetrics(theme.body).height() + kRowPadding;
  if (verticalHeader()->defaultSectionSize() != height) verticalHeader()->setDefaultSectionSize(height);
  viewport()->update();
}

int LinkedTable::contentWidth(int column) const {
  return std::max(horizontalHeader()->sectionSizeHint(column), sizeHintForColumn(column));
}

void LinkedTable::setHovered(TokenId id) {
  if (id == hovered_) return;
  hovered_ = id;
  delegate_->setHovered(id);
  viewport()->update();
}

void LinkedTable::reveal(const QModelIndex& index) {
  revealed_ = index;
  scrollTo(index);
}

void LinkedTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  if (event->oldSize().width() != event->size().width()) Q_EMIT widthChanged();
  if (revealed_.isValid()) scrollTo(revealed_);
}

void LinkedTable::wheelEvent(QWheelEvent* event) {
  revealed_ = QPersistentModelIndex();
  QTableView::wheelEvent(event);
}

void LinkedTable::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && currentIndex().isValid()) {
    Q_EMIT chosen(currentIndex(), event->modifiers() & ~Qt::KeypadModifier);
    return;
  }
  QTableView::keyPressEvent(event);
}

void LinkedTable::leaveEvent(QEvent* event) {
  QTableView::leaveEvent(event);
  Q_EMIT hovered(kNoToken);
}

}  // namespace lexarium
