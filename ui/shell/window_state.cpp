// SPDX-License-Identifier: GPL-3.0-or-later
// What the window shows, as a project keeps it: workspace, open views and their states. Not where docks lie:
// that belongs to the screen, and Qt's own form of it should not be read from a stranger's file.
#include <QDockWidget>
#include <QJsonArray>
#include <QJsonDocument>

#include "ui/session/project_keeper.h"
#include "ui/shell/main_window.h"
#include "ui/shell/workspaces.h"
#include "ui/views/view.h"

namespace lexarium {

void MainWindow::connectWindowState() {
  ProjectKeeper& project = session_.keepProject();
  project.setWindow([this] { return shownState(); });
  connect(&project, &ProjectKeeper::windowOpened, this, &MainWindow::showState);
}

std::string MainWindow::shownState() const {
  if (startPage_ || workspaces_->current().isEmpty()) return {};
  QJsonArray docks;
  QJsonObject views;
  for (const auto& [id, view] : views_) {
    if (!docks_.at(id)->isHidden()) docks.append(id);
    const QJsonObject state = view->saveState();
    if (!state.isEmpty()) views[id] = state;
  }
  const QJsonObject window{{"workspace", workspaces_->current()}, {"open", docks}, {"views", views}};
  return QJsonDocument(window).toJson(QJsonDocument::Compact).toStdString();
}

void MainWindow::showState(const QByteArray& json) {
  const QJsonObject window = QJsonDocument::fromJson(json).object();
  for (const auto& [id, view] : views_) {
    const QJsonObject state = window["views"][id].toObject();
    if (!state.isEmpty()) view->restoreState(state);
  }
  const bool known = showWorkspace(window["workspace"].toString());
  const QJsonArray open = window["open"].toArray();
  // In projector mode the window shows what is meant for it.
  if (!known || open.isEmpty() || session_.settings().look().projector) return;
  for (const auto& [id, dock] : docks_) {
    if (dock->isHidden() == open.contains(id)) dock->setVisible(open.contains(id));
  }
  updateTabbedTitles();
}

}  // namespace lexarium
