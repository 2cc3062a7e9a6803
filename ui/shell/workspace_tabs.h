// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QTabBar;
class QToolButton;

namespace lexarium {

/// The workspaces along the top: tabs, or where they have no room one button with a menu of them.
class WorkspaceTabs : public QWidget {
  Q_OBJECT

 public:
  explicit WorkspaceTabs(QWidget* parent = nullptr);

  void setCurrent(int workspace);  ///< emits nothing

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  /// Also of the workspace that is on already: it leads back from the start page.
  void chosen(int workspace);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void fit();

  QTabBar* tabs_;
  QToolButton* button_;
};

}  // namespace lexarium
