// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

#include "core/base/matrix.h"
#include "ui/look/theme.h"

namespace lexarium {

/// Paints cells with the bar of kBarRole behind the text, a ring around the row of the hovered word, and text
/// that is cut at the start where it is aligned to the right.
class LinkedDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void setTheme(const Theme& theme) { theme_ = theme; }
  void setHovered(TokenId id) { hovered_ = id; }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 protected:
  const Theme& theme() const { return theme_; }

 private:
  void paintBar(QPainter* painter, const QRect& cell, double length) const;
  void paintRing(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;

  Theme theme_;
  TokenId hovered_ = kNoToken;
};

/// The table of all views that show words: rows of one height, no grid, no row numbers, whole rows selected;
/// tells which word the mouse is over (kTokenRole). A million rows cost no more than their scroll bar.
class LinkedTable : public QTableView {
  Q_OBJECT

 public:
  explicit LinkedTable(QWidget* parent = nullptr);

  LinkedDelegate* linkedDelegate() const { return delegate_; }
  void setLinkedDelegate(LinkedDelegate* delegate);
  /// Of the widest of what stands in a column and above it.
  int contentWidth(int column) const;
  void setTheme(const Theme& theme);
  /// Scrolls to the row, and again when the size changes, until the person scrolls.
  void reveal(const QModelIndex& index);
  /// Rings the rows of this word; kNoToken: none.
  void setHovered(TokenId id);

 Q_SIGNALS:
  void hovered(lexarium::TokenId id);  ///< kNoToken: the mouse left
  /// Clicked with the left button, or Enter on the current row.
  void chosen(const QModelIndex& index, Qt::KeyboardModifiers modifiers);
  void widthChanged();  ///< of the viewport: columns are to be fitted

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  LinkedDelegate* delegate_ = nullptr;
  TokenId hovered_ = kNoToken;
  QPersistentModelIndex revealed_;
};

}  // namespace lexarium
