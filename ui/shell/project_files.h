// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/session/project_keeper.h"

class QMenu;
class QWidget;

namespace lexarium {

class Actions;
class ErrorBar;

/// The project in the menus: opened, given a name, copied; its texts; and how its runs go on.
class ProjectFiles : public QObject {
  Q_OBJECT

 public:
  ProjectFiles(Session& session, Actions& actions, ErrorBar& errors, QWidget* window);

  /// Fills itself with the texts of the project when it is opened.
  void fillTextsMenu(QMenu& menu);

 private:
  void chooseToOpen();
  void chooseToSave(bool copy);
  void updateActions();
  void offerToGoOn();

  Session& session_;
  ProjectKeeper& project_;
  Actions& actions_;
  ErrorBar& errors_;
  QWidget* window_;
};

}  // namespace lexarium
