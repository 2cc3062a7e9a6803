// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <vector>

class QAction;
class QLineEdit;
class QListWidget;

namespace lexarium {

/// Ctrl+Shift+P: type a few letters of what you want to do, press Enter. Shows each action with its shortcut.
class CommandPalette : public QFrame {
  Q_OBJECT

 public:
  explicit CommandPalette(QWidget* window);

  void open(const std::vector<QAction*>& actions);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void filter();
  void runCurrent();

  std::vector<QAction*> actions_;
  QLineEdit* query_;
  QListWidget* list_;
};

}  // namespace lexarium
