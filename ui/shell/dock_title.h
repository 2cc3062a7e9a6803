// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QDockWidget;
class QLabel;
class QToolButton;

namespace lexarium {

class View;
struct Theme;

/// The slim title of a docked view: name, menu, close. Dragging it moves the dock (the dock sees the mouse).
class DockTitle : public QWidget {
  Q_OBJECT

 public:
  DockTitle(QDockWidget* dock, View* view, const QString& help);

  void setTheme(const Theme& theme);
  /// The tab above says the name already.
  void setTitleShown(bool shown);

 private:
  void openMenu();

  QDockWidget* dock_;
  View* view_;
  QLabel* label_;
  QToolButton* menu_;
  QToolButton* close_;
};

}  // namespace lexarium
