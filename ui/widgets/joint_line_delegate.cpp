// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/joint_line_delegate.h"

#include <QPainter>

#include "ui/models/roles.h"

namespace lexarium {
namespace {

constexpr double kFirstWordAt = 0.36;  // of the width

}  // namespace

void JointLineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
  const QStringList parts = index.data(kPartsRole).toStringList();
  if (parts.size() != 5) return LinkedDelegate::paint(painter, option, index);
  const bool selected = option.state.testFlag(QStyle::State_Selected);
  if (selected) painter->fillRect(option.rect, option.palette.highlight());
  QFont bold = option.font;
  bold.setBold(true);
  const QFontMetrics plain(option.font), strong(bold);
  const QColor text = selected ? option.palette.highlightedText().color() : theme().text;
  const QColor node = selected ? text : theme().accent;
  const QRect cell = option.rect.adjusted(Theme::kSpace, 0, -Theme::kSpace, 0);
  const int middle = cell.left() + static_cast<int>(kFirstWordAt * cell.width());
  const int base = cell.center().y() + (plain.ascent() - plain.descent()) / 2;
  painter->save();
  painter->setClipRect(cell);
  const QString left = plain.elidedText(parts[0], Qt::ElideLeft, middle - cell.left());
  painter->setFont(option.font);
  painter->setPen(text);
  painter->drawText(middle - plain.horizontalAdvance(left), base, left);
  int x = middle;
  for (int i = 1; i < 5; ++i) {
    const bool word = i == 1 || i == 3;
    const QFontMetrics& metrics = word ? strong : plain;
    const QString part =
        i == 4 ? metrics.elidedText(parts[i], Qt::ElideRight, std::max(0, cell.right() - x)) : parts[i];
    painter->setFont(word ? bold : option.font);
    painter->setPen(word ? node : text);
    painter->drawText(x, base, part);
    x += metrics.horizontalAdvance(part);
  }
  painter->restore();
}

}  // namespace lexarium
