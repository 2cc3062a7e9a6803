// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/workspace_tabs.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QEvent>
#include <QMenu>
#include <QTabBar>
#include <QToolButton>

#include "ui/shell/workspaces.h"

namespace lexarium {

WorkspaceTabs::WorkspaceTabs(QWidget* parent)
    : QWidget(parent), tabs_(new QTabBar(this)), button_(new QToolButton(this)) {
  tabs_->setObjectName("workspaces");
  tabs_->setAccessibleName(tr("Workspaces"));
  tabs_->setExpanding(false);
  tabs_->setUsesScrollButtons(false);
  button_->setObjectName("workspaceButton");
  button_->setAccessibleName(tr("Workspaces"));
  button_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button_->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(button_);
  auto* group = new QActionGroup(menu);
  for (const WorkspaceInfo& info : workspaceRegistry()) {
    const QString title = QCoreApplication::translate("Workspace", info.title);
    const int index = tabs_->addTab(title);
    tabs_->setTabToolTip(index, QCoreApplication::translate("Workspace", info.help));
    QAction* action = menu->addAction(title, this, [this, index] { Q_EMIT chosen(index); });
    action->setCheckable(true);
    group->addAction(action);
  }
  button_->setMenu(menu);
  connect(tabs_, &QTabBar::tabBarClicked, this, [this](int index) {
    if (index >= 0) Q_EMIT chosen(index);
  });
  connect(tabs_, &QTabBar::currentChanged, this, &WorkspaceTabs::chosen);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  setFocusPolicy(Qt::NoFocus);
  setCurrent(0);
}

void WorkspaceTabs::setCurrent(int workspace) {
  const QSignalBlocker quiet(tabs_);
  tabs_->setCurrentIndex(workspace);
  const QList<QAction*> actions = button_->menu()->actions();
  if (workspace < 0 || workspace >= actions.size()) return;
  actions[workspace]->setChecked(true);
  button_->setText(actions[workspace]->text() + QStringLiteral(" \u25BE"));
  fit();
}

QSize WorkspaceTabs::sizeHint() const { return tabs_->sizeHint().expandedTo(button_->sizeHint()); }

QSize WorkspaceTabs::minimumSizeHint() const { return {button_->sizeHint().width(), sizeHint().height()}; }

void WorkspaceTabs::fit() {
  const bool room = tabs_->sizeHint().width() <= width();
  tabs_->setVisible(room);
  button_->setVisible(!room);
  tabs_->setGeometry(rect());
  button_->setGeometry(0, 0, std::min(width(), button_->sizeHint().width()), height());
}

void WorkspaceTabs::resizeEvent(QResizeEvent*) { fit(); }

bool WorkspaceTabs::event(QEvent* event) {
  // Another font or style, here or in a child.
  if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::StyleChange ||
      event->type() == QEvent::FontChange) {
    updateGeometry();
    fit();
  }
  return QWidget::event(event);
}

}  // namespace lexarium
