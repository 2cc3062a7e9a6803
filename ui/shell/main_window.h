// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <QTimer>
#include <map>
#include <memory>
#include <vector>

#include "ui/session/session.h"

class QStackedWidget;
class QToolButton;

namespace lexarium {

class Actions;
class BusyOverlay;
class CommandPalette;
class DockTitle;
class ErrorBar;
class ProjectFiles;
class RecipeFiles;
class TransportBar;
class View;
class WelcomePage;
class Workspaces;
class WorkspaceTabs;

/// The window: a loop over the view registry, with the menus, the workspaces, the transport and the messages
/// around it. It knows no view by name.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(Session& session);
  ~MainWindow() override;

  /// Geometry as it was left (or a good one for the screen), then show().
  void showAsLeft();
  /// "corpus", "embeddings"; false if there is none of that id.
  bool showWorkspace(const QString& id);
  /// Shows, raises and focuses a view; false if there is none of that id.
  bool showView(const QString& id);
  View* view(const QString& id) const;
  /// All views shown or (for measuring) none at all; the window stays.
  void setViewsShown(bool shown);
  Actions& actions() { return *actions_; }
  ErrorBar& errors() { return *errors_; }

 protected:
  void closeEvent(QCloseEvent* event) override;

 private:
  void buildActions();
  void buildMenus();
  void buildTop();
  void buildDocks();
  void buildViewMenu(class QMenu& menu);
  void fillRecentMenu();
  void connectSession();
  void connectWindowState();
  std::string shownState() const;
  void showState(const QByteArray& json);

  void openText();
  void openFolder();
  void pasteText();
  void changeLook(const std::function<void(LookOptions&)>& change);

  void onCorpusChanged();
  void onModelAdded();
  void onLoadingChanged();
  void onStateChanged();
  void showNotes();
  void showStartPage(bool shown);
  void showCentre(bool shown);
  void applyLook();
  void tintParts();
  void updateTitles();
  void updateTabbedTitles();
  void updateProbe();
  void saveAll();

  Session& session_;
  Actions* actions_;
  ErrorBar* errors_ = nullptr;
  BusyOverlay* busy_ = nullptr;
  CommandPalette* palette_ = nullptr;
  ProjectFiles* projectFiles_ = nullptr;
  RecipeFiles* recipes_ = nullptr;
  TransportBar* transport_ = nullptr;
  WelcomePage* welcome_ = nullptr;
  QStackedWidget* centre_ = nullptr;
  WorkspaceTabs* tabs_ = nullptr;
  QToolButton *textButton_ = nullptr, *backButton_ = nullptr, *forwardButton_ = nullptr;
  QMenu *recentMenu_ = nullptr, *textsMenu_ = nullptr;
  std::map<QString, View*> views_;
  std::map<QString, QDockWidget*> docks_;
  std::vector<DockTitle*> titles_;
  std::unique_ptr<Workspaces> workspaces_;
  QTimer probeTimer_;
  bool startPage_ = true;
};

}  // namespace lexarium
