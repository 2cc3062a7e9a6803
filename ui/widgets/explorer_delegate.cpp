// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/explorer_delegate.h"

#include <QApplication>
#include <QPainter>

#include "ui/models/explorer_model.h"

namespace lexarium {
namespace {

constexpr int kSwatch = 10;

}  // namespace

QRect ExplorerDelegate::textRect(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  QRect rect = option.rect.adjusted(Theme::kSpace, 0, -Theme::kSpace, 0);
  if (index.data(Qt::CheckStateRole).isValid()) {
    const QRect check =
        QApplication::style()->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option, option.widget);
    rect.setLeft(check.right() + 2 * Theme::kSpace);
  }
  if (index.data(ExplorerModel::kColorRole).isValid())
    rect.setLeft(rect.left() + kSwatch + 2 * Theme::kSpace);
  return rect;
}

void ExplorerDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given,
                             const QModelIndex& index) const {
  QStyleOptionViewItem option = given;
  initStyleOption(&option, index);
  const QString name = option.text;
  option.text.clear();
  option.state &= ~QStyle::State_HasFocus;
  const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);

  painter->save();
  const QRect rect = textRect(option, index);
  const QVariant color = index.data(ExplorerModel::kColorRole);
  if (color.isValid()) {
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color.value<QColor>());
    painter->drawEllipse(QRectF(rect.left() - kSwatch - 1.5 * Theme::kSpace,
                                rect.center().y() - kSwatch / 2.0 + 0.5, kSwatch, kSwatch));
  }
  QFont font = theme_.body;
  font.setBold(index.data(ExplorerModel::kCurrentRole).toBool() || !index.parent().isValid());
  const QFontMetrics body(font), small(theme_.small);
  const int top = rect.top() + (rect.height() - body.height() - small.height()) / 2;
  painter->setFont(font);
  painter->setPen(theme_.text);
  painter->drawText(QRect(rect.left(), top, rect.width(), body.height()), Qt::AlignLeft | Qt::AlignVCenter,
                    body.elidedText(name, Qt::ElideMiddle, rect.width()));
  painter->setFont(theme_.small);
  painter->setPen(theme_.secondary);
  painter->drawText(
      QRect(rect.left(), top + body.height(), rect.width(), small.height()), Qt::AlignLeft | Qt::AlignVCenter,
      small.elidedText(index.data(ExplorerModel::kDetailRole).toString(), Qt::ElideRight, rect.width()));
  painter->restore();
}

QSize ExplorerDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {20 * Theme::kSpace,
          QFontMetrics(theme_.body).height() + QFontMetrics(theme_.small).height() + 2 * Theme::kSpace};
}

void ExplorerDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& given,
                                            const QModelIndex& index) const {
  QStyleOptionViewItem option = given;
  initStyleOption(&option, index);
  QRect rect = textRect(option, index);
  rect.setHeight(std::min(rect.height(), editor->sizeHint().height()));
  editor->setGeometry(rect);
}

}  // namespace lexarium
