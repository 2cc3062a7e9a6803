// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace lexarium {

/// What stands in a view that has nothing to show yet: one sentence on what it will show, and the one button
/// that fills it.
class EmptyState : public QWidget {
  Q_OBJECT

 public:
  explicit EmptyState(QWidget* parent = nullptr);

  /// buttonText empty: no button (the sentence says what to do).
  void setContent(const QString& sentence, const QString& buttonText = {});
  QString sentence() const;

 Q_SIGNALS:
  void activated();  ///< the button was pressed

 private:
  QLabel* sentence_;
  QPushButton* button_;
};

}  // namespace lexarium
