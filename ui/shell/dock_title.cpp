// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/dock_title.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include "ui/look/theme.h"
#include "ui/views/view.h"

namespace lexarium {

DockTitle::DockTitle(QDockWidget* dock, View* view, const QString& help)
    : QWidget(dock), dock_(dock), view_(view) {
  setObjectName("dockTitle");
  setAttribute(Qt::WA_StyledBackground);
  label_ = new QLabel(dock->windowTitle());
  label_->setProperty("role", "dock");
  label_->setToolTip(help);
  menu_ = new QToolButton;
  menu_->setToolTip(tr("What this view can do"));
  menu_->setAccessibleName(tr("Menu of %1").arg(dock->windowTitle()));
  close_ = new QToolButton;
  close_->setToolTip(tr("Close this view; the View menu brings it back"));
  close_->setAccessibleName(tr("Close %1").arg(dock->windowTitle()));
  connect(menu_, &QToolButton::clicked, this, &DockTitle::openMenu);
  connect(close_, &QToolButton::clicked, dock, &QDockWidget::close);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(8, 0, 2, 0);
  layout->setSpacing(0);
  layout->addWidget(label_, 1);
  layout->addWidget(menu_);
  layout->addWidget(close_);
  QMenu probe;
  view_->fillMenu(probe);
  menu_->setVisible(!probe.isEmpty());
}

void DockTitle::setTheme(const Theme& theme) {
  menu_->setIcon(themedIcon("more", theme));
  close_->setIcon(themedIcon("close", theme));
  const int side = QFontMetrics(theme.small).height();
  for (QToolButton* button : {menu_, close_}) button->setIconSize(QSize(side, side));
}

void DockTitle::setTitleShown(bool shown) { label_->setText(shown ? dock_->windowTitle() : QString()); }

void DockTitle::openMenu() {
  QMenu menu;
  view_->fillMenu(menu);
  menu.exec(menu_->mapToGlobal(QPoint(0, menu_->height())));
}

}  // namespace lexarium
