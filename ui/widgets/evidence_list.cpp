// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/evidence_list.h"

#include <QKeyEvent>
#include <QPainter>
#include <QTextLayout>
#include <cmath>

#include "ui/models/evidence_model.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr int kPadding = 2 * Theme::kSpace;
/// So that a sentence is laid out in some way even while the list has no size.
constexpr double kNarrowest = 60;

const EvidenceRow* rowOf(const QModelIndex& index) {
  const auto* model = qobject_cast<const EvidenceModel*>(index.model());
  return model ? model->rowAt(index.row()) : nullptr;
}

}  // namespace

double EvidenceDelegate::shareWidth() const {
  return QFontMetricsF(theme_.numbers).horizontalAdvance(QStringLiteral("00.0 %")) + 2 * Theme::kSpace;
}

double EvidenceDelegate::layOut(QTextLayout& layout, const EvidenceRow& row, double width,
                                bool selected) const {
  QString text;
  QList<QTextLayout::FormatRange> formats;
  for (const TextPiece& piece : row.pieces) {
    const QString part = toQString(piece.text);
    if (piece.kind != TextPiece::Kind::Plain) {
      QTextLayout::FormatRange range{static_cast<int>(text.size()), static_cast<int>(part.size()), {}};
      if (piece.kind == TextPiece::Kind::Context) {
        QColor tint = theme_.selection;
        tint.setAlphaF(selected ? 0.5f : 0.3f);
        range.format.setBackground(tint);
      } else {
        range.format.setFontWeight(QFont::Bold);
        if (piece.kind == TextPiece::Kind::Word && !selected) range.format.setForeground(theme_.accent);
      }
      formats << range;
    }
    text += part;
  }
  layout.setText(text);
  layout.setFont(theme_.body);
  layout.setFormats(formats);
  QTextOption option;
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout.setTextOption(option);
  layout.beginLayout();
  double y = 0;
  for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
    line.setLineWidth(std::max(kNarrowest, width));
    line.setPosition(QPointF(0, y));
    y += line.height();
  }
  layout.endLayout();
  return y;
}

void EvidenceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
  const EvidenceRow* row = rowOf(index);
  if (!row) return;
  const bool selected = option.state.testFlag(QStyle::State_Selected);
  painter->save();
  if (selected) {
    QColor tint = theme_.accent;
    tint.setAlphaF(0.15f);
    painter->fillRect(option.rect, tint);
  }
  const QRectF inner = QRectF(option.rect).adjusted(kPadding, kPadding / 2, -kPadding, -kPadding / 2);
  painter->setFont(theme_.numbers);
  painter->setPen(theme_.secondary);
  painter->drawText(QRectF(inner.left(), inner.top(), shareWidth() - 2 * Theme::kSpace, inner.height()),
                    Qt::AlignRight | Qt::AlignTop, formatPercent(row->place.share));
  QTextLayout layout;
  layOut(layout, *row, inner.width() - shareWidth(), selected);
  painter->setPen(theme_.text);
  layout.draw(painter, QPointF(inner.left() + shareWidth(), inner.top()));
  painter->setPen(QPen(theme_.grid, 1));
  painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
  painter->restore();
}

QSize EvidenceDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const EvidenceRow* row = rowOf(index);
  const auto* view = qobject_cast<const QListView*>(option.widget);
  const int width = view ? view->viewport()->width() : option.rect.width();
  if (!row) return {width, 0};
  QTextLayout layout;
  const double height = layOut(layout, *row, width - 2 * kPadding - shareWidth(), false);
  return {width, static_cast<int>(std::ceil(height)) + kPadding};
}

EvidenceList::EvidenceList(QWidget* parent) : QListView(parent), delegate_(new EvidenceDelegate(this)) {
  setItemDelegate(delegate_);
  setFrameShape(QFrame::NoFrame);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setResizeMode(QListView::Adjust);
  setCursor(Qt::PointingHandCursor);
  connect(this, &QListView::clicked, this, &EvidenceList::chosen);
}

void EvidenceList::setEvidence(EvidenceModel* model) { setModel(model); }

void EvidenceList::setTheme(const Theme& theme) {
  delegate_->setTheme(theme);
  setFont(theme.body);
  scheduleDelayedItemsLayout();
  viewport()->update();
}

void EvidenceList::resizeEvent(QResizeEvent* event) {
  QListView::resizeEvent(event);
  scheduleDelayedItemsLayout();  // other line ends, other heights
}

void EvidenceList::keyPressEvent(QKeyEvent* event) {
  if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
    Q_EMIT chosen(currentIndex());
    return;
  }
  QListView::keyPressEvent(event);
}

}  // namespace lexarium
