// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QStyledItemDelegate>

#include "ui/look/theme.h"

class QTextLayout;

namespace lexarium {

class EvidenceModel;
struct EvidenceRow;

/// Draws a sentence over as many lines as it needs: the word bold and in the accent colour, the other word
/// bold, shared contexts on a tint; its share at the left.
class EvidenceDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void setTheme(const Theme& theme) { theme_ = theme; }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  double shareWidth() const;
  /// Lays the sentence out in that width; returns its height.
  double layOut(QTextLayout& layout, const EvidenceRow& row, double width, bool selected) const;

  Theme theme_;
};

/// The list of these sentences.
class EvidenceList : public QListView {
  Q_OBJECT

 public:
  explicit EvidenceList(QWidget* parent = nullptr);

  void setEvidence(EvidenceModel* model);
  void setTheme(const Theme& theme);

 Q_SIGNALS:
  /// Clicked with the left button, or Enter on the current row.
  void chosen(const QModelIndex& index);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  EvidenceDelegate* delegate_;
};

}  // namespace lexarium
