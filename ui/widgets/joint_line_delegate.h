// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/linked_table.h"

namespace lexarium {

/// Paints a line of text with two words in it (kPartsRole): both bold, the first at the same place in all
/// lines.
class JointLineDelegate : public LinkedDelegate {
  Q_OBJECT

 public:
  using LinkedDelegate::LinkedDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace lexarium
