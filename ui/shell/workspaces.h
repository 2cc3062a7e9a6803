// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>
#include <QMainWindow>
#include <QString>
#include <map>
#include <span>

#include "ui/session/settings.h"

namespace lexarium {

/// A named arrangement of the docked views.
struct WorkspaceInfo {
  const char* id;
  const char* title;  ///< translatable (context "Workspace")
  const char* icon;
  const char* help;
  bool tabs = false;  ///< the views of the centre share one place
};

std::span<const WorkspaceInfo> workspaceRegistry();

/// Puts the docks of a main window into the arrangement of a workspace, and remembers how the user changed
/// it, apart for projector mode. Which views belong to a workspace is the view registry's business.
class Workspaces {
 public:
  Workspaces(QMainWindow& window, Settings& settings, std::map<QString, QDockWidget*> docks);

  const QString& current() const { return current_; }
  /// Saves the arrangement before and shows that of `id`.
  void switchTo(const QString& id, bool projector);
  void save();
  /// The arrangement as it was made at first.
  void reset();
  /// No docks at all (the start page).
  void hideAll();

 private:
  QString key() const;
  const WorkspaceInfo* currentInfo() const;
  void arrange();
  using Areas = std::map<Qt::DockWidgetArea, std::vector<QDockWidget*>>;
  /// Gives each area its part of the window.
  void share(const Areas& areas);

  QMainWindow& window_;
  Settings& settings_;
  std::map<QString, QDockWidget*> docks_;
  QString current_;
  bool projector_ = false;
  bool shown_ = false;
};

}  // namespace lexarium
